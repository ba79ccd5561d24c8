import Foundation
import PlanModel
import ProtocolMessages
import SwiftProtobuf
import SyncCore
import Testing

struct MessageVectors: Decodable {
  struct State: Decodable {
    let name: String
    let bytes: Hex
    let verdict: String
  }
  struct Body: Decodable {
    let name: String
    let kind: UInt32
    let bytes: Hex
    let verdict: String
  }
  let recordStates: [State]
  let author: String
  let account: String
  let bodies: [Body]

  enum CodingKeys: String, CodingKey {
    case recordStates = "record_states"
    case author, account, bodies
  }
}

@Suite("RecordState on the wire")
struct RecordStateTests {
  @Test("is accepted and refused as messages.json says, and written canonically")
  func vectors() throws {
    for example in try Vectors.load("messages.json", as: MessageVectors.self).recordStates {
      let name = Comment(rawValue: example.name)
      let decoded = try? RecordState(decoding: example.bytes.bytes)
      switch example.verdict {
      case "canonical": #expect(decoded?.encoded == example.bytes.bytes, name)
      case "accepted":
        let encoded = try #require(decoded, name).encoded
        #expect(try RecordState(decoding: encoded) == decoded, name)
      default: #expect(decoded == nil, name)
      }
    }
  }

  @Test("bodies are accepted, refused and left to a newer version as messages.json says")
  func bodies() throws {
    let vectors = try Vectors.load("messages.json", as: MessageVectors.self)
    let account = try recordID(vectors.account)
    let standing = Standing(person: try recordID(vectors.author), organization: .member, account: .manager)
    for example in vectors.bodies {
      let record = example.kind == 32 ? account : RecordID(high: account.high, low: account.low ^ 0x5500)
      let verdict: String
      do {
        let (kind, set) = try decodeBody(example.bytes.bytes[...])
        if kind == 0 || kind == example.kind {
          try validate(
            ProposedChange(record: record, kind: example.kind, isCreation: true, set: set),
            in: .plan(account),
            by: standing, current: nil)
          verdict = "accepted"
        } else {
          verdict = "refused"
        }
      } catch is SchemaAhead {
        verdict = example.kind == 0 ? "refused" : "ahead"
      } catch {
        verdict = "refused"
      }
      #expect(verdict == example.verdict, "\(example.name)")
    }
  }

  /// One record of every kind with every register, as the typed messages have it.
  private static let typed: [KamRecordState] = {
    let uuid = "019a1234-5678-7abc-9def-0123456789ab"
    let money = KamMoney.with {
      $0.currency = "EUR"
      $0.minor = -120_050
    }
    let bodies: [(KamKind, KamRecordBody)] = [
      (
        .person,
        .with {
          $0.person = .with {
            $0.name = "Ana"
            $0.email = "ana@acme.example"
            $0.role = .admin
            $0.active = true
            $0.devices = [
              .with {
                $0.replica = 3
                $0.name = "Ana's laptop"
              },
              .with {
                $0.replica = 300
                $0.name = "Phone"
              },
            ]
          }
        }
      ),
      (
        .department,
        .with {
          $0.department = .with {
            $0.name = "Sales"
            $0.code = .sales
          }
        }
      ),
      (
        .account,
        .with {
          $0.account = .with {
            $0.name = "Acmé 株式会社"
            $0.slug = "acme"
            $0.counterpart = .economicPartner
            $0.stage = .lost
            $0.tier = 1
            $0.legalID = "123"
            $0.website = "https://acme.example"
            $0.country = "FR"
            $0.timeZone = "Europe/Paris"
            $0.currency = "EUR"
            $0.industry = "steel"
            $0.purchasingPower = money
            $0.firstContactOn = "2024-02-29"
            $0.notes = "first\nsecond"
            $0.keyAccount = false
            $0.manager = uuid
            $0.parent = uuid
          }
        }
      ),
      (
        .plan,
        .with {
          $0.plan = .with {
            $0.title = "2026"
            $0.period = .with {
              $0.from = "2026-01-01"
              $0.to = "2026-12-31"
            }
            $0.status = .archived
          }
        }
      ),
      (
        .task,
        .with {
          $0.task = .with {
            $0.title = "Call Ana"
            $0.department = .marketing
            $0.priority = .urgent
            $0.claimedBy = uuid
            $0.status = .inProgress
          }
        }
      ),
      (
        .comment,
        .with {
          $0.comment = .with {
            $0.about = uuid
            $0.aboutKind = .task
            $0.text = "Good."
            $0.author = uuid
            $0.writtenMs = 1_760_000_000_000
          }
        }
      ),
    ]
    return bodies.map { kind, body in
      .with {
        $0.id = uuid
        $0.kind = kind
        $0.sequence = 12
        $0.alive = kind != .task
        $0.stamps = [
          .with {
            $0.stamp = .with {
              $0.hlc = 0x0199_C82C_C000_0000
              $0.replica = 3
            }
            $0.registers = [0, 1]
          },
          .with {
            $0.stamp = .with {
              $0.hlc = 0x0199_C82C_C000_0001
              $0.replica = 400
            }
            $0.registers = [2, 3]
          },
        ]
        $0.body = body
      }
    }
  }()

  @Test("the generated message of a kind passes through us byte for byte")
  func typedThroughUs() throws {
    for message in Self.typed {
      let bytes: [UInt8] = try message.serializedBytes()
      #expect(try RecordState(decoding: bytes).encoded == bytes, "\(message.kind)")
    }
  }

  @Test("what we write passes through the generated message byte for byte")
  func usThroughTyped() throws {
    for message in Self.typed {
      let state = try RecordState(decoding: message.serializedBytes())
      let typed = try KamRecordState(serializedBytes: state.encoded)
      #expect(typed == message)
      #expect(try typed.serializedBytes() as [UInt8] == state.encoded)
    }
  }

  @Test("an echo names the record, its sequence and the mutation, and is no state")
  func echo() throws {
    let id = try recordID("019a1234-5678-7abc-9def-0123456789ab")
    let bytes = PageEntry.encodedEcho(id: id, sequence: 7, mutation: 300)
    #expect(try PageEntry(decoding: bytes) == .echo(id: id, sequence: 7, mutation: 300))
    let typed = try KamRecordState(serializedBytes: bytes)
    #expect(typed.id == id.description && typed.sequence == 7 && typed.echo == 300 && !typed.hasBody)
    #expect(throws: WireError.self) { try RecordState(decoding: bytes) }
  }

  @Test("a page holds states and echoes")
  func pageEntry() throws {
    let bytes: [UInt8] = try Self.typed[0].serializedBytes()
    #expect(try PageEntry(decoding: bytes) == .state(RecordState(decoding: bytes)))
  }
}
