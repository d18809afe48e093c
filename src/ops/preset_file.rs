//! A distilled preset as a file: written new, brought up to date, or merged with what the user edited in it.
//!
//! Beside the file lies what was written into it, `.NAME.DIGEST.base`, as the record of a project keeps its base: the
//! difference from it is what the user edited. The digest stands in the file, so that a base is never taken for another.

use std::path::{Path, PathBuf};

use super::distill::Made;
use crate::{
    disk,
    distill::{Changes, digest, merge, stated},
    error::{Class, Error, Result},
    lint::{self, Scope},
    preset::Library,
};

/// The largest preset, in bytes.
const MAX_PRESET: u64 = 1 << 20;

/// What became of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It is new.
    New,
    /// It says already what it should.
    Same,
    /// Nobody had edited it: it is what the document gives now.
    Updated(Changes),
    /// The edits stand, and what the document changed is taken over.
    Merged(Changes),
}

impl Written {
    /// What became of the entries.
    #[must_use]
    pub fn changes(&self) -> Option<&Changes> {
        match self {
            Self::New | Self::Same => None,
            Self::Updated(changes) | Self::Merged(changes) => Some(changes),
        }
    }

    /// The word for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Same => "same",
            Self::Updated(_) => "updated",
            Self::Merged(_) => "merged",
        }
    }
}

/// Writes a preset to `path`; what the user edited there stays.
///
/// # Errors
/// [`Class::Refused`] when the file is none that was distilled from this document, when what was written then is not
/// known any more, or when the edits and the document do not give a preset that works; then the file is as it was.
pub fn write(made: &Made, library: &Library, path: &Path) -> Result<Written> {
    let new = made.distilled.yaml.as_str();
    if let Some(folder) = path.parent().filter(|it| !it.as_os_str().is_empty() && !it.is_dir()) {
        let message = format!("`{}` cannot be written", path.display());
        return Err(
            Error::new(Class::System, message).because(format!("there is no folder `{}`", folder.display()))
        );
    }
    if path.exists() && !path.is_file() {
        return Err(foreign(path, "it is no file"));
    }
    if !path.exists() {
        keep_base(path, new)?;
        disk::write_new(path, new.as_bytes())?;
        return Ok(Written::New);
    }
    let bytes = disk::read_bytes(path, MAX_PRESET)?;
    let ours = std::str::from_utf8(&bytes).map_err(|_| foreign(path, "it is no text"))?;
    if ours == new {
        keep_base(path, new)?;
        return Ok(Written::Same);
    }
    let then = stated(ours).ok_or_else(|| foreign(path, "`distill` did not write it"))?;
    same_document(path, ours, new)?;
    let written = if digest(ours) == then {
        let (_, changes) = merge(ours, ours, new)?;
        keep_base(path, new)?;
        disk::replace(path, &bytes, new.as_bytes())?;
        Written::Updated(changes)
    } else {
        let (merged, changes) = merge(&base(path, then)?, ours, new)?;
        prove(made, library, path, &merged)?;
        keep_base(path, new)?;
        if merged.as_bytes() != bytes {
            disk::replace(path, &bytes, merged.as_bytes())?;
        }
        Written::Merged(changes)
    };
    if then != digest(new) {
        disk::remove(&base_path(path, then))?;
    }
    Ok(written)
}

fn foreign(path: &Path, why: &str) -> Error {
    Error::new(Class::Refused, format!("`{}` is there already, and {why}", path.display()))
        .help("name another file, compare the two, and keep what you edited")
}

/// A preset belongs to the document that it names.
fn same_document(path: &Path, ours: &str, new: &str) -> Result<()> {
    let persona = |text: &str| {
        text.lines().find_map(|line| line.strip_prefix("persona: ")).map(str::trim).map(str::to_owned)
    };
    let (known, now) = (persona(ours), persona(new));
    if known == now {
        return Ok(());
    }
    let known = known.unwrap_or_else(|| "no document".to_owned());
    let why = format!("it is the preset of {known}");
    Err(foreign(path, &why)
        .help(format!("if the document was renamed, write `persona: {}` in it", now.unwrap_or_default())))
}

/// Where what was written lies.
fn base_path(path: &Path, digest: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{digest}.base"))
}

fn keep_base(path: &Path, text: &str) -> Result<()> {
    disk::write_new(&base_path(path, &digest(text)), text.as_bytes())
}

fn base(path: &Path, then: &str) -> Result<String> {
    let base = base_path(path, then);
    let lost = |why: &str| {
        Error::new(
            Class::Refused,
            format!("`{}` was edited, and what was written then is not known", path.display()),
        )
        .because(format!("`{}` {why}", base.display()))
        .help("restore that file from version control")
        .help("or write to another file, compare the two, and keep what you edited")
    };
    if !base.exists() {
        return Err(lost("is not there"));
    }
    let text = disk::read_text(&base, MAX_PRESET)?;
    if digest(&text) == then { Ok(text) } else { Err(lost("was changed")) }
}

/// A merged preset has to pass the lint, as one that was never edited; its file may be called as it likes.
fn prove(made: &Made, library: &Library, path: &Path, merged: &str) -> Result<()> {
    let name = &made.distilled.name;
    let shown = path.display().to_string();
    let library = library.clone().with_preset(name, &shown, merged.to_owned().into_bytes());
    let mut mistakes = lint::lint(&library, &Scope::Preset(name.clone()))?.mistakes;
    mistakes.retain(|it| it.rule != "preset-name");
    if mistakes.is_empty() {
        return Ok(());
    }
    Err(Error::mistakes(Class::Refused, mistakes)
        .because("what you edited and what the document changed do not work together; the file is as it was")
        .help("mend what you edited and run it again")
        .help("or write to another file, compare the two, and keep what you edited"))
}
