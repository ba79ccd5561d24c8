import ConnectRPC
import Foundation
import Speech
import Testing
import Workbench

@Suite("An invite")
struct InviteTests {
  private let whole = Invite(
    url: "https://kam.example:7474", trust: .authority(publicKeySHA256: [UInt8](repeating: 7, count: 32)),
    id: "01a209b5-91aa-7b90-969e-3d1fa3eca5c8", secret: Redacted("secret"), organization: "Société Étoile",
    person: "ana@demo.example")

  private func content(_ invite: Invite) throws -> [String: String] {
    var base64 = invite.text.dropFirst("kam-invite.".count).replacing("-", with: "+").replacing(
      "_", with: "/")
    base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
    return try JSONDecoder().decode(
      [String: String].self, from: try #require(Data(base64Encoded: String(base64))))
  }

  private func text(_ content: [String: String]) throws -> String {
    "kam-invite." + (try JSONEncoder().encode(content)).base64EncodedString()
  }

  @Test("says of whom and for whom it is, and one of an older version is read too")
  func readsBoth() throws {
    #expect(Invite(whole.text) == whole)
    var old = try content(whole)
    for name in ["organization", "person", "whole"] { old[name] = nil }
    let read = try #require(Invite(try text(old)))
    #expect(read.id == whole.id && read.url == whole.url && read.organization == nil && read.person == nil)
  }

  @Test(
    "of which a word was changed on the way is not whole",
    arguments: ["organization", "person", "whole", "url"])
  func damaged(name: String) throws {
    var content = try content(whole)
    content[name] = (content[name] ?? "") + "x"
    #expect(Invite(try text(content)) == nil)
    content[name] = nil
    #expect(Invite(try text(content)) == nil)
  }
}
