import PlanModel

/// The registers of a new record; what has no value is left out.
func filled(
  _ given: [(register: UInt32, value: RegisterValue?)]
) -> [(
  register: UInt32, value: RegisterValue
)] {
  given.compactMap { register, value in value.map { (register, $0) } }
}

extension KindDescription {
  /// A choice by its name; nil when there is none, or none of this name.
  func choice(_ name: String?, of register: UInt32) -> RegisterValue? {
    name.flatMap { choices(of: register)?.number(named: $0) }.map(RegisterValue.integer)
  }
}
