import Speech
import Wording
import PlanModel
import Testing
import Workbench

@testable import kam

@Suite("Names")
struct LookupTests {
  @Test(
    "a short name is made of a name",
    arguments: [
      ("Acme", "acme"), ("Café de l'Étoile & Cie", "cafe-de-l-etoile-cie"), ("  Æsir ØL  ", "aesir-ol"),
      ("東京", "account"),
      ("Straße 9", "strasse-9"), ("--", "account"), ("ﬁne", "fine"),
      ("A name that is much longer than forty characters are", "a-name-that-is-much-longer-than-forty-ch"),
    ])
  func makesSlug(name: String, made: String) {
    #expect(slug(from: name) == made)
    #expect(isSlug(made))
  }

  @Test("a short name is not given twice")
  func findsFreeSlug() {
    var accounts = Accounts([], reader: .program)
    #expect(accounts.freeSlug(for: "Acme") == "acme")
    for slug in ["acme", "acme-2"] {
      accounts.add(
        .init(id: RecordID(high: 1, low: UInt64(accounts.all.count)), slug: slug, name: "Acme", isAlive: true)
      )
    }
    #expect(accounts.freeSlug(for: "Acme") == "acme-3")
  }

  @Test("a living account hides a deleted one of the same name")
  func hidesDeleted() {
    var accounts = Accounts([], reader: .program)
    accounts.add(.init(id: RecordID(high: 1, low: 1), slug: "acme", name: "Acme", isAlive: false))
    #expect(accounts.named("ACME").map(\.id.low) == [1])
    accounts.add(.init(id: RecordID(high: 1, low: 2), slug: "acme", name: "Acme", isAlive: true))
    #expect(accounts.named("acme").map(\.id.low) == [2])
  }

  @Test(
    "of several accounts of one short name that is meant which has been here longest, however old its id says it is"
  )
  func prefersEldest() {
    let real = RecordID(high: 9, low: 9)
    let late = RecordID(high: 1, low: 1)
    var accounts = Accounts([], arrivals: [real: 3, late: 7], reader: .program)
    for id in [late, real] { accounts.add(.init(id: id, slug: "acme", name: "Acme", isAlive: true)) }
    #expect(accounts.eldest(accounts.named("acme"))?.id == real)
    // Of one name, no: a name is what it is, a short name was chosen.
    accounts.add(.init(id: RecordID(high: 2, low: 2), slug: "other", name: "Acme Inc", isAlive: true))
    accounts.add(.init(id: RecordID(high: 2, low: 3), slug: "another", name: "Acme Inc", isAlive: true))
    #expect(accounts.eldest(accounts.named("acme inc")) == nil)
    #expect(accounts.eldest([]) == nil)
  }

  @Test(
    "what a shell could take for a command is not put on a command line",
    arguments: [
      ("ana@demo.example", false), ("after sales", false), ("Qualité", false), ("a_b.c+d-e/f:1,2%=", false),
      ("$(touch x)@x", true), ("a;b", true), ("a`b`", true), ("a|b", true), ("a&b", true), ("a>b", true),
      ("~", true),
      ("a'b", true), ("a\"b", true), ("a\\b", true), ("a*", true), ("a?", true), ("[a]", true),
      ("{a,b}", true),
      ("#a", true), ("!a", true), ("a\nb", true), ("a\tb", true), ("a\u{1B}b", true), ("a\u{85}b", true),
    ])
  func shellSigns(word: String, has: Bool) { #expect(hasShellSigns(word) == has) }

  @Test("what is mistyped is found by likeness")
  func findsNearest() {
    let names = ["department", "due", "detail", "done-on", "priority"]
    #expect(nearest(to: "departement", among: names) == ["department"])
    #expect(nearest(to: "prio", among: names) == ["priority"])
    #expect(nearest(to: "deu", among: names).first == "due")
    #expect(nearest(to: "zzzz", among: names) == [])
    #expect(nearest(to: "", among: names) == [])
  }

  @Test("distances count swaps of neighbours as one")
  func measures() {
    func distance(_ left: String, _ right: String) -> Int {
      editDistance(Array(left.unicodeScalars), Array(right.unicodeScalars), bound: 5)
    }
    #expect(distance("claim", "claim") == 0)
    #expect(distance("calim", "claim") == 1)
    #expect(distance("", "abc") == 3)
    #expect(distance("kitten", "sitting") == 3)
  }
}

@Suite("What the shell gives")
struct ShellTests {
  @Test(
    "the locale decides about symbols, the first of three variables that is set",
    arguments: [
      (["LANG": "en_US.UTF-8"], true), (["LANG": "C"], false), ([:], false),
      (["LC_ALL": "C", "LANG": "fr_FR.utf8"], false),
      (["LC_ALL": "", "LC_CTYPE": "C.UTF-8"], true),
    ] as [([String: String], Bool)])
  func locale(environment: [String: String], isUnicode: Bool) {
    #expect(Shell.isUnicode(environment) == isUnicode)
  }

  @Test("counts and lists in words")
  func words() {
    #expect(counted(1, "edit") == "1 edit")
    #expect(counted(3, "department") == "3 departments")
    #expect(counted(2, "country") == "2 countries")
    #expect(enumerated(["title"]) == "title")
    #expect(enumerated(["title", "due", "priority"]) == "title, due and priority")
  }
}
