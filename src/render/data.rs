//! Whether a data file of a rendered project is what its name says.

use super::origin::RENDERED;
use crate::{
    compose::document::Document, error::Mistake, relpath::RelPath, source::Source, tree::File, yaml,
};

/// Why a TOML, YAML or JSON file cannot be read: the first place. Any other file is what it is.
pub(super) fn mistake(path: &RelPath, file: &File) -> Option<Mistake> {
    let source = || Some(Source::new(format!("{path}{RENDERED}"), file.as_text()?));
    let extension = path.file_name().rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "toml" => Document::parse(&source()?).err(),
        "yaml" | "yml" => yaml::any(&source()?).err(),
        "json" => {
            let source = source()?;
            serde_json::from_str::<serde_json::Value>(&source.text).err().map(|error| {
                let at = source.offset(error.line(), error.column());
                Mistake::new("json-syntax", format!("not valid JSON: {error}"), &source, source.word(at))
            })
        }
        _ => None,
    }
}
