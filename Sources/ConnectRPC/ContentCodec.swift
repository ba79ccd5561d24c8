/// The two forms a message may have on the wire, and the content types that name them.
package enum ContentCodec: String, Sendable, CaseIterable {
  case protobuf = "proto"
  case json

  package var unaryContentType: String {
    switch self {
    case .protobuf: "application/proto"
    case .json: "application/json"
    }
  }

  package var streamingContentType: String {
    switch self {
    case .protobuf: "application/connect+proto"
    case .json: "application/connect+json"
    }
  }

  /// nil if `contentType` is none of a unary call. Parameters such as `charset=utf-8` are allowed.
  package init?(unaryContentType contentType: String) {
    guard let codec = Self.allCases.first(where: { contentType.isMediaType($0.unaryContentType) }) else {
      return nil
    }
    self = codec
  }

  /// nil if `contentType` is none of a streaming call. Parameters are allowed.
  package init?(streamingContentType contentType: String) {
    guard let codec = Self.allCases.first(where: { contentType.isMediaType($0.streamingContentType) }) else {
      return nil
    }
    self = codec
  }
}

extension String {
  /// Types are compared without case, and without what follows a semicolon (RFC 9110 §8.3.1).
  fileprivate func isMediaType(_ type: String) -> Bool {
    if self == type { return true }
    let bare = prefix { $0 != ";" }.trimmingSuffix { $0 == " " || $0 == "\t" }
    return bare.count == type.count && bare.lowercased() == type
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, predicate(last) { rest.removeLast() }
    return rest
  }
}
