//! The catalog as far as it can be read, and the names that are known in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    answers,
    error::{Class, Error, Mistake, Result},
    preset::{Component, Layout, Library, Named, Preset, Roles, Versions},
    source::Source,
    yaml::{self, Kind, Node},
};

/// The settings of style that every preset has.
const STYLE: [&str; 2] = ["docstring_examples", "docstring_types"];

/// The parts of a catalog that could be read.
pub(super) struct Catalog<'a> {
    pub(super) library: &'a Library,
    /// The presets that are linted.
    pub(super) presets: Vec<Named<Preset>>,
    pub(super) layouts: BTreeMap<String, Arc<Named<Layout>>>,
    pub(super) components: BTreeMap<String, Arc<Named<Component>>>,
    pub(super) roles: Option<Arc<Named<Roles>>>,
    pub(super) versions: Option<Arc<Named<Versions>>>,
    /// The questions of all presets of the catalog with their choices; no choices for a line of text.
    pub(super) questions: BTreeMap<String, BTreeSet<String>>,
    /// The settings of style of all presets of the catalog.
    pub(super) styles: BTreeSet<String>,
    /// The slots that components own, also those whose manifest could be read in part only.
    pub(super) slots: BTreeSet<String>,
    /// The same for values that components give to templates.
    pub(super) values: BTreeSet<String>,
    /// Whether some manifest could not be read at all, so that names in it are not known.
    pub(super) blind: bool,
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
            styles: BTreeSet::from(STYLE.map(str::to_owned)),
            slots: BTreeSet::new(),
            values: BTreeSet::new(),
            blind: false,
        };
        for name in library.layouts() {
            let path = format!("templates/layouts/{name}.yaml");
            let layout = kept(library.layout(name), &path, &mut mistakes);
            catalog.layouts.extend(layout.map(|it| (name.to_owned(), it)));
        }
        for name in library.components() {
            let path = format!("templates/components/{name}/component.yaml");
            let component = kept(library.component(name), &path, &mut mistakes);
            match (&component, catalog.in_part(&path, component.is_none())) {
                (Some(it), _) => {
                    catalog.slots.extend(it.value.owns.keys().cloned());
                    catalog.values.extend(it.value.context.keys().cloned());
                }
                (None, Some(root)) => {
                    catalog.slots.extend(keys(root.get("owns")));
                    catalog.values.extend(keys(root.get("context")));
                }
                (None, None) => {}
            }
            catalog.components.extend(component.map(|it| (name.to_owned(), it)));
        }
        for name in library.presets() {
            let is_linted = names.iter().any(|it| it == name);
            let loaded = library.preset(name);
            // Presets beside the linted ones lend their names only.
            let mut foreign = vec![];
            let list = if is_linted { &mut mistakes } else { &mut foreign };
            let path = format!("presets/{name}.yaml");
            let Some(preset) = kept(loaded, &path, list) else {
                if let Some(root) = catalog.in_part(&path, true) {
                    catalog.learn(&root);
                }
                continue;
            };
            for (name, choices) in questions(&preset.value) {
                catalog.questions.entry(name).or_default().extend(choices);
            }
            catalog.styles.extend(preset.value.style.others.keys().cloned());
            if is_linted {
                catalog.presets.push(preset);
            }
        }
        (catalog, mistakes)
    }

    /// The nodes of a manifest that is not what it should be, so that its names are known all the same.
    fn in_part(&mut self, path: &str, wanted: bool) -> Option<Node> {
        let root = if wanted {
            self.library.source(path).and_then(|source| yaml::parse(&source)).ok()
        } else {
            None
        };
        self.blind |= wanted && root.is_none();
        root
    }

    /// Takes the names of questions, choices and settings of style from an unsound preset.
    fn learn(&mut self, root: &Node) {
        for name in keys(root.get("questions")) {
            let question = root.get("questions").and_then(|all| all.get(&name));
            let choices = keys(question.and_then(|it| it.get("choices")));
            self.questions.entry(name).or_default().extend(choices);
        }
        for name in ["description", "author", "license", "python", "layout"] {
            self.questions.entry(name.to_owned()).or_default();
        }
        self.styles.extend(keys(root.get("style")));
    }

    /// The text of a file of the catalog.
    pub(super) fn source(&self, path: &str, mistakes: &mut Vec<Mistake>) -> Option<Source> {
        kept(self.library.source(path), path, mistakes)
    }
}

fn keys(node: Option<&Node>) -> Vec<String> {
    match node.map(|node| &node.kind) {
        Some(Kind::Map(pairs)) => pairs.iter().map(|(key, _)| key.name.clone()).collect(),
        _ => vec![],
    }
}

/// The questions of a preset with their choices.
pub(super) fn questions(preset: &Preset) -> Questions {
    let all = answers::all(preset, &answers::Descriptions::new(), "");
    let choices = |form: answers::Form| match form {
        answers::Form::Choice(choices) | answers::Form::Several(choices) => choices.into_keys().collect(),
        answers::Form::Text | answers::Form::Secret => BTreeSet::new(),
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
