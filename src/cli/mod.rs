//! The shell: arguments in, text and an exit code out.

mod again;
mod args;
mod choose;
mod distill;
mod folders;
mod help;
mod input;
mod lint;
mod new;
mod preset;
mod proof;
mod prompt;
mod report;
mod show;
mod starter;
mod verify;
mod watch;
mod why;

use std::{
    ffi::OsString,
    process::ExitCode,
    sync::atomic::{AtomicBool, Ordering},
};

use clap::Parser;

use crate::{
    answers::clause,
    catalog::{self, Opened, Shelf},
    disk::Stop,
    error::{Class, Error, Result, listed},
    parallel,
    preset::{Library, Named, Preset},
};
use args::{Cli, Command};

/// What Rust exits with after a panic, whose message is shown already.
const PANICKED: u8 = 101;

/// Runs the program. The exit code is documented in `--help`.
pub fn run(arguments: impl IntoIterator<Item = OsString> + Send) -> ExitCode {
    let json = AtomicBool::new(false);
    let done = parallel::deep(
        || {
            // Goes on while the arguments are read.
            parallel::aside(catalog::prepare);
            obey(arguments, &json)
        },
        |wait| watch::watch(wait, &json),
    );
    done.unwrap_or(ExitCode::from(PANICKED))
}

/// Does what the arguments say. `json` becomes whether they want objects rather than text.
fn obey(arguments: impl IntoIterator<Item = OsString>, json: &AtomicBool) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { Class::Usage as u8 } else { 0 });
        }
    };
    let wanted = wants_json(&cli.command);
    json.store(wanted, Ordering::Relaxed);
    dispatch(cli).unwrap_or_else(|error| failed(&error, wanted))
}

/// Says what failed, and gives the exit code for it.
fn failed(error: &Error, json: bool) -> ExitCode {
    if json {
        report::json(&report::as_json(error));
    }
    report::error(error);
    ExitCode::from(error.class() as u8)
}

fn dispatch(cli: Cli) -> Result<ExitCode> {
    let shelf = Shelf::new(cli.catalog.as_deref(), folders::places(), cli.offline)?;
    match cli.command {
        Command::New(args) => new::run(&args, &shelf),
        Command::Distill(args) => distill::run(&args, &shelf.base()),
        Command::Verify(args) => verify::run(&args),
        Command::Why(args) => why::run(&args),
        Command::Preset(args) => preset::run(&args, &shelf),
        Command::Completions { shell } => Ok(help::completions(shell)),
        Command::Man { output } => help::man(output.as_deref()),
    }
}

fn wants_json(command: &Command) -> bool {
    match command {
        Command::New(args) => args.json,
        Command::Distill(args) => args.json,
        Command::Verify(args) => args.json,
        Command::Why(args) => args.json,
        Command::Preset(args) => match args {
            args::Preset::List { json, .. }
            | args::Preset::Show { json, .. }
            | args::Preset::Lint { json, .. } => *json,
            args::Preset::Test(args) => args.json,
            args::Preset::New(args) => args.json,
            args::Preset::Schema { .. } => false,
        },
        Command::Completions { .. } | Command::Man { .. } => false,
    }
}

/// The presets of `names`: name and description.
fn preset_lines(library: &Library, names: &[String]) -> Result<Vec<(String, String)>> {
    names
        .iter()
        .map(|name| Ok((name.clone(), clause(&library.preset(name)?.value.description).to_owned())))
        .collect()
}

/// The preset of what was opened; one of several is chosen by name.
fn only(opened: &Opened, spec: &str) -> Result<String> {
    opened.name.clone().ok_or_else(|| {
        let message = format!("`{spec}` has {} presets: {}", opened.names.len(), listed(&opened.names));
        Error::usage(message).help(format!("name one: `{spec}#{}`", opened.names[0]))
    })
}

/// Opens what a user means by a preset, and says what there is to know about it.
fn open(shelf: &Shelf, spec: &str, stop: &Stop) -> Result<Opened> {
    let opened = shelf.open(spec, stop)?;
    if let Some(note) = &opened.note {
        report::note(&format!("note: {note}\n"));
    }
    Ok(opened)
}

/// Says which names of presets and components have another meaning than the built-in one.
fn tell_shadows(library: &Library) {
    for (what, name, origin) in library.shadowed() {
        report::note(&format!("note: the {what} `{name}` of {origin} takes the place of the one below it\n"));
    }
}

/// What needs the user's consent: `what` begins a sentence such as "`--verify` runs commands of the preset".
fn untrusted(what: &str, library: &Library, preset: &Named<Preset>) -> Error {
    let name = &preset.value.preset;
    let message = format!("{what} commands of the preset `{name}` from {}", library.origin_of(preset));
    Error::new(Class::Consent, message).help("read the preset, and add `--trust` if you agree")
}

/// What a command without a needed argument and without a terminal says.
fn needs(what: &str, how: &str) -> Error {
    Error::usage(format!("{what} is missing, and there is no terminal to ask on")).help(how)
}
