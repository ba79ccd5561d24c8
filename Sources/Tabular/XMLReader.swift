import CExpat

/// One XML part, read by the system's expat while it is inflated. A subclass takes what it wants from the events.
///
/// Elements and attributes go by their local names. A part has one vocabulary, under two namespaces (transitional and
/// strict) and any prefix; what extensions add stands inside `extLst`, which the subclasses leave out.
class XMLReader {
  let part: String
  private let parser: XML_Parser
  private var failure: WorkbookError?
  private var fed = 0
  private var depth = 0
  private var names = NameBook()

  init(_ part: String) {
    guard let parser = XML_ParserCreate(nil) else { preconditionFailure("fails only without memory") }
    self.part = part
    self.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { XMLReader.of($0)?.begin($1, $2) },
      { reader, name in XMLReader.of(reader)?.end(name) })
    XML_SetCharacterDataHandler(parser) { XMLReader.of($0)?.characters($1, $2) }
    XML_SetStartDoctypeDeclHandler(parser) { reader, _, _, _, _ in
      guard let reader = XMLReader.of(reader) else { return }
      reader.fail(.damaged(part: reader.part, .documentType))
    }
  }

  deinit { XML_ParserFree(parser) }

  // MARK: What a subclass takes

  func began(_ name: XMLName, _ attributes: XMLAttributes) {}
  func ended(_ name: XMLName) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

  /// When nothing that follows matters; what was wrong there is not found.
  var isDone: Bool { false }

  /// Ends the reading; the first failure is the one that ``feed(_:)`` throws.
  final func fail(_ error: WorkbookError) {
    guard failure == nil else { return }
    failure = error
    XML_StopParser(parser, XML_Bool(0))
  }

  final func failStructure() { fail(.damaged(part: part, .structure)) }

  // MARK: Reading

  /// The whole part.
  final func read(from archive: Archive, budget: inout Budget) throws(WorkbookError) {
    try archive.read(part, budget: &budget) { (piece) throws(WorkbookError) in try feed(piece) }
    if !isDone { try feed(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true) }
  }

  private func feed(_ piece: UnsafeRawBufferPointer, isLast: Bool = false) throws(WorkbookError) {
    guard !isDone else { return }
    let status = XML_Parse(
      parser, piece.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(piece.count), isLast ? 1 : 0)
    if let failure { throw failure }
    guard status == XML_STATUS_OK else {
      throw .damaged(part: part, .xml(line: Int(XML_GetCurrentLineNumber(parser))))
    }
    fed += piece.count
    // Up to version 2.5 expat begins a tag or comment that is not whole again with every piece, and always keeps it.
    guard fed - Int(XML_GetCurrentByteIndex(parser)) <= Self.markupBytesMax else {
      throw .tooLarge(.markup, maximum: Self.markupBytesMax)
    }
  }

  private static let markupBytesMax = 1 << 20
  private static let depthMax = 256

  // MARK: Events

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> XMLReader? {
    pointer.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
  }

  private func begin(
    _ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    guard failure == nil, let name, let attributes else { return }
    depth += 1
    guard depth <= Self.depthMax else { return fail(.tooLarge(.markup, maximum: Self.depthMax)) }
    names.note(name)
    var place = attributes
    while let attribute = place.pointee {
      names.note(attribute)
      place += 2
    }
    guard names.isBounded else { return fail(.tooLarge(.markup, maximum: NameBook.bytesMax)) }
    began(XMLName(name), XMLAttributes(attributes))
  }

  private func end(_ name: UnsafePointer<CChar>?) {
    guard failure == nil, let name else { return }
    depth -= 1
    ended(XMLName(name))
  }

  private func characters(_ start: UnsafePointer<CChar>?, _ count: Int32) {
    guard failure == nil, let start else { return }
    start.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
      text(UnsafeBufferPointer(start: $0, count: Int(count)))
    }
  }
}

/// The local part of an element's name, valid during the event.
struct XMLName {
  private let local: UnsafePointer<CChar>

  init(_ qualified: UnsafePointer<CChar>) {
    var local = qualified
    var place = qualified
    while place.pointee != 0 {
      if place.pointee == CChar(UInt8(ascii: ":")) { local = place + 1 }
      place += 1
    }
    self.local = local
  }

  static func ~= (text: StaticString, name: XMLName) -> Bool { name.local.equals(text) }
}

/// An element's attributes, valid during the event.
struct XMLAttributes {
  private let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>

  init(_ pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>) { self.pairs = pairs }

  /// Each with its local name and its value, which ends with a zero.
  func forEach(_ body: (XMLName, XMLValue) -> Void) {
    var place = pairs
    while let name = place.pointee, let value = (place + 1).pointee {
      body(XMLName(name), XMLValue(start: value))
      place += 2
    }
  }

  subscript(_ local: StaticString) -> XMLValue? {
    var found: XMLValue?
    forEach { name, value in if found == nil, local ~= name { found = value } }
    return found
  }
}

/// The value of an attribute, valid during the event.
struct XMLValue {
  let start: UnsafePointer<CChar>

  var string: String { String(cString: start) }

  static func ~= (text: StaticString, value: XMLValue) -> Bool { value.start.equals(text) }

  /// xsd:boolean.
  var isTrue: Bool { start.equals("1") || start.equals("true") }

  /// - Returns: nil when it is no number of up to nine digits.
  var natural: Int? {
    var place = start
    var value = 0
    while let digit = place.pointee.digit {
      value = value * 10 + digit
      place += 1
      guard place - start <= 9 else { return nil }
    }
    return place > start && place.pointee == 0 ? value : nil
  }
}

extension UnsafePointer<CChar> {
  fileprivate func equals(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    for index in 0..<count where UInt8(bitPattern: self[index]) != text.utf8Start[index] { return false }
    return self[count] == 0
  }
}

extension CChar {
  var digit: Int? {
    let value = Int(self) - Int(UInt8(ascii: "0"))
    return (0...9).contains(value) ? value : nil
  }
}

/// The names that a part uses. expat keeps each of them as long as it reads, so a part of nothing but names would take
/// many times its size.
private struct NameBook {
  static let bytesMax = 4 << 20
  /// What expat needs beside the name itself.
  private static let overheadBytes = 64

  private(set) var held = 0
  private var known: Set<[UInt8]> = []
  /// The short ones, each where its bits say: nearly every name of a sheet is found here.
  private var recent = [UInt64](repeating: 0, count: 64)

  var isBounded: Bool { held <= Self.bytesMax }

  mutating func note(_ name: UnsafePointer<CChar>) {
    var bits: UInt64 = 0
    var count = 0
    while name[count] != 0, count < 8 {
      bits = bits << 8 | UInt64(UInt8(bitPattern: name[count]))
      count += 1
    }
    guard name[count] == 0 else { return keep(name) }
    let slot = Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 58)
    if recent[slot] == bits { return }
    recent[slot] = bits
    keep(name)
  }

  private mutating func keep(_ name: UnsafePointer<CChar>) {
    var count = 0
    while name[count] != 0 { count += 1 }
    let bytes = name.withMemoryRebound(to: UInt8.self, capacity: count) {
      [UInt8](UnsafeBufferPointer(start: $0, count: count))
    }
    if known.insert(bytes).inserted { held += count + Self.overheadBytes }
  }
}
