/// The unit of access, ordering, cursors, digests and compaction.
package enum Scope: Hashable, Sendable {
  /// Read by every member of the organisation.
  case directory
  /// The plan of an account.
  case plan(RecordID)
  /// The figures of an account.
  case finance(RecordID)

  package init?(_ name: String) {
    if name == "directory" {
      self = .directory
    } else if name.hasPrefix("plan/"), let account = RecordID(String(name.dropFirst(5))) {
      self = .plan(account)
    } else if name.hasPrefix("finance/"), let account = RecordID(String(name.dropFirst(8))) {
      self = .finance(account)
    } else {
      return nil
    }
  }

  package var account: RecordID? {
    switch self {
    case .directory: nil
    case .plan(let account), .finance(let account): account
    }
  }

  package var family: ScopeFamily {
    switch self {
    case .directory: .directory
    case .plan: .plan
    case .finance: .finance
    }
  }
}

extension Scope: CustomStringConvertible {
  package var description: String {
    switch self {
    case .directory: "directory"
    case .plan(let account): "plan/\(account)"
    case .finance(let account): "finance/\(account)"
    }
  }
}

/// Which of the three sorts of scope a kind of record lives in.
package enum ScopeFamily: String, Hashable, Sendable {
  case directory, plan, finance
}
