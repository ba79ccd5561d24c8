import Pages
import Testing

@testable import Markup

@Suite("Charts")
struct ChartTests {
  @Test("a mark is escaped although it is one character with the accent after it")
  func combined() {
    #expect(SVG.escaped("\"\u{301}<\u{301}") == "&quot;\u{301}&lt;\u{301}")
    #expect(SVG.escaped("a\u{202E}b\u{200B}c\nd") == "abc d")
    #expect(SVG.styleString("a\"}</style>\\") == "\"a\\22 \\7d \\3c \\2f style\\3e \\5c \"")
  }

  @Test(
    "a number has a point and at most two decimals; one that is none does not break the picture",
    arguments: [
      (1.0, "1"), (-0.5, "-0.5"), (1.239, "1.24"), (2.05, "2.05"), (.nan, "0"), (.infinity, "0"),
      (1e300, "1000000000"),
    ] as [(Double, String)])
  func numbers(value: Double, text: String) { #expect(SVG.number(value) == text) }

  @Test("of fewer than two values that are known there is no course to see")
  func sparkline() {
    #expect(Sparkline.course([1, nil, 2]) == .up && Sparkline.course([2, .nan, 1]) == .down)
    #expect(Sparkline.course([1, 1]) == .level)
    for values in [[], [1], [nil, 3, .nan]] as [[Double?]] {
      #expect(Sparkline.course(values) == nil)
      #expect(Sparkline.chart(values, title: "", description: "") == nil)
    }
  }

  @Test("parts of nothing are an empty bar, and parts beyond the whole end with it")
  func stack() {
    #expect(StackedBar.bar([]).contains("class=\"whole\""))
    let bar = StackedBar.bar([.init(name: "done", value: 3)], whole: 2)
    #expect(bar.contains("width=\"100%\"") && !bar.contains("150%"))
  }

  @Test("a chart has its title and its description in words, escaped")
  func isDescribed() {
    let scores = [
      Pack.QuarterScore(
        quarter: Pack.Quarter(name: "Q3", year: "2026"), shown: .text("<24>"),
        estimate: Pack.Estimate(value: 24, low: 10, high: 40))
    ]
    let chart = QuarterScores.chart(scores, missing: "n/a", title: "<t>", description: "<d>")
    #expect(chart.contains("<title>&lt;t&gt;</title><desc>&lt;d&gt;</desc>"))
    #expect(chart.contains("role=\"img\"") && !chart.contains("<24>"))
  }
}
