//! `scaffold preset test`: the space of answers rendered and checked, and a sample of projects through their gates.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use super::new::{self, Options, Prepared};
use crate::{
    disk::{
        Stop,
        run::{self, Job},
    },
    error::{Class, Error, Mistake, Result},
    gates::{self, Event, Outcome},
    parallel, plan,
    preset::{Library, Named, Preset},
    proof::{self, Proof},
    render,
    space::{self, Case, Extent},
};

/// What the proof of a preset showed.
pub struct Tested {
    /// The preset.
    pub preset: Named<Preset>,
    /// Whether pairs of answers were covered instead of all combinations.
    pub pairwise: bool,
    /// Every combination.
    pub trees: Vec<Tree>,
    /// All mistakes, each once.
    pub mistakes: Vec<Mistake>,
    /// The rules of the preset and its components that were checked.
    pub rules: BTreeSet<String>,
    /// How long all of it took.
    pub duration: Duration,
}

/// One rendered and checked combination.
pub struct Tree {
    /// The answers.
    pub case: Case,
    /// The number of files.
    pub files: usize,
    /// How long planning, rendering and checking took.
    pub duration: Duration,
    /// How many mistakes there are.
    pub mistakes: usize,
}

/// A project that was made and sent through its gates.
pub struct Made {
    /// The answers.
    pub case: Case,
    /// What became of its gates.
    pub outcomes: Vec<Outcome>,
    /// How long making it and its gates took.
    pub duration: Duration,
    /// Where it is kept, if one of its gates failed.
    pub kept: Option<PathBuf>,
}

impl Made {
    /// Whether no gate failed, and all programs were there.
    pub fn passed(&self) -> bool {
        let failed =
            |it: &Outcome| it.verdict.has_failed() || matches!(it.verdict, gates::Verdict::Missing { .. });
        !self.outcomes.iter().any(failed)
    }
}

/// Renders and checks the space of answers of `preset`; tells `progress` how many trees are done, of how many.
///
/// # Errors
/// The space is too large, or the run was stopped.
pub fn space(
    library: &Library,
    preset: Named<Preset>,
    extent: &Extent,
    stop: &Stop,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Tested> {
    let began = Instant::now();
    let cases = space::cases(&preset.value, extent)?;
    let total = cases.len();
    let done = AtomicUsize::new(0);
    let one = |case: Case| -> Result<(Case, Proof, Duration)> {
        stop.check()?;
        let began = Instant::now();
        let mut proof = proof::prove(library, &preset, &case);
        let duration = began.elapsed();
        proof.mistakes.extend(unlike(library, &preset, &case, &proof));
        // The trees of a large space need not be in memory at once.
        proof.project = None;
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        Ok((case, proof, duration))
    };
    let proven: Vec<(Case, Proof, Duration)> =
        parallel::map(cases, one).into_iter().collect::<Result<_>>()?;
    let mut trees = vec![];
    let mut proofs = vec![];
    let mut rules = BTreeSet::new();
    for (case, proof, duration) in proven {
        trees.push(Tree { case: case.clone(), files: proof.files, duration, mistakes: proof.mistakes.len() });
        rules.extend(proof.rules.iter().cloned());
        proofs.push((case, proof));
    }
    let mistakes = proof::once(&proofs);
    Ok(Tested { preset, pairwise: extent.pairwise, trees, mistakes, rules, duration: began.elapsed() })
}

/// Same answers, same bytes.
fn unlike(library: &Library, preset: &Named<Preset>, case: &Case, proof: &Proof) -> Option<Mistake> {
    let path = proof::differs(library, preset, case, &proof.project.as_ref()?.tree)?;
    let title = format!("`{path}` is another one when it is rendered again");
    Some(preset.mistake_at_key("render-failed", title, &["preset"]))
}

/// So many of the trees: first those that bring answers which no other one has, then those that differ most.
pub fn sample(trees: &[Tree], number: usize) -> Vec<Case> {
    let mut chosen: Vec<&Case> = vec![];
    let mut seen: BTreeSet<(&String, &String)> = BTreeSet::new();
    let distance = |one: &Case, two: &Case| {
        one.key.iter().filter(|(name, value)| two.key.get(*name) != Some(value)).count()
    };
    while chosen.len() < number.min(trees.len()) {
        let free = trees
            .iter()
            .map(|tree| &tree.case)
            .filter(|case| chosen.iter().all(|it| it.number != case.number));
        let new = |case: &Case| case.key.iter().filter(|answer| !seen.contains(answer)).count();
        let nearest = |case: &Case| chosen.iter().map(|it| distance(it, case)).min().unwrap_or(0);
        // Of several the first, so that the sample begins with the defaults.
        let rank = |case: &Case| (new(case), nearest(case), usize::MAX - case.number);
        let Some(next) = free.max_by_key(|case| rank(case)) else { break };
        seen.extend(&next.key);
        chosen.push(next);
    }
    chosen.into_iter().cloned().collect()
}

/// Makes the project of `case` in a temporary folder, runs the program `before` in it, then its gates.
///
/// # Errors
/// It cannot be made, `before` failed, or the run was stopped.
pub fn make(
    library: &Library,
    preset: &Named<Preset>,
    case: Case,
    before: Option<&Path>,
    stop: &Stop,
    progress: &mut dyn FnMut(Event<'_>),
) -> Result<Made> {
    let began = Instant::now();
    let plan = plan::build(library, preset.clone(), case.answers.clone(), case.names.clone())?;
    let project = render::project(&plan, library)?;
    let prepared = Prepared { plan, project, persona: None };
    let folder = tempfile::Builder::new()
        .prefix("scaffold-")
        .tempdir()
        .map_err(|error| Error::system("create a folder in", std::env::temp_dir().display(), &error))?;
    let target = folder.path().join(&case.names.project);
    let options = Options { into: false, git: false, lock: true, record: true, trusted: true };
    new::write(&prepared, library, &target, options, stop)?;
    if let Some(program) = before {
        prepare(program, &target, stop)?;
    }
    let outcomes = gates::run(&prepared.project.gates, &target, stop, progress);
    stop.check()?;
    let mut made = Made { case, outcomes, duration: began.elapsed(), kept: None };
    if !made.passed() {
        let name = made.case.names.project.clone();
        made.kept = Some(folder.keep().join(name));
    }
    Ok(made)
}

/// Runs `program` in the project.
fn prepare(program: &Path, project: &Path, stop: &Stop) -> Result<()> {
    let failed = |why: String| {
        let message = format!("`{}` {why} before the gates", program.display());
        Error::new(Class::System, message).help("it is the program of `--before`")
    };
    match run::run(&Job::new([program], project), stop)? {
        None => Err(failed("is not installed, and was to run".to_owned())),
        Some(done) if done.passed() => Ok(()),
        Some(done) => Err(failed(format!("failed ({})", done.end)).because(done.output.trim().to_owned())),
    }
}
