//! What our own persona gives, beside the preset that a person wrote from it.

use scaffold::{
    catalog,
    ops::distill,
    preset::{Named, Preset},
};

use crate::bench::repository;

/// What only a person can know: components that no fact of the document names, and why.
const OVERLAY: &[(&str, &str)] = &[
    ("mypy", "the document demands types and names no checker"),
    ("pre-commit", "asked by the preset for comfort"),
    ("editorconfig", "asked by the preset for comfort"),
    ("dependabot", "asked by the preset for comfort"),
    ("renovate", "asked by the preset for comfort"),
    ("github-actions", "the document speaks of CI and names none"),
    ("sqlite-volume", "the document names PostgreSQL only"),
    ("arq", "a kind of project or a choice that the reader does not tell apart yet"),
    ("bookmarks", "a kind of project or a choice that the reader does not tell apart yet"),
    ("celery", "a kind of project or a choice that the reader does not tell apart yet"),
    ("checks", "a kind of project or a choice that the reader does not tell apart yet"),
    ("http-client", "a kind of project or a choice that the reader does not tell apart yet"),
    ("library", "a kind of project or a choice that the reader does not tell apart yet"),
    ("money", "a kind of project or a choice that the reader does not tell apart yet"),
    ("queue-worker", "a kind of project or a choice that the reader does not tell apart yet"),
    ("typer", "a kind of project or a choice that the reader does not tell apart yet"),
    ("users-announced", "a kind of project or a choice that the reader does not tell apart yet"),
    ("worker", "a kind of project or a choice that the reader does not tell apart yet"),
    ("strict-deviations", "words about where the preset departs from the document"),
];

fn both() -> (Named<Preset>, Named<Preset>) {
    let library = catalog::embedded();
    let bytes = std::fs::read(repository().join("examples/personas/strict.md")).unwrap();
    let made = distill::preset("strict.md", &bytes, &library).unwrap();
    let distilled = distill::loaded(&made.distilled, &library).unwrap().1;
    (library.preset("strict").unwrap(), distilled)
}

fn components(preset: &Preset) -> Vec<&str> {
    let mut names: Vec<&str> =
        preset.components.iter().flat_map(|it| &it.names).map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn the_components_are_those_of_the_preset_but_for_what_only_a_person_knows() {
    let (written, distilled) = both();
    let known: Vec<&str> = OVERLAY.iter().map(|(name, _)| *name).collect();
    let mut written = components(&written.value);
    written.retain(|name| !known.contains(name));
    assert_eq!(components(&distilled.value), written);
}

#[test]
fn layout_python_and_defaults_are_those_of_the_preset() {
    let (written, distilled) = both();
    assert_eq!(distilled.value.python, written.value.python);
    assert_eq!(distilled.value.layouts[0], written.value.layouts[0]);
    assert!(distilled.value.layout.is_none(), "the tree is that of the built-in layout");
    for name in ["kind", "database", "cache"] {
        assert_eq!(distilled.value.questions[name].default, written.value.questions[name].default, "{name}");
    }
}

#[test]
fn the_tables_are_those_of_the_preset_but_for_renamed_rules() {
    let (written, distilled) = both();
    let renamed = written.value.pyproject.replace("\"TCH\"", "\"TC\"");
    let table = |text: &str| toml::from_str::<toml::Table>(text).unwrap();
    assert_eq!(table(&distilled.value.pyproject), table(&renamed));
    for (name, cite) in &distilled.value.cites {
        assert_eq!(Some(cite), written.value.cites.get(name), "{name}");
    }
}
