import ArgumentParser
import PlanModel

/// What a command is about. All that a kind's commands know comes from its description; a noun only names the kind
/// in the type of a command, and adds the verbs that its work has of its own.
protocol Noun {
  /// nil: a record of any kind.
  static var kind: KindDescription? { get }
  static var ownVerbs: [any ParsableCommand.Type] { get }
}

extension Noun {
  static var ownVerbs: [any ParsableCommand.Type] { [] }
  static var command: any ParsableCommand.Type { NounCommand<Self>.self }

  /// What can be done to every record, as far as its kind's description allows it.
  static var verbs: [String] {
    guard let kind else { return ["show", "edit", "delete", "restore"] }
    if kind.isServerWritten { return ["list", "show"] }
    if kind.isServerMade { return ["list", "show", "edit"] }
    return kind.isSingleton
      ? ["list", "show", "edit"] : ["add", "list", "show", "edit", "delete", "restore"]
  }

  /// The command of one of its ``verbs``; nil for any other word.
  static func command(ofVerb verb: String) -> (any RecordCommand)? {
    guard verbs.contains(verb) else { return nil }
    switch verb {
    case "add": return Add<Self>()
    case "list": return List<Self>()
    case "show": return Show<Self>()
    case "edit": return Edit<Self>()
    case "delete": return Delete<Self>()
    case "restore": return Restore<Self>()
    default: return nil
    }
  }
}

enum AnyRecord: Noun { static var kind: KindDescription? { nil } }

enum AccountNoun: Noun {
  static var kind: KindDescription? { .account }
  static var ownVerbs: [any ParsableCommand.Type] {
    [ShareAccount.self, UnshareAccount.self, EngageDepartment.self, DisengageDepartment.self]
  }
}
enum ContactNoun: Noun {
  static var kind: KindDescription? { .contact }
  static var ownVerbs: [any ParsableCommand.Type] { [AssignContact.self, ContactGaps.self] }
}
enum ContactPointNoun: Noun { static var kind: KindDescription? { .contactPoint } }
enum PrivilegedContactNoun: Noun { static var kind: KindDescription? { .privilegedContact } }
enum PlanNoun: Noun { static var kind: KindDescription? { .plan } }
enum ObjectiveNoun: Noun { static var kind: KindDescription? { .objective } }
enum TaskNoun: Noun {
  static var kind: KindDescription? { .task }
  static var ownVerbs: [any ParsableCommand.Type] {
    [
      ClaimTask.self, AssignTask.self, ReleaseTask.self, StartTask.self, BlockTask.self, FinishTask.self,
    ]
  }
}
enum PersonNoun: Noun { static var kind: KindDescription? { .person } }
enum DepartmentNoun: Noun {
  static var kind: KindDescription? { .department }
  static var ownVerbs: [any ParsableCommand.Type] { [AddDepartment.self, DepartmentLoad.self] }
}

/// In the order of the help. Comments have a command of another form.
var nouns: [any Noun.Type] {
  [
    AccountNoun.self, ContactNoun.self, ContactPointNoun.self, PrivilegedContactNoun.self, PlanNoun.self,
    ObjectiveNoun.self, TaskNoun.self, PersonNoun.self, DepartmentNoun.self,
  ]
}

/// "kam task …".
struct NounCommand<N: Noun>: ParsableCommand {
  static var configuration: CommandConfiguration {
    let kind = N.kind
    return CommandConfiguration(
      commandName: kind?.name ?? "record", abstract: kind.map { "Work with \($0.plural)." } ?? "",
      subcommands: N.verbs.compactMap { N.command(ofVerb: $0).map { type(of: $0) } } + N.ownVerbs)
  }
}

extension KindDescription {
  var plural: String {
    switch number {
    case Self.person.number: "people"
    default: label + "s"
    }
  }

  /// The placeholder of a record of this kind in a usage line.
  var placeholder: String { name.uppercased() }

  var titleRegister: RegisterDescription? { register(title) }

  /// What `--mine` goes by.
  var holder: RegisterDescription? {
    ["claimed-by", "owner", "manager", "person"].lazy.compactMap { register(named: $0) }.first {
      $0.type == .reference(KindDescription.person.number)
    }
  }

  /// The register that `--from` and `--to` are the ends of.
  var period: RegisterDescription? { registers.first { $0.type == .period } }
}
