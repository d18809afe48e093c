//! Checks on the source itself: the architecture, written as tests.

use std::{
    fs,
    path::{Path, PathBuf},
};

use scaffold::python::outline::outline;

use crate::bench::repository;

const MAX_LINES: usize = 400;

/// The crates that have one home each: the crate as imported, and the module.
const HOMES: &[(&str, &str)] = &[
    ("clap", "cli/args.rs"),
    ("clap_complete", "cli/"),
    ("clap_mangen", "cli/help.rs"),
    ("dialoguer", "cli/prompt.rs"),
    ("annotate_snippets", "cli/report.rs"),
    ("anstream", "cli/report.rs"),
    ("minijinja", "template/"),
    ("toml_edit", "compose/"),
    ("include_dir", "catalog/"),
    ("granit_parser", "yaml/"),
    ("ruff_", "python/"),
    ("rayon", "parallel/mod.rs"),
    ("rustix", "disk/"),
    ("signal_hook", "disk/stop.rs"),
    ("sha2", "hash.rs"),
    ("unicode_normalization", "relpath.rs"),
    ("encoding_rs", "persona/decode.rs"),
];

/// `src/lib.rs` declares the modules in reading order: each may use only those above it.
#[test]
fn modules_use_only_those_declared_above_them() {
    let order = modules_in_order();
    let rank = |module: &str| order.iter().position(|it| it == module);
    let mut faults = vec![];
    for (file, text) in sources() {
        let own = first_word(file.to_str().unwrap());
        let Some(own) = rank(&own) else { continue };
        for used in used_modules(&text) {
            if rank(&used).is_some_and(|used| used > own) {
                faults.push(format!("{} uses `{used}`", file.display()));
            }
        }
    }
    assert!(faults.is_empty(), "imports against the order:\n{}", faults.join("\n"));
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    for (file, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= MAX_LINES, "{}: {lines} lines, at most {MAX_LINES}", file.display());
        assert!(text.starts_with("//! "), "{}: needs a `//!` first line", file.display());
    }
}

#[test]
fn every_crate_has_one_home() {
    for (file, text) in sources() {
        let file = file.to_str().unwrap();
        for (krate, home) in HOMES {
            if file.starts_with(home) {
                continue;
            }
            let used = text.lines().map(|line| line.split("//").next().unwrap()).any(|line| {
                line.contains(&format!("use {krate}"))
                    || (line.contains(&format!("{krate}::")) && !line.contains("disallowed"))
            });
            // `clap::Parser` starts the parsing in `cli/mod.rs`; the trait has no other way in.
            // Reading TOML and writing it are two jobs. Threads are placed where they are made, below all else.
            let exempt = *krate == "toml_edit" && file.starts_with("toml/")
                || *krate == "rustix" && file == "parallel/spread.rs"
                || *krate == "clap" && file == "cli/mod.rs"
                || file.ends_with("tests.rs");
            assert!(!used || exempt, "{file} uses `{krate}`, whose home is `{home}`");
        }
    }
}

#[test]
fn nothing_is_left_to_do() {
    // The rule engine and the reader of documents look for these words, so they have to know them.
    let knows = |file: &Path| file.starts_with("check") || file.ends_with("persona/features.rs");
    for (file, text) in sources().into_iter().filter(|(file, _)| !knows(file)) {
        for word in ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!("] {
            assert!(!text.contains(word), "{} holds `{word}`", file.display());
        }
    }
}

fn src() -> PathBuf {
    repository().join("src")
}

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(files: &mut Vec<(PathBuf, String)>, dir: &Path) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(files, &path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let name = path.strip_prefix(src()).unwrap().to_owned();
                files.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut files = vec![];
    walk(&mut files, &src());
    files
}

fn modules_in_order() -> Vec<String> {
    let text = fs::read_to_string(src().join("lib.rs")).unwrap();
    text.lines().filter_map(|line| line.strip_prefix("pub mod ")).map(first_word).collect()
}

/// The words after `crate::`, also those listed inside `use crate::{ … }`.
fn used_modules(text: &str) -> Vec<String> {
    let mut used = vec![];
    let mut in_list = false;
    for line in text.lines() {
        let code = line.split("//").next().unwrap();
        used.extend(code.split("crate::").skip(1).map(first_word));
        if let Some((_, list)) = code.split_once("use crate::{") {
            used.extend(list.split(", ").map(first_word));
            in_list = true;
        } else if in_list {
            used.extend(code.strip_prefix("    ").map(first_word));
        }
        in_list &= !code.contains("};");
    }
    used
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect()
}

/// Nothing else reads the benchmarks, which nobody runs every day.
#[test]
fn scripts_are_python() {
    let mut scripts = vec![];
    for folder in ["benches", "tests/catalogue", "tests/faults", "tests/image"] {
        let entries = fs::read_dir(repository().join(folder)).unwrap().map(|it| it.unwrap().path());
        scripts.extend(entries.filter(|path| path.extension().is_some_and(|it| it == "py")));
    }
    assert!(scripts.len() > 5);
    for script in scripts {
        let text = fs::read_to_string(&script).unwrap();
        if let Err(fault) = outline(&text) {
            panic!("{}: {}", script.display(), fault.message);
        }
    }
}
