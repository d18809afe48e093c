//! Presets in folders and single files.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    disk,
    error::{Class, Error, Result},
    preset::{Files, Kind, Layer, Library, MAX_BASES, Origin},
    source::Source,
    yaml,
};

/// The parts of a folder with presets.
pub(super) const PARTS: [&str; 2] = ["presets", "templates"];

/// The presets of a folder with the same shape as this repository: `presets` and `templates`.
///
/// # Errors
/// The folder cannot be read, is over a limit, or holds no presets.
pub fn folder(root: &Path) -> Result<Library> {
    for part in PARTS {
        if !root.join(part).is_dir() {
            let message = format!("`{}` is no catalog: it has no folder `{part}`", root.display());
            return Err(Error::new(Class::Usage, message));
        }
    }
    Ok(Library::new(files(root)?, root.display().to_string()))
}

/// The library of `base` with the presets of a folder, which has `presets` and may have `templates`.
///
/// A folder with a whole vocabulary of roles stands alone.
///
/// # Errors
/// The folder cannot be read, is over a limit, or holds no presets.
pub fn with_folder(base: impl FnOnce() -> Library, root: &Path) -> Result<Library> {
    if !root.join("presets").is_dir() {
        let message = format!("`{}` has no presets", root.display());
        return Err(Error::usage(message).help("presets are files such as `presets/NAME.yaml` in it"));
    }
    let shown = root.display().to_string();
    let shown = shown.trim_end_matches('/');
    let files = files(root)?;
    Ok(over(base, layer(files, Origin::new(Kind::Folder, shown), shown)))
}

/// `library` with the presets of the user's configuration folder, if there are any.
///
/// # Errors
/// The folder cannot be read, or is over a limit.
pub fn with_user(library: Library, root: &Path) -> Result<Library> {
    if !PARTS.iter().any(|part| root.join(part).is_dir()) {
        return Ok(library);
    }
    let shown = root.display().to_string();
    Ok(over(|| library, layer(files(root)?, Origin::new(Kind::User, shown.as_str()), &shown)))
}

/// `library` with one more preset: the file at `path`, and those beside it that it extends. Returns its name, too.
///
/// # Errors
/// The file cannot be read, or its name is not that of a preset.
pub fn with_preset(library: Library, path: &Path) -> Result<(Library, String)> {
    let shown = path.display().to_string();
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    if !matches!(path.extension().and_then(|it| it.to_str()), Some("yaml" | "yml")) || name.is_empty() {
        let what = if path.exists() { "is no file of a preset" } else { "is not there" };
        return Err(Error::usage(format!("`{shown}` {what}"))
            .help("name a file that ends in `.yaml`, or a folder with presets"));
    }
    let mut layer = layer(Files::new(), Origin::new(Kind::File, shown.as_str()), "");
    let mut text = disk::read_bytes(path, yaml::MAX_BYTES as u64)?;
    let mut at = Layer::preset_path(name);
    let mut file = path.to_owned();
    for _ in 0..=MAX_BASES {
        let base = base(&text);
        layer.named.insert(at.clone(), file.display().to_string());
        layer.files.insert(at, text.into());
        // Only what lies in the same folder: a preset of somebody else's leads nowhere else.
        let Some(base) = base.map(|it| it.trim_start_matches("./").to_owned()) else { break };
        let stem = base.strip_suffix(".yaml").unwrap_or(&base);
        file = path.with_file_name(format!("{stem}.yaml"));
        at = Layer::preset_path(stem);
        if stem.contains(['/', '\\']) || layer.files.contains_key(&at) || !file.is_file() {
            break;
        }
        text = disk::read_plain(&file, yaml::MAX_BYTES as u64)?;
    }
    Ok((library.with_layer(layer), name.to_owned()))
}

/// What a preset extends, as far as it can be read.
fn base(text: &[u8]) -> Option<String> {
    let source = Source::new("", std::str::from_utf8(text).ok()?);
    let root = yaml::parse(&source).ok()?;
    root.get("extends")?.text().map(str::to_owned)
}

/// The folder of presets around a file of one, such as `a` for `a/presets/b.yaml`.
pub fn around(path: &Path) -> Option<PathBuf> {
    let parent = path.parent()?;
    let whole = std::path::absolute(parent).ok()?;
    let is_one = whole.file_name().is_some_and(|name| name == "presets")
        && path.extension().is_some_and(|it| it == "yaml");
    if !is_one {
        return None;
    }
    // As the user wrote it, as far as possible.
    let above = parent.parent().filter(|_| parent.file_name().is_some_and(|name| name == "presets"));
    match above {
        Some(above) if above.as_os_str().is_empty() => Some(PathBuf::from(".")),
        Some(above) => Some(above.to_owned()),
        None => whole.parent().map(Path::to_owned),
    }
}

/// The library of `base` with `layer` over it, or the layer alone when it has a vocabulary of roles of its own.
pub(super) fn over(base: impl FnOnce() -> Library, layer: Layer) -> Library {
    let root = layer.source("templates/roles.yaml").and_then(|source| yaml::parse(&source).ok());
    let is_whole = root.is_some_and(|root| root.get("roles").is_some_and(|it| it.get("package").is_some()));
    if is_whole { Library::alone(layer) } else { base().with_layer(layer) }
}

pub(super) fn layer(files: Files, origin: Origin, prefix: &str) -> Layer {
    Layer { files, origin, prefix: prefix.to_owned(), named: BTreeMap::new() }
}

fn files(root: &Path) -> Result<Files> {
    let mut files = Files::new();
    for part in PARTS {
        let folder = root.join(part);
        if folder.is_dir() {
            for (path, file) in disk::read_tree(&folder, disk::Limits::CATALOG)? {
                files.insert(format!("{part}/{path}"), file.contents.into());
            }
        }
    }
    Ok(files)
}
