import Foundation
import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// The accounts of this replica.
package struct Accounts {
  package struct Account {
    package let id: RecordID
    package let slug: String
    package let name: String
    package let isAlive: Bool

    package init(id: RecordID, slug: String, name: String, isAlive: Bool) {
      self.id = id
      self.slug = slug
      self.name = name
      self.isAlive = isAlive
    }
  }

  package private(set) var all: [Account] = []
  private var byID: [RecordID: Account] = [:]
  /// Which came to this device first: nothing that others write can change that.
  private let reader: Reader
  private let arrivals: [RecordID: Int]

  /// - Parameter arrivals: The place of each among those that came to this device.
  package init(_ views: [RecordView], arrivals: [RecordID: Int] = [:], reader: Reader) {
    self.arrivals = arrivals
    self.reader = reader
    // What calls itself an account in the plan of another one is none.
    for view in views where view.scope == .plan(view.id) { add(view) }
  }

  package mutating func add(_ view: RecordView) {
    func text(_ name: String) -> String {
      guard let register = KindDescription.account.register(named: name),
        case .text(let text)? = view.value(register)
      else { return "" }
      return text
    }
    add(Account(id: view.id, slug: text("slug"), name: text("name"), isAlive: view.state.alive))
  }

  package mutating func add(_ account: Account) {
    all.append(account)
    byID[account.id] = account
  }

  package subscript(_ id: RecordID) -> Account? { byID[id] }

  /// What people call it: the short name, or the name.
  package func label(_ id: RecordID) -> String {
    guard let account = byID[id] else { return reader.said("an account not here yet") }
    return account.slug.isEmpty ? account.name : account.slug
  }

  /// Those named so exactly. A living account hides a deleted one.
  package func named(_ text: String) -> [Account] {
    let wanted = text.lowercased()
    let bySlug = all.filter { $0.slug == wanted }
    let named = bySlug.isEmpty ? all.filter { $0.name.lowercased() == wanted } : bySlug
    let alive = named.filter(\.isAlive)
    return alive.isEmpty ? named : alive
  }

  /// Of several that are named so the one that has been on this device longest, if it is a short name that they share: who
  /// makes a second “acme” later takes nothing away from the first.
  package func eldest(_ named: [Account]) -> Account? {
    guard let slug = named.first?.slug, !slug.isEmpty, named.allSatisfy({ $0.slug == slug }) else {
      return nil
    }
    return named.min { (arrivals[$0.id] ?? .max, $0.id) < (arrivals[$1.id] ?? .max, $1.id) }
  }

  /// Short names that more than one living account has.
  func sharedNames() -> [String: [Account]] {
    Dictionary(grouping: all.filter { $0.isAlive && !$0.slug.isEmpty }, by: \.slug).filter {
      $0.value.count > 1
    }
  }

  package func alike(_ text: String) -> [Account] {
    let names = nearest(to: text, among: all.map(\.slug)) + nearest(to: text, among: all.map(\.name))
    return all.filter { names.contains($0.slug) || names.contains($0.name) }
  }

  /// A short name made from a name, that no account here has.
  package func freeSlug(for name: String) -> String {
    let taken = Set(all.map(\.slug))
    let wanted = slug(from: name)
    guard taken.contains(wanted) else { return wanted }
    var number = 2
    while true {
      let suffix = "-\(number)"
      let candidate = String(wanted.prefix(40 - suffix.count)) + suffix
      if !taken.contains(candidate) { return candidate }
      number += 1
    }
  }
}

/// "Café de l'Étoile & Cie" → "cafe-de-l-etoile-cie". What has no letters or digits becomes "account".
package func slug(from name: String) -> String {
  var result = ""
  for scalar in name.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars {
    switch scalar {
    case "a"..."z", "0"..."9": result.unicodeScalars.append(scalar)
    case "ß": result += "ss"
    case "æ": result += "ae"
    case "œ": result += "oe"
    case "ø": result += "o"
    case "ł": result += "l"
    case "đ", "ð": result += "d"
    case "þ": result += "th"
    default:
      // Accents were split off their letters; they leave no gap.
      let isAccent = scalar.properties.generalCategory == .nonspacingMark
      if !isAccent, !result.isEmpty, result.last != "-" { result.append("-") }
    }
  }
  result = String(result.prefix(40))
  while result.last == "-" { result.removeLast() }
  return result.isEmpty ? "account" : result
}
