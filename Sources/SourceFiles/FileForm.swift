/// What a text without a telling name is, by what it begins with.
package enum FileForm {
  case json, cards, table

  package init(of source: SourceText) {
    let start = source.text.prefix(200).drop { $0.isWhitespace }
    if start.first == "{" || start.first == "[" || start.isEmpty {
      self = .json
    } else {
      self = Cards.isMeant(by: start) ? .cards : .table
    }
  }
}
