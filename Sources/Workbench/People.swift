import PlanModel
import ProtocolMessages
import Replica
import Speech
import SyncCore
import Wording

/// The users of the organisation, as this replica knows them.
package struct People {
  package struct Person {
    package let id: RecordID
    package let name: String
    package let email: String
    package let isActive: Bool

    package init(id: RecordID, name: String, email: String, isActive: Bool) {
      self.id = id
      self.name = name
      self.email = email
      self.isActive = isActive
    }
  }

  package let all: [Person]
  private let byID: [RecordID: Person]
  /// Whose replica a stamp came from, and on which device.
  private let devices: [UInt32: (person: RecordID, device: String)]
  private let identity: Identity
  private let reader: Reader

  package init(_ views: [RecordView], identity: Identity, reader: Reader) {
    self.identity = identity
    self.reader = reader
    var devices: [UInt32: (person: RecordID, device: String)] = [:]
    var all: [Person] = []
    for view in views {
      guard let person = try? view.state.message(KamPerson.self) else { continue }
      all.append(Person(id: view.id, name: person.name, email: person.email, isActive: person.active))
      for device in person.devices { devices[device.replica] = (view.id, device.name) }
    }
    // Before the first sync the directory is empty, but one person is known.
    if !all.contains(where: { $0.id == identity.person }) {
      all.append(Person(id: identity.person, name: identity.name, email: identity.email, isActive: true))
    }
    if devices[identity.replica] == nil { devices[identity.replica] = (identity.person, "") }
    self.all = all.sorted { ($0.name, $0.email) < ($1.name, $1.email) }
    byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.devices = devices
  }

  package subscript(_ id: RecordID) -> Person? { byID[id] }

  /// "you", a name, or that they are not known here yet.
  package func name(_ id: RecordID?) -> Phrase {
    guard let id else { return "somebody" }
    if id == identity.person { return "you" }
    guard let person = byID[id] else { return "somebody not here yet" }
    return .verbatim(person.name.isEmpty ? person.email : person.name)
  }

  /// "your", "Ana's".
  func possessive(_ id: RecordID?) -> Phrase {
    .belonging(to: id == identity.person ? nil : reader.said(name(id)))
  }

  /// The first of the replicas of the person whose replica it is: what one person writes on two devices is one person's.
  func firstReplica(ofOwnerOf replica: UInt32) -> UInt32? {
    guard let owner = devices[replica]?.person else { return nil }
    return devices.filter { $0.value.person == owner }.keys.min()
  }

  /// Whose replica wrote it: 0 is the server itself.
  package func author(of stamp: Stamp) -> (person: RecordID?, device: Phrase) {
    if stamp.replica == 0 { return (nil, "the server") }
    guard let known = devices[stamp.replica] else { return (nil, "device \(stamp.replica)") }
    if stamp.replica == identity.replica { return (known.person, "this device") }
    // What a device is called is told by older servers only.
    return (known.person, known.device.isEmpty ? "device \(stamp.replica)" : .verbatim(known.device))
  }

  /// The one that a person means: an address, or the beginning of an address or a name.
  ///
  /// - Throws: ``Failure`` when it is nobody, or several.
  package func resolve(_ text: String) throws -> Person {
    if text.lowercased() == "me",
      let me = byID[identity.person] ?? all.first(where: { $0.id == identity.person })
    {
      return me
    }
    if let id = RecordID(text) {
      guard let person = byID[id] else { throw Failure.notFound("There is no person \(id) in this replica.") }
      return person
    }
    let wanted = text.lowercased()
    let rules: [(Person) -> Bool] = [
      { $0.email == wanted },
      { $0.name.lowercased() == wanted },
      { $0.email.hasPrefix(wanted) || $0.name.lowercased().hasPrefix(wanted) },
      { $0.name.lowercased().split(separator: " ").contains { $0.hasPrefix(wanted) } },
    ]
    for rule in rules where !wanted.isEmpty {
      let matching = all.filter(rule)
      if matching.count == 1 { return matching[0] }
      if matching.count > 1 {
        throw Failure.ambiguous("“\(text)” may be several people; use an address:", matching.map(\.label))
      }
    }
    let alike = nearest(to: wanted, among: all.map(\.email)) + nearest(to: wanted, among: all.map(\.name))
    throw Failure.notFound(
      "There is no “\(text)” among the people of the organisation (`\(action: .listRecords(kind: "person"))`).",
      nearest: all.filter { alike.contains($0.email) || alike.contains($0.name) }.map(\.label))
  }
}

extension People.Person {
  package var label: String { name.isEmpty ? email : "\(email)  \(name)" }
}
