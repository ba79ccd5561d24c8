extension Pack {
  package struct PlanPart: Equatable, Sendable {
    package var objectives: [ObjectiveLine] = []
    package var departments: [DepartmentTasks] = []
    package var milestones: [Milestone] = []
    package var nextSteps: [NextStep] = []
    package var opportunities: [Opportunity] = []

    package init(
      objectives: [ObjectiveLine] = [], departments: [DepartmentTasks] = [], milestones: [Milestone] = [],
      nextSteps: [NextStep] = [], opportunities: [Opportunity] = []
    ) {
      self.objectives = objectives
      self.departments = departments
      self.milestones = milestones
      self.nextSteps = nextSteps
      self.opportunities = opportunities
    }
  }

  package struct ObjectiveLine: Equatable, Sendable {
    package var name: String
    /// From 0 to 1; may be beyond. Nil when it cannot be measured yet.
    package var progress: Double?
    /// "62 of 80 points", or why not.
    package var shown: Shown
    package var due: String?
    package var status: Status?
    /// Its own word, instead of good, watch or poor.
    package var statusText: String?

    package init(
      name: String, progress: Double? = nil, shown: Shown, due: String? = nil, status: Status? = nil,
      statusText: String? = nil
    ) {
      self.name = name
      self.progress = progress
      self.shown = shown
      self.due = due
      self.status = status
      self.statusText = statusText
    }
  }

  package struct DepartmentTasks: Equatable, Sendable {
    package var name: String
    package var done: Int
    /// Not those that are overdue.
    package var open: Int
    package var overdue: Int

    package init(name: String, done: Int, open: Int, overdue: Int) {
      self.name = name
      self.done = done
      self.open = open
      self.overdue = overdue
    }
  }

  package struct Milestone: Equatable, Sendable {
    package enum State: Equatable, Sendable { case reached, ahead, missed }
    package var name: String
    package var on: String
    package var state: State

    package init(name: String, on: String, state: State) {
      self.name = name
      self.on = on
      self.state = state
    }
  }

  package struct NextStep: Equatable, Sendable {
    package var text: String
    package var who: String?
    package var when: String?

    package init(text: String, who: String? = nil, when: String? = nil) {
      self.text = text
      self.who = who
      self.when = when
    }
  }

  package struct Opportunity: Equatable, Sendable {
    package var name: String
    package var detail: String?
    package var amount: String?

    package init(name: String, detail: String? = nil, amount: String? = nil) {
      self.name = name
      self.detail = detail
      self.amount = amount
    }
  }
}

// MARK: - People

extension Pack {
  package struct PeoplePart: Equatable, Sendable {
    package var ours: [Person] = []
    package var theirs: [Person] = []

    package init(ours: [Person] = [], theirs: [Person] = []) {
      self.ours = ours
      self.theirs = theirs
    }
  }

  package struct Person: Equatable, Sendable {
    package var name: String
    package var function: String?

    package init(name: String, function: String? = nil) {
      self.name = name
      self.function = function
    }
  }
}
