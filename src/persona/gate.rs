//! Whether a document is about a Python project at all.

use super::document::Document;
use super::vocabulary::Vocabulary;
use super::words;

/// Weighs the marks of Python against those of everything else.
#[must_use]
pub fn about_python(document: &Document<'_>, vocabulary: &Vocabulary) -> bool {
    let (mut python, mut other) = (0u32, 0u32);
    for code in &document.codes {
        match code.language.as_str() {
            "python" | "py" => python += 6,
            "typescript" | "ts" | "tsx" | "javascript" | "js" | "jsx" | "go" | "rust" | "ruby" | "php"
            | "kotlin" | "java" | "solidity" | "swift" | "csharp" => other += 6,
            _ => {}
        }
    }
    for line in document.lines.iter().take(20_000) {
        for word in words::cut(line.text) {
            let text = word.normal.as_ref();
            let text =
                text.rsplit_once('.').filter(|(head, _)| !head.is_empty()).map_or(text, |(_, extension)| {
                    match extension {
                        "py" | "ts" | "tsx" | "jsx" | "php" | "rb" | "kt" | "sol" => extension,
                        _ => text,
                    }
                });
            python += vocabulary.python_marks.get(text).copied().unwrap_or(0);
            other += vocabulary.other_marks.get(text).copied().unwrap_or(0);
        }
    }
    python >= 3 && python > other
}
