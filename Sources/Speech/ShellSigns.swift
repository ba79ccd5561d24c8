/// Whether a shell could take a part of a word for a command. What others have named so is not put on a command line, and not
/// named so here.
package func hasShellSigns(_ word: String) -> Bool {
  word.unicodeScalars.contains { scalar in
    guard scalar.isASCII else { return scalar.properties.generalCategory == .control }
    return !scalar.properties.isAlphabetic && !("0"..."9").contains(scalar)
      && !" .,:_+-@/%=".unicodeScalars.contains(scalar)
  }
}
