import PlanModel
import Wording

/// Who reads: in which language, with which signs, in which time zone. A value that is given to whoever makes texts, and
/// never looked up: one process may write for two readers.
package struct Reader: Sendable {
  package let language: Language
  /// Seconds east of UTC where they are, at an instant (Unix seconds).
  package let offset: @Sendable (Int) -> Int

  package init(_ language: Language, offset: @escaping @Sendable (Int) -> Int) {
    self.language = language
    self.offset = offset
  }

  /// - Returns: One in the time zone of this device.
  package static func local(_ language: Language) -> Reader { Reader(language, offset: Moments.offsetHere) }

  /// For programs, which read the same whoever runs them.
  package static let program = Reader(.english, offset: { _ in 0 })

  /// - Parameter now: Unix milliseconds.
  package func moments(_ now: Int64) -> Moments { Moments(now: now, offset: offset) }

  package func said(_ phrase: Phrase) -> String { phrase.text(in: language) }

  /// A word of the model.
  package func said(word: String) -> String { language.word(word) }
}
