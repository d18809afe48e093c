//! What is kept word for word for later steps: variables, ignore lists, demands, bans, questions.

use super::document::{Document, Kind, item_text};
use super::words;
use crate::facts::{Facts, Sentence, Variable};

/// The most sentences kept of each kind.
pub const MAX_SENTENCES: usize = 2000;

/// The longest sentence kept, in bytes.
pub const MAX_SENTENCE: usize = 600;

/// Reads a line `NAME=value`.
#[must_use]
pub fn variable(text: &str, line: usize) -> Option<Variable> {
    let text = text.trim().trim_start_matches("export ").trim_start_matches("ENV ");
    let (name, value) = text.split_once('=')?;
    let fine = !name.is_empty()
        && name.len() < 80
        && name.starts_with(|letter: char| letter.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    let value = value.trim().trim_matches(['"', '\'']);
    fine.then(|| Variable { name: name.to_owned(), value: value.chars().take(200).collect(), line })
}

const DEMANDS: [&str; 16] = [
    "must ",
    "MUST",
    "always ",
    "Always ",
    "required",
    "mandatory",
    "shall ",
    "doit ",
    "toujours ",
    "obligatoire",
    "всегда",
    "должн",
    "siempre",
    "sempre",
    "必须",
    "必ず",
];
const BANS: [&str; 20] = [
    "never ",
    "Never ",
    "NEVER",
    "do not ",
    "Do not ",
    "DO NOT",
    "Do NOT",
    "don't ",
    "Don't ",
    "forbidden",
    "FORBIDDEN",
    "prohibited",
    "must not",
    "MUST NOT",
    "jamais ",
    "никогда",
    "запрещ",
    "nunca ",
    "禁止",
    "不要",
];
const QUESTIONS: [&str; 10] = [
    "ask the user",
    "Ask the user",
    "ask about",
    "ask whether",
    "clarify",
    "depending on",
    "determined by",
    "user's choice",
    "选择",
    "choose between",
];

/// Sorts the sentences of the text that bind or ask.
pub fn sentences(document: &Document<'_>, facts: &mut Facts) {
    for (index, line) in document.lines.iter().enumerate() {
        if !matches!(line.kind, Kind::Item | Kind::Text | Kind::Row(_)) {
            continue;
        }
        let text = item_text(line.text).unwrap_or(line.text).trim();
        let has = |cues: &[&str]| cues.iter().any(|cue| text.contains(cue));
        let placeholder =
            text.contains("{{") || text.contains('[') && text.contains(" / ") && text.contains(']');
        let target = if has(&BANS) {
            &mut facts.bans
        } else if text.ends_with(['?', '？']) || has(&QUESTIONS) || placeholder {
            &mut facts.questions
        } else if has(&DEMANDS) {
            &mut facts.demands
        } else {
            continue;
        };
        if target.len() < MAX_SENTENCES {
            let text = words::plain(cut(text));
            target.push(Sentence { text, heading: document.title(line.section).to_owned(), line: index + 1 });
        }
    }
}

/// Notes what could not be read as it stands.
pub fn note(what: &str, line: usize, facts: &mut Facts) {
    if facts.notes.len() < MAX_SENTENCES {
        facts.notes.push(Sentence { text: what.to_owned(), heading: String::new(), line });
    }
}

/// The start of `text`, never in the middle of a letter.
#[must_use]
pub fn cut(text: &str) -> &str {
    let mut end = text.len().min(MAX_SENTENCE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Name and description from the front matter.
pub fn front_matter(document: &Document<'_>, facts: &mut Facts) {
    let front: Vec<&str> =
        document.lines.iter().take_while(|line| line.kind == Kind::Front).map(|line| line.text).collect();
    let value = |key: &str| {
        front.iter().enumerate().find_map(|(index, line)| {
            let stated = line.strip_prefix(key)?.trim();
            // A block goes on in the indented lines below.
            let block = stated.trim_end_matches(['-', '+']);
            let text = if matches!(block, ">" | "|") {
                let below = front[index + 1..]
                    .iter()
                    .take_while(|it| it.starts_with([' ', '\t']) || it.trim().is_empty());
                below.map(|it| it.trim()).collect::<Vec<_>>().join(" ")
            } else {
                stated.trim_matches(['"', '\'']).to_owned()
            };
            let text = cut(text.trim()).to_owned();
            (!text.is_empty()).then(|| Sentence { text, heading: String::new(), line: index + 1 })
        })
    };
    facts.name = value("name:");
    facts.description = value("description:");
}
