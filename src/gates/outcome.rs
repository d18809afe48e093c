//! What became of a gate.

use std::time::Duration;

use serde::Serialize;

use crate::{
    disk::run::{Done, End},
    gate::Gate,
};

/// How many bytes of a failed gate's output are kept: its end.
const TAIL: usize = 16 << 10;

/// What became of a gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The gate's identifier; the program's name for [`Verdict::Missing`].
    pub id: String,
    /// The gate's phase.
    pub phase: String,
    /// The gate's title.
    pub title: String,
    /// The verdict.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// How long it ran; in JSON, `seconds`.
    #[serde(rename = "seconds", serialize_with = "seconds")]
    pub duration: Duration,
}

fn seconds<S: serde::Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(duration.as_secs_f64())
}

/// The verdict on a gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// It ran and succeeded.
    Passed,
    /// It ran and did not succeed.
    Failed {
        /// The exit code, where it exited.
        exit: Option<i32>,
        /// One clause.
        reason: String,
        /// The end of its output.
        output: String,
    },
    /// It did not run.
    NotRun {
        /// One clause.
        reason: String,
    },
    /// The program that everything else depends on is not there; no gate was run.
    Missing {
        /// The program.
        program: String,
        /// How to install it.
        help: String,
    },
}

impl Verdict {
    /// Whether the gate ran and did not succeed.
    pub fn has_failed(&self) -> bool {
        matches!(self, Self::Failed { .. })
    }
}

/// What a caller may want to show while the gates run.
#[derive(Debug)]
pub enum Event<'a> {
    /// A gate begins.
    Started {
        /// The gate.
        gate: &'a Gate,
        /// Its place, from 0.
        index: usize,
        /// The number of gates.
        total: usize,
    },
    /// A gate has ended, or will not run.
    Ended(&'a Outcome),
}

impl Outcome {
    pub(super) fn of(gate: &Gate, verdict: Verdict, duration: Duration) -> Self {
        Self { id: gate.id.clone(), phase: gate.phase.clone(), title: gate.title.clone(), verdict, duration }
    }

    pub(super) fn not_run(gate: &Gate, reason: &str) -> Self {
        Self::of(gate, Verdict::NotRun { reason: reason.to_owned() }, Duration::ZERO)
    }

    pub(super) fn missing(program: &str) -> Self {
        let help = install_help(program);
        Self {
            id: program.to_owned(),
            phase: "install".to_owned(),
            title: format!("`{program}` is not installed"),
            verdict: Verdict::Missing { program: program.to_owned(), help: help.to_owned() },
            duration: Duration::ZERO,
        }
    }
}

/// How to get a program that is missing.
pub fn install_help(program: &str) -> &'static str {
    match program {
        "uv" => "install it with `curl -LsSf https://astral.sh/uv/install.sh | sh`",
        "poetry" => "install it with `pipx install poetry`",
        "pip" | "python" | "python3" => "install Python from https://www.python.org/downloads",
        _ => "install it and run the command again",
    }
}

/// The verdict on a program that ended as it should not have; `reason` where its end does not say it.
pub(super) fn failed(done: &Done, reason: Option<String>) -> Verdict {
    let (exit, told) = match done.end {
        End::Exited(code) => (Some(code), format!("exited with {code}")),
        End::Signalled(signal) => (None, format!("was ended by signal {signal}")),
        End::TimedOut => (None, "took too long".to_owned()),
    };
    Verdict::Failed { exit, reason: reason.unwrap_or(told), output: tail(&done.output).to_owned() }
}

/// The last lines of `output` that fit.
fn tail(output: &str) -> &str {
    let Some(surplus) = output.len().checked_sub(TAIL).filter(|surplus| *surplus > 0) else { return output };
    let from = output
        .bytes()
        .skip(surplus)
        .position(|byte| byte == b'\n')
        .map_or(output.len(), |at| surplus + at + 1);
    &output[from..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_begins_with_a_whole_line() {
        assert_eq!(tail("a\nb"), "a\nb");
        let long = "äbc\n".repeat(TAIL);
        let tail = tail(&long);
        assert!(tail.len() <= TAIL && tail.starts_with("äbc\n") && tail.len() > TAIL - 6);
    }
}
