//! Mistakes that many combinations show, each once.

use std::collections::BTreeMap;

use super::Proof;
use crate::{error::Mistake, space::Case};

/// What makes a mistake the same one in another project: file, rule, place and title.
type Key = (String, &'static str, usize, String);

/// Each mistake once, with an answer that shows it where not all do.
pub fn once(proofs: &[(Case, Proof)]) -> Vec<Mistake> {
    let mut found: BTreeMap<Key, (Mistake, usize, String)> = BTreeMap::new();
    for (case, proof) in proofs {
        for mistake in &proof.mistakes {
            // The same file of projects with different names.
            let general = |text: &str| {
                text.replace(&case.names.package, "{package}").replace(&case.names.project, "{project}")
            };
            let is_rendered = mistake.source.name.ends_with(')');
            let name =
                if is_rendered { general(&mistake.source.name) } else { mistake.source.name.to_string() };
            let place = if is_rendered { mistake.place().0 } else { mistake.span.start };
            let key = (
                name,
                mistake.rule,
                place,
                if is_rendered { general(&mistake.title) } else { String::new() },
            );
            let entry = found.entry(key).or_insert_with(|| (mistake.clone(), 0, case.shown()));
            entry.1 += 1;
        }
    }
    found
        .into_values()
        .map(|(mut mistake, count, shown)| {
            if count < proofs.len() {
                let blank = if mistake.label.is_empty() { "" } else { "; " };
                mistake.label = format!("{}{blank}with {shown}", mistake.label);
            }
            mistake
        })
        .collect()
}
