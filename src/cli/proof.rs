//! `scaffold preset test`: progress, tables, and what is wrong.

use std::{
    collections::BTreeMap,
    fmt::Write,
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{args, open, report, tell_shadows, untrusted};
use crate::{
    catalog::Shelf,
    disk::Stop,
    error::{Class, Error, Result},
    gates::{Event, Outcome, Verdict},
    ops::proof::{self, Made, Tested},
    preset::{Library, Named, Preset},
    space::Extent,
};

/// Proves one preset, or all of them.
pub(super) fn run(args: &args::PresetTest, shelf: &Shelf) -> Result<ExitCode> {
    let stop = Stop::listen()?;
    let opened = match &args.preset {
        Some(spec) => open(shelf, spec, &stop)?,
        None => shelf.all()?,
    };
    let (names, library) = (opened.meant(), opened.library);
    let presets = names.iter().map(|name| library.preset(name)).collect::<Result<Vec<_>>>()?;
    if presets.is_empty() {
        return Err(Error::usage("there are no presets to test"));
    }
    tell_shadows(&library);
    if args.gates.is_some() && !args.trust {
        let foreign = |preset: &&Named<Preset>| !shelf.trusts(&library.origin_of(preset));
        if let Some(preset) = presets.iter().find(foreign) {
            return Err(untrusted("`--gates` runs", &library, preset));
        }
    }
    let extent = Extent {
        pairwise: args.pairwise,
        every_name: args.pairwise,
        name: args.name.clone(),
        python: args.python.clone(),
    };
    let before = args.before.as_deref().map(program).transpose()?;
    let began = Instant::now();
    let mut totals = Totals::default();
    let mut objects = vec![];
    for preset in presets {
        let library = &library.seen_by(&preset);
        let name = preset.value.preset.clone();
        let tick = |done: usize, total: usize| {
            if done.is_multiple_of(100) && done < total {
                report::note(&format!("{name}: {done} of {total} trees\n"));
            }
        };
        let tested = proof::space(library, preset, &extent, &stop, &tick)?;
        if !args.json {
            report::result(&format!("{}{}", report::snippets(&tested.mistakes), trees(&tested)));
        }
        // What does not render cannot be run.
        let number = args.gates.filter(|_| tested.mistakes.is_empty()).unwrap_or(0);
        let made = sample(library, &tested, number, before.as_deref(), &stop)?;
        if !args.json && !made.is_empty() {
            report::result(&format!("\n{}", table(&made)));
        }
        totals.add(&tested, &made);
        objects.push(as_json(&tested, &made));
    }
    if args.json {
        report::json(&json!({"passed": totals.passed(), "presets": objects}));
    } else if totals.presets > 1 {
        report::result(&totals.shown(began.elapsed()));
    }
    Ok(if totals.passed() { ExitCode::SUCCESS } else { ExitCode::from(Class::Findings as u8) })
}

/// The program as a folder elsewhere finds it: one named by a path is looked for from here.
fn program(named: &Path) -> Result<PathBuf> {
    if named.components().count() == 1 {
        return Ok(named.to_owned());
    }
    std::path::absolute(named).map_err(|error| Error::system("find", named.display(), &error))
}

/// What all presets show together.
#[derive(Default)]
struct Totals {
    presets: usize,
    trees: usize,
    mistakes: usize,
    projects: usize,
    failed: usize,
}

impl Totals {
    fn add(&mut self, tested: &Tested, made: &[Made]) {
        self.presets += 1;
        self.trees += tested.trees.len();
        self.mistakes += tested.mistakes.len();
        self.projects += made.len();
        self.failed += made.iter().filter(|it| !it.passed()).count();
    }

    fn passed(&self) -> bool {
        self.mistakes == 0 && self.failed == 0
    }

    fn shown(&self, duration: Duration) -> String {
        let mistakes = match self.mistakes {
            0 => "no mistakes".to_owned(),
            1 => "1 mistake".to_owned(),
            many => format!("{many} mistakes"),
        };
        let mut out = format!("\n{} presets: {} trees, {mistakes}", self.presets, self.trees);
        if self.projects > 0 {
            let green = self.projects - self.failed;
            let _ = write!(out, "; {} projects, {green} green, {} not", self.projects, self.failed);
        }
        let _ = writeln!(out, "; {:.1} s", duration.as_secs_f64());
        out
    }
}

/// Makes `number` projects and runs their gates, with a word on each.
fn sample(
    library: &Library,
    tested: &Tested,
    number: usize,
    before: Option<&Path>,
    stop: &Stop,
) -> Result<Vec<Made>> {
    let cases = proof::sample(&tested.trees, number);
    let total = cases.len();
    let mut made = vec![];
    for (index, case) in cases.into_iter().enumerate() {
        report::note(&format!("\nproject {} of {total}: {}\n", index + 1, case.shown()));
        let it = proof::make(library, &tested.preset, case, before, stop, &mut |event| show(&event))?;
        if let Some(kept) = &it.kept {
            report::note(&format!("  kept in {}\n", kept.display()));
        }
        made.push(it);
    }
    Ok(made)
}

fn show(event: &Event<'_>) {
    match event {
        Event::Started { gate, .. } => report::note(&format!("  {:18} ", gate.id)),
        Event::Ended(outcome) => {
            let mut text = match &outcome.verdict {
                Verdict::Passed => format!("passed in {:.1} s\n", outcome.duration.as_secs_f64()),
                Verdict::Failed { reason, .. } => format!("FAILED: {reason}\n"),
                Verdict::NotRun { reason } => format!("  {:18} not run: {reason}\n", outcome.id),
                Verdict::Missing { program, help } => format!("`{program}` is missing: {help}\n"),
            };
            if let Verdict::Failed { output, .. } = &outcome.verdict {
                output.lines().for_each(|line| {
                    let _ = writeln!(text, "      {line}");
                });
            }
            report::note(&text);
        }
    }
}

/// One line for each tree, and what they show together.
fn trees(tested: &Tested) -> String {
    let rows: Vec<(String, usize, String)> = tested
        .trees
        .iter()
        .map(|tree| {
            let verdict = match tree.mistakes {
                0 => "clean".to_owned(),
                1 => "1 mistake".to_owned(),
                many => format!("{many} mistakes"),
            };
            (
                format!("{}  {}", tree.case.shown(), tree.case.names.project),
                tree.files,
                format!("{:>8}  {verdict}", millis(tree.duration)),
            )
        })
        .collect();
    let width = rows.iter().map(|(shown, ..)| shown.len()).max().unwrap_or(0);
    let mut out = String::new();
    for (shown, files, rest) in rows {
        let _ = writeln!(out, "{shown:width$}  {files:>4} files  {rest}");
    }
    let mut times: Vec<Duration> = tested.trees.iter().map(|tree| tree.duration).collect();
    times.sort();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    let clean = tested.trees.iter().filter(|tree| tree.mistakes == 0).count();
    let extent = if tested.pairwise { "every pair of answers under every name" } else { "all combinations" };
    let rules: Vec<&str> = tested.rules.iter().map(String::as_str).collect();
    let name = &tested.preset.value.preset;
    let _ = writeln!(out, "\n{name}: {clean} of {} trees clean ({extent})", times.len());
    let _ = writeln!(out, "rules: {}", if rules.is_empty() { "none".to_owned() } else { rules.join(", ") });
    let slowest = times.last().copied().unwrap_or_default();
    let (median, slowest) = (millis(median), millis(slowest));
    let _ = writeln!(
        out,
        "time: {median} per tree (median), {slowest} the slowest, {:.1} s in all",
        tested.duration.as_secs_f64()
    );
    out
}

fn millis(duration: Duration) -> String {
    format!("{} ms", duration.as_millis())
}

/// One line for each project, one column for each gate.
fn table(made: &[Made]) -> String {
    let mut columns: Vec<&str> = vec![];
    for outcome in made.iter().flat_map(|it| &it.outcomes) {
        if !columns.contains(&outcome.id.as_str()) {
            columns.push(&outcome.id);
        }
    }
    let width = made.iter().map(|it| it.case.shown().len()).max().unwrap_or(0);
    let mut out = format!("{:width$}", "project");
    for column in &columns {
        let _ = write!(out, "  {column:6}");
    }
    let _ = writeln!(out, "    time");
    for it in made {
        let verdicts: BTreeMap<&str, &Verdict> =
            it.outcomes.iter().map(|it| (it.id.as_str(), &it.verdict)).collect();
        let _ = write!(out, "{:width$}", it.case.shown());
        for column in &columns {
            let wide = column.len().max(6);
            let _ = write!(out, "  {:wide$}", verdicts.get(column).map_or("-", |verdict| word(verdict)));
        }
        let _ = writeln!(out, "  {:>4.0} s", it.duration.as_secs_f64());
    }
    let failed = made.iter().filter(|it| !it.passed()).count();
    let _ = writeln!(out, "\n{} projects, {} green, {failed} not", made.len(), made.len() - failed);
    out
}

fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "ok",
        Verdict::Failed { .. } => "FAILED",
        Verdict::NotRun { .. } => "no",
        Verdict::Missing { .. } => "absent",
    }
}

fn as_json(tested: &Tested, made: &[Made]) -> Value {
    let trees: Vec<Value> = tested
        .trees
        .iter()
        .map(|tree| {
            json!({
                "answers": tree.case.key, "project": tree.case.names.project, "files": tree.files,
                "milliseconds": u64::try_from(tree.duration.as_millis()).unwrap_or(u64::MAX), "mistakes": tree.mistakes,
            })
        })
        .collect();
    let projects: Vec<Value> = made
        .iter()
        .map(|it| {
            let gates: Vec<&Outcome> = it.outcomes.iter().collect();
            json!({
                "answers": it.case.key, "passed": it.passed(), "seconds": it.duration.as_secs_f64(), "gates": gates,
                "kept": it.kept.as_ref().map(|path| path.display().to_string()),
            })
        })
        .collect();
    json!({
        "preset": tested.preset.value.preset,
        "pairwise": tested.pairwise,
        "rules": tested.rules,
        "seconds": tested.duration.as_secs_f64(),
        "mistakes": tested.mistakes.iter().map(report::mistake_json).collect::<Vec<_>>(),
        "trees": trees,
        "projects": projects,
    })
}
