import PlanModel
import Replica
import Speech
import SyncCore
import Wording
import Workbench

// What a text of a row is as a value of a register.

extension Importer {
  mutating func value(
    _ written: ImportRow.Value, _ row: ImportRow, _ scope: Scope
  ) throws -> RegisterValue? {
    let (register, text, place) = (written.register, written.text, written.place)
    switch register.type {
    // Most days come in the one form that the model reads, and need not be looked at in all others.
    case .date where PlanDate(text) != nil: return .text(text)
    case .reference(KindNumber.person) where RecordID(text) == nil:
      if let id = namedPeople[text] { return .reference(id) }
      let id = try workbench.people().resolve(text).id
      namedPeople[text] = id
      return .reference(id)
    case .reference(KindNumber.account): return .reference(try account(text))
    case .reference(let kind): return .reference(try known.reference(written, kind: kind, in: scope))
    case .anyReference: return .reference(try known.reference(written, kind: nil, in: scope))
    case .money:
      // What is typed in other ways, as in JSON, is read as it is on the command line.
      guard let amount = AmountText(text), NumberStyle.point.plain(amount.number) == amount.number else {
        return try workbench.value(text, for: register, in: scope, place: place)
      }
      let code = try amount.currency.resolved(
        column: row.currency, otherwise: defaultCurrency ?? currency(of: scope), in: text, place: place)
      let plain = "\(amount.number) \(code)"
      if let money = Money(plain) { return .money(money) }
      // It says what is wrong with it.
      return try workbench.value(plain, for: register, in: scope, place: place)
    default: return try workbench.value(text, for: register, in: scope, place: place)
    }
  }

  mutating func currency(of scope: Scope) throws -> String? {
    guard let account = scope.account else { return nil }
    if let currency = currencies[account] { return currency.isEmpty ? nil : currency }
    let record = try workbench.replica.record(account, in: .plan(account))
    let currency = record?.text(AccountRegister.currency) ?? ""
    currencies[account] = currency
    return currency.isEmpty ? nil : currency
  }
}
