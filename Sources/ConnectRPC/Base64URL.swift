import Foundation

// The URL-safe base64 of RFC 4648 §5: written without padding, read with or without it, and also in the standard alphabet.

extension Data {
  package var base64URL: String {
    base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// Nil when the text is not base64.
  package init?(base64URL text: some StringProtocol) {
    var standard = String(text).replacing("-", with: "+").replacing("_", with: "/")
    standard += String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4)
    self.init(base64Encoded: standard)
  }
}
