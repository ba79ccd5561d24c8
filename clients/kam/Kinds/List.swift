import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// "kam task list --department logistics --due-before +7d"
struct ListRecords: RecordVerb {
  static let word = "list"
  let kind: KindDescription?

  init(_ kind: KindDescription?) { self.kind = kind }

  var about: Phrase {
    "List \(word: kind?.plural ?? "records"); lines can be named by their number afterwards."
  }
  var parameters: [Parameter] { kind?.listOptions ?? [] }

  func run(_ words: Words, in workspace: Workspace) throws {
    guard let kind else { return }
    let account = try words.single("account").map { try workspace.account($0) }
    let filter = try RecordFilter(words, kind, workspace)
    var views = try workspace.replica.records(ofKind: kind.number, account: account, where: filter.admits)
    sort(&views, kind)
    if let limit = try words.single("limit") {
      guard let count = Int(limit), count >= 0 else {
        throw Failure.usage("--limit: “\(limit)” is not a number.")
      }
      views = Array(views.prefix(count))
    }
    if words.flags.contains("json") {
      try workspace.printJSON(views)
    } else if words.flags.contains("csv") {
      try workspace.showCSV(views, kind)
    } else {
      try workspace.show(views, kind, isOneAccount: account != nil)
      try workspace.remember(listed: views.map(\.id))
    }
    try workspace.showAge()
  }

  /// What is due first comes first; names go by the alphabet, the rest by age.
  private func sort(_ views: inout [RecordView], _ kind: KindDescription) {
    if let due = kind.register(named: "due") {
      views = sorted(views) { text(due, $0) ?? "9999-99-99" }
    } else if kind.family == .directory || kind.number == KindDescription.account.number,
      let title = kind.titleRegister
    {
      views = sorted(views) { text(title, $0)?.lowercased() ?? "" }
    }
  }

  /// By key, then by age, as they come.
  private func sorted(_ views: [RecordView], by key: (RecordView) -> String) -> [RecordView] {
    let keys = views.map(key)
    return views.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { views[$0] }
  }

  private func text(_ register: RegisterDescription, _ view: RecordView) -> String? {
    guard case .text(let text)? = view.value(register) else { return nil }
    return text
  }
}

/// The conditions of a list.
struct RecordFilter {
  /// A register is one of these values, as bytes.
  private var wanted: [(register: RegisterDescription, values: [[UInt8]])] = []
  private var days: [(register: RegisterDescription, before: PlanDate?, after: PlanDate?)] = []
  private let showsDeleted: Bool

  init(_ words: Words, _ kind: KindDescription, _ workspace: Workspace) throws {
    showsDeleted = words.flags.contains("deleted")
    for register in kind.registers where register.isFilter {
      let texts = words.all(register.name)
      guard !texts.isEmpty else { continue }
      wanted.append((register, try texts.map { try Self.encoded($0, register, workspace) }))
    }
    if words.flags.contains("mine"), let holder = kind.holder {
      wanted.append((holder, [holder.type.encode(.reference(workspace.identity.person), as: holder.number)]))
    }
    for register in kind.registers where register.type == .date {
      let before = try words.single("\(register.name)-before").map {
        try workspace.day($0, option: "\(register.name)-before")
      }
      let after = try words.single("\(register.name)-after").map {
        try workspace.day($0, option: "\(register.name)-after")
      }
      if before != nil || after != nil { days.append((register, before, after)) }
    }
  }

  private static func encoded(
    _ text: String, _ register: RegisterDescription, _ workspace: Workspace
  ) throws -> [UInt8] {
    if case .reference(let kind) = register.type, kind != KindDescription.person.number {
      let id = try workspace.find(text, kind: PlanModel.kind(kind)).id
      return register.type.encode(.reference(id), as: register.number)
    }
    guard let value = try workspace.value(text, for: register, in: .directory) else { return [] }
    return register.type.encode(value, as: register.number)
  }

  func admits(_ body: Registers, alive: Bool) -> Bool {
    guard alive != showsDeleted else { return false }
    for condition in wanted {
      let stands: [UInt8]
      if let encoded = body[condition.register.number] {
        stands = Array(encoded)
      } else if let initial = condition.register.initial {
        // One that says nothing is as a new one is.
        stands = condition.register.type.encode(.integer(initial), as: condition.register.number)
      } else {
        stands = []
      }
      guard condition.values.contains(stands) else { return false }
    }
    for (register, before, after) in days {
      guard let encoded = body[register.number], case .text(let text)? = try? register.type.decode(encoded),
        let day = PlanDate(text), before.map({ day < $0 }) ?? true, after.map({ day > $0 }) ?? true
      else { return false }
    }
    return true
  }
}
