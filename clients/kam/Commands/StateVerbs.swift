import PlanModel
import Replica
import Speech
import Wording
import Workbench

/// A step that a record takes: "kam plan approve 7QK2". It is guarded: of two who decide at once, one does.
protocol RecordStep: SendableMetatype {
  static var verb: String { get }
  static var kind: KindDescription { get }
  /// The field and what it becomes, as typed.
  static var change: (field: String, value: String) { get }
  static var abstract: Phrase { get }
  static var done: Phrase { get }
  /// - Throws: ``Failure`` when the record is not ready for it.
  static func check(_ view: RecordView, in workspace: Workspace) throws
}

extension RecordStep {
  static func check(_ view: RecordView, in workspace: Workspace) throws {}
}

enum SubmitPlan: RecordStep {
  static let verb = "submit"
  static let kind = KindDescription.plan
  static let change = (field: "status", value: "submitted")
  static let abstract: Phrase = "Put a plan forward for approval."
  static let done: Phrase = "Submitted"
}
enum ApprovePlan: RecordStep {
  static let verb = "approve"
  static let kind = KindDescription.plan
  static let change = (field: "status", value: "approved")
  static let abstract: Phrase = "Agree to a plan."
  static let done: Phrase = "Approved"
}
enum RejectPlan: RecordStep {
  static let verb = "reject"
  static let kind = KindDescription.plan
  static let change = (field: "status", value: "rejected")
  static let abstract: Phrase = "Send a plan back."
  static let done: Phrase = "Rejected"
}
enum FinaliseInterview: RecordStep {
  static let verb = "finalise"
  static let kind = KindDescription.interview
  static let change = (field: "finalised", value: "yes")
  static let abstract: Phrase = "End an interview; then it stands as it is."
  static let done: Phrase = "Finalised"
}
enum FinaliseReview: RecordStep {
  static let verb = "finalise"
  static let kind = KindDescription.businessReview
  static let change = (field: "finalised", value: "yes")
  static let abstract: Phrase = "End a review; then it stands as it is."
  static let done: Phrase = "Finalised"
}
enum PublishTemplate: RecordStep {
  static let verb = "publish"
  static let kind = KindDescription.surveyTemplate
  static let change = (field: "published", value: "yes")
  static let abstract: Phrase = "Let a survey template be used; then it stands as it is."
  static let done: Phrase = "Published"
}
enum OpenCampaign: RecordStep {
  static let verb = "open"
  static let kind = KindDescription.surveyCampaign
  static let change = (field: "status", value: "open")
  static let abstract: Phrase = "Begin to take answers."
  static let done: Phrase = "Opened"

  /// Questions that may still change would be answered by some as they are and by others as they will be.
  static func check(_ view: RecordView, in workspace: Workspace) throws {
    guard
      let template = try view.reference("template").flatMap({
        try workspace.replica.record($0, from: view.scope)
      }),
      !template.flag("published")
    else { return }
    throw Failure.refused(
      "\(workspace.quotedTitle(template)) is not published yet: kam survey-template publish \(try workspace.handle(template.id))"
    )
  }
}
enum CloseCampaign: RecordStep {
  static let verb = "close"
  static let kind = KindDescription.surveyCampaign
  static let change = (field: "status", value: "closed")
  static let abstract: Phrase = "Take no more answers."
  static let done: Phrase = "Closed"
}

struct TakeStep<S: RecordStep>: Command {
  static var name: String { "\(S.kind.name) \(S.verb)" }
  static var about: Phrase { S.abstract }

  @Takes("RECORD", "The record.") var record: String
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let view = try workspace.find(record, kind: S.kind)
    guard let register = S.kind.register(named: S.change.field) else { return }
    try S.check(view, in: workspace)
    let value = try workspace.value(S.change.value, for: register, in: view.scope)
    let changed = try workspace.edit(in: view.scope, "\(S.done) \(try workspace.name(view))") { draft in
      try draft.update(view.id, [(register.number, value)])
    }
    try workspace.tell(view, changed ? S.done : nil, asJSON: json.isWanted)
  }
}
