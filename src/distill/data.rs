//! The data file as plain structs: it mirrors the YAML one to one; the file explains its keys.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::{
    error::{Class, Error, Result},
    facts::Field,
    preset::When,
};

/// The data that the program carries.
const BUILT_IN: &str = include_str!("data.yaml");

/// Values by field; `files` stands for paths of the tree, `imports` for modules of samples, `words` for any names.
pub(super) type Values = IndexMap<String, Vec<String>>;

/// What is known beyond the document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    pub(super) pythons: Vec<String>,
    pub(super) base: Vec<String>,
    pub(super) kinds: IndexMap<String, Kind>,
    pub(super) slices: IndexMap<String, Vec<Slice>>,
    pub(super) one_file: OneFile,
    pub(super) questions: IndexMap<String, Asked>,
    pub(super) selections: Vec<Entry>,
    pub(super) styles: Vec<Written>,
    /// For readers, and for the test that holds every component of the catalog against it.
    #[serde(rename = "apart")]
    _apart: IndexMap<String, String>,
    pub(super) with_image: Vec<String>,
    pub(super) components: BTreeMap<String, IndexMap<String, Vec<String>>>,
    pub(super) defaults: IndexMap<String, String>,
    pub(super) stand_in: BTreeMap<String, String>,
    pub(super) only_in: BTreeMap<String, Vec<String>>,
    pub(super) instead: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) includes: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    pub(super) spoken: IndexMap<String, Spoken>,
    pub(super) rules: Vec<Demand>,
    pub(super) labels: BTreeMap<String, String>,
    pub(super) images: IndexMap<String, Vec<String>>,
    pub(super) image_managers: BTreeMap<String, String>,
    pub(super) image_keys: BTreeMap<String, String>,
    pub(super) image_python: IndexMap<String, String>,
    pub(super) ruff_renamed: BTreeMap<String, String>,
    pub(super) packages: BTreeMap<String, String>,
    pub(super) mypy_plugins: Vec<String>,
    pub(super) pytest_needs: IndexMap<String, String>,
    pub(super) tables: IndexMap<String, String>,
    pub(super) folders: IndexMap<String, Vec<String>>,
    pub(super) modules: IndexMap<String, Vec<String>>,
    pub(super) comments: IndexMap<String, Vec<String>>,
    pub(super) package_words: Vec<String>,
    pub(super) plain_folders: Vec<String>,
    pub(super) outside: IndexMap<String, (String, String)>,
    pub(super) beside: Vec<String>,
    pub(super) made: Vec<String>,
    pub(super) endings: Vec<String>,
    pub(super) tables_left: BTreeMap<String, String>,
    pub(super) architectures: BTreeMap<String, String>,
    pub(super) default_layout: String,
    pub(super) ruff_select: Vec<String>,
    pub(super) pytest_options: Vec<String>,
    pub(super) pytest_markers: IndexMap<String, String>,
    pub(super) files: IndexMap<String, String>,
    pub(super) conditional: Vec<String>,
}

/// A kind of project.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kind {
    pub(super) label: String,
    pub(super) needs: Vec<String>,
    #[serde(default)]
    pub(super) asked: Values,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) tree: Vec<String>,
    #[serde(default)]
    pub(super) firm: bool,
}

/// An example to begin with.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Slice {
    pub(super) name: String,
    #[serde(default)]
    pub(super) preset: String,
    #[serde(default)]
    pub(super) asked: Values,
    #[serde(default)]
    pub(super) only: Values,
    #[serde(default)]
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) database: bool,
    #[serde(default)]
    pub(super) fixed: Vec<String>,
    #[serde(default)]
    pub(super) layout: String,
    #[serde(default)]
    pub(super) style: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) image: BTreeMap<String, String>,
}

/// The prototype in one file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OneFile {
    pub(super) feature: String,
    pub(super) component: String,
    pub(super) layout: String,
    pub(super) unless: String,
    pub(super) asked: Values,
    pub(super) with: Vec<String>,
}

/// Components and what brings them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    #[serde(rename = "use")]
    pub(super) names: Vec<String>,
    #[serde(default)]
    pub(super) when: When,
    #[serde(default)]
    pub(super) asked: Values,
    #[serde(default)]
    pub(super) with: Values,
    #[serde(default)]
    pub(super) slice: Vec<String>,
    #[serde(default)]
    pub(super) beside: Vec<String>,
}

/// How the code of an example is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) asked: Values,
    pub(super) slice: String,
    pub(super) set: IndexMap<String, String>,
    #[serde(default)]
    pub(super) settings: IndexMap<String, String>,
    #[serde(default)]
    pub(super) alone: String,
}

/// What is taken where a document speaks of a thing and names no tool for it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spoken {
    pub(super) called: String,
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) service: Vec<String>,
    #[serde(default)]
    pub(super) asked: Values,
    pub(super) value: String,
}

/// A rule that facts or components demand.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Demand {
    pub(super) field: Option<String>,
    pub(super) value: Option<String>,
    #[serde(default)]
    pub(super) refused: bool,
    #[serde(default)]
    pub(super) spoken: bool,
    #[serde(default)]
    pub(super) components: Vec<String>,
    pub(super) settings: Option<String>,
    pub(super) rule: serde_json::Value,
}

/// A question beside the kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    pub(super) ask: String,
    pub(super) field: String,
    pub(super) kinds: Vec<String>,
    pub(super) always: Vec<String>,
    #[serde(default)]
    pub(super) also: Vec<String>,
    #[serde(default)]
    pub(super) along: String,
    #[serde(default)]
    pub(super) several: bool,
    #[serde(default)]
    pub(super) firm: bool,
    pub(super) choices: IndexMap<String, Answer>,
}

/// A choice of a question.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    pub(super) label: String,
    #[serde(default)]
    pub(super) when: When,
    pub(super) unless: Option<String>,
    #[serde(default)]
    pub(super) slice: Vec<String>,
    #[serde(default)]
    pub(super) beside: Vec<String>,
}

/// Whether an example is among those that something is for.
fn is_for(slice: &str, only: &[String], beside: &[String]) -> bool {
    let among = |list: &[String]| list.iter().any(|it| it == slice);
    (only.is_empty() || among(only)) && !among(beside)
}

impl Entry {
    /// Whether it takes part beside an example.
    pub(super) fn is_for(&self, slice: &str) -> bool {
        is_for(slice, &self.slice, &self.beside)
    }
}

impl Answer {
    /// Whether it is on offer beside an example.
    pub(super) fn is_for(&self, slice: &str) -> bool {
        is_for(slice, &self.slice, &self.beside)
    }
}

impl Data {
    /// The built-in data.
    pub(super) fn built_in() -> Result<Self> {
        crate::yaml::plain(BUILT_IN)
            .map_err(|error| Error::new(Class::System, "the data of `distill` cannot be read").because(error))
    }

    /// The best component for an image called `name`.
    pub(super) fn best_image(&self, name: &str) -> Option<&str> {
        let (_, list) = self.images.iter().find(|(word, _)| name.contains(word.as_str()))?;
        list.first().map(String::as_str)
    }

    /// Whether a value of a field does what another one asks for.
    pub(super) fn includes(&self, field: Field, value: &str, other: &str) -> bool {
        let included = self.includes.get(field.name()).and_then(|values| values.get(value));
        included.is_some_and(|list| list.iter().any(|it| it == other))
    }

    /// What values of a field are called.
    pub(super) fn label(&self, field: Field, values: &str) -> String {
        match self.labels.get(field.name()) {
            Some(label) => label.replace("{}", values),
            None => format!("{}: {values}", field.name().replace(['_', '.'], " ")),
        }
    }

    /// An example by its name.
    pub(super) fn slice(&self, name: &str) -> Option<&Slice> {
        self.slices.values().flatten().find(|it| it.name == name)
    }

    /// The role that a folder's name tells.
    pub(super) fn folder_role(&self, name: &str) -> Option<&str> {
        role(&self.folders, name)
    }

    /// The role that a module's name tells.
    pub(super) fn module_role(&self, stem: &str) -> Option<&str> {
        role(&self.modules, stem)
    }

    /// The role that a comment tells.
    pub(super) fn comment_role(&self, comment: &str) -> Option<&str> {
        let comment = comment.to_lowercase();
        let said = |words: &Vec<String>| words.iter().any(|word| comment.contains(word.as_str()));
        self.comments.iter().find(|(_, words)| said(words)).map(|(role, _)| role.as_str())
    }
}

fn role<'a>(roles: &'a IndexMap<String, Vec<String>>, name: &str) -> Option<&'a str> {
    roles.iter().find(|(_, names)| names.iter().any(|it| it == name)).map(|(role, _)| role.as_str())
}
