import Foundation
import SourceFiles
import Testing

@Suite("Cards")
struct CardTests {
  private func person(_ lines: String..., lineEnd: String = "\r\n") throws -> Card.Person {
    let cards = Cards((["BEGIN:VCARD"] + lines + ["END:VCARD", ""]).joined(separator: lineEnd))
    #expect(cards.count == 1)
    return try cards[0].person()
  }

  @Test("a folded line goes on, whatever letter its second half begins with")
  func folding() throws {
    #expect(try person("NOTE:one", "  two", "\tthree").notes == "one twothree")
    #expect(try person("NOTE;CHARSET=UTF-8;", " QUOTED-PRINTABLE:=C3=", "=A9", "FN:A").notes == "é")
    #expect(try person("FN:Ame", " \u{301}lie", lineEnd: "\n").name == "Ame\u{301}lie")
    #expect(try person("NOTE:one\u{2028}two\u{85}three", "FN:A").notes == "one\u{2028}two\u{85}three")
  }

  @Test(
    "a text in quoted-printable is that of its charset, or is refused",
    arguments: [
      ("CHARSET=UTF-8", "=C3=A9t=C3=A9", "été"), ("CHARSET=ISO-8859-1", "=E9t=E9", "été"),
      ("CHARSET=\"windows-1252\"", "5 =80 =92", "5 € ’"), ("QUOTED", "=C3=A9", "é"),
      ("QUOTED", "=E9 =3D", "é ="),
      ("CHARSET=UTF-8", "=E9t=E9", nil), ("CHARSET=SHIFT_JIS", "=82=A0", nil),
      ("CHARSET=SHIFT_JIS", "A=20B", "A B"),
      ("CHARSET=UTF-8", "a=+1=g0", "a=+1=g0"), ("QUOTED", "a=0D=0Ab=0Ac=0Dd", "a\nb\nc\nd"),
    ] as [(String, String, String?)])
  func charsets(charset: String, written: String, read: String?) throws {
    let line = "NOTE;\(charset);ENCODING=QUOTED-PRINTABLE:\(written)"
    if let read {
      #expect(try person(line, "", "FN:A").notes == read)
    } else {
      #expect(throws: CardError.lost(written)) { try person(line) }
    }
  }

  @Test("marks that are written with a backslash are themselves; other backslashes are")
  func escapes() throws {
    #expect(
      try person("NOTE:a\\, b\\; c\\: d\\\\ e\\nf\\Ng R\\D").notes == "a, b; c: d\\ e\nf\ng R\\D")
    let person = try person("N:Béart\\; B;Hélène;;Dr\\, Prof;", "ORG:Globex\\;Ltd;Sales;\u{301}x")
    #expect(person.name == "Dr, Prof Hélène Béart; B" && person.organisation == "Globex;Ltd")
  }

  @Test("a text in base64 is read as what it says")
  func base64() throws {
    #expect(try person("NOTE;ENCODING=b:w6l0w6k=").notes == "été")
    #expect(throws: CardError.lost("/w==")) { try person("NOTE;CHARSET=UTF-8;ENCODING=BASE64:/w==") }
  }

  @Test("groups, several addresses, and colons within quotes")
  func properties() throws {
    let person = try person(
      "item1.EMAIL;type=INTERNET:a@x.example", "EMAIL;TYPE=\"work:1\":b@x.example", "tel;CELL:+33 1",
      "X-EMAIL:no", "ROLE:Buyer", "LANG:fr")
    #expect(person.addresses == ["a@x.example", "b@x.example"] && person.numbers == ["+33 1"])
    #expect(person.title == "Buyer" && person.language == "fr")
  }

  @Test("what is no person's card is told, and so is one that was cut off")
  func refused() throws {
    #expect(throws: CardError.version("5.0")) { try person("VERSION:5.0") }
    #expect(throws: CardError.kind("group")) { try person("KIND:group") }
    #expect(throws: CardError.company) { try person("FN:Globex", "N:;;;;", "ORG:Globex") }
    #expect(throws: CardError.company) { try person("X-ABShowAs:COMPANY") }
    let cards = Cards("BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\nBEGIN:VCARD\nFN:C")
    #expect(cards.count == 3 && (0..<3).map { cards[$0].line } == [1, 3, 6])
    #expect(throws: CardError.unfinished) { try cards[0].person() }
    #expect(try cards[1].person().name == "B")
    #expect(throws: CardError.unfinished) { try cards[2].person() }
  }

  @Test("a photograph of two million letters takes no time")
  func photograph() throws {
    let lines = Array(repeating: " " + String(repeating: "A", count: 74), count: 27_000)
    let text = (["BEGIN:VCARD", "FN:A", "PHOTO;ENCODING=b:"] + lines + ["X"] + lines + ["END:VCARD"])
      .joined(separator: "\n")
    var name: String?
    let time = try ContinuousClock().measure { name = try Cards(text)[0].person().name }
    #expect(name == "A")
    #expect(time < .seconds(5))
  }
}
