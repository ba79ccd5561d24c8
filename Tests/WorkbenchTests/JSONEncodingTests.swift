import Testing
import Wording

@Suite("A page as JSON")
struct JSONEncodingTests {
  private struct Row: Encodable {
    let zone: String
    let amount: Int
    let absent: String?
    let share: JSON
  }

  private struct Page: Encodable {
    let title: String
    let isOpen: Bool
    let rows: [Row]
    let record: JSON
  }

  @Test("keeps its members in the order in which they are declared, and what is JSON already as it is")
  func keepsOrder() throws {
    let page = Page(
      title: "“A”\n", isOpen: true,
      rows: [
        Row(zone: "b", amount: -2, absent: nil, share: .null),
        Row(zone: "a", amount: 1, absent: "x", share: .verbatim("0.50")),
      ],
      record: .verbatim(#"{"z":1,"a":2}"#))
    #expect(
      try JSON(encoding: page).document
        == #"{"title":"“A”\n","isOpen":true,"rows":[{"zone":"b","amount":-2,"share":null},"#
        + #"{"zone":"a","amount":1,"absent":"x","share":0.50}],"record":{"z":1,"a":2}}"#)
  }

  @Test("a list is a document with a line for each of its elements; nothing is an empty one")
  func encodesLists() throws {
    #expect(try JSON(encoding: ["a", "b"]).document == "[\n\"a\",\n\"b\"\n]")
    #expect(try JSON(encoding: [String]()).document == "[]")
  }
}
