//! Whether a data file of a rendered project is what its name says.

use super::origin::RENDERED;
use crate::{
    compose::document::Document, error::Mistake, relpath::RelPath, source::Source, tree::File, yaml,
};

/// Reads a TOML, YAML or JSON file. Any other file is what it is.
///
/// # Errors
/// The first place at which it is not what its name says.
pub(super) fn check(path: &RelPath, file: &File) -> Result<(), Mistake> {
    let Some(text) = file.as_text() else { return Ok(()) };
    let source = || Source::new(format!("{path}{RENDERED}"), text);
    let extension = path.file_name().rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "toml" => Document::parse(&source()).map(drop),
        "yaml" | "yml" => yaml::any(&source()).map(drop),
        "json" => serde_json::from_str::<serde_json::Value>(text).map(drop).map_err(|error| {
            let source = source();
            let at = source.offset(error.line(), error.column());
            Mistake::new("json-syntax", format!("not valid JSON: {error}"), &source, source.word(at))
        }),
        _ => Ok(()),
    }
}
