//! What templates may ask about the project that is being made.

use std::collections::BTreeSet;

use crate::{
    compose::slots::Slots,
    error::nearest,
    plan::{Places, Plan},
    template::Project,
};

/// The answers to a template's questions.
pub(super) struct View {
    places: Places,
    components: BTreeSet<String>,
    slots: Slots,
}

impl View {
    /// The view on `plan`, with what is in its slots.
    pub(super) fn new(plan: &Plan, slots: Slots) -> Self {
        let components = plan.parts.iter().map(|part| part.name.clone()).collect();
        Self { places: plan.places.clone(), components, slots }
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
