import Speech
import Wording
import Testing
import Workbench

@testable import kam

@Suite("What people wrote never reaches the terminal raw")
struct VisibleTextTests {
  @Test(
    "controls, turns of direction and what has no width are made visible",
    arguments: [
      ("a\u{1B}[31mred", "a␛[31mred"), ("bell\u{7}", "bell␇"), ("del\u{7F}", "del␡"),
      ("c1\u{9B}31m", "c1\\u{9B}31m"),
      ("gpj.\u{202E}exe", "gpj.\\u{202E}exe"), ("iso\u{2066}late", "iso\\u{2066}late"),
      ("zero\u{200B}width", "zero\\u{200B}width"),
      ("jo\u{200D}iner", "jo\\u{200D}iner"), ("bom\u{FEFF}", "bom\\u{FEFF}"),
      ("soft\u{AD}hyphen", "soft\\u{AD}hyphen"),
      ("tag\u{E0041}", "tag\\u{E0041}"), ("line\u{2028}break", "line\\u{2028}break"),
      ("two\nlines", "two␊lines"),
      ("Étoile & Cie — 東京 🚚", "Étoile & Cie — 東京 🚚"),
    ])
  func makesVisible(text: String, shown: String) {
    #expect(visible(text) == shown)
    #expect(visible(shown) == shown)
  }

  @Test("where pictures cannot be shown, controls are written as escapes")
  func spellsControls() {
    #expect(visible("a\u{1B}[2J\u{7F}", pictures: false) == "a\\u{1B}[2J\\u{7F}")
  }

  @Test("of 10,000 hostile strings no raw byte is left, in tables, sentences and JSON")
  func leavesNoRawByte() {
    var generator = SystemRandomNumberGenerator()
    let console = Console(width: 80, reader: .program, isUnicode: true)
    let hostile = Array(
      "\u{0}\u{7}\u{8}\n\r\t\u{1B}\u{7F}\u{80}\u{9B}\u{9D}\u{200B}\u{200E}\u{202E}\u{2066}\u{2069}\u{FEFF}\u{E0001}"
        .unicodeScalars)
    for _ in 0..<10_000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...20, using: &generator) {
        let isHostile = Bool.random(using: &generator)
        let letter = Unicode.Scalar(UInt8.random(in: 0x20...0x7E, using: &generator))
        text.append(isHostile ? hostile.randomElement(using: &generator) ?? letter : letter)
      }
      var table = Table([.init(title: "title", shrinks: true), .init(title: "more")])
      table.add([String(text), String(text)])
      for line in table.lines(for: console) {
        #expect(!console.visible(line.text).unicodeScalars.contains { isInvisible($0.value) })
      }
      let document = JSON.object([(String(text), .text(String(text)))]).document
      #expect(!document.unicodeScalars.contains { isInvisible($0.value) })
    }
  }

  @Test("JSON keeps every character, harmlessly written")
  func escapesJSON() {
    #expect(JSON.text("a\"\\\n\u{9B}\u{E0041}é").document == #""a\"\\\n\u009b\udb40\udc41é""#)
    #expect(harmlessJSON("{\"a\":\"\u{202E}é\"}") == #"{"a":"\u202eé"}"#)
  }

  @Test("a locale without UTF-8 gets plain punctuation, and people's letters as they are")
  func spellsPunctuation() {
    let console = Console(width: nil, reader: .program, isUnicode: false)
    #expect(console.visible("“é” … ± 3 · 4") == "\"é\" ... +- 3 - 4")
  }
}

@Suite("Columns")
struct TextWidthTests {
  @Test(
    "wide letters and emoji take two columns, accents none",
    arguments: [
      ("abc", 3), ("é", 1), ("e\u{301}", 1), ("東京", 4), ("🚚", 2), ("🇫🇷", 2), ("한글", 4), ("ｶﾅ", 2), ("", 0),
    ])
  func counts(text: String, width: Int) { #expect(columns(text) == width) }

  @Test("text is cut between characters, and the ellipsis counts")
  func cuts() {
    #expect(fitted("東京都港区", to: 7, ellipsis: "…") == "東京都…")
    #expect(fitted("東京都港区", to: 6, ellipsis: "…") == "東京…")
    #expect(fitted("short", to: 5, ellipsis: "…") == "short")
    #expect(fitted("longer text", to: 7, ellipsis: "...") == "long...")
  }

  @Test("lines break at spaces, and long words are cut")
  func wraps() {
    #expect(wrapped("one two three", to: 8) == ["one two", "three"])
    #expect(wrapped("abcdefghij kl", to: 4) == ["abcd", "efgh", "ij", "kl"])
    #expect(wrapped("fits", to: 40) == ["fits"])
    #expect(wrapped("  19:09  added a task", to: 12) == ["  19:09", "  added a", "  task"])
  }
}
