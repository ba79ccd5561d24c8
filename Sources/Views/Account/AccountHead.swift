import Pages
import PlanModel
import Replica
import SyncCore
import Wording
import Workbench

// Who they are.

extension AccountReading {
  func head() throws -> AccountPage.Head {
    let gone = account.state.alive ? "" : " (\(said(word: "deleted")))"
    return AccountPage.Head(
      id: account.id.description, name: "\(account.text(AccountRegister.name) ?? "")\(gone)",
      slug: account.text(AccountRegister.slug) ?? "", facts: try facts(),
      people: present([
        try words(AccountRegister.manager, of: account).map { said("manager \($0)") },
        try privilegedContact(),
      ]), website: account.text(AccountRegister.website), plans: try plans(),
      notes: account.text(AccountRegister.notes) ?? "", isPending: account.isPending)
  }

  private func facts() throws -> [String] {
    present([
      try words(AccountRegister.counterpart, of: account), try words(AccountRegister.stage, of: account),
      try words(AccountRegister.tier, of: account).map { said("tier \($0)") },
      account.flag(AccountRegister.keyAccount) ? said(word: "key account") : nil,
      try words(AccountRegister.industry, of: account), try words(AccountRegister.country, of: account),
    ])
  }

  private func privilegedContact() throws -> String {
    guard let contact = records(.privilegedContact).first,
      let person = try words(PrivilegedContactRegister.person, of: contact)
    else { return said("nobody is its privileged contact") }
    let register = KindDescription.privilegedContact.register(PrivilegedContactRegister.person)
    let isRequested = try register.map { try workbench.isRequestedClaim($0, contact) } ?? false
    let main =
      isRequested ? said("privileged contact \(person) (requested)") : said("privileged contact \(person)")
    return try words(PrivilegedContactRegister.deputy, of: contact).map { said("\(main), deputy \($0)") }
      ?? main
  }

  private func plans() throws -> [[String]] {
    try records(.plan).filter { plan in
      let status = plan.chosen(PlanRegister.status)
      return status != PlanStatus.archived && status != PlanStatus.rejected
    }.map { plan in
      present([
        said("plan “\(plan.text(PlanRegister.title) ?? "")”"), try words(PlanRegister.type, of: plan),
        try words(PlanRegister.status, of: plan), try words(PlanRegister.period, of: plan),
      ])
    }
  }
}
