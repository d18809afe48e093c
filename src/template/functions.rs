//! The functions and filters that templates may call.

use std::sync::{Arc, Mutex};

use minijinja::{
    Environment, Error, ErrorKind, Value,
    value::{Kwargs, ValueKind},
};

use super::Project;
use crate::python::docstring;

/// The widest indentation.
const MAX_INDENT: usize = 64;

/// Adds all functions and filters.
pub(super) fn add(
    environment: &mut Environment<'static>,
    project: &Arc<dyn Project>,
    printed: &Arc<Mutex<Vec<String>>>,
) {
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
    add_slot(environment, project, printed);
    environment.add_filter("indent", indent);
    environment.add_filter("shell", |word: &str| shell(word));
    environment.add_filter("toml", |value: &Value| toml(value));
    environment.add_filter("docstring", |text: &str| docstring::quoted(text));
    environment.add_filter("toml_key", |key: &str| toml_key(key));
}

fn add_slot(
    environment: &mut Environment<'static>,
    project: &Arc<dyn Project>,
    printed: &Arc<Mutex<Vec<String>>>,
) {
    let (it, printed) = (Arc::clone(project), Arc::clone(printed));
    environment.add_function("slot", move |name: &str, options: Kwargs| -> Result<String, Error> {
        let separator = options.get::<Option<String>>("sep")?.unwrap_or_else(|| "\n".to_owned());
        options.assert_all_used()?;
        let bodies = it.slot(name).map_err(failed)?;
        if let Ok(mut printed) = printed.lock() {
            printed.push(name.to_owned());
        }
        Ok(bodies.join(&separator))
    });
}

fn failed(reason: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, reason)
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
