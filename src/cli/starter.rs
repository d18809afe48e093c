//! `scaffold preset new`: what is made, and what to do next.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::{args, distill, input, report};
use crate::{
    catalog::{self, Shelf},
    disk::Stop,
    error::Result,
    ops::starter::{self, Start},
    template::shell,
};

/// Makes a preset.
pub(super) fn run(args: &args::PresetNew, shelf: &Shelf) -> Result<()> {
    let stop = Stop::listen()?;
    let folder = args.into.clone().unwrap_or_else(|| PathBuf::from(&args.name));
    let has_presets = folder.join("presets").is_dir();
    let library = if has_presets { catalog::with_folder(|| shelf.base(), &folder)? } else { shelf.base() };
    let document = match &args.persona {
        Some(path) => Some(input::bytes(path, distill::MAX_DOCUMENT)?),
        None => None,
    };
    let start = match (&args.from, &document) {
        (_, Some((name, bytes))) => Start::Persona(name, bytes),
        (Some(base), _) => Start::Extends(base),
        _ => Start::Alone,
    };
    let (files, distilled) = starter::files(&args.name, &start, &library)?;
    starter::write(&files, &folder, &stop)?;
    let next = next(&folder, &args.name);
    if args.json {
        let files: Vec<String> = files.keys().map(ToString::to_string).collect();
        let folder = folder.display().to_string();
        report::json(&json!({"preset": args.name, "directory": folder, "files": files, "next": next}));
        return Ok(());
    }
    if let (Some(made), Some((name, _))) = (&distilled, &document) {
        report::note(&format!("{}\n", distill::text(&made.report, name)));
    }
    let mut out = format!("Made the preset {} in {}\n", args.name, folder.display());
    for path in files.keys() {
        out.push_str(&format!("  {path}\n"));
    }
    out.push_str("\nNext:\n");
    for step in next {
        out.push_str(&format!("  {step}\n"));
    }
    report::result(&out);
    Ok(())
}

/// What an author does first.
fn next(folder: &Path, name: &str) -> Vec<String> {
    let shown = folder.display().to_string();
    let is_path = shown.contains('/') || shown.starts_with('.');
    let shown = if is_path { shown } else { format!("./{shown}") };
    let spec = shell(&format!("{}#{name}", shown.trim_end_matches('/')));
    vec![
        format!("scaffold preset lint {spec}"),
        format!("scaffold preset test {spec}"),
        format!("scaffold new demo --preset {spec} --defaults"),
    ]
}
