import Indicators
import Pages
import Speech
import Wording

/// What the rules of segments can ask of an account.
package func segmentPropertiesPage(for reader: Reader) -> FiguresPage {
  var table = FigureTable([
    FigureTable.Column(title: reader.said("property"), purpose: .key),
    FigureTable.Column(title: reader.said("meaning"), purpose: .title),
  ])
  for property in AccountProperty.allCases {
    table.add([.text(property.rawValue), .text(reader.said(property.help))])
  }
  return FiguresPage(blocks: [.table(table)], notes: [], listed: nil)
}

package func segmentPropertiesDocument() -> JSON {
  .array(
    AccountProperty.allCases.map {
      .object([("property", .text($0.rawValue)), ("meaning", .text($0.help.description))])
    })
}
