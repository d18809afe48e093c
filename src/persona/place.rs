//! What the surroundings of a line say about it: its section, its column, its label.

use super::document::Document;
use super::vocabulary::Vocabulary;
use super::words;
use crate::facts::Field;

/// How a section treats the tools it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    /// It prescribes.
    Normal,
    /// It shows what not to do, and names tools in passing.
    Never,
    /// It lists what is replaced, rejected or second choice.
    Alternative,
    /// It speaks of something else: other documents, when to load this one.
    Ignore,
}

/// The stance of every section, the nearest heading that has one deciding.
#[must_use]
pub fn stances(document: &Document<'_>, vocabulary: &Vocabulary) -> Vec<Stance> {
    let mut out: Vec<Stance> = Vec::with_capacity(document.sections.len());
    for section in &document.sections {
        let title = format!(
            " {} ",
            words::cut(&section.title).iter().map(|word| word.normal.as_ref()).collect::<Vec<_>>().join(" ")
        );
        let has = |phrases: &[String]| phrases.iter().any(|phrase| holds(&title, phrase));
        let own = if has(&vocabulary.ignored_sections) {
            Some(Stance::Ignore)
        } else if has(&vocabulary.alternative_sections) {
            Some(Stance::Alternative)
        } else if has(&vocabulary.never_sections) {
            Some(Stance::Never)
        } else {
            None
        };
        let above = section.parent.and_then(|parent| out.get(parent).copied()).unwrap_or(Stance::Normal);
        out.push(own.unwrap_or(above));
    }
    out
}

/// Whether `text` (spaces around every word) holds `phrase`, which has the same form.
fn holds(text: &str, phrase: &str) -> bool {
    text.contains(phrase)
}

/// How a column treats the tools in it, from its heading.
#[must_use]
pub fn column(heading: &str, vocabulary: &Vocabulary) -> Stance {
    let text = words::plain(heading).to_lowercase();
    let is = |list: &[String]| {
        list.contains(&text) || list.iter().any(|word| word.len() > 5 && text.starts_with(word.as_str()))
    };
    if is(&vocabulary.replaced_columns) || heading.contains(['❌', '✗', '🚫']) {
        Stance::Alternative
    } else if is(&vocabulary.ignored_columns) {
        Stance::Ignore
    } else {
        Stance::Normal
    }
}

/// Whether a line is about another document: what it names is there, not here.
#[must_use]
pub fn refers(text: &str) -> bool {
    [".md)", ".md`", ".md**", ".md:", ".md "].iter().any(|mark| text.contains(mark))
        || text.rsplit_once('.').is_some_and(|(_, end)| end == "md")
        || text.contains("see `")
        || text.contains("See `")
}

/// The label in front of a text (`**Linting**: ruff`), and the rest after it.
#[must_use]
pub fn label(text: &str) -> Option<(&str, &str)> {
    let at = text.find([':', '：']).filter(|at| *at <= 60)?;
    let mark = text[at..].chars().next()?;
    let rest = &text[at + mark.len_utf8()..];
    let head = &text[..at];
    let fine = !head.contains(['(', '.', '|', '/']) || head.to_ascii_lowercase().contains("ci/cd");
    (fine && !rest.starts_with("//") && head.matches('`').count().is_multiple_of(2)).then_some((head, rest))
}

/// The fields that a label speaks of.
#[must_use]
pub fn fields<'v>(label: &str, vocabulary: &'v Vocabulary) -> Option<&'v [Field]> {
    let plain = words::plain(label).to_lowercase().replace('_', " ");
    let plain = plain.trim_matches(|mark: char| !mark.is_alphanumeric());
    vocabulary.label(plain).or_else(|| {
        let (head, _) = plain.rsplit_once(' ')?;
        let last = plain.rsplit(' ').next()?;
        matches!(
            last,
            "tool" | "tools" | "framework" | "library" | "stack" | "layer" | "version" | "standards"
        )
        .then(|| vocabulary.label(head))
        .flatten()
    })
}
