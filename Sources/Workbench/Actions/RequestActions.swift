import PlanModel
import Replica
import Speech
import SyncCore
import Wording

/// What happens to a service request, as the type of its event has it.
package enum RequestOutcome: String, Sendable {
  case responded, resolved, reopened, closed, escalated
}

extension Workbench {
  /// Adds a request's event: what happened is never edited, so two people who answer at once are both heard.
  ///
  /// - Parameters:
  ///   - moment: When, as typed.
  ///   - note: What was said or done.
  package func tell(
    of request: String, _ outcome: RequestOutcome, at moment: String = "now", note: String? = nil
  ) throws -> Receipt {
    try asOne {
      let request = try find(request, kind: .serviceRequest)
      var given = try assignments(
        typed: [
          (RequestEventRegister.type, outcome.rawValue), (RequestEventRegister.occurredAt, moment),
          (RequestEventRegister.note, note),
        ], of: .requestEvent, in: request.scope)
      given.append((RequestEventRegister.request, .reference(request.id)))
      let view = try make(
        .requestEvent, in: request.scope, "\(outcome.rawValue) \(try name(request))", given)
      return Receipt(
        [view],
        "\(capitalized(.word(outcome.rawValue))): \(try name(request)) \(quotedTitle(request) + (try place(of: request))); waiting to sync."
      )
    }
  }

  /// Adds a remark on a record. An event: never changed; deleted like any record.
  package func comment(on record: String, _ text: String) throws -> Receipt {
    try asOne {
      let target = try find(record, kind: nil)
      guard target.scope.account != nil else {
        throw Failure.refused(
          "Comments belong to an account; \(withArticle(PlanModel.kind(target.kind)?.label ?? "record")) has none."
        )
      }
      let given = try assignments(typed: [(CommentRegister.text, text)], of: .comment, in: target.scope)
      guard given.allSatisfy({ $0.value != nil }) else { throw Failure.usage("The text must not be empty.") }
      let view = try make(
        .comment, in: target.scope, "commented on \(try name(target))",
        given + [
          (CommentRegister.about, .reference(target.id)),
          (CommentRegister.aboutKind, .integer(Int64(target.kind))),
        ])
      return Receipt(
        [view],
        "Commented on \(try name(target) + place(of: target)) (\(try handle(view.id))); waiting to sync.")
    }
  }
}
