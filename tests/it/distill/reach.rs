//! What of the catalog a document can ask for: every component, or the data of `distill` says why not.

use std::collections::{BTreeMap, BTreeSet};

use scaffold::catalog;
use serde_yaml::Value;

use crate::bench::repository;

fn names(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::String(name) => {
            out.insert(name.clone());
        }
        Value::Sequence(items) => items.iter().for_each(|it| names(it, out)),
        Value::Mapping(map) => map.values().for_each(|it| names(it, out)),
        _ => {}
    }
}

/// The components that the data names as something to select.
fn selected(data: &Value) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for key in ["base", "components", "images"] {
        names(&data[key], &mut out);
    }
    names(&data["one_file"]["component"], &mut out);
    for kind in data["kinds"].as_mapping().unwrap().values() {
        names(&kind["needs"], &mut out);
    }
    for entry in data["selections"].as_sequence().unwrap() {
        names(&entry["use"], &mut out);
    }
    for slice in data["slices"].as_mapping().unwrap().values().flat_map(|it| it.as_sequence().unwrap()) {
        names(&slice["image"], &mut out);
    }
    // These come with the layers and the sizes of a document.
    out.extend(["import-linter", "tier", "coverage"].map(str::to_owned));
    out
}

#[test]
fn every_component_can_be_asked_for_or_has_a_reason() {
    let library = catalog::embedded();
    let text = std::fs::read_to_string(repository().join("src/distill/data.yaml")).unwrap();
    let data: Value = serde_yaml::from_str(&text).unwrap();
    let mut reached = BTreeSet::new();
    let mut open: Vec<String> =
        selected(&data).into_iter().filter(|it| library.components().contains(&it.as_str())).collect();
    while let Some(name) = open.pop() {
        let manifest = &library.component(&name).unwrap().value;
        open.extend(
            manifest.requires.iter().map(|it| it.name().to_owned()).filter(|it| !reached.contains(it)),
        );
        reached.insert(name);
    }
    let apart: BTreeMap<String, String> = serde_yaml::from_value(data["apart"].clone()).unwrap();
    for (name, reason) in &apart {
        assert!(library.components().contains(&name.as_str()), "`apart` has `{name}`, which is no component");
        assert!(!reached.contains(name), "`apart` has `{name}`, which can be asked for");
        assert!(reason.len() > 9, "`{name}` needs a reason");
    }
    let missing: Vec<&str> = library
        .components()
        .into_iter()
        .filter(|it| !reached.contains(*it) && !apart.contains_key(*it))
        .collect();
    assert!(missing.is_empty(), "no document can ask for these, and `apart` does not say why: {missing:?}");
}
