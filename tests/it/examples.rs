//! The examples are what the program makes: each folder holds the command and the whole tree.

use std::fs;

use crate::bench::{Bench, files, repository};

/// Every folder of `examples` with a file `command`. `UPDATE=1` rewrites the trees.
#[test]
fn every_example_is_what_its_command_makes() {
    let mut seen = 0;
    let mut wrong = vec![];
    for entry in fs::read_dir(repository().join("examples")).unwrap() {
        let folder = entry.unwrap().path();
        let Ok(command) = fs::read_to_string(folder.join("command")) else { continue };
        seen += 1;
        let words: Vec<&str> = command.split_whitespace().collect();
        let (program, arguments) = words.split_first().unwrap();
        assert_eq!(*program, "scaffold");
        let bench = Bench::new();
        bench.ok(arguments);
        let name = words[2];
        let expected = folder.join(name);
        if std::env::var_os("UPDATE").is_some() {
            let _ = fs::remove_dir_all(&expected);
            for (path, bytes) in files(&bench.path(name)) {
                fs::create_dir_all(expected.join(&path).parent().unwrap()).unwrap();
                fs::write(expected.join(&path), bytes).unwrap();
            }
        }
        wrong.extend(differences(
            &folder.display().to_string(),
            &files(&expected),
            &files(&bench.path(name)),
        ));
    }
    assert!(seen > 0, "no example has a command");
    assert!(
        wrong.is_empty(),
        "run the tests with UPDATE=1 and look at the difference:\n{}",
        wrong.join("\n")
    );
}

fn differences(example: &str, expected: &[(String, Vec<u8>)], made: &[(String, Vec<u8>)]) -> Vec<String> {
    let mut found = vec![];
    for (path, bytes) in made {
        match expected.iter().find(|(it, _)| it == path) {
            None => found.push(format!("{example}: {path} is new")),
            Some((_, old)) if old != bytes => found.push(format!("{example}: {path} differs")),
            Some(_) => {}
        }
    }
    for (path, _) in expected {
        if !made.iter().any(|(it, _)| it == path) {
            found.push(format!("{example}: {path} is not made any more"));
        }
    }
    found
}
