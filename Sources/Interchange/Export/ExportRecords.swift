import PlanModel
import Replica
import SyncCore
import Wording
import Workbench

/// What is exported: every living record that the person may see, or those asked for.
package struct ExportRecords {
  let workbench: Workbench
  /// In an order in which each kind comes after the kinds it points to.
  let kinds: [KindDescription]
  private let account: RecordID?

  package init(_ workbench: Workbench, kinds: [KindDescription], account: RecordID?) {
    self.workbench = workbench
    self.account = account
    let wanted = Set((kinds.isEmpty ? PlanModel.kinds : kinds).map(\.number))
    self.kinds = Self.inOrder.filter { kind in
      // What is of no account is left out when one account is asked for, unless it was named.
      wanted.contains(kind.number) && (account == nil || kind.isInAccount || !kinds.isEmpty)
    }
  }

  /// Oldest first; of those that point to each other within a kind, the one pointed to first.
  func records(_ kind: KindDescription) throws -> [RecordView] {
    let views = try workbench.replica.records(
      ofKind: kind.number, account: account, where: { _, alive in alive })
    let pointers = kind.registers.filter { $0.type == .reference(kind.number) }
    guard !pointers.isEmpty else { return views }
    let byID = Dictionary(views.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var done: Set<RecordID> = []
    var sorted: [RecordView] = []
    // By hand and not by recursion: a chain can be longer than the stack is deep.
    for start in views {
      var stack = [(view: start, isReady: false)]
      while let (view, isReady) = stack.popLast() {
        if isReady {
          sorted.append(view)
          continue
        }
        guard done.insert(view.id).inserted else { continue }
        stack.append((view, true))
        for pointer in pointers {
          if case .reference(let id)? = view.value(pointer), let other = byID[id] {
            stack.append((other, false))
          }
        }
      }
    }
    return sorted
  }

  private static let inOrder: [KindDescription] = {
    var sorted: [KindDescription] = []
    func visit(_ kind: KindDescription) {
      guard !sorted.contains(where: { $0.number == kind.number }) else { return }
      sorted.append(kind)
    }
    func needs(_ kind: KindDescription) -> [UInt32] {
      kind.registers.compactMap {
        if case .reference(let other) = $0.type, other != kind.number { other } else { nil }
      }
    }
    var rest = PlanModel.kinds
    // The account's own record comes before what is in it; what points to any record comes last.
    let points = rest.filter { $0.registers.contains { $0.type == .anyReference } }
    rest.removeAll { kind in points.contains { $0.number == kind.number } }
    while !rest.isEmpty {
      let ready = rest.filter { kind in
        needs(kind).allSatisfy { other in !rest.contains { $0.number == other } }
          && (!kind.addsInAccount || !rest.contains { $0.number == KindNumber.account })
      }
      let next = ready.isEmpty ? [rest[0]] : ready
      next.forEach(visit)
      rest.removeAll { kind in next.contains { $0.number == kind.number } }
    }
    return sorted + points
  }()

  func values(_ view: RecordView, _ kind: KindDescription) -> [UInt32: RegisterValue] {
    var values: [UInt32: RegisterValue] = [:]
    for register in kind.registers where register.type != .opaque {
      if let value = view.value(register) { values[register.number] = value }
    }
    return values
  }
}
