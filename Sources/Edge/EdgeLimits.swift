/// Every bound of the HTTP edge, in one place, so that a test can shorten what it waits for.
///
/// Units are in the names. Each value is a default for a company's own server: generous to a laptop on a bad
/// line, small against somebody who only wants to hold connections open.
package struct EdgeLimits: Sendable {
  // MARK: Time

  /// A TLS handshake takes two round trips; ten seconds is a satellite link with lost packets.
  package var handshakeMilliseconds: Int64 = 10_000
  /// From the first byte of a request's head, or of an HTTP/2 frame other than DATA, to its last.
  package var requestHeadMilliseconds: Int64 = 10_000
  /// The average a body must keep up once ``bodyGraceMilliseconds`` are over: the edge of a mobile network still does a
  /// kilobyte a second, and what holds a connection open for less costs little.
  package var bodyBytesPerSecondMin: Int64 = 400
  /// Time before the average counts. A TLS record of 16 KiB is seen only when it is whole, after 16 s at a kilobyte a second.
  package var bodyGraceMilliseconds: Int64 = 20_000
  /// A body is there in the end: after this, and the time that its length takes at ``bodyBytesPerSecondWhole``, also when its
  /// average was good. On a slower line a client is told so, and sends less at a time.
  package var bodyMilliseconds: Int64 = 60_000
  /// 4 MiB in 36 minutes; a large first request of an honest client, 300 KB, at a little more than a kilobyte a second.
  package var bodyBytesPerSecondWhole: Int64 = 2_000
  /// The longest pause within a body: a handover between networks takes less.
  package var bodyStallMilliseconds: Int64 = 30_000
  /// An answer of which the client takes nothing for so long has no reader. On a connection the pause is seen
  /// after two thirds of it at the soonest.
  package var writeStallMilliseconds: Int64 = 30_000
  /// Between requests. A client that comes back later makes a new connection.
  package var idleMilliseconds: Int64 = 60_000
  /// After an early refusal the rest of the request is read and dropped for so long: closing at once makes
  /// the client's kernel throw away the refusal it has not read yet (RFC 9112 §9.6).
  package var lingerMilliseconds: Int64 = 2_000
  /// The upper bound of `Connect-Timeout-Ms`, and the deadline of a unary call without it. A call waits for
  /// one short transaction, so a minute means that something hangs.
  package var callMilliseconds: Int64 = 60_000
  /// From the request to stop until what is still open is cut off: below the ten seconds that orchestrators
  /// allow.
  package var shutdownMilliseconds: Int64 = 8_000

  // MARK: Size

  /// Target, names and values of all header fields of a request. Ours need less than 1 KiB; a call by GET has
  /// its message in the target.
  package var headerListBytesMax = 16 * 1024
  /// A request's body as it comes over the wire (Protocol/sync.md §7).
  package var bodyBytesMax = 4 * 1024 * 1024
  /// A request's body after decompression (Protocol/sync.md §7).
  package var decompressedBytesMax = 16 * 1024 * 1024
  /// The body of a call that needs no credential. The longest honest one is a join with a proof of who one was.
  package var openBodyBytesMax = 4 * 1024
  /// Bodies of all requests together, from their first byte until they are answered. Without it the caps on
  /// connections and streams would allow more memory than any machine has.
  package var bodyBytesInFlightMax = 128 * 1024 * 1024
  /// The same of one person, over all devices and connections: eight of the longest.
  package var bodyBytesPerPersonMax = 32 * 1024 * 1024
  /// Requests that are read and worked on at the same time, after decompression; the others wait their turn. As messages
  /// they take several times as much.
  package var decodedBytesInFlightMax = 48 * 1024 * 1024
  /// Answers of one connection that its client has not taken yet. Beyond it, no request of it is taken up.
  package var answerBytesPerConnectionMax = 16 * 1024 * 1024
  /// Answers of all connections that nobody has taken yet.
  package var answerBytesInFlightMax = 256 * 1024 * 1024
  /// Arrays and objects within each other in a JSON body; our messages need 8. Parsers recurse on nesting.
  package var jsonNestingMax = 32
  /// The same of a call that needs no credential.
  package var openJSONNestingMax = 4
  /// Members of all objects and arrays of a JSON body: a parser makes hundreds of bytes of each, and each may be two.
  package var jsonElementsMax = 200_000
  /// An answer this small is not worth compressing: the time is longer than the packet saved.
  package var compressedBytesMin = 1024

  // MARK: Number

  /// Connections in all: one file descriptor and about 100 KiB each.
  package var connectionsMax = 10_000
  /// Connections of one IPv4 address or one IPv6 /64: an office behind one NAT, no more.
  package var connectionsPerAddressMax = 1_000
  /// Open HTTP/2 streams of one connection.
  package var streamsPerConnectionMax = 100
  /// Running streaming calls in all.
  package var liveStreamsMax = 10_000
  /// Running streaming calls of one IPv4 address or one IPv6 /64.
  package var liveStreamsPerAddressMax = 1_000

  package init() {}
}
