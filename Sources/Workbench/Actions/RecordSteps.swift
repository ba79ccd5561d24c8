import PlanModel
import Replica
import Speech
import Wording

/// A step that a record takes: a plan is approved. It is guarded: of two who decide at once, one does.
package struct RecordStep: Sendable {
  /// "approve"
  package let verb: String
  package let kind: KindDescription
  /// "Approved"
  package let done: Phrase
  /// The register and what it becomes.
  fileprivate let register: UInt32
  fileprivate let value: RegisterValue

  package static let submitPlan = RecordStep(
    verb: "submit", kind: .plan, done: "Submitted", register: PlanRegister.status,
    value: .integer(PlanStatus.submitted))
  package static let approvePlan = RecordStep(
    verb: "approve", kind: .plan, done: "Approved", register: PlanRegister.status,
    value: .integer(PlanStatus.approved))
  package static let rejectPlan = RecordStep(
    verb: "reject", kind: .plan, done: "Rejected", register: PlanRegister.status,
    value: .integer(PlanStatus.rejected))
  package static let finaliseInterview = RecordStep(
    verb: "finalise", kind: .interview, done: "Finalised", register: InterviewRegister.finalised,
    value: .flag(true))
  package static let finaliseReview = RecordStep(
    verb: "finalise", kind: .businessReview, done: "Finalised", register: BusinessReviewRegister.finalised,
    value: .flag(true))
  package static let publishTemplate = RecordStep(
    verb: "publish", kind: .surveyTemplate, done: "Published", register: SurveyTemplateRegister.published,
    value: .flag(true))
  package static let openCampaign = RecordStep(
    verb: "open", kind: .surveyCampaign, done: "Opened", register: SurveyCampaignRegister.status,
    value: .integer(CampaignStatus.open))
  package static let closeCampaign = RecordStep(
    verb: "close", kind: .surveyCampaign, done: "Closed", register: SurveyCampaignRegister.status,
    value: .integer(CampaignStatus.closed))
}

extension Workbench {
  /// - Throws: ``Failure`` when the record is not ready for it.
  package func take(_ step: RecordStep, record: String) throws -> Receipt {
    try asOne {
      let view = try find(record, kind: step.kind)
      if step.kind.number == KindNumber.surveyCampaign, step.value == .integer(CampaignStatus.open) {
        try refuseUnlessPublished(view)
      }
      let isChanged = try edit(in: view.scope, "\(step.done) \(try name(view))") { draft in
        try draft.update(view.id, [(step.register, step.value)])
      }
      return try receipt(view, isChanged ? step.done : nil)
    }
  }

  /// Questions that may still change would be answered by some as they are and by others as they will be.
  private func refuseUnlessPublished(_ campaign: RecordView) throws {
    guard let template = try surveyTemplate(of: campaign), !template.flag(SurveyTemplateRegister.published)
    else { return }
    throw Failure.refused(
      "\(quotedTitle(template)) is not published yet: \(action: .publish(template: try handle(template.id)))")
  }
}
