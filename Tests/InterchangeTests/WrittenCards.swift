import Foundation
import Speech
import Workbench

/// People as telephones, mail programs and address books write their cards.
extension FileAuthor {
  private enum Version: String, CaseIterable {
    case old = "2.1"
    case three = "3.0"
    case four = "4.0"
  }

  mutating func cards(_ records: [WrittenFile.Record]) throws -> WrittenFile {
    let version = one(Version.allCases)
    let lineEnd = one(["\r\n", "\n"])
    var said: [WrittenFile.Record] = []
    var text = ""
    for record in records {
      var record = record
      if let email = record.fields["email"], isLucky(30) {
        record.fields["email"] = "\(email) q\(said.count)@globex.example"
      }
      if isLucky(15) { record.fields["notes"] = one(["R\\D; \\x", "a=20b = c", "\u{2028}é\u{85}", "=3D"]) }
      said.append(record)
      text += card(try lines(record, version), version, lineEnd)
      // What is no person is not taken for one.
      if isLucky(10) { text += card(stranger(version), version, lineEnd) }
    }
    let (data, encoding) = try encoded(text)
    return WrittenFile(
      name: one(["contacts.vcf", "people.vcard", "export"]), data: data, records: said, currency: nil,
      format: "cards", form: "vCard \(version) \(encoding)\n\(text)")
  }

  private mutating func card(_ lines: [String], _ version: Version, _ lineEnd: String) -> String {
    var lines = lines
    lines.insert("VERSION:\(version.rawValue)", at: version == .four || isLucky(70) ? 0 : lines.count)
    let whole = [one(["BEGIN:VCARD", "begin:vcard"])] + lines + [one(["END:VCARD", "end:vcard"])]
    return whole.joined(separator: "\n").replacing("\n", with: lineEnd) + lineEnd
      + (isLucky(20) ? lineEnd : "")
  }

  private mutating func stranger(_ version: Version) -> [String] {
    switch version {
    case .four: ["KIND:\(one(["org", "group", "location"]))", "FN:Globex"]
    default:
      one([["FN:Globex", "N:;;;;", "ORG:Globex"], ["FN:Globex", "ORG:Globex;Sales", "X-ABShowAs:COMPANY"]])
    }
  }

  private mutating func lines(_ record: WrittenFile.Record, _ version: Version) throws -> [String] {
    var lines: [String] = []
    let name = record.fields["name"] ?? ""
    let (given, family) = (name.split(separator: " ").dropLast().joined(separator: " "), record.key)
    // Old cards may have the parts of a name only.
    if version != .old || isLucky(70) { lines.append(line("FN", [[name]], version)) }
    if version != .four || lines.isEmpty || isLucky(50) {
      lines.append(line("N", [[family], [given], [""], [""], [""]], version))
    }
    lines.append(line("ORG", isLucky(40) ? [["globex"], ["Vente; & co"]] : [["globex"]], version))
    for (field, property) in [("title", one(["TITLE", "ROLE"])), ("notes", "NOTE")] {
      if let text = record.fields[field] { lines.append(line(property, [[text]], version)) }
    }
    for email in record.fields["email"]?.split(separator: " ").map(String.init) ?? [] {
      lines.append(
        line(
          one(["EMAIL", "item1.EMAIL", "email"]), [[email]], version,
          one(["", ";INTERNET", ";TYPE=WORK", ";TYPE=\"x:y\""])))
    }
    if let phone = record.fields["phone"] {
      let isURI = version == .four && !phone.contains(" ")
      lines.append(
        line(
          "TEL", [[isURI ? "tel:" + phone : phone]], version,
          isURI ? ";VALUE=uri" : one(["", ";CELL", ";TYPE=work,voice"])))
    }
    let other = [
      "X-PHONETIC-FIRST-NAME:zoé", "REV:2026-01-02T00:00:00Z", "ADR;WORK:;;1, rue;Paris;;;",
      "item1.X-ABLabel:_$!<Work>!$_",
    ]
    if isLucky(50) { lines.append(one(other)) }
    if isLucky(20) {
      lines.append("PHOTO;ENCODING=b;TYPE=JPEG:" + fold(String(repeating: "QUJD", count: number(10...60))))
    }
    lines.shuffle(using: &self)
    return lines
  }

  /// A property with its parts, escaped, encoded and folded as the version does it.
  private mutating func line(
    _ name: String, _ parts: [[String]], _ version: Version, _ parameters: String = ""
  ) -> String {
    guard version == .old else {
      let value = parts.map { part in
        part.map { text in
          text.replacing("\\", with: "\\\\").replacing("\n", with: one(["\\n", "\\N"])).replacing(
            ";", with: "\\;"
          )
          .replacing(",", with: "\\,")
        }.joined(separator: ",")
      }.joined(separator: ";")
      return fold("\(name)\(parameters):\(value)")
    }
    let isStructured = ["N", "ORG"].contains(name)
    let value = parts.map { part in part.joined().replacing(";", with: isStructured ? "\\;" : ";") }
      .joined(separator: ";")
    let needsEncoding = value.contains { !$0.isASCII || $0.isNewline || $0 == "=" } || isLucky(20)
    guard needsEncoding else { return fold("\(name)\(parameters):\(value)") }
    let charsets: [(String, String.Encoding)] = [
      ("UTF-8", .utf8), ("ISO-8859-1", .isoLatin1), ("WINDOWS-1252", .windowsCP1252),
    ]
    let (charset, encoding) = one(charsets)
    let breaks = value.replacing("\n", with: one(["\r\n", "\n"]))
    let chosen = breaks.data(using: encoding)
    let encoded = quotedPrintable(chosen ?? Data(breaks.utf8))
    let how = one(["ENCODING=QUOTED-PRINTABLE", "QUOTED-PRINTABLE"])
    let what = "CHARSET=\(chosen == nil ? "UTF-8" : charset)"
    return "\(name)\(parameters);\(isLucky(50) ? "\(how);\(what)" : "\(what);\(how)"):\(encoded)"
  }

  private mutating func quotedPrintable(_ data: Data) -> String {
    var text = ""
    var width = 20
    for byte in data {
      let sign =
        byte >= 0x21 && byte < 0x7F && byte != 0x3D || byte == 0x20 && isLucky(50)
        ? String(UnicodeScalar(byte)) : String(format: isLucky(80) ? "=%02X" : "=%02x", Int(byte))
      width += sign.count
      if width > 70 {
        text += "=\n"
        width = sign.count
      }
      text += sign
    }
    return text
  }

  /// At 75 bytes at most, never within a character's bytes.
  private mutating func fold(_ line: String) -> String {
    guard line.utf8.count > 75 || isLucky(10) else { return line }
    let most = number(20...75)
    var folded = ""
    var width = 0
    for scalar in line.unicodeScalars {
      let count = String(scalar).utf8.count
      if width + count > most {
        folded += "\n "
        width = 1
      }
      width += count
      folded.unicodeScalars.append(scalar)
    }
    return folded
  }
}
