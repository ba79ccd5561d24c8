import PlanModel
import Replica
import Speech
import SyncCore

extension Workbench {
  /// The pairs that are likely one among the records that a sync has brought or sent, and what they may be twins of. Nothing
  /// else is read: of contacts their accounts, and nothing at all when there is none.
  func twins(of appeared: [Appeared]) throws -> [TwinPair] {
    guard !appeared.isEmpty else { return [] }
    let contacts = appeared.filter { $0.kind == KindNumber.contact }
    var candidates = try contactCandidates(in: Set(contacts.compactMap(\.scope.account)))
    for kind in [KindDescription.account, .product] where appeared.contains(where: { $0.kind == kind.number })
    {
      candidates += try self.candidates(kind)
    }
    return try likelyTwins(among: candidates, touching: Set(appeared.map(\.record))).filter(areTwo)
  }

  /// All pairs that are likely one; with those that a person has judged to be two, or without.
  package func allTwins(withKeptApart: Bool) throws -> [TwinPair] {
    let candidates =
      try candidates(.account) + contactCandidates(in: nil) + self.candidates(.product)
    let pairs = likelyTwins(among: candidates)
    return withKeptApart ? pairs : try pairs.filter(areTwo)
  }

  /// Nobody has said that they are two things.
  private func areTwo(_ pair: TwinPair) throws -> Bool { try !keptApart().contains(pair.records) }

  private func keptApart() throws -> Set<RecordPair> {
    try known(\.knownApart) { try replica.keptApart() }
  }

  private func candidates(_ kind: KindDescription) throws -> [TwinCandidate] {
    try replica.records(ofKind: kind.number, where: { _, isShown in isShown }).map(candidate)
  }

  private func candidate(_ view: RecordView) -> TwinCandidate {
    func text(_ register: UInt32) -> String { view.text(register) ?? "" }
    var candidate = TwinCandidate(id: view.id, kind: view.kind)
    switch view.kind {
    case KindNumber.account:
      candidate.name = text(AccountRegister.name)
      candidate.slug = text(AccountRegister.slug)
      candidate.legalID = text(AccountRegister.legalID)
      candidate.country = text(AccountRegister.country)
      candidate.parent = view.reference(AccountRegister.parent)
    case KindNumber.contact:
      candidate.name = text(ContactRegister.name)
      candidate.account = view.scope.account
    default:
      candidate.name = text(ProductRegister.name)
      candidate.sku = text(ProductRegister.sku)
    }
    return candidate
  }

  /// - Parameter accounts: nil: of all accounts.
  private func contactCandidates(in accounts: Set<RecordID>?) throws -> [TwinCandidate] {
    func records(_ kind: KindDescription) throws -> [RecordView] {
      // Many accounts are read in one go.
      guard let accounts, accounts.count <= 20 else {
        return try replica.records(ofKind: kind.number) { _, isShown in isShown }
      }
      return try accounts.flatMap { account in
        try replica.records(ofKind: kind.number, account: account) { _, isShown in isShown }
      }
    }
    let contacts = try records(.contact)
    guard !contacts.isEmpty else { return [] }
    var emails: [RecordID: [String]] = [:]
    for point in try records(.contactPoint) where point.choice(ContactPointRegister.type) == "email" {
      guard let contact = point.reference(ContactPointRegister.contact),
        let value = point.text(ContactPointRegister.value)
      else { continue }
      emails[contact, default: []].append(value)
    }
    return contacts.map { view in
      var candidate = candidate(view)
      candidate.emails = emails[view.id] ?? []
      return candidate
    }
  }
}

extension TwinPair {
  package var records: RecordPair { RecordPair(first, second) }
}
