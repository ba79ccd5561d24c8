import Foundation

/// A file that the operating system did not let this program use.
package struct FileTrouble: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was to be done with it.
  package enum Step: Equatable, Sendable { case open, write, replace, flush, protect, lock }

  package let step: Step
  package let path: String
  /// `errno` of the call that failed.
  package let code: Int32

  package init(_ step: Step, _ path: String, code: Int32 = errno) {
    self.step = step
    self.path = path
    self.code = code
  }

  /// The system's own words.
  package var reason: String { String(cString: strerror(code)) }

  package var description: String { "\(path) cannot be used: \(reason)" }
}
