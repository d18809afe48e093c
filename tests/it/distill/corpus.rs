//! Every open document about Python gives a project that its own tools have nothing against.
//!
//! Set `SCAFFOLD_CORPUS` to the folder that holds `seeds/` and `open/`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use scaffold::{
    answers::Given,
    catalog,
    ops::{
        distill,
        new::{self, Prepared, Request},
    },
    preset::Library,
    python::{names::Names, tidy::Tidy},
};

/// The documents whose class is `python`, and the seeds.
fn documents(root: &Path) -> Vec<PathBuf> {
    let index = fs::read_to_string(root.join("open/index.jsonl")).unwrap();
    let mut found: Vec<PathBuf> = index
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|entry| entry["class"] == "python" && entry["split"] == "open")
        .map(|entry| root.join("open").join(entry["file"].as_str().unwrap()))
        .collect();
    let seeds = fs::read_dir(root.join("seeds")).unwrap().map(|entry| entry.unwrap().path());
    found.extend(seeds.filter(|path| path.extension().is_some_and(|it| it == "md")));
    found.sort();
    found
}

fn prepared(name: &str, bytes: &[u8], library: &Library) -> scaffold::error::Result<Prepared> {
    let made = distill::preset(name, bytes, library)?;
    let (library, preset) = distill::loaded(&made.distilled, library)?;
    let names = Names::new::<&str>("lamp-shop", &[])?;
    let request = Request { preset, persona: Some(made.persona), names, given: Given::default(), ask: None };
    Ok(new::prepare(request, &library, &mut |_| {})?.unwrap())
}

/// What the project's own tools say.
fn faults(prepared: &Prepared) -> Vec<String> {
    let tree = &prepared.project.tree;
    let text =
        |path: &str| tree.iter().find(|(it, _)| it.as_str() == path).and_then(|(_, file)| file.as_text());
    let tidy = Tidy::for_tree(text("pyproject.toml").unwrap(), tree.keys().map(|it| it.as_str())).unwrap();
    let mut faults = vec![];
    for (path, file) in tree {
        let (path, text) = (path.as_str(), file.as_text().unwrap_or_default());
        match path.rsplit('.').next() {
            Some("py") => {
                let found = tidy.lint(path, text).unwrap();
                faults
                    .extend(found.iter().map(|it| format!("{path}:{} {} {}", it.line, it.rule, it.message)));
                if !tidy.is_formatted(path, text).unwrap() {
                    faults.push(format!("{path} is not formatted"));
                }
            }
            Some("toml") if !scaffold::toml::parses(text) => faults.push(format!("{path} is no TOML")),
            Some("yml" | "yaml") => {
                faults.extend(
                    serde_yaml::from_str::<serde_yaml::Value>(text).err().map(|it| format!("{path}: {it}")),
                );
            }
            Some("json") => {
                faults.extend(
                    serde_json::from_str::<serde_json::Value>(text).err().map(|it| format!("{path}: {it}")),
                );
            }
            _ => {}
        }
    }
    faults
}

#[test]
fn every_document_gives_a_project_without_findings() {
    let Some(root) = std::env::var_os("SCAFFOLD_CORPUS") else {
        println!("skipped: SCAFFOLD_CORPUS is not set");
        return;
    };
    let library = catalog::embedded();
    let (mut made, mut silent, mut wrong) = (0, vec![], vec![]);
    for path in documents(Path::new(&root)) {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(&path).unwrap();
        match prepared(name, &bytes, &library) {
            Ok(one) => {
                made += 1;
                wrong.extend(faults(&one).into_iter().map(|it| format!("{name}: {it}")));
                let again = prepared(name, &bytes, &library).unwrap();
                if again.project.tree != one.project.tree {
                    wrong.push(format!("{name}: other bytes the second time"));
                }
            }
            Err(error) if error.message().contains("states nothing") => silent.push(name.to_owned()),
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
    println!("{made} documents give a project; these state nothing: {silent:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(made >= 60 && silent.len() <= 4);
}

#[test]
fn what_is_distilled_passes_the_lint() {
    let Some(root) = std::env::var_os("SCAFFOLD_CORPUS") else {
        println!("skipped: SCAFFOLD_CORPUS is not set");
        return;
    };
    let bench = crate::bench::Bench::new();
    for path in documents(Path::new(&root)).iter().step_by(8) {
        let run = bench.run(&["distill", path.to_str().unwrap(), "--json"]);
        if run.code == Some(3) {
            continue;
        }
        let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        let file = format!("{}.yaml", told["preset"].as_str().unwrap());
        bench.write(&file, told["yaml"].as_str().unwrap());
        bench.ok(&["preset", "lint", &file]);
    }
}
