//! Where the time of `scaffold new` goes: every stage on its own, the median of many runs.
//!
//! `cargo bench --bench stages [-- FOLDER [ANSWERS]]`: the preset `strict`, or the one preset of a folder under the
//! answers of a file. What reads manifests begins with a library that has read none. `TMPDIR` says where is written.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a benchmark prints"
)]

use std::{
    fs,
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use scaffold::{
    answers::{Answers, Given, Origin, Taken, resolve},
    catalog,
    disk::{self, Stop},
    ops::new::questions,
    parallel, plan,
    preset::{Library, Named, Preset},
    python::{names::Names, tidy::Tidy},
    relpath::RelPath,
    render,
    source::Source,
};

const RUNS: usize = 21;

/// The median time of `run`, each time on what `make` makes first.
fn median<M, T>(make: impl Fn() -> M, mut run: impl FnMut(&M) -> T) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let made = make();
            let started = Instant::now();
            black_box(run(&made));
            started.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

/// What is measured: a preset and answers.
struct Subject {
    folder: Option<String>,
    given: Given,
}

impl Subject {
    fn of(folder: Option<&String>, answers: Option<&String>) -> Self {
        let mut given = Given::default();
        if let Some(path) = answers {
            given.file(&Source::new(path.as_str(), fs::read_to_string(path).unwrap()), Origin::File).unwrap();
            given.values.shift_remove("name");
        }
        Self { folder: folder.cloned(), given }
    }

    fn library(&self) -> Library {
        match &self.folder {
            Some(folder) => catalog::with_folder(catalog::embedded, Path::new(folder)).unwrap(),
            None => catalog::embedded(),
        }
    }

    fn decide(&self, library: &Library) -> (Named<Preset>, Answers) {
        let name = if self.folder.is_some() { library.own_presets()[0] } else { "strict" };
        let preset = library.preset(name).unwrap();
        let questions = questions(library, &preset, &names()).unwrap();
        match resolve(&questions, &self.given, None).unwrap() {
            Taken::All(answers) => (preset, answers),
            Taken::Back => unreachable!("nobody is asked"),
        }
    }

    fn asked(&self) -> (Library, Named<Preset>, Answers) {
        let library = self.library();
        let (preset, answers) = self.decide(&library);
        (library, preset, answers)
    }
}

fn names() -> Names {
    Names::new::<&str>("shop", &[]).unwrap()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    // On threads with deep stacks, as the program does it.
    parallel::deep(|| report(&Subject::of(arguments.first(), arguments.get(1))), |_| ());
}

fn report(subject: &Subject) {
    let (library, preset, answers) = subject.asked();
    let plan = plan::build(&library, preset, answers, names()).unwrap();
    let tree = render::project(&plan, &library).unwrap().tree;
    let python: Vec<_> = tree.iter().filter(|(path, _)| path.has_extension("py")).collect();
    let pyproject = tree.iter().find(|(path, _)| path.as_str() == "pyproject.toml");
    let tidy = |(): &()| {
        let settings = pyproject.map_or("", |(_, file)| file.as_text().unwrap());
        let tidy = Tidy::for_tree(settings, tree.keys().map(RelPath::as_str)).unwrap();
        parallel::map(python.clone(), |(path, file)| {
            tidy.tidy_rendered(path.as_str(), file.as_text().unwrap()).unwrap()
        })
    };
    let root = tempfile::tempdir().unwrap();
    let mut number = 0;
    let write = |(): &()| {
        number += 1;
        let target = root.path().join(format!("shop{number}"));
        disk::create(&target, &tree, &mut |_| Ok(()), &Stop::never()).unwrap();
    };
    let planned = |(library, preset, answers): &(Library, Named<Preset>, Answers)| {
        plan::build(library, preset.clone(), answers.clone(), names()).unwrap()
    };
    let nothing = || ();
    let rows = [
        ("catalog", median(nothing, |()| subject.library())),
        ("preset and answers", median(|| subject.library(), |library| subject.decide(library))),
        ("plan", median(|| subject.asked(), planned)),
        ("render, tidy and read", median(nothing, |()| render::project(&plan, &library).unwrap())),
        ("tidying what is tidy already", median(nothing, tidy)),
        ("stage, sync, rename", median(nothing, write)),
    ];
    println!("{} files, {} of them Python; medians of {RUNS} runs", tree.len(), python.len());
    for (name, time) in rows {
        println!("{name:30} {:>8.2} ms", time.as_secs_f64() * 1000.0);
    }
}
