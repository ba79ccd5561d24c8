import Speech
import Wording
import Workbench

/// A phrase in the language of this process.
func said(_ phrase: Phrase) -> String { Shell.current.reader.said(phrase) }

/// A word of the model in the language of this process.
func said(word: String) -> String { Shell.current.reader.said(word: word) }
