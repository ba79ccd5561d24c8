import Indicators
import PlanModel
import Replica
import Speech
import SyncCore
import Wording

// A campaign as work: invite, take answers. Opening and closing are steps (RecordStep).

extension Workbench {
  /// Notes who was asked to answer. Those who were asked before are not noted again.
  ///
  /// - Parameters:
  ///   - contacts: By handle or name; nil: every contact of the account who has not left.
  ///   - channel: How, as typed.
  /// - Returns: the invitations.
  package func invite(_ contacts: [String]?, to campaign: String, by channel: String) throws -> Receipt {
    try asOne {
      let (campaign, account) = try openCampaign(campaign)
      let kind = KindDescription.surveyInvitation
      let invited = Set(
        try records(kind, of: account)
          .filter { $0.reference(SurveyInvitationRegister.campaign) == campaign.id }
          .compactMap { $0.reference(SurveyInvitationRegister.contact) })
      let asked = try contacts.map { try named($0, of: account) } ?? staying(in: account)
      let values = try asked.filter { !invited.contains($0.id) }.map { contact in
        try complete(
          assignments(typed: [(SurveyInvitationRegister.channel, channel)], of: kind, in: .directory) + [
            (SurveyInvitationRegister.campaign, .reference(campaign.id)),
            (SurveyInvitationRegister.contact, .reference(contact.id)),
          ], kind)
      }
      let ids = values.map { _ in newID() }
      if !ids.isEmpty {
        try edit(in: campaign.scope, "invited \(ids.count)") { draft in
          for (id, value) in zip(ids, values) { try draft.create(id, kind: kind.number, value) }
        }
      }
      let before = asked.count - ids.count
      return Receipt(
        try ids.compactMap { try replica.record($0, in: campaign.scope) }, isChanged: !ids.isEmpty,
        "Invited \(counted(ids.count, "contact")) to \(try name(campaign)) \(quotedTitle(campaign) + (try place(of: campaign))); waiting to sync.",
        notes: before > 0 ? ["\(counted(before, "contact")) invited before."] : [])
    }
  }

  private func named(_ contacts: [String], of account: RecordID) throws -> [RecordView] {
    var named: [RecordView] = []
    for contact in try contacts.map({ try contact($0, of: account) })
    where !named.contains(where: { $0.id == contact.id }) { named.append(contact) }
    return named
  }

  private func staying(in account: RecordID) throws -> [RecordView] {
    let today = moments.day(after: 0)
    let staying = try records(.contact, of: account).filter {
      $0.day(ContactRegister.leftOn).map { $0 > today } ?? true
    }
    guard !staying.isEmpty else {
      throw Failure.refused("The account has no contacts: \(action: .addContact)")
    }
    return staying
  }

  /// Keeps what somebody answered.
  ///
  /// - Parameters:
  ///   - answers: To other questions.
  ///   - remark: What else they said.
  ///   - moment: When, as typed.
  package func answer(
    _ campaign: String, of contact: String, score: Int, answers: [String] = [], remark: String? = nil,
    at moment: String = "now"
  ) throws -> Receipt {
    try asOne {
      let (campaign, account) = try openCampaign(campaign)
      let contact = try self.contact(contact, of: account)
      try check(score, campaign)
      let typed = try assignments(
        typed: [
          (SurveyResponseRegister.answers, answers.isEmpty ? nil : answers.joined(separator: "\n")),
          (SurveyResponseRegister.remark, remark), (SurveyResponseRegister.occurredAt, moment),
        ], of: .surveyResponse, in: campaign.scope)
      let view = try make(
        .surveyResponse, in: campaign.scope, "answered \(title(campaign))",
        typed + [
          (SurveyResponseRegister.campaign, .reference(campaign.id)),
          (SurveyResponseRegister.contact, .reference(contact.id)),
          (SurveyResponseRegister.score, .integer(Int64(score))),
        ])
      return Receipt(
        [view],
        "Kept: \(title(contact)) answered \(score) in \(quotedTitle(campaign) + (try place(of: campaign))); waiting to sync."
      )
    }
  }

  private func check(_ score: Int, _ campaign: RecordView) throws {
    guard let template = try surveyTemplate(of: campaign) else { return }
    let measure = template.choice(SurveyTemplateRegister.type).flatMap(Measure.init(rawValue:))
    let lowest = measure == .nps ? 0 : 1
    let highest =
      template.integer(SurveyTemplateRegister.scaleMax).map { Int($0) } ?? measure?.scaleMaxDefault ?? 100
    guard (min(lowest, highest)...highest).contains(score) else {
      throw Failure.usage(
        "\(score) is not on the scale of \(quotedTitle(template)): \(lowest) to \(highest).")
    }
  }

  /// Keeps what an interview teaches, as an observation that segments can ask for.
  ///
  /// - Parameters:
  ///   - about: Behaviour, habit, preference, need or expectation, as typed.
  ///   - statement: What was seen.
  ///   - confidence: How sure, percent.
  package func observe(
    in interview: String, about: String, _ statement: String, confidence: Int? = nil
  ) throws -> Receipt {
    try asOne {
      let interview = try find(interview, kind: .interview)
      let kind = KindDescription.observation
      let day = interview.integer(InterviewRegister.occurredAt).map {
        PlanDate(milliseconds: $0).description
      }
      let source = reader.said("Interview “\(title(interview))”")
      let typed = try assignments(
        typed: [
          (ObservationRegister.about, about), (ObservationRegister.statement, statement),
          (ObservationRegister.source, source), (ObservationRegister.observedOn, day ?? "today"),
          (ObservationRegister.confidence, confidence.map { "\($0)" }),
        ], of: kind, in: interview.scope)
      let view = try make(
        kind, in: interview.scope, "observed in \(title(interview))",
        typed + [
          (ObservationRegister.type, kind.choice("research", of: ObservationRegister.type)),
          (ObservationRegister.interview, .reference(interview.id)),
          (
            ObservationRegister.contact,
            interview.reference(InterviewRegister.contact).map(RegisterValue.reference)
          ),
        ])
      let isOpen = !interview.flag(InterviewRegister.finalised)
      return Receipt(
        [view],
        "Kept \(try name(view)) \(quotedTitle(view) + (try place(of: view))); waiting to sync.",
        notes: isOpen
          ? [
            "The interview is not finalised yet: \(action: .finalise(interview: try handle(interview.id)))"
          ] : [])
    }
  }

  // MARK: -

  /// The living records of a kind that an account has.
  private func records(_ kind: KindDescription, of account: RecordID) throws -> [RecordView] {
    try replica.records(ofKind: kind.number, account: account, where: { _, alive in alive })
  }

  func surveyTemplate(of campaign: RecordView) throws -> RecordView? {
    try campaign.reference(SurveyCampaignRegister.template).flatMap {
      try replica.record($0, from: campaign.scope)
    }
  }

  /// - Throws: ``Failure`` when it takes no answers.
  private func openCampaign(_ text: String) throws -> (campaign: RecordView, account: RecordID) {
    let campaign = try find(text, kind: .surveyCampaign)
    guard let account = campaign.scope.account else { throw ReplicaError.unknownScope(campaign.scope) }
    switch campaign.chosen(SurveyCampaignRegister.status) {
    case CampaignStatus.open: return (campaign, account)
    case CampaignStatus.closed:
      throw Failure.refused("\(quotedTitle(campaign)) is closed: it takes no more answers.")
    default:
      throw Failure.refused(
        "\(quotedTitle(campaign)) is not open yet: \(action: .open(campaign: try handle(campaign.id)))")
    }
  }

  /// A contact of the account, by name or as any record is named.
  private func contact(_ text: String, of account: RecordID) throws -> RecordView {
    let named = try records(.contact, of: account).filter {
      Speech.folded($0.text(ContactRegister.name) ?? "") == Speech.folded(text)
    }
    if named.count == 1 { return named[0] }
    if named.count > 1 {
      let handles = try replica.handles(for: named.map(\.id))
      throw Failure.ambiguous(
        "“\(text)” is the name of several contacts; use a handle:",
        named.map { "\(handles[$0.id]?.description ?? "")  \(title($0))" })
    }
    let view = try find(text, kind: .contact)
    guard view.scope.account == account else {
      throw Failure.refused("\(quotedTitle(view)) is a contact of another account.")
    }
    return view
  }
}
