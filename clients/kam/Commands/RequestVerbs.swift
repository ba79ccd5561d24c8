import Speech
import Wording
import Workbench

/// What happens to a service request as a verb: "kam service-request resolve 8Q8A --note …".
protocol OutcomeVerb: SendableMetatype {
  static var verb: String { get }
  static var outcome: RequestOutcome { get }
  static var abstract: Phrase { get }
}

enum Respond: OutcomeVerb {
  static let verb = "respond"
  static let outcome = RequestOutcome.responded
  static let abstract: Phrase = "Say that a request was answered."
}
enum Resolve: OutcomeVerb {
  static let verb = "resolve"
  static let outcome = RequestOutcome.resolved
  static let abstract: Phrase = "Say that what was asked is done."
}
enum Reopen: OutcomeVerb {
  static let verb = "reopen"
  static let outcome = RequestOutcome.reopened
  static let abstract: Phrase = "Say that it was not done after all."
}
enum Close: OutcomeVerb {
  static let verb = "close"
  static let outcome = RequestOutcome.closed
  static let abstract: Phrase = "End a request, done or not."
}
enum Escalate: OutcomeVerb {
  static let verb = "escalate"
  static let outcome = RequestOutcome.escalated
  static let abstract: Phrase = "Say that it was passed on."
}

/// Adds a request's event: what happened is never edited, so two people who answer at once are both heard.
struct TellOfRequest<O: OutcomeVerb>: Command {
  static var name: String { "service-request \(O.verb)" }
  static var about: Phrase { O.abstract }
  static var more: Phrase {
    "It is kept as an event of the request; `kam service-request show` lists them."
  }

  @Takes("REQUEST", "The request.") var request: String
  @Takes("--note TEXT", "What was said or done.") var note: String?
  @Takes("--at WHEN", "When: now, a day, or \"YYYY-MM-DD HH:MM\".") var at = "now"
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt = try workspace.tell(of: request, O.outcome, at: at, note: note)
    try workspace.tell(receipt, asJSON: json.isWanted)
  }
}
