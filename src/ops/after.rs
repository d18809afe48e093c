//! The commands of a preset that run when a project is complete.

use std::{path::Path, time::Duration};

use serde::Serialize;

use crate::{
    disk::{
        Stop,
        run::{self, End, Job},
    },
    error::Result,
    plan::Plan,
};

/// The longest that one command may take.
const TIME: Duration = Duration::from_mins(10);

/// A command, ready to run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Command {
    /// What it does.
    pub title: String,
    /// The program and its arguments.
    pub run: Vec<String>,
    /// Environment variables, and the questions whose answers they hold.
    pub env: Vec<(String, String)>,
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It exited with 0.
    Passed,
    /// It did not, for this reason.
    Failed(String),
    /// It was not started, for this reason.
    NotRun(String),
}

/// The commands of a plan whose conditions hold.
pub fn commands(plan: &Plan) -> Vec<Command> {
    let present = |name: &str| plan.part(name).is_some();
    let fill = |word: &String| {
        word.replace("{project}", &plan.names.project).replace("{package}", &plan.names.package)
    };
    let after = plan.preset.value.after.iter();
    after
        .filter(|it| it.when.holds(&|name| plan.answers.get(name), &present))
        .map(|it| Command {
            title: it.title.clone(),
            run: it.run.iter().map(fill).collect(),
            env: it.env.iter().map(|(name, question)| (name.clone(), question.clone())).collect(),
        })
        .collect()
}

/// Runs `commands` in the complete project, one after the other; after one that fails, none is started.
///
/// # Errors
/// The run was stopped.
pub fn run(commands: &[Command], plan: &Plan, project: &Path, stop: &Stop) -> Result<Vec<Fate>> {
    let mut fates = vec![];
    for command in commands {
        if fates.iter().any(|fate| *fate != Fate::Passed) {
            fates.push(Fate::NotRun("one before it failed".to_owned()));
            continue;
        }
        let mut job = Job::new(&command.run, project);
        (job.limit, job.streamed) = (TIME, true);
        for (name, question) in &command.env {
            let value = plan.answers.secret(question).or_else(|| plan.answers.get(question));
            job.env.push((name.into(), value.unwrap_or_default().into()));
        }
        fates.push(match run::run(&job, stop)? {
            None => Fate::Failed(format!("`{}` is not installed", command.run.first().map_or("", |it| it))),
            Some(done) => match done.end {
                End::Exited(0) => Fate::Passed,
                End::TimedOut => Fate::Failed(format!("more than {} minutes", TIME.as_secs() / 60)),
                end => Fate::Failed(end.to_string()),
            },
        });
    }
    Ok(fates)
}
