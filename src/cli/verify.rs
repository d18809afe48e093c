//! `scaffold verify`: what is said while the gates run, and at their end.

use std::{fmt::Write, path::Path, process::ExitCode};

use serde_json::{Value, json};

use super::{args, report};
use crate::{
    disk::Stop,
    error::{Class, Result},
    gates::{Event, Outcome, Verdict},
    ops::verify,
};

/// Verifies a project.
pub(super) fn run(args: &args::Verify) -> Result<ExitCode> {
    let stop = Stop::listen()?;
    project(&args.dir, args.json, &stop)
}

/// Runs the gates of the project in `directory` and reports them.
///
/// # Errors
/// The project has no record, or the run was stopped.
pub(super) fn project(directory: &Path, as_json: bool, stop: &Stop) -> Result<ExitCode> {
    let outcomes = gates(directory, stop)?;
    if as_json {
        report::json(&object(&outcomes));
    } else {
        report::result(&summary(&outcomes));
    }
    Ok(code(&outcomes))
}

/// Runs the gates of the project in `directory`, with a word on each.
///
/// # Errors
/// The project has no record, or the run was stopped.
pub(super) fn gates(directory: &Path, stop: &Stop) -> Result<Vec<Outcome>> {
    let record = verify::record(directory)?;
    let outcomes = verify::run(&record, directory, stop, &mut |event| show(&event));
    stop.check()?;
    Ok(outcomes)
}

/// What became of the gates, as a JSON object.
pub(super) fn object(outcomes: &[Outcome]) -> Value {
    json!({"passed": passed(outcomes), "gates": outcomes})
}

/// The exit code that says whether the gates passed.
pub(super) fn code(outcomes: &[Outcome]) -> ExitCode {
    if passed(outcomes) { ExitCode::SUCCESS } else { ExitCode::from(Class::Findings as u8) }
}

fn passed(outcomes: &[Outcome]) -> bool {
    let bad = |it: &Outcome| it.verdict.has_failed() || matches!(it.verdict, Verdict::Missing { .. });
    !outcomes.iter().any(bad)
}

fn show(event: &Event<'_>) {
    match event {
        Event::Started { gate, index, total } => {
            report::note(&format!("[{}/{total}] {} ({}) ... ", index + 1, gate.title, gate.argv.join(" ")));
        }
        Event::Ended(outcome) => report::note(&ended(outcome)),
    }
}

fn ended(outcome: &Outcome) -> String {
    let seconds = outcome.duration.as_secs_f64();
    match &outcome.verdict {
        Verdict::Passed => format!("passed in {seconds:.1} s\n"),
        Verdict::Failed { reason, output, .. } => {
            let mut text = format!("FAILED in {seconds:.1} s: {reason}\n");
            for line in output.lines() {
                let _ = writeln!(text, "    {line}");
            }
            text
        }
        Verdict::NotRun { reason } => format!("not run: {reason}\n"),
        Verdict::Missing { program, help } => format!("`{program}` is missing: {help}\n"),
    }
}

fn summary(outcomes: &[Outcome]) -> String {
    let count = |wanted: fn(&Verdict) -> bool| outcomes.iter().filter(|it| wanted(&it.verdict)).count();
    let passed = count(|it| matches!(it, Verdict::Passed));
    let not_run = count(|it| matches!(it, Verdict::NotRun { .. }));
    let failed = outcomes.len() - passed - not_run;
    let seconds: f64 = outcomes.iter().map(|it| it.duration.as_secs_f64()).sum();
    format!("{passed} passed, {failed} failed, {not_run} not run in {seconds:.1} s\n")
}
