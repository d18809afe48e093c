//! Templates: what they ask for is there, and what is there is asked for.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{catalog::Catalog, components::FREE_SLOTS};
use crate::{
    error::Mistake,
    preset::{Component, Named, Question, Rule, Test, When},
    render,
    source::Source,
    template::{Delimiters, Inspection, inspect},
};

/// Values with known parts, besides those that the catalog names.
const PARTS: [(&str, &[&str]); 3] = [
    ("python", &["minor", "tag"]),
    ("layout", &["name", "description", "root", "source", "code"]),
    ("versions", &["packages", "images", "actions", "tools"]),
];

/// All templates of a catalog that could be read.
pub(super) struct Templates {
    all: Vec<(Source, Inspection)>,
}

impl Templates {
    /// Reads the templates of all components, and the texts of their manifests.
    pub(super) fn read(catalog: &Catalog<'_>, mistakes: &mut Vec<Mistake>) -> Self {
        let mut all = vec![];
        for (name, component) in &catalog.components {
            let entries = ["files", "slots"].map(|folder| catalog.library.entries(name, folder));
            let fragment = catalog.library.pyproject_fragment(name);
            let entries = entries.into_iter().flatten().chain(fragment);
            for entry in entries.filter(|entry| entry.source.ends_with(".j2")) {
                let Some(source) = catalog.source(&entry.source, mistakes) else { continue };
                match inspect(&source, Delimiters::of(&entry.source)) {
                    Ok(mut found) => {
                        if component.value.files.get(&entry.name).is_some_and(|it| it.each.is_some()) {
                            found.names.remove("item");
                        }
                        all.push((source, found));
                    }
                    Err(mistake) => mistakes.push(mistake),
                }
            }
            for (path, _) in catalog.library.sidecars(name) {
                let Some(source) = catalog.source(&path, mistakes) else { continue };
                match inspect(&source, Delimiters::Braces) {
                    Ok(found) => all.push((source, found)),
                    Err(mistake) => mistakes.push(mistake),
                }
            }
            for text in texts(component) {
                let at = component.source.text.find(&text).unwrap_or(0);
                match inspect(&Source::new("", text.as_str()), Delimiters::Braces) {
                    Ok(found) => all.push((component.source.clone(), moved(found, at))),
                    Err(mistake) => mistakes.push(Mistake {
                        span: component.source.clamp(at + mistake.span.start..at + mistake.span.end),
                        source: component.source.clone(),
                        ..mistake
                    }),
                }
            }
        }
        for entry in catalog.library.partials() {
            let Some(source) = catalog.source(&entry.source, mistakes) else { continue };
            match inspect(&source, Delimiters::of(&entry.source)) {
                Ok(found) => all.push((source, found)),
                Err(mistake) => mistakes.push(mistake),
            }
        }
        Self { all }
    }

    /// What templates ask for is there, and what they set is used.
    pub(super) fn check(&self, catalog: &Catalog<'_>) -> Vec<Mistake> {
        let known = Known::of(catalog);
        let asked = catalog.presets.iter().flat_map(|preset| &preset.value.questions);
        let secrets: BTreeSet<&str> =
            asked.filter(|(_, it)| it.secret).map(|(name, _)| name.as_str()).collect();
        let mut mistakes = vec![];
        for (source, found) in &self.all {
            for (name, span) in &found.names {
                if secrets.contains(name.split('.').next().unwrap_or(name)) {
                    let title = format!("`{name}` is a secret, and this file is committed");
                    let mistake = Mistake::new("secret-rendered", title, source, span.clone());
                    let help = "give it to a command: `after: [{title: …, run: […], env: {NAME: question}}]`";
                    mistakes.push(mistake.help(help));
                    continue;
                }
                mistakes.extend(known.fault(name, source, span.clone()));
            }
            for (function, argument, span) in &found.calls {
                let (rule, what, list) = match function.as_str() {
                    "slot" => ("slot-unknown", "slot", &known.slots),
                    "has" => ("component-unknown", "component", &known.components),
                    "path" | "module" | "ref" => ("role-unknown", "role", &known.roles),
                    _ => continue,
                };
                if !list.contains(argument) && !list.is_empty() {
                    let title = format!("no {what} is called `{argument}`");
                    let mistake = Mistake::new(rule, title, source, span.clone());
                    mistakes.push(mistake.suggest(argument, list.iter().map(String::as_str)));
                }
            }
            for (name, span) in found.partials.iter().filter(|(name, _)| !known.partials.contains(name)) {
                let title = format!("there is no partial `{name}`");
                let mistake = Mistake::new("partial-unknown", title, source, span.clone());
                mistakes.push(mistake.suggest(name, known.partials.iter().map(String::as_str)));
            }
            for (name, span) in &found.unused {
                let title = format!("`{name}` is set and never used");
                mistakes.push(Mistake::new("template-unused", title, source, span.clone()));
            }
        }
        mistakes
    }

    /// What presets and components define and nothing uses.
    pub(super) fn unused(&self, catalog: &Catalog<'_>) -> Vec<Mistake> {
        let names: BTreeSet<&str> =
            self.all.iter().flat_map(|(_, it)| it.names.keys().map(String::as_str)).collect();
        let first: BTreeSet<&str> = names.iter().map(|name| name.split('.').next().unwrap_or(name)).collect();
        let printed: BTreeSet<&str> = self
            .all
            .iter()
            .flat_map(|(_, it)| it.calls.iter().filter(|it| it.0 == "slot").map(|it| it.1.as_str()))
            .collect();
        let asked = asked(catalog);
        let mut mistakes = vec![];
        for preset in &catalog.presets {
            // A question may stand there only to refuse.
            let refuses = |it: &Question| it.choices.values().filter(|it| it.refused.is_none()).count() == 1;
            let questions =
                preset.value.questions.iter().filter(|(_, it)| it.choices.len() == 1 || !refuses(it));
            let questions = questions
                .map(|(name, _)| name)
                .filter(|it| !first.contains(it.as_str()) && !asked.contains(*it));
            for name in questions {
                let title = format!("nothing depends on the answer to `{name}`");
                mistakes.push(preset.mistake_at_key("question-unused", title, &["questions", name]));
            }
            for name in preset
                .value
                .style
                .others
                .keys()
                .filter(|it| !names.contains("style") && !names.contains(&*format!("style.{it}")))
            {
                let title = format!("no template reads `style.{name}`");
                mistakes.push(preset.mistake_at_key("style-unused", title, &["style", name]));
            }
        }
        let included: BTreeSet<&str> =
            self.all.iter().flat_map(|(_, it)| it.partials.iter().map(|it| it.0.as_str())).collect();
        for entry in catalog.library.partials().into_iter().filter(|it| !included.contains(&*it.name)) {
            let title = format!("no template includes `{}`", entry.name);
            let text = catalog.library.source(&entry.source).map_or_else(|_| "".into(), |it| it.text);
            let source = Source::new(catalog.library.shown(&entry.source), text);
            mistakes.push(Mistake::new("partial-unused", title, &source, 0..0));
        }
        for component in catalog.components.values() {
            let read = |name: &str| first.contains(name) || asked.contains(name);
            for name in component.value.context.keys().filter(|it| !read(it.as_str())) {
                let title = format!("no template reads `{name}`");
                let read_by_us = name == "manager";
                if !read_by_us {
                    mistakes.push(component.mistake_at_key("context-unused", title, &["context", name]));
                }
            }
            for slot in component.value.owns.keys().filter(|it| !printed.contains(it.as_str())) {
                let title = format!("no template prints the slot `{slot}`");
                mistakes.push(component.mistake_at_key("slot-unprinted", title, &["owns", slot]));
            }
        }
        mistakes
    }
}

/// The names that templates may use.
struct Known {
    names: BTreeSet<String>,
    /// Dotted names, for values whose parts are all known.
    parts: BTreeSet<String>,
    slots: BTreeSet<String>,
    components: BTreeSet<String>,
    roles: BTreeSet<String>,
    partials: BTreeSet<String>,
}

impl Known {
    fn of(catalog: &Catalog<'_>) -> Self {
        let mut names: BTreeSet<String> = render::NAMES.iter().map(ToString::to_string).collect();
        names.extend(catalog.questions.keys().cloned());
        let mut parts: BTreeSet<String> = BTreeSet::new();
        for (name, list) in PARTS {
            parts.extend(list.iter().map(|part| format!("{name}.{part}")));
        }
        parts.extend(catalog.styles.iter().map(|name| format!("style.{name}")));
        let components = catalog.components.values();
        for (name, value) in components.flat_map(|it| &it.value.context) {
            names.insert(name.clone());
            let fields = value.as_object().into_iter().flatten().map(|(field, _)| format!("{name}.{field}"));
            parts.extend(fields);
        }
        if let Some(versions) = &catalog.versions {
            let it = &versions.value;
            let lists = [
                ("packages", it.packages.keys().collect::<Vec<_>>()),
                ("images", it.images.keys().collect()),
                ("actions", it.actions.keys().collect()),
                ("tools", it.tools.keys().collect()),
            ];
            for (list, keys) in lists {
                parts.extend(keys.into_iter().map(|key| format!("versions.{list}.{key}")));
            }
        }
        names.extend(catalog.values.iter().cloned());
        let owned = catalog.slots.iter().cloned();
        Self {
            names,
            parts,
            slots: owned.chain(FREE_SLOTS.map(str::to_owned)).collect(),
            components: catalog.library.components().into_iter().map(str::to_owned).collect(),
            roles: catalog.roles.iter().flat_map(|it| it.value.roles.keys().cloned()).collect(),
            partials: catalog.library.partials().into_iter().map(|it| it.name).collect(),
        }
    }

    /// What is wrong with the dotted `name`.
    fn fault(&self, name: &str, source: &Source, span: std::ops::Range<usize>) -> Option<Mistake> {
        let rule = "template-unknown-name";
        let first = name.split('.').next().unwrap_or(name);
        if !self.names.contains(first) {
            let title = format!("nothing defines `{first}`");
            let span = span.start..span.start + first.len();
            let mistake = Mistake::new(rule, title, source, span);
            return Some(mistake.suggest(first, self.names.iter().map(String::as_str)));
        }
        let mut dotted = first.to_owned();
        for part in name.split('.').skip(1) {
            let prefix = format!("{dotted}.");
            dotted = format!("{prefix}{part}");
            let has_parts = self.parts.iter().any(|it| it.starts_with(&prefix));
            let is_known = self.parts.iter().any(|it| *it == dotted || it.starts_with(&format!("{dotted}.")));
            // A text has methods; only values with named parts can lack one.
            if has_parts && !is_known {
                let title = format!("nothing defines `{dotted}`");
                let siblings = self.parts.iter().filter(|it| it.starts_with(&prefix)).map(String::as_str);
                return Some(Mistake::new(rule, title, source, span).suggest(&dotted, siblings));
            }
            if !has_parts {
                break;
            }
        }
        None
    }
}

/// The questions that conditions ask for, and the lists that make files.
fn asked(catalog: &Catalog<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut add = |when: &When| found.extend(when.0.keys().cloned());
    let rules = |rules: &[Rule], add: &mut dyn FnMut(&When)| rules.iter().for_each(|rule| add(&rule.when));
    for preset in &catalog.presets {
        let it = &preset.value;
        for question in it.questions.values() {
            add(&question.when);
            question.choices.values().for_each(|choice| add(&choice.when));
        }
        it.components.iter().for_each(|selection| add(&selection.when));
        for command in &it.after {
            add(&command.when);
            add(&When(command.env.values().map(|name| (name.clone(), Test::AnyOf(vec![]))).collect()));
        }
        rules(&it.rules, &mut add);
    }
    for component in catalog.components.values() {
        let it = &component.value;
        let lists = it.requires.iter().chain(&it.dependencies.runtime).chain(&it.dependencies.dev);
        lists.filter_map(|it| it.when()).for_each(&mut add);
        it.gates.iter().for_each(|gate| add(&gate.when));
        it.files.values().for_each(|options| add(&options.when));
        rules(&it.rules, &mut add);
    }
    let components = catalog.components.values();
    found.extend(components.flat_map(|it| it.value.files.values()).filter_map(|it| it.each.clone()));
    found
}

/// The texts of a manifest that are templates.
fn texts(component: &Named<Component>) -> Vec<String> {
    let mut found = vec![];
    for value in component.value.context.values() {
        gather(value, &mut found);
    }
    for gate in &component.value.gates {
        found.extend(
            gate.run
                .iter()
                .chain(&gate.serve)
                .chain(&gate.needs)
                .chain(&gate.probe)
                .chain([&gate.title])
                .cloned(),
        );
        found.extend(gate.env.iter().flat_map(|(name, value)| [name.clone(), value.clone()]));
    }
    found.retain(|text| text.contains("{{") || text.contains("{%"));
    found.sort();
    found.dedup();
    found
}

fn gather(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|it| gather(it, found)),
        Value::Object(pairs) => pairs.values().for_each(|it| gather(it, found)),
        _ => {}
    }
}

fn moved(mut found: Inspection, by: usize) -> Inspection {
    let spans = found.names.values_mut().chain(found.calls.iter_mut().map(|it| &mut it.2));
    for span in spans.chain(found.unused.iter_mut().map(|it| &mut it.1)) {
        *span = span.start + by..span.end + by;
    }
    found
}
