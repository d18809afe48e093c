//! `scaffold preset`: list and schema; the others have files of their own.

use std::{fmt::Write, process::ExitCode};

use serde_json::{Value, json};

use super::{args, lint, open, proof, report, show, starter, tell_shadows};
use crate::{
    answers::clause,
    catalog::{Opened, Shelf},
    disk::Stop,
    error::Result,
    preset::{Kind, Library, Named, Origin, Preset, Schema},
};

/// Runs one of the preset commands.
pub(super) fn run(command: &args::Preset, shelf: &Shelf) -> Result<ExitCode> {
    match command {
        args::Preset::List { source, json } => list(source.as_deref(), shelf, *json)?,
        args::Preset::New(args) => starter::run(args, shelf)?,
        args::Preset::Show { preset, json } => show::run(preset, shelf, *json)?,
        args::Preset::Lint { what, json, sarif } => {
            return lint::run(what.as_deref(), *json, *sarif, shelf);
        }
        args::Preset::Test(args) => return proof::run(args, shelf),
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

/// All presets, with where they come from.
fn list(source: Option<&str>, shelf: &Shelf, as_json: bool) -> Result<()> {
    let Opened { library, names, .. } = match source {
        Some(source) => open(shelf, source, &Stop::listen()?)?,
        None => shelf.all()?,
    };
    let presets = names.iter().map(|name| library.preset(name)).collect::<Result<Vec<_>>>()?;
    if as_json {
        let presets: Vec<_> = presets.iter().map(|it| as_object(it, &library)).collect();
        report::json(&json!({"presets": presets, "shadows": shadows(&library)}));
        return Ok(());
    }
    tell_shadows(&library);
    let width = presets.iter().map(|it| it.value.preset.len()).max().unwrap_or(0);
    let mut out = String::new();
    for loaded in presets {
        let it = &loaded.value;
        let origin = library.origin_of(&loaded);
        let from = if origin.kind == Kind::BuiltIn { String::new() } else { format!("  [{origin}]") };
        let _ = writeln!(out, "{:width$}  {}{from}", it.preset, clause(&it.description));
    }
    report::result(&out);
    Ok(())
}

fn as_object(loaded: &Named<Preset>, library: &Library) -> Value {
    let (it, origin) = (&loaded.value, library.origin_of(loaded));
    json!({
        "name": it.preset, "title": it.title, "description": it.description, "extends": it.extends,
        "source": origin.to_string(), "origin": origin,
    })
}

/// What takes the place of something below it.
pub(super) fn shadows(library: &Library) -> Vec<Value> {
    let one = |(what, name, origin): (&str, String, &Origin)| json!({"what": what, "name": name, "source": origin.to_string()});
    library.shadowed().into_iter().map(one).collect()
}
