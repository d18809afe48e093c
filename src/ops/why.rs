//! `scaffold why`: what asked for a file or a setting of a project, from its record.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::verify;
use crate::{
    disk,
    error::{Class, Error, Result, nearest},
    record::{self, Asked, Origins, Record},
    relpath::RelPath,
};

/// The largest file of a record, in bytes.
const MAX_RECORD: u64 = 4 << 20;
/// The file whose tables are known.
const TABLES: &str = "pyproject.toml";

/// What asked for a thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The file, from the root of the project.
    pub path: String,
    /// The setting asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The preset.
    pub preset: String,
    /// The persona document, if the preset was made from one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub persona: Option<String>,
    /// The layout that says where it goes.
    pub layout: String,
    /// The table of the preset that states the setting, and the line that demands it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<Table>,
    /// The components it comes from; none when the layout makes it.
    pub components: Vec<Component>,
}

/// A table of the preset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The line of the persona.
    pub cite: String,
}

/// A component, and what asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Component {
    /// Its name.
    pub name: String,
    /// What asked for it.
    #[serde(flatten)]
    pub asked: Asked,
    /// What asked for the components through which it came in, from the nearest on.
    pub through: Vec<Asked>,
}

/// Answers for `question`, a path or `PATH:KEY`.
///
/// # Errors
/// There is no project around the path, or the file is none that was generated.
pub fn why(question: &str) -> Result<Why> {
    let (path, key) = split(question);
    let (root, inside) = project(Path::new(path))?;
    let record = verify::record(&root)?;
    let lookup = |path: &RelPath| {
        let path = root.join(path.as_str());
        if path.exists() { disk::read_bytes(&path, MAX_RECORD).map(Some) } else { Ok(None) }
    };
    let origins = record::origins(&lookup)?.ok_or_else(|| {
        Error::new(Class::Refused, "the record does not say where things come from")
            .help("it was made by an older version; make the project again beside it and compare")
    })?;
    answer(&record, &origins, &inside, key)
}

/// The path and the key; a key follows the last colon.
fn split(question: &str) -> (&str, Option<&str>) {
    match question.rsplit_once(':') {
        Some((path, key)) if !path.is_empty() && !key.is_empty() && !key.contains(['/', '\\']) => {
            (path, Some(key))
        }
        _ => (question, None),
    }
}

/// The project around a path, and the path inside of it.
fn project(path: &Path) -> Result<(PathBuf, String)> {
    let nothing = || {
        Error::new(Class::Refused, format!("`{}` is in no project with a record", path.display()))
            .help("run it in a project that `scaffold new` made")
    };
    for above in path.ancestors().skip(1) {
        let root = if above.as_os_str().is_empty() { Path::new(".") } else { above };
        if root.join(record::FOLDER).is_dir() {
            let inside = path.strip_prefix(above).unwrap_or(path).to_string_lossy().replace('\\', "/");
            return Ok((root.to_owned(), inside.trim_start_matches("./").to_owned()));
        }
    }
    Err(nothing())
}

fn answer(record: &Record, origins: &Origins, path: &str, key: Option<&str>) -> Result<Why> {
    let Some(components) = origins.files.get(path) else {
        let error = Error::usage(format!("`{path}` is no file that was generated"));
        return Err(match nearest(path, origins.files.keys().map(String::as_str)) {
            Some(best) => error.help(format!("did you mean `{best}`?")),
            None => error,
        });
    };
    if let Some(key) = key.filter(|_| path != TABLES) {
        return Err(Error::usage(format!("where `{key}` in `{path}` comes from is not recorded"))
            .help(format!("ask for the file: `scaffold why {path}`")));
    }
    let table = key.and_then(|key| {
        let holds = |table: &&String| key == table.as_str() || key.starts_with(&format!("{table}."));
        let name = origins.tables.keys().filter(holds).max_by_key(|table| table.len())?;
        Some(Table { name: name.clone(), cite: origins.tables[name].clone() })
    });
    let components = if table.is_some() { &[][..] } else { components.as_slice() };
    Ok(Why {
        path: path.to_owned(),
        key: key.map(str::to_owned),
        preset: record.preset.name.clone(),
        persona: record.persona.as_ref().map(|it| it.name.clone()),
        layout: record.layout.clone(),
        table,
        components: components.iter().map(|name| component(origins, name)).collect(),
    })
}

fn component(origins: &Origins, name: &str) -> Component {
    let asked = origins.components.get(name).cloned().unwrap_or_default();
    let mut through = vec![];
    let mut by = asked.by.clone();
    // A record may be damaged: nothing goes round in circles.
    while let Some(next) = by.and_then(|it| origins.components.get(&it)).filter(|_| through.len() < 16) {
        through.push(next.clone());
        by = next.by.clone();
    }
    Component { name: name.to_owned(), asked, through }
}
