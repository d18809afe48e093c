//! Running a project's gates, and saying of each one whether it passed, failed or could not run.

mod outcome;
mod service;
mod environment;
mod serve;

pub use outcome::{Event, Outcome, Verdict, install_help};

use std::{
    path::Path,
    time::{Duration, Instant},
};

use environment::Environment;
use outcome::failed;

use crate::{
    disk::{
        Stop,
        run::{Job, find, run as run_job},
    },
    gate::Gate,
};

/// The longest a gate may take that does not serve: an installation may have a lot to fetch.
const LIMIT: Duration = Duration::from_mins(30);
/// The phases that bring the project's programs; without the first's program nothing can run, and
/// without the second's success nothing needs to.
const LOCK: &str = "lock";
const INSTALL: &str = "install";

/// Runs `gates` in order in the project, and tells `progress` of each one's beginning and end.
///
/// The result has one outcome per gate, in order; but when the program that locks or installs is not
/// there, the result is that one outcome, and nothing was run. After a stop the remaining gates are
/// [`Verdict::NotRun`]; ask `stop` for its class.
pub fn run(gates: &[Gate], project: &Path, stop: &Stop, progress: &mut dyn FnMut(Event<'_>)) -> Vec<Outcome> {
    // A path is a program of the project itself: a gate before it brings it.
    let own = |gate: &&Gate| gate.argv.first().is_some_and(|program| program.contains('/'));
    let brings = |gate: &&Gate| matches!(gate.phase.as_str(), LOCK | INSTALL) && !own(gate);
    if let Some(program) = gates.iter().filter(brings).find_map(|gate| absent_program(gate, project)) {
        let outcome = Outcome::missing(&program);
        progress(Event::Ended(&outcome));
        return vec![outcome];
    }
    let environment = match Environment::of(project) {
        Ok(environment) => environment,
        Err(error) => return gates.iter().map(|gate| Outcome::not_run(gate, &error.to_string())).collect(),
    };
    let mut outcomes: Vec<Outcome> = vec![];
    for (index, gate) in gates.iter().enumerate() {
        let obstacle = stop.check().err().map(|error| error.to_string()).or_else(|| {
            let uninstalled = |outcome: &Outcome| outcome.phase == INSTALL && outcome.verdict.has_failed();
            outcomes.iter().any(uninstalled).then(|| "install failed".to_owned())
        });
        let outcome = match obstacle.or_else(|| unmet(gate, project, &environment)) {
            Some(reason) => Outcome::not_run(gate, &reason),
            None => {
                progress(Event::Started { gate, index, total: gates.len() });
                prove(gate, project, &environment, stop)
            }
        };
        progress(Event::Ended(&outcome));
        outcomes.push(outcome);
    }
    outcomes
}

fn absent_program(gate: &Gate, project: &Path) -> Option<String> {
    let program = gate.argv.first().map_or("", String::as_str);
    find(program, project).is_none().then(|| program.to_owned())
}

/// Why a gate cannot run at all.
fn unmet(gate: &Gate, project: &Path, environment: &Environment) -> Option<String> {
    if let Some(program) = absent_program(gate, project) {
        return Some(format!("`{program}` is not installed"));
    }
    environment.unmet(gate)
}

/// Runs one gate that can run.
fn prove(gate: &Gate, project: &Path, environment: &Environment, stop: &Stop) -> Outcome {
    let began = Instant::now();
    let verdict = environment.job(gate, project, LIMIT).and_then(|(job, port)| match (&gate.serve, port) {
        (Some(probe), Some(port)) => serve::prove(&job, &probe.url, port, stop),
        _ => once(&job, stop),
    });
    let verdict = verdict.unwrap_or_else(|error| match stop.requested() {
        Some(_) => Verdict::NotRun { reason: error.to_string() },
        None => Verdict::Failed { exit: None, reason: error.to_string(), output: String::new() },
    });
    Outcome::of(gate, verdict, began.elapsed())
}

fn once(job: &Job, stop: &Stop) -> crate::error::Result<Verdict> {
    Ok(match run_job(job, stop)? {
        None => Verdict::NotRun { reason: "its program is not installed".to_owned() },
        Some(done) if done.passed() => Verdict::Passed,
        Some(done) => failed(&done, None),
    })
}

#[cfg(test)]
mod tests;
