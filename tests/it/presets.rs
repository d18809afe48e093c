//! Presets under proof: the schema is current, the rules bite, and the commands say what they should.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use scaffold::{catalog, disk::Stop, ops::proof, preset::Schema, space::Extent};
use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn scaffold(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scaffold")).args(arguments).current_dir(root()).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn the_committed_schemas_are_current() {
    for schema in Schema::ALL {
        let path = root().join(format!("templates/schema/{}.json", schema.name()));
        let committed = fs::read_to_string(&path).unwrap_or_default();
        let printed = stdout(&scaffold(&["preset", "schema", schema.name()]));
        let how = format!("scaffold preset schema {0} > templates/schema/{0}.json", schema.name());
        assert!(committed == printed, "{} is old: run `{how}`", path.display());
    }
}

#[test]
fn every_manifest_names_its_schema() {
    let mut files = vec![];
    for folder in ["presets", "templates/layouts", "templates/components"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            files.push(if path.is_dir() { path.join("component.yaml") } else { path });
        }
    }
    files.extend(["roles", "versions"].map(|name| root().join(format!("templates/{name}.yaml"))));
    let library = catalog::folder(root()).unwrap();
    let sidecars = library.components().into_iter().flat_map(|name| library.sidecars(name));
    files.extend(sidecars.map(|(path, _)| root().join(path)));
    assert!(files.len() > 30);
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let line = text.lines().next().unwrap();
        let schema = line.strip_prefix("# yaml-language-server: $schema=");
        let schema = schema.unwrap_or_else(|| panic!("{} does not begin with its schema", file.display()));
        assert!(file.parent().unwrap().join(schema).is_file(), "{}: no {schema}", file.display());
    }
}

#[test]
fn every_pair_of_answers_is_clean_and_rules_ran() {
    let output = scaffold(&["preset", "test", "strict", "--pairwise", "--json"]);
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", object["presets"][0]["mistakes"]);
    let preset = &object["presets"][0];
    assert!(preset["trees"].as_array().unwrap().len() >= 9);
    assert!(preset["rules"].as_array().unwrap().len() >= 15, "{}", preset["rules"]);
    assert!(preset["trees"][0]["milliseconds"].is_u64());
}

#[test]
fn a_rule_planted_to_fail_is_seen_to_fail() {
    let library = catalog::embedded();
    let own = String::from_utf8(library.bytes("presets/strict.yaml").unwrap().to_vec()).unwrap();
    let planted =
        own.replacen("\nrules:\n", "\nrules:\n  - id: planted\n    files: {absent: [pyproject.toml]}\n", 1);
    assert_ne!(own, planted);
    let library = library.with_preset("strict", "strict.yaml", planted.clone().into_bytes());
    let preset = library.preset("strict").unwrap();
    let extent = Extent { pairwise: true, ..Extent::default() };
    let tested = proof::space(&library, preset, &extent, &Stop::never(), &|_, _| {}).unwrap();
    assert!(tested.rules.contains("planted"));
    assert!(tested.trees.iter().all(|tree| tree.mistakes == 1));
    let [mistake] = tested.mistakes.as_slice() else { panic!("{:?}", tested.mistakes) };
    assert_eq!(mistake.rule, "rule-broken");
    assert!(mistake.title.starts_with("`planted`: "), "{}", mistake.title);

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("strict.yaml");
    fs::write(&file, planted).unwrap();
    let output = scaffold(&["preset", "lint", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("`planted`"), "{}", stdout(&output));
}

#[test]
fn lint_speaks_text_json_and_sarif() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("small.yaml");
    let text = fs::read_to_string(root().join("tests/lint/base/presets/small.yaml")).unwrap();
    fs::write(&file, text.replace("[flat, deep]", "[layerd]").replace("use: [core]", "use: [uvv]")).unwrap();
    let file = file.to_str().unwrap();

    let output = scaffold(&["preset", "lint", file]);
    assert_eq!(output.status.code(), Some(1));
    let shown = stdout(&output);
    assert!(shown.contains("error[layout-unknown]") && shown.contains("did you mean `layered`?"), "{shown}");
    assert!(shown.contains("^^^^^^"), "{shown}");

    let output = scaffold(&["preset", "lint", file, "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    let first = &object["mistakes"][0];
    assert_eq!(
        (&first["rule"], &first["line"], &first["column"]),
        (&"layout-unknown".into(), &5.into(), &11.into())
    );
    assert_eq!(first["replacement"], "layered");

    let output = scaffold(&["preset", "lint", file, "--sarif"]);
    assert_eq!(output.status.code(), Some(1));
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["version"], "2.1.0");
    let result = &object["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "layout-unknown");
    assert_eq!(result["locations"][0]["physicalLocation"]["region"]["startLine"], 5);
    let rules = object["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert!(rules.iter().all(|rule| !rule["shortDescription"]["text"].as_str().unwrap().is_empty()));
}

#[test]
fn lint_takes_a_folder_a_file_in_it_or_nothing() {
    for arguments in [
        &["preset", "lint", "tests/lint/base"][..],
        &["preset", "lint", "tests/lint/base/presets/small.yaml"],
        &["preset", "lint", "tests/lint/base/templates/layouts/flat.yaml"],
        &["--catalog", "tests/lint/base", "preset", "lint"],
        &["--catalog", "tests/lint/base", "preset", "lint", "small"],
        &["--catalog", "tests/lint/base", "preset", "test", "--all"],
        &["--catalog", "tests/lint/base", "preset", "test", "small", "--pairwise", "--python", "3.13"],
    ] {
        let output = scaffold(arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stdout(&output));
    }
}

#[test]
fn wrong_usage_exits_with_2() {
    for arguments in [
        &["preset", "lint", "stricct"][..],
        &["preset", "lint", "Cargo.toml"],
        &["preset", "lint", "tests"],
        &["preset", "lint", "--json", "--sarif"],
        &["preset", "test"],
        &["preset", "test", "stricct"],
        &["preset", "test", "strict", "--all"],
        &["preset", "test", "strict", "--python", "3.1"],
        &["preset", "test", "strict", "--gates", "many"],
        &["preset", "schema", "prset"],
    ] {
        let output = scaffold(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty() && output.stdout.is_empty(), "{arguments:?}");
    }
}
