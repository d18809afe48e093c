//! What a document asks for: by the values of its fields, and by the files of its tree.

use super::{
    Paper,
    choices::wanted,
    data::{Data, Values},
};
use crate::{
    facts::{Entry, Fact, Facts, Field},
    preset::Library,
};

/// The name that stands for the files of the tree, that for modules of samples, and that for any words.
const OTHERS: [&str; 3] = ["files", "imports", "words"];

/// The document with its facts, and what is known beyond it.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub(super) paper: &'a Paper<'a>,
    pub(super) facts: &'a Facts,
    pub(super) data: &'a Data,
    pub(super) library: &'a Library,
}

/// How something is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    /// Where.
    pub(super) lines: Vec<usize>,
    /// Whether in any case, and not only where a project needs it.
    pub(super) firm: bool,
}

impl<'a> Sight<'a> {
    /// Whether one of `values` is asked for, and how.
    pub(super) fn wish(&self, values: &Values) -> Option<Wish> {
        let mut lines = vec![];
        for (name, values) in values {
            if let Some(field) = Field::from_name(name) {
                lines.extend(self.asking(field, values).flat_map(|fact| fact.lines.iter().copied()));
                continue;
            }
            let imports = &self.facts.samples.imports;
            match OTHERS.iter().position(|it| it == name) {
                Some(0) => {
                    lines.extend(self.files().filter(|it| values.contains(&it.path)).map(|it| it.line));
                }
                Some(1) => lines.extend(imports.iter().filter(|it| values.contains(&it.0)).map(|it| it.1)),
                _ => lines.extend(self.paper.line_of(values)),
            }
        }
        let firm = lines.iter().any(|line| !self.paper.is_conditional(*line, self.data));
        (!lines.is_empty()).then_some(Wish { lines, firm })
    }

    /// Whether of each field one of the values is asked for.
    pub(super) fn wishes_all(&self, values: &Values) -> bool {
        values.iter().all(|(name, values)| {
            Field::from_name(name).is_some_and(|field| self.asking(field, values).next().is_some())
        })
    }

    /// Whether no field that the document names values of lacks one of these.
    pub(super) fn allows(&self, values: &Values) -> bool {
        values.iter().all(|(name, values)| {
            Field::from_name(name).is_none_or(|field| {
                self.facts.of(field).is_empty() || self.asking(field, values).next().is_some()
            })
        })
    }

    /// Whether the document asks for a value, and does not turn it down.
    pub(super) fn asks_for(&self, field: Field, value: &str) -> bool {
        wanted(self.facts, field).iter().any(|it| it.value.to_string() == value)
    }

    fn asking(&self, field: Field, values: &'a [String]) -> impl Iterator<Item = &'a Fact> {
        wanted(self.facts, field).into_iter().filter(|fact| values.contains(&fact.value.to_string()))
    }

    /// What the document draws or creates.
    pub(super) fn files(&self) -> impl Iterator<Item = &'a Entry> {
        self.facts.tree.iter().flat_map(|tree| &tree.entries).chain(&self.facts.created)
    }
}
