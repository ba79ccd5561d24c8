import PlanModel
import Speech
import Wording
import Workbench

// Which commands there are, and under which headings help lists them.

extension VerbTable {
  /// The verbs that are written as types. Those of every kind come from its description.
  static let commands: [any Command.Type] = [
    // Network
    Join.self, Sync.self, Status.self,
    ListDevices.self, EndDevice.self,
    EditUser.self,
    // Desk
    Inbox.self, Find.self, HandOver.self,
    // Any record
    CommentOn.self, History.self,
    ListTwins.self, KeepApart.self, Merging.self,
    // Figures
    KPI.self, CLV.self, Rank.self, ABC.self,
    AccountHealth.self, Targets.self,
    CriteriaScore.self, CriteriaMatrix.self,
    Report.self,
    // Files
    ImportFile.self, ImportList.self,
    ImportUndo.self, Export.self,
    // This device
    ListConflicts.self, TakeOther.self,
    RefusedEdits.self, Dismiss.self,
    Witness.self, Check.self, DoctorCommand.self,
    Completions.self, Complete.self,
    Version.self,
    // Kinds
    ShareAccount.self, UnshareAccount.self,
    LeaveAccount.self, EngageDepartment.self,
    DisengageDepartment.self,
    AssignContact.self, ContactGaps.self,
    ClaimTask.self, AssignTask.self,
    ReleaseTask.self, StartTask.self,
    BlockTask.self, FinishTask.self,
    TellOfRequest<Respond>.self,
    TellOfRequest<Resolve>.self,
    TellOfRequest<Reopen>.self,
    TellOfRequest<Close>.self,
    TellOfRequest<Escalate>.self,
    Ageing.self,
    AddDepartment.self, DepartmentLoad.self,
    NewPlan.self, ListTemplates.self,
    TakeStep<SubmitPlan>.self, TakeStep<ApprovePlan>.self,
    TakeStep<RejectPlan>.self,
    TakeStep<FinaliseInterview>.self,
    ObserveInInterview.self,
    TakeStep<FinaliseReview>.self,
    TakeStep<PublishTemplate>.self,
    TakeStep<OpenCampaign>.self,
    InviteToCampaign.self,
    AnswerCampaign.self,
    CampaignResult.self,
    TakeStep<CloseCampaign>.self,
    SegmentWho.self, SegmentWhy.self,
    SegmentProperties.self,
    StrategyEffectiveness.self,
    ProductProfitability.self,
    AdoptTemplate.self,
  ]

  /// Longer names of verbs that are mostly called by their first word.
  static let usual = [
    "conflicts list": "conflicts", "twins list": "twins", "import file": "import",
  ]

  /// What the nouns are about that are not kinds.
  static let groups: [String: Phrase] = [
    "device": "Your own devices: which there are, and the end of one.",
    "user": "People's roles and departments; for admins.",
    "criteria": "Which accounts to choose, by the criteria of your organisation.",
    "conflicts": "Where an edit met one that its author had not seen.",
    "twins": "Accounts, contacts and products that may be the same, made twice.",
    "import":
      "Bring in records from a file: CSV, Excel, JSON, vCard or the French accounting file; take an import back.",
  ]

  /// The daily words, by what people want to do.
  static let daily: [(heading: Phrase, words: [String])] = [
    ("Get going", ["join", "sync"]),
    ("My day", ["inbox", "task", "find"]),
    ("Accounts", ["account", "contact"]),
    ("Plans", ["plan", "opportunity"]),
    ("Figures", ["kpi", "report"]),
    ("Files", ["import", "export"]),
    ("This device", ["status", "conflicts"]),
  ]

  /// All first words, by heading.
  static var sections: [(heading: Phrase, words: [String])] {
    [("Network", ["join", "sync", "status"]), ("Your desk", ["inbox", "find", "handover"])]
      + kinds.prefix(1)
      + [("Figures", ["kpi", "clv", "rank", "abc", "health", "targets", "criteria", "report"])]
      + kinds.dropFirst()
      + [
        ("Any record", ["show", "edit", "delete", "restore", "comment", "history", "twins", "merge"]),
        (
          "More",
          [
            "device", "user", "conflicts", "witness", "import", "export", "check", "doctor", "completions",
            "version",
          ]
        ),
      ]
  }

  /// The kinds, by where they belong.
  static var kinds: [(heading: Phrase, words: [String])] {
    [("Plans", .plan), ("Finances", .finance), ("Directory", .directory)].map { heading, family in
      (heading, PlanModel.kinds.filter { $0.family == family }.compactMap { noun($0.name)?.name })
    }
  }
}
