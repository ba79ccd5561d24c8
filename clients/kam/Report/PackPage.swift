import Foundation
import Mustache
import Pages
import Speech
import Workbench

/// Sets a pack as one page that needs nothing else: no network, no script, no font.
///
/// The same pack gives the same bytes.
enum PackPage {
  static func rendered(_ pack: AccountPack) -> String {
    accountTemplate.render(PackContext(language: pack.language.code).page(pack))
  }

  static func rendered(_ pack: PortfolioPack) -> String {
    portfolioTemplate.render(PackContext(language: pack.language.code).page(pack))
  }

  /// Whether nothing that somebody else has made is lost when a pack takes this file's place: there is none, or a pack.
  static func mayReplace(_ path: String) throws -> Bool {
    guard FileManager.default.fileExists(atPath: path) else { return true }
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    // A directory opens and cannot be read.
    guard let start = try? file.read(upToCount: 1_024) else { return false }
    return PackTemplate.begins(String(decoding: start, as: UTF8.self))
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
