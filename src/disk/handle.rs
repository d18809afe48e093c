//! Folders held open: whatever is written goes through a handle, component by component, so that
//! no symbolic link and no exchanged folder can lead a write elsewhere.

use std::{
    ffi::OsStr,
    fs::File as Handle,
    io::{self, Read, Write},
    os::fd::OwnedFd,
    path::Path,
};

use rustix::{
    fs::{AtFlags, CWD, FileType, FlockOperation, Mode, OFlags, RenameFlags},
    io::Errno,
};

use super::stop::Stop;
use crate::{
    error::{Error, Result},
    parallel,
    relpath::RelPath,
    tree::{File, Tree},
};

/// How many files of a tree one thread writes in a row: neighbours mostly share their folder.
const FILES_AT_ONCE: usize = 32;

/// An open folder.
#[derive(Debug)]
pub struct Folder(OwnedFd);

/// What [`Folder::lock`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock {
    /// The lock is ours until the folder is closed.
    Held,
    /// Someone else holds it.
    Busy,
    /// The file system has no locks.
    Unsupported,
}

impl Folder {
    /// Opens the folder at `path`, following the symbolic links that the user named.
    pub fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(rustix::fs::openat(CWD, path, flags, Mode::empty())?))
    }

    /// Opens the folder at `path` for making entries only, which takes no right to list it.
    pub fn anchor(path: &Path) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        let access = OFlags::PATH;
        #[cfg(not(target_os = "linux"))]
        let access = OFlags::RDONLY;
        let flags = access | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(rustix::fs::openat(CWD, path, flags, Mode::empty())?))
    }

    /// Opens the folder called `name` in this one, unless that is a symbolic link.
    pub fn child(&self, name: &OsStr) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(Self(rustix::fs::openat(&self.0, name, flags, Mode::empty())?))
    }

    /// One more handle on this folder.
    pub fn again(&self) -> io::Result<Self> {
        Ok(Self(self.0.try_clone()?))
    }

    /// Makes a folder with the mode that the umask allows, and opens it.
    pub fn make(&self, name: &OsStr) -> io::Result<Self> {
        rustix::fs::mkdirat(&self.0, name, Mode::from_raw_mode(0o777))?;
        self.child(name)
    }

    /// Writes a file that must not be there yet, with the mode that the umask allows.
    pub fn write(&self, name: &OsStr, file: &File) -> io::Result<()> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mode = Mode::from_raw_mode(if file.executable { 0o777 } else { 0o666 });
        let handle = rustix::fs::openat(&self.0, name, flags, mode)?;
        Handle::from(handle).write_all(&file.contents)
    }

    /// Reads the regular file called `name`, at most `limit` bytes of it; anything else is an error.
    pub fn read(&self, name: &OsStr, limit: u64) -> io::Result<Vec<u8>> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = Handle::from(rustix::fs::openat(&self.0, name, flags, Mode::empty())?);
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("not a regular file"));
        }
        let mut contents = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut contents)?;
        if contents.len() as u64 > limit {
            return Err(io::Error::other(format!("longer than {limit} bytes")));
        }
        Ok(contents)
    }

    /// Renames `from` in this folder to `to` in `there`, which must not be there yet.
    ///
    /// Some network file systems cannot promise that in one step; there a look comes before the rename.
    pub fn rename_new(&self, from: &OsStr, there: &Self, to: &OsStr) -> io::Result<()> {
        match rustix::fs::renameat_with(&self.0, from, &there.0, to, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => match there.kind(to)? {
                None => self.rename(from, there, to),
                Some(_) => Err(Errno::EXIST.into()),
            },
            other => Ok(other?),
        }
    }

    /// Renames `from` in this folder to `to` in `there`; the kernel replaces no folder but an empty one.
    pub fn rename(&self, from: &OsStr, there: &Self, to: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::renameat(&self.0, from, &there.0, to)?)
    }

    /// Exchanges `from` in this folder with `to` in `there`, in one step where the file system can.
    pub fn exchange(&self, from: &OsStr, there: &Self, to: &OsStr) -> io::Result<bool> {
        match rustix::fs::renameat_with(&self.0, from, &there.0, to, RenameFlags::EXCHANGE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(false),
            other => Ok(other.map(|()| true)?),
        }
    }

    /// What the entry called `name` is; a symbolic link is not followed.
    pub fn kind(&self, name: &OsStr) -> io::Result<Option<FileType>> {
        match rustix::fs::statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(FileType::from_raw_mode(stat.st_mode))),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes the file called `name`.
    pub fn remove(&self, name: &OsStr) -> io::Result<()> {
        Ok(rustix::fs::unlinkat(&self.0, name, AtFlags::empty())?)
    }

    /// Takes the folder's lock if it is free.
    pub fn lock(&self) -> Lock {
        match rustix::fs::flock(&self.0, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Lock::Held,
            Err(Errno::WOULDBLOCK) => Lock::Busy,
            Err(_) => Lock::Unsupported,
        }
    }

    /// Lets the programs we start inherit the handle, and with it the lock: it is free only when
    /// the last of them has ended, even when we were killed.
    pub fn share(&self) -> io::Result<()> {
        Ok(rustix::io::fcntl_setfd(&self.0, rustix::io::FdFlags::empty())?)
    }

    /// Whether the entry at `path` is this very folder.
    pub fn is_at(&self, path: &Path) -> bool {
        let ours = rustix::fs::fstat(&self.0);
        let theirs = rustix::fs::lstat(path);
        matches!((ours, theirs), (Ok(a), Ok(b)) if (a.st_dev, a.st_ino) == (b.st_dev, b.st_ino))
    }

    /// Sets the permission bits.
    pub fn set_mode(&self, mode: u32) -> io::Result<()> {
        Ok(rustix::fs::fchmod(&self.0, Mode::from_raw_mode(mode))?)
    }

    /// Writes the whole file system to the device: one call, however many files there are.
    ///
    /// Elsewhere than on Linux there is no such call; there the system writes it in its own time.
    pub fn sync_all(&self) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        rustix::fs::syncfs(&self.0)?;
        Ok(())
    }

    /// Writes the list of entries to the device.
    pub fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::fsync(&self.0)?)
    }

    /// Writes all of `tree` into this folder, which holds none of its files yet.
    ///
    /// # Errors
    /// [`Class::System`](crate::error::Class::System) naming the file, or the class of the signal after a stop.
    pub fn write_tree(&self, tree: &Tree, stop: &Stop) -> Result<()> {
        let files: Vec<(&RelPath, &File)> = tree.iter().collect();
        let parts = files.chunks(FILES_AT_ONCE).collect();
        parallel::map(parts, |files| self.write_files(files, stop)).into_iter().collect()
    }

    /// Writes `files`, which are sorted by their paths.
    fn write_files(&self, files: &[(&RelPath, &File)], stop: &Stop) -> Result<()> {
        // The folders from the root to the current one: most files are in that of the file before them.
        let mut open: Vec<(&str, Self)> = vec![];
        for (path, file) in files {
            stop.check()?;
            let failed = |error: io::Error| Error::system("write", path, &error);
            let parts: Vec<&str> = path.as_str().split('/').collect();
            let (name, folders) = parts.split_last().map_or(("", &[][..]), |(name, rest)| (*name, rest));
            let common = open.iter().zip(folders).take_while(|((have, _), want)| have == *want).count();
            open.truncate(common);
            for part in &folders[common..] {
                let within = open.last().map_or(self, |(_, folder)| folder);
                let folder = within.make_or_open(OsStr::new(part)).map_err(failed)?;
                open.push((part, folder));
            }
            let within = open.last().map_or(self, |(_, folder)| folder);
            within.write(OsStr::new(name), file).map_err(failed)?;
        }
        Ok(())
    }

    fn make_or_open(&self, name: &OsStr) -> io::Result<Self> {
        match self.make(name) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => self.child(name),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::symlink};

    use super::*;

    #[test]
    fn a_tree_is_written_with_folders_visited_twice() {
        let root = tempfile::tempdir().unwrap();
        let mut tree = Tree::new();
        for path in ["a/b/c", "a/b-c", "a/b/d/e", "z"] {
            tree.insert(RelPath::new(path).unwrap(), File::text(path));
        }
        Folder::open(root.path()).unwrap().write_tree(&tree, &Stop::never()).unwrap();
        for path in tree.keys() {
            assert_eq!(fs::read_to_string(root.path().join(path.as_str())).unwrap(), path.as_str());
        }
    }

    #[test]
    fn nothing_goes_through_a_symbolic_link() {
        let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        symlink(outside.path(), root.path().join("a")).unwrap();
        symlink(outside.path().join("new"), root.path().join("b")).unwrap();
        let folder = Folder::open(root.path()).unwrap();
        for path in ["a/x", "b"] {
            let tree = Tree::from([(RelPath::new(path).unwrap(), File::text("x"))]);
            assert!(folder.write_tree(&tree, &Stop::never()).is_err());
        }
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_lock_is_exclusive() {
        let root = tempfile::tempdir().unwrap();
        let (one, two) = (Folder::open(root.path()).unwrap(), Folder::open(root.path()).unwrap());
        assert_eq!((one.lock(), two.lock()), (Lock::Held, Lock::Busy));
        drop(one);
        assert_eq!(two.lock(), Lock::Held);
    }
}
