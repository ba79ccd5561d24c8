import PlanModel
import Speech
import Wording
import Workbench

/// A step that a record takes as a verb: "kam plan approve 7QK2".
protocol StepVerb: SendableMetatype {
  static var step: RecordStep { get }
  static var abstract: Phrase { get }
}

enum SubmitPlan: StepVerb {
  static let step = RecordStep.submitPlan
  static let abstract: Phrase = "Put a plan forward for approval."
}
enum ApprovePlan: StepVerb {
  static let step = RecordStep.approvePlan
  static let abstract: Phrase = "Agree to a plan."
}
enum RejectPlan: StepVerb {
  static let step = RecordStep.rejectPlan
  static let abstract: Phrase = "Send a plan back."
}
enum FinaliseInterview: StepVerb {
  static let step = RecordStep.finaliseInterview
  static let abstract: Phrase = "End an interview; then it stands as it is."
}
enum FinaliseReview: StepVerb {
  static let step = RecordStep.finaliseReview
  static let abstract: Phrase = "End a review; then it stands as it is."
}
enum PublishTemplate: StepVerb {
  static let step = RecordStep.publishTemplate
  static let abstract: Phrase = "Let a survey template be used; then it stands as it is."
}
enum OpenCampaign: StepVerb {
  static let step = RecordStep.openCampaign
  static let abstract: Phrase = "Begin to take answers."
}
enum CloseCampaign: StepVerb {
  static let step = RecordStep.closeCampaign
  static let abstract: Phrase = "Take no more answers."
}

struct TakeStep<S: StepVerb>: Command {
  static var name: String { "\(S.step.kind.name) \(S.step.verb)" }
  static var about: Phrase { S.abstract }

  @Takes("RECORD", "The record.") var record: String
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.tell(workspace.take(S.step, record: record), asJSON: json.isWanted)
  }
}
