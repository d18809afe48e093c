//! Whether the data files of a rendered project are what their names say.

use super::origin::RENDERED;
use crate::{
    compose::document::Document,
    error::{Class, Error, Mistake, Result},
    parallel,
    relpath::RelPath,
    source::Source,
    tree::{File, Tree},
    yaml,
};

/// Reads every TOML, YAML and JSON file of `tree`.
pub(super) fn check(tree: &Tree) -> Result<()> {
    let mistakes = parallel::map(tree.iter().collect(), |(path, file)| mistake(path, file));
    let mistakes: Vec<Mistake> = mistakes.into_iter().flatten().collect();
    if mistakes.is_empty() { Ok(()) } else { Err(Error::mistakes(Class::Rejected, mistakes)) }
}

/// Why a data file cannot be read.
fn mistake(path: &RelPath, file: &File) -> Option<Mistake> {
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
