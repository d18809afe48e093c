//! What the README shows is what happens.

use std::fs;

use crate::bench::{Bench, repository};

/// Every `console` block: after `$ scaffold …` stands what the program prints, `...` for what varies.
#[test]
fn the_commands_of_the_readme_print_what_it_says() {
    let readme = fs::read_to_string(repository().join("README.md")).unwrap();
    let mut seen = 0;
    for block in readme.split("```console\n").skip(1) {
        let bench = Bench::new();
        let block = block.split("```").next().unwrap();
        for step in block.split("$ ").skip(1) {
            let (command, expected) = step.split_once('\n').unwrap();
            let Some(arguments) = command.strip_prefix("scaffold ") else { continue };
            if arguments.starts_with("verify") {
                continue; // Needs the package manager: `.ci/run` runs it for real.
            }
            seen += 1;
            let words: Vec<&str> = arguments.split_whitespace().collect();
            let run = bench.run(&words);
            let printed = format!("{}{}", run.stdout, run.stderr);
            assert!(matches(expected.trim_end(), printed.trim_end()), "{command}\n{printed}");
        }
    }
    assert!(seen >= 2, "the README runs {seen} commands");
}

/// Whether `text` has the lines of `pattern`; a line `...` stands for any number of lines.
pub fn matches(pattern: &str, text: &str) -> bool {
    let mut rest: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut any = false;
    for line in pattern.lines().map(str::trim_end) {
        if line.trim() == "..." {
            any = true;
            continue;
        }
        let at = if any {
            rest.iter().position(|it| *it == line)
        } else {
            Some(0).filter(|_| rest.first() == Some(&line))
        };
        let Some(at) = at else { return false };
        rest.drain(..=at);
        any = false;
    }
    any || rest.is_empty()
}
