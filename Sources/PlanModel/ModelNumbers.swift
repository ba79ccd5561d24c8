// Rendered from Protocol/kam/v1/model.proto by `make protocol`; do not edit.

/// The numbers of the kinds.
package enum KindNumber {
  package static let person: UInt32 = 16
  package static let department: UInt32 = 17
  package static let product: UInt32 = 18
  package static let strategy: UInt32 = 19
  package static let surveyTemplate: UInt32 = 20
  package static let interviewGuide: UInt32 = 21
  package static let selectionCriterion: UInt32 = 22
  package static let segment: UInt32 = 23
  package static let healthDefinition: UInt32 = 24
  package static let kpiTarget: UInt32 = 25
  package static let planTemplate: UInt32 = 26
  package static let templateStep: UInt32 = 27
  package static let serviceLevel: UInt32 = 28
  package static let exchangeRate: UInt32 = 29
  package static let importMapping: UInt32 = 30
  package static let account: UInt32 = 32
  package static let division: UInt32 = 33
  package static let contact: UInt32 = 34
  package static let contactPoint: UInt32 = 35
  package static let stakeholderRole: UInt32 = 36
  package static let influence: UInt32 = 37
  package static let privilegedContact: UInt32 = 38
  package static let coverage: UInt32 = 39
  package static let plan: UInt32 = 40
  package static let objective: UInt32 = 41
  package static let task: UInt32 = 42
  package static let taskDependency: UInt32 = 43
  package static let taskRole: UInt32 = 44
  package static let departmentExpectation: UInt32 = 45
  package static let project: UInt32 = 46
  package static let swotItem: UInt32 = 47
  package static let whitespaceCell: UInt32 = 48
  package static let opportunity: UInt32 = 49
  package static let observation: UInt32 = 50
  package static let interview: UInt32 = 51
  package static let surveyCampaign: UInt32 = 52
  package static let surveyInvitation: UInt32 = 53
  package static let surveyResponse: UInt32 = 54
  package static let externalReview: UInt32 = 55
  package static let serviceRequest: UInt32 = 56
  package static let requestEvent: UInt32 = 57
  package static let communicationItem: UInt32 = 58
  package static let communicationSent: UInt32 = 59
  package static let interaction: UInt32 = 60
  package static let comment: UInt32 = 61
  package static let businessReview: UInt32 = 62
  package static let criterionScore: UInt32 = 63
  package static let segmentMember: UInt32 = 64
  package static let participant: UInt32 = 65
  package static let sale: UInt32 = 80
  package static let costEvent: UInt32 = 81
  package static let revenueTarget: UInt32 = 82
  package static let profitabilityTarget: UInt32 = 83
  package static let contract: UInt32 = 84
}

/// The registers of the kind person.
package enum PersonRegister {
  package static let name: UInt32 = 1
  package static let email: UInt32 = 2
  package static let role: UInt32 = 3
  package static let active: UInt32 = 4
  package static let devices: UInt32 = 5
  package static let departments: UInt32 = 6
}

/// The registers of the kind department.
package enum DepartmentRegister {
  package static let name: UInt32 = 1
  package static let code: UInt32 = 2
}

/// The registers of the kind product.
package enum ProductRegister {
  package static let sku: UInt32 = 1
  package static let name: UInt32 = 2
  package static let family: UInt32 = 3
  package static let type: UInt32 = 4
  package static let price: UInt32 = 5
  package static let active: UInt32 = 6
}

/// The registers of the kind strategy.
package enum StrategyRegister {
  package static let name: UInt32 = 1
  package static let type: UInt32 = 2
  package static let period: UInt32 = 3
  package static let budget: UInt32 = 4
  package static let goal: UInt32 = 5
  package static let owner: UInt32 = 6
}

/// The registers of the kind survey-template.
package enum SurveyTemplateRegister {
  package static let title: UInt32 = 1
  package static let type: UInt32 = 2
  package static let questions: UInt32 = 3
  package static let scaleMax: UInt32 = 4
  package static let language: UInt32 = 5
  package static let edition: UInt32 = 6
  package static let published: UInt32 = 7
}

/// The registers of the kind interview-guide.
package enum InterviewGuideRegister {
  package static let title: UInt32 = 1
  package static let questions: UInt32 = 2
  package static let language: UInt32 = 3
}

/// The registers of the kind selection-criterion.
package enum SelectionCriterionRegister {
  package static let name: UInt32 = 1
  package static let axis: UInt32 = 2
  package static let weight: UInt32 = 3
  package static let scaleMax: UInt32 = 4
  package static let anchors: UInt32 = 5
  package static let active: UInt32 = 6
}

/// The registers of the kind segment.
package enum SegmentRegister {
  package static let name: UInt32 = 1
  package static let rule: UInt32 = 2
  package static let description: UInt32 = 3
}

/// The registers of the kind health-definition.
package enum HealthDefinitionRegister {
  package static let name: UInt32 = 1
  package static let components: UInt32 = 2
  package static let active: UInt32 = 3
}

/// The registers of the kind kpi-target.
package enum KpiTargetRegister {
  package static let name: UInt32 = 1
  package static let indicator: UInt32 = 2
  package static let good: UInt32 = 3
  package static let warning: UInt32 = 4
  package static let unit: UInt32 = 5
  package static let active: UInt32 = 6
}

/// The registers of the kind plan-template.
package enum PlanTemplateRegister {
  package static let name: UInt32 = 1
  package static let type: UInt32 = 2
  package static let description: UInt32 = 3
  package static let days: UInt32 = 4
}

/// The registers of the kind template-step.
package enum TemplateStepRegister {
  package static let template: UInt32 = 1
  package static let type: UInt32 = 2
  package static let title: UInt32 = 3
  package static let department: UInt32 = 4
  package static let priority: UInt32 = 5
  package static let dueDays: UInt32 = 6
  package static let measure: UInt32 = 7
  package static let target: UInt32 = 8
  package static let unit: UInt32 = 9
  package static let weight: UInt32 = 10
  package static let place: UInt32 = 11
  package static let serves: UInt32 = 12
  package static let detail: UInt32 = 13
  package static let baseline: UInt32 = 14
}

/// The registers of the kind service-level.
package enum ServiceLevelRegister {
  package static let name: UInt32 = 1
  package static let type: UInt32 = 2
  package static let severity: UInt32 = 3
  package static let respondHours: UInt32 = 4
  package static let resolveHours: UInt32 = 5
  package static let active: UInt32 = 6
}

/// The registers of the kind exchange-rate.
package enum ExchangeRateRegister {
  package static let currency: UInt32 = 1
  package static let into: UInt32 = 2
  package static let rate: UInt32 = 3
  package static let since: UInt32 = 4
}

/// The registers of the kind import-mapping.
package enum ImportMappingRegister {
  package static let name: UInt32 = 1
  package static let rules: UInt32 = 2
  package static let description: UInt32 = 3
}

/// The registers of the kind account.
package enum AccountRegister {
  package static let name: UInt32 = 1
  package static let slug: UInt32 = 2
  package static let counterpart: UInt32 = 3
  package static let stage: UInt32 = 4
  package static let tier: UInt32 = 5
  package static let legalID: UInt32 = 6
  package static let website: UInt32 = 7
  package static let country: UInt32 = 8
  package static let timeZone: UInt32 = 9
  package static let currency: UInt32 = 10
  package static let industry: UInt32 = 11
  package static let purchasingPower: UInt32 = 12
  package static let firstContactOn: UInt32 = 13
  package static let notes: UInt32 = 14
  package static let keyAccount: UInt32 = 15
  package static let manager: UInt32 = 16
  package static let parent: UInt32 = 17
  package static let disengaged: UInt32 = 18
  package static let externalID: UInt32 = 19
}

/// The registers of the kind division.
package enum DivisionRegister {
  package static let name: UInt32 = 1
  package static let parent: UInt32 = 2
}

/// The registers of the kind contact.
package enum ContactRegister {
  package static let name: UInt32 = 1
  package static let title: UInt32 = 2
  package static let language: UInt32 = 3
  package static let consent: UInt32 = 4
  package static let reportsTo: UInt32 = 5
  package static let leftOn: UInt32 = 6
  package static let notes: UInt32 = 7
  package static let division: UInt32 = 8
  package static let externalID: UInt32 = 9
}

/// The registers of the kind contact-point.
package enum ContactPointRegister {
  package static let contact: UInt32 = 1
  package static let type: UInt32 = 2
  package static let value: UInt32 = 3
  package static let label: UInt32 = 4
}

/// The registers of the kind stakeholder-role.
package enum StakeholderRoleRegister {
  package static let contact: UInt32 = 1
  package static let plan: UInt32 = 2
  package static let role: UInt32 = 3
  package static let influence: UInt32 = 4
  package static let support: UInt32 = 5
  package static let verifiedOn: UInt32 = 6
}

/// The registers of the kind influence.
package enum InfluenceRegister {
  package static let fromContact: UInt32 = 1
  package static let toContact: UInt32 = 2
  package static let type: UInt32 = 3
  package static let strength: UInt32 = 4
}

/// The registers of the kind privileged-contact.
package enum PrivilegedContactRegister {
  package static let person: UInt32 = 1
  package static let deputy: UInt32 = 2
  package static let since: UInt32 = 3
  package static let cadenceDays: UInt32 = 4
}

/// The registers of the kind coverage.
package enum CoverageRegister {
  package static let person: UInt32 = 1
  package static let contact: UInt32 = 2
  package static let strength: UInt32 = 3
  package static let cadenceDays: UInt32 = 4
}

/// The registers of the kind plan.
package enum PlanRegister {
  package static let title: UInt32 = 1
  package static let period: UInt32 = 2
  package static let type: UInt32 = 3
  package static let vision: UInt32 = 4
  package static let status: UInt32 = 5
  package static let owner: UInt32 = 6
}

/// The registers of the kind objective.
package enum ObjectiveRegister {
  package static let plan: UInt32 = 1
  package static let title: UInt32 = 2
  package static let department: UInt32 = 3
  package static let metric: UInt32 = 4
  package static let baseline: UInt32 = 5
  package static let target: UInt32 = 6
  package static let current: UInt32 = 7
  package static let unit: UInt32 = 8
  package static let due: UInt32 = 9
  package static let owner: UInt32 = 10
  package static let weight: UInt32 = 11
  package static let status: UInt32 = 12
  package static let shared: UInt32 = 13
}

/// The registers of the kind task.
package enum TaskRegister {
  package static let title: UInt32 = 1
  package static let detail: UInt32 = 2
  package static let department: UInt32 = 3
  package static let due: UInt32 = 4
  package static let priority: UInt32 = 5
  package static let side: UInt32 = 6
  package static let plan: UInt32 = 7
  package static let objective: UInt32 = 8
  package static let requestedBy: UInt32 = 9
  package static let progressNote: UInt32 = 10
  package static let blockedReason: UInt32 = 11
  package static let doneOn: UInt32 = 12
  package static let evidence: UInt32 = 13
  package static let claimedBy: UInt32 = 14
  package static let status: UInt32 = 15
  package static let project: UInt32 = 16
  package static let externalID: UInt32 = 17
}

/// The registers of the kind task-dependency.
package enum TaskDependencyRegister {
  package static let task: UInt32 = 1
  package static let needs: UInt32 = 2
}

/// The registers of the kind task-role.
package enum TaskRoleRegister {
  package static let task: UInt32 = 1
  package static let person: UInt32 = 2
  package static let role: UInt32 = 3
}

/// The registers of the kind department-expectation.
package enum DepartmentExpectationRegister {
  package static let department: UInt32 = 1
  package static let statement: UInt32 = 2
  package static let measure: UInt32 = 3
  package static let due: UInt32 = 4
  package static let status: UInt32 = 5
  package static let note: UInt32 = 6
}

/// The registers of the kind project.
package enum ProjectRegister {
  package static let name: UInt32 = 1
  package static let period: UInt32 = 2
  package static let budget: UInt32 = 3
  package static let status: UInt32 = 4
  package static let expectations: UInt32 = 5
  package static let owner: UInt32 = 6
  package static let shared: UInt32 = 7
}

/// The registers of the kind swot-item.
package enum SwotItemRegister {
  package static let quadrant: UInt32 = 1
  package static let text: UInt32 = 2
  package static let evidence: UInt32 = 3
  package static let rank: UInt32 = 4
  package static let plan: UInt32 = 5
}

/// The registers of the kind whitespace-cell.
package enum WhitespaceCellRegister {
  package static let division: UInt32 = 1
  package static let product: UInt32 = 2
  package static let state: UInt32 = 3
  package static let potential: UInt32 = 4
  package static let competitor: UInt32 = 5
}

/// The registers of the kind opportunity.
package enum OpportunityRegister {
  package static let title: UInt32 = 1
  package static let division: UInt32 = 2
  package static let product: UInt32 = 3
  package static let amount: UInt32 = 4
  package static let stage: UInt32 = 5
  package static let closesOn: UInt32 = 6
  package static let owner: UInt32 = 7
  package static let externalID: UInt32 = 8
}

/// The registers of the kind observation.
package enum ObservationRegister {
  package static let type: UInt32 = 1
  package static let about: UInt32 = 2
  package static let statement: UInt32 = 3
  package static let source: UInt32 = 4
  package static let confidence: UInt32 = 5
  package static let contact: UInt32 = 6
  package static let observedOn: UInt32 = 7
  package static let interview: UInt32 = 8
}

/// The registers of the kind interview.
package enum InterviewRegister {
  package static let title: UInt32 = 1
  package static let guide: UInt32 = 2
  package static let contact: UInt32 = 3
  package static let occurredAt: UInt32 = 4
  package static let answers: UInt32 = 5
  package static let insights: UInt32 = 6
  package static let finalised: UInt32 = 7
}

/// The registers of the kind survey-campaign.
package enum SurveyCampaignRegister {
  package static let title: UInt32 = 1
  package static let template: UInt32 = 2
  package static let population: UInt32 = 3
  package static let period: UInt32 = 4
  package static let status: UInt32 = 5
}

/// The registers of the kind survey-invitation.
package enum SurveyInvitationRegister {
  package static let campaign: UInt32 = 1
  package static let contact: UInt32 = 2
  package static let channel: UInt32 = 3
  package static let invitedAt: UInt32 = 4
}

/// The registers of the kind survey-response.
package enum SurveyResponseRegister {
  package static let campaign: UInt32 = 1
  package static let contact: UInt32 = 2
  package static let score: UInt32 = 3
  package static let answers: UInt32 = 4
  package static let remark: UInt32 = 5
  package static let occurredAt: UInt32 = 6
  package static let externalID: UInt32 = 7
}

/// The registers of the kind external-review.
package enum ExternalReviewRegister {
  package static let site: UInt32 = 1
  package static let url: UInt32 = 2
  package static let stars: UInt32 = 3
  package static let scaleMax: UInt32 = 4
  package static let text: UInt32 = 5
  package static let occurredAt: UInt32 = 6
  package static let externalID: UInt32 = 7
}

/// The registers of the kind service-request.
package enum ServiceRequestRegister {
  package static let subject: UInt32 = 1
  package static let type: UInt32 = 2
  package static let problem: UInt32 = 3
  package static let channel: UInt32 = 4
  package static let severity: UInt32 = 5
  package static let contact: UInt32 = 6
  package static let openedAt: UInt32 = 7
  package static let department: UInt32 = 8
  package static let assignee: UInt32 = 9
  package static let detail: UInt32 = 10
  package static let externalID: UInt32 = 11
}

/// The registers of the kind request-event.
package enum RequestEventRegister {
  package static let request: UInt32 = 1
  package static let type: UInt32 = 2
  package static let occurredAt: UInt32 = 3
  package static let by: UInt32 = 4
  package static let note: UInt32 = 5
}

/// The registers of the kind communication-item.
package enum CommunicationItemRegister {
  package static let objective: UInt32 = 1
  package static let audience: UInt32 = 2
  package static let contact: UInt32 = 3
  package static let segment: UInt32 = 4
  package static let message: UInt32 = 5
  package static let channel: UInt32 = 6
  package static let cadenceDays: UInt32 = 7
  package static let owner: UInt32 = 8
  package static let strategy: UInt32 = 9
}

/// The registers of the kind communication-sent.
package enum CommunicationSentRegister {
  package static let item: UInt32 = 1
  package static let contact: UInt32 = 2
  package static let occurredAt: UInt32 = 3
  package static let by: UInt32 = 4
  package static let note: UInt32 = 5
}

/// The registers of the kind interaction.
package enum InteractionRegister {
  package static let summary: UInt32 = 1
  package static let channel: UInt32 = 2
  package static let direction: UInt32 = 3
  package static let contact: UInt32 = 4
  package static let occurredAt: UInt32 = 5
  package static let nextStep: UInt32 = 6
  package static let by: UInt32 = 7
}

/// The registers of the kind comment.
package enum CommentRegister {
  package static let about: UInt32 = 1
  package static let aboutKind: UInt32 = 2
  package static let text: UInt32 = 3
  package static let author: UInt32 = 4
  package static let writtenMs: UInt32 = 5
}

/// The registers of the kind business-review.
package enum BusinessReviewRegister {
  package static let title: UInt32 = 1
  package static let period: UInt32 = 2
  package static let agenda: UInt32 = 3
  package static let minutes: UInt32 = 4
  package static let rating: UInt32 = 5
  package static let heldOn: UInt32 = 6
  package static let finalised: UInt32 = 7
  package static let digest: UInt32 = 8
}

/// The registers of the kind criterion-score.
package enum CriterionScoreRegister {
  package static let criterion: UInt32 = 1
  package static let score: UInt32 = 2
  package static let rationale: UInt32 = 3
  package static let scoredOn: UInt32 = 4
}

/// The registers of the kind segment-member.
package enum SegmentMemberRegister {
  package static let segment: UInt32 = 1
  package static let reason: UInt32 = 2
}

/// The registers of the kind participant.
package enum ParticipantRegister {
  package static let about: UInt32 = 1
  package static let contact: UInt32 = 2
  package static let person: UInt32 = 3
}

/// The registers of the kind sale.
package enum SaleRegister {
  package static let occurredOn: UInt32 = 1
  package static let product: UInt32 = 2
  package static let division: UInt32 = 3
  package static let type: UInt32 = 4
  package static let revenue: UInt32 = 5
  package static let cost: UInt32 = 6
  package static let order: UInt32 = 7
  package static let source: UInt32 = 8
  package static let strategy: UInt32 = 9
  package static let externalID: UInt32 = 10
}

/// The registers of the kind cost-event.
package enum CostEventRegister {
  package static let type: UInt32 = 1
  package static let occurredOn: UInt32 = 2
  package static let amount: UInt32 = 3
  package static let strategy: UInt32 = 4
  package static let note: UInt32 = 5
}

/// The registers of the kind revenue-target.
package enum RevenueTargetRegister {
  package static let period: UInt32 = 1
  package static let product: UInt32 = 2
  package static let revenue: UInt32 = 3
  package static let margin: UInt32 = 4
  package static let locked: UInt32 = 5
}

/// The registers of the kind profitability-target.
package enum ProfitabilityTargetRegister {
  package static let period: UInt32 = 1
  package static let marginRate: UInt32 = 2
  package static let margin: UInt32 = 3
  package static let note: UInt32 = 4
}

/// The registers of the kind contract.
package enum ContractRegister {
  package static let title: UInt32 = 1
  package static let period: UInt32 = 2
  package static let value: UInt32 = 3
  package static let noticeDays: UInt32 = 4
  package static let renews: UInt32 = 5
  package static let status: UInt32 = 6
}

/// The values of PlanStatus. A newer version may know more.
package enum PlanStatus {
  package static let draft: Int64 = 1
  package static let submitted: Int64 = 2
  package static let approved: Int64 = 3
  package static let rejected: Int64 = 4
  package static let archived: Int64 = 5
}

/// The values of ObjectiveStatus. A newer version may know more.
package enum ObjectiveStatus {
  package static let notStarted: Int64 = 1
  package static let inProgress: Int64 = 2
  package static let achieved: Int64 = 3
  package static let deferred: Int64 = 4
  package static let cancelled: Int64 = 5
}

/// The values of TaskStatus. A newer version may know more.
package enum TaskStatus {
  package static let open: Int64 = 1
  package static let claimed: Int64 = 2
  package static let inProgress: Int64 = 3
  package static let blocked: Int64 = 4
  package static let done: Int64 = 5
  package static let cancelled: Int64 = 6
}

/// The values of ExpectationStatus. A newer version may know more.
package enum ExpectationStatus {
  package static let open: Int64 = 1
  package static let met: Int64 = 2
  package static let missed: Int64 = 3
  package static let dropped: Int64 = 4
}

/// The values of ProjectStatus. A newer version may know more.
package enum ProjectStatus {
  package static let planned: Int64 = 1
  package static let running: Int64 = 2
  package static let done: Int64 = 3
  package static let stopped: Int64 = 4
}

/// The values of CampaignStatus. A newer version may know more.
package enum CampaignStatus {
  package static let draft: Int64 = 1
  package static let open: Int64 = 2
  package static let closed: Int64 = 3
}

/// The values of SaleType. A newer version may know more.
package enum SaleType {
  package static let sale: Int64 = 1
  package static let creditNote: Int64 = 2
}

/// The values of ContractStatus. A newer version may know more.
package enum ContractStatus {
  package static let draft: Int64 = 1
  package static let active: Int64 = 2
  package static let ended: Int64 = 3
  package static let cancelled: Int64 = 4
}
