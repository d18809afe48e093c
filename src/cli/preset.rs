//! `scaffold preset`: list, show and schema; lint and test have files of their own.

use std::{fmt::Write, process::ExitCode};

use serde_json::json;

use super::{args, lint, proof, report};
use crate::{
    error::Result,
    preset::{Library, Schema, When},
};

/// Runs one of the preset commands.
pub(super) fn run(command: &args::Preset, library: &Library) -> Result<ExitCode> {
    match command {
        args::Preset::List { json } => list(library, *json)?,
        args::Preset::Show { name, json } => show(library, name, *json)?,
        args::Preset::Lint { what, json, sarif } => {
            return lint::run(what.as_deref(), *json, *sarif, library);
        }
        args::Preset::Test(args) => return proof::run(args, library),
        args::Preset::Schema { what } => report::json(&schema(*what)),
    }
    Ok(ExitCode::SUCCESS)
}

fn schema(what: args::Schema) -> serde_json::Value {
    match what {
        args::Schema::Preset => Schema::Preset,
        args::Schema::Layout => Schema::Layout,
        args::Schema::Component => Schema::Component,
        args::Schema::Examples => Schema::Examples,
        args::Schema::Roles => Schema::Roles,
        args::Schema::Versions => Schema::Versions,
    }
    .json()
}

fn list(library: &Library, as_json: bool) -> Result<()> {
    let presets =
        library.presets().into_iter().map(|name| library.preset(name)).collect::<Result<Vec<_>>>()?;
    if as_json {
        let presets: Vec<_> = presets
            .iter()
            .map(|it| {
                let it = &it.value;
                json!({"name": it.preset, "title": it.title, "description": it.description, "source": library.origin()})
            })
            .collect();
        report::json(&json!({"presets": presets}));
        return Ok(());
    }
    let width = presets.iter().map(|it| it.value.preset.len()).max().unwrap_or(0);
    let mut out = String::new();
    for preset in presets {
        let _ = writeln!(out, "{:width$}  {}", preset.value.preset, preset.value.description.trim());
    }
    report::result(&out);
    Ok(())
}

fn show(library: &Library, name: &str, as_json: bool) -> Result<()> {
    let loaded = library.preset(name)?;
    let preset = &loaded.value;
    if as_json {
        report::json(&json!({"preset": preset}));
        return Ok(());
    }
    let mut out = format!("{}: {}\n\n{}\n", preset.preset, preset.title, preset.description.trim());
    let _ = writeln!(out, "\npython   {}\nlayouts", preset.python.join(", "));
    for offer in &preset.layouts {
        let description = library.layout_of(&loaded, offer.name())?.value.description;
        let when = offer.choice(String::new()).when;
        let _ = writeln!(out, "  {:14} {}{}", offer.name(), description.trim(), with(&when));
    }
    let _ = writeln!(out, "\nquestions (--set QUESTION=VALUE, the first value marked * is the default)");
    for (name, question) in &preset.questions {
        let _ = writeln!(out, "  {name}: {}", question.ask);
        for (value, choice) in &question.choices {
            let mark = if *value == question.default { '*' } else { ' ' };
            let _ = writeln!(out, "   {mark} {value:14} {}{}", choice.label, with(&choice.when));
        }
    }
    let _ = writeln!(out, "\ncomponents");
    for selection in &preset.components {
        let _ = writeln!(out, "  {}{}", selection.names.join(", "), with(&selection.when));
    }
    report::result(&out);
    Ok(())
}

/// A condition behind what it is about; nothing when there is none.
fn with(when: &When) -> String {
    let parts: Vec<String> = when.0.iter().map(|(name, test)| format!("{name} {}", test.spelled())).collect();
    if parts.is_empty() { String::new() } else { format!("  (with {})", parts.join(", ")) }
}
