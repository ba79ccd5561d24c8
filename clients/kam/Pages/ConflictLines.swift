import Pages
import Wording

extension Console {
  func show(_ page: ConflictPage) {
    let isNew: Phrase = page.isNew ? "  new" : .nothing
    say(.verbatim("\(page.number)  \(page.record)  \(page.field)") + isNew, .strong)
    func side(_ side: ConflictPage.Side) -> String { "\(side.value)  (\(side.by))" }
    show([
      LabelledText(label: said("yours"), text: side(page.mine)),
      LabelledText(label: said("theirs"), text: side(page.theirs)),
      LabelledText(label: said("stands"), text: page.stands),
      LabelledText(
        label: page.isAboutDeletion ? said("bring it back") : said("take the other"),
        text: said(.action(page.action))),
    ])
  }
}
