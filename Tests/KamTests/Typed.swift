import Wording

@testable import kam

/// A sentence as an English reader sees it at a terminal.
func typed(_ phrase: Phrase) -> String { phrase.text(in: .english.read(in: CommandWords())) }
