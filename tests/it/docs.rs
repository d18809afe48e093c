//! The documents in `docs` are true: what they show is run, and the reference is what the schemas say.

use std::{
    fmt::Write,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{bench::repository, readme::matches};

/// A block of a document: what stands behind the fence, and its text.
struct Block {
    info: String,
    text: String,
    line: usize,
}

fn blocks(document: &str) -> Vec<Block> {
    let mut found = vec![];
    let mut lines = document.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let text: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```").collect();
        found.push(Block { info: info.to_owned(), text: text.join("\n") + "\n", line: number + 1 });
    }
    found
}

/// Runs a document in `root`: a block with a path is written there, a block `console` is run, command by command,
/// and prints what it shows. Returns how many commands were run.
fn play(name: &str, blocks: &[Block], root: &Path) -> usize {
    let mut commands = 0;
    for block in blocks {
        match block.info.split_once(' ') {
            Some((_, path)) => {
                let file = root.join(path);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, &block.text).unwrap();
            }
            None if block.info == "console" => {
                for step in block.text.split("$ ").skip(1) {
                    let (command, expected) = step.split_once('\n').unwrap();
                    let printed = shell(command, root);
                    let place = format!("docs/{name}:{}", block.line);
                    assert!(
                        matches(expected.trim_end(), printed.trim_end()),
                        "{place}: {command}\n{printed}"
                    );
                    commands += 1;
                }
            }
            None => {}
        }
    }
    commands
}

/// Runs a command as a reader would, and gives all that it prints.
fn shell(command: &str, root: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_scaffold")).parent().unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("exec 2>&1; {command}")]).current_dir(root).stdin(Stdio::null()).env_clear();
    shell
        .env("PATH", format!("{}:/usr/bin:/bin", program.display()))
        .env("HOME", root)
        .env("LC_ALL", "C.UTF-8");
    for role in ["AUTHOR", "COMMITTER"] {
        shell.env(format!("GIT_{role}_NAME"), "A").env(format!("GIT_{role}_EMAIL"), "a@example.com");
    }
    String::from_utf8_lossy(&shell.output().unwrap().stdout).replace(&format!("{}/", root.display()), "")
}

#[test]
fn the_tutorial_goes_from_an_empty_folder_to_a_shared_preset() {
    let document = fs::read_to_string(repository().join("docs/authoring.md")).unwrap();
    let root = tempfile::tempdir().unwrap();
    assert!(play("authoring.md", &blocks(&document), root.path()) >= 8);
}

/// Every recipe stands on its own, on top of the catalog that the first section makes.
#[test]
fn every_recipe_of_the_cookbook_works() {
    let document = fs::read_to_string(repository().join("docs/cookbook.md")).unwrap();
    let (start, recipes) = document.split_once("\n## ").unwrap();
    let recipes: Vec<&str> = recipes.split("\n## ").collect();
    assert!(recipes.len() >= 8);
    for recipe in recipes {
        let root = tempfile::tempdir().unwrap();
        play("cookbook.md (start)", &blocks(start), root.path());
        let title = recipe.lines().next().unwrap();
        assert!(play(title, &blocks(recipe), root.path()) > 0, "`{title}` shows nothing that can be run");
    }
}

#[test]
fn every_case_of_robustness_is_listed() {
    let listed = fs::read_to_string(repository().join("docs/robustness.md")).unwrap();
    let listed: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | ")?.0.get(..3))
        .filter(|id| id[1..].bytes().all(|byte| byte.is_ascii_digit()))
        .collect();
    let mut cases = vec![];
    for entry in fs::read_dir(repository().join("tests/catalogue")).unwrap() {
        let path = entry.unwrap().path();
        let Ok(text) = fs::read_to_string(path) else { continue };
        cases.extend(text.split("@case(\"").skip(1).map(|rest| rest[..3].to_owned()));
    }
    for case in &cases {
        assert!(listed.contains(&case.as_str()), "{case} is not in docs/robustness.md");
    }
    for id in listed.iter().filter(|id| !["B11", "C09", "D05", "D21"].contains(id)) {
        assert!(cases.iter().any(|case| case == id), "{id} has no case");
    }
}

/// `UPDATE=1` rewrites it.
#[test]
fn the_reference_is_what_the_schemas_say() {
    let mut text = String::from(
        "# Reference\n\nThe files of a catalog, key by key. Made from the JSON Schemas (`scaffold preset schema WHAT`);\n\
         a test keeps it current.\n",
    );
    for (what, file) in [
        ("preset", "presets/NAME.yaml"),
        ("component", "templates/components/NAME/component.yaml"),
        ("layout", "templates/layouts/NAME.yaml"),
        ("roles", "templates/roles.yaml"),
        ("versions", "templates/versions.yaml"),
    ] {
        let schema = repository().join(format!("templates/schema/{what}.json"));
        let schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
        let _ = write!(text, "\n## {file}\n\n{}\n", described(&schema));
        keys(&schema, &mut text);
        for (name, part) in schema["$defs"].as_object().into_iter().flatten() {
            let _ = write!(text, "\n### {name} ({what})\n\n{}\n", described(part));
            keys(part, &mut text);
        }
    }
    let path = repository().join("docs/reference.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "UPDATE=1 rewrites it");
}

fn described(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().to_owned()
}

/// The keys of an object as a table, the choices of a word or of a form as a list.
fn keys(schema: &Value, out: &mut String) {
    if let Some(keys) = schema["properties"].as_object() {
        let needed = schema["required"].as_array().cloned().unwrap_or_default();
        out.push_str("\n| key | is | |\n| --- | --- | --- |\n");
        for (key, value) in keys {
            let mark = if needed.contains(&Value::from(key.as_str())) { " (needed)" } else { "" };
            let text = described(value).replace('\n', " ").replace('|', "\\|");
            let _ = writeln!(out, "| `{key}`{mark} | {} | {text} |", kind(value));
        }
    }
    for choice in ["oneOf", "anyOf"].iter().flat_map(|it| schema[it].as_array().into_iter().flatten()) {
        let form = choice["const"].as_str().map_or_else(|| kind(choice), |word| format!("`{word}`"));
        let _ = write!(out, "\n- {form}: {}", described(choice).replace('\n', " "));
    }
    if schema["oneOf"].is_array() || schema["anyOf"].is_array() {
        out.push('\n');
    }
}

/// What a value is, in a word.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|it| it.rsplit('/').next()) {
        return name.to_owned();
    }
    if let Some(forms) = schema["anyOf"].as_array() {
        let forms: Vec<String> = forms.iter().map(kind).filter(|it| it != "nothing").collect();
        return forms.join(" or ");
    }
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        Value::String(kind) => vec![kind.as_str()],
        _ => vec![],
    };
    let word = |it: &&str| match *it {
        "array" => format!("list of {}", kind(&schema["items"])),
        "object" => match schema.get("additionalProperties") {
            Some(value @ Value::Object(_)) => format!("map of {}", kind(value)),
            _ => "map".to_owned(),
        },
        "boolean" => "true or false".to_owned(),
        "string" => "text".to_owned(),
        other => other.to_owned(),
    };
    match kinds.as_slice() {
        [] => "anything".to_owned(),
        ["null"] => "nothing".to_owned(),
        kinds => kinds.iter().filter(|it| **it != "null").map(word).collect::<Vec<_>>().join(" or "),
    }
}
