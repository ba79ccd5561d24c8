/// What a part of the archive says about others: which there are, of what type, and where.
final class Relationships: XMLReader {
  struct Target {
    /// The last word of its type, as "worksheet": what comes before differs between the transitional and the strict form.
    let type: String
    let part: String
  }

  private(set) var targets: [String: Target] = [:]
  /// The first of each type.
  private var parts: [String: String] = [:]
  private let folder: [Substring]

  static let targetsMax = 100_000

  /// - Parameter owner: the part whose relationships they are; "" for those of the archive.
  init(of owner: String) {
    let path = owner.split(separator: "/")
    folder = path.dropLast()
    super.init((path.dropLast() + ["_rels", (path.last ?? "") + ".rels"]).joined(separator: "/"))
  }

  override func began(_ name: XMLName, _ attributes: XMLAttributes) {
    guard case "Relationship" = name, let id = attributes["Id"], let target = attributes["Target"] else {
      return
    }
    if let mode = attributes["TargetMode"], "External" ~= mode { return }
    let type = String(attributes["Type"]?.string.split(separator: "/").last ?? "")
    let found = Target(type: type, part: resolve(target.string))
    targets[id.string] = found
    if parts[type] == nil { parts[type] = found.part }
    if targets.count > Self.targetsMax { fail(.tooLarge(.entries, maximum: Self.targetsMax)) }
  }

  func part(ofType type: String) -> String? { parts[type] }

  /// Absolute from the archive's root, or relative to the folder of the owner.
  private func resolve(_ target: String) -> String {
    let steps = target.replacing("\\", with: "/").replacing("%20", with: " ")
    var path = steps.hasPrefix("/") ? [] : folder
    for step in steps.split(separator: "/") {
      switch step {
      case ".": continue
      case "..": _ = path.popLast()
      default: path.append(step)
      }
    }
    return path.joined(separator: "/")
  }
}

/// The list of sheets, and from when days are counted.
final class WorkbookPart: XMLReader {
  struct Sheet {
    let name: String
    let relationship: String
    let isHidden: Bool
  }

  private(set) var sheets: [Sheet] = []
  private(set) var from1904 = false
  private(set) var isWorkbook = false
  private var hasRoot = false

  static let sheetsMax = 10_000

  override func began(_ name: XMLName, _ attributes: XMLAttributes) {
    if !hasRoot {
      hasRoot = true
      if case "workbook" = name { isWorkbook = true } else { return fail(.notWorkbook) }
    }
    switch name {
    case "workbookPr": from1904 = attributes["date1904"]?.isTrue ?? false
    case "sheet":
      guard sheets.count < Self.sheetsMax else { return fail(.tooLarge(.entries, maximum: Self.sheetsMax)) }
      let state = attributes["state"]?.string ?? "visible"
      sheets.append(
        Sheet(
          name: attributes["name"]?.string ?? "", relationship: attributes["id"]?.string ?? "",
          isHidden: state != "visible"))
    default: return
    }
  }
}
