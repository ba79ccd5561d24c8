import Speech
import Wording
import Workbench

/// A plan with what it begins with, in one edit: "kam plan new acme --template expand"
struct NewPlan: Command {
  static let name = "plan new"
  static let about: Phrase = "Make a plan from a template: objectives, tasks and expectations at once."
  static let more: Phrase = """
    Shipped are acquire, expand, retain and partnership; `kam plan templates` lists them with the organisation's own. \
    `kam plan-template adopt expand` copies one into the directory, where it can be edited. What a template asks of \
    a department that is not engaged in the account is left out, and told.
    """

  @Takes("ACCOUNT", "The account.") var account: String
  @Takes("NAME --template", "The template.") var template: String
  @Takes("--title TEXT", "What the plan is called; without it the template's name and the year.") var title:
    String?
  @Takes("--from DAY", "Its first day; without it today.") var from: String?
  @Takes("--to DAY", "Its last day; without it by the template.") var to: String?
  @Takes("--owner WHO", "Who answers for it; without it you.") var owner: String?
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let receipt = try workspace.makePlan(
      of: account, from: template, title: title, from: from, to: to, owner: owner)
    if json.isWanted {
      workspace.console.document(JSON.array(try workspace.json(receipt.records)).document)
    } else {
      workspace.console.say(receipt.sentence)
    }
    for note in receipt.notes { workspace.console.note(note) }
  }
}

/// "kam plan templates"
struct ListTemplates: Command {
  static let name = "plan templates"
  static let about: Phrase = "List the templates that a plan can be made from."
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    let templates = try workspace.planTemplates()
    if json.isWanted {
      return workspace.console.document(
        JSON.array(
          templates.map { template in
            .object([
              ("name", .text(template.name)), ("type", template.type.map(JSON.text) ?? .null),
              ("days", .integer(Int(template.days))), ("steps", .integer(template.steps.count)),
              ("shipped", .flag(template.isBuiltIn)), ("description", .text(template.summary)),
            ])
          }
        ).document)
    }
    var table = Table([
      .init(title: .word("name"), isKey: true), .init(title: "steps", isNumber: true),
      .init(title: "from"), .init(title: .word("description"), shrinks: true),
    ])
    for template in templates {
      table.add([
        template.name, "\(template.steps.count)",
        workspace.said(template.isBuiltIn ? "shipped" : "the organisation"), oneLine(template.summary),
      ])
    }
    workspace.console.show(table)
  }
}

/// "kam plan-template adopt expand"
struct AdoptTemplate: Command {
  static let name = "plan-template adopt"
  static let about: Phrase = "Copy a shipped template into the directory, to edit it there."
  static let more: Phrase =
    "Its steps are then edited with `kam template-step`."
  @Takes("NAME", "The shipped template.") var name: String
  let json = JSONOutput()

  func run(in shell: Shell) throws {
    let workspace = try Workspace(shell)
    try workspace.tell(try workspace.adoptTemplate(name), asJSON: json.isWanted)
  }
}
