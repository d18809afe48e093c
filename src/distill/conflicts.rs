//! Contradictions: values of one field of which only one can stand.

use super::{data::Data, report::Report, settings::minor};
use crate::facts::{Fact, Facts, Field, Polarity, Strength};

/// Fields that hold many values at once.
const LISTS: [Field; 5] =
    [Field::TestPlugin, Field::RuffSelect, Field::Layer, Field::Package, Field::Feature];

/// Reports every value that lost against the one that was taken.
pub(super) fn report(facts: &Facts, data: &Data, report: &mut Report) {
    for settled in facts.settled.iter().filter(|it| !it.choice && !LISTS.contains(&it.field)) {
        let Some(taken) = settled.facts.first() else { continue };
        for other in facts.facts.iter().filter(|it| it.field == settled.field) {
            let stands = settled.facts.iter().any(|it| it.value == other.value);
            let within = taken.field == Field::Python
                && minor(&taken.value.to_string()) == minor(&other.value.to_string());
            if !stands && !within && other.polarity == Polarity::Use && other.strength > Strength::Context {
                let (what, lines) = (data.label(other.field, &shown(other)), first_lines(taken, other));
                if data.includes(settled.field, &taken.value.to_string(), &other.value.to_string()) {
                    report.understand(what, &other.lines);
                    continue;
                }
                // Two names in one line are a list or a comparison, not a contradiction.
                if lines.first() == lines.get(1) {
                    report.leave(what, &lines, format!("named beside {}, which is taken", shown(taken)));
                    continue;
                }
                let words = format!("{} taken, not {}", shown(taken), shown(other));
                report.resolve(data.label(settled.field, &words), &lines, reason(taken, other));
            }
            if stands && other.polarity == Polarity::Never && other.strength > Strength::Context {
                let words = format!("{} taken, though the document also turns it down", shown(taken));
                let why = "it is asked for more often than turned down";
                report.resolve(data.label(settled.field, &words), &first_lines(taken, other), why);
            }
        }
    }
}

/// A value as people write it: `==3.13` is 3.13.
pub(super) fn shown(fact: &Fact) -> String {
    fact.value.to_string().trim_start_matches("==").to_owned()
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
