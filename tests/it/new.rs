//! `scaffold new`: what is there afterwards, and what is not.

use std::fs;

use crate::bench::{Bench, files, repository};

const STRICT: &[&str] = &["--preset", "strict", "--defaults", "--no-git", "--no-lock"];

fn strict<'a>(directory: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec!["new", directory];
    words.extend(STRICT);
    words.extend(more);
    words
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let bench = Bench::new();
    bench.ok(&strict("one/shop", &[]));
    bench.ok(&strict("two/shop", &[]));
    assert_eq!(files(&bench.path("one/shop")), files(&bench.path("two/shop")));
}

#[test]
fn a_folder_of_presets_gives_what_the_built_in_ones_give() {
    let bench = Bench::new();
    bench.ok(&strict("one/shop", &["--no-record"]));
    let catalog = repository().to_str().unwrap();
    bench.ok(&strict("two/shop", &["--no-record", "--catalog", catalog]));
    assert_eq!(files(&bench.path("one/shop")), files(&bench.path("two/shop")));
}

#[test]
fn a_dry_run_touches_nothing_and_names_every_file() {
    let bench = Bench::new();
    let run = bench.ok(&strict("shop", &["--dry-run"]));
    assert!(bench.names().is_empty());
    bench.ok(&strict("shop", &["--no-record"]));
    let told: Vec<&str> = run.stdout.lines().map(|line| line.split_whitespace().next().unwrap()).collect();
    let made: Vec<String> = files(&bench.path("shop")).into_iter().map(|(path, _)| path).collect();
    assert_eq!(told, made);
}

#[test]
fn an_occupied_folder_is_refused_and_left_alone() {
    let bench = Bench::new();
    bench.write("shop/notes.txt", "mine");
    let message = bench.fails(&strict("shop", &[]), 4);
    assert!(message.contains("`shop` is not empty: it holds `notes.txt`"), "{message}");
    assert_eq!(files(&bench.path("shop")), [("notes.txt".to_owned(), b"mine".to_vec())]);
}

#[test]
fn a_fresh_clone_is_filled_on_request_and_keeps_its_files() {
    let bench = Bench::new();
    bench.write("shop/README.md", "mine\n");
    bench.write("shop/.gitignore", "*.bak\n");
    bench.fails(&strict("shop", &[]), 4);
    bench.ok(&strict("shop", &["--into"]));
    assert_eq!(bench.read("shop/README.md"), "mine\n");
    let ignored = bench.read("shop/.gitignore");
    assert!(ignored.contains("*.bak") && ignored.contains("__pycache__/"), "{ignored}");
    assert!(bench.path("shop/pyproject.toml").exists());
}

#[test]
fn a_failed_run_leaves_nothing() {
    let bench = Bench::new();
    bench.fails(&strict("a/b/shop", &["--set", "database=oracle"]), 2);
    bench.fails(&["new", "shop", "--preset", "stict", "--defaults"], 2);
    assert!(bench.names().is_empty(), "{:?}", bench.names());
}

#[test]
fn without_a_terminal_nothing_is_asked() {
    let bench = Bench::new();
    let message = bench.fails(&["new", "shop"], 2);
    assert!(message.contains("the preset is missing"), "{message}");
    let message = bench.fails(&["new", "--preset", "strict"], 2);
    assert!(message.contains("the folder is missing"), "{message}");
    bench.ok(&["new", "shop", "--preset", "strict", "--no-git", "--no-lock"]);
}

#[test]
fn answers_come_from_flags_before_files_before_defaults() {
    let bench = Bench::new();
    bench.write("answers.yaml", "database: sqlite\ncache: redis\n");
    let run = bench
        .ok(&strict("shop", &["--answers", "answers.yaml", "--set", "cache=none", "--dry-run", "--json"]));
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(told["answers"]["database"], serde_json::json!({"value": "sqlite", "origin": "file"}));
    assert_eq!(told["answers"]["cache"], serde_json::json!({"value": "none", "origin": "flag"}));
    assert_eq!(told["answers"]["kind"]["origin"], "default");
}

#[test]
fn the_command_that_repeats_a_run_repeats_it() {
    let bench = Bench::new();
    let run = bench.ok(&strict(
        "one/shop",
        &["--set", "database=sqlite", "--set", "description=Sells \"things\".", "--json"],
    ));
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let repeat = told["repeat"].as_str().unwrap().replace("one/shop", "two/shop");
    let script =
        repeat.replacen("scaffold", env!("CARGO_BIN_EXE_scaffold"), 1) + " --no-git --no-lock --no-record";
    let status =
        std::process::Command::new("sh").args(["-c", &script]).current_dir(bench.path(".")).output().unwrap();
    assert!(status.status.success(), "{script}\n{}", String::from_utf8_lossy(&status.stderr));
    fs::remove_dir_all(bench.path("one/shop/.scaffold")).unwrap();
    assert_eq!(files(&bench.path("one/shop")), files(&bench.path("two/shop")));
}

#[test]
fn what_was_decided_stays_in_the_record() {
    let bench = Bench::new();
    bench.ok(&strict("shop", &["--set", "database=sqlite"]));
    let record = bench.read("shop/.scaffold/project.yaml");
    assert!(record.contains("sqlite") && record.contains("alembic"), "{record}");
    assert!(!record.contains(bench.path("").to_str().unwrap()), "{record}");
}

fn tiered<'a>(directory: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["new", directory, "--preset", "tiered", "--defaults", "--no-git", "--no-lock"], more].concat()
}

#[test]
fn the_layout_follows_from_an_answer() {
    let bench = Bench::new();
    let made = |more: &[&str]| {
        let run = bench.ok(&tiered("shop", &[more, &["--dry-run", "--json"]].concat()));
        let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        told["answers"]["layout"].clone()
    };
    assert_eq!(made(&[]), serde_json::json!({"value": "modular", "origin": "default"}));
    assert_eq!(made(&["--tier", "mvp"]), serde_json::json!({"value": "single-file", "origin": "default"}));
    assert_eq!(made(&["--tier", "full", "--layout", "modular"])["origin"], "flag");
}

#[test]
fn a_run_with_answers_that_follow_from_others_is_repeated() {
    let bench = Bench::new();
    let run = bench.ok(&tiered("shop", &["--tier", "mvp", "--json"]));
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let repeat = told["repeat"].as_str().unwrap();
    assert_eq!(repeat, "scaffold new shop --preset tiered --defaults --set tier=mvp");
}

#[test]
fn variables_begin_as_the_preset_says() {
    let bench = Bench::new();
    bench.ok(&tiered("plain", &["--tier", "core"]));
    bench.ok(&strict("usual", &["--set", "database=postgresql"]));
    assert!(bench.read("plain/.env.example").contains("\nDATABASE_URL="));
    assert!(bench.read("usual/.env.example").contains("\nUSUAL_DATABASE_URL="));
}
