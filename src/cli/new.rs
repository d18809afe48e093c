//! `scaffold new`: flags to a request, a request to a project, and what is said about it.

use std::{
    fmt::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde_json::{Value, json};

use super::{args, choose::choose, input, needs, prompt, report, tell_shadows};
use crate::{
    answers::{self, Answers, Given, Origin, Question},
    catalog::Shelf,
    disk::{self, Stop, Target, into::Recovery},
    error::{Class, Error, Result},
    gate::Gate,
    ops::{
        after::{self, Command, Fate},
        new::{self, Options, Outcome, Prepared, Request, Written},
    },
    preset::Library,
    python::names::Names,
    source::Source,
    template::shell,
};

/// The largest answers file, in bytes.
const MAX_ANSWERS: u64 = 1 << 20;

/// Makes a project, or shows what it would be.
pub(super) fn run(args: &args::New, shelf: &Shelf) -> Result<ExitCode> {
    // From here on a signal is a word to stop, also while a question is asked.
    let stop = Stop::listen()?;
    let mut terminal =
        (!args.defaults && prompt::can_ask(std::env::var_os("CI").is_some())).then(prompt::Terminal::new);
    let mut given = given(args)?;
    let chosen = choose(args, shelf, terminal.as_ref(), &stop)?;
    let library = &chosen.library;
    if !args.json {
        tell_shadows(library);
    }
    let directory = directory(args, &mut given, terminal.as_ref())?;
    let names = names(&directory, &mut given)?;
    if !args.dry_run {
        if disk::into::recover(&directory)? == Recovery::Finished {
            report::result(&format!(
                "An interrupted run was finished: {} is complete\n",
                directory.display()
            ));
            return Ok(ExitCode::SUCCESS);
        }
        disk::sweep_beside(&directory)?;
        refuse_early(&directory, args.into)?;
    }
    let trusted = args.trust || chosen.persona.is_some() || shelf.trusts(&library.origin_of(&chosen.preset));
    if args.verify && !trusted {
        return Err(super::untrusted("`--verify` runs", library, &chosen.preset));
    }
    let mut answered = None;
    let ask = terminal.as_mut().map(|it| it as &mut dyn crate::answers::Ask);
    let has_asked = ask.is_some();
    let questions = new::questions(library, &chosen.preset, &names)?;
    let repeat =
        |answers: &Answers, names: &Names| repeat(answers, names, &directory, &questions, &chosen.repeat);
    let known = names.clone();
    let request = Request { preset: chosen.preset, persona: chosen.persona, names, given, ask };
    let prepared = new::prepare(request, library, &mut |answers| answered = Some(repeat(answers, &known)));
    let again = answered.unwrap_or_default();
    let context = Context { args, library, directory: &directory, again: &again, trusted, stop: &stop };
    let result = prepared.and_then(|prepared| match prepared {
        Some(prepared) => make(&prepared, &context, terminal.as_ref()),
        None => Err(Error::new(Class::Interrupted, "stopped; nothing was written")),
    });
    // Nobody answers ten questions twice.
    if result.is_err() && has_asked && !again.is_empty() {
        report::note(&format!("The same answers again:\n  {again}\n"));
    }
    result
}

/// What a run has found out before it makes anything.
struct Context<'a> {
    args: &'a args::New,
    library: &'a Library,
    directory: &'a Path,
    /// The command that gives the same answers again.
    again: &'a str,
    /// Whether the user agrees to what the preset runs.
    trusted: bool,
    stop: &'a Stop,
}

/// Shows or writes a prepared project, and runs what the preset wants to be run.
fn make(prepared: &Prepared, it: &Context<'_>, terminal: Option<&prompt::Terminal>) -> Result<ExitCode> {
    let args = it.args;
    let commands = after::commands(&prepared.plan);
    if args.dry_run {
        show_plan(prepared, args.json, &commands);
        return Ok(ExitCode::SUCCESS);
    }
    let mut agreed = it.trusted;
    if let Some(terminal) = terminal {
        review(prepared, it.directory, terminal)?;
        if !commands.is_empty() && !agreed {
            report::note(&listing(&commands));
            agreed = terminal.agree("Run these commands of the preset when the project is complete?")?;
        }
    }
    let options = Options {
        into: args.into,
        git: !args.no_git,
        lock: !args.no_lock,
        record: !args.no_record,
        trusted: it.trusted,
    };
    let written = new::write(prepared, it.library, it.directory, options, it.stop)?;
    let fates = if agreed {
        report::note(&listing(&commands));
        after::run(&commands, &prepared.plan, it.directory, it.stop)?
    } else {
        let why = "you have not agreed: read them, and add `--trust`";
        commands.iter().map(|_| Fate::NotRun(why.to_owned())).collect()
    };
    let done: Vec<(Command, Fate)> = commands.into_iter().zip(fates).collect();
    let is_broken = done.iter().any(|(_, fate)| matches!(fate, Fate::Failed(_)));
    let mut code = if is_broken { ExitCode::from(Class::Findings as u8) } else { ExitCode::SUCCESS };
    let proves = args.verify && !is_broken;
    if args.json {
        let mut object = made_json(prepared, &written, &done, it);
        if proves {
            let outcomes = super::verify::gates(it.directory, it.stop)?;
            object["verify"] = super::verify::object(&outcomes);
            code = super::verify::code(&outcomes);
        }
        report::json(&object);
    } else {
        tell(prepared, &written, &done, it);
        if proves {
            code = super::verify::project(it.directory, false, it.stop)?;
        }
    }
    Ok(code)
}

/// The commands of a preset, one in a line.
fn listing(commands: &[Command]) -> String {
    let mut out = String::new();
    for command in commands {
        let words: Vec<String> = command.run.iter().map(|word| shell(word)).collect();
        let _ = writeln!(out, "after: {}: {}", command.title, words.join(" "));
    }
    out
}

fn given(args: &args::New) -> Result<Given> {
    let mut given = Given::default();
    for pair in &args.set {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(
                Error::usage(format!("`--set {pair}` has no value")).help("write `--set QUESTION=VALUE`")
            );
        };
        given.flag(name.trim(), value, format!("--set {pair}"));
    }
    for (name, value) in [("kind", &args.kind), ("tier", &args.tier), ("layout", &args.layout)] {
        if let Some(value) = value {
            given.flag(name, value, format!("--{name}={value}"));
        }
    }
    if let Some(path) = &args.answers {
        let (name, text) = input::text(path, MAX_ANSWERS)?;
        given.file(&Source::new(name, text), Origin::File)?;
    }
    Ok(given)
}

fn directory(args: &args::New, given: &mut Given, terminal: Option<&prompt::Terminal>) -> Result<PathBuf> {
    if let Some(dir) = &args.dir {
        return Ok(dir.clone());
    }
    if let Some(name) = given.values.get("name") {
        return Ok(PathBuf::from(&name.value));
    }
    let Some(terminal) = terminal else {
        return Err(needs("the folder", "name it: `scaffold new DIR`"));
    };
    let check = |name: &str| {
        let refusal = Names::new::<&str>(name, &[]).err()?;
        Some(format!("the name {}; `{}` would work", refusal.reason, refusal.suggestion))
    };
    let name = terminal.text("What is the project called?", "", check)?;
    name.map(PathBuf::from).ok_or_else(|| Error::new(Class::Interrupted, "stopped; nothing was written"))
}

/// The names of the project: from the answer `name`, else from the folder.
fn names(directory: &Path, given: &mut Given) -> Result<Names> {
    let typed = match given.values.shift_remove("name") {
        Some(name) => name.value,
        None => folder_name(directory)?,
    };
    Ok(Names::new::<&str>(&typed, &[])?)
}

fn folder_name(directory: &Path) -> Result<String> {
    let absolute =
        std::path::absolute(directory).map_err(|error| Error::system("find", directory.display(), &error))?;
    let name = absolute.file_name().and_then(|name| name.to_str());
    name.map(str::to_owned).ok_or_else(|| {
        Error::usage(format!("`{}` gives the project no name", directory.display()))
            .help("add `--set name=NAME`")
    })
}

/// Nobody answers questions for a target that cannot be taken.
fn refuse_early(directory: &Path, into: bool) -> Result<()> {
    Target::look(directory)?.refusal(directory, into).map_or(Ok(()), Err)
}

fn review(prepared: &Prepared, directory: &Path, terminal: &prompt::Terminal) -> Result<()> {
    report::note(&tree(prepared));
    let title = format!("Write these {} files to {}?", prepared.project.tree.len(), directory.display());
    match terminal.confirm(&title)? {
        Some(true) => Ok(()),
        _ => Err(Error::new(Class::Interrupted, "stopped; nothing was written")),
    }
}

fn show_plan(prepared: &Prepared, as_json: bool, commands: &[Command]) {
    if as_json {
        let mut object = plan_json(prepared);
        object["after"] = json!(commands);
        report::json(&object);
    } else {
        report::result(&format!("{}{}", tree(prepared), listing(commands)));
    }
}

/// One line for each file, with the components it comes from.
fn tree(prepared: &Prepared) -> String {
    let files = origins(prepared);
    let width = files.iter().map(|(path, _)| path.len()).max().unwrap_or(0);
    let mut out = String::new();
    for (path, from) in files {
        let _ = writeln!(out, "{path:width$}  {from}");
    }
    out
}

fn origins(prepared: &Prepared) -> Vec<(String, String)> {
    let plan = &prepared.plan;
    let origin = |path: &str| {
        let mut from: Vec<&str> =
            plan.files.iter().filter(|it| it.path.as_str() == path).map(|it| it.component.as_str()).collect();
        from.dedup();
        match path {
            "pyproject.toml" => "all components".to_owned(),
            _ if from.is_empty() => format!("layout {}", plan.layout.value.layout),
            _ => from.join(", "),
        }
    };
    prepared.project.tree.keys().map(|path| (path.to_string(), origin(path.as_str()))).collect()
}

fn plan_json(prepared: &Prepared) -> Value {
    let plan = &prepared.plan;
    let files: Vec<Value> =
        origins(prepared).into_iter().map(|(path, from)| json!({"path": path, "from": from})).collect();
    json!({
        "project": plan.names.project,
        "package": plan.names.package,
        "preset": plan.preset.value.preset,
        "layout": plan.layout.value.layout,
        "answers": plan.answers,
        "components": plan.parts.iter().map(|part| &part.name).collect::<Vec<_>>(),
        "files": files,
    })
}

fn made_json(prepared: &Prepared, written: &Written, done: &[(Command, Fate)], it: &Context<'_>) -> Value {
    let mut object = plan_json(prepared);
    object["directory"] = json!(it.directory.display().to_string());
    object["lock"] = outcome_json(&written.lock);
    object["commit"] = outcome_json(&written.commit);
    let after = done.iter().map(|(command, fate)| json!({"command": command, "fate": fate}));
    object["after"] = after.collect();
    object["next"] = json!(next_steps(prepared, it.directory, written));
    object["repeat"] = json!(it.again);
    object
}

fn tell(prepared: &Prepared, written: &Written, done: &[(Command, Fate)], it: &Context<'_>) {
    let plan = &prepared.plan;
    let (directory, repeat) = (it.directory, it.again);
    let mut out = format!(
        "Made {} from the preset {}: {} files in {}\n",
        plan.names.project,
        plan.preset.value.preset,
        prepared.project.tree.len(),
        directory.display()
    );
    for (what, outcome) in [("lock file", &written.lock), ("first commit", &written.commit)] {
        if let Outcome::Skipped(reason) = outcome {
            let _ = writeln!(out, "No {what}: {reason}");
        }
    }
    for (command, fate) in done {
        let _ = match fate {
            Fate::Passed => writeln!(out, "Ran: {}", command.title),
            Fate::Failed(why) => writeln!(out, "FAILED, the project is complete: {}: {why}", command.title),
            Fate::NotRun(why) => writeln!(out, "Not run: {}: {why}", command.title),
        };
    }
    let _ = writeln!(out, "\nNext:");
    for step in next_steps(prepared, directory, written) {
        let _ = writeln!(out, "  {step}");
    }
    let _ = writeln!(out, "\nThe same again:\n  {repeat}");
    report::result(&out);
}

fn outcome_json(outcome: &Outcome) -> Value {
    match outcome {
        Outcome::NotWanted => json!({"done": false}),
        Outcome::Done => json!({"done": true}),
        Outcome::Skipped(reason) => json!({"done": false, "reason": reason}),
    }
}

/// What a new owner does first: lock if that is left, install, settings, migrate, start.
fn next_steps(prepared: &Prepared, directory: &Path, written: &Written) -> Vec<String> {
    let mut steps = vec![format!("cd {}", shell(&directory.display().to_string()))];
    if written.lock != Outcome::Done {
        steps.extend(prepared.project.lock.iter().map(|command| command.join(" ")));
    }
    let first = |phase: &str| prepared.project.gates.iter().find(|gate| gate.phase == phase);
    let command = |gate: &Gate| gate.argv.iter().map(|word| shell(word)).collect::<Vec<_>>().join(" ");
    steps.extend(first("install").map(command));
    if prepared.project.tree.keys().any(|path| path.as_str() == ".env.example") {
        steps.push("cp .env.example .env".to_owned());
    }
    steps.extend(["migrate", "start"].into_iter().filter_map(first).map(command));
    steps
}

/// The command that repeats the run: every answer that differs from its default. Secrets are left out.
fn repeat(
    answers: &Answers,
    names: &Names,
    directory: &Path,
    questions: &[Question],
    again: &[String; 2],
) -> String {
    let mut words = vec!["scaffold".to_owned(), "new".to_owned(), directory.display().to_string()];
    words.extend(again.iter().cloned().chain(["--defaults".to_owned()]));
    if folder_name(directory).ok().as_deref() != Some(names.project.as_str()) {
        words.extend(["--set".to_owned(), format!("name={}", names.project)]);
    }
    for question in questions {
        let usual = answers::usual(question, answers);
        if let Some(value) = answers.get(&question.name).filter(|value| *value != usual) {
            words.extend(["--set".to_owned(), format!("{}={value}", question.name)]);
        }
    }
    words.iter().map(|word| shell(word)).collect::<Vec<_>>().join(" ")
}
