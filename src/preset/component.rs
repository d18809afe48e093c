//! The manifest of a component, `templates/components/NAME/component.yaml`: this file mirrors it one to one.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{rule::Rule, when::When};

/// A component: one capability, in one folder.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// One line that says what it brings.
    pub description: String,
    /// Components that come in with it and stand before it.
    #[serde(default)]
    pub requires: Vec<Requires>,
    /// Components that stand before it when they take part, without coming in with it.
    #[serde(default)]
    pub after: Vec<String>,
    /// Components that cannot take part together with it.
    #[serde(default)]
    pub conflicts: Vec<String>,
    /// Python packages, without versions: those stand in `versions.yaml`.
    #[serde(default)]
    pub dependencies: Dependencies,
    /// Values for all templates, by name. Texts are templates themselves.
    #[serde(default)]
    pub context: IndexMap<String, Value>,
    /// The slots that the files of this component print: name and meaning.
    #[serde(default)]
    pub owns: IndexMap<String, String>,
    /// Commands that prove the project.
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// Exceptions for single files, by their path under `files/` without the template suffix.
    #[serde(default)]
    pub files: IndexMap<String, FileOptions>,
    /// What has to hold for every project in which it takes part.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

/// A component that comes in with another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Requires {
    /// Always.
    Always(String),
    /// Under a condition.
    Conditional(ConditionalName),
}

/// A name under a condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionalName {
    /// The name.
    pub name: String,
    /// The condition.
    pub when: When,
}

/// The Python packages of a component.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Dependencies {
    /// Needed to run.
    pub runtime: Vec<Dependency>,
    /// Needed to develop.
    pub dev: Vec<Dependency>,
}

/// A Python package, with extras where needed: `sqlalchemy[asyncio]`.
pub type Dependency = Requires;

/// A command that proves the project.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// The name, as in reports and Makefile targets.
    pub id: String,
    /// When it runs.
    pub phase: Phase,
    /// A few words for reports.
    pub title: String,
    /// The command as bare words; the package manager's prefix is put before it. A word that renders to nothing is
    /// left out.
    #[serde(default)]
    pub run: Vec<String>,
    /// Instead of `run`: a server that is started, probed and stopped.
    #[serde(default)]
    pub serve: Vec<String>,
    /// The address that has to answer 200 while the server runs; `{port}` is a free port.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probe: Option<String>,
    /// Environment variables; `{port}` is a free port, `{tmp}` a temporary folder. One whose value renders to
    /// nothing is left out.
    #[serde(default)]
    pub env: IndexMap<String, String>,
    /// Environment variables that hold the address of a service which has to be there. One that renders to nothing
    /// is left out.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Without the package manager's prefix.
    #[serde(default)]
    pub raw: bool,
    /// Whether continuous integration runs it too.
    #[serde(default = "yes")]
    pub in_ci: bool,
    /// Only under this condition.
    #[serde(default)]
    pub when: When,
}

/// The order in which gates run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// The lock file is current.
    Lock,
    /// The locked packages install.
    Install,
    /// The code is formatted.
    Format,
    /// The linter finds nothing.
    Lint,
    /// The type checker finds nothing.
    Types,
    /// The layers hold.
    Layers,
    /// The tests pass.
    Test,
    /// The migrations run.
    Migrate,
    /// The package builds.
    Package,
    /// The program starts.
    Start,
}

impl std::fmt::Display for Phase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Lock => "lock",
            Self::Install => "install",
            Self::Format => "format",
            Self::Lint => "lint",
            Self::Types => "types",
            Self::Layers => "layers",
            Self::Test => "test",
            Self::Migrate => "migrate",
            Self::Package => "package",
            Self::Start => "start",
        })
    }
}

/// Exceptions for one file of a component.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FileOptions {
    /// Only under this condition.
    pub when: When,
    /// Whether the file may be run.
    pub executable: bool,
    /// A list each of whose items makes a file: a question, whose answer may have commas, or a list of texts in
    /// `context`. `{item}` in the name of the file stands for the item, which the template sees as `item`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
}

impl Requires {
    /// The name.
    pub fn name(&self) -> &str {
        match self {
            Self::Always(name) | Self::Conditional(ConditionalName { name, .. }) => name,
        }
    }

    /// The condition, if there is one.
    pub fn when(&self) -> Option<&When> {
        match self {
            Self::Always(_) => None,
            Self::Conditional(conditional) => Some(&conditional.when),
        }
    }
}

fn yes() -> bool {
    true
}
