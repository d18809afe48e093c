//! What a persona document states: facts with their strength, polarity and source lines.

mod json;

pub use json::json;

use std::fmt;

use serde::{Serialize, Serializer};

/// How firmly a document says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// Seen in passing: a code sample, a description, a URL.
    Context,
    /// Listed, shown or recommended.
    Should,
    /// Configured, pinned, or demanded in so many words.
    Must,
}

/// Whether a document asks for a thing or turns it down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Build with it.
    Use,
    /// A fallback, or something that was replaced.
    Alternative,
    /// Rejected.
    Never,
}

/// The value of one fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A yes or no.
    Flag(bool),
    /// A whole number: a percentage, a length.
    Number(u32),
    /// A name, a path, a version.
    Text(String),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => flag.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

macro_rules! fields {
    ($($variant:ident $name:literal $doc:literal)*) => {
        /// What a fact is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $(#[doc = $doc] $variant,)* }

        impl Field {
            /// Every field, in the order of the output.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name of the field in data and output.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

fields! {
    Python "python" "The Python version, as an operator and major.minor."
    PackageManager "package_manager" "The program that installs packages."
    WebFramework "web_framework" "The web framework."
    Orm "orm" "The object-relational mapper."
    Migrations "migrations" "The tool of schema migrations."
    Database "database" "The database server."
    Cache "cache" "The server that caches or holds sessions."
    TaskQueue "task_queue" "The runner of background tasks."
    HttpClient "http_client" "The HTTP client used at run time."
    CliFramework "cli_framework" "The command-line framework."
    Logging "logging" "The logging library."
    Settings "settings" "The library that reads settings."
    Linter "linter" "The linter."
    Formatter "formatter" "The formatter."
    TypeChecker "type_checker" "The type checker."
    TypeCheckerStrict "type_checker_strict" "Whether types are checked strictly."
    TestFramework "test_framework" "The test framework."
    CoverageMin "coverage_min" "The least test coverage, in percent."
    LineLength "line_length" "The longest line, in characters."
    DocstringStyle "docstring_style" "The style of docstrings."
    Layout "layout" "Where the package lies: `src`, `app`, `flat`."
    Ci "ci" "The CI service."
    Docs "docs" "The generator of documentation."
    Architecture "architecture" "The named architecture."
    HealthEndpoint "health_endpoint" "The path of the health check."
    Complexity "max_complexity" "The highest complexity of a function."
    FunctionLines "function_lines" "The longest function, in lines."
    Feature "features" "A capability or a habit that is spoken of in words."
    TestPlugin "test_plugins" "A plugin or helper of tests."
    RuffSelect "ruff_select" "A rule group that ruff has to select."
    Layer "layers" "A layer of the architecture, in order."
    Package "packages" "A package of the index, by its PEP 503 name."
    Builder "container.builder" "The image that builds."
    Runtime "container.runtime" "The image that runs."
    NonRoot "container.non_root" "Whether the container runs without root."
    MultiStage "container.multi_stage" "Whether the image is built in stages."
}

impl Field {
    /// The field called `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.name() == name)
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// One thing that a document states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is about.
    pub field: Field,
    /// The value stated; a version carries its operator (`>=3.12`).
    pub value: Value,
    /// How firmly it is said.
    pub strength: Strength,
    /// Whether it is asked for or turned down.
    pub polarity: Polarity,
    /// Where it stands, 1-based, the clearest place first.
    pub lines: Vec<usize>,
}

/// The facts of one field, weighed against each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// The field.
    pub field: Field,
    /// The values that stand, the strongest first.
    pub facts: Vec<Fact>,
    /// True when the values are equal options of which one has to be picked.
    pub choice: bool,
}

/// One entry of a drawn tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The path below the repository; the package reads `{pkg}`.
    pub path: String,
    /// Whether it is a folder.
    pub folder: bool,
    /// The comment beside it.
    pub comment: String,
    /// The line it stands on.
    pub line: usize,
}

/// A project tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tree {
    /// The line of the first entry, the dropped repository line included.
    pub line: usize,
    /// The heading it stands under.
    pub heading: String,
    /// The name of the repository, if the first line gave one.
    pub root: Option<String>,
    /// The entries in the order drawn, parents included.
    pub entries: Vec<Entry>,
}

/// One size of a project that a document describes in sections of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tier {
    /// The word that stands for it, in lower case.
    pub name: String,
    /// The heading that introduces it.
    pub title: String,
    /// The line of that heading.
    pub line: usize,
    /// Its sections: the first and the last line of each.
    pub spans: Vec<(usize, usize)>,
}

/// A block of text kept as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// The language named by the fence, or recognised.
    pub language: String,
    /// The first line of the content.
    pub first: usize,
    /// The last line of the content.
    pub last: usize,
    /// The heading it stands under.
    pub heading: String,
    /// The content, unchanged.
    pub text: String,
}

/// A TOML table or key whose place is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TomlKey {
    /// The dotted path, `tool.ruff.line-length`.
    pub path: String,
    /// The value as TOML text.
    pub value: String,
    /// The line of the key.
    pub line: usize,
}

/// A stage of a Dockerfile, or an instruction in one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Instruction {
    /// The stage, counted from 1 within its block; 0 before the first `FROM`.
    pub stage: usize,
    /// The instruction, upper case.
    pub name: String,
    /// What follows it, continued lines joined.
    pub arguments: String,
    /// The line it starts on.
    pub line: usize,
}

/// A variable of the environment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// The value shown, without quotes.
    pub value: String,
    /// The line it stands on.
    pub line: usize,
}

/// A sentence that binds: a demand, a ban, an open question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// The sentence, without Markdown marks.
    pub text: String,
    /// The heading it stands under.
    pub heading: String,
    /// The line it stands on.
    pub line: usize,
}

/// Names found in samples of Python.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Samples {
    /// Modules imported, top level only, with the first line.
    pub imports: Vec<(String, usize)>,
    /// Exception classes: name, parent, line.
    pub exceptions: Vec<(String, String, usize)>,
    /// Endpoints: method, path, line.
    pub endpoints: Vec<(String, String, usize)>,
}

/// Everything read from one persona document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// False when the document is not about a Python project; then nothing is settled.
    pub about_python: bool,
    /// The document's name, from its front matter.
    pub name: Option<Sentence>,
    /// The document's description, from its front matter.
    pub description: Option<Sentence>,
    /// Every fact found, the rejected and the weak included.
    pub facts: Vec<Fact>,
    /// What stands after weighing, one entry per field.
    pub settled: Vec<Settled>,
    /// Packages that are only replaced, rejected or a fallback.
    pub alternatives: Vec<Fact>,
    /// The sizes of a project, the smallest first.
    pub tiers: Vec<Tier>,
    /// The tree that shows the whole project.
    pub tree: Option<Tree>,
    /// Every other tree.
    pub other_trees: Vec<Tree>,
    /// TOML blocks as they stand.
    pub toml: Vec<Block>,
    /// The keys of all TOML blocks.
    pub toml_keys: Vec<TomlKey>,
    /// Instructions of all Dockerfiles.
    pub docker: Vec<Instruction>,
    /// YAML blocks (CI, compose, hooks) as they stand.
    pub yaml: Vec<Block>,
    /// Ignore lists as they stand; the language is the file's name.
    pub ignore: Vec<Block>,
    /// Paths that commands create (`mkdir`, `touch`).
    pub created: Vec<Entry>,
    /// Variables of the environment.
    pub variables: Vec<Variable>,
    /// Names from Python samples.
    pub samples: Samples,
    /// Sentences that demand.
    pub demands: Vec<Sentence>,
    /// Sentences that forbid.
    pub bans: Vec<Sentence>,
    /// Questions and choices left open.
    pub questions: Vec<Sentence>,
    /// What was cut or could not be read, and why.
    pub notes: Vec<Sentence>,
}

impl Facts {
    /// The settled values of `field`, the strongest first.
    #[must_use]
    pub fn of(&self, field: Field) -> &[Fact] {
        self.settled.iter().find(|settled| settled.field == field).map_or(&[], |settled| &settled.facts)
    }
}
