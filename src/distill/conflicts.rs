//! Contradictions: values of one field of which only one can stand.

use super::report::Report;
use crate::facts::{Fact, Facts, Field, Polarity, Strength};

/// Fields that hold many values at once.
const LISTS: [Field; 4] = [Field::TestPlugin, Field::RuffSelect, Field::Layer, Field::Package];

/// Reports every value that lost against the one that was taken.
pub(super) fn report(facts: &Facts, report: &mut Report) {
    for settled in facts.settled.iter().filter(|it| !it.choice && !LISTS.contains(&it.field)) {
        let Some(taken) = settled.facts.first() else { continue };
        for other in facts.facts.iter().filter(|it| it.field == settled.field) {
            let stands = settled.facts.iter().any(|it| it.value == other.value);
            if !stands && other.polarity == Polarity::Use && other.strength > Strength::Context {
                let what = format!(
                    "{}: `{}` taken ({}), not `{}` ({})",
                    label(settled.field),
                    taken.value,
                    place(taken),
                    other.value,
                    place(other)
                );
                report.resolve(what, &first_lines(taken, other), reason(taken, other));
            }
            if stands && other.polarity == Polarity::Never && other.strength > Strength::Context {
                let what = format!(
                    "{}: `{}` taken ({}), though the document also turns it down ({})",
                    label(settled.field),
                    taken.value,
                    place(taken),
                    place(other)
                );
                report.resolve(
                    what,
                    &first_lines(taken, other),
                    "it is asked for more often than turned down",
                );
            }
        }
    }
}

/// A field as people call it.
pub(super) fn label(field: Field) -> String {
    field.name().replace(['_', '.'], " ")
}

fn place(fact: &Fact) -> String {
    fact.lines.first().map_or_else(|| "no line".to_owned(), |line| format!("line {line}"))
}

fn first_lines(taken: &Fact, other: &Fact) -> Vec<usize> {
    taken.lines.first().into_iter().chain(other.lines.first()).copied().collect()
}

/// Why `taken` outweighs `other`: the stronger word, then the more specific, then the later.
fn reason(taken: &Fact, other: &Fact) -> String {
    if taken.strength > other.strength {
        return format!("the stronger word: {} against {}", word(taken.strength), word(other.strength));
    }
    let (one, two) = (taken.value.to_string(), other.value.to_string());
    if one.starts_with(two.as_str()) {
        return "the more specific".to_owned();
    }
    if taken.field == Field::Python {
        return "the stricter demand includes the other".to_owned();
    }
    if taken.lines.len() > other.lines.len() {
        return format!("said in {} places against {}", taken.lines.len(), other.lines.len());
    }
    if taken.lines.first() > other.lines.first() {
        return "the later word".to_owned();
    }
    "said where such a choice is made; the other is named in passing".to_owned()
}

fn word(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "a demand",
        Strength::Should => "a recommendation",
        Strength::Context => "a mention",
    }
}
