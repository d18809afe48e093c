//! The project's own ruff settings, read from the text of its `pyproject.toml`.

use std::path::{Path, PathBuf};

use pep440_rs::{Operator, VersionSpecifiers};
use ruff_ranged_value::{ValueSource, ValueSourceGuard};
use ruff_workspace::{Settings, configuration::Configuration, options::Options};
use serde::Deserialize;
use toml::{Table, Value};

use super::modules::Modules;
use crate::error::{Class, Error, Result};

/// Where the project is said to be: paths are only compared, never opened.
pub(crate) const ROOT: &str = "/project";

/// The newest minor version of Python 3 that ruff's crates know.
const NEWEST_MINOR: u64 = 15;

/// Reads `[tool.ruff]` of `pyproject`, or black's settings where black is the formatter.
///
/// # Errors
/// The text is no TOML, or ruff would refuse the table.
pub(crate) fn read(pyproject: &str, modules: &Modules) -> Result<Settings> {
    let document: Table = toml::from_str(pyproject).map_err(|error| rejected(&error.to_string()))?;
    let stated = tool(&document, "ruff");
    let mut ruff = stated.cloned().unwrap_or_default();
    let black = tool(&document, "black").filter(|_| !ruff.contains_key("format"));
    let minor = target_minor(&document, &mut ruff);
    let roots = source_roots(&mut ruff);
    drop_what_reads_the_machine(&mut ruff);
    add_known_modules(&mut ruff, modules, &roots, minor);
    let formatter = black.map(|black| as_black(&ruff, black));
    if let (None, Some(formatter)) = (stated, &formatter) {
        // Nobody lints with ruff: its lines are as long as black's.
        ruff = formatter.clone();
    }
    let resolve = |table| resolve(table).map_err(|error| rejected(&explain(pyproject).unwrap_or(error)));
    let mut settings = resolve(ruff)?;
    if let Some(formatter) = formatter {
        settings.formatter = resolve(formatter)?.formatter;
    }
    // First-party modules come from the tree: with no source root, ruff does not look at the disk.
    settings.linter.src = vec![];
    Ok(settings)
}

fn rejected(reason: &str) -> Error {
    Error::new(Class::Rejected, "the composed `pyproject.toml` has settings that ruff refuses")
        .because(reason.trim_end())
}

fn tool<'a>(document: &'a Table, name: &str) -> Option<&'a Table> {
    document.get("tool")?.get(name)?.as_table()
}

/// Turns a table into settings. Values "from the command line" carry no spans, which a table has lost.
fn resolve(ruff: Table) -> Result<Settings, String> {
    let _guard = ValueSourceGuard::new(ValueSource::Cli, false);
    let options = Options::deserialize(Value::Table(ruff)).map_err(|error| error.to_string())?;
    let root = Path::new(ROOT);
    Configuration::from_options(options, None, root)
        .and_then(|configuration| configuration.into_settings(root))
        .map_err(|error| format!("{error:#}"))
}

/// Reads the text itself once more, for a message that shows the line.
fn explain(pyproject: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Pyproject {
        #[expect(dead_code, reason = "read for its errors only")]
        tool: Option<Tool>,
    }
    #[derive(Deserialize)]
    struct Tool {
        #[expect(dead_code, reason = "read for its errors only")]
        ruff: Option<Options>,
    }
    let _guard = ValueSourceGuard::new(ValueSource::Cli, false);
    toml::from_str::<Pyproject>(pyproject).err().map(|error| error.to_string())
}

/// The table for a formatter that behaves as black does with these settings.
fn as_black(ruff: &Table, black: &Table) -> Table {
    let yes = |key: &str| black.get(key).and_then(Value::as_bool).unwrap_or(false);
    let mut formatter = ruff.clone();
    let width = black.get("line-length").cloned().unwrap_or(Value::Integer(88));
    formatter.insert("line-length".into(), width);
    let target =
        black.get("target-version").and_then(|versions| versions.as_array()?.iter().min_by_key(|v| order(v)));
    if let Some(target) = target {
        formatter.insert("target-version".into(), target.clone());
    }
    let mut format = Table::new();
    if yes("skip-string-normalization") {
        format.insert("quote-style".into(), "preserve".into());
    }
    if yes("skip-magic-trailing-comma") {
        format.insert("skip-magic-trailing-comma".into(), true.into());
    }
    formatter.insert("format".into(), Value::Table(format));
    formatter
}

/// `py39` comes before `py310`.
fn order(version: &Value) -> (usize, String) {
    let version = version.as_str().unwrap_or_default();
    (version.len(), version.to_owned())
}

/// The minor version of Python that ruff assumes; derived from `requires-python` when not stated, as ruff does.
fn target_minor(document: &Table, ruff: &mut Table) -> u8 {
    if let Some(stated) = ruff.get("target-version").and_then(Value::as_str) {
        return stated.strip_prefix("py3").and_then(|minor| minor.parse().ok()).unwrap_or(10);
    }
    let requires = document.get("project").and_then(|project| project.get("requires-python")?.as_str());
    let Some(minor) = requires.and_then(least_minor).filter(|minor| (7..=NEWEST_MINOR).contains(minor))
    else {
        return 10;
    };
    ruff.insert("target-version".into(), format!("py3{minor}").into());
    u8::try_from(minor).unwrap_or(10)
}

fn least_minor(requires: &str) -> Option<u64> {
    let specifiers: VersionSpecifiers = requires.parse().ok()?;
    specifiers
        .iter()
        .filter(|specifier| {
            !matches!(
                specifier.operator(),
                Operator::LessThan | Operator::LessThanEqual | Operator::NotEqual | Operator::NotEqualStar
            )
        })
        .filter_map(|specifier| match specifier.version().release() {
            [3, minor, ..] => Some(*minor),
            _ => None,
        })
        .min()
}

/// The folders that imports start from, relative to the project: `src = [...]`, or ruff's default.
fn source_roots(ruff: &mut Table) -> Vec<PathBuf> {
    let Some(Value::Array(stated)) = ruff.remove("src") else {
        return vec![PathBuf::new(), PathBuf::from("src")];
    };
    stated
        .iter()
        .filter_map(Value::as_str)
        .map(|path| PathBuf::from(path.trim_start_matches("./").trim_end_matches(['/', '.'])))
        .collect()
}

/// These keys make ruff look at the disk, the environment or its own version.
fn drop_what_reads_the_machine(ruff: &mut Table) {
    for key in ["cache-dir", "extend", "namespace-packages", "required-version"] {
        ruff.remove(key);
    }
}

/// Tells isort which modules are the project's own, below what the project says itself.
fn add_known_modules(ruff: &mut Table, modules: &Modules, roots: &[PathBuf], minor: u8) {
    let Some(isort) = table(ruff, "lint").and_then(|lint| table(lint, "isort")) else { return };
    let mut stated: Vec<String> = Vec::new();
    for key in ["known-first-party", "known-third-party", "known-local-folder", "extra-standard-library"] {
        stated.extend(strings(isort.get(key)));
    }
    if let Some(Value::Table(sections)) = isort.get("sections") {
        stated.extend(sections.values().flat_map(|names| strings(Some(names))));
    }
    let is_new = |name: &String| {
        let base = name.split('.').next().unwrap_or(name);
        !stated.iter().any(|other| other == name || other == base)
            && !ruff_python_stdlib::sys::is_known_standard_library(minor, base)
    };
    let (first, third) = modules.known(roots);
    extend(isort, "known-first-party", first.into_iter().filter(is_new));
    extend(isort, "known-third-party", third.into_iter().filter(is_new));
}

/// The table at `key`, made if it is missing; `None` if something else is there, which ruff will refuse.
fn table<'a>(parent: &'a mut Table, key: &str) -> Option<&'a mut Table> {
    parent.entry(key).or_insert_with(|| Value::Table(Table::new())).as_table_mut()
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let array = value.and_then(Value::as_array);
    array.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

fn extend(isort: &mut Table, key: &str, names: impl Iterator<Item = String>) {
    let mut names = names.map(Value::String).peekable();
    if names.peek().is_none() {
        return;
    }
    match isort.get_mut(key) {
        Some(Value::Array(array)) => array.extend(names),
        Some(_) => {}
        None => {
            isort.insert(key.into(), Value::Array(names.collect()));
        }
    }
}
