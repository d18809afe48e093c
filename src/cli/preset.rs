//! `scaffold preset`: list, show and schema; lint and test have files of their own.

use std::{fmt::Write, process::ExitCode};

use serde_json::json;

use super::{args, lint, proof, report};
use crate::{
    error::Result,
    preset::{Library, Schema},
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
    for name in &preset.layouts {
        let _ = writeln!(out, "  {name:14} {}", library.layout_of(&loaded, name)?.value.description.trim());
    }
    let _ = writeln!(out, "\nquestions (--set QUESTION=VALUE, the first value marked * is the default)");
    for (name, question) in &preset.questions {
        let _ = writeln!(out, "  {name}: {}", question.ask);
        for (value, choice) in &question.choices {
            let mark = if *value == question.default { '*' } else { ' ' };
            let _ = writeln!(out, "   {mark} {value:14} {}", choice.label);
        }
    }
    let _ = writeln!(out, "\ncomponents");
    for selection in &preset.components {
        let condition =
            selection.when.mentions().map(|(name, values)| format!("{name} {}", values.join(" or ")));
        let condition: Vec<String> = condition.collect();
        let note =
            if condition.is_empty() { String::new() } else { format!("  (with {})", condition.join(", ")) };
        let _ = writeln!(out, "  {}{note}", selection.names.join(", "));
    }
    report::result(&out);
    Ok(())
}
