import PlanModel
import Replica
import Speech
import Wording

extension Failure {
  /// What an error of the model or of the replica is to people.
  package init(of error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as Refusal: self = .refused(error.phrase)
    case let error as SchemaAhead:
      self = .refused("This version of kam does not know kind \(error.kind); upgrade it.")
    default:
      self =
        Replica.phrase(for: error).map { Failure(.refused, "storage", $0) }
        ?? .refused("It failed: \(String(describing: error))")
    }
  }
}
