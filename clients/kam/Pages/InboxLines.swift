import Pages
import Wording

extension Console {
  /// What waits for a person; the lines of its lists are numbered through.
  func show(_ page: InboxPage) {
    var lines = 0
    for part in page.parts {
      if lines > 0 { show([Line("")]) }
      show([Line(part.title, .heading)])
      show(part.list, firstLine: lines + 1)
      lines += part.list.rows.count
      if part.more > 0 {
        say("  … and \(part.more) more: \(part.action.map(Phrase.action) ?? .nothing)")
      }
    }
    if !page.decided.isEmpty {
      if lines > 0 { show([Line("")]) }
      show([Line(said("Decided since you looked"), .heading)])
      for sentence in page.decided { say(.verbatim("  \(sentence)")) }
    }
    if !page.met.isEmpty {
      say("\(page.met.title): \(action: .listConflicts)")
      for sentence in page.met.rows { say(.verbatim("  \(sentence)")) }
    }
    if page.refused > 0 { say("\(counted(page.refused, "refused edit")): \(action: .listRefusedEdits)") }
    if page.isEmpty { say("Nothing waits for you.") }
    if !page.belongsToDepartment {
      note(
        "You belong to no department; an admin can change that: kam user edit EMAIL --department …", .dim)
    }
  }
}
