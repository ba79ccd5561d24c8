import ArgumentParser
import PlanModel
import Wording

/// What a command is about. All that a kind's commands know comes from its description; a noun only names the kind
/// in the type of a command, and adds the verbs that its work has of its own.
protocol Noun: SendableMetatype {
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

/// One of the kinds, by its place among them. ArgumentParser wants a type for every command; making the types from
/// numbers leaves nothing to write for a new kind.
enum KindNoun<P: Place>: Noun {
  static var kind: KindDescription? { PlanModel.kinds[P.number] }
  static var ownVerbs: [any ParsableCommand.Type] { kind.map { verbsOfItsOwn(of: $0) } ?? [] }
}

protocol Place { static var number: Int { get } }
enum First: Place { static var number: Int { 0 } }
enum After<P: Place>: Place { static var number: Int { P.number + 1 } }

/// The verbs that a kind's work has besides those of every record.
private func verbsOfItsOwn(of kind: KindDescription) -> [any ParsableCommand.Type] {
  switch kind.number {
  case KindDescription.account.number:
    [
      ShareAccount.self, UnshareAccount.self, LeaveAccount.self, EngageDepartment.self,
      DisengageDepartment.self,
    ]
  case KindDescription.contact.number: [AssignContact.self, ContactGaps.self]
  case KindDescription.task.number:
    [ClaimTask.self, AssignTask.self, ReleaseTask.self, StartTask.self, BlockTask.self, FinishTask.self]
  case KindDescription.serviceRequest.number:
    [
      TellOfRequest<Respond>.self, TellOfRequest<Resolve>.self, TellOfRequest<Reopen>.self,
      TellOfRequest<Close>.self, TellOfRequest<Escalate>.self, Ageing.self,
    ]
  case KindDescription.department.number: [AddDepartment.self, DepartmentLoad.self]
  case KindDescription.plan.number:
    [
      NewPlan.self, ListTemplates.self, TakeStep<SubmitPlan>.self, TakeStep<ApprovePlan>.self,
      TakeStep<RejectPlan>.self,
    ]
  case KindDescription.interview.number: [TakeStep<FinaliseInterview>.self, ObserveInInterview.self]
  case KindDescription.businessReview.number: [TakeStep<FinaliseReview>.self]
  case KindDescription.surveyTemplate.number: [TakeStep<PublishTemplate>.self]
  case KindDescription.surveyCampaign.number:
    [
      TakeStep<OpenCampaign>.self, InviteToCampaign.self, AnswerCampaign.self, CampaignResult.self,
      TakeStep<CloseCampaign>.self,
    ]
  case KindDescription.segment.number: [SegmentWho.self, SegmentWhy.self, SegmentProperties.self]
  case KindDescription.strategy.number: [StrategyEffectiveness.self]
  case KindDescription.product.number: [ProductProfitability.self]
  case KindDescription.planTemplate.number: [AdoptTemplate.self]
  default: []
  }
}

/// The nouns of all kinds, in their order. Comments have a command of another form.
private let nounsInOrder: [any Noun.Type] = {
  func from<P: Place>(_: P.Type) -> [any Noun.Type] {
    P.number == PlanModel.kinds.count ? [] : [KindNoun<P>.self] + from(After<P>.self)
  }
  return from(First.self).filter { $0.kind?.number != KindDescription.comment.number }
}()

/// The noun that a word on the command line means.
func noun(named word: String) -> (any Noun.Type)? { nounsInOrder.first { $0.kind?.name == word } }

/// In the order of the help.
func nouns(of family: ScopeFamily) -> [any Noun.Type] { nounsInOrder.filter { $0.kind?.family == family } }

/// "kam task …".
struct NounCommand<N: Noun>: ParsableCommand {
  static var configuration: CommandConfiguration {
    let kind = N.kind
    return CommandConfiguration(
      commandName: kind?.name ?? "record", abstract: kind.map { said("Work with \(word: $0.plural).") } ?? "",
      subcommands: N.verbs.compactMap { N.command(ofVerb: $0).map { type(of: $0) } } + N.ownVerbs)
  }
}

extension KindDescription {
  /// That it has no field of this name, and which may have been meant.
  func unknownField(_ name: String) -> Failure {
    let alike = nearest(to: fieldName(name), among: registers.map(\.name), count: 1).first
    return .usage(
      alike.map { "\(capitalized(withArticle(label))) has no field \(name). Did you mean \($0)?" }
        ?? "\(capitalized(withArticle(label))) has no field \(name).")
  }

  var plural: String {
    switch label {
    case "person": return "people"
    case let label where label.hasSuffix("criterion"): return label.dropLast(2) + "a"
    case "communication sent": return "communications sent"
    case let label where label.hasSuffix("y"): return label.dropLast() + "ies"
    default: return label + "s"
    }
  }

  /// The placeholder of a record of this kind in a usage line.
  var placeholder: String { name.uppercased() }

  var titleRegister: RegisterDescription? { register(title) }

  /// What `--mine` goes by.
  var holder: RegisterDescription? {
    ["claimed-by", "assignee", "owner", "manager", "person", "by"].lazy.compactMap {
      self.register(named: $0)
    }
    .first {
      $0.type == .reference(KindDescription.person.number)
    }
  }

  /// The register that `--from` and `--to` are the ends of.
  var period: RegisterDescription? { registers.first { $0.type == .period } }
}

extension PlanModel {
  /// - Throws: ``Failure`` naming the nearest.
  static func kind(calledBy word: String) throws -> KindDescription {
    if let kind = kinds(calledBy: word).first { return kind }
    let alike = nearest(to: word, among: kinds.map(\.name), count: 1).first
    throw Failure.usage(
      alike.map { "There is no kind “\(word)”. Did you mean \($0)?" } ?? "There is no kind “\(word)”.")
  }

  /// The kinds that a word means, in English or French, one or many: "sale", "sales", "vente", "ventes".
  static func kinds(calledBy word: String) -> [KindDescription] {
    let word = headingKey(word)
    return kinds.filter { kind in
      [kind.name, headingKey(kind.plural)].contains(word)
        || [kind.label, kind.plural].contains { headingKey(Language.french.word($0)) == word }
    }
  }
}
