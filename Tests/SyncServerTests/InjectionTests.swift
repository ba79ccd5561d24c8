import Foundation
import PlanModel
import ProtocolMessages
import SQLiteStore
import SwiftProtobuf
import SyncCore
import SyncServer
import Testing

@Suite("Text that looks like SQL")
struct InjectionTests {
  private static let corpus = [
    "'; DROP TABLE record; --", "x' OR '1'='1", "\" OR 1=1 --", "'||(SELECT secret_hash FROM device)||'",
    "%_\\%", "?1",
    ":name", "x'00'", "Robert'); DELETE FROM history; --", "$user", "@v", "`", "[x]", "/* */", "NULL",
    "' UNION SELECT 1 --",
  ]

  @Test("is stored and given back as it is, in every field of every kind that takes text")
  func everyField() throws {
    let acme = try Organisation()
    let scope = try acme.account(managedBy: acme.admin)
    let account = try #require(scope.account)
    var count = 0
    for kind in PlanModel.kinds where !kind.isServerMade {
      let place: Scope =
        switch kind.family {
        case .directory: .directory
        case .plan: scope
        case .finance: .finance(account)
        }
      for register in kind.registers {
        switch register.type {
        case .line(let maximum) where maximum >= 50: break
        case .text: break
        default: continue
        }
        for text in Self.corpus {
          let id =
            kind.number == KindDescription.account.number
            ? account : kind.isSingleton ? account.singleton(ofKind: kind.number) : acme.newID()
          var values = try acme.required(kind, in: scope)
          values[register.name] = text
          let isMade = try acme.record(id, in: place) != nil
          let result = try acme.admin.edit(
            place, isMade ? change(id, kind, [register.name: text]) : create(id, kind, values))
          #expect(result.outcome == .applied, "\(kind.name) \(register.name): \(result.reason)")
          #expect(try acme.value(register.name, of: id, in: place) == text)
          count += 1
        }
      }
    }
    #expect(count > 1_000)
    #expect(try acme.store.structureProblems(isThorough: true).isEmpty && acme.historyRows().count >= count)
  }

  @Test("finds nobody, and changes nothing, where people are looked up by it")
  func lookups() throws {
    let acme = try Organisation()
    let before = try acme.store.read { try $0.users() }
    for text in Self.corpus {
      #expect(try acme.store.read { try $0.user(email: text) } == nil)
      #expect(Scope("plan/" + text) == nil && RecordID(text) == nil)
    }
    #expect(try acme.store.read { try $0.users() } == before)
  }
}
