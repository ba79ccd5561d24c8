import Workbench

/// A file whose rows are brought into a replica: tried on a copy, or stored.
package struct FileImport {
  /// What an error of the disk says is true of the last rows only: those before are stored, and the same import goes on.
  package struct Interruption: Error {
    package let storedCount: Int
    package let reason: any Error
  }

  private let source: any ImportSource
  private let name: String
  private let currency: String?
  private let answers: ImportAnswers
  private let tellsAll: Bool
  private let keepsRejected: Bool

  /// - Parameters:
  ///   - name: What the edits are said to come from.
  ///   - currency: Of amounts for which neither they nor their row say one.
  ///   - tellsAll: Of every row what became of it is told; else of those that a person has to look at, and of the first of
  ///     the others.
  ///   - keepsRejected: Of what is left out a file is made.
  package init(
    _ source: any ImportSource, name: String, currency: String?, answers: ImportAnswers = .init(),
    tellsAll: Bool, keepsRejected: Bool = false
  ) {
    self.source = source
    self.name = name
    self.currency = currency
    self.answers = answers
    self.tellsAll = tellsAll
    self.keepsRejected = keepsRejected
  }

  /// What its rows would do; nothing is stored.
  ///
  /// - Parameter progress: Hears how many rows were read.
  package func rehearse(on workbench: Workbench, progress: (Int) -> Void) throws -> ImportOutcome {
    try workbench.rehearse { copy in
      var importer = try importer(copy, keepsList: false)
      try run(&importer, progress)
      return outcome(importer, isApplied: false)
    }
  }

  /// Stores its rows, each kept or refused by itself, as an import that can be taken back.
  ///
  /// - Parameter progress: Hears how many rows were read.
  /// - Throws: ``Interruption`` when rows were stored before the error.
  package func apply(to workbench: Workbench, progress: (Int) -> Void) throws -> ImportOutcome {
    var importer = try importer(workbench, keepsList: true)
    do {
      try run(&importer, progress)
    } catch {
      throw importer.storedCount > 0 ? Interruption(storedCount: importer.storedCount, reason: error) : error
    }
    return outcome(importer, isApplied: true)
  }

  private func importer(_ workbench: Workbench, keepsList: Bool) throws -> Importer {
    try Importer(
      workbench, name: name, defaultCurrency: currency, answers: answers, keepsList: keepsList,
      report: ImportReport(keepsAll: tellsAll, keepsRejected: keepsRejected))
  }

  private func run(_ importer: inout Importer, _ progress: (Int) -> Void) throws {
    for place in 0..<source.count {
      try importer.take(source, place)
      progress(place + 1)
    }
    try importer.finish(source)
  }

  private func outcome(_ importer: Importer, isApplied: Bool) -> ImportOutcome {
    ImportOutcome(importer, source, isApplied: isApplied, keepsRejected: keepsRejected)
  }
}
