//! What components say fits together and fits the catalog.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    catalog::Catalog,
    conditions::{self, Known},
    rules,
};
use crate::{
    error::Mistake,
    preset::{Component, Named, Requires},
    python::requirement::{Requirement, normalise},
    render,
    source::Source,
    yaml::Node,
};

/// Slots that belong to no component.
pub(super) const FREE_SLOTS: [&str; 1] = ["next.steps"];

/// Checks all components.
pub(super) fn check(catalog: &Catalog<'_>) -> Vec<Mistake> {
    let names = catalog.library.components();
    let known = Known { questions: &catalog.questions, later: &[], components: Some(&names) };
    let mut mistakes = circles(catalog);
    for (name, component) in &catalog.components {
        mistakes.extend(relations(name, component, &known));
        mistakes.extend(packages(catalog, component, &known));
        mistakes.extend(gates(component, &known));
        mistakes.extend(rules::check(component, &component.value.rules, &known));
        mistakes.extend(context(catalog, component));
        mistakes.extend(files(catalog, name, component, &known));
        mistakes.extend(contributions(catalog, name));
    }
    mistakes
}

/// Components that come in, stand before or cannot take part together.
fn relations(name: &str, component: &Named<Component>, known: &Known<'_>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let it = &component.value;
    let components = known.components.unwrap_or_default();
    let requires: Vec<&str> = it.requires.iter().map(Requires::name).collect();
    // What is conflicted with may stand in another catalog, unless it looks like a slip of the hand.
    let is_slip = |other: &str| crate::error::nearest(other, components.iter().copied()).is_some();
    let lists: [(&str, Vec<&str>); 3] = [
        ("requires", requires.clone()),
        ("after", it.after.iter().map(String::as_str).collect()),
        ("conflicts", it.conflicts.iter().map(String::as_str).collect()),
    ];
    for (key, list) in lists {
        for (index, other) in list.into_iter().enumerate() {
            let span = name_node(component, &[key, &index.to_string()]).span.clone();
            let mut report = |rule: &'static str, title: String| {
                let mistake = Mistake::new(rule, title, &component.source, span.clone());
                mistakes.push(if rule == "component-unknown" {
                    mistake.suggest(other, components.iter().copied())
                } else {
                    mistake
                });
            };
            if other == name {
                report("component-circle", format!("`{name}` names itself"));
            } else if key == "conflicts" && requires.contains(&other) {
                report(
                    "component-contradiction",
                    format!("`{name}` both requires `{other}` and conflicts with it"),
                );
            } else if !components.contains(&other) && (key != "conflicts" || is_slip(other)) {
                report("component-unknown", format!("no component is called `{other}`"));
            }
        }
    }
    for (index, requires) in it.requires.iter().enumerate() {
        if let Some(when) = requires.when() {
            let path = ["requires", &index.to_string(), "when"];
            mistakes.extend(conditions::check(component, when, &path, known));
        }
    }
    mistakes
}

/// The node of a name that stands alone or under the key `name`.
fn name_node<'a>(component: &'a Named<Component>, path: &[&str]) -> &'a Node {
    let node = component.node(path);
    node.get("name").unwrap_or(node)
}

/// Components that need each other in a circle.
fn circles(catalog: &Catalog<'_>) -> Vec<Mistake> {
    let before: BTreeMap<&str, Vec<&str>> = catalog
        .components
        .iter()
        .map(|(name, it)| {
            let after = it.value.after.iter().map(String::as_str);
            (name.as_str(), it.value.requires.iter().map(Requires::name).chain(after).collect())
        })
        .collect();
    let reaches_itself = |name: &str| {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut open: Vec<&str> = before.get(name).cloned().unwrap_or_default();
        while let Some(next) = open.pop() {
            if next == name {
                return true;
            }
            if seen.insert(next) {
                open.extend(before.get(next).into_iter().flatten());
            }
        }
        false
    };
    let own_name = |name: &str| before.get(name).is_some_and(|it| it.contains(&name));
    let found = catalog.components.iter().find(|(name, _)| reaches_itself(name) && !own_name(name));
    let found = found.map(|(name, component)| {
        let key = if component.value.requires.is_empty() { "after" } else { "requires" };
        component.mistake_at_key(
            "component-circle",
            format!("`{name}` stands before itself, by way of others"),
            &[key],
        )
    });
    found.into_iter().collect()
}

/// Python packages and their versions.
fn packages(catalog: &Catalog<'_>, component: &Named<Component>, known: &Known<'_>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let dependencies = &component.value.dependencies;
    for (group, list) in [("runtime", &dependencies.runtime), ("dev", &dependencies.dev)] {
        for (index, it) in list.iter().enumerate() {
            let path = ["dependencies", group, &index.to_string()];
            let span = name_node(component, &path).span.clone();
            let mut report = |rule: &'static str, title: String, help: &str| {
                mistakes.push(Mistake::new(rule, title, &component.source, span.clone()).help(help));
            };
            match Requirement::parse(it.name()) {
                Err(why) => {
                    let why = why.lines().next().unwrap_or_default().to_owned();
                    report(
                        "requirement-syntax",
                        format!("no requirement: {why}"),
                        "write it as `name[extra]`",
                    );
                }
                Ok(requirement) if requirement.is_pinned() => {
                    let title = format!("`{}` states a version", it.name());
                    report("requirement-pinned", title, "versions stand in `templates/versions.yaml` only");
                }
                Ok(requirement) => {
                    let versions = catalog.versions.as_ref();
                    let has = |name: &String| normalise(name) == requirement.key();
                    if versions.is_some_and(|it| !it.value.packages.keys().any(has)) {
                        let title = format!("`{}` has no version", requirement.name());
                        report("package-version", title, "give it one in `templates/versions.yaml`");
                    }
                }
            }
            if let Some(when) = it.when() {
                let path = [path[0], path[1], path[2], "when"];
                mistakes.extend(conditions::check(component, when, &path, known));
            }
        }
    }
    mistakes
}

fn gates(component: &Named<Component>, known: &Known<'_>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    for (index, gate) in component.value.gates.iter().enumerate() {
        let index = index.to_string();
        let fault = match (gate.run.is_empty(), gate.serve.is_empty(), &gate.probe) {
            (true, true, _) => Some("has no command: give it `run` or `serve`"),
            (false, false, _) => Some("has two commands: `run` and `serve`"),
            (_, false, None) => Some("serves, but has no `probe`"),
            (false, true, Some(_)) => Some("has a `probe`, but serves nothing"),
            _ => None,
        };
        if let Some(fault) = fault {
            let title = format!("the gate `{}` {fault}", gate.id);
            mistakes.push(component.mistake("gate-command", title, &["gates", &index, "id"]));
        }
        mistakes.extend(conditions::check(component, &gate.when, &["gates", &index, "when"], known));
    }
    mistakes
}

/// Values for templates.
fn context(catalog: &Catalog<'_>, component: &Named<Component>) -> Vec<Mistake> {
    let names = component.value.context.keys();
    let taken =
        |name: &&String| render::NAMES.contains(&name.as_str()) || catalog.questions.contains_key(*name);
    names
        .filter(taken)
        .map(|name| {
            let title = format!("the value `{name}` is already given by the project");
            component.mistake_at_key("context-clash", title, &["context", name])
        })
        .collect()
}

/// The files of a component, and the exceptions for them.
fn files(catalog: &Catalog<'_>, name: &str, component: &Named<Component>, known: &Known<'_>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let entries = catalog.library.entries(name, "files");
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    for (file, options) in &component.value.files {
        if !names.contains(&file.as_str()) {
            let title = format!("the component has no file `{file}`");
            let mistake = component.mistake_at_key("file-unknown", title, &["files", file]);
            mistakes.push(mistake.suggest(file, names.iter().copied()));
        }
        mistakes.extend(conditions::check(component, &options.when, &["files", file, "when"], known));
    }
    let roles: Vec<&str> =
        catalog.roles.iter().flat_map(|it| it.value.roles.keys().map(String::as_str)).collect();
    for entry in &entries {
        let top = |rule: &'static str, title: String| {
            let source = Source::new(catalog.library.shown(&entry.source), text(catalog, &entry.source));
            Mistake::new(rule, title, &source, 0..0)
        };
        let role = entry.name.strip_prefix('@').map(|rest| rest.split('/').next().unwrap_or(rest));
        if let Some(role) = role.filter(|role| !roles.is_empty() && !roles.contains(role)) {
            let mistake = top("role-unknown", format!("no role is called `{role}`"));
            mistakes.push(Mistake { replacement: None, ..mistake.suggest(role, roles.iter().copied()) });
        }
        if entry.name.ends_with("__init__.py") && !role.is_some_and(|role| marks(catalog, role)) {
            mistakes.push(top("file-marker", "package markers belong to the layout".to_owned()));
        }
        let is_text = catalog.library.bytes(&entry.source).is_some_and(|it| std::str::from_utf8(it).is_ok());
        if is_text && !entry.source.ends_with(".j2") {
            mistakes.push(top("file-suffix", "a text file has to end in `.j2`".to_owned()));
        }
    }
    mistakes
}

fn text(catalog: &Catalog<'_>, path: &str) -> String {
    catalog.library.source(path).map(|source| source.text.to_string()).unwrap_or_default()
}

/// What a component puts in slots.
fn contributions(catalog: &Catalog<'_>, name: &str) -> Vec<Mistake> {
    let owned: BTreeSet<&str> = catalog.slots.iter().map(String::as_str).chain(FREE_SLOTS).collect();
    let mut mistakes = vec![];
    for entry in catalog.library.entries(name, "slots") {
        let (slot, _) = entry.name.rsplit_once('.').unwrap_or((&entry.name, ""));
        if !owned.contains(slot) {
            let source = Source::new(catalog.library.shown(&entry.source), text(catalog, &entry.source));
            let mistake =
                Mistake::new("slot-unknown", format!("no component owns the slot `{slot}`"), &source, 0..0);
            mistakes.push(Mistake { replacement: None, ..mistake.suggest(slot, owned.iter().copied()) });
        }
    }
    mistakes
}

/// Whether files of the role are the `__init__.py` of their package.
fn marks(catalog: &Catalog<'_>, role: &str) -> bool {
    let known = catalog.roles.as_ref().and_then(|roles| roles.value.roles.get(role));
    known.is_some_and(|it| it.stem.as_deref() == Some("__init__"))
}
