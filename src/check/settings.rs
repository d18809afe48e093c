//! What `pyproject.toml` says: keys, values and requirements.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Fault, Subject};
use crate::{
    compose::document::Document,
    preset::{PyprojectCheck, RequirementsCheck},
    python::requirement::{Requirement, normalise},
    source::Source,
};

const FILE: &str = "pyproject.toml";

/// A `pyproject.toml` with its text.
struct Pyproject {
    source: Source,
    document: Document,
}

impl Pyproject {
    fn read(subject: &Subject<'_>) -> Result<Self, Vec<Fault>> {
        let Some(text) = subject.text(FILE) else {
            return Err(vec![Fault::new(FILE, 0, format!("`{FILE}` is missing"), format!("add `{FILE}`"))]);
        };
        let source = Source::new(FILE, text);
        match Document::parse(&source) {
            Ok(document) => Ok(Self { source, document }),
            Err(mistake) => Err(vec![Fault::new(FILE, mistake.place().0, mistake.title, "")]),
        }
    }

    fn line(&self, key: &str) -> usize {
        self.document.offset(key).map_or(0, |at| self.source.line_column(at).0)
    }
}

/// Keys and values.
pub(super) fn pyproject(check: &PyprojectCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let file = match Pyproject::read(subject) {
        Ok(file) => file,
        Err(faults) => return faults,
    };
    let mut faults = vec![];
    for key in check.present.iter().filter(|key| file.document.get(key).is_none()) {
        faults.push(Fault::new(
            FILE,
            file.line(key),
            format!("`{key}` is missing"),
            format!("state `{key}`"),
        ));
    }
    for key in check.absent.iter().filter(|key| file.document.get(key).is_some()) {
        let message = format!("`{key}` must not be there");
        faults.push(Fault::new(FILE, file.line(key), message, format!("remove `{key}`")));
    }
    for (key, wanted) in &check.equals {
        let message = match file.document.get(key) {
            Some(found) if equal(&found, wanted) => continue,
            Some(found) => format!("`{key}` is {found}, not {wanted}"),
            None => format!("`{key}` is missing"),
        };
        faults.push(Fault::new(FILE, file.line(key), message, format!("set `{key}` to {wanted}")));
    }
    for (key, wanted) in &check.holds {
        let found = file.document.get(key);
        let list = found.as_ref().and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for entry in wanted.iter().filter(|entry| !list.iter().any(|it| equal(it, entry))) {
            let message = format!("`{key}` does not hold {entry}");
            faults.push(Fault::new(FILE, file.line(key), message, format!("add {entry} to `{key}`")));
        }
    }
    faults
}

/// Equal, with 88 and 88.0 being one number.
fn equal(one: &Value, two: &Value) -> bool {
    match (one.as_f64(), two.as_f64()) {
        (Some(one), Some(two)) => one.to_bits() == two.to_bits(),
        _ => one == two,
    }
}

/// Packages that are needed, or must not be.
pub(super) fn requirements(check: &RequirementsCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let file = match Pyproject::read(subject) {
        Ok(file) => file,
        Err(faults) => return faults,
    };
    let runtime = runtime(&file.document);
    let mut dev = development(&file.document);
    let mut faults = vec![];
    let at = |line: usize, message: String, repair: String| Fault::new(FILE, line, message, repair);
    for name in check.runtime.iter().filter(|name| !runtime.contains_key(&key(name))) {
        let line = file.line("project.dependencies");
        faults.push(at(line, format!("the project does not require `{name}`"), format!("add `{name}`")));
    }
    for name in &check.dev {
        if !dev.contains_key(&key(name)) && !runtime.contains_key(&key(name)) {
            let line = file.line("dependency-groups");
            let message = format!("the project does not require `{name}` for development");
            faults.push(at(line, message, format!("add `{name}` to the development group")));
        }
    }
    dev.extend(runtime);
    for name in &check.forbidden {
        if let Some(stated) = dev.get(&key(name)) {
            let found = file.source.text.find(stated.as_str());
            let line = found.map_or(0, |at| file.source.line_column(at).0);
            faults.push(at(line, format!("the project requires `{name}`"), format!("remove `{name}`")));
        }
    }
    faults
}

/// The normal name of a requirement as a rule states it, with or without extras.
fn key(name: &str) -> String {
    Requirement::parse(name).map_or_else(|_| normalise(name), |it| it.key())
}

/// Normal names and requirements as stated, to run.
fn runtime(document: &Document) -> BTreeMap<String, String> {
    let mut found = stated(document.get("project.dependencies").as_ref());
    found.extend(poetry(document.get("tool.poetry.dependencies").as_ref()));
    found
}

/// The same, to develop.
fn development(document: &Document) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for table in ["dependency-groups", "project.optional-dependencies"] {
        let groups = document.get(table);
        let groups = groups.as_ref().and_then(Value::as_object);
        found.extend(groups.into_iter().flatten().flat_map(|(_, list)| stated(Some(list))));
    }
    let groups = document.get("tool.poetry.group");
    let groups = groups.as_ref().and_then(Value::as_object);
    found.extend(groups.into_iter().flatten().flat_map(|(_, it)| poetry(it.get("dependencies"))));
    found
}

fn stated(list: Option<&Value>) -> BTreeMap<String, String> {
    let texts = list.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    texts.map(|text| (key(text), text.to_owned())).collect()
}

fn poetry(table: Option<&Value>) -> BTreeMap<String, String> {
    let names = table.and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name);
    names.map(|name| (normalise(name), name.clone())).collect()
}
