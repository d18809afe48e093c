//! Slots: named places in shared files, and what components put there.

use std::collections::BTreeMap;

/// One contribution to a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// The component it comes from.
    pub component: String,
    /// Python imports that the body needs; empty for other kinds of text.
    pub imports: String,
    /// The text, without blank lines around it.
    pub body: String,
}

/// All slots that components offer, with what is put there, in the order of the components.
#[derive(Debug, Clone, Default)]
pub struct Slots(BTreeMap<String, Vec<Contribution>>);

impl Slots {
    /// Opens a slot, which exists from then on even if nothing is put there.
    pub fn open(&mut self, name: &str) {
        self.0.entry(name.to_owned()).or_default();
    }

    /// Whether some component offers the slot.
    pub fn is_open(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Puts a contribution in an open slot; one without text is left out.
    pub fn put(&mut self, name: &str, contribution: Contribution) {
        if let Some(slot) = self.0.get_mut(name)
            && !(contribution.body.is_empty() && contribution.imports.is_empty())
        {
            slot.push(contribution);
        }
    }

    /// What is in a slot, or `None` if no component offers it.
    pub fn get(&self, name: &str) -> Option<&[Contribution]> {
        self.0.get(name).map(Vec::as_slice)
    }

    /// The names of all open slots.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}
