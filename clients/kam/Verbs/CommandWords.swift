import Wording

/// How actions and fields are named where one types: as commands and their options.
struct CommandWords: FrontEnd {
  func name(of action: Action, in language: Language) -> String {
    "kam " + command(action, name: language.code == "fr" ? "NOM" : "NAME")
  }

  func name(ofField field: String, in language: Language) -> String { "--\(field)" }

  private func command(_ action: Action, name: String) -> String {
    switch action {
    case .sync: "sync"
    case .join: "join INVITE"
    case .joinMovedServer: "join --move-to-new-server"
    case .status: "status"
    case .doctor: "doctor"
    case .take(let conflict): "conflicts take \(conflict)"
    case .listRecords(let kind): "\(kind) list"
    case .describeFields(let kind): "\(kind) add --help"
    case .restore(let record): "restore \(record)"
    case .listImports: "import list"
    case .listContacts(let account): "contact list --account \(account)"
    case .listTasks(let department): "task list --department \(department)"
    case .listConflicts: "conflicts"
    case .listRefusedEdits: "conflicts refused"
    case .rename(let account): "account edit \(account) --slug \(name)"
    case .engageDepartment: "account engage"
    case .addExchangeRate(let from, let to): "exchange-rate add \(from) --into \(to) --rate RATE --since DAY"
    case .history(let record): "history \(record)"
    case .witness: "witness"
    case .listTwins: "twins"
    case .listDevices: "device list"
    case .endDevice(let number): "device end \(number.map(String.init) ?? "N")"
    case .check: "check"
    case .delete(let kind, let record): "\(kind) delete \(record)"
    case .merge(let keep, let other): "merge \(keep) \(other)"
    case .keepApart(let one, let other): "twins apart \(one) \(other)"
    case .share(let account): account.map { "account share \($0) --with EMAIL" } ?? "account share"
    case .reopen(let task): "task edit \(task) --status open"
    case .publish(let template): "survey-template publish \(template)"
    case .open(let campaign): "survey-campaign open \(campaign)"
    case .finalise(let interview): "interview finalise \(interview)"
    case .addContact: "contact add ACCOUNT NAME"
    case .makeMember(let email): "user edit \(email) --role member"
    case .disengage(let account, let department): "account disengage \(account) \(department)"
    case .addCriterion: "selection-criterion add NAME --axis attractiveness --weight 2500"
    case .judgeAccount: "criterion-score add ACCOUNT CRITERION --score 4"
    case .addTarget: "revenue-target add ACCOUNT PERIOD --revenue AMOUNT"
    case .assignContact: "contact assign ACCOUNT --to EMAIL"
    }
  }
}
