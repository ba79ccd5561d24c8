import PlanModel

/// Everything that indicators are made of, read from records once.
package struct Facts: Sendable {
  /// By short name.
  package internal(set) var accounts: [AccountFacts] = []
  package internal(set) var directory = Directory()
  /// Records that say an amount beyond ``Money/minorMax``: what they say of money is in no figure.
  package internal(set) var tooLarge: [RecordID] = []

  /// What is in no figure, whatever it is of.
  package var leftOut: [Exclusion] {
    tooLarge.isEmpty ? [] : [Exclusion(reason: .tooLarge, records: tooLarge)]
  }

  package subscript(_ id: RecordID) -> AccountFacts? { accounts.first { $0.profile.id == id } }
}

/// What one account's records say.
package struct AccountFacts: Sendable {
  package internal(set) var profile: AccountProfile
  package internal(set) var sales: [Sale] = []
  package internal(set) var costs: [Cost] = []
  package internal(set) var answers: [Answer] = []
  package internal(set) var invitations: [Invitation] = []
  package internal(set) var reviews: [Review] = []
  package internal(set) var requests: [Request] = []
  package internal(set) var contacts: [ContactMade] = []
  package internal(set) var objectives: [Objective] = []
  package internal(set) var tasks: [TaskState] = []
  package internal(set) var revenueTargets: [RevenueTarget] = []
  package internal(set) var profitabilityTargets: [ProfitabilityTarget] = []
  package internal(set) var potentials: [Potential] = []
  package internal(set) var scores: [Score] = []
  package internal(set) var observations: [Observation] = []
  /// The segments that it was put into by hand, and why.
  package internal(set) var memberships: [RecordID: String] = [:]
  /// Sales, costs and targets are here as far as there are any; else they are not shared with this person.
  package internal(set) var sharesFinance = true
  /// Who of us is its privileged contact, and how often they are to be in touch.
  package internal(set) var privilegedContact: PrivilegedContact?
}

/// What the directory says that indicators go by.
package struct Directory: Sendable {
  package internal(set) var products: [RecordID: Product] = [:]
  package internal(set) var strategies: [Strategy] = []
  package internal(set) var segments: [Segment] = []
  package internal(set) var criteria: [Criterion] = []
  /// The weight of each component, as written; nil when no definition is active.
  package internal(set) var health: [(component: String, weight: Int)]?
  package internal(set) var levels: [ServiceLevel] = []
  package internal(set) var targets: [IndicatorTarget] = []
  package internal(set) var rates = ExchangeRates()
}

/// Something that happened, and when it came to be known.
package protocol Fact: Sendable {
  var id: RecordID { get }
  /// When its record was first written, Unix milliseconds.
  var recordedAt: Int64 { get }
  /// When the last of what it rests on was written.
  var completedAt: Int64 { get }
}

extension Fact {
  package var completedAt: Int64 { recordedAt }
}

// MARK: - Who

package struct AccountProfile: Sendable {
  package let id: RecordID
  package var slug = ""
  package var name = ""
  package var counterpart: String?
  package var stage: String?
  package var tier: Int?
  package var country: String?
  package var industry: String?
  package var currency: String?
  package var purchasingPower: Money?
  package var firstContact: PlanDate?
  package var isKeyAccount = false
  package var manager: RecordID?
  package var timeZone: String?
}

package struct PrivilegedContact: Sendable {
  package let person: RecordID
  package let deputy: RecordID?
  package let since: PlanDate?
  package let cadenceDays: Int?
}

// MARK: - Figures

package struct Sale: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  package let day: PlanDate
  package let isCreditNote: Bool
  package let revenue: Money
  /// Direct cost.
  package let cost: Money?
  package let product: RecordID?
  package let strategy: RecordID?

  package init(
    id: RecordID, recordedAt: Int64, day: PlanDate, isCreditNote: Bool = false, revenue: Money, cost: Money?,
    product: RecordID? = nil, strategy: RecordID? = nil
  ) {
    self.id = id
    self.recordedAt = recordedAt
    self.day = day
    self.isCreditNote = isCreditNote
    self.revenue = isCreditNote ? Self.takenBack(revenue) : revenue
    self.cost = isCreditNote ? cost.map(Self.takenBack) : cost
    self.product = product
    self.strategy = strategy
  }

  /// Some systems write credit notes with a sign, some without: either way they take back.
  private static func takenBack(_ money: Money) -> Money {
    money.minor > 0 ? Money(currency: money.currency, minor: -money.minor) : money
  }
}

package struct Cost: Fact {
  package enum Purpose: String, Sendable { case acquisition, retention, service }
  package let id: RecordID
  package let recordedAt: Int64
  package let day: PlanDate
  package let purpose: Purpose
  package let amount: Money
  package let strategy: RecordID?

  package init(
    id: RecordID, recordedAt: Int64, day: PlanDate, purpose: Purpose, amount: Money, strategy: RecordID? = nil
  ) {
    self.id = id
    self.recordedAt = recordedAt
    self.day = day
    self.purpose = purpose
    self.amount = amount
    self.strategy = strategy
  }
}

package struct RevenueTarget: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  package let period: Period
  package let product: RecordID?
  package let revenue: Money?
  package let margin: Money?
}

/// What a relation is to earn.
package struct ProfitabilityTarget: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  package let period: Period
  /// Basis points of revenue.
  package let marginRate: Int?
  package let margin: Money?
}

// MARK: - Opinions

package enum Measure: String, Sendable {
  case nps, csat, ces, custom

  /// The scale that a survey has which does not say another; nil: any.
  package var scaleMaxDefault: Int? {
    switch self {
    case .nps: 10
    case .csat: 5
    case .ces: 7
    case .custom: nil
    }
  }
}

/// An answer to a survey.
package struct Answer: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  /// Unix milliseconds.
  package let at: Int64
  package let day: PlanDate
  package let campaign: RecordID?
  package let contact: RecordID?
  /// What was asked; nil when no survey says so.
  package var measure: Measure?
  package var scaleMax: Int?
  package let score: Int
  package let remark: String?

  package init(
    id: RecordID, recordedAt: Int64, at: Int64, day: PlanDate, campaign: RecordID? = nil,
    contact: RecordID? = nil,
    measure: Measure?, scaleMax: Int?, score: Int, remark: String? = nil
  ) {
    self.id = id
    self.recordedAt = recordedAt
    self.at = at
    self.day = day
    self.campaign = campaign
    self.contact = contact
    self.measure = measure
    self.scaleMax = scaleMax
    self.score = score
    self.remark = remark
  }
}

package struct Invitation: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  package let day: PlanDate
  package let campaign: RecordID
  package let contact: RecordID

  package init(id: RecordID, recordedAt: Int64, day: PlanDate, campaign: RecordID, contact: RecordID) {
    self.id = id
    self.recordedAt = recordedAt
    self.day = day
    self.campaign = campaign
    self.contact = contact
  }
}

/// What somebody wrote on a site that collects opinions.
package struct Review: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  package let day: PlanDate
  package let site: String
  package let stars: Double
  package let scaleMax: Int?

  package init(id: RecordID, recordedAt: Int64, day: PlanDate, site: String, stars: Double, scaleMax: Int?) {
    self.id = id
    self.recordedAt = recordedAt
    self.day = day
    self.site = site
    self.stars = stars
    self.scaleMax = scaleMax
  }
}

// MARK: - Service

package struct Request: Fact {
  package struct Event: Sendable {
    /// "responded", "resolved", "reopened", "closed", "escalated", "reclassified".
    package let type: String
    /// Unix milliseconds.
    package let at: Int64
    /// At the account.
    package let day: PlanDate
    package let recordedAt: Int64
    package let id: RecordID?

    /// - Parameter day: nil: by UTC.
    package init(_ type: String, at: Int64, day: PlanDate? = nil, recordedAt: Int64 = 0, id: RecordID? = nil)
    {
      self.type = type
      self.at = at
      self.day = day ?? PlanDate(milliseconds: at)
      self.recordedAt = recordedAt
      self.id = id
    }
  }
  package let id: RecordID
  package let recordedAt: Int64
  package let openedAt: Int64
  package let day: PlanDate
  /// "information", "guidance", "complaint", "technical", "other".
  package let type: String
  package let severity: String?
  /// Whether something does not work.
  package let isProblem: Bool
  /// By when they happened.
  package var events: [Event]
  package var completedAt: Int64 { events.reduce(recordedAt) { max($0, $1.recordedAt) } }

  package init(
    id: RecordID, recordedAt: Int64, openedAt: Int64, day: PlanDate, type: String, severity: String? = nil,
    isProblem: Bool = false, events: [Event] = []
  ) {
    self.id = id
    self.recordedAt = recordedAt
    self.openedAt = openedAt
    self.day = day
    self.type = type
    self.severity = severity
    self.isProblem = isProblem
    self.events = events.sorted { $0.at < $1.at }
  }
}

package struct ServiceLevel: Sendable {
  package let id: RecordID
  package let name: String
  package let type: String?
  package let severity: String?
  package let respondHours: Int?
  package let resolveHours: Int?

  package init(
    id: RecordID, name: String, type: String? = nil, severity: String? = nil, respondHours: Int?,
    resolveHours: Int?
  ) {
    self.id = id
    self.name = name
    self.type = type
    self.severity = severity
    self.respondHours = respondHours
    self.resolveHours = resolveHours
  }
}

// MARK: - The relation

/// A talk with them, or something sent to them.
package struct ContactMade: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  package let at: Int64
  package let day: PlanDate
  /// Who of us.
  package let by: RecordID?
}

package struct Objective: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  package let title: String
  package let metric: String?
  /// One of ``ObjectiveStatus``, or of a newer version.
  package let statusNumber: Int64
  package let baseline: Double?
  package let target: Double?
  package let current: Double?
  package let targetText: String?
  package let currentText: String?
  package let unit: String?
  package let due: PlanDate?
  /// Basis points of its plan.
  package let weight: Int?
  /// The customer may see it.
  package let isShared: Bool
  /// The days of its plan.
  package var plan: Period?

  /// "not-started", "in-progress", "achieved", "deferred", "cancelled".
  package var status: String {
    KindDescription.objective.choices(of: ObjectiveRegister.status)?.name(of: statusNumber) ?? ""
  }
  package var isAchieved: Bool { statusNumber == ObjectiveStatus.achieved }
  /// Deferred or cancelled: nobody works towards it now.
  package var isSetAside: Bool {
    statusNumber == ObjectiveStatus.deferred || statusNumber == ObjectiveStatus.cancelled
  }
}

package struct TaskState: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  package let title: String
  package let department: DepartmentCode?
  /// One of ``TaskStatus``, or of a newer version.
  package let statusNumber: Int64
  package let due: PlanDate?
  package let doneOn: PlanDate?
  package let holder: RecordID?

  /// "open", "claimed", "in-progress", "blocked", "done", "cancelled".
  package var status: String {
    KindDescription.task.choices(of: TaskRegister.status)?.name(of: statusNumber) ?? ""
  }
  package var isFinished: Bool { TaskStatus.isFinished(statusNumber) }
}

/// What they could buy of a product in a year.
package struct Potential: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  package let product: RecordID
  package let state: String
  package let amount: Money?
  package let competitor: String?
}

package struct Observation: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  /// "behaviour", "habit", "preference", "need", "expectation".
  package let about: String
  package let statement: String
  package let day: PlanDate?

  package init(id: RecordID, recordedAt: Int64, about: String, statement: String, day: PlanDate?) {
    self.id = id
    self.recordedAt = recordedAt
    self.about = about
    self.statement = statement
    self.day = day
  }
}

/// One judgement of one person.
package struct Score: Fact {
  package let id: RecordID
  package let recordedAt: Int64
  package let criterion: RecordID
  package let score: Int
  package let day: PlanDate?
  /// The replica of who wrote it: it tells raters apart.
  package let rater: UInt32?

  package init(
    id: RecordID, recordedAt: Int64, criterion: RecordID, score: Int, day: PlanDate?, rater: UInt32?
  ) {
    self.id = id
    self.recordedAt = recordedAt
    self.criterion = criterion
    self.score = score
    self.day = day
    self.rater = rater
  }
}

// MARK: - The directory

package struct Product: Sendable {
  package let id: RecordID
  package let sku: String
  package let name: String
  package let family: String?
  /// "product" or "service".
  package let type: String?
}

package struct Strategy: Sendable {
  package let id: RecordID
  package let name: String
  /// "marketing" or "commercial".
  package let type: String?
  package let period: Period?
  package let budget: Money?
}

package struct Segment: Sendable {
  package let id: RecordID
  package let name: String
  /// None: its members are chosen one by one.
  package let rule: String?
  package let description: String?
}

package struct Criterion: Sendable {
  package enum Axis: String, Sendable { case attractiveness, strength }
  package let id: RecordID
  package let name: String
  package let axis: Axis
  /// Basis points.
  package let weight: Int
  package let scaleMax: Int

  package init(id: RecordID, name: String, axis: Axis, weight: Int, scaleMax: Int) {
    self.id = id
    self.name = name
    self.axis = axis
    self.weight = weight
    self.scaleMax = scaleMax
  }
}

/// From where on an indicator is good, and from where on it is worrying.
package struct IndicatorTarget: Sendable {
  package let name: String
  /// As ``Indicator`` is called.
  package let indicator: String
  package let good: Double?
  package let warning: Double?
}
