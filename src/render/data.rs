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
    let kinds = ["toml", "yaml", "yml", "json"];
    let files = tree.iter().filter(|(path, _)| kinds.iter().any(|kind| path.has_extension(kind))).collect();
    let mistakes = parallel::map(files, |(path, file): (&RelPath, &File)| {
        mistake(path, &Source::new(format!("{path}{RENDERED}"), file.as_text()?))
    });
    let mistakes: Vec<Mistake> = mistakes.into_iter().flatten().collect();
    if mistakes.is_empty() { Ok(()) } else { Err(Error::mistakes(Class::Rejected, mistakes)) }
}

/// Why a data file cannot be read.
fn mistake(path: &RelPath, source: &Source) -> Option<Mistake> {
    let extension = path.file_name().rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "toml" => Document::parse(source).err(),
        "yaml" | "yml" => yaml::any(source).err(),
        "json" => serde_json::from_str::<serde_json::Value>(&source.text).err().map(|error| {
            let at = source.offset(error.line(), error.column());
            Mistake::new("json-syntax", format!("not valid JSON: {error}"), source, source.word(at))
        }),
        _ => None,
    }
}
