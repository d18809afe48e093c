//! What our own documents give, beside the presets that a person wrote from them.
//!
//! `examples/personas/NAME.overlay.yaml` names every difference with its reason: nothing may differ that it does not
//! name, and it may name nothing that does not differ.

use std::collections::{BTreeMap, BTreeSet};

use scaffold::{
    catalog,
    ops::distill,
    preset::{Preset, Question},
};

use crate::bench::repository;

type Differences = BTreeMap<String, BTreeSet<String>>;

#[test]
fn strict() {
    compare("strict");
}

#[test]
fn hexagonal() {
    compare("hexagonal");
}

#[test]
fn service() {
    compare("service");
}

#[test]
fn three_layer() {
    compare("three-layer");
}

#[test]
fn tiered() {
    compare("tiered");
}

/// Holds the distilled preset called `name`, with its overlay, against the built-in one.
fn compare(name: &str) {
    let library = catalog::embedded();
    let folder = repository().join("examples/personas");
    let bytes = std::fs::read(folder.join(format!("{name}.md"))).unwrap();
    let made = distill::preset(&format!("{name}.md"), &bytes, &library).unwrap();
    let distilled = distill::loaded(&made.distilled, &library).unwrap().1.value;
    let written = library.preset(name).unwrap().value;
    let overlay = std::fs::read_to_string(folder.join(format!("{name}.overlay.yaml"))).unwrap();
    let overlay: BTreeMap<String, BTreeMap<String, String>> = serde_yaml::from_str(&overlay).unwrap();
    assert!(overlay.values().flat_map(BTreeMap::values).all(|reason| reason.len() > 9), "each has a reason");
    let known: Differences =
        overlay.into_iter().map(|(part, keys)| (part, keys.into_keys().collect())).collect();
    let found = differences(&written, &distilled);
    let told = |all: &Differences, but: &Differences| -> Vec<String> {
        let known = |part: &str, key: &str| but.get(part).is_some_and(|keys| keys.contains(key));
        all.iter()
            .flat_map(|(part, keys)| keys.iter().map(move |key| (part, key)))
            .filter(|(part, key)| !known(part, key))
            .map(|(part, key)| format!("{part}: {key}"))
            .collect()
    };
    assert_eq!(told(&found, &known), Vec::<String>::new(), "{name}: differences without a reason");
    assert_eq!(told(&known, &found), Vec::<String>::new(), "{name}: reasons without a difference");
    let cited = written
        .cites
        .iter()
        .filter(|(table, cite)| distilled.cites.get(*table).is_some_and(|it| it != *cite));
    assert_eq!(cited.count(), 0, "{name}: other lines are cited for the tables");
}

/// What differs, by part of the preset.
fn differences(written: &Preset, distilled: &Preset) -> Differences {
    let mut out = Differences::new();
    let mut put = |part: &str, keys: BTreeSet<String>| {
        if !keys.is_empty() {
            out.insert(part.to_owned(), keys);
        }
    };
    let (one, two) = (components(written), components(distilled));
    put("added components", one.difference(&two).cloned().collect());
    put("components left out", two.difference(&one).cloned().collect());
    put("questions", changed(&questions(written), &questions(distilled)));
    put("settings", changed(&settings(written), &settings(distilled)));
    let style = |preset: &Preset| {
        let mut all: BTreeMap<_, _> = preset.style.others.clone().into_iter().collect();
        all.insert("docstring_examples".to_owned(), preset.style.docstring_examples.to_string());
        all.insert("docstring_types".to_owned(), preset.style.docstring_types.to_string());
        all.insert("env_prefix".to_owned(), preset.env_prefix.clone().unwrap_or("by name".to_owned()));
        all
    };
    put("style", changed(&style(written), &style(distilled)));
    let rules = |preset: &Preset| preset.rules.iter().map(|it| it.id.clone()).collect::<BTreeSet<_>>();
    put("rules", rules(written).symmetric_difference(&rules(distilled)).cloned().collect());
    let heads = |preset: &Preset| {
        let dev = preset.dependencies.dev.iter().map(|it| it.name().to_owned()).collect();
        let lists = [
            ("python", preset.python.clone()),
            ("layouts", preset.layout_names().into_iter().map(str::to_owned).collect()),
            ("packages", dev),
        ];
        lists.into_iter().map(|(key, list): (_, Vec<String>)| (key.to_owned(), list.join(" "))).collect()
    };
    put("head", changed(&heads(written), &heads(distilled)));
    out
}

fn components(preset: &Preset) -> BTreeSet<String> {
    preset.components.iter().flat_map(|it| it.names.clone()).collect()
}

fn questions(preset: &Preset) -> BTreeMap<String, String> {
    let shown = |it: &Question| {
        let mut values: Vec<&str> = it.choices.keys().map(String::as_str).collect();
        values.sort_unstable();
        format!("{} of {}", it.default, values.join(" "))
    };
    preset.questions.iter().map(|(name, it)| (name.clone(), shown(it))).collect()
}

/// The keys of `pyproject` with their values.
fn settings(preset: &Preset) -> BTreeMap<String, String> {
    scaffold::toml::places(&preset.pyproject)
        .unwrap()
        .into_iter()
        .filter_map(|it| Some((it.path, it.value?)))
        .collect()
}

/// The keys that only one has, or that differ.
fn changed(one: &BTreeMap<String, String>, two: &BTreeMap<String, String>) -> BTreeSet<String> {
    one.keys().chain(two.keys()).filter(|key| one.get(*key) != two.get(*key)).cloned().collect()
}
