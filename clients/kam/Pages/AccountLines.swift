import Pages
import Speech
import Wording

extension Console {
  /// The page of an account.
  func show(_ page: AccountPage) {
    show(page.head)
    if let news = page.news { show(news) }
    show(page.people, of: page.head)
    show(page.figures)
    show(page.objectives)
    show(page.tasks)
    show(lines: page.communication)
    show(page.interactions)
    show(lines: page.requests)
    show(lines: page.opportunities)
    for quadrant in page.swot {
      heading(quadrant.title)
      for text in quadrant.rows { line("  \(symbols.dot) \(text)") }
    }
    show(comments: page.comments)
  }

  private func show(_ head: AccountPage.Head) {
    line(head.name, head.slug, .strong)
    for parts in [head.facts, head.people, [head.website ?? ""]] + head.plans {
      let text = joined(parts)
      if !text.isEmpty { line("  " + text) }
    }
    for paragraph in head.notes.split(separator: "\n") { say("  \(paragraph)", .dim) }
    if head.isPending { say("  * waiting to sync", .dim) }
  }

  private func show(_ news: AccountPage.News) {
    let changes = news.changes
    guard !changes.rows.isEmpty else { return say(.verbatim(changes.title), .dim) }
    heading(changes.title)
    let left = min(16, changes.rows.map { columns($0.who) }.max() ?? 0)
    for change in changes.rows {
      let who = padded(fitted(change.who, to: left, ellipsis: symbols.ellipsis), to: left)
      line("  \(who)  \(change.what)", change.at)
    }
    more(than: changes)
  }

  private func show(_ figures: [FigureLine]) {
    guard !figures.isEmpty else { return }
    heading(said("Figures of twelve months"))
    for figure in figures {
      let assessment = figure.assessment.map { "\($0.rating.sign(symbols)) \($0.text)" }
      line(
        said("  \(figure.name): \(figure.value)"),
        joined([assessment ?? "", figure.interval, figure.count, sparkline(figure.trend, symbols)]))
    }
  }

  private func show(_ objectives: Pages.Section<AccountPage.Objective>) {
    guard !objectives.isEmpty else { return }
    heading(objectives.title)
    for objective in objectives.rows {
      let bar = objective.share.map {
        "\(symbols.bar($0, width: 8)) \(padded("\(Int(($0 * 100).rounded()))", to: 3, right: true)) %"
      }
      line(
        "  \(bar ?? String(repeating: " ", count: 14))  \(objective.record.title)", joined(objective.details))
    }
    more(than: objectives)
  }

  private func show(_ tasks: AccountPage.Tasks) {
    guard !tasks.departments.isEmpty else { return }
    heading(tasks.title)
    for department in tasks.departments {
      line("  \(department.title)", .strong)
      for task in department.rows {
        let mark = task.record.isPending ? "*" : " "
        line("    \(task.record.handle)\(mark) \(task.record.title)", joined(task.details))
      }
      more(than: department, indent: "    ")
    }
  }

  private func show(_ interactions: [AccountPage.Interaction]) {
    guard !interactions.isEmpty else { return }
    heading(said("Last interactions"))
    for interaction in interactions {
      line("  \(interaction.summary)", joined(interaction.details))
      if let next = interaction.nextStep { line("    \(symbols.arrow) \(next)", .dim) }
    }
  }

  private func show(lines section: Pages.Section<RecordLine>) {
    guard !section.isEmpty else { return }
    heading(section.title)
    for row in section.rows { line("  \(row.record.handle)  \(row.record.title)", joined(row.details)) }
    more(than: section)
  }

  // MARK: - Their people

  private func show(_ people: AccountPage.People, of head: AccountPage.Head) {
    guard !people.contacts.isEmpty else { return }
    heading(people.contacts.title)
    show(people.contacts.rows, indent: "  ", isRoot: true)
    if people.contacts.more > 0 {
      say("  … and \(people.contacts.more) more: \(action: .listContacts(account: head.slug))", .dim)
    }
  }

  private func show(_ contacts: [AccountPage.People.Contact], indent: String, isRoot: Bool) {
    for (place, contact) in contacts.enumerated() {
      let isLast = place == contacts.count - 1
      let branch = isRoot ? "" : symbols.branch(isLast: isLast)
      line(indent + branch + joined([contact.name, contact.title ?? ""]), standing(of: contact))
      show(
        contact.reports, indent: indent + (isRoot ? "" : symbols.trunk(isLast: isLast)), isRoot: false)
    }
  }

  /// "decision maker ●●●●○ ++"
  private func standing(of contact: AccountPage.People.Contact) -> String {
    if let knownTo = contact.knownTo { return knownTo }
    let support =
      switch contact.support {
      case 2: "++"
      case 1: "+"
      case 0: "="
      case -1: "-"
      case -2: "--"
      default: ""
      }
    return [contact.role ?? "", contact.influence.map { symbols.dots($0, of: 5) } ?? "", support]
      .filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension FigureLine.Rating {
  func sign(_ symbols: Symbols) -> String {
    switch self {
    case .good: symbols.isUnicode ? "●" : "+"
    case .watch: symbols.isUnicode ? "◐" : "~"
    case .poor: symbols.isUnicode ? "○" : "!"
    }
  }
}

extension Symbols {
  func branch(isLast: Bool) -> String { isUnicode ? (isLast ? "└─ " : "├─ ") : (isLast ? "`- " : "|- ") }
  func trunk(isLast: Bool) -> String { isLast ? "   " : (isUnicode ? "│  " : "|  ") }

  /// "●●●○○"
  func dots(_ count: Int, of total: Int) -> String {
    let filled = min(max(0, count), total)
    return String(repeating: isUnicode ? "●" : "*", count: filled)
      + String(repeating: isUnicode ? "○" : ".", count: total - filled)
  }

  /// "██████░░░░"
  func bar(_ share: Double, width: Int) -> String {
    let filled = Int((min(max(0, share), 1) * Double(width)).rounded())
    return String(repeating: isUnicode ? "█" : "#", count: filled)
      + String(repeating: isUnicode ? "░" : ".", count: width - filled)
  }
}
