import PlanModel
import Speech
import Wording

extension KindDescription {
  /// That it has no field of this name, and which may have been meant.
  package func unknownField(_ name: String) -> Failure {
    let alike = nearest(to: fieldName(name), among: registers.map(\.name), count: 1).first
    return .usage(
      alike.map { "\(capitalized(withArticle(label))) has no field \(name). Did you mean \($0)?" }
        ?? "\(capitalized(withArticle(label))) has no field \(name).")
  }

  /// Whether one is added to an account, which is named first.
  package var addsInAccount: Bool { isInAccount && number != KindNumber.account }

  package var plural: String {
    switch label {
    case "person": return "people"
    case let label where label.hasSuffix("criterion"): return label.dropLast(2) + "a"
    case "communication sent": return "communications sent"
    case let label where label.hasSuffix("y"): return label.dropLast() + "ies"
    default: return label + "s"
    }
  }

  /// The placeholder of a record of this kind in a usage line.
  package var placeholder: String { name.uppercased() }

  package var titleRegister: RegisterDescription? { register(title) }

  /// What `--mine` goes by.
  package var holder: RegisterDescription? {
    ["claimed-by", "assignee", "owner", "manager", "person", "by"].lazy.compactMap {
      self.register(named: $0)
    }
    .first {
      $0.type == .reference(KindDescription.person.number)
    }
  }

  /// The register that `--from` and `--to` are the ends of.
  package var period: RegisterDescription? { registers.first { $0.type == .period } }
}

extension PlanModel {
  /// - Throws: ``Failure`` naming the nearest.
  package static func kind(calledBy word: String) throws -> KindDescription {
    if let kind = kinds(calledBy: word).first { return kind }
    let alike = nearest(to: word, among: kinds.map(\.name), count: 1).first
    throw Failure.usage(
      alike.map { "There is no kind “\(word)”. Did you mean \($0)?" } ?? "There is no kind “\(word)”.")
  }

  /// The kinds that a word means, in English or French, one or many: "sale", "sales", "vente", "ventes".
  package static func kinds(calledBy word: String) -> [KindDescription] {
    let word = headingKey(word)
    return kinds.filter { kind in
      [kind.name, headingKey(kind.plural)].contains(word)
        || [kind.label, kind.plural].contains { headingKey(Language.french.word($0)) == word }
    }
  }
}

extension RegisterDescription {
  /// ": sales, support, …", or what may be typed for a day.
  package var choicesHelp: Phrase {
    switch type {
    case .choice(let choices), .graded(let choices):
      choices.all.dropFirst().reduce(": " + .word(choices.all.first?.name ?? "")) {
        $0 + ", " + .word($1.name)
      }
    case .instant: ", now, YYYY-MM-DD or \"YYYY-MM-DD HH:MM\"; now when left out"
    case .date where !help.contains("YYYY"): ", YYYY-MM-DD"
    case .date: ", or today, tomorrow, +7d"
    case .integer(let range): ", \(range.lowerBound) to \(range.upperBound)"
    case .flag where !help.contains("yes"): ": yes or no"
    default: .nothing
    }
  }
}

/// `claimedBy`, `claimed_by` and `claimed-by` are one field.
package func fieldName(_ key: String) -> String {
  var result = ""
  for character in key {
    if character == "_" {
      result += "-"
    } else if character.isUppercase {
      result += "-" + character.lowercased()
    } else {
      result.append(character)
    }
  }
  return result
}
