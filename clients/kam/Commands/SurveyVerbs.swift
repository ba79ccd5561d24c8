import PlanModel
import Replica
import Speech
import Views
import Wording
import Workbench

// A campaign as work: invite, take answers, read the result. Opening and closing are steps (StateVerbs).

/// "kam survey-campaign invite": who is asked.
struct InviteToCampaign: Command {
  static let name = "survey-campaign invite"
  static let about: Phrase = "Note who was asked to answer."
  static let more: Phrase =
    "kam sends nothing itself: it keeps who was asked, so that the share who answered is known."

  @Takes("CAMPAIGN", "The campaign.") var campaign: String
  @Takes("CONTACT", "Contacts, by handle or name.") var contacts: [String] = []
  @Takes("--all", "Every contact of the account who has not left.") var all = false
  @Takes("--channel CHANNEL", "How: email, call, meeting, …") var channel = "email"
  let json = JSONOutput()

  func validate() throws {
    guard all != !contacts.isEmpty else { throw Failure.usage("Name contacts, or give --all.") }
  }

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt = try workspace.invite(all ? nil : contacts, to: campaign, by: channel)
    if json.isWanted {
      return workspace.console.document(JSON.array(try workspace.json(receipt.records)).document)
    }
    workspace.console.say(receipt.sentence)
    for note in receipt.notes { workspace.console.say(note, .dim) }
  }
}

/// "kam survey-campaign answer": what somebody answered.
struct AnswerCampaign: Command {
  static let name = "survey-campaign answer"
  static let about: Phrase = "Keep what somebody answered."
  static let more: Phrase = """
    Whoever answers a second time is heard once, with the later answer; both are kept. Many answers come faster from a \
    file: kam import.
    """

  @Takes("CAMPAIGN", "The campaign.") var campaign: String
  @Takes("CONTACT", "The contact, by handle or name.") var contact: String
  @Takes("SCORE", "The score.") var score: Int
  @Takes("--answer TEXT", "An answer to another question; can be repeated.") var answer: [String] = []
  @Takes("--remark TEXT", "What else they said.") var remark: String?
  @Takes("--at WHEN", "When: now, a day, or \"YYYY-MM-DD HH:MM\".") var at = "now"
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt = try workspace.answer(
      campaign, of: contact, score: score, answers: answer, remark: remark, at: at)
    try workspace.tell(receipt, asJSON: json.isWanted)
  }
}

/// "kam survey-campaign result": what came of it.
struct CampaignResult: Command {
  static let name = "survey-campaign result"
  static let about: Phrase = "What a campaign found: score with interval, who answered, and the remarks."

  @Takes("CAMPAIGN", "The campaign.") var campaign: String
  @Takes("--explain", "Say how each figure is made: formula, records used, records left out and why.")
  var explain = false
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.show(json) {
      try CampaignReport(
        workspace, campaign: workspace.find(campaign, kind: .surveyCampaign), explains: explain)
    }
  }
}

/// "kam interview observe": what an interview teaches, as an observation that segments can ask for.
struct ObserveInInterview: Command {
  static let name = "interview observe"
  static let about: Phrase = "Keep what an interview teaches; rules of segments can ask for it."
  static let more: Phrase =
    "ABOUT is behaviour, habit, preference, need or expectation."

  @Takes("INTERVIEW", "The interview.") var interview: String
  @Takes("ABOUT", "What it is about.") var about: String
  @Takes("STATEMENT", "What was seen.") var statement: String
  @Takes("--confidence PERCENT", "How sure, percent.") var confidence: Int?
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt = try workspace.observe(in: interview, about: about, statement, confidence: confidence)
    try workspace.tell(receipt, asJSON: json.isWanted)
    if !json.isWanted { for note in receipt.notes { workspace.console.say(note, .dim) } }
  }
}
