//! The functions and filters that templates may call.

use std::sync::Arc;

use minijinja::{
    Environment, Error, ErrorKind, State, Value, filters,
    value::{Kwargs, StringInput, ValueKind},
};

use super::{MAX_OUTPUT, MAX_SOURCE, Project};
use crate::{python::docstring, source::Source};

/// The widest indentation.
const MAX_INDENT: usize = 64;
/// Under which name a run keeps the slots that it printed.
const PRINTED: &str = "printed slots";

/// Adds all functions and filters.
pub(super) fn add(environment: &mut Environment<'static>, project: &Arc<dyn Project>) {
    let it = Arc::clone(project);
    environment.add_function("has", move |component: &str| it.has(component));
    let it = Arc::clone(project);
    environment.add_function("path", move |role: &str, name: Option<&str>| {
        it.path(role, name.unwrap_or(role)).map_err(failed)
    });
    let it = Arc::clone(project);
    environment.add_function("module", move |role: &str, name: Option<&str>| {
        it.module(role, name.unwrap_or(role)).map_err(failed)
    });
    let it = Arc::clone(project);
    environment.add_function("ref", move |role: &str, name: Option<&str>| {
        it.module(role, name.unwrap_or(role)).map(|module| reference(&module)).map_err(failed)
    });
    environment.add_function("relative", |from: &str, to: &str| relative(from, to));
    add_slot(environment, project);
    environment.add_filter("indent", indent);
    environment.add_filter("join", join);
    environment.add_filter("replace", replace);
    environment.add_filter("tojson", tojson);
    environment.add_filter("json", tojson);
    environment.add_filter("shell", |word: &str| shell(word));
    environment.add_filter("toml", |value: &Value| toml(value));
    environment.add_filter("docstring", |text: &str| docstring::quoted(text));
    environment.add_filter("toml_key", |key: &str| toml_key(key));
}

fn add_slot(environment: &mut Environment<'static>, project: &Arc<dyn Project>) {
    let it = Arc::clone(project);
    let slot = move |state: &mut State, name: &str, options: Kwargs| -> Result<String, Error> {
        let separator = options.get::<Option<String>>("sep")?.unwrap_or_else(|| "\n".to_owned());
        options.assert_all_used()?;
        let bodies = it.slot(name).map_err(failed)?;
        let mut names = printed(state);
        names.push(name.to_owned());
        state.set_temp(PRINTED, Value::from(names));
        Ok(bodies.join(&separator))
    };
    environment.add_function("slot", slot);
}

/// The slots that a run printed.
pub(super) fn printed(state: &State) -> Vec<String> {
    let names = state.get_temp(PRINTED).and_then(|names| names.try_iter().ok());
    names.into_iter().flatten().map(|name| name.to_string()).collect()
}

fn failed(reason: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, reason)
}

/// A value that is too large.
#[derive(Debug)]
struct OverLimit;

impl std::fmt::Display for OverLimit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "more than {MAX_OUTPUT} bytes")
    }
}

impl std::error::Error for OverLimit {}

/// Refuses what would make a text of more than the limit.
fn fits(filter: &str, bytes: Option<usize>) -> Result<(), Error> {
    match bytes {
        Some(bytes) if bytes <= MAX_OUTPUT => Ok(()),
        _ => {
            Err(failed(format!("`{filter}` would make more than {MAX_OUTPUT} bytes")).with_source(OverLimit))
        }
    }
}

/// The text of a partial, for the engine.
pub(super) fn partial(name: &str, found: Option<Source>) -> Result<Option<String>, Error> {
    match found {
        Some(source) if source.text.len() > MAX_SOURCE => {
            let title = format!("the partial `{name}` is larger than {MAX_SOURCE} bytes");
            Err(failed(title).with_source(OverLimit))
        }
        other => Ok(other.map(|source| source.text.to_string())),
    }
}

/// Whether `error` says that a value would be too large.
pub(super) fn is_over_limit(error: &Error) -> bool {
    std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<OverLimit>)
}

/// A module in the three forms that an import needs.
fn reference(module: &str) -> Value {
    let (package, name) = module.rsplit_once('.').unwrap_or(("", module));
    Value::from_iter([("module", module), ("package", package), ("name", name)])
}

/// The path of `to` as seen from the folder of `from`.
fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = &from[..from.len().saturating_sub(1)];
    let last = to.len().saturating_sub(1);
    let common = folders.iter().zip(&to[..last]).take_while(|(a, b)| a == b).count();
    let mut parts = vec![".."; folders.len() - common];
    parts.extend(&to[common..]);
    parts.join("/")
}

/// Indents every line but the first and the empty ones.
fn indent(text: &str, width: usize) -> Result<String, Error> {
    if width > MAX_INDENT {
        return Err(failed(format!("`indent` takes at most {MAX_INDENT}")));
    }
    let blanks = " ".repeat(width);
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(&blanks);
        }
        out.push_str(line);
    }
    Ok(out)
}

/// The engine's own filter, unless the result were too large.
fn join(
    state: &mut State,
    value: &Value,
    joiner: Option<StringInput<'_>>,
    attribute: Option<&str>,
    options: Kwargs,
) -> Result<Value, Error> {
    let between = joiner.as_ref().map_or(0, |it| it.as_str().len());
    fits("join", value.len().unwrap_or(0).checked_mul(between))?;
    filters::join(state, value, joiner, attribute, options)
}

/// The engine's own filter, unless the result were too large.
fn replace(
    state: &mut State,
    value: StringInput<'_>,
    from: StringInput<'_>,
    to: StringInput<'_>,
) -> Result<Value, Error> {
    let found = value.as_str().matches(from.as_str()).count();
    let added = found.checked_mul(to.as_str().len());
    fits("replace", added.and_then(|added| added.checked_add(value.as_str().len())))?;
    filters::replace(state, value, from, to)
}

/// The engine's own filter, with indentation of a sensible width.
fn tojson(value: &Value, indent: Option<Value>, options: Kwargs) -> Result<Value, Error> {
    let width = match &indent {
        Some(width) => Some(width.clone()),
        None => options.peek::<Option<Value>>("indent")?,
    };
    if width.and_then(|it| it.as_usize()).is_some_and(|width| width > MAX_INDENT) {
        return Err(failed(format!("`tojson` indents by at most {MAX_INDENT}")));
    }
    filters::tojson(value, indent, options)
}

/// A word as a shell takes it.
pub fn shell(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// A text, number or truth value as TOML (and Python, and JSON) writes it.
fn toml(value: &Value) -> String {
    match value.kind() {
        ValueKind::String => serde_json::Value::from(value.as_str().unwrap_or_default()).to_string(),
        _ => value.to_string().to_lowercase(),
    }
}

/// A key as TOML writes it: bare where it can be.
fn toml_key(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { toml(&Value::from(key)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_a_folder() {
        assert_eq!(relative("docker/compose.yaml", "Dockerfile"), "../Dockerfile");
        assert_eq!(relative("README.md", "docs/a.md"), "docs/a.md");
        assert_eq!(relative("a/b/c", "a/d/e"), "../d/e");
    }

    #[test]
    fn indenting_leaves_empty_lines_empty() {
        assert_eq!(indent("a\n\nb", 4).unwrap(), "a\n\n    b");
        assert!(indent("a", 65).is_err());
    }

    #[test]
    fn keys_are_quoted_only_when_they_must() {
        assert_eq!(toml_key("my-shop_2"), "my-shop_2");
        assert_eq!(toml_key("my.shop"), "\"my.shop\"");
    }

    #[test]
    fn words_are_quoted_for_a_shell_only_when_they_must() {
        assert_eq!(shell("a=b"), "a=b");
        assert_eq!(shell("it's"), r"'it'\''s'");
        assert_eq!(shell(""), "''");
    }
}
