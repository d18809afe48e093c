//! Completions and manual pages: made from the command line itself, and whole.

use std::{fs, process::Command};

use crate::bench::Bench;

/// The commands in `--help` of `words`, without `help`.
fn commands(bench: &Bench, words: &[&str]) -> Vec<String> {
    let help = bench.ok(&[words, &["--help"]].concat()).stdout;
    let Some((_, list)) = help.split_once("Commands:\n") else { return vec![] };
    list.lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ").filter(|it| !it.starts_with(' '))?.split(' ').next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_command_has_a_manual_page_with_all_its_flags() {
    let bench = Bench::new();
    bench.write("man/scaffold.1", "of an older version");
    bench.ok(&["man", "-o", "man"]);
    let mut expected = vec!["scaffold".to_owned()];
    for name in commands(&bench, &[]) {
        for below in commands(&bench, &[&name]) {
            expected.push(format!("scaffold-{name}-{below}"));
        }
        expected.push(format!("scaffold-{name}"));
    }
    expected.sort();
    let mut pages: Vec<String> = fs::read_dir(bench.path("man"))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap().replace(".1", ""))
        .collect();
    pages.sort();
    assert_eq!(pages, expected);

    assert_eq!(bench.ok(&["man"]).stdout, bench.read("man/scaffold.1"));
    let page = bench.read("man/scaffold-new.1").replace('\\', "");
    for flag in bench.ok(&["new", "--help"]).stdout.split_whitespace().filter(|it| it.starts_with("--")) {
        assert!(page.contains(flag.trim_end_matches(',')), "{flag} is not in the page of `new`");
    }
}

#[test]
fn bash_completes_commands_and_flags() {
    let bench = Bench::new();
    bench.write("scaffold.bash", &bench.ok(&["completions", "bash"]).stdout);
    let complete = |words: &str, last: usize| {
        let script = format!(
            "source ./scaffold.bash; COMP_WORDS=({words}); COMP_CWORD={last}; \
             _scaffold scaffold \"${{COMP_WORDS[{last}]}}\" \"${{COMP_WORDS[{}]}}\"; echo \"${{COMPREPLY[@]}}\"",
            last - 1
        );
        let run = Command::new("bash").args(["-c", &script]).current_dir(bench.path("")).output().unwrap();
        String::from_utf8(run.stdout).unwrap().trim().to_owned()
    };
    assert_eq!(complete("scaffold dis", 1), "distill");
    assert_eq!(complete("scaffold new --no-r", 2), "--no-record");
    assert_eq!(complete("scaffold preset li", 2), "list lint");
}

#[test]
fn every_shell_gets_its_completions() {
    let bench = Bench::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(bench.ok(&["completions", shell]).stdout.contains("distill"), "{shell}");
    }
    assert!(bench.fails(&["completions", "tcsh"], 2).contains("possible values"));
}
