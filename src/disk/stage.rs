//! The staging folder: where everything is written before anyone can see it.

use std::{
    ffi::{OsStr, OsString},
    fs, io,
    os::unix::fs::PermissionsExt,
    path::Path,
};

use tempfile::{Builder, TempDir};

use super::handle::{Folder, Lock};
use crate::error::{Class, Error, Result};

/// How often a new stage may be lost to a sweep before its lock is taken.
const ATTEMPTS: usize = 100;
/// How many bytes of the target's name go into the name of the stage, of the 255 allowed.
const LABEL: usize = 180;

/// A locked folder that only its owner can enter. Dropping it removes it.
#[derive(Debug)]
pub struct Stage {
    folder: Folder,
    place: TempDir,
}

impl Stage {
    /// Makes a stage in `parent` whose name is `prefix`, then `label`, then something random.
    ///
    /// # Errors
    /// [`Class::System`] when `parent` takes no new folder.
    pub fn new(parent: &Path, prefix: &str, label: &OsStr) -> Result<Self> {
        let mut name = OsString::from(prefix);
        name.push(short(&label.to_string_lossy()));
        name.push("-");
        for _ in 0..ATTEMPTS {
            let attempt = Self::attempt(parent, &name).map_err(|error| {
                Error::system("create a folder in", parent.display(), &error)
                    .help("choose a folder that you may write to")
            })?;
            if let Some(stage) = attempt {
                return Ok(stage);
            }
        }
        Err(Error::new(Class::System, format!("other runs keep sweeping `{}`", parent.display())))
    }

    /// One attempt; `None` when a sweep was quicker than our lock.
    fn attempt(parent: &Path, prefix: &OsStr) -> io::Result<Option<Self>> {
        let place = Builder::new()
            .prefix(prefix)
            .rand_bytes(8)
            .permissions(fs::Permissions::from_mode(0o700))
            .tempdir_in(parent)
            .map_err(|error| plain(&error))?;
        let folder = match Folder::open(place.path()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        if folder.lock() == Lock::Busy || !folder.is_at(place.path()) {
            return Ok(None);
        }
        folder.share()?;
        Ok(Some(Self { folder, place }))
    }

    /// The absolute path, where `parent` was absolute.
    pub fn path(&self) -> &Path {
        self.place.path()
    }

    /// The folder itself.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Leaves the stage for the next run to deal with.
    pub fn keep(self) {
        let _path = self.place.keep();
    }
}

/// `error` without the path that `tempfile` adds: of a folder that never was.
fn plain(error: &io::Error) -> io::Error {
    let text = error.to_string();
    io::Error::new(error.kind(), text.split(" at path ").next().unwrap_or(&text))
}

/// The beginning of `label` that fits.
fn short(label: &str) -> &str {
    let mut end = label.len().min(LABEL);
    while !label.is_char_boundary(end) {
        end -= 1;
    }
    &label[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_is_private_and_goes_with_its_owner() {
        let parent = tempfile::tempdir().unwrap();
        let stage = Stage::new(parent.path(), ".stage-", OsStr::new(&"ä".repeat(127))).unwrap();
        let path = stage.path().to_owned();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
        fs::create_dir_all(path.join("a/b")).unwrap();
        drop(stage);
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }
}
