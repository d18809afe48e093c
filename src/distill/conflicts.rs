//! Contradictions: values of one field of which only one can stand.

use indexmap::IndexMap;

use super::{data::Data, report::Report, settings::minor};
use crate::{
    error::in_a_row,
    facts::{Fact, Facts, Field, Polarity, Strength},
};

/// Fields that hold many values at once.
const LISTS: [Field; 5] =
    [Field::TestPlugin, Field::RuffSelect, Field::Layer, Field::Package, Field::Feature];

/// Reports every value that lost against the one that was taken.
pub(super) fn report(facts: &Facts, data: &Data, report: &mut Report) {
    for settled in facts.settled.iter().filter(|it| !it.choice && !LISTS.contains(&it.field)) {
        let Some(taken) = settled.facts.first() else { continue };
        let label = data.label(settled.field, &shown(taken));
        let mut lost: IndexMap<String, Vec<&Fact>> = IndexMap::new();
        for other in facts.facts.iter().filter(|it| it.field == settled.field) {
            let stands = settled.facts.iter().any(|it| it.value == other.value);
            let within = taken.field == Field::Python
                && minor(&taken.value.to_string()) == minor(&other.value.to_string());
            if !stands && !within && other.polarity == Polarity::Use && other.strength > Strength::Context {
                let what = data.label(other.field, &shown(other));
                if data.includes(settled.field, &taken.value.to_string(), &other.value.to_string()) {
                    report.understand_beside(&label, what, &shown(other), &other.lines);
                } else if taken.lines.first() == other.lines.first() {
                    // Two names in one line are a list or a comparison, not a contradiction.
                    if !facts.alternatives.iter().any(|it| it.value == other.value) {
                        let why = format!("named beside {}, which is taken", shown(taken));
                        report.leave(what, &other.lines, why);
                    }
                } else {
                    lost.entry(reason(taken, other)).or_default().push(other);
                }
            }
            if stands && other.polarity == Polarity::Never && other.strength > Strength::Context {
                let what = format!("{label}, though the document also turns it down");
                let why = "it is asked for more often than turned down";
                report.resolve(what, &first_lines(taken, &[other]), why);
            }
        }
        for (why, others) in lost {
            let names: Vec<String> = others.iter().map(|it| shown(it)).collect();
            report.resolve(
                format!("{label}, not {}", in_a_row(&names, "or")),
                &first_lines(taken, &others),
                why,
            );
        }
    }
}

/// A value as people write it: `==3.13` is 3.13.
pub(super) fn shown(fact: &Fact) -> String {
    fact.value.to_string().trim_start_matches("==").to_owned()
}

fn first_lines(taken: &Fact, others: &[&Fact]) -> Vec<usize> {
    let others = others.iter().filter_map(|it| it.lines.first());
    taken.lines.first().into_iter().chain(others).copied().collect()
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
