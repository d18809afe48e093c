//! Which components take part, and in which order.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    answers::Answers,
    error::{Class, Error, Result},
    parallel,
    preset::{Component, Library, Named, Preset, When},
};

/// A component that takes part.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its manifest.
    pub manifest: Arc<Named<Component>>,
    /// The line of the persona that asked for it, as `LINE: text`.
    pub cite: Option<String>,
    /// The place of the preset's entry that selects it, in its list of components.
    pub entry: Option<usize>,
    /// The component that it comes in with.
    pub by: Option<String>,
}

/// A component to be: its name, and what asks for it.
#[derive(Debug, Clone)]
struct Wanted {
    name: String,
    cite: Option<String>,
    entry: Option<usize>,
    by: Option<String>,
}

/// The components of `preset` under `answers`, each after those it needs.
pub(super) fn select(library: &Library, preset: &Named<Preset>, answers: &Answers) -> Result<Vec<Part>> {
    let mut found: BTreeMap<String, Part> = BTreeMap::new();
    let mut wanted: Vec<Wanted> = vec![];
    let known = library.components();
    for (index, selection) in preset.value.components.iter().enumerate() {
        if !selection.when.holds(&|name| answers.get(name), &|_| false) {
            continue;
        }
        for (place, name) in selection.names.iter().enumerate() {
            if !known.contains(&name.as_str()) {
                let path = ["components", &index.to_string(), "use", &place.to_string()];
                let title = format!("no component is called `{name}`");
                let mistake = preset.mistake("component-unknown", title, &path);
                return Err(mistake.suggest(name, known).into());
            }
            let cite = selection.cite.clone();
            wanted.push(Wanted { name: name.clone(), cite, entry: Some(index), by: None });
        }
    }
    while !wanted.is_empty() {
        let read = parallel::map(wanted, |it| (library.component(&it.name), it));
        for (manifest, Wanted { name, cite, entry, by }) in read.into_iter().rev() {
            if let Some(known) = found.get_mut(&name) {
                known.cite = known.cite.take().or(cite);
                known.entry = known.entry.take().or(entry);
                continue;
            }
            found.insert(name.clone(), Part { name, manifest: manifest?, cite, entry, by });
        }
        wanted = missing(&found, answers);
    }
    check_conflicts(&found)?;
    order(found)
}

/// What the components found so far need beside themselves.
fn missing(found: &BTreeMap<String, Part>, answers: &Answers) -> Vec<Wanted> {
    let present = |name: &str| found.contains_key(name);
    let holds = |when: &When| when.holds(&|name| answers.get(name), &present);
    found
        .values()
        .flat_map(|part| part.manifest.value.requires.iter().map(move |it| (part, it)))
        .filter(|(_, it)| !present(it.name()) && it.when().is_none_or(holds))
        .map(|(part, it)| {
            let by = Some(part.name.clone());
            Wanted { name: it.name().to_owned(), cite: None, entry: None, by }
        })
        .collect()
}

fn check_conflicts(found: &BTreeMap<String, Part>) -> Result<()> {
    for part in found.values() {
        for other in &part.manifest.value.conflicts {
            if found.contains_key(other) {
                let message =
                    format!("the components `{}` and `{other}` cannot take part together", part.name);
                return Err(
                    Error::new(Class::Usage, message).help(format!("leave one out: `--without {other}`"))
                );
            }
        }
    }
    Ok(())
}

/// Each after those it needs; otherwise by name.
fn order(mut found: BTreeMap<String, Part>) -> Result<Vec<Part>> {
    let mut ordered: Vec<Part> = vec![];
    let mut done: BTreeSet<String> = BTreeSet::new();
    while !found.is_empty() {
        let ready = found.values().find(|part| {
            let manifest = &part.manifest.value;
            let before = manifest.requires.iter().map(crate::preset::Requires::name);
            let before = before.chain(manifest.after.iter().map(String::as_str));
            before.into_iter().all(|name| done.contains(name) || !found.contains_key(name))
        });
        let Some(name) = ready.map(|part| part.name.clone()) else {
            let names: Vec<&String> = found.keys().collect();
            return Err(Error::new(
                Class::Rejected,
                format!("components need each other in a circle: {names:?}"),
            ));
        };
        if let Some(part) = found.remove(&name) {
            done.insert(name);
            ordered.push(part);
        }
    }
    Ok(ordered)
}
