//! The preset manifest, `presets/NAME.yaml`: this file mirrors it one to one and is its reference.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{component::Dependencies, layout::Layout, rule::Rule, when::When};

/// A preset: which layout, which components, which questions, which settings.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preset {
    /// The name, as in `--preset NAME`.
    pub preset: String,
    /// A few words for lists.
    pub title: String,
    /// One or two sentences: for whom, and what comes out.
    pub description: String,
    /// The persona document that the preset cites, as a path in the repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persona: Option<String>,
    /// The Python versions on offer, such as `"3.13"`; the first is the default.
    pub python: Vec<String>,
    /// The layouts on offer; the first that the answers allow is the default.
    pub layouts: Vec<Offer>,
    /// A layout of the preset's own; its name has to be among `layouts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layout: Option<Layout>,
    /// What is asked, in this order, after name, description, author, licence, Python and layout.
    #[serde(default)]
    pub questions: IndexMap<String, Question>,
    /// Which components take part.
    pub components: Vec<Selection>,
    /// Python packages beside those of the components. One without a version in `versions.yaml` may state its own.
    #[serde(default)]
    pub dependencies: Dependencies,
    /// Tables for `pyproject.toml`, as TOML. They outrank what components contribute. `{package}` stands for the
    /// name of the package.
    #[serde(default)]
    pub pyproject: String,
    /// Tables of `pyproject` to which no component may contribute, such as `tool.ruff`.
    #[serde(default)]
    pub exact: Vec<String>,
    /// How the code is written; templates read it as `style.NAME`.
    #[serde(default)]
    pub style: Style,
    /// What the names of environment variables begin with, such as `APP_`; the name of the package in capitals when
    /// it is left out. When it is empty, the variables are called as they are: `DATABASE_URL`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub env_prefix: Option<String>,
    /// For tables of `pyproject`: the line of the persona that demands them, as `LINE: text`.
    #[serde(default)]
    pub cites: IndexMap<String, String>,
    /// What has to hold for every project made from the preset.
    #[serde(default)]
    pub rules: Vec<Rule>,
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

/// A question with a list of choices.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The question, as the wizard asks it.
    pub ask: String,
    /// The choices by value, in order.
    pub choices: IndexMap<String, Choice>,
    /// The choice taken when nothing else decides.
    pub default: String,
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
    pub fn choice(&self, label: String) -> Choice {
        match self {
            Self::Always(_) => Choice { label, when: When::default(), unless: None },
            Self::Conditional(it) => Choice { label, when: it.when.clone(), unless: it.unless.clone() },
        }
    }
}
