import Mustache

/// Sets a pack as one page that needs nothing else: no network, no script, no font.
///
/// The same pack gives the same bytes.
enum PackPage {
  static func rendered(_ pack: AccountPack) -> String {
    accountTemplate.render(PackContext(language: pack.language).page(pack))
  }

  static func rendered(_ pack: PortfolioPack) -> String {
    portfolioTemplate.render(PackContext(language: pack.language).page(pack))
  }

  private static let accountTemplate = parsed(AccountTemplate.page)
  private static let portfolioTemplate = parsed(PortfolioTemplate.page)

  private static func parsed(_ template: String) -> MustacheTemplate {
    MustacheContentTypes.register(PageText(), named: "PACK")
    do {
      return try MustacheTemplate(string: template)
    } catch {
      preconditionFailure("The template of the pack does not parse: \(error)")
    }
  }
}

/// Escapes what mustache puts in. Its own way goes by characters, which ``SVG/escaped(_:)`` says the danger
/// of.
private struct PageText: MustacheContentType {
  func escapeText(_ text: String) -> String { SVG.escaped(text) }
}
