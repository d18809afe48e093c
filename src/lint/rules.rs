//! The rules of presets and components: one check each, sound globs and keys, known requirements.

use std::collections::BTreeSet;

use super::conditions::{self, Known};
use crate::{
    check::glob_fault,
    compose::document::is_key,
    error::Mistake,
    preset::{CHECKS, Rule},
    python::requirement::Requirement,
    yaml::{Kind, Loaded, Node},
};

/// Checks `rules`, which stand under the key `rules` of `manifest`.
pub(super) fn check<T>(manifest: &Loaded<T>, rules: &[Rule], known: &Known<'_>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let mut seen = BTreeSet::new();
    for (index, rule) in rules.iter().enumerate() {
        let index = index.to_string();
        let at = ["rules", &index];
        if !seen.insert(&rule.id) {
            let title = format!("two rules are called `{}`", rule.id);
            mistakes.push(manifest.mistake("rule-doubled", title, &["rules", &index, "id"]));
        }
        match rule.checks().as_slice() {
            [check] => mistakes.extend(texts(manifest, manifest.node(&["rules", &index, check]), check)),
            given => {
                let title = format!("the rule `{}` has {} checks instead of one", rule.id, given.len());
                let mistake = manifest.mistake("rule-checks", title, &["rules", &index, "id"]);
                mistakes.push(mistake.help(format!("give it one of {}", CHECKS.join(", "))));
            }
        }
        mistakes.extend(conditions::check(manifest, &rule.when, &[at[0], at[1], "when"], known));
        mistakes.extend(cite(manifest, rule.cite.as_deref(), &["rules", &index, "cite"]));
    }
    mistakes
}

/// A citation is `LINE: text`.
pub(super) fn cite<T>(manifest: &Loaded<T>, cite: Option<&str>, path: &[&str]) -> Option<Mistake> {
    let cite = cite?;
    let sound = cite.split_once(": ").is_some_and(|(line, text)| {
        line.parse::<usize>().is_ok_and(|line| line > 0) && !text.trim().is_empty()
    });
    let title = "a citation is the number of a line, a colon, and its text";
    (!sound).then(|| manifest.mistake("cite-form", title, path).help("write `LINE: text`"))
}

/// The globs, keys and requirements of one check.
fn texts<T>(manifest: &Loaded<T>, node: &Node, check: &str) -> Vec<Mistake> {
    let Kind::Map(pairs) = &node.kind else { return vec![] };
    let mut mistakes = vec![];
    let mut report = |rule: &'static str, title: String, node: &Node| {
        mistakes.push(Mistake::new(rule, title, &manifest.source, node.span.clone()));
    };
    for (key, value) in pairs {
        match (check, key.name.as_str()) {
            ("files", "present" | "absent") | (_, "except") => globs(value, &mut report),
            (check, "in") if check != "lines" => globs(value, &mut report),
            ("pyproject", "present" | "absent") => {
                for node in entries(value) {
                    if !node.text().is_some_and(is_key) {
                        report("rule-key", format!("`{}` is no key", node.text().unwrap_or_default()), node);
                    }
                }
            }
            ("pyproject", _) => {
                let Kind::Map(keys) = &value.kind else { continue };
                for (key, node) in keys.iter().filter(|(key, _)| !is_key(&key.name)) {
                    report("rule-key", format!("`{}` is no key", key.name), node);
                }
            }
            ("requirements", _) => {
                for node in entries(value) {
                    if let Some(Err(why)) = node.text().map(Requirement::parse) {
                        let why = why.lines().next().unwrap_or_default().to_owned();
                        report("requirement-syntax", format!("no requirement: {why}"), node);
                    }
                }
            }
            _ => {}
        }
    }
    mistakes
}

fn globs(value: &Node, report: &mut dyn FnMut(&'static str, String, &Node)) {
    for node in entries(value) {
        if let Some(why) = node.text().and_then(glob_fault) {
            report("rule-glob", format!("the glob `{}` {why}", node.text().unwrap_or_default()), node);
        }
    }
}

fn entries(node: &Node) -> &[Node] {
    match &node.kind {
        Kind::List(items) => items,
        _ => &[],
    }
}
