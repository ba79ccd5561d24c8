import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

/// What happens to a service request, each a verb: "kam service-request resolve 8Q8A --note …".
protocol RequestOutcome: SendableMetatype {
  static var verb: String { get }
  /// As RequestEvent's type has it.
  static var event: String { get }
  static var abstract: Phrase { get }
}

enum Respond: RequestOutcome {
  static let verb = "respond"
  static let event = "responded"
  static let abstract: Phrase = "Say that a request was answered."
}
enum Resolve: RequestOutcome {
  static let verb = "resolve"
  static let event = "resolved"
  static let abstract: Phrase = "Say that what was asked is done."
}
enum Reopen: RequestOutcome {
  static let verb = "reopen"
  static let event = "reopened"
  static let abstract: Phrase = "Say that it was not done after all."
}
enum Close: RequestOutcome {
  static let verb = "close"
  static let event = "closed"
  static let abstract: Phrase = "End a request, done or not."
}
enum Escalate: RequestOutcome {
  static let verb = "escalate"
  static let event = "escalated"
  static let abstract: Phrase = "Say that it was passed on."
}

/// Adds a request's event: what happened is never edited, so two people who answer at once are both heard.
struct TellOfRequest<O: RequestOutcome>: Command {
  static var name: String { "service-request \(O.verb)" }
  static var about: Phrase { O.abstract }
  static var more: Phrase {
    "It is kept as an event of the request; `kam service-request show` lists them."
  }

  @Takes("REQUEST", "The request.") var request: String
  @Takes("--note TEXT", "What was said or done.") var note: String?
  @Takes("--at WHEN", "When: now, a day, or \"YYYY-MM-DD HH:MM\".") var at = "now"
  let json = JSONOutput()

  func run() throws {
    let workspace = try Workspace()
    let request = try workspace.find(request, kind: .serviceRequest)
    let kind = KindDescription.requestEvent
    var given: [Assignment] = []
    for (name, text) in [("type", O.event), ("occurred-at", at), ("note", note)] {
      guard let text, let register = kind.register(named: name) else { continue }
      given.append((register.number, try workspace.value(text, for: register, in: request.scope)))
    }
    if let register = kind.register(named: "request") {
      given.append((register.number, .reference(request.id)))
    }
    let values = try workspace.complete(given, kind)
    let id = workspace.newID()
    try workspace.edit(in: request.scope, "\(O.event) \(try workspace.name(request))") { draft in
      try draft.create(id, kind: kind.number, values)
    }
    guard let view = try workspace.replica.record(id, in: request.scope) else { return }
    if json.isWanted { return workspace.console.document(try workspace.json([view])[0].document) }
    workspace.console.say(
      "\(capitalized(.word(O.event))): \(try workspace.name(request)) \(workspace.quotedTitle(request) + (try workspace.place(of: request))); waiting to sync."
    )
  }
}
