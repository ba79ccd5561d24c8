import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("What is finalised stands")
struct SealTests {
  @Test("however its flag is written", arguments: [[56, 1], [56, 2], [56, 0x81, 0]] as [[UInt8]])
  func flag(_ content: [UInt8]) throws {
    let acme = try Organisation()
    let ana = try acme.person("Ana")
    let scope = try acme.account(managedBy: ana)
    let interview = acme.newID()
    #expect(try ana.edit(scope, create(interview, .interview, ["title": "Kick-off"])).outcome == .applied)
    var seal = change(interview, .interview)
    seal.set = Data(encodeBody(content, kind: KindDescription.interview.number))
    let sealed = try ana.edit(
      scope, seal, guards: [expectation(interview, "finalised", .unset(true), .interview)])
    guard sealed.outcome == .applied else { return }
    let later = try ana.edit(scope, change(interview, .interview, ["title": "other"]))
    #expect(later.outcome == .invalid && later.reason.contains("stands as it is"))
    let stamp = try #require(try acme.record(interview, in: scope)?.stamp("finalised"))
    let off = try ana.edit(
      scope, change(interview, .interview, ["finalised": "no"]),
      guards: [expectation(interview, "finalised", .stamp(stamp.wire), .interview)])
    #expect(off.outcome == .invalid)
  }
}
