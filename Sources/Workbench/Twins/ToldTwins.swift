import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// Two records that may be one, with what is needed to tell it.
package struct ToldTwins {
  package let pair: TwinPair
  package let kind: KindDescription
  package let handles: [String]
  package let titles: [String]
  /// The short name of a contact's account; "" of others.
  package let account: String
  /// As the front end offers to make one of them.
  private let merging: String

  init(
    _ pair: TwinPair, _ kind: KindDescription, handles: [String], titles: [String], account: String,
    reader: Reader
  ) {
    self.pair = pair
    self.kind = kind
    self.handles = handles
    self.titles = titles
    self.account = account
    merging = reader.said(.action(Self.merge(handles)))
  }

  /// What was made first stays: everybody is told the same action.
  private static func merge(_ handles: [String]) -> Action { .merge(keep: handles[0], other: handles[1]) }

  /// "email and name"
  package var reasons: Phrase { enumerated(pair.reasons.map(\.phrase)) }

  package var sentence: Phrase {
    let (one, other) = ("\(handles[0]) “\(titles[0])”", "\(handles[1]) “\(titles[1])”")
    let place: Phrase = account.isEmpty ? .nothing : " (\(account))"
    let apart = Action.keepApart(handles[0], handles[1])
    return """
      \(one) and \(other)\(place) may be one \(word: kind.label): the same \(reasons). If so: \
      \(action: Self.merge(handles)). If they are two: \(action: apart)
      """
  }

  package var json: JSON {
    .object([
      ("kind", .text(kind.name)), ("one", .text(pair.first.description)),
      ("other", .text(pair.second.description)),
      ("handles", .array(handles.map(JSON.text))), ("titles", .array(titles.map(JSON.text))),
      ("account", account.isEmpty ? .null : .text(account)),
      ("reasons", .array(pair.reasons.map { .text(jsonName(ofField: $0.rawValue)) })),
      ("merge", .text(merging)),
    ])
  }
}

extension Workbench {
  package func told(_ pairs: [TwinPair]) throws -> [ToldTwins] {
    let handles = try replica.handles(for: pairs.flatMap { [$0.first, $0.second] })
    return try pairs.compactMap { pair in
      guard let (one, other) = try views(of: pair), let kind = PlanModel.kind(one.kind) else { return nil }
      let account = kind.number == KindNumber.account ? nil : one.scope.account
      return ToldTwins(
        pair, kind, handles: [one, other].map { handles[$0.id]?.description ?? $0.id.description },
        titles: [one, other].map { fitted(title($0), to: 60, ellipsis: "…") },
        account: try account.map { try accounts().label($0) } ?? "", reader: reader)
    }
  }

  /// The two of one kind, and where they are contacts of one account: what others gave the same id is not meant.
  private func views(of pair: TwinPair) throws -> (RecordView, RecordView)? {
    let others = try replica.records(pair.second)
    for one in try replica.records(pair.first) {
      let isContact = one.kind == KindNumber.contact
      let other = others.first { $0.kind == one.kind && (!isContact || $0.scope == one.scope) }
      if let other { return (one, other) }
    }
    return nil
  }

  /// Of the pairs among what a sync has brought or sent, those that nobody was told of yet; told now.
  func untoldTwins(of appeared: [Appeared]) throws -> [ToldTwins] {
    let pairs = try twins(of: appeared)
    let untold = Set(try replica.untold(pairs.map(\.records)))
    return try told(pairs.filter { untold.contains($0.records) })
  }

  /// Remembers on this device that two records are two things, which may look like one.
  ///
  /// - Parameter undo: They may be one again.
  package func keepApart(_ one: String, _ other: String, undo: Bool = false) throws -> Receipt {
    try asOne {
      let views = try [one, other].map { try find($0, kind: nil) }
      guard views[0].kind == views[1].kind, views[0].id != views[1].id else {
        throw Failure.usage("Give two records of one kind.")
      }
      let isChanged = try replica.setApart(!undo, RecordPair(views[0].id, views[1].id))
      knownApart = nil
      let names = try enumerated(views.map(mergeName))
      return Receipt(
        views, isChanged: isChanged,
        !isChanged
          ? "Nothing changed."
          : undo ? "\(capitalized(names)) may be one again." : "\(capitalized(names)) are two.")
    }
  }
}
