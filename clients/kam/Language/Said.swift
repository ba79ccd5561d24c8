import Wording

/// A phrase in the language of this process.
func said(_ phrase: Phrase) -> String { phrase.text(in: Shell.current.language) }

/// A word of the model in the language of this process.
func said(word: String) -> String { Shell.current.language.word(word) }
