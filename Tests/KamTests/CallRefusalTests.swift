import ConnectRPC
import PlanModel
import ProtocolMessages
import Speech
import SwiftProtobuf
import SyncCore
import Testing
import Wording

@testable import SyncClient

@Suite("Why the server did not do what was asked of it at once")
struct CallRefusalPhraseTests {
  private func error(_ details: ConnectError.Detail...) -> ConnectError {
    var error = ConnectError(.unauthenticated, "[suspended] What the server says.")
    error.details = details
    return error
  }

  private func detail(
    _ code: String, _ arguments: String..., type: String = "kam.v1.Refusal"
  ) throws
    -> ConnectError.Detail
  {
    let wire = WireRefusal.with {
      $0.code = code
      $0.arguments = arguments
    }
    return ConnectError.Detail(type: type, value: try wire.serializedBytes())
  }

  @Test("is said by its code when this version knows it")
  func known() throws {
    let phrase = error(try detail("last-admin", "ana@demo.example")).phrase
    #expect(phrase == CallRefusal.lastAdmin("ana@demo.example").phrase)
  }

  @Test(
    "is the server's sentence, without its word for programs, when there is no code, or one that is not known"
  )
  func unknown() throws {
    let sentence = Phrase.verbatim("What the server says.")
    #expect(error().phrase == sentence)
    #expect(error(try detail("of-a-newer-version")).phrase == sentence)
    #expect(error(try detail("last-admin", "a"), try detail("of-a-newer-version")).phrase == sentence)
    #expect(error(try detail("last-admin", "a", type: "other.Detail")).phrase == sentence)
    #expect(error(ConnectError.Detail(type: "kam.v1.Refusal", value: [0xFF])).phrase == sentence)
    #expect(error(try detail("last-admin", String(repeating: "a", count: 5_000))).phrase == sentence)
  }

  @Test("tells what a server puts into it on one line")
  func oneLine() throws {
    let phrase = error(try detail("last-admin", "ana\n\nroot@demo")).phrase
    #expect(phrase == CallRefusal.lastAdmin("ana root@demo").phrase)
  }
}
