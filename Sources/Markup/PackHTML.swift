import Mustache
import Pages

/// Sets a pack as one page that needs nothing else: no network, no script, no font.
///
/// The same pack gives the same bytes.
package enum PackHTML {
  package static func page(_ pack: ReviewPack) -> String {
    switch pack {
    case .account(let pack): templates.account.render(PackContext(language: pack.language).page(pack))
    case .portfolio(let pack): templates.portfolio.render(PackContext(language: pack.language).page(pack))
    }
  }

  /// Whether a file that begins so is a pack, of this version or an earlier one. Its first 1,024 bytes tell.
  package static func isPack(_ start: String) -> Bool { PackTemplate.begins(start) }

  /// Parsed together, once: what they put in is registered where all templates of a process look.
  private static let templates = Templates()

  private struct Templates: Sendable {
    let account: MustacheTemplate
    let portfolio: MustacheTemplate

    init() {
      MustacheContentTypes.register(PageText(), named: "PACK")
      account = Self.parsed(AccountTemplate.page)
      portfolio = Self.parsed(PortfolioTemplate.page)
    }

    private static func parsed(_ template: String) -> MustacheTemplate {
      do {
        return try MustacheTemplate(string: template)
      } catch {
        preconditionFailure("The template of the pack does not parse: \(error)")
      }
    }
  }
}

/// Escapes what mustache puts in. Its own way goes by characters, which ``SVG/escaped(_:)`` says the danger
/// of.
private struct PageText: MustacheContentType {
  func escapeText(_ text: String) -> String { SVG.escaped(text) }
}
