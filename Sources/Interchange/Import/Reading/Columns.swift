import PlanModel
import Speech
import Wording
import Workbench

/// What a column holds.
enum ColumnMeaning: Equatable {
  case register(RegisterDescription)
  /// A moment in UTC, whatever the clock of this device.
  case utc(RegisterDescription)
  case id, account, currency
  /// What another system calls the account.
  case foreignAccount
  /// What another system calls the record.
  case foreignID
  case point(String)
  /// Of a person: 0 given, 1 middle, 2 family.
  case namePart(Int)
  /// Of an opportunity, in percent: it belongs to the stage.
  case likelihood
  /// The time of the day that the column of this number says.
  case clock(Int)
  /// When something happened to a request.
  case happening(ImportRow.HappeningType)
  /// What another system says of how far a request is.
  case state
  /// Who is meant by another column, which says it better; kept where nobody is found.
  case alsoContact
  /// An answer to another question: it is kept with its heading.
  case answer(RegisterDescription)
  case leftOut(Reason)

  enum Reason: Equatable { case unknown, asked, empty, ours, known, otherColumn }

  /// The register that it fills.
  var register: RegisterDescription? {
    switch self {
    case .register(let register), .utc(let register), .answer(let register): register
    default: nil
    }
  }
}

/// A column of a sheet.
struct PlannedColumn {
  let heading: String
  var meaning: ColumnMeaning
  /// What values of it mean, as the command line or a mapping say: folded text to text.
  var values: [String: String] = [:]
  var numbers: NumberStyle?

  var place: FieldName { .column(heading) }
}

/// What the columns of a sheet are: as asked, as the program writes them that made the file, or as people call fields.
struct Columns {
  private let kind: KindDescription
  private let headings: [String]
  private let keys: [String]
  private let export: KnownExport?
  private(set) var all: [PlannedColumn] = []
  /// Whose headings have words for a day or a time, and were found without them.
  private var guessed: Set<Int> = []

  /// - Parameter form: What the cells of a column look like; asked of columns that mean a moment.
  /// - Throws: ``Failure`` when the rules do not fit, or two columns are one field.
  init(
    _ headings: [String], kind: KindDescription, export: KnownExport?, rules: [MappingRule],
    form: (Int) -> MomentForm = { _ in .other }
  ) throws {
    self.kind = kind
    self.headings = headings
    keys = headings.map(headingKey)
    self.export = export
    var asked: [Int: String] = [:]
    var values: [Int: [String: String]] = [:]
    for rule in rules {
      if let places = places(of: rule.left) {
        for place in places { asked[place] = rule.right }
      } else if let (places, value) = placesAndValue(of: rule.left) {
        for place in places { values[place, default: [:]][folded(value)] = rule.right }
      } else if rule.isRequired {
        throw Failure.usage(
          "\(field: "map"): there is no heading “\(rule.left)”; there are \(headings.joined(separator: ", "))."
        )
      }
    }
    for place in headings.indices {
      all.append(
        PlannedColumn(
          heading: headings[place], meaning: try meaning(of: place, asked: asked[place]),
          values: values[place] ?? [:]))
    }
    let mapped = Set(asked.filter { !$0.value.trimmed.isEmpty }.keys)
    joinMoments(mapped, form)
    try settle(Set(asked.keys))
  }

  // MARK: - Rules

  /// The columns that a heading names; of several equal ones `H#2` is the second.
  private func places(of name: String) -> [Int]? {
    let key = headingKey(name)
    let named = keys.indices.filter { keys[$0] == key && !key.isEmpty }
    if !named.isEmpty { return named }
    guard let sign = name.lastIndex(of: "#"), let number = Int(name[name.index(after: sign)...]) else {
      return nil
    }
    let equal = keys.indices.filter { keys[$0] == headingKey(String(name[..<sign])) }
    return equal.indices.contains(number - 1) ? [equal[number - 1]] : nil
  }

  /// "Priority:Urgent": a heading may have colons too.
  private func placesAndValue(of name: String) -> ([Int], String)? {
    for colon in name.indices where name[colon] == ":" {
      if let places = places(of: String(name[..<colon])) {
        return (places, String(name[name.index(after: colon)...]).trimmed)
      }
    }
    return nil
  }

  // MARK: - One column

  private mutating func meaning(of place: Int, asked: String?) throws -> ColumnMeaning {
    let key = keys[place]
    if let asked {
      let field = fieldName(asked.trimmed)
      guard !field.isEmpty else { return .leftOut(.asked) }
      guard let meaning = meaning(ofField: field) else { throw kind.unknownField(field) }
      return meaning
    }
    if key.isEmpty, export?.fields[key] == nil { return .leftOut(.empty) }
    if ["pending", "pendingfields", "deleted", "handle", "accountslug", "kam-reason"].contains(key) {
      return .leftOut(.ours)
    }
    if let field = export?.fields[key], export?.kind == kind.name {
      return field.isEmpty ? .leftOut(.known) : meaning(ofField: field) ?? .leftOut(.known)
    }
    if kind.number == KindNumber.contact, let part = ColumnNames.namePart(for: key, among: keys) {
      return .namePart(part)
    }
    if let field = ColumnNames.field(for: key, of: kind), let meaning = meaning(ofField: field) {
      // Other names of it are of other systems, which may be named.
      if field == "external-id", key != "external-id", key != "externalid" { return .foreignID }
      return meaning
    }
    if kind.number == KindNumber.serviceRequest, let name = ColumnNames.happening(for: key),
      let meaning = meaning(ofField: name)
    {
      return meaning
    }
    if let field = ColumnNames.moment(for: key, of: kind), let meaning = meaning(ofField: field) {
      guessed.insert(place)
      return meaning
    }
    // A number of the ticket is known by its whole heading only.
    if let rest = ColumnNames.withoutKind(key, of: kind),
      let field = ColumnNames.field(for: rest, of: kind) ?? ColumnNames.happening(for: rest),
      !["id", "external-id"].contains(field), let meaning = meaning(ofField: field)
    {
      return meaning
    }
    return question(headings[place]) ?? .leftOut(.unknown)
  }

  /// - Returns: nil when the kind has no such field.
  private func meaning(ofField name: String) -> ColumnMeaning? {
    if let register = kind.register(named: name) { return .register(register) }
    if name.hasSuffix("-utc"), let register = kind.register(named: name.dropLast(4)) { return .utc(register) }
    switch name {
    case "id": return .id
    case "account": return kind.addsInAccount ? .account : nil
    case "foreign-account": return kind.addsInAccount ? .foreignAccount : nil
    case "currency": return .currency
    case "foreign-id": return kind.externalID == nil ? .leftOut(.known) : .foreignID
    case "likelihood": return kind.graded == nil ? nil : .likelihood
    case "contact-address": return kind.register(named: "contact").map { .register($0) }
    case "first-name", "given-name": return kind.number == KindNumber.contact ? .namePart(0) : nil
    case "middle-name": return kind.number == KindNumber.contact ? .namePart(1) : nil
    case "last-name", "family-name": return kind.number == KindNumber.contact ? .namePart(2) : nil
    case "responded-at", "resolved-at", "closed-at":
      guard kind.number == KindNumber.serviceRequest else { return nil }
      return ImportRow.HappeningType(rawValue: String(name.dropLast(3))).map(ColumnMeaning.happening)
    case "status": return kind.number == KindNumber.serviceRequest ? .state : nil
    case "email", "phone": return kind.number == KindNumber.contact ? .point(name) : nil
    default: return nil
    }
  }

  /// A question of a survey: how likely one is to recommend, why, or another.
  private func question(_ heading: String) -> ColumnMeaning? {
    guard kind.number == KindNumber.surveyResponse, let system = export?.system,
      ["typeform", "surveymonkey"].contains(system)
    else { return nil }
    let words = folded(heading)
    if ["recommend", "recommand"].contains(where: words.contains) {
      return kind.register(SurveyResponseRegister.score).map { .register($0) }
    }
    if ["why", "pourquoi", "comment", "reason", "raison"].contains(where: words.contains) {
      return kind.register(SurveyResponseRegister.remark).map { .register($0) }
    }
    return kind.register(SurveyResponseRegister.answers).map { .answer($0) }
  }

  // MARK: - Columns of one moment

  private mutating func joinMoments(_ asked: Set<Int>, _ form: (Int) -> MomentForm) {
    var groups: [String: [Int]] = [:]
    for place in all.indices {
      if let name = momentName(all[place].meaning) { groups[name, default: []].append(place) }
    }
    for (name, places) in groups {
      // One that has its name from the table or the model, and no partner, is what it is called.
      if places.count == 1, !guessed.contains(places[0]), kind.register(named: name) != nil { continue }
      let candidates = places.map { place in
        MomentColumns.Candidate(
          place: place, base: ColumnNames.withoutDayWords(keys[place]), form: form(place),
          isAsked: asked.contains(place), isGuessed: guessed.contains(place))
      }
      guard let columns = MomentColumns(candidates) else {
        // Of a field the person is asked; of what happened the first is as good as the others.
        if kind.register(named: name) == nil {
          for other in candidates.dropFirst() { all[other.place].meaning = .leftOut(.otherColumn) }
        }
        continue
      }
      for place in columns.leftOut {
        all[place].meaning = .leftOut(columns.day == nil ? .unknown : .otherColumn)
      }
      // Where only the day is kept, its time is not.
      let keepsTime = kind.register(named: name)?.type != .date
      if let day = columns.day, let clock = columns.clock {
        all[clock].meaning = keepsTime ? .clock(day) : .leftOut(.unknown)
      }
      // Durations and answers of yes or no are no moments.
      if let day = columns.day, kind.register(named: name) == nil || guessed.contains(day),
        !asked.contains(day), candidates.first(where: { $0.place == day })?.form == .other
      {
        all[day].meaning = .leftOut(.unknown)
      }
    }
  }

  /// Which moment a column means; nil for others.
  private func momentName(_ meaning: ColumnMeaning) -> String? {
    switch meaning {
    case .register(let register) where register.type == .instant || register.type == .date: register.name
    case .happening(let type): "\(type.rawValue)-at"
    default: nil
    }
  }

  // MARK: - Several columns of one field

  /// Of several columns that are one field, all make its text, the one that was asked for wins, or an address wins over a name;
  /// else a person has to say.
  private mutating func settle(_ asked: Set<Int>) throws {
    var first: [String: Int] = [:]
    let numbers = all.indices.filter { all[$0].meaning == .foreignID }
    let number = numbers.first { asked.contains($0) } ?? numbers.first
    for place in numbers where place != number { all[place].meaning = .leftOut(.otherColumn) }
    for place in all.indices {
      guard let register = all[place].meaning.register, case .answer = all[place].meaning else {
        if let register = all[place].meaning.register { try settle(register, place, &first, asked) }
        continue
      }
      first[register.name] = place
    }
    if !all.contains(where: { !$0.meaning.isLeftOut }) { throw nothingKnown }
  }

  private mutating func settle(
    _ register: RegisterDescription, _ place: Int, _ first: inout [String: Int], _ asked: Set<Int>
  ) throws {
    guard let other = first[register.name] else {
      first[register.name] = place
      return
    }
    if case .text = register.type { return }
    if case .line = register.type, asked.contains(other), asked.contains(place) { return }
    if asked.contains(place) != asked.contains(other) {
      all[asked.contains(place) ? other : place].meaning = .leftOut(.otherColumn)
      if asked.contains(place) { first[register.name] = place }
      return
    }
    let isAddress = [other, place].map { isOfAddresses($0) }
    if case .reference = register.type, isAddress[0] != isAddress[1] {
      all[isAddress[0] ? place : other].meaning =
        register.name == "contact" ? .alsoContact : .leftOut(.otherColumn)
      first[register.name] = isAddress[0] ? other : place
      return
    }
    throw Failure.usage(
      """
      “\(headings[other])” and “\(headings[place])” are both \(word: register.label); leave one out with \(field: "map") \
      "\(unique(place))=".
      """)
  }

  private func isOfAddresses(_ place: Int) -> Bool {
    export?.fields[keys[place]] == "contact-address" || keys[place].contains("mail")
  }

  /// How the command line names a column that others have the heading of.
  private func unique(_ place: Int) -> String {
    let equal = keys.indices.filter { keys[$0] == keys[place] }
    guard equal.count > 1, let number = equal.firstIndex(of: place) else { return headings[place] }
    return "\(headings[place])#\(number + 1)"
  }

  private var nothingKnown: Failure {
    .usage(
      """
      No heading is a field of \(withArticle(kind.label)): \(headings.joined(separator: ", ")). Name them with \
      \(field: "map") "HEADING=FIELD"; `\(action: .describeFields(kind: kind.name))` lists the fields.
      """)
  }
}

extension ColumnMeaning {
  var isLeftOut: Bool {
    if case .leftOut = self { true } else { false }
  }
}

extension KindDescription {
  /// The register whose choice has a likelihood.
  var graded: RegisterDescription? {
    registers.first { if case .graded = $0.type { true } else { false } }
  }
}
