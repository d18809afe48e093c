//! Capabilities and habits that a document asks for, or turns down, in words: a rate limit, no `print`.

use super::document::{Document, Kind, item_text};
use super::evidence::{Evidence, Found, weight};
use super::mention;
use super::place::{self, Stance};
use super::vocabulary::{Usage, Vocabulary};
use crate::facts::{Field, Polarity, Strength, Value};

/// Reads every line of text, and the description of the front matter.
pub fn read(document: &Document<'_>, stances: &[Stance], vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let Some(features) = vocabulary.features.as_deref() else { return };
    for (index, line) in document.lines.iter().enumerate() {
        let stance = stances.get(line.section).copied().unwrap_or(Stance::Normal);
        let stance = if stance == Stance::Normal && is_marked_bad(line.text, features) {
            Stance::Never
        } else {
            stance
        };
        let weight = match line.kind {
            Kind::Front if line.text.starts_with("description:") => weight::ASIDE,
            Kind::Heading(_) | Kind::Text => weight::PROSE,
            Kind::Item => weight::ITEM,
            Kind::Row(_) => weight::LABELLED,
            Kind::Blank | Kind::Code(_) | Kind::Silent | Kind::Front => continue,
        };
        if stance == Stance::Ignore || place::refers(line.text) {
            continue;
        }
        for piece in super::pieces(line.text) {
            piece_of(piece, index + 1, weight, stance, features, evidence);
        }
    }
}

/// Whether a line begins with a mark that turns down what it shows.
fn is_marked_bad(line: &str, features: &Vocabulary) -> bool {
    let text = item_text(line).unwrap_or(line).trim_start_matches(['*', '#', ' ', '`']);
    features.bad_marks.iter().any(|mark| text.starts_with(mark.as_str()))
}

fn piece_of(
    text: &str,
    line: usize,
    weight: u32,
    stance: Stance,
    features: &Vocabulary,
    evidence: &mut Evidence,
) {
    let lower = text.to_lowercase();
    let refused = features.refusals.iter().any(|phrase| lower.contains(phrase.as_str()));
    for mention in mention::scan(text, features).mentions {
        if mention.tool.word != Usage::Own && !mention.code {
            continue;
        }
        let polarity = match (mention.polarity, stance) {
            (Polarity::Use, Stance::Never) => Polarity::Never,
            (Polarity::Use, Stance::Alternative) => Polarity::Alternative,
            (Polarity::Use, _) if refused => Polarity::Never,
            (polarity, _) => polarity,
        };
        let strength = if weight <= weight::ASIDE { Strength::Context } else { Strength::Should };
        let value = Value::from(mention.tool.name.as_str());
        evidence.add(Found { field: Field::Feature, value, polarity, strength, weight, line, options: None });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Polarity)> {
        let (vocabulary, document) = (Vocabulary::built_in(), Document::new(text));
        let stances = place::stances(&document, &vocabulary);
        let mut evidence = Evidence::default();
        read(&document, &stances, &vocabulary, &mut evidence);
        evidence.of(Field::Feature).map(|it| (it.value.to_string(), it.polarity)).collect()
    }

    #[test]
    fn words_are_told_with_what_is_said_of_them() {
        for (text, expected) in [
            ("- CORS and a rate limit", &[("CORS", Polarity::Use), ("rate limit", Polarity::Use)][..]),
            ("- `print()` is forbidden", &[("print", Polarity::Never)]),
            ("- Never print secrets", &[]),
            (
                "- No placeholders, no TODOs",
                &[("placeholders", Polarity::Never), ("placeholders", Polarity::Never)],
            ),
            ("- `TODO`: none of them is accepted", &[("placeholders", Polarity::Never)]),
            ("# Forbidden\n\n- placeholder code", &[("placeholders", Polarity::Never)]),
            ("❌ BAD: bare print statements", &[("print statements", Polarity::Never)]),
            ("# When to use\n\n- multi-tenant systems", &[]),
            ("```\nCORS\n```", &[]),
        ] {
            let expected: Vec<(String, Polarity)> =
                expected.iter().map(|it| (it.0.to_owned(), it.1)).collect();
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
