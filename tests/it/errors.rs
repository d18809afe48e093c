//! Wrong input of every sort: the message, kept as it is read aloud, and the exit code.

use std::fs;

use crate::bench::{Bench, files, repository};

/// A case of `tests/errors`: the arguments, the exit code and the message.
struct Case {
    arguments: Vec<String>,
    code: i32,
    message: String,
}

fn case(text: &str) -> Case {
    let (head, message) = text.split_once("\n\n").unwrap();
    let (arguments, code) = head.rsplit_once("\nexit ").unwrap();
    let arguments = arguments.lines().map(str::to_owned).collect();
    Case { arguments, code: code.parse().unwrap(), message: message.to_owned() }
}

/// A catalog with mistakes: its folder, then the file, what stands in it and what stands there instead.
const BROKEN: [(&str, &str, &str, &str); 11] = [
    ("broken-manifest", "presets/small.yaml", "layouts: [flat, deep]", "layouts: [flat, deep"),
    (
        "mistaken-manifest",
        "presets/small.yaml",
        "title: Small\ndescription:",
        "titel: Small\ndescription: 3.10\nabout:",
    ),
    ("unknown-component", "presets/small.yaml", "  - use: [core]", "  - use: [coer]"),
    ("broken-component", "templates/components/core/component.yaml", "phase: test", "phase: [test"),
    (
        "broken-template",
        "templates/components/core/files/@services/greet.py.j2",
        "def greet",
        "{% if kind %}\ndef greet",
    ),
    (
        "unknown-name",
        "templates/components/core/files/@services/greet.py.j2",
        "(name).text",
        "(name).{{ txet }}",
    ),
    (
        "broken-python",
        "templates/components/core/files/@services/greet.py.j2",
        "def greet(name",
        "def greet(name:",
    ),
    ("broken-json", "templates/components/core/files/@data/settings.json.j2", "{\"kind\"", "{kind"),
    ("broken-everywhere", "templates/components/core/files/@data/settings.json.j2", "{\"kind\"", "{kind"),
    (
        "broken-everywhere",
        "templates/components/core/files/@unit_tests/greet.py.j2",
        "assert greet(",
        "assert greet((",
    ),
    (
        "broken-everywhere",
        "templates/components/core/files/@services/greet.py.j2",
        "(name).text",
        "(name).{{ txet }}",
    ),
];

/// The catalog of `tests/lint/base`, once for every folder that [`BROKEN`] names.
fn write_broken(bench: &Bench) {
    let whole = files(&repository().join("tests/lint/base"));
    for folder in BROKEN.map(|it| it.0) {
        for (path, bytes) in &whole {
            let mut text = String::from_utf8(bytes.clone()).unwrap();
            for (_, _, old, new) in BROKEN.iter().filter(|it| it.0 == folder && it.1 == path) {
                assert!(text.contains(old), "{path} holds no `{old}`");
                text = text.replacen(old, new, 1);
            }
            bench.write(&format!("{folder}/{path}"), &text);
        }
    }
}

/// Every file of `tests/errors`: an argument a line, `exit N`, an empty line, standard error. `UPDATE=1` rewrites it.
#[test]
fn messages_are_the_ones_on_file() {
    let mut wrong = vec![];
    let mut entries: Vec<_> =
        fs::read_dir(repository().join("tests/errors")).unwrap().map(|it| it.unwrap().path()).collect();
    entries.sort();
    assert!(entries.len() > 10);
    for path in entries {
        let text = fs::read_to_string(&path).unwrap();
        let case = case(&text);
        let bench = Bench::new();
        bench.write("answers.yaml", "kind: apo\ndatabase: [a]\ncolour: red\n");
        bench.write("broken.yaml", "kind: [\n");
        bench.write("full/notes.txt", "mine\n");
        bench.write("letter.md", "# Dear Ada\n\nThe weather is fine.\n");
        write_broken(&bench);
        let arguments: Vec<&str> = case.arguments.iter().map(String::as_str).collect();
        let run = bench.run(&arguments);
        let message = run.stderr.replace(bench.path("").to_str().unwrap(), "[DIR]/");
        if std::env::var_os("UPDATE").is_some() {
            let code = run.code.unwrap();
            fs::write(&path, format!("{}\nexit {code}\n\n{message}", case.arguments.join("\n"))).unwrap();
        } else if (run.code, &message) != (Some(case.code), &case.message) {
            wrong.push(format!("{}: exit {:?}\n{message}", path.display(), run.code));
        }
        assert!(!message.contains("panicked"), "{message}");
        assert!(run.stdout.is_empty() || case.code == 0, "{}", run.stdout);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
