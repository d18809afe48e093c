//! Every project that the presets can give, rendered and proven.

use std::collections::BTreeSet;

use super::catalog::Catalog;
use crate::{
    error::Mistake,
    parallel,
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
    /// Whether all combinations could be rendered.
    pub(super) complete: bool,
    /// All templates and files that had a part.
    pub(super) sources: BTreeSet<String>,
    /// Those that had a part in a project with examples in its docstrings.
    pub(super) documented: BTreeSet<String>,
    /// The examples that found their place, as template and name.
    pub(super) examples: BTreeSet<(String, String)>,
}

/// Renders all combinations of all presets.
pub(super) fn all(catalog: &Catalog<'_>) -> Rendered {
    let mut rendered = Rendered {
        cases: vec![],
        pairwise: BTreeSet::new(),
        mistakes: vec![],
        complete: true,
        sources: BTreeSet::new(),
        documented: BTreeSet::new(),
        examples: BTreeSet::new(),
    };
    for (at, preset) in catalog.presets.iter().enumerate() {
        let mut cases = space::cases(&preset.value, &Extent::default()).unwrap_or_default();
        if cases.is_empty() || cases.len() > MOST {
            rendered.pairwise.insert(at);
            cases = space::cases(&preset.value, &Extent { pairwise: true, ..Extent::default() })
                .unwrap_or_default();
        }
        let library = catalog.library.seen_by(preset);
        let prove = |case: Case| {
            let proof = proof::prove(&library, preset, &case);
            (case, proof)
        };
        let proofs: Vec<(Case, Proof)> = parallel::map(cases, prove);
        rendered.mistakes.extend(proof::once(&proofs));
        for (case, proof) in proofs {
            rendered.complete &= proof.project.is_some();
            if preset.value.style.docstring_examples {
                rendered.documented.extend(proof.sources.iter().cloned());
            }
            rendered.sources.extend(proof.sources);
            rendered.examples.extend(proof.examples);
            rendered.cases.push(Seen { preset: at, case, components: proof.components });
        }
    }
    rendered
}
