//! `scaffold preset lint`: what is linted, and how it is told.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde_json::{Value, json};

use super::{open, report, tell_shadows};
use crate::{
    catalog::{self, Shelf},
    disk::Stop,
    error::{Class, Error, Mistake, Result},
    lint::{self, Report, Scope, table},
    preset::{Library, Spec},
};

/// Lints a folder, a file, a preset, or all presets at hand.
pub(super) fn run(what: Option<&str>, as_json: bool, as_sarif: bool, shelf: &Shelf) -> Result<ExitCode> {
    let stop = Stop::listen()?;
    let (library, scope) = match what {
        None => (shelf.library()?, Scope::All),
        Some(spec) => meant(spec, shelf, &stop)?,
    };
    tell_shadows(&library);
    let found = lint::lint(&library, &scope)?;
    if as_sarif {
        report::json(&sarif(&found));
    } else if as_json {
        let mistakes: Vec<Value> = found.mistakes.iter().map(report::mistake_json).collect();
        report::json(&json!({"presets": found.presets, "trees": found.trees, "mistakes": mistakes}));
    } else {
        tell(&found);
    }
    Ok(if found.mistakes.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(Class::Findings as u8) })
}

/// The library behind a word of the user, and the part of it that is meant.
fn meant(spec: &str, shelf: &Shelf, stop: &Stop) -> Result<(Library, Scope)> {
    // What can be no name needs nothing of what has one.
    if let Ok(Spec::Name(name)) = Spec::parse(spec) {
        let library = shelf.library()?;
        if library.presets().contains(&name.as_str()) {
            return named(&library, &name);
        }
    }
    if let Some((root, inside)) = part(Path::new(spec)) {
        let library = catalog::with_folder(|| shelf.base(), &root)?;
        return Ok((library, Scope::File(inside)));
    }
    // A folder may be named without a sign of being one.
    let folder = format!("./{spec}");
    let is_folder = Path::new(spec).is_dir() && !spec.starts_with(['.', '/']);
    let opened = open(shelf, if is_folder { &folder } else { spec }, stop)?;
    match &opened.name {
        Some(name) if !opened.is_whole => named(&opened.library, name),
        _ => Ok((opened.library, Scope::Own)),
    }
}

/// A preset, as it sees the library.
fn named(library: &Library, name: &str) -> Result<(Library, Scope)> {
    let library = match library.preset(name) {
        Ok(preset) => library.seen_by(&preset),
        // Its mistakes are what lint tells.
        Err(_) => library.clone(),
    };
    Ok((library, Scope::Preset(name.to_owned())))
}

/// The folder of presets that a file below `templates` is in, and its path there.
fn part(path: &Path) -> Option<(PathBuf, String)> {
    let absolute = std::path::absolute(path).ok().filter(|it| it.is_file())?;
    let root = absolute.ancestors().skip(1).find(|it| it.join("presets").is_dir())?;
    let inside = absolute.strip_prefix(root).ok()?.to_str()?.to_owned();
    let depth = inside.split('/').count();
    // As the user wrote it, as far as possible: the folder above the last parts of the path.
    let shown = path.ancestors().nth(depth).filter(|it| !it.as_os_str().is_empty());
    let shown = shown.map_or_else(
        || if path.is_absolute() { root.to_owned() } else { PathBuf::from(".") },
        Path::to_owned,
    );
    inside.starts_with("templates/").then_some((shown, inside))
}

fn tell(found: &Report) {
    let presets = match found.presets.as_slice() {
        [one] => format!("the preset `{one}`"),
        many => format!("{} presets", many.len()),
    };
    if found.mistakes.is_empty() {
        report::result(&format!("Found no mistakes in {presets}, rendered {} times\n", found.trees));
        return;
    }
    report::result(&report::snippets(&found.mistakes));
    let files: BTreeSet<&str> = found.mistakes.iter().map(|it| &*it.source.name).collect();
    let count = |number: usize, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    let (mistakes, files) = (count(found.mistakes.len(), "mistake"), count(files.len(), "file"));
    let mut error = Error::new(Class::Findings, format!("{mistakes} in {files} of {presets}"));
    if found.trees == 0 {
        error = error.help("repair these first: nothing was rendered, which may show more");
    }
    report::error(&error);
}

/// The mistakes in the format of code scanning services.
fn sarif(found: &Report) -> Value {
    let used: BTreeSet<&str> = found.mistakes.iter().map(|it| it.rule).collect();
    let rules: Vec<Value> = used
        .iter()
        .map(|rule| json!({"id": rule, "shortDescription": {"text": table::meaning(rule)}}))
        .collect();
    let results: Vec<Value> = found.mistakes.iter().map(result).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "scaffold", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn result(mistake: &Mistake) -> Value {
    let (line, column) = mistake.place();
    let (end_line, end_column) = mistake.source.line_column(mistake.span.end);
    let region =
        json!({"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column});
    let uri = mistake.source.name.replace(' ', "%20");
    let mut text = mistake.title.clone();
    for more in
        [Some(&mistake.label).filter(|it| !it.is_empty()), mistake.help.as_ref()].into_iter().flatten()
    {
        text = format!("{text}; {more}");
    }
    let mut result = json!({
        "ruleId": mistake.rule,
        "level": "error",
        "message": {"text": text},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
    });
    if let Some(replacement) = &mistake.replacement {
        result["fixes"] = json!([{
            "description": {"text": format!("write `{replacement}`")},
            "artifactChanges": [{
                "artifactLocation": {"uri": uri},
                "replacements": [{"deletedRegion": region, "insertedContent": {"text": replacement}}],
            }],
        }]);
    }
    result
}
