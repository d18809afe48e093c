//! Imports lead inwards only, as the layers of the layout say.

use super::{Fault, Subject};
use crate::{preset::PythonFiles, python::outline::Import, relpath::RelPath};

/// Where a module belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place<'a> {
    /// A layer: its depth from the outside, and its name.
    Layer(usize, &'a str),
    /// A module that every layer may import.
    Shared(&'a str),
    /// Above the layers, such as the entry point.
    Free,
}

/// Checks the imports of every module of the package.
pub(super) fn check(check: &PythonFiles, subject: &Subject<'_>) -> Vec<Fault> {
    let mut faults = vec![];
    for (path, outline) in subject.outlines(&check.files, &check.except) {
        let Some(module) = module(path, &subject.root()) else { continue };
        if subject.layout.wiring.iter().any(|it| is_within(&module, &dotted(it))) {
            continue;
        }
        let from = place(&module, subject);
        let is_marker = path.file_name() == "__init__.py";
        for import in &outline.imports {
            let Some(target) = target(import, &module, is_marker, subject) else { continue };
            if let Some(message) = forbidden(from, place(&target, subject)) {
                let repair = "turn the dependency around: let the inner layer state a protocol";
                faults.push(Fault::new(path.as_str(), import.line, message, repair));
            }
        }
    }
    faults
}

/// Why a module of one place may not import a module of another.
fn forbidden(from: Place<'_>, to: Place<'_>) -> Option<String> {
    match (from, to) {
        (Place::Layer(one, a), Place::Layer(two, b)) if one > two => {
            Some(format!("the layer `{a}` imports the layer `{b}`, which is further out"))
        }
        (Place::Layer(one, a), Place::Layer(two, b)) if one == two && a != b => {
            Some(format!("the layer `{a}` imports its sibling `{b}`"))
        }
        (Place::Shared(a), Place::Layer(_, b)) => {
            Some(format!("the shared module `{a}` imports the layer `{b}`"))
        }
        _ => None,
    }
}

fn place<'a>(module: &str, subject: &'a Subject<'_>) -> Place<'a> {
    let layers = subject.layout.layers.iter().enumerate();
    let named = layers.flat_map(|(depth, group)| group.iter().map(move |name| (depth, name)));
    let mut found: Vec<(usize, Place<'a>)> = named
        .filter(|(_, name)| is_within(module, &dotted(name)))
        .map(|(depth, name)| (name.len(), Place::Layer(depth, name)))
        .collect();
    let shared = subject.layout.shared.iter().filter(|name| is_within(module, &dotted(name)));
    found.extend(shared.map(|name| (name.len(), Place::Shared(name))));
    // The longest name is the nearest.
    found.into_iter().max_by_key(|(length, _)| *length).map_or(Place::Free, |(_, place)| place)
}

/// The imported module relative to the package; `None` when it is not of the package.
fn target(import: &Import, module: &str, is_marker: bool, subject: &Subject<'_>) -> Option<String> {
    let mut name = if import.level == 0 {
        let full = import.module.as_str();
        if full == subject.package {
            String::new()
        } else {
            full.strip_prefix(&format!("{}.", subject.package))?.to_owned()
        }
    } else {
        let up = import.level - usize::from(is_marker);
        let parts: Vec<&str> = module.split('.').filter(|part| !part.is_empty()).collect();
        let kept = parts.len().checked_sub(up)?;
        let parts = parts[..kept].iter().copied().chain([import.module.as_str()]);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
    };
    if let Some(last) = import.name.as_deref().filter(|last| *last != "*") {
        name = if name.is_empty() { last.to_owned() } else { format!("{name}.{last}") };
    }
    Some(name)
}

/// The name of the module at `path`, relative to the package at `root`.
fn module(path: &RelPath, root: &str) -> Option<String> {
    let inside = match root {
        "" => path.as_str(),
        root => path.as_str().strip_prefix(root)?.strip_prefix('/')?,
    };
    let inside = inside.strip_suffix(".py")?;
    let inside = if inside == "__init__" { "" } else { inside.strip_suffix("/__init__").unwrap_or(inside) };
    Some(inside.replace('/', "."))
}

fn dotted(name: &str) -> String {
    name.replace('/', ".")
}

fn is_within(module: &str, name: &str) -> bool {
    module.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
