import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// Which account a row belongs to, and what an account is known by.

extension Importer {
  mutating func scope(of row: ImportRow, _ id: RecordID) throws -> Scope {
    if row.kind.number == KindNumber.account {
      return .plan(try row.id ?? knownAccount(row)?.id ?? id)
    }
    guard row.kind.addsInAccount else { return .directory }
    let account = try account(of: row)
    return row.kind.family == .finance ? .finance(account) : .plan(account)
  }

  /// What several columns say of it must be the same; one that is known is enough.
  mutating func account(of row: ImportRow) throws -> RecordID {
    var found: RecordID?
    var missing: Failure?
    for name in row.accounts {
      do {
        let id = try account(name)
        if let found, found != id {
          throw Failure.refused(
            "It names two accounts, \(accounts.label(found)) and \(accounts.label(id)): leave a column out with \(field: "map")."
          )
        }
        found = id
      } catch let failure as Failure where failure.name == "not-found" {
        // The last is what people call it; those before are numbers.
        missing = failure
      }
    }
    if let found { return found }
    guard let missing else {
      throw Failure.usage("Its account is missing (a column, or \(field: "account")).")
    }
    guard let place = row.accountPlace else { throw missing }
    throw Failure.notFound(place.says(missing.sentence))
  }

  /// Never by a line of the last list, which means nothing in a file.
  mutating func account(_ name: String) throws -> RecordID {
    if let id = RecordID(name) {
      guard accounts[id] != nil else {
        throw Failure.notFound("There is no account \(name) in this replica.")
      }
      return id
    }
    if let id = namedAccounts[name] { return id }
    let named = accounts.named(name)
    if named.count == 1 {
      namedAccounts[name] = named[0].id
      return named[0].id
    }
    if named.count > 1 {
      throw Failure.refused("“\(name)” is the name of several accounts; use a short name.")
    }
    if let account = try accountsByLegalID()[legalKey(name)] ?? known.account(calledElsewhere: name) {
      namedAccounts[name] = account
      return account
    }
    let alike = accounts.alike(name).first.map(\.slug)
    throw Failure.notFound(
      alike.map { "There is no account “\(name)” in this replica. Did you mean \($0)?" }
        ?? "There is no account “\(name)” in this replica.")
  }

  mutating func accountsByLegalID() throws -> [String: RecordID] {
    if let legalIDs { return legalIDs }
    var byID: [String: RecordID] = [:]
    for view in try workbench.replica.records(ofKind: KindNumber.account) {
      if let text = view.text(AccountRegister.legalID) { byID[legalKey(text)] = view.id }
    }
    legalIDs = byID
    return byID
  }

  mutating func knownAccount(_ row: ImportRow) throws -> Accounts.Account? {
    if let slug = row.text(AccountRegister.slug) {
      return accounts.named(slug).first { $0.slug == slug.lowercased() }
    }
    if let legal = row.text(AccountRegister.legalID) {
      return try accountsByLegalID()[legalKey(legal)].flatMap { accounts[$0] }
    }
    // Without a system an id alone is only a number: then the name has a say.
    if let foreign = row.text(AccountRegister.externalID), foreign.contains(":") {
      return try known.record(calledElsewhere: foreign, .account).flatMap { accounts[$0] }
    }
    return nil
  }

  mutating func nameAccount(
    _ id: RecordID, _ values: inout [(register: UInt32, value: RegisterValue)]
  ) throws {
    let given = values
    func text(_ register: UInt32) -> String? { given.first { $0.register == register }?.value.asText }
    let name = text(AccountRegister.name) ?? ""
    let slug = text(AccountRegister.slug) ?? accounts.freeSlug(for: name)
    if text(AccountRegister.slug) == nil {
      values.append((AccountRegister.slug, .text(slug)))
    } else if let other = accounts.named(slug).first, other.slug == slug {
      throw Failure.refused("“\(slug)” is the short name of \(other.name) already.")
    }
    accounts.add(Accounts.Account(id: id, slug: slug, name: name, isAlive: true))
    namedAccounts = [:]
    if let legal = text(AccountRegister.legalID) {
      _ = try accountsByLegalID()
      legalIDs?[legalKey(legal)] = id
    }
  }
}
