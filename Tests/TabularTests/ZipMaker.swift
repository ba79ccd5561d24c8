import CZlib

/// Archives made by hand, right and wrong ones.
struct ZipMaker {
  struct Part {
    var name: String
    var content: [UInt8]
    var deflates = true
    /// Said instead of what is true.
    var checksum: UInt32?
    var size: UInt32?
    var flags: UInt16 = 0
    var method: UInt16?
    /// Says that it lies where that part does.
    var offsetOf: String?

    init(_ name: String, _ content: [UInt8]) { (self.name, self.content) = (name, content) }
    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }
  }

  var parts: [Part]
  /// With the larger records that archives above 4 GiB have.
  var isLarge = false
  var comment: [UInt8] = []

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    var offsets: [String: Int] = [:]
    for part in parts {
      let packed = part.deflates ? Self.deflated(part.content) : part.content
      offsets[part.name] = bytes.count
      let name = Array(part.name.utf8)
      let method = part.method ?? (part.deflates ? 8 : 0)
      let checksum = part.checksum ?? Self.checksum(part.content)
      let size = part.size ?? UInt32(part.content.count)
      let common =
        little(part.flags, 2) + little(method, 2) + little(0, 4) + little(checksum, 4)
        + little(isLarge ? 0xFFFF_FFFF : packed.count, 4) + little(isLarge ? 0xFFFF_FFFF : size, 4)
        + little(name.count, 2)
      bytes += little(0x0403_4B50, 4) + little(20, 2) + common + little(0, 2) + name + packed
      let offset = offsets[part.offsetOf ?? part.name] ?? 0
      let extra =
        isLarge
        ? little(1, 2) + little(24, 2) + little(size, 8) + little(packed.count, 8) + little(offset, 8) : []
      directory += little(0x0201_4B50, 4) + little(20, 2) + little(20, 2) + common + little(extra.count, 2)
      directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4)
      directory += little(isLarge ? 0xFFFF_FFFF : offset, 4) + name + extra
    }
    let start = bytes.count
    bytes += directory
    if isLarge {
      let record = bytes.count
      bytes +=
        little(0x0606_4B50, 4) + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 4) + little(0, 4)
      bytes += little(parts.count, 8) + little(parts.count, 8) + little(directory.count, 8) + little(start, 8)
      bytes += little(0x0706_4B50, 4) + little(0, 4) + little(record, 8) + little(1, 4)
    }
    let count = isLarge ? 0xFFFF : parts.count
    bytes += little(0x0605_4B50, 4) + little(0, 4) + little(count, 2) + little(count, 2)
    bytes += little(isLarge ? 0xFFFF_FFFF : directory.count, 4) + little(isLarge ? 0xFFFF_FFFF : start, 4)
    return bytes + little(comment.count, 2) + comment
  }

  private func little(_ value: some BinaryInteger, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: UInt64(value) >> UInt64(8 * $0)) }
  }

  private static func checksum(_ content: [UInt8]) -> UInt32 {
    UInt32(content.withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) })
  }

  private static func deflated(_ content: [UInt8]) -> [UInt8] {
    var content = content
    var output = [UInt8](repeating: 0, count: content.count + content.count / 100 + 64)
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    defer { stream.deallocate() }
    stream.initialize(to: z_stream())
    // -15: deflate without any wrapper.
    deflateInit2_(
      stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, zlibVersion(), Int32(MemoryLayout<z_stream>.size))
    let count = content.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        (stream.pointee.next_in, stream.pointee.avail_in) = (input.baseAddress, UInt32(input.count))
        (stream.pointee.next_out, stream.pointee.avail_out) = (output.baseAddress, UInt32(output.count))
        let result = deflate(stream, Z_FINISH)
        precondition(result == Z_STREAM_END)
        return output.count - Int(stream.pointee.avail_out)
      }
    }
    deflateEnd(stream)
    return Array(output[..<count])
  }
}

/// A workbook of one sheet, whose parts a test replaces.
struct BookMaker {
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  var workbook = """
    <workbook xmlns="\(main)" xmlns:r="\(relations)"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>
    """
  var related = """
    <Relationships><Relationship Id="rId1" Type="\(relations)/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
    """
  var sheet = ""
  var sheetName = "xl/worksheets/sheet1.xml"
  var styles: String?
  var strings: String?

  /// - Parameter rows: what stands in `sheetData`.
  init(rows: String = "") {
    sheet = "<worksheet xmlns=\"\(Self.main)\"><sheetData>\(rows)</sheetData></worksheet>"
  }

  var zip: ZipMaker {
    var parts = [
      ZipMaker.Part("xl/workbook.xml", workbook), ZipMaker.Part("xl/_rels/workbook.xml.rels", related),
      ZipMaker.Part(sheetName, sheet),
    ]
    if let styles { parts.append(ZipMaker.Part("xl/styles.xml", styles)) }
    if let strings { parts.append(ZipMaker.Part("xl/sharedStrings.xml", strings)) }
    return ZipMaker(parts: parts)
  }

  var bytes: [UInt8] { zip.bytes }
}
