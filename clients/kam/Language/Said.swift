import ArgumentParser
import Wording

/// A phrase in the language of this process.
func said(_ phrase: Phrase) -> String { phrase.text(in: Shell.current.language) }

/// A word of the model in the language of this process.
func said(word: String) -> String { Shell.current.language.word(word) }

/// What help says about an argument.
func explained(_ phrase: Phrase, valueName: String? = nil) -> ArgumentHelp {
  ArgumentHelp(stringLiteral: said(phrase)).named(valueName)
}

extension ArgumentHelp {
  fileprivate func named(_ valueName: String?) -> ArgumentHelp {
    var help = self
    help.valueName = valueName
    return help
  }
}
