import PlanModel
import ProtocolMessages

// What a change of a mutation, and a value that is told, say in registers.

extension WireChange {
  /// What it sets.
  package func registers() throws(WireError) -> Registers { try decodeBody(Array(set)[...]).content }
}

extension WireRegisterValue {
  /// At most one register.
  package func registers() throws(WireError) -> Registers { try decodeBody(Array(value)[...]).content }
}

extension RecordWrite {
  /// What a change of this replica's own does: its author had seen all there was.
  ///
  /// - Throws: `WireError` when what it sets cannot be read.
  package init(_ change: WireChange) throws(WireError) {
    self.init(
      set: try change.registers(), clear: change.clear, alive: change.hasAlive ? change.alive : nil,
      base: RecordStamps())
  }

  /// The registers that it writes, life included.
  package var registers: [UInt32] { writes.map(\.register) + (alive == nil ? [] : [lifeRegister]) }
}
