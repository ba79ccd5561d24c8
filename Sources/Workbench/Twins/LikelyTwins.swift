import PlanModel
import Speech
import Wording

/// What two records may have in common that makes them likely to be one thing, made twice.
package enum TwinReason: String, CaseIterable, Sendable {
  case legalID = "legal-id"
  case slug
  case sku
  case email
  case name

  /// "the same …"
  var phrase: Phrase {
    switch self {
    case .legalID: .word("legal id")
    case .slug: .word("slug")
    case .sku: .word("sku")
    case .email: .word("email")
    case .name: .word("name")
    }
  }
}

/// What a record says of itself that another one may say too.
struct TwinCandidate: Equatable, Sendable {
  let id: RecordID
  let kind: UInt32
  /// Of a contact: contacts of two accounts are two people.
  var account: RecordID?
  var name = ""
  var slug = ""
  var legalID = ""
  var country = ""
  /// The account above it: a company and its parent are two.
  var parent: RecordID?
  var sku = ""
  var emails: [String] = []
}

/// Two records that are likely one, the one that was made first, first.
package struct TwinPair: Equatable, Sendable {
  package let first: RecordID
  package let second: RecordID
  package let reasons: [TwinReason]
}

/// The pairs among these that are likely one thing, in the order of their ids.
///
/// - Parameter touching: Only pairs with one of these; nil: all pairs.
func likelyTwins(among candidates: [TwinCandidate], touching: Set<RecordID>? = nil) -> [TwinPair] {
  let twins = candidates.sorted { $0.id < $1.id }.map(FoldedTwin.init)
  var buckets: [TwinKey: [Int]] = [:]
  for (place, twin) in twins.enumerated() {
    for key in twin.keys { buckets[key, default: []].append(place) }
  }
  var seen: Set<PlacePair> = []
  var found: [(pair: PlacePair, reasons: [TwinReason])] = []
  for places in buckets.values where places.count > 1 {
    for pair in pairs(of: places) {
      let (one, other) = (twins[pair.first], twins[pair.second])
      if let touching, !touching.contains(one.id), !touching.contains(other.id) { continue }
      guard seen.insert(pair).inserted else { continue }
      let reasons = one.reasons(toBe: other)
      if !reasons.isEmpty { found.append((pair, reasons)) }
    }
  }
  return found.sorted { ($0.pair.first, $0.pair.second) < ($1.pair.first, $1.pair.second) }.map {
    TwinPair(first: twins[$0.pair.first].id, second: twins[$0.pair.second].id, reasons: $0.reasons)
  }
}

private struct PlacePair: Hashable {
  let first: Int
  let second: Int
}

/// All pairs of a few. Of many that share a key, each with the first: a thousand contacts called "Reception" are not
/// half a million questions.
private func pairs(of places: [Int]) -> [PlacePair] {
  guard places.count <= 20 else { return places.dropFirst().map { PlacePair(first: places[0], second: $0) } }
  return places.indices.flatMap { one in
    places[(one + 1)...].map { PlacePair(first: places[one], second: $0) }
  }
}

private struct TwinKey: Hashable {
  let kind: UInt32
  let account: RecordID?
  let reason: TwinReason
  let text: String
}

/// A candidate with what it is compared by.
private struct FoldedTwin {
  let id: RecordID
  let kind: UInt32
  let account: RecordID?
  let parent: RecordID?
  let name: String
  let words: [String]
  let slug: String
  let legalID: String
  let country: String
  let sku: String
  let emails: Set<String>

  init(_ candidate: TwinCandidate) {
    id = candidate.id
    kind = candidate.kind
    account = candidate.account
    parent = candidate.parent
    slug = candidate.slug
    legalID = legalKey(candidate.legalID)
    country = candidate.country
    sku = candidate.sku.trimmed.lowercased()
    emails = Set(candidate.emails.map { $0.trimmed.lowercased() }.filter { !$0.isEmpty })
    words = headingKey(candidate.name).split(separator: "-").map(String.init)
    name =
      switch candidate.kind {
      case KindNumber.account: companyName(candidate.name)
      // "Dupont, Jean" is Jean Dupont.
      case KindNumber.contact: words.sorted().joined(separator: " ")
      default: words.joined(separator: " ")
      }
  }

  var keys: [TwinKey] {
    func key(_ reason: TwinReason, _ text: String) -> TwinKey {
      TwinKey(kind: kind, account: account, reason: reason, text: text)
    }
    let texts: [(TwinReason, String)] = [(.legalID, legalID), (.slug, slug), (.sku, sku), (.name, name)]
    return texts.filter { !$0.1.isEmpty }.map { key($0.0, $0.1) } + emails.map { key(.email, $0) }
  }

  /// Why it is likely what another one of its kind is; empty when it is not.
  func reasons(toBe other: FoldedTwin) -> [TwinReason] {
    switch kind {
    case KindNumber.account: accountReasons(other)
    case KindNumber.contact: contactReasons(other)
    default:
      [(TwinReason.sku, sku == other.sku && !sku.isEmpty), (.name, name == other.name && !name.isEmpty)]
        .filter(\.1).map(\.0)
    }
  }

  private func accountReasons(_ other: FoldedTwin) -> [TwinReason] {
    guard parent != other.id, other.parent != id else { return [] }
    func differ(_ one: String, _ two: String) -> Bool { !one.isEmpty && !two.isEmpty && one != two }
    // Two companies of a group have one name, and a number or a country each.
    let mayBeOne = !differ(legalID, other.legalID) && !differ(country, other.country)
    return [
      (TwinReason.legalID, legalID == other.legalID && !legalID.isEmpty),
      (.slug, slug == other.slug && !slug.isEmpty),
      (.name, mayBeOne && name == other.name && !name.isEmpty),
    ].filter(\.1).map(\.0)
  }

  private func contactReasons(_ other: FoldedTwin) -> [TwinReason] {
    guard account == other.account else { return [] }
    let isNamedSo = name == other.name && !name.isEmpty
    let shareAddress = !emails.isDisjoint(with: other.emails)
    // A mailbox that two people read says nothing.
    if shareAddress { return isNamedSo ? [.email, .name] : areAlike(words, other.words) ? [.email] : [] }
    // Who has another address under the same name is another person.
    return isNamedSo && (emails.isEmpty || other.emails.isEmpty) ? [.name] : []
  }
}

/// Whether two names of people may be one's, written otherwise: "J. Dupont", "Dupond Jean", "Jean-Pierre Dupont".
private func areAlike(_ one: [String], _ other: [String]) -> Bool {
  let (short, long) = one.count <= other.count ? (one, other) : (other, one)
  guard !short.isEmpty else { return false }
  var rest = long
  for word in short {
    guard let place = rest.firstIndex(where: { isAlike(word, $0) }) else { return false }
    rest.remove(at: place)
  }
  // Initials alone name nobody.
  return short.contains { $0.count > 1 }
}

private func isAlike(_ word: String, _ other: String) -> Bool {
  if word == other { return true }
  if word.count == 1 || other.count == 1 { return word.first == other.first }
  let bound = min(word.count, other.count) >= 5 ? 1 : 0
  return editDistance(Array(word.unicodeScalars), Array(other.unicodeScalars), bound: bound) <= bound
}
