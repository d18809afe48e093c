//! The rule engine: whether a project, as a tree, keeps the rules of its preset. It only looks.

mod glob;
mod files;
mod settings;
mod text;
mod dockerfile;
mod images;
mod services;
mod code;
mod dangling;
mod layers;

pub use dangling::dangling;
pub use glob::{fault as glob_fault, fits as glob_fits};

use std::{cell::OnceCell, collections::BTreeMap};

use serde::Serialize;

use crate::{
    preset::{Layout, Rule},
    python::outline::{Outline, outline},
    relpath::RelPath,
    tree::Tree,
};

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// The name of the rule.
    pub rule: String,
    /// The path of the file, as far as there is one.
    pub file: String,
    /// The 1-based line, or 0 for the file as a whole.
    pub line: usize,
    /// What is wrong: one clause.
    pub message: String,
    /// The line of the persona that demands the rule.
    pub cite: Option<String>,
    /// What to do about it.
    pub repair: Option<String>,
}

/// What is checked.
pub struct Subject<'a> {
    /// The files.
    pub tree: &'a Tree,
    /// The name of the package.
    pub package: &'a str,
    /// The layout, which names the layers.
    pub layout: &'a Layout,
    outlines: OnceCell<BTreeMap<&'a RelPath, Outline>>,
}

/// What a check says about a place: path, line (0 for the whole file), message, and the usual repair.
struct Fault {
    file: String,
    line: usize,
    message: String,
    repair: String,
}

impl Fault {
    fn new(
        file: impl Into<String>,
        line: usize,
        message: impl Into<String>,
        repair: impl Into<String>,
    ) -> Self {
        Self { file: file.into(), line, message: message.into(), repair: repair.into() }
    }
}

/// Checks all `rules`, whose conditions hold.
pub fn run<'r>(rules: impl IntoIterator<Item = &'r Rule>, subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = vec![];
    for rule in rules {
        findings.extend(faults(rule, subject).into_iter().map(|fault| Finding {
            rule: rule.id.clone(),
            file: fault.file,
            line: fault.line,
            message: fault.message,
            cite: rule.cite.clone(),
            repair: Some(rule.repair.clone().unwrap_or(fault.repair)).filter(|it| !it.is_empty()),
        }));
    }
    findings
}

fn faults(rule: &Rule, subject: &Subject<'_>) -> Vec<Fault> {
    let mut found = vec![];
    let mut add = |faults: Option<Vec<Fault>>| found.extend(faults.into_iter().flatten());
    add(rule.files.as_ref().map(|it| files::files(it, subject)));
    add(rule.pyproject.as_ref().map(|it| settings::pyproject(it, subject)));
    add(rule.requirements.as_ref().map(|it| settings::requirements(it, subject)));
    add(rule.lines.as_ref().map(|it| files::lines(it, subject)));
    add(rule.dockerfile.as_ref().map(|it| dockerfile::check(it, subject)));
    add(rule.compose.as_ref().map(|it| services::check(it, subject)));
    add(rule.text.as_ref().map(|it| text::check(it, subject)));
    add(rule.calls.as_ref().map(|it| code::calls(it, subject)));
    add(rule.placeholders.as_ref().map(|it| code::placeholders(it, subject)));
    add(rule.docstrings.as_ref().map(|it| code::docstrings(it, subject)));
    add(rule.annotations.as_ref().map(|it| code::annotations(it, subject)));
    add(rule.layers.as_ref().map(|it| layers::check(it, subject)));
    add(rule.limits.as_ref().map(|it| code::limits(it, subject)));
    found
}

impl<'a> Subject<'a> {
    /// A project to check.
    pub fn new(tree: &'a Tree, package: &'a str, layout: &'a Layout) -> Self {
        Self { tree, package, layout, outlines: OnceCell::new() }
    }

    /// The files and lines that a rule wants and the project lacks.
    pub fn missing(&self, rule: &Rule) -> Vec<String> {
        let files = rule.files.as_ref().map(|it| files::missing(it, self));
        let lines = rule.lines.as_ref().map(|it| files::lacking(it, self));
        files.into_iter().chain(lines).flatten().cloned().collect()
    }

    /// The text of a file.
    fn text(&self, path: &str) -> Option<&'a str> {
        let path = RelPath::new(path).ok()?;
        self.tree.get(&path)?.as_text()
    }

    /// The folder of the package.
    fn root(&self) -> String {
        self.layout.package.replace("{package}", self.package)
    }

    fn fits(&self, pattern: &str, path: &RelPath) -> bool {
        glob::fits(&pattern.replace("{package}", self.package), path.as_str())
    }

    /// The files that fit one of `wanted` and none of `except`; all when `wanted` is empty.
    fn select(&self, wanted: &[String], except: &[String]) -> impl Iterator<Item = &'a RelPath> {
        self.tree
            .keys()
            .filter(|path| wanted.is_empty() || wanted.iter().any(|it| self.fits(it, path)))
            .filter(|path| !except.iter().any(|it| self.fits(it, path)))
    }

    /// The outlines of the Python files that fit. A file that is no Python has none.
    fn outlines(&self, wanted: &[String], except: &[String]) -> Vec<(&'a RelPath, &Outline)> {
        let all = self.outlines.get_or_init(|| {
            let python = self.tree.iter().filter(|(path, _)| path.has_extension("py"));
            python.filter_map(|(path, file)| Some((path, outline(file.as_text()?).ok()?))).collect()
        });
        self.select(wanted, except).filter_map(|path| Some((path, all.get(path)?))).collect()
    }
}

#[cfg(test)]
mod tests;
