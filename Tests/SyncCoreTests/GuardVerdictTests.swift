import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import Testing

/// Server and replica ask this one function.
@Suite("Guards on a record that is not there")
struct GuardVerdictTests {
  private static let earlier = "01a209b5-91aa-7b90-969e-3d1fa3eca5c8"
  private static let seen = WireStamp.with {
    $0.hlc = 1
    $0.replica = 1
  }

  private func judge(
    _ expect: WireGuard.OneOf_Expect, isPending: Bool, _ earlier: GuardVerdict.Earlier = .undecided
  ) throws -> GuardVerdict {
    let expectation = WireGuard.with {
      $0.record = "01a209b5-0000-7000-8000-0000000000aa"
      $0.register = 9
      $0.expect = expect
    }
    return try GuardVerdict.judge(expectation, on: nil, isPending: isPending) { _ in earlier }
  }

  @Test("one that nothing makes has no stamps, no values and no life: unset holds, the others fail")
  func missing() throws {
    #expect(try judge(.unset(true), isPending: false) == .holds)
    for expect: WireGuard.OneOf_Expect in [
      .alive(true), .alive(false), .stamp(Self.seen), .mutation(Self.earlier),
    ] {
      #expect(try judge(expect, isPending: false) == .fails, "\(expect)")
    }
  }

  @Test("of one that an edit makes which waits, nobody can tell")
  func pending() throws {
    for expect: WireGuard.OneOf_Expect in [
      .alive(true), .alive(false), .stamp(Self.seen), .mutation(Self.earlier),
    ] {
      #expect(try judge(expect, isPending: true) == .cannotTell, "\(expect)")
    }
    #expect(try judge(.mutation(Self.earlier), isPending: true, .refused) == .fails)
  }
}
