//! What `--json` prints, held against `docs/json.md`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use serde_json::Value;

use crate::bench::{Bench, repository};

/// The documented keys by heading; those before the first heading are those of an error.
fn documented() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(repository().join("docs/json.md")).unwrap();
    let mut heading = "error".to_owned();
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut heading);
        } else if let Some(key) = line.strip_prefix("| `").and_then(|rest| rest.split('`').next()) {
            let is_new = keys.entry(heading.clone()).or_default().insert(key.to_owned());
            assert!(is_new, "{heading}: `{key}` twice");
        }
    }
    keys
}

/// All keys of a value that lead to something; a list or map without anything in it leads to itself.
fn keys(value: &Value, path: &str, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (key, value) in map {
                keys(value, &if path.is_empty() { key.clone() } else { format!("{path}\t{key}") }, out);
            }
        }
        Value::Array(list) if !list.is_empty() => {
            list.iter().for_each(|it| keys(it, &format!("{path}[]"), out))
        }
        _ => {
            out.insert(path.to_owned());
        }
    }
}

/// Whether the key at `path`, whose steps are divided by tabs, is the documented one.
fn is(path: &str, documented: &str) -> bool {
    let mut steps = path.split('\t');
    let mut wanted = documented.split('.').peekable();
    while let Some(want) = wanted.next() {
        let Some(step) = steps.next() else {
            // An empty list or map, or nothing at all, in place of what could be in it.
            return true;
        };
        let bare = step == want.trim_end_matches("[]");
        if want == "*" || bare && want.ends_with("[]") {
            return true;
        }
        // A key may have dots of its own.
        if want == "NAME" {
            if wanted.peek().is_none() {
                return true;
            }
        } else if step != want && !bare {
            return false;
        }
    }
    steps.next().is_none()
}

/// Holds what commands print against the table called `heading`: every key is in it, and every row is seen once, but
/// those in `rare`.
fn holds(heading: &str, printed: &[String], rare: &[&str]) {
    let table = &documented()[heading];
    let mut found = BTreeSet::new();
    for text in printed {
        let value: Value =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{heading}: {error}: {text}"));
        keys(&value, "", &mut found);
    }
    let unknown: Vec<&String> = found.iter().filter(|path| !table.iter().any(|it| is(path, it))).collect();
    assert!(unknown.is_empty(), "{heading}: not documented: {unknown:#?}");
    let unseen: Vec<&String> = table
        .iter()
        .filter(|it| !rare.contains(&it.as_str()) && !found.iter().any(|path| is(path, it)))
        .collect();
    assert!(unseen.is_empty(), "{heading}: documented, but never printed: {unseen:#?}");
    let gone: Vec<&&str> = rare.iter().filter(|it| !table.contains(**it)).collect();
    assert!(gone.is_empty(), "{heading}: no longer documented: {gone:#?}");
}

#[test]
fn every_command_prints_what_is_documented() {
    let bench = Bench::new();
    let out = |arguments: &[&str]| bench.run(arguments).stdout;
    let new = ["new", "shop", "--preset", "strict", "--defaults", "--json", "--verify"];
    let dry = ["new", "shop", "--preset", "strict", "--defaults", "--json", "--dry-run"];
    holds("new", &[out(&dry), out(&new)], &[]);
    let known = ["gates[].exit", "gates[].reason", "gates[].output"];
    holds("verify", &[out(&["verify", "shop", "--json"])], &known);
    let why =
        [out(&["why", "shop/README.md", "--json"]), out(&["why", "shop/pyproject.toml:tool.ruff", "--json"])];
    holds("why", &why, &["persona"]);
    let document = repository().join("examples/personas/strict.md");
    let distilled = |more: &[&str]| out(&[&["distill", document.to_str().unwrap(), "--json"], more].concat());
    holds("distill", &[distilled(&[]), distilled(&["-o", "a.yaml"]), distilled(&["-o", "a.yaml"])], &[]);
    holds("preset new", &[out(&["preset", "new", "team", "--json"])], &[]);
    holds("preset list", &[out(&["preset", "list", "--json"])], &[]);
    holds("preset show", &[out(&["preset", "show", "strict", "--json"])], &[]);
    bench.write("broken.yaml", "preset: broken\nextends: strict\ntitle: T\ncomponents:\n  - use: [rufff]\n");
    holds("preset lint", &[out(&["preset", "lint", "./broken.yaml", "--json"])], &[]);
    holds("preset test", &[out(&["preset", "test", "tiered", "--json"])], &[]);
    holds(
        "error",
        &[out(&["new", "x", "--preset", "./broken.yaml", "--defaults", "--json"])],
        &["error.causes[]"],
    );
}
