//! Every project that the presets can give, rendered and proven.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::catalog::Catalog;
use crate::{
    error::Mistake,
    proof::{self, Proof},
    space::{self, Case, Extent},
};

/// Above so many combinations lint covers every pair of answers only.
const MOST: usize = 512;

/// A combination that was rendered.
pub(super) struct Seen {
    /// The position of its preset.
    pub(super) preset: usize,
    /// The combination.
    pub(super) case: Case,
    /// The components that took part.
    pub(super) components: BTreeSet<String>,
}

/// What rendering showed.
pub(super) struct Rendered {
    /// All combinations.
    pub(super) cases: Vec<Seen>,
    /// The presets, by position, of which pairs of answers were covered only.
    pub(super) pairwise: BTreeSet<usize>,
    /// The mistakes, each once.
    pub(super) mistakes: Vec<Mistake>,
    /// All components that took part.
    pub(super) components: BTreeSet<String>,
    /// All templates and files that had a part.
    pub(super) sources: BTreeSet<String>,
}

/// Renders all combinations of all presets.
pub(super) fn all(catalog: &Catalog<'_>) -> Rendered {
    let mut rendered = Rendered {
        cases: vec![],
        pairwise: BTreeSet::new(),
        mistakes: vec![],
        components: BTreeSet::new(),
        sources: BTreeSet::new(),
    };
    for (at, preset) in catalog.presets.iter().enumerate() {
        let mut cases = space::cases(&preset.value, &Extent::default()).unwrap_or_default();
        if cases.is_empty() || cases.len() > MOST {
            rendered.pairwise.insert(at);
            cases = space::cases(&preset.value, &Extent { pairwise: true, python: vec![] }).unwrap_or_default();
        }
        let prove = |case: Case| {
            let proof = proof::prove(catalog.library, preset, &case);
            (case, proof)
        };
        let proofs: Vec<(Case, Proof)> = cases.into_par_iter().map(prove).collect();
        rendered.mistakes.extend(once(&proofs));
        for (case, proof) in proofs {
            rendered.components.extend(proof.components.iter().cloned());
            rendered.sources.extend(proof.sources);
            rendered.cases.push(Seen { preset: at, case, components: proof.components });
        }
    }
    rendered
}

/// Each mistake once, with an answer that shows it where not all do.
fn once(proofs: &[(Case, Proof)]) -> Vec<Mistake> {
    let mut found: BTreeMap<(String, &'static str, usize, String), (Mistake, usize, String)> = BTreeMap::new();
    for (case, proof) in proofs {
        for mistake in &proof.mistakes {
            // The same file of projects with different names.
            let general = |text: &str| text.replace(&case.names.package, "{package}").replace(&case.names.project, "{project}");
            let is_rendered = mistake.source.name.ends_with(')');
            let name = if is_rendered { general(&mistake.source.name) } else { mistake.source.name.to_string() };
            let place = if is_rendered { mistake.place().0 } else { mistake.span.start };
            let key = (name, mistake.rule, place, if is_rendered { general(&mistake.title) } else { String::new() });
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
