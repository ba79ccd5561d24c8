import Foundation

// Forms in which texts are compared: what people write in different ways, and mean the same by.

/// Composed letters, and one blank where there are several or of other kinds: texts that look the same are the same.
package func normalForm(_ text: String) -> String {
  var isPlain = true
  var wasBlank = true
  for byte in text.utf8 {
    if byte >= 0x80 || byte < 0x20 || byte == 0x20 && wasBlank {
      isPlain = false
      break
    }
    wasBlank = byte == 0x20
  }
  if isPlain, !wasBlank || text.isEmpty { return text }
  return text.precomposedStringWithCanonicalMapping.split { $0.isWhitespace }.joined(separator: " ")
}

/// "Müller Maschinenbau GmbH" as "muller maschinenbau".
package func companyName(_ name: String) -> String {
  let forms: Set<Substring> = [
    "sa", "sas", "sarl", "sasu", "eurl", "sci", "gmbh", "ag", "kg", "ohg", "ltd", "limited", "inc", "llc",
    "corp",
    "corporation", "plc", "bv", "nv", "spa", "srl", "ab", "as", "oy", "aps", "co", "company", "cie", "et",
    "and",
  ]
  let words = headingKey(name).split(separator: "-")
  let kept = words.filter { !forms.contains($0) }
  return (kept.isEmpty ? words : kept).joined(separator: " ")
}

/// "FR 12 345-678" and "fr12345678" are one number.
package func legalKey(_ text: String) -> String { headingKey(text).replacing("-", with: "") }

/// "Numéro  de commande" is "numero-de-commande": how headings are compared.
package func headingKey(_ text: String) -> String {
  var result = ""
  for scalar in text.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars {
    switch scalar.properties.generalCategory {
    case .nonspacingMark: continue
    case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber: result.unicodeScalars.append(scalar)
    default: if !result.isEmpty, result.last != "-" { result.append("-") }
    }
  }
  while result.last == "-" { result.removeLast() }
  return result
}
