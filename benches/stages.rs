//! Where the time of `scaffold new` goes: every stage on its own, the median of many runs.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a benchmark prints"
)]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use scaffold::{
    answers::{Given, Taken, resolve},
    catalog,
    disk::{self, Stop},
    ops::new::questions,
    plan,
    python::names::Names,
    render,
};

const RUNS: usize = 21;

fn median<T>(mut run: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            black_box(run());
            started.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

fn main() {
    let names = || Names::new::<&str>("shop", &[]).unwrap();
    let library = catalog::embedded();
    let preset = library.preset("strict").unwrap();
    let decide = || {
        let questions = questions(&library, &preset, &names()).unwrap();
        match resolve(&questions, &Given::default(), None).unwrap() {
            Taken::All(answers) => answers,
            Taken::Back => unreachable!("nobody is asked"),
        }
    };
    let planned = || plan::build(&library, preset.clone(), decide(), names()).unwrap();
    let plan = planned();
    let project = render::project(&plan, &library).unwrap();
    let python: Vec<(String, String)> = project
        .tree
        .iter()
        .filter(|(path, _)| path.has_extension("py"))
        .map(|(path, file)| (path.to_string(), file.as_text().unwrap().to_owned()))
        .collect();
    let pyproject = project.tree.iter().find(|(path, _)| path.as_str() == "pyproject.toml").unwrap().1;
    let tidy = || {
        let paths = project.tree.keys().map(scaffold::relpath::RelPath::as_str);
        let tidy = scaffold::python::tidy::Tidy::for_tree(pyproject.as_text().unwrap(), paths).unwrap();
        scaffold::parallel::map(python.iter().collect(), |(path, text)| tidy.tidy_rendered(path, text))
    };
    let root = tempfile::tempdir().unwrap();
    let mut number = 0;
    let mut write = || {
        number += 1;
        let target = root.path().join(format!("shop{number}"));
        disk::create(&target, &project.tree, &mut |_| Ok(()), &Stop::never()).unwrap();
    };
    let rows = [
        ("built-in catalog", median(catalog::embedded)),
        ("preset and answers", median(|| (library.preset("strict").unwrap(), decide()))),
        ("plan, with answers", median(planned)),
        ("render and tidy", median(|| render::project(&plan, &library).unwrap())),
        ("of that, tidying what is tidy already", median(tidy)),
        ("stage, sync, rename", median(&mut write)),
    ];
    println!("{} files, {} of them Python; medians of {RUNS} runs", project.tree.len(), python.len());
    for (name, time) in rows {
        println!("{name:40} {:>8.2} ms", time.as_secs_f64() * 1000.0);
    }
}
