//! `origins.yaml`: which component made which file, and which line of which document asked for it.

use std::{
    collections::BTreeMap,
    fmt::{self, Write},
};

use serde::{Deserialize, Serialize};

use super::{
    FOLDER, Lookup, damaged,
    yaml::{list, scalar},
};
use crate::{error::Result, relpath::RelPath};

/// The name of the file, in the record.
pub(super) const NAME: &str = "origins.yaml";

/// Where everything in a project comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Origins {
    /// The components that take part.
    pub components: BTreeMap<String, Asked>,
    /// The components of each file, by path; of none when the layout makes it.
    pub files: BTreeMap<String, Vec<String>>,
    /// Tables of `pyproject.toml` that the preset states, and the line that demands them, as `LINE: text`.
    pub tables: BTreeMap<String, String>,
}

/// What asked for a component.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Asked {
    /// The entry of the preset that selects it, such as `components[3]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The file and line of that entry, from the root of the folder or repository of presets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The component that it comes in with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The line of the persona that demands it, as `LINE: text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
}

/// Reads the origins of a project, `None` when the record has none.
///
/// # Errors
/// [`Class::Refused`](crate::error::Class::Refused) when they are damaged; whatever `lookup` returns.
pub fn origins(lookup: Lookup<'_>) -> Result<Option<Origins>> {
    let path = RelPath::new(format!("{FOLDER}/{NAME}")).map_err(|why| damaged(NAME, why))?;
    let Some(contents) = lookup(&path)? else { return Ok(None) };
    let text = std::str::from_utf8(&contents).map_err(|error| damaged(NAME, &error.to_string()))?;
    crate::yaml::plain(text).map(Some).map_err(|error| damaged(NAME, &error))
}

/// The text of the file.
pub(super) fn write(origins: &Origins) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = emit(origins, &mut out);
    out
}

fn emit(origins: &Origins, out: &mut String) -> fmt::Result {
    writeln!(out, "# Where everything comes from; `scaffold why PATH` reads it.")?;
    writeln!(out, "components:{}", if origins.components.is_empty() { " {}" } else { "" })?;
    for (name, asked) in &origins.components {
        writeln!(out, "  {}:", scalar(name))?;
        let values =
            [("entry", &asked.entry), ("place", &asked.place), ("by", &asked.by), ("cite", &asked.cite)];
        for (key, value) in values {
            if let Some(value) = value {
                writeln!(out, "    {key}: {}", scalar(value))?;
            }
        }
    }
    writeln!(out, "files:{}", if origins.files.is_empty() { " {}" } else { "" })?;
    for (path, components) in &origins.files {
        writeln!(out, "  {}: {}", scalar(path), list(components))?;
    }
    writeln!(out, "tables:{}", if origins.tables.is_empty() { " {}" } else { "" })?;
    for (table, cite) in &origins.tables {
        writeln!(out, "  {}: {}", scalar(table), scalar(cite))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let asked = Asked {
            entry: Some("components[3]".into()),
            place: Some("presets/a.yaml:7".into()),
            by: None,
            cite: Some("26: | a: \"b\" |".into()),
        };
        let origins = Origins {
            components: BTreeMap::from([
                ("uv".into(), asked),
                ("errors".into(), Asked { by: Some("x".into()), ..Asked::default() }),
            ]),
            files: BTreeMap::from([("src/a.py".into(), vec!["uv".into()]), ("b.py".into(), vec![])]),
            tables: BTreeMap::from([("tool.ruff".into(), "1: x".into())]),
        };
        let text = write(&origins);
        assert_eq!(origins_of(&text), origins);
        assert_eq!(origins_of(&write(&Origins::default())), Origins::default());
    }

    fn origins_of(text: &str) -> Origins {
        super::origins(&|_| Ok(Some(text.as_bytes().to_vec()))).unwrap().unwrap()
    }
}
