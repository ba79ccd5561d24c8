import Foundation

/// A refusal as it travels: a code for programs and a sentence for people.
package struct ConnectError: Error, Sendable, Equatable {
  package var code: ConnectCode
  /// What happened, with which value, and what to do. It reaches the client's user unchanged.
  package var message: String
  /// The same for programs: what its code and arguments are is the service's to say.
  package var details: [Detail] = []
  /// When to come back, in seconds: the `Retry-After` header of a unary answer, metadata of a stream's end.
  package var retryAfterSeconds: Int?
  /// The request was too large for somebody on the way, or came too slowly: a smaller one may get through.
  package private(set) var isAboutSize = false

  package init(_ code: ConnectCode, _ message: String, retryAfterSeconds: Int? = nil) {
    self.code = code
    self.message = message
    self.retryAfterSeconds = retryAfterSeconds
  }
}

extension ConnectError {
  /// A protobuf message that goes with an error.
  package struct Detail: Sendable, Equatable {
    /// The message's full name: "kam.v1.Refusal".
    package let type: String
    package let value: [UInt8]

    package init(type: String, value: [UInt8]) {
      self.type = type
      self.value = value
    }
  }
}

extension ConnectError {
  /// The body of a unary answer that is not 200: `{"code":"…","message":"…","details":[{"type":"…","value":"…"}]}`.
  ///
  /// `retryAfterSeconds` is not in it; it travels as a header.
  package func json() -> [UInt8] {
    WireError(self).serialized()
  }

  /// Reads the error from a unary answer that is not 200.
  ///
  /// Never fails: a body that is no Connect error is a proxy's page, and the status is all it says.
  package init(json: [UInt8], httpStatus: Int, retryAfter: String? = nil) {
    let wire = try? JSONDecoder().decode(WireError.self, from: Data(json))
    let fallback = ConnectCode(httpStatusWithoutError: httpStatus)
    self.init(
      wire.flatMap { $0.code.flatMap(ConnectCode.init(rawValue:)) } ?? fallback,
      wire?.message ?? "the server answered HTTP \(httpStatus)",
      retryAfterSeconds: retryAfter.flatMap { Int($0) })
    details = wire?.knownDetails ?? []
    isAboutSize = httpStatus == 413 || httpStatus == 408
  }
}

/// The last message of a server stream, sent with flag ``Envelope/endOfStreamFlag``.
package enum EndOfStream {
  /// The JSON of the end: `{}` when all went well, else `{"error":{…}}`.
  package static func json(error: ConnectError?) -> [UInt8] {
    let metadata = error?.retryAfterSeconds.map { ["retry-after": [String($0)]] }
    return WireEnd(error: error.map(WireError.init), metadata: metadata).serialized()
  }

  /// The error a stream ended with, nil when all went well.
  ///
  /// - Throws: `ConnectError` with code `internal` if the bytes are not the JSON of an end of stream.
  package static func error(inJSON bytes: [UInt8]) throws(ConnectError) -> ConnectError? {
    guard let end = try? JSONDecoder().decode(WireEnd.self, from: Data(bytes)) else {
      throw ConnectError(.internal, "the stream ended with a message that cannot be read")
    }
    guard let wire = end.error else { return nil }
    let retryAfter = end.metadata?.first { $0.key.lowercased() == "retry-after" }?.value.first
    var error = ConnectError(
      wire.code.flatMap(ConnectCode.init(rawValue:)) ?? .unknown, wire.message ?? "",
      retryAfterSeconds: retryAfter.flatMap { Int($0) })
    error.details = wire.knownDetails
    return error
  }
}

private struct WireError: Codable {
  var code: String?
  var message: String?
  var details: [WireDetail]?

  init(_ error: ConnectError) {
    code = error.code.rawValue
    message = error.message.isEmpty ? nil : error.message
    details = error.details.isEmpty ? nil : error.details.map(WireDetail.init)
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    code = try fields.decodeIfPresent(String.self, forKey: .code)
    message = try fields.decodeIfPresent(String.self, forKey: .message)
    // In a form that is not known there are none; the rest is read all the same.
    details = try? fields.decodeIfPresent([WireDetail].self, forKey: .details)
  }

  /// Those that can be read: what a proxy, or a newer version, puts there must not cost the sentence.
  var knownDetails: [ConnectError.Detail] {
    (details ?? []).compactMap { detail in
      guard let type = detail.type, let value = detail.value.flatMap({ Data(base64URL: $0) }) else {
        return nil
      }
      return ConnectError.Detail(type: type, value: [UInt8](value))
    }
  }
}

private struct WireDetail: Codable {
  var type: String?
  /// Base64 without padding.
  var value: String?

  init(_ detail: ConnectError.Detail) {
    type = detail.type
    value = Data(detail.value).base64EncodedString().replacing("=", with: "")
  }
}

private struct WireEnd: Codable {
  var error: WireError?
  var metadata: [String: [String]]?
}

extension Encodable {
  fileprivate func serialized() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Strings, and dictionaries of strings, always have a JSON form; the literal is what an empty error looks
    // like.
    guard let data = try? encoder.encode(self) else { return Array("{}".utf8) }
    return [UInt8](data)
  }
}
