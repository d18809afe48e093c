//! The catalog as far as it can be read, and the names that are known in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    answers,
    error::{Class, Error, Mistake, Result},
    preset::{Component, Layout, Library, Named, Preset, Roles, Versions},
    source::Source,
};

/// The parts of a catalog that could be read.
pub(super) struct Catalog<'a> {
    pub(super) library: &'a Library,
    /// The presets that are linted.
    pub(super) presets: Vec<Named<Preset>>,
    pub(super) layouts: BTreeMap<String, Named<Layout>>,
    pub(super) components: BTreeMap<String, Named<Component>>,
    pub(super) roles: Option<Named<Roles>>,
    pub(super) versions: Option<Named<Versions>>,
    /// The questions of all presets of the catalog with their choices; no choices for a line of text.
    pub(super) questions: BTreeMap<String, BTreeSet<String>>,
    /// The settings of style of all presets of the catalog.
    pub(super) styles: BTreeSet<String>,
}

/// What may be asked in a condition: questions and their choices.
pub(super) type Questions = BTreeMap<String, BTreeSet<String>>;

impl<'a> Catalog<'a> {
    /// Reads all that can be read; the rest are mistakes.
    pub(super) fn load(library: &'a Library, names: &[String]) -> (Self, Vec<Mistake>) {
        let mut mistakes = vec![];
        let mut catalog = Self {
            library,
            presets: vec![],
            layouts: BTreeMap::new(),
            components: BTreeMap::new(),
            roles: kept(library.roles(), "templates/roles.yaml", &mut mistakes),
            versions: kept(library.versions(), "templates/versions.yaml", &mut mistakes),
            questions: BTreeMap::new(),
            styles: BTreeSet::new(),
        };
        for name in library.layouts() {
            let path = format!("templates/layouts/{name}.yaml");
            let layout = kept(library.layout(name), &path, &mut mistakes);
            catalog.layouts.extend(layout.map(|it| (name.to_owned(), it)));
        }
        for name in library.components() {
            let path = format!("templates/components/{name}/component.yaml");
            let component = kept(library.component(name), &path, &mut mistakes);
            catalog.components.extend(component.map(|it| (name.to_owned(), it)));
        }
        for name in library.presets() {
            let is_linted = names.iter().any(|it| it == name);
            let loaded = library.preset(name);
            // Presets beside the linted ones lend their names only.
            let mut foreign = vec![];
            let list = if is_linted { &mut mistakes } else { &mut foreign };
            let Some(preset) = kept(loaded, &format!("presets/{name}.yaml"), list) else { continue };
            for (name, choices) in questions(&preset.value) {
                catalog.questions.entry(name).or_default().extend(choices);
            }
            catalog.styles.extend(preset.value.style.keys().cloned());
            if is_linted {
                catalog.presets.push(preset);
            }
        }
        (catalog, mistakes)
    }

    /// The text of a file of the catalog.
    pub(super) fn source(&self, path: &str, mistakes: &mut Vec<Mistake>) -> Option<Source> {
        kept(self.library.source(path), path, mistakes)
    }
}

/// The questions of a preset with their choices, the built-in ones first.
pub(super) fn questions(preset: &Preset) -> Questions {
    let mut all = answers::built_in(preset, "");
    all.extend(answers::from_preset(preset));
    let choices = |form: answers::Form| match form {
        answers::Form::Choice(choices) => choices.into_keys().collect(),
        answers::Form::Text => BTreeSet::new(),
    };
    all.into_iter().map(|question| (question.name, choices(question.form))).collect()
}

/// The value, or `None` and the mistakes for which there is none.
fn kept<T>(result: Result<T>, path: &str, mistakes: &mut Vec<Mistake>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(error) => {
            mistakes.extend(as_mistakes(&error, path));
            None
        }
    }
}

fn as_mistakes(error: &Error, path: &str) -> Vec<Mistake> {
    if !error.places().is_empty() {
        return error.places().to_vec();
    }
    let rule = if error.class() == Class::Rejected { "file-unreadable" } else { "file-missing" };
    vec![Mistake::new(rule, error.to_string(), &Source::new(path, ""), 0..0)]
}
