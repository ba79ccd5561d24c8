import ConnectRPC
import Foundation

/// The request message of a call by GET, which travels in the query.
///
/// - SeeAlso: connectrpc.com/docs/protocol, "Unary-Get-Request".
struct ConnectQuery: Sendable {
  let codec: ContentCodec
  let message: [UInt8]
  let isGzip: Bool

  /// - Parameter query: What follows the question mark.
  /// - Throws: `invalid_argument` or `unimplemented`, with the parameter that is wrong.
  init(_ query: Substring) throws(ConnectError) {
    let parameters = Self.parameters(of: query)
    if let version = parameters["connect"], version != "v1" {
      throw ConnectError(.invalidArgument, "the query has connect=\(version); this server knows connect=v1")
    }
    guard let codec = parameters["encoding"].flatMap({ ContentCodec(rawValue: String($0)) }) else {
      throw ConnectError(.invalidArgument, "the query must have encoding=proto or encoding=json")
    }
    guard let text = parameters["message"] else {
      throw ConnectError(.invalidArgument, "the query must have a message")
    }
    self.codec = codec
    isGzip = try Self.isGzip(parameters["compression"])
    message = try Self.message(text, isBase64: parameters["base64"] == "1")
  }

  private static func parameters(of query: Substring) -> [Substring: Substring] {
    var parameters: [Substring: Substring] = [:]
    for pair in query.split(separator: "&") {
      let name = pair.prefix { $0 != "=" }
      parameters[name] = pair[name.endIndex...].dropFirst()
    }
    return parameters
  }

  private static func isGzip(_ compression: Substring?) throws(ConnectError) -> Bool {
    switch compression {
    case nil, "", "identity": return false
    case "gzip": return true
    case .some(let other):
      throw ConnectError(.unimplemented, "compression \"\(other)\" is unknown; supported: gzip, identity")
    }
  }

  private static func message(_ text: Substring, isBase64: Bool) throws(ConnectError) -> [UInt8] {
    guard let bytes = percentDecoded(text) else {
      throw ConnectError(.invalidArgument, "the message's percent-encoding is wrong")
    }
    guard isBase64 else { return bytes }
    guard let data = Data(base64URL: String(decoding: bytes, as: UTF8.self)) else {
      throw ConnectError(.invalidArgument, "the message is no URL-safe base64")
    }
    return [UInt8](data)
  }

  /// Bytes and not a string: a protobuf message that is not base64 may be no UTF-8. A plus sign stays a plus
  /// sign, for the query is no HTML form.
  private static func percentDecoded(_ text: Substring) -> [UInt8]? {
    var decoded: [UInt8] = []
    var rest = Array(text.utf8)[...]
    decoded.reserveCapacity(rest.count)
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        decoded.append(byte)
        continue
      }
      let digits = rest.prefix(2).compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
      guard digits.count == 2 else { return nil }
      decoded.append(UInt8(digits[0] * 16 + digits[1]))
      rest = rest.dropFirst(2)
    }
    return decoded
  }
}
