import Wording

/// What a manager reads before a meeting: one account on one page.
package struct AccountPage: Equatable, Sendable, Encodable {
  package let head: Head
  /// nil: its reader looks for the first time.
  package let news: News?
  package let people: People
  package let figures: [FigureLine]
  package let objectives: Section<Objective>
  package let tasks: Tasks
  package let communication: Section<RecordLine>
  package let interactions: [Interaction]
  package let requests: Section<RecordLine>
  package let opportunities: Section<RecordLine>
  package let swot: [Section<String>]
  package let comments: Section<CommentText>

  package init(
    head: Head, news: News?, people: People, figures: [FigureLine], objectives: Section<Objective>,
    tasks: Tasks, communication: Section<RecordLine>, interactions: [Interaction],
    requests: Section<RecordLine>, opportunities: Section<RecordLine>, swot: [Section<String>],
    comments: Section<CommentText>
  ) {
    self.head = head
    self.news = news
    self.people = people
    self.figures = figures
    self.objectives = objectives
    self.tasks = tasks
    self.communication = communication
    self.interactions = interactions
    self.requests = requests
    self.opportunities = opportunities
    self.swot = swot
    self.comments = comments
  }
}

extension AccountPage {
  package struct Head: Equatable, Sendable, Encodable {
    package let id: String
    package let name: String
    package let slug: String
    /// What it is: counterpart, stage, tier, industry, country.
    package let facts: [String]
    /// Who answers for it, and whom its people may always call.
    package let people: [String]
    package let website: String?
    package let plans: [[String]]
    package let notes: String
    package let isPending: Bool

    package init(
      id: String, name: String, slug: String, facts: [String], people: [String], website: String?,
      plans: [[String]], notes: String, isPending: Bool
    ) {
      self.id = id
      self.name = name
      self.slug = slug
      self.facts = facts
      self.people = people
      self.website = website
      self.plans = plans
      self.notes = notes
      self.isPending = isPending
    }
  }

  /// What others changed since its reader last looked.
  package struct News: Equatable, Sendable, Encodable {
    package struct Change: Equatable, Sendable, Encodable {
      package let who: String
      package let what: String
      package let at: String

      package init(who: String, what: String, at: String) {
        self.who = who
        self.what = what
        self.at = at
      }
    }

    /// The newest first; empty when nothing changed.
    package let changes: Section<Change>

    package init(_ changes: Section<Change>) { self.changes = changes }
  }

  /// Their people: who reports to whom, what each is in the decision, and how each stands to us.
  package struct People: Equatable, Sendable, Encodable {
    package struct Contact: Equatable, Sendable, Encodable {
      package let name: String
      package let title: String?
      /// "decision maker"
      package let role: String?
      /// 0 to 5.
      package let influence: Int?
      /// -2, against us, to 2.
      package let support: Int?
      /// Who of us knows one who has no role.
      package let knownTo: String?
      package let reports: [Contact]

      package init(
        name: String, title: String?, role: String?, influence: Int?, support: Int?, knownTo: String?,
        reports: [Contact]
      ) {
        self.name = name
        self.title = title
        self.role = role
        self.influence = influence
        self.support = support
        self.knownTo = knownTo
        self.reports = reports
      }
    }

    /// The top of each line, who decides most coming first.
    package let contacts: Section<Contact>

    package init(_ contacts: Section<Contact>) { self.contacts = contacts }
  }

  package struct Objective: Equatable, Sendable, Encodable {
    package let record: RecordName
    /// How much of the way is behind, of one.
    package let share: Double?
    package let details: [String]

    package init(record: RecordName, share: Double?, details: [String]) {
      self.record = record
      self.share = share
      self.details = details
    }
  }

  package struct Tasks: Equatable, Sendable, Encodable {
    package let title: String
    package let departments: [Section<RecordLine>]

    package init(title: String, departments: [Section<RecordLine>]) {
      self.title = title
      self.departments = departments
    }
  }

  package struct Interaction: Equatable, Sendable, Encodable {
    package let summary: String
    package let details: [String]
    package let nextStep: String?

    package init(summary: String, details: [String], nextStep: String?) {
      self.summary = summary
      self.details = details
      self.nextStep = nextStep
    }
  }
}
