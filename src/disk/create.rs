//! Making a new project: all of it is staged, then one rename makes it appear.

use std::{
    ffi::{OsStr, OsString},
    fs, io,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Component, Path, PathBuf},
};

use super::{handle::Folder, into, stage::Stage, stop::Stop, sweep::sweep, target::Target};
use crate::{
    error::{Class, Error, Result},
    tree::Tree,
};

/// How the names of stages begin.
const PREFIX: &str = ".scaffold-stage-";

/// Writes `tree` to `target`, which is absent or an empty folder, so that at every moment it is either
/// untouched or complete.
///
/// `finish` is called with the absolute path of the staged project, and may add to it. Missing parents
/// appear in the same moment as the target. An empty folder that cannot be replaced (the current one,
/// a mount point, one whose parent is not writable) is filled by [`into::fill`] instead.
///
/// # Errors
/// [`Class::Refused`] when the target is or becomes occupied, the class of the signal after a stop,
/// [`Class::System`] when the disk fails, and whatever `finish` returns; nothing is left behind.
pub fn create(
    target: &Path,
    tree: &Tree,
    finish: &mut dyn FnMut(&Path) -> Result<()>,
    stop: &Stop,
) -> Result<()> {
    stop.check()?;
    into::recover(target)?;
    let look = Target::look(target)?;
    let place = Place::of(target);
    if let Ok(place) = &place {
        // Before any refusal: a run that was killed in its last moment left a complete target behind.
        sweep(&place.anchor, PREFIX);
    }
    if let Some(refusal) = look.refusal(target, false) {
        return Err(refusal);
    }
    let place = place?;
    if look == Target::Empty && !place.can_be_replaced(target) {
        return into::fill(target, tree, finish, stop).map(|_| ());
    }
    let stage = Stage::new(&place.anchor, PREFIX, place.name())?;
    let project = place.stage_folders(&stage)?;
    project.write_tree(tree, stop)?;
    let staged = place.path.iter().fold(stage.path().to_owned(), |path, part| path.join(part));
    finish(&staged)?;
    if look == Target::Empty {
        keep_mode(target, &project)?;
    }
    stop.check()?;
    stage.folder().sync_all().map_err(|error| Error::system("write", target.display(), &error))?;
    stop.check()?;
    place.commit(&stage, target)
}

/// Removes what killed runs left beside `target`, which need not be free.
///
/// # Errors
/// The place of the target cannot be looked at.
pub fn sweep_beside(target: &Path) -> Result<()> {
    sweep(&Place::of(target)?.anchor, PREFIX);
    Ok(())
}

/// Where a target is: a folder that exists, and the names from there to the target.
struct Place {
    /// Absolute and without symbolic links.
    anchor: PathBuf,
    /// The same, held open: what happens to its path meanwhile does not move the target.
    handle: Folder,
    /// The names below it: missing folders, then the target. Not empty.
    path: Vec<OsString>,
}

impl Place {
    fn of(target: &Path) -> Result<Self> {
        let failed = |error: io::Error| Error::system("look at", target.display(), &error);
        let mut at = std::path::absolute(target).map_err(failed)?;
        let mut path = vec![];
        loop {
            // The target itself is replaced, never entered; its parents may be symbolic links.
            let found = if path.is_empty() { fs::symlink_metadata(&at) } else { fs::metadata(&at) };
            match found {
                Ok(_) if !path.is_empty() => break,
                Ok(_) => at = fs::canonicalize(&at).map_err(failed)?,
                Err(_) if fs::symlink_metadata(&at).is_ok_and(|found| found.is_symlink()) => {
                    let message = format!("`{}` is a symbolic link that leads to no folder", at.display());
                    return Err(Error::new(Class::Refused, message));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(Error::system("look at", at.display(), &error)),
            }
            match at.components().next_back() {
                Some(Component::Normal(name)) => path.push(name.to_owned()),
                _ => {
                    let message = format!("`{}` is not a name for a new folder", target.display());
                    return Err(Error::usage(message));
                }
            }
            at.pop();
        }
        path.reverse();
        let anchor = fs::canonicalize(&at).map_err(failed)?;
        let handle = Folder::anchor(&anchor).map_err(failed)?;
        Ok(Self { anchor, handle, path })
    }

    fn name(&self) -> &OsStr {
        self.path.last().map_or(OsStr::new(""), |name| name)
    }

    /// Whether the empty folder at `target` can give way to another one of its name.
    fn can_be_replaced(&self, target: &Path) -> bool {
        let (Ok(own), Ok(parent), Ok(here)) =
            (fs::metadata(target), fs::metadata(&self.anchor), fs::metadata("."))
        else {
            return true;
        };
        // The shell of the user would go on in the folder that was replaced.
        let current = (own.dev(), own.ino()) == (here.dev(), here.ino());
        let writable = rustix::fs::access(&self.anchor, rustix::fs::Access::WRITE_OK).is_ok();
        !current && own.dev() == parent.dev() && writable
    }

    /// Makes the folders of the path in the stage, and opens the last one.
    fn stage_folders(&self, stage: &Stage) -> Result<Folder> {
        let failed = |error: io::Error| Error::system("write", stage.path().display(), &error);
        let (first, rest) = self.path.split_first().ok_or_else(|| Error::usage("the target has no name"))?;
        let first = stage.folder().make(first).map_err(failed)?;
        rest.iter().try_fold(first, |folder, name| folder.make(name)).map_err(failed)
    }

    /// Renames the topmost missing folder out of the stage; with it, the target appears.
    ///
    /// A missing parent that someone else made meanwhile is entered, and the next one is renamed.
    fn commit(&self, stage: &Stage, target: &Path) -> Result<()> {
        let failed = |error: io::Error| Error::system("create", target.display(), &error);
        let mut from = stage.folder().again().map_err(failed)?;
        let mut to = self.handle.again().map_err(failed)?;
        for (depth, name) in self.path.iter().enumerate() {
            let last = depth + 1 == self.path.len();
            match from.rename_new(name, &to, name) {
                Ok(()) => {
                    // Not fatal: the data is on the device, and after a power cut the target is
                    // either there or absent, as promised.
                    let _ = to.child(OsStr::new(".")).and_then(|folder| folder.sync());
                    return Ok(());
                }
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(failed(error)),
                Err(_) if last => break,
                Err(_) => {
                    let next = (|| Ok((from.child(name)?, to.child(name)?)))();
                    (from, to) = next.map_err(failed)?;
                }
            }
        }
        // The kernel lets a folder take the place of an empty folder only.
        from.rename(self.name(), &to, self.name()).map_err(|error| match error.kind() {
            io::ErrorKind::DirectoryNotEmpty
            | io::ErrorKind::AlreadyExists
            | io::ErrorKind::NotADirectory => appeared(target),
            _ => failed(error),
        })
    }
}

fn appeared(target: &Path) -> Error {
    let message = format!("`{}` appeared while the project was being made", target.display());
    Error::new(Class::Refused, message).help("nothing was written; name another folder")
}

/// Gives the project the permissions of the empty folder whose place it takes: who made that private meant it.
fn keep_mode(target: &Path, project: &Folder) -> Result<()> {
    let failed = |error: io::Error| Error::system("look at", target.display(), &error);
    let mode = fs::symlink_metadata(target).map_err(failed)?.permissions().mode() & 0o7777;
    project.set_mode(mode | 0o700).map_err(failed)
}
