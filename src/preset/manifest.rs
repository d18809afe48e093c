//! The preset manifest, `presets/NAME.yaml`: this file mirrors it one to one and is its reference.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{component::Dependencies, layout::Layout, rule::Rule, when::When};

/// A preset: which layout, which components, which questions, which settings.
///
/// With `extends`, it states only what differs from another preset: texts replace those of the base, lists and maps
/// join its own.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::schema::needed_unless_extended)]
pub struct Preset {
    /// The name, as in `--preset NAME`.
    pub preset: String,
    /// The preset that this one begins with: the name of one in the same folder or of a built-in one, or a path from
    /// this file to another one of the folder or repository, such as `../base.yaml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<String>,
    /// Entries of the base that this preset does not take. Only with `extends`.
    #[serde(default, skip_serializing_if = "Remove::is_empty")]
    pub remove: Remove,
    /// Keys of the base of which this preset takes nothing. Only with `extends`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clear: Vec<Clearable>,
    /// A few words for lists.
    pub title: String,
    /// One or two sentences: for whom, and what comes out.
    pub description: String,
    /// The persona document that the preset cites, as a path in the repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persona: Option<String>,
    /// The Python versions on offer, such as `"3.13"`; the first is the default. Those of a base follow.
    pub python: Vec<String>,
    /// The layouts on offer; the first that the answers allow is the default. Those of a base follow.
    pub layouts: Vec<Offer>,
    /// A layout of the preset's own; its name has to be among `layouts`. It replaces that of a base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
    /// What is asked, in this order, after name, description, author, licence, Python and layout. A question that a
    /// base asks as well needs only the fields that differ; its choices join those of the base.
    #[serde(default)]
    pub questions: IndexMap<String, Question>,
    /// Which components take part. They follow those of a base.
    pub components: Vec<Selection>,
    /// Python packages beside those of the components. One without a version in `versions.yaml` may state its own.
    /// They join those of a base, and replace one of the same name.
    #[serde(default)]
    pub dependencies: Dependencies,
    /// Tables for `pyproject.toml`, as TOML. They outrank what components contribute. `{package}` stands for the
    /// name of the package. Tables join those of a base; any other value, also a list, replaces that of the base.
    #[serde(default)]
    pub pyproject: String,
    /// Tables of `pyproject` to which no component may contribute, such as `tool.ruff`. They join those of a base.
    #[serde(default)]
    pub exact: Vec<String>,
    /// How the code is written; templates read it as `style.NAME`. It joins that of a base.
    #[serde(default)]
    pub style: Style,
    /// What the names of environment variables begin with, such as `APP_`; the name of the package in capitals when
    /// it is left out. When it is empty, the variables are called as they are: `DATABASE_URL`. It replaces that of a
    /// base.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub env_prefix: Option<String>,
    /// For tables of `pyproject`: the line of the persona that demands them, as `LINE: text`. They join those of a
    /// base.
    #[serde(default)]
    pub cites: IndexMap<String, String>,
    /// What has to hold for every project made from the preset. They follow those of a base, and replace one of the
    /// same `id`.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// Commands that run in a project when it is complete, in this order, if whoever makes it agrees: they are shown
    /// first. They follow those of a base.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<After>,
}

/// A layout on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Offer {
    /// Always.
    Always(String),
    /// Under a condition.
    Conditional(ConditionalOffer),
}

/// A layout that is on offer under a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionalOffer {
    /// The layout by name.
    pub layout: String,
    /// On offer only under this condition over the preset's questions and `python`.
    pub when: When,
    /// Why it is not on offer otherwise, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<String>,
}

/// How the code is written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Style {
    /// Whether every definition of the package has an example in its docstring, taken from the file
    /// `NAME.py.examples.yaml` beside its template: a block of code for the reader, and the same code as a doctest
    /// in a comment that the rendered documentation hides.
    #[serde(default)]
    pub docstring_examples: bool,
    /// Whether docstrings repeat the types of the annotations: `name (Type): text` under `Args:`, and `Type: text`
    /// under `Returns:` and `Yields:`.
    #[serde(default)]
    pub docstring_types: bool,
    /// Settings that only templates read.
    #[serde(flatten)]
    pub others: IndexMap<String, String>,
}

/// A command that runs in a project when it is complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// What it does, in a few words.
    pub title: String,
    /// The program and its arguments as bare words; no shell reads them. `{project}` and `{package}` stand for the
    /// names of the project.
    pub run: Vec<String>,
    /// Environment variables: the name, and the question whose answer it holds. A secret comes in here.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub env: IndexMap<String, String>,
    /// Only under this condition.
    #[serde(default)]
    pub when: When,
}

/// A question: one of its choices, several of them, or a line of text.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::schema::needed_in_the_whole)]
pub struct Question {
    /// The question, as the wizard asks it.
    pub ask: String,
    /// The choices by value, in order. Without choices, the answer is a line of text.
    #[serde(default)]
    pub choices: IndexMap<String, Choice>,
    /// The answer when nothing else decides: a choice, several choices with commas between them, or a text.
    #[serde(default)]
    pub default: String,
    /// Whether any number of the choices may be taken, also none. Templates see a list; a condition holds when one of
    /// its values is among the choices taken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub several: bool,
    /// Whether the answer is a secret: a line of text that is masked while it is typed, and is never recorded,
    /// printed or shown. Only the environment of commands in `after` may hold it: no file of the project.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
    /// Asked only under this condition; otherwise the default holds.
    #[serde(default)]
    pub when: When,
    /// The line of the persona that demands it, as `LINE: text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
}

/// One choice of a question.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What it means, in one line.
    pub label: String,
    /// On offer only under this condition.
    #[serde(default)]
    pub when: When,
    /// Why it is not on offer otherwise, in a few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unless: Option<String>,
    /// Never on offer, for this reason, in a few words: whoever looks for it or asks for it reads it, instead of
    /// wondering whether it goes by another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<String>,
}

impl Choice {
    /// A choice that is always on offer.
    pub fn plain(label: &str) -> Self {
        Self { label: label.to_owned(), when: When::default(), unless: None, refused: None }
    }

    /// Whether it is on offer, when `holds` tells which conditions hold.
    pub fn is_open(&self, holds: impl FnOnce(&When) -> bool) -> bool {
        self.refused.is_none() && holds(&self.when)
    }
}

/// Components that take part under a condition.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// The components by name.
    #[serde(rename = "use")]
    pub names: Vec<String>,
    /// The condition over the answers.
    #[serde(default)]
    pub when: When,
    /// The line of the persona that demands them, as `LINE: text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
}

impl Preset {
    /// The names of the layouts on offer, under whatever condition.
    pub fn layout_names(&self) -> Vec<&str> {
        self.layouts.iter().map(Offer::name).collect()
    }
}

impl Offer {
    /// The name of the layout.
    pub fn name(&self) -> &str {
        match self {
            Self::Always(name) => name,
            Self::Conditional(it) => &it.layout,
        }
    }

    /// The layout as a choice with this label.
    pub fn choice(&self, label: &str) -> Choice {
        match self {
            Self::Always(_) => Choice::plain(label),
            Self::Conditional(it) => {
                Choice { when: it.when.clone(), unless: it.unless.clone(), ..Choice::plain(label) }
            }
        }
    }
}

/// Entries of a base that a preset does not take, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Remove {
    /// Versions of Python.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub python: Vec<String>,
    /// Layouts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub layouts: Vec<String>,
    /// Questions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// Choices, by question.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub choices: IndexMap<String, Vec<String>>,
    /// Components, from all entries of the base that choose them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<String>,
    /// Python packages.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dependencies: Vec<String>,
    /// Tables and keys of `pyproject`, such as `tool.ruff.lint.ignore`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pyproject: Vec<String>,
    /// Entries of `exact`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exact: Vec<String>,
    /// Settings of style.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub style: Vec<String>,
    /// Entries of `cites`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cites: Vec<String>,
    /// Rules, by their `id`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<String>,
}

impl Remove {
    /// Whether nothing is removed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Keys of a preset of which one that extends it may take nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Clearable {
    /// The document that the base cites.
    Persona,
    /// The versions of Python.
    Python,
    /// The layouts.
    Layouts,
    /// The layout of the base's own.
    Layout,
    /// The questions.
    Questions,
    /// The components.
    Components,
    /// The Python packages.
    Dependencies,
    /// The tables for `pyproject.toml`.
    Pyproject,
    /// The exact tables.
    Exact,
    /// The settings of style.
    Style,
    /// The prefix of environment variables.
    #[serde(rename = "env_prefix")]
    EnvPrefix,
    /// The citations for tables.
    Cites,
    /// The rules.
    Rules,
    /// The commands after a project is made.
    After,
}
