import Pages
import Speech
import Testing
import Wording

@testable import Markup

/// What somebody might call an account to run code in the page that names it.
private let hostile = "<script>alert(1)</script>\"'&"

/// What a page of `language` says of an account called `name`, in every part that holds words of people.
private func pack(_ name: String, in language: Language = .english) -> AccountPack {
  AccountPack(
    language: language,
    head: Pack.Head(
      organization: "Ours " + name, subject: "Acme " + name, period: "Q3 2026", from: "2026-07-01",
      to: "2026-09-30", accountManager: "Ana " + name, headlines: ["We did well " + name]),
    figures: [
      Pack.HeadlineFigure(
        label: "Revenue " + name, shown: .text("1000 EUR"), detail: name,
        comparison: Pack.Comparison(text: name, direction: .up, meaning: .better), history: [1, 2, 3])
    ],
    satisfaction: Pack.SatisfactionPart(remarks: [Pack.Remark(text: "Good " + name, attribution: name)]),
    business: Pack.BusinessPart(
      revenue: Pack.QuarterlyAmounts(
        unit: name,
        quarters: [
          Pack.QuarterAmount(
            quarter: Pack.Quarter(name: "Q3", year: name), value: 1000, short: name, shown: .text(name))
        ]),
      families: [Pack.NamedAmount(name: "Pumps " + name, amount: Pack.Quantity(value: 3, text: name))]),
    plan: Pack.PlanPart(
      objectives: [Pack.ObjectiveLine(name: "Grow " + name, shown: .missing(reason: name), due: name)],
      departments: [Pack.DepartmentTasks(name: name, done: 1, open: 2, overdue: 3)],
      milestones: [Pack.Milestone(name: name, on: name, state: .ahead)]),
    people: Pack.PeoplePart(ours: [Pack.Person(name: name, function: name)]),
    footer: Pack.Footer(asOf: name, programVersion: name))
}

/// The same of all accounts, whose names are in pictures too.
private func portfolio(_ name: String) -> PortfolioPack {
  func quantity(_ value: Double) -> Pack.Quantity { Pack.Quantity(value: value, text: name) }
  return PortfolioPack(
    language: .english,
    head: Pack.Head(organization: name, subject: name, period: name, from: name, to: name),
    mostProfitable: Pack.Ranking(
      measure: name, rows: [Pack.RankedAccount(rank: "1", name: name, shown: .text(name), value: 1)]),
    abc: Pack.ABCPart(
      accounts: (1...3).map {
        Pack.ABCAccount(
          name: "\(name) \($0)", margin: quantity(9), cumulative: quantity(Double($0) / 3), abcClass: .a)
      }),
    matrix: Pack.MatrixPart(
      points: [
        Pack.MatrixPoint(
          name: name, attractiveness: quantity(0.5), strength: quantity(0.5), revenue: quantity(5))
      ], unplaced: [Pack.Unplaced(name: name, reason: name)]),
    promoterScores: [
      Pack.AccountScore(name: name, shown: .text(name), estimate: Pack.Estimate(value: 10))
    ],
    footer: Pack.Footer(asOf: name, programVersion: name))
}

@Suite("A review pack as a page")
struct PackHTMLTests {
  @Test("no name becomes markup: not in text, not in an attribute, not in a picture, not in the style sheet")
  func escapes() {
    for page in [
      PackHTML.page(.account(pack(hostile))), PackHTML.page(.portfolio(portfolio(hostile))),
    ] {
      #expect(!page.contains("<script") && !page.contains("</script"))
      #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"))
    }
    let plain = PackHTML.page(.account(pack("plain")))
    let marked = PackHTML.page(.account(pack(hostile)))
    for bracket in ["<", ">"] as [Character] {
      #expect(
        marked.components(of: bracket) == plain.components(of: bracket), "as many \(bracket) as without")
    }
  }

  @Test("a page fetches nothing, runs nothing, and says so to the browser")
  func isClosed() {
    let page = PackHTML.page(.account(pack("Acme")))
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'"))
    for outside in ["http://", "https://", "src=", "@import", "url(", " onload"] {
      #expect(!page.contains(outside), "\(outside)")
    }
  }

  @Test("equal packs give equal bytes, and the headings are in the language of the pack")
  func language() {
    let english = PackHTML.page(.account(pack("Acme")))
    #expect(english == PackHTML.page(.account(pack("Acme"))))
    let french = PackHTML.page(.account(pack("Acme", in: .french)))
    #expect(english.contains("<html lang=\"en\">") && english.contains("At a glance"))
    #expect(french.contains("<html lang=\"fr\">") && !french.contains("At a glance"))
  }

  @Test("a part that is not in the pack leaves no heading and no hole")
  func absent() {
    var pack = pack("Acme")
    #expect(PackHTML.page(.account(pack)).contains("id=\"satisfaction\""))
    pack.satisfaction = nil
    #expect(!PackHTML.page(.account(pack)).contains("id=\"satisfaction\""))
  }

  @Test("a draft says that it is one; a frozen pack says where the records stood")
  func draft() {
    var pack = pack("Acme")
    #expect(PackHTML.page(.account(pack)).contains("Draft: its figures may still change."))
    pack.footer.frozen = Pack.Footer.Frozen(period: "Q3 2026", planSequence: "42")
    let page = PackHTML.page(.account(pack))
    #expect(!page.contains("Draft") && page.contains("Plan up to change 42."))
  }

  @Test("a page is known as a pack by its beginning, and nothing else is")
  func isKnown() {
    let page = PackHTML.page(.account(pack("Acme")))
    #expect(PackHTML.isPack(String(decoding: page.utf8.prefix(1_024), as: UTF8.self)))
    #expect(!PackHTML.isPack("<!DOCTYPE html><html lang=\"en\"><head></head></html>") && !PackHTML.isPack(""))
  }
}

extension String {
  /// How many of a mark it has.
  fileprivate func components(of mark: Character) -> Int { filter { $0 == mark }.count }
}
