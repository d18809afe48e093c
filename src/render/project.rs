//! What templates may ask about the project that is being made.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    compose::slots::Slots,
    error::nearest,
    plan::{Places, Plan},
    preset::Library,
    source::Source,
    template::Project,
};

/// The answers to a template's questions.
pub(super) struct View {
    places: Places,
    components: BTreeSet<String>,
    slots: Slots,
    partials: BTreeMap<String, Source>,
}

impl View {
    /// The view on `plan`, with what is in its slots and the partials of `library`.
    pub(super) fn new(plan: &Plan, library: &Library, slots: Slots) -> Self {
        let components = plan.parts.iter().map(|part| part.name.clone()).collect();
        // One that is no text is told of by lint, and by whatever includes it.
        let partials = library.partials().into_iter();
        let partials = partials.filter_map(|it| Some((it.name, library.source(&it.source).ok()?))).collect();
        Self { places: plan.places.clone(), components, slots, partials }
    }
}

impl Project for View {
    fn path(&self, role: &str, name: &str) -> Result<String, String> {
        let path = self.places.place(role, name)?;
        Ok(path.to_string())
    }

    fn module(&self, role: &str, name: &str) -> Result<String, String> {
        self.places.module(role, name)
    }

    fn has(&self, component: &str) -> bool {
        self.components.contains(component)
    }

    fn partial(&self, name: &str) -> Option<Source> {
        self.partials.get(name).cloned()
    }

    fn slot(&self, name: &str) -> Result<Vec<String>, String> {
        match self.slots.get(name) {
            Some(contributions) => Ok(contributions.iter().map(|it| it.body.clone()).collect()),
            None => Err(match nearest(name, self.slots.names()) {
                Some(best) => format!("no component here owns the slot `{name}` (did you mean `{best}`?)"),
                None => format!("no component here owns the slot `{name}`"),
            }),
        }
    }
}
