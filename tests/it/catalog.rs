//! The built-in catalog: what holds for every preset and component in it.

use std::{fs, path::PathBuf};

use crate::bench::{Bench, files, repository};

fn names(folder: &str) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(repository().join(folder))
        .unwrap()
        .map(|entry| {
            PathBuf::from(entry.unwrap().file_name()).file_stem().unwrap().to_str().unwrap().to_owned()
        })
        .collect();
    names.sort();
    names
}

/// Components that say where a project departs from one persona may name it. All others are for every preset and
/// layout.
const OF_ONE_PERSONA: &str = "-deviations";

#[test]
fn components_name_no_preset_and_no_layout() {
    let mut words = names("presets");
    words.extend(names("templates/layouts"));
    // Words that are plain English or part of other names as well.
    words.retain(|word| {
        !["strict", "service", "layered", "hexagonal", "single-file"].contains(&word.as_str())
    });
    for component in names("templates/components") {
        if component.ends_with(OF_ONE_PERSONA) {
            continue;
        }
        for (path, bytes) in files(&repository().join("templates/components").join(&component)) {
            let Ok(text) = String::from_utf8(bytes) else { continue };
            for marker in ["preset ==", "preset in", "layout.name =="] {
                assert!(!text.contains(marker), "{component}/{path} asks for `{marker}`");
            }
            for word in &words {
                assert!(!text.contains(word.as_str()), "{component}/{path} names `{word}`");
            }
        }
    }
}

#[test]
fn components_reach_modules_by_role_only() {
    for (path, bytes) in files(&repository().join("templates/components")) {
        let Ok(text) = String::from_utf8(bytes) else { continue };
        for form in ["from {{ package }}.", "import {{ package }}."] {
            assert!(!text.contains(form), "{path} writes a module's path: use module(role, name)");
        }
    }
}

#[test]
fn every_component_is_used_by_a_preset() {
    let bench = Bench::new();
    let mut used = String::new();
    for preset in names("presets") {
        used.push_str(&bench.ok(&["preset", "show", &preset, "--json"]).stdout);
    }
    for (path, bytes) in files(&repository().join("templates/components")) {
        if path.ends_with("component.yaml") {
            used.push_str(&String::from_utf8(bytes).unwrap());
        }
    }
    for component in names("templates/components") {
        assert!(used.contains(&component), "no preset uses `{component}`");
    }
}

#[test]
fn citations_are_the_lines_they_name() {
    for preset in names("presets") {
        let text = fs::read_to_string(repository().join(format!("presets/{preset}.yaml"))).unwrap();
        let persona =
            fs::read_to_string(repository().join(format!("examples/personas/{preset}.md"))).unwrap();
        let lines: Vec<&str> = persona.lines().collect();
        let mut seen = 0;
        for line in text.lines() {
            let Some((number, words)) = citation(line) else { continue };
            seen += 1;
            let cited = lines.get(number - 1).unwrap_or_else(|| panic!("{preset}: no line {number}"));
            assert!(
                cited.contains(&words),
                "{preset}: line {number} of the persona is `{cited}`, not `{words}`"
            );
        }
        assert!(seen > 5, "{preset} cites its persona {seen} times");
    }
}

/// The number and words of `cite: "12: words"` or of an entry under `cites:`.
fn citation(line: &str) -> Option<(usize, String)> {
    let (_, quoted) = line.split_once(": \"")?;
    let inside = quoted.trim_end().strip_suffix('"').or_else(|| quoted.trim_end().strip_suffix("\"}"))?;
    let (number, words) = inside.split_once(": ")?;
    Some((number.parse().ok()?, words.replace("\\\"", "\"").replace("\\\\", "\\")))
}
