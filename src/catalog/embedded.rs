//! The presets that are part of the program.

use include_dir::{Dir, DirEntry, include_dir};

use crate::preset::{Bytes, Files, Library};

static PRESETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/presets");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The presets that are part of the program.
pub fn embedded() -> Library {
    let mut files = Files::new();
    gather(&PRESETS, "presets", &mut files);
    gather(&TEMPLATES, "templates", &mut files);
    Library::new(files, "")
}

fn gather(dir: &'static Dir<'static>, prefix: &str, files: &mut Files) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => gather(dir, prefix, files),
            DirEntry::File(file) => {
                let path = format!("{prefix}/{}", file.path().display());
                files.insert(path, Bytes::Embedded(file.contents()));
            }
        }
    }
}
