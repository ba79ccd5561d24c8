// Rendered from Protocol/kam/v1/model.proto by `make protocol`; do not edit.

/// The numbers of the kinds.
package enum KindNumber {
  @inlinable @inline(__always) package static var person: UInt32 { 16 }
  @inlinable @inline(__always) package static var department: UInt32 { 17 }
  @inlinable @inline(__always) package static var product: UInt32 { 18 }
  @inlinable @inline(__always) package static var strategy: UInt32 { 19 }
  @inlinable @inline(__always) package static var surveyTemplate: UInt32 { 20 }
  @inlinable @inline(__always) package static var interviewGuide: UInt32 { 21 }
  @inlinable @inline(__always) package static var selectionCriterion: UInt32 { 22 }
  @inlinable @inline(__always) package static var segment: UInt32 { 23 }
  @inlinable @inline(__always) package static var healthDefinition: UInt32 { 24 }
  @inlinable @inline(__always) package static var kpiTarget: UInt32 { 25 }
  @inlinable @inline(__always) package static var planTemplate: UInt32 { 26 }
  @inlinable @inline(__always) package static var templateStep: UInt32 { 27 }
  @inlinable @inline(__always) package static var serviceLevel: UInt32 { 28 }
  @inlinable @inline(__always) package static var exchangeRate: UInt32 { 29 }
  @inlinable @inline(__always) package static var importMapping: UInt32 { 30 }
  @inlinable @inline(__always) package static var account: UInt32 { 32 }
  @inlinable @inline(__always) package static var division: UInt32 { 33 }
  @inlinable @inline(__always) package static var contact: UInt32 { 34 }
  @inlinable @inline(__always) package static var contactPoint: UInt32 { 35 }
  @inlinable @inline(__always) package static var stakeholderRole: UInt32 { 36 }
  @inlinable @inline(__always) package static var influence: UInt32 { 37 }
  @inlinable @inline(__always) package static var privilegedContact: UInt32 { 38 }
  @inlinable @inline(__always) package static var coverage: UInt32 { 39 }
  @inlinable @inline(__always) package static var plan: UInt32 { 40 }
  @inlinable @inline(__always) package static var objective: UInt32 { 41 }
  @inlinable @inline(__always) package static var task: UInt32 { 42 }
  @inlinable @inline(__always) package static var taskDependency: UInt32 { 43 }
  @inlinable @inline(__always) package static var taskRole: UInt32 { 44 }
  @inlinable @inline(__always) package static var departmentExpectation: UInt32 { 45 }
  @inlinable @inline(__always) package static var project: UInt32 { 46 }
  @inlinable @inline(__always) package static var swotItem: UInt32 { 47 }
  @inlinable @inline(__always) package static var whitespaceCell: UInt32 { 48 }
  @inlinable @inline(__always) package static var opportunity: UInt32 { 49 }
  @inlinable @inline(__always) package static var observation: UInt32 { 50 }
  @inlinable @inline(__always) package static var interview: UInt32 { 51 }
  @inlinable @inline(__always) package static var surveyCampaign: UInt32 { 52 }
  @inlinable @inline(__always) package static var surveyInvitation: UInt32 { 53 }
  @inlinable @inline(__always) package static var surveyResponse: UInt32 { 54 }
  @inlinable @inline(__always) package static var externalReview: UInt32 { 55 }
  @inlinable @inline(__always) package static var serviceRequest: UInt32 { 56 }
  @inlinable @inline(__always) package static var requestEvent: UInt32 { 57 }
  @inlinable @inline(__always) package static var communicationItem: UInt32 { 58 }
  @inlinable @inline(__always) package static var communicationSent: UInt32 { 59 }
  @inlinable @inline(__always) package static var interaction: UInt32 { 60 }
  @inlinable @inline(__always) package static var comment: UInt32 { 61 }
  @inlinable @inline(__always) package static var businessReview: UInt32 { 62 }
  @inlinable @inline(__always) package static var criterionScore: UInt32 { 63 }
  @inlinable @inline(__always) package static var segmentMember: UInt32 { 64 }
  @inlinable @inline(__always) package static var participant: UInt32 { 65 }
  @inlinable @inline(__always) package static var sale: UInt32 { 80 }
  @inlinable @inline(__always) package static var costEvent: UInt32 { 81 }
  @inlinable @inline(__always) package static var revenueTarget: UInt32 { 82 }
  @inlinable @inline(__always) package static var profitabilityTarget: UInt32 { 83 }
  @inlinable @inline(__always) package static var contract: UInt32 { 84 }
}

/// The registers of the kind person.
package enum PersonRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var email: UInt32 { 2 }
  @inlinable @inline(__always) package static var role: UInt32 { 3 }
  @inlinable @inline(__always) package static var active: UInt32 { 4 }
  @inlinable @inline(__always) package static var devices: UInt32 { 5 }
  @inlinable @inline(__always) package static var departments: UInt32 { 6 }
}

/// The registers of the kind department.
package enum DepartmentRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var code: UInt32 { 2 }
}

/// The registers of the kind product.
package enum ProductRegister {
  @inlinable @inline(__always) package static var sku: UInt32 { 1 }
  @inlinable @inline(__always) package static var name: UInt32 { 2 }
  @inlinable @inline(__always) package static var family: UInt32 { 3 }
  @inlinable @inline(__always) package static var type: UInt32 { 4 }
  @inlinable @inline(__always) package static var price: UInt32 { 5 }
  @inlinable @inline(__always) package static var active: UInt32 { 6 }
}

/// The registers of the kind strategy.
package enum StrategyRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var type: UInt32 { 2 }
  @inlinable @inline(__always) package static var period: UInt32 { 3 }
  @inlinable @inline(__always) package static var budget: UInt32 { 4 }
  @inlinable @inline(__always) package static var goal: UInt32 { 5 }
  @inlinable @inline(__always) package static var owner: UInt32 { 6 }
}

/// The registers of the kind survey-template.
package enum SurveyTemplateRegister {
  @inlinable @inline(__always) package static var title: UInt32 { 1 }
  @inlinable @inline(__always) package static var type: UInt32 { 2 }
  @inlinable @inline(__always) package static var questions: UInt32 { 3 }
  @inlinable @inline(__always) package static var scaleMax: UInt32 { 4 }
  @inlinable @inline(__always) package static var language: UInt32 { 5 }
  @inlinable @inline(__always) package static var edition: UInt32 { 6 }
  @inlinable @inline(__always) package static var published: UInt32 { 7 }
}

/// The registers of the kind interview-guide.
package enum InterviewGuideRegister {
  @inlinable @inline(__always) package static var title: UInt32 { 1 }
  @inlinable @inline(__always) package static var questions: UInt32 { 2 }
  @inlinable @inline(__always) package static var language: UInt32 { 3 }
}

/// The registers of the kind selection-criterion.
package enum SelectionCriterionRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var axis: UInt32 { 2 }
  @inlinable @inline(__always) package static var weight: UInt32 { 3 }
  @inlinable @inline(__always) package static var scaleMax: UInt32 { 4 }
  @inlinable @inline(__always) package static var anchors: UInt32 { 5 }
  @inlinable @inline(__always) package static var active: UInt32 { 6 }
}

/// The registers of the kind segment.
package enum SegmentRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var rule: UInt32 { 2 }
  @inlinable @inline(__always) package static var description: UInt32 { 3 }
}

/// The registers of the kind health-definition.
package enum HealthDefinitionRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var components: UInt32 { 2 }
  @inlinable @inline(__always) package static var active: UInt32 { 3 }
}

/// The registers of the kind kpi-target.
package enum KpiTargetRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var indicator: UInt32 { 2 }
  @inlinable @inline(__always) package static var good: UInt32 { 3 }
  @inlinable @inline(__always) package static var warning: UInt32 { 4 }
  @inlinable @inline(__always) package static var unit: UInt32 { 5 }
  @inlinable @inline(__always) package static var active: UInt32 { 6 }
}

/// The registers of the kind plan-template.
package enum PlanTemplateRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var type: UInt32 { 2 }
  @inlinable @inline(__always) package static var description: UInt32 { 3 }
  @inlinable @inline(__always) package static var days: UInt32 { 4 }
}

/// The registers of the kind template-step.
package enum TemplateStepRegister {
  @inlinable @inline(__always) package static var template: UInt32 { 1 }
  @inlinable @inline(__always) package static var type: UInt32 { 2 }
  @inlinable @inline(__always) package static var title: UInt32 { 3 }
  @inlinable @inline(__always) package static var department: UInt32 { 4 }
  @inlinable @inline(__always) package static var priority: UInt32 { 5 }
  @inlinable @inline(__always) package static var dueDays: UInt32 { 6 }
  @inlinable @inline(__always) package static var measure: UInt32 { 7 }
  @inlinable @inline(__always) package static var target: UInt32 { 8 }
  @inlinable @inline(__always) package static var unit: UInt32 { 9 }
  @inlinable @inline(__always) package static var weight: UInt32 { 10 }
  @inlinable @inline(__always) package static var place: UInt32 { 11 }
  @inlinable @inline(__always) package static var serves: UInt32 { 12 }
  @inlinable @inline(__always) package static var detail: UInt32 { 13 }
  @inlinable @inline(__always) package static var baseline: UInt32 { 14 }
}

/// The registers of the kind service-level.
package enum ServiceLevelRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var type: UInt32 { 2 }
  @inlinable @inline(__always) package static var severity: UInt32 { 3 }
  @inlinable @inline(__always) package static var respondHours: UInt32 { 4 }
  @inlinable @inline(__always) package static var resolveHours: UInt32 { 5 }
  @inlinable @inline(__always) package static var active: UInt32 { 6 }
}

/// The registers of the kind exchange-rate.
package enum ExchangeRateRegister {
  @inlinable @inline(__always) package static var currency: UInt32 { 1 }
  @inlinable @inline(__always) package static var into: UInt32 { 2 }
  @inlinable @inline(__always) package static var rate: UInt32 { 3 }
  @inlinable @inline(__always) package static var since: UInt32 { 4 }
}

/// The registers of the kind import-mapping.
package enum ImportMappingRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var rules: UInt32 { 2 }
  @inlinable @inline(__always) package static var description: UInt32 { 3 }
}

/// The registers of the kind account.
package enum AccountRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var slug: UInt32 { 2 }
  @inlinable @inline(__always) package static var counterpart: UInt32 { 3 }
  @inlinable @inline(__always) package static var stage: UInt32 { 4 }
  @inlinable @inline(__always) package static var tier: UInt32 { 5 }
  @inlinable @inline(__always) package static var legalID: UInt32 { 6 }
  @inlinable @inline(__always) package static var website: UInt32 { 7 }
  @inlinable @inline(__always) package static var country: UInt32 { 8 }
  @inlinable @inline(__always) package static var timeZone: UInt32 { 9 }
  @inlinable @inline(__always) package static var currency: UInt32 { 10 }
  @inlinable @inline(__always) package static var industry: UInt32 { 11 }
  @inlinable @inline(__always) package static var purchasingPower: UInt32 { 12 }
  @inlinable @inline(__always) package static var firstContactOn: UInt32 { 13 }
  @inlinable @inline(__always) package static var notes: UInt32 { 14 }
  @inlinable @inline(__always) package static var keyAccount: UInt32 { 15 }
  @inlinable @inline(__always) package static var manager: UInt32 { 16 }
  @inlinable @inline(__always) package static var parent: UInt32 { 17 }
  @inlinable @inline(__always) package static var disengaged: UInt32 { 18 }
  @inlinable @inline(__always) package static var externalID: UInt32 { 19 }
}

/// The registers of the kind division.
package enum DivisionRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var parent: UInt32 { 2 }
}

/// The registers of the kind contact.
package enum ContactRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var title: UInt32 { 2 }
  @inlinable @inline(__always) package static var language: UInt32 { 3 }
  @inlinable @inline(__always) package static var consent: UInt32 { 4 }
  @inlinable @inline(__always) package static var reportsTo: UInt32 { 5 }
  @inlinable @inline(__always) package static var leftOn: UInt32 { 6 }
  @inlinable @inline(__always) package static var notes: UInt32 { 7 }
  @inlinable @inline(__always) package static var division: UInt32 { 8 }
  @inlinable @inline(__always) package static var externalID: UInt32 { 9 }
}

/// The registers of the kind contact-point.
package enum ContactPointRegister {
  @inlinable @inline(__always) package static var contact: UInt32 { 1 }
  @inlinable @inline(__always) package static var type: UInt32 { 2 }
  @inlinable @inline(__always) package static var value: UInt32 { 3 }
  @inlinable @inline(__always) package static var label: UInt32 { 4 }
}

/// The registers of the kind stakeholder-role.
package enum StakeholderRoleRegister {
  @inlinable @inline(__always) package static var contact: UInt32 { 1 }
  @inlinable @inline(__always) package static var plan: UInt32 { 2 }
  @inlinable @inline(__always) package static var role: UInt32 { 3 }
  @inlinable @inline(__always) package static var influence: UInt32 { 4 }
  @inlinable @inline(__always) package static var support: UInt32 { 5 }
  @inlinable @inline(__always) package static var verifiedOn: UInt32 { 6 }
}

/// The registers of the kind influence.
package enum InfluenceRegister {
  @inlinable @inline(__always) package static var fromContact: UInt32 { 1 }
  @inlinable @inline(__always) package static var toContact: UInt32 { 2 }
  @inlinable @inline(__always) package static var type: UInt32 { 3 }
  @inlinable @inline(__always) package static var strength: UInt32 { 4 }
}

/// The registers of the kind privileged-contact.
package enum PrivilegedContactRegister {
  @inlinable @inline(__always) package static var person: UInt32 { 1 }
  @inlinable @inline(__always) package static var deputy: UInt32 { 2 }
  @inlinable @inline(__always) package static var since: UInt32 { 3 }
  @inlinable @inline(__always) package static var cadenceDays: UInt32 { 4 }
}

/// The registers of the kind coverage.
package enum CoverageRegister {
  @inlinable @inline(__always) package static var person: UInt32 { 1 }
  @inlinable @inline(__always) package static var contact: UInt32 { 2 }
  @inlinable @inline(__always) package static var strength: UInt32 { 3 }
  @inlinable @inline(__always) package static var cadenceDays: UInt32 { 4 }
}

/// The registers of the kind plan.
package enum PlanRegister {
  @inlinable @inline(__always) package static var title: UInt32 { 1 }
  @inlinable @inline(__always) package static var period: UInt32 { 2 }
  @inlinable @inline(__always) package static var type: UInt32 { 3 }
  @inlinable @inline(__always) package static var vision: UInt32 { 4 }
  @inlinable @inline(__always) package static var status: UInt32 { 5 }
  @inlinable @inline(__always) package static var owner: UInt32 { 6 }
}

/// The registers of the kind objective.
package enum ObjectiveRegister {
  @inlinable @inline(__always) package static var plan: UInt32 { 1 }
  @inlinable @inline(__always) package static var title: UInt32 { 2 }
  @inlinable @inline(__always) package static var department: UInt32 { 3 }
  @inlinable @inline(__always) package static var metric: UInt32 { 4 }
  @inlinable @inline(__always) package static var baseline: UInt32 { 5 }
  @inlinable @inline(__always) package static var target: UInt32 { 6 }
  @inlinable @inline(__always) package static var current: UInt32 { 7 }
  @inlinable @inline(__always) package static var unit: UInt32 { 8 }
  @inlinable @inline(__always) package static var due: UInt32 { 9 }
  @inlinable @inline(__always) package static var owner: UInt32 { 10 }
  @inlinable @inline(__always) package static var weight: UInt32 { 11 }
  @inlinable @inline(__always) package static var status: UInt32 { 12 }
  @inlinable @inline(__always) package static var shared: UInt32 { 13 }
}

/// The registers of the kind task.
package enum TaskRegister {
  @inlinable @inline(__always) package static var title: UInt32 { 1 }
  @inlinable @inline(__always) package static var detail: UInt32 { 2 }
  @inlinable @inline(__always) package static var department: UInt32 { 3 }
  @inlinable @inline(__always) package static var due: UInt32 { 4 }
  @inlinable @inline(__always) package static var priority: UInt32 { 5 }
  @inlinable @inline(__always) package static var side: UInt32 { 6 }
  @inlinable @inline(__always) package static var plan: UInt32 { 7 }
  @inlinable @inline(__always) package static var objective: UInt32 { 8 }
  @inlinable @inline(__always) package static var requestedBy: UInt32 { 9 }
  @inlinable @inline(__always) package static var progressNote: UInt32 { 10 }
  @inlinable @inline(__always) package static var blockedReason: UInt32 { 11 }
  @inlinable @inline(__always) package static var doneOn: UInt32 { 12 }
  @inlinable @inline(__always) package static var evidence: UInt32 { 13 }
  @inlinable @inline(__always) package static var claimedBy: UInt32 { 14 }
  @inlinable @inline(__always) package static var status: UInt32 { 15 }
  @inlinable @inline(__always) package static var project: UInt32 { 16 }
  @inlinable @inline(__always) package static var externalID: UInt32 { 17 }
}

/// The registers of the kind task-dependency.
package enum TaskDependencyRegister {
  @inlinable @inline(__always) package static var task: UInt32 { 1 }
  @inlinable @inline(__always) package static var needs: UInt32 { 2 }
}

/// The registers of the kind task-role.
package enum TaskRoleRegister {
  @inlinable @inline(__always) package static var task: UInt32 { 1 }
  @inlinable @inline(__always) package static var person: UInt32 { 2 }
  @inlinable @inline(__always) package static var role: UInt32 { 3 }
}

/// The registers of the kind department-expectation.
package enum DepartmentExpectationRegister {
  @inlinable @inline(__always) package static var department: UInt32 { 1 }
  @inlinable @inline(__always) package static var statement: UInt32 { 2 }
  @inlinable @inline(__always) package static var measure: UInt32 { 3 }
  @inlinable @inline(__always) package static var due: UInt32 { 4 }
  @inlinable @inline(__always) package static var status: UInt32 { 5 }
  @inlinable @inline(__always) package static var note: UInt32 { 6 }
}

/// The registers of the kind project.
package enum ProjectRegister {
  @inlinable @inline(__always) package static var name: UInt32 { 1 }
  @inlinable @inline(__always) package static var period: UInt32 { 2 }
  @inlinable @inline(__always) package static var budget: UInt32 { 3 }
  @inlinable @inline(__always) package static var status: UInt32 { 4 }
  @inlinable @inline(__always) package static var expectations: UInt32 { 5 }
  @inlinable @inline(__always) package static var owner: UInt32 { 6 }
  @inlinable @inline(__always) package static var shared: UInt32 { 7 }
}

/// The registers of the kind swot-item.
package enum SwotItemRegister {
  @inlinable @inline(__always) package static var quadrant: UInt32 { 1 }
  @inlinable @inline(__always) package static var text: UInt32 { 2 }
  @inlinable @inline(__always) package static var evidence: UInt32 { 3 }
  @inlinable @inline(__always) package static var rank: UInt32 { 4 }
  @inlinable @inline(__always) package static var plan: UInt32 { 5 }
}

/// The registers of the kind whitespace-cell.
package enum WhitespaceCellRegister {
  @inlinable @inline(__always) package static var division: UInt32 { 1 }
  @inlinable @inline(__always) package static var product: UInt32 { 2 }
  @inlinable @inline(__always) package static var state: UInt32 { 3 }
  @inlinable @inline(__always) package static var potential: UInt32 { 4 }
  @inlinable @inline(__always) package static var competitor: UInt32 { 5 }
}

/// The registers of the kind opportunity.
package enum OpportunityRegister {
  @inlinable @inline(__always) package static var title: UInt32 { 1 }
  @inlinable @inline(__always) package static var division: UInt32 { 2 }
  @inlinable @inline(__always) package static var product: UInt32 { 3 }
  @inlinable @inline(__always) package static var amount: UInt32 { 4 }
  @inlinable @inline(__always) package static var stage: UInt32 { 5 }
  @inlinable @inline(__always) package static var closesOn: UInt32 { 6 }
  @inlinable @inline(__always) package static var owner: UInt32 { 7 }
  @inlinable @inline(__always) package static var externalID: UInt32 { 8 }
}

/// The registers of the kind observation.
package enum ObservationRegister {
  @inlinable @inline(__always) package static var type: UInt32 { 1 }
  @inlinable @inline(__always) package static var about: UInt32 { 2 }
  @inlinable @inline(__always) package static var statement: UInt32 { 3 }
  @inlinable @inline(__always) package static var source: UInt32 { 4 }
  @inlinable @inline(__always) package static var confidence: UInt32 { 5 }
  @inlinable @inline(__always) package static var contact: UInt32 { 6 }
  @inlinable @inline(__always) package static var observedOn: UInt32 { 7 }
  @inlinable @inline(__always) package static var interview: UInt32 { 8 }
}

/// The registers of the kind interview.
package enum InterviewRegister {
  @inlinable @inline(__always) package static var title: UInt32 { 1 }
  @inlinable @inline(__always) package static var guide: UInt32 { 2 }
  @inlinable @inline(__always) package static var contact: UInt32 { 3 }
  @inlinable @inline(__always) package static var occurredAt: UInt32 { 4 }
  @inlinable @inline(__always) package static var answers: UInt32 { 5 }
  @inlinable @inline(__always) package static var insights: UInt32 { 6 }
  @inlinable @inline(__always) package static var finalised: UInt32 { 7 }
}

/// The registers of the kind survey-campaign.
package enum SurveyCampaignRegister {
  @inlinable @inline(__always) package static var title: UInt32 { 1 }
  @inlinable @inline(__always) package static var template: UInt32 { 2 }
  @inlinable @inline(__always) package static var population: UInt32 { 3 }
  @inlinable @inline(__always) package static var period: UInt32 { 4 }
  @inlinable @inline(__always) package static var status: UInt32 { 5 }
}

/// The registers of the kind survey-invitation.
package enum SurveyInvitationRegister {
  @inlinable @inline(__always) package static var campaign: UInt32 { 1 }
  @inlinable @inline(__always) package static var contact: UInt32 { 2 }
  @inlinable @inline(__always) package static var channel: UInt32 { 3 }
  @inlinable @inline(__always) package static var invitedAt: UInt32 { 4 }
}

/// The registers of the kind survey-response.
package enum SurveyResponseRegister {
  @inlinable @inline(__always) package static var campaign: UInt32 { 1 }
  @inlinable @inline(__always) package static var contact: UInt32 { 2 }
  @inlinable @inline(__always) package static var score: UInt32 { 3 }
  @inlinable @inline(__always) package static var answers: UInt32 { 4 }
  @inlinable @inline(__always) package static var remark: UInt32 { 5 }
  @inlinable @inline(__always) package static var occurredAt: UInt32 { 6 }
  @inlinable @inline(__always) package static var externalID: UInt32 { 7 }
}

/// The registers of the kind external-review.
package enum ExternalReviewRegister {
  @inlinable @inline(__always) package static var site: UInt32 { 1 }
  @inlinable @inline(__always) package static var url: UInt32 { 2 }
  @inlinable @inline(__always) package static var stars: UInt32 { 3 }
  @inlinable @inline(__always) package static var scaleMax: UInt32 { 4 }
  @inlinable @inline(__always) package static var text: UInt32 { 5 }
  @inlinable @inline(__always) package static var occurredAt: UInt32 { 6 }
  @inlinable @inline(__always) package static var externalID: UInt32 { 7 }
}

/// The registers of the kind service-request.
package enum ServiceRequestRegister {
  @inlinable @inline(__always) package static var subject: UInt32 { 1 }
  @inlinable @inline(__always) package static var type: UInt32 { 2 }
  @inlinable @inline(__always) package static var problem: UInt32 { 3 }
  @inlinable @inline(__always) package static var channel: UInt32 { 4 }
  @inlinable @inline(__always) package static var severity: UInt32 { 5 }
  @inlinable @inline(__always) package static var contact: UInt32 { 6 }
  @inlinable @inline(__always) package static var openedAt: UInt32 { 7 }
  @inlinable @inline(__always) package static var department: UInt32 { 8 }
  @inlinable @inline(__always) package static var assignee: UInt32 { 9 }
  @inlinable @inline(__always) package static var detail: UInt32 { 10 }
  @inlinable @inline(__always) package static var externalID: UInt32 { 11 }
}

/// The registers of the kind request-event.
package enum RequestEventRegister {
  @inlinable @inline(__always) package static var request: UInt32 { 1 }
  @inlinable @inline(__always) package static var type: UInt32 { 2 }
  @inlinable @inline(__always) package static var occurredAt: UInt32 { 3 }
  @inlinable @inline(__always) package static var by: UInt32 { 4 }
  @inlinable @inline(__always) package static var note: UInt32 { 5 }
}

/// The registers of the kind communication-item.
package enum CommunicationItemRegister {
  @inlinable @inline(__always) package static var objective: UInt32 { 1 }
  @inlinable @inline(__always) package static var audience: UInt32 { 2 }
  @inlinable @inline(__always) package static var contact: UInt32 { 3 }
  @inlinable @inline(__always) package static var segment: UInt32 { 4 }
  @inlinable @inline(__always) package static var message: UInt32 { 5 }
  @inlinable @inline(__always) package static var channel: UInt32 { 6 }
  @inlinable @inline(__always) package static var cadenceDays: UInt32 { 7 }
  @inlinable @inline(__always) package static var owner: UInt32 { 8 }
  @inlinable @inline(__always) package static var strategy: UInt32 { 9 }
}

/// The registers of the kind communication-sent.
package enum CommunicationSentRegister {
  @inlinable @inline(__always) package static var item: UInt32 { 1 }
  @inlinable @inline(__always) package static var contact: UInt32 { 2 }
  @inlinable @inline(__always) package static var occurredAt: UInt32 { 3 }
  @inlinable @inline(__always) package static var by: UInt32 { 4 }
  @inlinable @inline(__always) package static var note: UInt32 { 5 }
}

/// The registers of the kind interaction.
package enum InteractionRegister {
  @inlinable @inline(__always) package static var summary: UInt32 { 1 }
  @inlinable @inline(__always) package static var channel: UInt32 { 2 }
  @inlinable @inline(__always) package static var direction: UInt32 { 3 }
  @inlinable @inline(__always) package static var contact: UInt32 { 4 }
  @inlinable @inline(__always) package static var occurredAt: UInt32 { 5 }
  @inlinable @inline(__always) package static var nextStep: UInt32 { 6 }
  @inlinable @inline(__always) package static var by: UInt32 { 7 }
}

/// The registers of the kind comment.
package enum CommentRegister {
  @inlinable @inline(__always) package static var about: UInt32 { 1 }
  @inlinable @inline(__always) package static var aboutKind: UInt32 { 2 }
  @inlinable @inline(__always) package static var text: UInt32 { 3 }
  @inlinable @inline(__always) package static var author: UInt32 { 4 }
  @inlinable @inline(__always) package static var writtenMs: UInt32 { 5 }
}

/// The registers of the kind business-review.
package enum BusinessReviewRegister {
  @inlinable @inline(__always) package static var title: UInt32 { 1 }
  @inlinable @inline(__always) package static var period: UInt32 { 2 }
  @inlinable @inline(__always) package static var agenda: UInt32 { 3 }
  @inlinable @inline(__always) package static var minutes: UInt32 { 4 }
  @inlinable @inline(__always) package static var rating: UInt32 { 5 }
  @inlinable @inline(__always) package static var heldOn: UInt32 { 6 }
  @inlinable @inline(__always) package static var finalised: UInt32 { 7 }
  @inlinable @inline(__always) package static var digest: UInt32 { 8 }
}

/// The registers of the kind criterion-score.
package enum CriterionScoreRegister {
  @inlinable @inline(__always) package static var criterion: UInt32 { 1 }
  @inlinable @inline(__always) package static var score: UInt32 { 2 }
  @inlinable @inline(__always) package static var rationale: UInt32 { 3 }
  @inlinable @inline(__always) package static var scoredOn: UInt32 { 4 }
}

/// The registers of the kind segment-member.
package enum SegmentMemberRegister {
  @inlinable @inline(__always) package static var segment: UInt32 { 1 }
  @inlinable @inline(__always) package static var reason: UInt32 { 2 }
}

/// The registers of the kind participant.
package enum ParticipantRegister {
  @inlinable @inline(__always) package static var about: UInt32 { 1 }
  @inlinable @inline(__always) package static var contact: UInt32 { 2 }
  @inlinable @inline(__always) package static var person: UInt32 { 3 }
}

/// The registers of the kind sale.
package enum SaleRegister {
  @inlinable @inline(__always) package static var occurredOn: UInt32 { 1 }
  @inlinable @inline(__always) package static var product: UInt32 { 2 }
  @inlinable @inline(__always) package static var division: UInt32 { 3 }
  @inlinable @inline(__always) package static var type: UInt32 { 4 }
  @inlinable @inline(__always) package static var revenue: UInt32 { 5 }
  @inlinable @inline(__always) package static var cost: UInt32 { 6 }
  @inlinable @inline(__always) package static var order: UInt32 { 7 }
  @inlinable @inline(__always) package static var source: UInt32 { 8 }
  @inlinable @inline(__always) package static var strategy: UInt32 { 9 }
  @inlinable @inline(__always) package static var externalID: UInt32 { 10 }
}

/// The registers of the kind cost-event.
package enum CostEventRegister {
  @inlinable @inline(__always) package static var type: UInt32 { 1 }
  @inlinable @inline(__always) package static var occurredOn: UInt32 { 2 }
  @inlinable @inline(__always) package static var amount: UInt32 { 3 }
  @inlinable @inline(__always) package static var strategy: UInt32 { 4 }
  @inlinable @inline(__always) package static var note: UInt32 { 5 }
}

/// The registers of the kind revenue-target.
package enum RevenueTargetRegister {
  @inlinable @inline(__always) package static var period: UInt32 { 1 }
  @inlinable @inline(__always) package static var product: UInt32 { 2 }
  @inlinable @inline(__always) package static var revenue: UInt32 { 3 }
  @inlinable @inline(__always) package static var margin: UInt32 { 4 }
  @inlinable @inline(__always) package static var locked: UInt32 { 5 }
}

/// The registers of the kind profitability-target.
package enum ProfitabilityTargetRegister {
  @inlinable @inline(__always) package static var period: UInt32 { 1 }
  @inlinable @inline(__always) package static var marginRate: UInt32 { 2 }
  @inlinable @inline(__always) package static var margin: UInt32 { 3 }
  @inlinable @inline(__always) package static var note: UInt32 { 4 }
}

/// The registers of the kind contract.
package enum ContractRegister {
  @inlinable @inline(__always) package static var title: UInt32 { 1 }
  @inlinable @inline(__always) package static var period: UInt32 { 2 }
  @inlinable @inline(__always) package static var value: UInt32 { 3 }
  @inlinable @inline(__always) package static var noticeDays: UInt32 { 4 }
  @inlinable @inline(__always) package static var renews: UInt32 { 5 }
  @inlinable @inline(__always) package static var status: UInt32 { 6 }
}

/// The values of PlanStatus. A newer version may know more.
package enum PlanStatus {
  @inlinable @inline(__always) package static var draft: Int64 { 1 }
  @inlinable @inline(__always) package static var submitted: Int64 { 2 }
  @inlinable @inline(__always) package static var approved: Int64 { 3 }
  @inlinable @inline(__always) package static var rejected: Int64 { 4 }
  @inlinable @inline(__always) package static var archived: Int64 { 5 }
}

/// The values of ObjectiveStatus. A newer version may know more.
package enum ObjectiveStatus {
  @inlinable @inline(__always) package static var notStarted: Int64 { 1 }
  @inlinable @inline(__always) package static var inProgress: Int64 { 2 }
  @inlinable @inline(__always) package static var achieved: Int64 { 3 }
  @inlinable @inline(__always) package static var deferred: Int64 { 4 }
  @inlinable @inline(__always) package static var cancelled: Int64 { 5 }
}

/// The values of TaskStatus. A newer version may know more.
package enum TaskStatus {
  @inlinable @inline(__always) package static var open: Int64 { 1 }
  @inlinable @inline(__always) package static var claimed: Int64 { 2 }
  @inlinable @inline(__always) package static var inProgress: Int64 { 3 }
  @inlinable @inline(__always) package static var blocked: Int64 { 4 }
  @inlinable @inline(__always) package static var done: Int64 { 5 }
  @inlinable @inline(__always) package static var cancelled: Int64 { 6 }
}

/// The values of ExpectationStatus. A newer version may know more.
package enum ExpectationStatus {
  @inlinable @inline(__always) package static var open: Int64 { 1 }
  @inlinable @inline(__always) package static var met: Int64 { 2 }
  @inlinable @inline(__always) package static var missed: Int64 { 3 }
  @inlinable @inline(__always) package static var dropped: Int64 { 4 }
}

/// The values of ProjectStatus. A newer version may know more.
package enum ProjectStatus {
  @inlinable @inline(__always) package static var planned: Int64 { 1 }
  @inlinable @inline(__always) package static var running: Int64 { 2 }
  @inlinable @inline(__always) package static var done: Int64 { 3 }
  @inlinable @inline(__always) package static var stopped: Int64 { 4 }
}

/// The values of SwotQuadrant. A newer version may know more.
package enum SwotQuadrant {
  @inlinable @inline(__always) package static var strength: Int64 { 1 }
  @inlinable @inline(__always) package static var weakness: Int64 { 2 }
  @inlinable @inline(__always) package static var opportunity: Int64 { 3 }
  @inlinable @inline(__always) package static var threat: Int64 { 4 }
}

/// The values of OpportunityStage. A newer version may know more.
package enum OpportunityStage {
  @inlinable @inline(__always) package static var identified: Int64 { 1 }
  @inlinable @inline(__always) package static var qualified: Int64 { 2 }
  @inlinable @inline(__always) package static var proposed: Int64 { 3 }
  @inlinable @inline(__always) package static var negotiating: Int64 { 4 }
  @inlinable @inline(__always) package static var won: Int64 { 5 }
  @inlinable @inline(__always) package static var lost: Int64 { 6 }
}

/// The values of CampaignStatus. A newer version may know more.
package enum CampaignStatus {
  @inlinable @inline(__always) package static var draft: Int64 { 1 }
  @inlinable @inline(__always) package static var open: Int64 { 2 }
  @inlinable @inline(__always) package static var closed: Int64 { 3 }
}

/// The values of SaleType. A newer version may know more.
package enum SaleType {
  @inlinable @inline(__always) package static var sale: Int64 { 1 }
  @inlinable @inline(__always) package static var creditNote: Int64 { 2 }
}

/// The values of ContractStatus. A newer version may know more.
package enum ContractStatus {
  @inlinable @inline(__always) package static var draft: Int64 { 1 }
  @inlinable @inline(__always) package static var active: Int64 { 2 }
  @inlinable @inline(__always) package static var ended: Int64 { 3 }
  @inlinable @inline(__always) package static var cancelled: Int64 { 4 }
}
