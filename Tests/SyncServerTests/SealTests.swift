import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
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

  @Test("what is finalised is not deleted and replaced, but by an admin, of whom the audit log tells")
  func deletion() throws {
    let acme = try Organisation()
    let ana = try acme.person("Ana")
    let bo = try acme.person("Bo")
    let scope = try acme.account(managedBy: ana)
    try acme.share(scope, with: bo, .contributor, by: ana)
    let review = acme.newID()
    let kind = KindDescription.businessReview
    #expect(
      try ana.edit(scope, create(review, kind, ["title": "Q3", "finalised": "yes"])).outcome == .applied)
    for device in [bo, ana] {
      let gone = try device.edit(scope, change(review, kind, alive: false))
      #expect(gone.outcome == .invalid && gone.reason.contains("stands as it is"), "\(gone.reason)")
    }
    #expect(try acme.admin.edit(scope, change(review, kind, alive: false), ahead: 1_000).outcome == .applied)
    #expect(try ana.edit(scope, change(review, kind, alive: true), ahead: 2_000).outcome == .invalid)
    #expect(try acme.admin.edit(scope, change(review, kind, alive: true), ahead: 2_000).outcome == .applied)
    let told = try acme.store.read { try $0.audit(last: 2) }
    #expect(told.map(\.action) == ["seal.delete", "seal.restore"])
    #expect(told.allSatisfy { $0.detail == "business-review \(review) in \(scope)" })
  }

  @Test("a lock does not go with the record: a contributor deletes no locked target, its manager does")
  func lock() throws {
    let acme = try Organisation()
    let ana = try acme.person("Ana")
    let fay = try acme.person("Fay")
    let scope = try acme.account(managedBy: ana)
    try acme.enter(fay, "finance", .member)
    let finance = Scope.finance(try #require(scope.account))
    let target = acme.newID()
    let kind = KindDescription.revenueTarget
    let values = ["period": "2026-01-01..2026-12-31", "locked": "yes"]
    #expect(try ana.edit(finance, create(target, kind, values)).outcome == .applied)
    #expect(try fay.edit(finance, change(target, kind, alive: false)).outcome == .denied)
    #expect(try ana.edit(finance, change(target, kind, alive: false)).outcome == .applied)
  }

  @Test("an admin takes a survey template's publication back, and the audit log tells of it")
  func breaking() throws {
    let acme = try Organisation()
    let lea = try acme.person("Lea")
    try acme.enter(lea, "marketing", .lead)
    let kind = KindDescription.surveyTemplate
    let template = acme.newID()
    let values = ["title": "NPS", "type": "nps", "published": "yes"]
    #expect(try lea.edit(.directory, create(template, kind, values)).outcome == .applied)
    let stamp = try #require(try acme.record(template, in: .directory)?.stamp("published"))
    let guards = [expectation(template, "published", .stamp(stamp.wire), kind)]
    let off = change(template, kind, ["published": "no"])
    #expect(try lea.edit(.directory, off, guards: guards).outcome == .invalid)
    #expect(try acme.admin.edit(.directory, off, guards: guards).outcome == .applied)
    #expect(try acme.value("published", of: template, in: .directory) == "no")
    let told = try #require(try acme.store.read { try $0.audit(last: 1) }.first)
    #expect(told.action == "seal.break" && told.actor == acme.admin.author.user.email)
    #expect(try lea.edit(.directory, change(template, kind, ["title": "NPS 2"])).outcome == .applied)
  }
}
