/// A secret that no log, crash report or debugger print shows by accident.
///
/// Reading ``secret`` is the one way to it, so a search for that name finds every place a secret is used.
package struct Redacted<Value: Sendable>: Sendable {
  package let secret: Value

  package init(_ secret: Value) {
    self.secret = secret
  }
}

extension Redacted: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "<redacted>" }
  package var debugDescription: String { description }
  // `dump` and default descriptions of an enclosing type walk the mirror, not the description.
  package var customMirror: Mirror { Mirror(self, children: ["secret": "<redacted>"]) }
}

extension Redacted: Equatable where Value: Equatable {}
