import Indicators
import PlanModel
import Speech
import Testing
import Wording
import Workbench

@testable import kam

private let unicode = Symbols(isUnicode: true)
private let ascii = Symbols(isUnicode: false)

@Suite("Pictures in the terminal")
struct PicturesTests {
  @Test(
    "a sparkline has a step for each value, a dot where there is none, and nothing to say of less than two")
  func sparklines() {
    #expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], unicode) == "▁▂▃▄▅▆▇█")
    #expect(sparkline([1, nil, 2], unicode) == "▁·█")
    #expect(sparkline([5, 5, 5], unicode) == "▄▄▄")
    #expect(sparkline([nil, 3], unicode) == "" && sparkline([], unicode) == "")
    #expect(sparkline([1, 2], ascii) == "")
    #expect(sparkline([-1e308, 1e308, 0], unicode).count == 3)
  }

  @Test("the gauge shows the point within its interval, at both ends too, and in plain ASCII")
  func gauge() {
    #expect(
      PromoterGauge(value: 0, interval: -50...50).line(width: 21, unicode)
        == "-100 ├─────━━━━━●━━━━━─────┤ +100")
    #expect(
      PromoterGauge(value: 100, interval: 17.5...100).line(width: 11, unicode) == "-100 ├─────┼━━━━●┤ +100")
    #expect(PromoterGauge(value: -100, interval: nil).line(width: 11, ascii) == "-100 |O----|-----| +100")
    #expect(PromoterGauge(value: 400, interval: -900...900).line(width: 3, ascii) == "-100 |==O| +100")
  }

  @Test("a bar is as long as its share; something is never drawn as nothing")
  func bars() {
    #expect(unicode.length(1, width: 4) == "████" && unicode.length(0.5, width: 4) == "██")
    #expect(unicode.length(0.001, width: 4) == "▏" && ascii.length(0.001, width: 4) == "#")
    #expect(
      unicode.length(0, width: 4) == "" && unicode.length(-3, width: 4) == ""
        && unicode.length(.nan, width: 4) == "")
    #expect(unicode.length(7, width: 4) == "████")
  }

  @Test("a plot puts points where they belong, and never outside")
  func plots() {
    var plot = Plot(width: 5, height: 3, ascii)
    plot.set(0, 0, "a")
    plot.set(1, 1, "b")
    plot.set(0.5, 0.5, "c")
    plot.set(9, -9, "d")
    plot.set(.nan, 0, "e")
    #expect(plot.lines(labels: ("100", "0")) == ["100 |    b", "    |  c  ", "  0 |a   d", "    +-----"])
  }

  @Test("figures are written as their readers write numbers; large amounts without cents")
  func words() {
    #expect(FigureValue.share(Ratio(74, of: 107) ?? Ratio(0)).spoken == "69.2 %")
    #expect(FigureValue.points(Ratio(1, of: 3) ?? Ratio(0)).spoken == "+33")
    #expect(FigureValue.points(Ratio(-1, of: 8) ?? Ratio(0)).spoken == "-12")
    #expect(FigureValue.money(Money(currency: "EUR", minor: 123_456_750)).spoken == "1,234,568 EUR")
    #expect(FigureValue.money(Money(currency: "EUR", minor: 999_99)).spoken == "999.99 EUR")
    #expect(FigureValue.money(Money(currency: "JPY", minor: -1_234_567)).spoken == "-1,234,567 JPY")
    #expect(
      FigureValue.money(Money(currency: "EUR", minor: .min)).spoken.description.hasPrefix(
        "-92,233,720,368,547,758"))
    #expect(FigureValue.duration(7_200_000).spoken == "2 h" && FigureValue.days(1).spoken == "1 day")
    #expect(FigureValue.factor(Ratio(27, of: 20) ?? Ratio(0)).spoken == "+135 %")
  }

  @Test("in a pipe there are no pictures: words and numbers say the same")
  func pipes() {
    let piped = Console(width: nil, reader: .program, isUnicode: true).symbols
    #expect(
      sparkline([1, 2, 3], piped) == "" && piped.length(0.5, width: 8) == ""
        && piped.framed(0.5, width: 8) == "")
    let watched = Console(width: 80, reader: .program, isUnicode: true, isWatched: true).symbols
    #expect(watched.length(0.5, width: 8) == "████" && watched.framed(0.5, width: 4) == "██░░")
  }
}
