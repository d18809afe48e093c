//! `scaffold preset lint`: what is linted, and how it is told.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde_json::{Value, json};

use super::report;
use crate::{
    catalog,
    error::{Class, Error, Mistake, Result},
    lint::{self, Report, Scope, table},
    preset::Library,
};

/// Lints a folder, a file, a preset, or all presets of `library`.
pub(super) fn run(what: Option<&str>, as_json: bool, as_sarif: bool, library: &Library) -> Result<ExitCode> {
    let found = match what {
        None => lint::lint(library, &Scope::All)?,
        Some(name) if library.presets().contains(&name) => {
            lint::lint(library, &Scope::Preset(name.to_owned()))?
        }
        Some(path) => {
            let (library, scope) = on_disk(Path::new(path), library)?;
            lint::lint(&library, &scope)?
        }
    };
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

/// The library behind a path, and the part of it that is meant.
fn on_disk(path: &Path, library: &Library) -> Result<(Library, Scope)> {
    if path.is_dir() {
        return Ok((catalog::folder(path)?, Scope::All));
    }
    if !path.is_file() {
        // Neither a path nor a preset: most likely the name of a preset, written wrongly.
        let name = path.display().to_string();
        return match Library::known("preset", &name, &library.presets()) {
            Err(error) => Err(error.help("or name a folder or a file that is there")),
            Ok(()) => Ok((library.clone(), Scope::Preset(name))),
        };
    }
    if let Some((root, inside)) = around(path) {
        let library = catalog::folder(&root)?;
        let scope = match inside.strip_prefix("presets/").and_then(|it| it.strip_suffix(".yaml")) {
            Some(name) if !name.contains('/') => Scope::Preset(name.to_owned()),
            _ => Scope::File(inside),
        };
        return Ok((library, scope));
    }
    let (library, name) = catalog::with_preset(catalog::embedded(), path)?;
    Ok((library, Scope::Preset(name)))
}

/// The catalog that a file is in, and its path there.
fn around(path: &Path) -> Option<(PathBuf, String)> {
    let absolute = std::path::absolute(path).ok()?;
    let root = absolute
        .ancestors()
        .skip(1)
        .find(|it| it.join("presets").is_dir() && it.join("templates").is_dir())?;
    let inside = absolute.strip_prefix(root).ok()?.to_str()?.to_owned();
    let depth = inside.split('/').count();
    let is_ours = inside.starts_with("presets/") || inside.starts_with("templates/");
    // As the user wrote it, as far as possible: the folder above the last parts of the path.
    let shown = path.ancestors().nth(depth).filter(|it| !it.as_os_str().is_empty());
    let shown = shown.map_or_else(
        || if path.is_absolute() { root.to_owned() } else { PathBuf::from(".") },
        Path::to_owned,
    );
    is_ours.then_some((shown, inside))
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
