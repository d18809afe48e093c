//! Where presets come from: embedded in the program, or a folder.

use std::{borrow::Cow, path::Path};

use include_dir::{Dir, DirEntry, include_dir};

use crate::{
    disk,
    error::{Class, Error, Result},
    preset::{Files, Library},
};

static PRESETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/presets");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The presets that are part of the program.
pub fn embedded() -> Library {
    let mut files = Files::new();
    gather(&PRESETS, "presets", &mut files);
    gather(&TEMPLATES, "templates", &mut files);
    Library::new(files, "")
}

/// The presets of a folder with the same shape as this repository: `presets` and `templates`.
///
/// # Errors
/// The folder cannot be read, is over a limit, or holds no presets.
pub fn folder(root: &Path) -> Result<Library> {
    let mut files = Files::new();
    for part in ["presets", "templates"] {
        let folder = root.join(part);
        if !folder.is_dir() {
            let message = format!("`{}` is no catalog: it has no folder `{part}`", root.display());
            return Err(Error::new(Class::Usage, message));
        }
        for (path, file) in disk::read_tree(&folder, disk::Limits::CATALOG)? {
            files.insert(format!("{part}/{path}"), Cow::Owned(file.contents));
        }
    }
    Ok(Library::new(files, root.display().to_string()))
}

/// `library` with one more preset: the file at `path`. Returns its name, too.
///
/// # Errors
/// The file cannot be read, or its name is not that of a preset.
pub fn with_preset(library: Library, path: &Path) -> Result<(Library, String)> {
    let shown = path.display();
    let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    if !matches!(path.extension().and_then(|it| it.to_str()), Some("yaml" | "yml")) || name.is_empty() {
        let message = format!("`{shown}` is no file of a preset");
        return Err(Error::new(Class::Usage, message).help("name a file that ends in `.yaml`"));
    }
    let text = disk::read_bytes(path, disk::Limits::CATALOG.file)?;
    Ok((library.with_preset(name, &shown.to_string(), text), name.to_owned()))
}

fn gather(dir: &'static Dir<'static>, prefix: &str, files: &mut Files) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => gather(dir, prefix, files),
            DirEntry::File(file) => {
                let path = format!("{prefix}/{}", file.path().display());
                files.insert(path, Cow::Borrowed(file.contents()));
            }
        }
    }
}
