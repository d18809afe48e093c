//! One planted mistake each: lint finds it, at its line, and nothing else.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use scaffold::{
    catalog,
    lint::{self, Report, Scope, table},
    preset::{Files, Library},
};

/// A catalog with one mistake, and what lint has to say about it.
struct Case {
    name: String,
    rule: String,
    file: String,
    line: usize,
    mark: Option<String>,
    files: Files,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lint")
}

/// The catalog that the cases break.
fn base() -> BTreeMap<String, String> {
    fn read(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                read(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let root = folder().join("base");
    let mut files = BTreeMap::new();
    read(&root, &root, &mut files);
    files
}

fn as_files(texts: BTreeMap<String, String>) -> Files {
    texts.into_iter().map(|(path, text)| (path, text.into_bytes().into())).collect()
}

/// Reads a case: `rule:`, `place: FILE:LINE`, `mark:`, then `edit: FILE` with old and new text, or `add: FILE`.
fn case(name: &str, text: &str) -> Case {
    let mut files = base();
    let mut head: BTreeMap<&str, &str> = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let (key, value) = line.split_once(": ").unwrap_or_else(|| panic!("{name}: {line}"));
        if key != "edit" && key != "add" {
            head.insert(key, value);
            continue;
        }
        let mut until =
            |end: &str| lines.by_ref().take_while(|line| *line != end).collect::<Vec<_>>().join("\n");
        let old = until("===");
        let new = until(">>>");
        if key == "add" {
            files.insert(value.to_owned(), format!("{new}\n"));
        } else {
            let old = old.strip_prefix("<<<\n").unwrap();
            let file = files.get_mut(value).unwrap();
            assert_eq!(file.matches(old).count(), 1, "{name}: `{old}` is not in `{value}` once");
            *file = file.replacen(old, &new, 1);
        }
    }
    let (file, line) = head["place"].rsplit_once(':').unwrap();
    Case {
        name: name.to_owned(),
        rule: head["rule"].to_owned(),
        file: file.to_owned(),
        line: line.parse().unwrap(),
        mark: head.get("mark").map(ToString::to_string),
        files: as_files(files),
    }
}

fn cases() -> Vec<Case> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder().join("cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| case(&name(path), &fs::read_to_string(path).unwrap())).collect()
}

fn lint(files: Files) -> Report {
    lint::lint(&Library::new(files, ""), &Scope::All).unwrap()
}

fn shown(report: &Report) -> Vec<String> {
    let one = |it: &scaffold::error::Mistake| {
        let (line, column) = it.place();
        format!(
            "{} {}:{line}:{column} {} [{}]",
            it.rule,
            it.source.name,
            it.title,
            &it.source.text[it.span.clone()]
        )
    };
    report.mistakes.iter().map(one).collect()
}

#[test]
fn every_planted_mistake_is_found_at_its_line_and_nothing_else() {
    let cases = cases();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    let mut wrong = vec![];
    for case in cases {
        let report = lint(case.files.clone());
        let found = report.mistakes.as_slice();
        let is_it = |it: &scaffold::error::Mistake| {
            let begins = |mark: &str| {
                let found = &it.source.text[it.span.clone()];
                it.source.text[it.span.start..].starts_with(mark)
                    || found.contains(mark)
                    || mark.contains(found)
            };
            it.rule == case.rule
                && *it.source.name == *case.file
                && it.place().0 == case.line
                && case.mark.as_deref().is_none_or(begins)
        };
        if !matches!(found, [one] if is_it(one)) {
            let wanted =
                format!("{} {}:{} [{}]", case.rule, case.file, case.line, case.mark.unwrap_or_default());
            wrong.push(format!(
                "{}\n  wanted {wanted}\n  found  {}",
                case.name,
                shown(&report).join("\n         ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_sound_catalog_and_our_own_have_no_mistakes() {
    let base = lint(as_files(base()));
    assert_eq!(shown(&base), [""; 0]);
    assert!(base.trees > 10);
    let ours = lint::lint(&catalog::embedded(), &Scope::All).unwrap();
    assert_eq!(shown(&ours), [""; 0]);
}

/// The base, with a preset that wants examples and types in docstrings.
fn documented_base() -> BTreeMap<String, String> {
    let mut files = base();
    let preset = files.get_mut("presets/small.yaml").unwrap();
    let style = "  docstrings: google\n";
    assert!(preset.contains(style));
    *preset = preset.replace(style, &format!("{style}  docstring_examples: true\n  docstring_types: true\n"));
    files
}

#[test]
fn a_catalog_with_examples_in_its_docstrings_has_no_mistakes() {
    assert_eq!(shown(&lint(as_files(documented_base()))), [""; 0]);
}

#[test]
fn a_contribution_brings_the_examples_of_what_it_defines() {
    let slot = "templates/components/store/slots/entities.fields.py";
    let mut files = documented_base();
    let method = "def shouted(self) -> str:\n    \"\"\"Shout.\"\"\"\n    return self.text.upper()\n";
    files.get_mut(&format!("{slot}.j2")).unwrap().push_str(&format!("\n{method}"));
    let bare = shown(&lint(as_files(files.clone())));
    let wanted = format!("example-missing {slot}.j2:3:1 `Greeting.shouted` has no example");
    assert!(matches!(bare.as_slice(), [one] if one.starts_with(&wanted)), "{bare:#?}");

    let example = "Greeting.shouted:\n  code: Greeting(\"a\").shouted()\n  expect: \"'A'\"\n";
    files.insert(format!("{slot}.examples.yaml"), example.to_owned());
    assert_eq!(shown(&lint(as_files(files))), [""; 0]);
}

#[test]
fn all_mistakes_are_told_at_once() {
    let mut files = base();
    let edit = |files: &mut BTreeMap<String, String>, path: &str, old: &str, new: &str| {
        let text = files.get_mut(path).unwrap();
        assert!(text.contains(old));
        *text = text.replacen(old, new, 1);
    };
    edit(&mut files, "presets/small.yaml", "default: none", "default: nothing");
    edit(&mut files, "presets/small.yaml", "use: [store]", "use: [stor]");
    edit(&mut files, "templates/layouts/deep.yaml", "[web]", "[wep]");
    edit(&mut files, "templates/components/core/files/@readme/README.md.j2", "{{ title }}", "{{ titel }}");
    let report = lint(as_files(files));
    let rules: Vec<&str> = report.mistakes.iter().map(|it| it.rule).collect();
    for rule in ["question-default", "component-unknown", "layer-unknown", "template-unknown-name"] {
        assert!(rules.contains(&rule), "{rule} is not in {:#?}", shown(&report));
    }
}

#[test]
fn every_rule_that_is_found_is_described() {
    let names: Vec<&str> = table::RULES.iter().map(|(name, _)| *name).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(names, sorted, "the table is sorted, each rule once");
    for case in cases() {
        assert!(names.contains(&case.rule.as_str()), "{}", case.rule);
    }
}
