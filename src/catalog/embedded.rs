//! The presets that are part of the program.

use std::sync::{Arc, LazyLock};

use include_dir::{Dir, DirEntry, include_dir};

use crate::preset::{Bytes, Layer, Library};

static PRESETS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/presets");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

static LAYER: LazyLock<Arc<Layer>> = LazyLock::new(|| {
    let mut files = vec![];
    gather(&PRESETS, "presets", &mut files);
    gather(&TEMPLATES, "templates", &mut files);
    // All at once: sorting them is cheaper than to find the place of each.
    Arc::new(Layer { files: files.into_iter().collect(), ..Layer::default() })
});

/// The presets that are part of the program.
pub fn embedded() -> Library {
    Library::alone(Arc::clone(&LAYER))
}

/// Makes [`embedded`] ready, so that nobody has to wait for it later.
pub fn prepare() {
    LazyLock::force(&LAYER);
}

fn gather(dir: &'static Dir<'static>, prefix: &str, files: &mut Vec<(String, Bytes)>) {
    for entry in dir.entries() {
        match entry {
            DirEntry::Dir(dir) => gather(dir, prefix, files),
            DirEntry::File(file) => {
                let path = file.path().to_str().unwrap_or_default();
                files.push(([prefix, "/", path].concat(), Bytes::Embedded(file.contents())));
            }
        }
    }
}
