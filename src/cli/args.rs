//! The command line, as typed.

use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Turns a preset into a Python project that works at once.
#[derive(Debug, Parser)]
#[command(name = "scaffold", version, propagate_version = true, arg_required_else_help = true)]
#[command(after_help = EXIT_CODES)]
pub(super) struct Cli {
    /// Take presets and templates from this folder instead of the built-in ones
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) catalog: Option<PathBuf>,

    /// Fetch nothing: take presets of repositories as they were last fetched
    #[arg(long, global = true)]
    pub(super) offline: bool,

    #[command(subcommand)]
    pub(super) command: Command,
}

/// A command line as data.
pub(super) type Described = clap::Command;

/// The whole command line, for what describes it.
pub(super) fn described() -> Described {
    Cli::command().disable_help_subcommand(true)
}

const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 findings or failed gates, 2 wrong usage or answers, 3 preset or document rejected, 4 refused because of the \
state of the target, 5 needs your consent, 6 over a limit, 7 the system failed, 129/130/143 stopped by a signal";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make a new project
    New(Box<New>),
    /// Make a preset of a persona document: what it states, with its lines
    Distill(Distill),
    /// Run the gates of a project: lock, install, format, lint, types, tests, migrations, start
    Verify(Verify),
    /// Say what asked for a file or a setting of a project: component, entry of the preset, line of the persona
    Why(Why),
    /// Look at presets
    #[command(subcommand)]
    Preset(Preset),
    /// Print the completions for a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page, or write those of all commands
    Man {
        /// Write `scaffold.1`, `scaffold-new.1` and so on to this folder; older pages are replaced
        #[arg(long, short, value_name = "DIR")]
        output: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// The folder to make; its name is the project's name
    pub(super) dir: Option<PathBuf>,

    /// The preset to use: a name, a file, a folder with presets, or a git repository
    ///
    /// `strict`, `./mine.yaml`, `./team-presets#api`, `git+https://host/repository@v1#api`
    #[arg(long, short, value_name = "NAME|PATH|git+URL")]
    pub(super) preset: Option<String>,

    /// Make the preset of this document, in Markdown
    #[arg(long, value_name = "FILE", conflicts_with = "preset")]
    pub(super) persona: Option<PathBuf>,

    /// What to make, such as `api`
    #[arg(long, value_name = "KIND")]
    pub(super) kind: Option<String>,

    /// How much the project takes on, such as `core`
    #[arg(long, value_name = "TIER")]
    pub(super) tier: Option<String>,

    /// How the code is divided, such as `hexagonal`
    #[arg(long, value_name = "NAME")]
    pub(super) layout: Option<String>,

    /// Answer a question (repeatable)
    #[arg(long = "set", value_name = "QUESTION=VALUE")]
    pub(super) set: Vec<String>,

    /// Take answers from a YAML or JSON file; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    pub(super) answers: Option<PathBuf>,

    /// Ask nothing: take the defaults for everything that is not given
    #[arg(long)]
    pub(super) defaults: bool,

    /// Show what would be made, and what each file comes from, without making it
    #[arg(long)]
    pub(super) dry_run: bool,

    /// Print one JSON object instead of text
    #[arg(long)]
    pub(super) json: bool,

    /// Run all gates of the project when it is made
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) verify: bool,

    /// Fill a fresh clone: a folder that holds nothing but .git, LICENSE, README or .gitignore
    #[arg(long)]
    pub(super) into: bool,

    /// Make no git repository
    #[arg(long)]
    pub(super) no_git: bool,

    /// Make no lock file
    #[arg(long)]
    pub(super) no_lock: bool,

    /// Agree to the commands of a preset from elsewhere, which are shown first
    #[arg(long)]
    pub(super) trust: bool,

    /// Leave out the record in .scaffold/, without which `verify` does not know the gates
    #[arg(long, conflicts_with = "verify")]
    pub(super) no_record: bool,
}

#[derive(Debug, Args)]
pub(super) struct Distill {
    /// The documents, in Markdown; `-` reads standard input
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,

    /// Write the preset to a file instead of standard output
    ///
    /// A file that it wrote before is brought up to date. What you edited in it stays; where you and the document
    /// changed the same entry, yours stays, the other is named, and the exit code is 1.
    #[arg(long, short, value_name = "FILE", conflicts_with = "facts")]
    pub(super) output: Option<PathBuf>,

    /// Print what the documents state instead, with lines, strength and polarity: one JSON object for each
    #[arg(long)]
    pub(super) facts: bool,

    /// Print one JSON object with the preset and the report; facts are always JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Why {
    /// A file of a project, or a setting in its `pyproject.toml`
    #[arg(value_name = "PATH[:KEY]")]
    pub(super) what: String,

    /// Print one JSON object instead of text
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The project
    #[arg(default_value = ".")]
    pub(super) dir: PathBuf,

    /// Print one JSON object instead of text
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum Preset {
    /// Make a small complete preset of your own, to begin with
    New(PresetNew),
    /// List all presets, or those of a folder or repository
    List {
        /// A folder or a git repository with presets, as `new --preset` takes it
        #[arg(value_name = "PATH|git+URL")]
        source: Option<String>,
        /// Print one JSON object instead of text
        #[arg(long)]
        json: bool,
    },
    /// Show the questions, layouts and components of a preset, and where each entry comes from
    Show {
        /// The preset, as `new --preset` takes it
        preset: String,
        /// Print one JSON object instead of text
        #[arg(long)]
        json: bool,
    },
    /// Find all mistakes of presets and of what they use
    ///
    /// Renders every combination of answers, too. Exits with 1 when there are mistakes.
    Lint {
        /// A folder with presets, a file in it, or a preset as `new --preset` takes it; all presets when left out
        #[arg(value_name = "NAME|PATH|git+URL")]
        what: Option<String>,
        /// Print one JSON object instead of text
        #[arg(long)]
        json: bool,
        /// Print SARIF 2.1.0 instead of text, for code scanning services and editors
        #[arg(long, conflicts_with = "json")]
        sarif: bool,
    },
    /// Prove presets: render the whole space of answers, and check what comes out
    Test(PresetTest),
    /// Print a JSON Schema, for editors and validators
    Schema {
        /// What is described
        #[arg(value_enum, default_value_t = Schema::Preset)]
        what: Schema,
    },
}

#[derive(Debug, Args)]
pub(super) struct PresetNew {
    /// The name of the preset
    pub(super) name: String,

    /// Begin with this preset, a built-in one or one of the folder: the new one extends it
    #[arg(long, value_name = "PRESET", conflicts_with = "persona")]
    pub(super) from: Option<String>,

    /// Begin with what this document states, in Markdown
    #[arg(long, value_name = "FILE")]
    pub(super) persona: Option<PathBuf>,

    /// The folder for presets, a new one or one with others in it [default: a new folder called NAME]
    #[arg(long, value_name = "DIR")]
    pub(super) into: Option<PathBuf>,

    /// Print one JSON object instead of text
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, Args)]
pub(super) struct PresetTest {
    /// The preset, as `new --preset` takes it; all presets of a folder or repository
    #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "NAME|PATH|git+URL")]
    pub(super) preset: Option<String>,

    /// All presets
    #[arg(long)]
    pub(super) all: bool,

    /// Cover every pair of answers, each under every hard name, instead of all combinations
    #[arg(long)]
    pub(super) pairwise: bool,

    /// Call every project so, instead of by names that are hard for templates
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,

    /// Really make N projects of each preset, spread over the space, and run their own gates
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "5")]
    pub(super) gates: Option<usize>,

    /// Run this program in each project before its gates, for example one that empties a database
    #[arg(long, value_name = "PROGRAM", requires = "gates")]
    pub(super) before: Option<PathBuf>,

    /// Agree to the commands of a preset from elsewhere, which `--gates` runs
    #[arg(long, requires = "gates")]
    pub(super) trust: bool,

    /// Only these versions of Python
    #[arg(long, value_name = "3.12,3.13", value_delimiter = ',')]
    pub(super) python: Vec<String>,

    /// Print one JSON object instead of text
    #[arg(long)]
    pub(super) json: bool,
}

/// What a JSON Schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Schema {
    /// `presets/NAME.yaml`
    Preset,
    /// `templates/layouts/NAME.yaml`
    Layout,
    /// `templates/components/NAME/component.yaml`
    Component,
    /// `NAME.py.examples.yaml`, beside a template
    Examples,
    /// `templates/roles.yaml`
    Roles,
    /// `templates/versions.yaml`
    Versions,
}
