import Pages
import Speech
import Wording

// What pages have in common, as lines.

extension Console {
  func heading(_ title: String) { show([Line(""), Line(title, .heading)]) }

  /// One line, cut where the terminal ends.
  func line(_ text: String, _ style: Style = .plain) {
    let visible = visible(text)
    show([Line(width.map { fitted(visible, to: $0, ellipsis: symbols.ellipsis) } ?? visible, style)])
  }

  /// A line whose end says what matters: the beginning gives way.
  func line(_ beginning: String, _ end: String, _ style: Style = .plain) {
    guard !end.isEmpty else { return line(beginning, style) }
    guard let width else { return line("\(beginning)  \(end)", style) }
    if width < Table.narrowWidthMax {
      line(beginning, style)
      return line("      " + end, .dim)
    }
    let ending = visible(end)
    let room = max(20, width - columns(ending) - 2)
    let start = fitted(visible(beginning), to: room, ellipsis: symbols.ellipsis)
    line(padded(start, to: room) + "  " + ending, style)
  }

  func joined(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: " \(symbols.dot) ")
  }

  /// Text as it was written, each of its lines wrapped behind an indentation.
  func paragraphs(_ text: String, indent: String, room: (Int) -> Int) -> [Line] {
    text.replacing("\t", with: "    ").split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      paragraph -> [Line] in
      let text = visible(String(paragraph))
      return (width.map { wrapped(text, to: room($0)) } ?? [text]).map { Line(indent + $0) }
    }
  }

  func more<Row>(than section: Pages.Section<Row>, indent: String = "  ") {
    if section.more > 0 { say(.verbatim(indent) + "… and \(section.more) more", .dim) }
  }

  /// What was written about a record.
  func show(comments: Pages.Section<CommentText>) {
    guard !comments.rows.isEmpty else { return }
    heading(comments.title)
    for comment in comments.rows {
      say(
        comment.isPending
          ? "  \(comment.author), \(comment.at) (\(comment.handle), waiting to sync)"
          : "  \(comment.author), \(comment.at) (\(comment.handle))", .dim)
      show(paragraphs(comment.text, indent: "    ") { $0 - 4 })
    }
  }

  /// Labels in a column, texts beside them, wrapped.
  func show(_ rows: [LabelledText]) {
    let left = min(26, rows.map { columns($0.label) }.max() ?? 0) + 4
    for row in rows {
      let label = "  " + padded(row.label + "  ", to: left - 2)
      let lines = paragraphs(row.text, indent: String(repeating: " ", count: left)) { max(10, $0 - left) }
      show(
        lines.enumerated().map { place, line in
          let text = line.text.dropFirst(left)
          return Line(text.isEmpty ? "" : (place == 0 ? label + text : line.text))
        })
    }
  }
}
