import PlanModel
import SyncCore
import Testing

private struct DigestVectors: Decodable {
  struct Record: Decodable {
    let id: String
    let alive: Bool
    let stamps: [ByRegister<VectorStamp>]
    let body: Hex
    let fingerprint: Hex
  }
  struct Sum: Decodable {
    let records: [Int]
    let live: UInt64
    let sum: Hex
  }
  let records: [Record]
  let sums: [Sum]
}

@Suite("The scope digest")
struct DigestTests {
  private let vectors: DigestVectors
  private let records: [RecordState]

  init() throws {
    vectors = try Vectors.load("digest.json")
    records = try vectors.records.map {
      RecordState(
        id: try recordID($0.id), kind: 42, sequence: 1, alive: $0.alive, stamps: stamps($0.stamps),
        body: try Registers($0.body.bytes))
    }
  }

  @Test("has the fingerprints of digest.json")
  func fingerprints() {
    for (record, wanted) in zip(records, vectors.records) {
      let digest = ScopeDigest(live: 1, sum: ScopeDigest.fingerprint(record))
      #expect(digest.sumBytes == wanted.fingerprint.bytes, "\(wanted.id)")
    }
  }

  @Test("has the sums of digest.json; deleted records do not count")
  func sums() {
    for example in vectors.sums {
      var digest = ScopeDigest()
      for place in example.records { digest.add(records[place]) }
      #expect(digest.live == example.live)
      #expect(digest.sumBytes == example.sum.bytes)
      #expect(ScopeDigest(live: example.live, sumBytes: example.sum.bytes) == digest)
    }
  }

  @Test("removing undoes adding, in any order")
  func inverse() {
    var digest = ScopeDigest()
    for record in records { digest.add(record) }
    for record in records.reversed() { digest.remove(record) }
    #expect(digest == ScopeDigest())
  }

  @Test("depends on ids, registers, clocks, replicas and life, on values, and not on sequences")
  func whatCounts() {
    let stamp = Stamp(hlc: 100, replica: 3)
    func sum(
      _ low: UInt64 = 1, _ register: UInt32 = 1, _ stamp: Stamp = stamp, alive: Bool = true,
      sequence: UInt64 = 1,
      body: Registers = Registers()
    ) -> ScopeDigest {
      var digest = ScopeDigest()
      digest.add(
        RecordState(
          id: RecordID(high: 1, low: low), kind: 42, sequence: sequence, alive: alive,
          stamps: RecordStamps([0, register], stamp: stamp), body: body))
      return digest
    }
    var body = Registers()
    body.append(1, [0x0A, 0x01, 0x41])
    #expect(sum(body: body) == sum(sequence: 2, body: body))
    let all = [
      sum(), sum(2), sum(1, 2), sum(1, 1, Stamp(hlc: 101, replica: 3)),
      sum(1, 1, Stamp(hlc: 100, replica: 4)),
      sum(alive: false), sum(body: body),
    ]
    #expect(Set(all.map(\.sum)).count == all.count)
  }
}
