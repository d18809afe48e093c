//! The gates of a project, in the order in which they run.

use super::Part;
use crate::{answers::Answers, preset};

/// A gate, and the component it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Gate<'a> {
    /// The component.
    pub part: &'a Part,
    /// Its manifest entry.
    pub spec: &'a preset::Gate,
}

/// All gates whose condition holds: by phase, then in the order of the components.
pub(super) fn ordered<'a>(parts: &'a [Part], answers: &Answers) -> Vec<Gate<'a>> {
    let present = |name: &str| parts.iter().any(|part| part.name == name);
    let mut gates: Vec<Gate<'a>> = parts
        .iter()
        .flat_map(|part| part.manifest.value.gates.iter().map(move |spec| Gate { part, spec }))
        .filter(|gate| gate.spec.when.holds(&|name| answers.get(name), &present))
        .collect();
    gates.sort_by_key(|gate| gate.spec.phase);
    gates
}
