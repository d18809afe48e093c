//! Reading files and folders, never more than a limit and never anything but regular files.

use std::{
    fmt::Display,
    fs::{self, File as Handle, OpenOptions},
    io::{self, Read},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
};

use rustix::fs::OFlags;

use crate::{
    error::{Class, Error, Result},
    parallel,
    relpath::RelPath,
    tree::{File, Tree},
};

/// How much of a folder is read at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The largest file, in bytes.
    pub file: u64,
    /// All files together, in bytes.
    pub total: u64,
    /// The number of files, and that of folders.
    pub files: usize,
    /// Names of files and folders that are passed over, wherever they are. `.git` always is.
    pub skip: &'static [&'static str],
}

impl Limits {
    /// What a catalog folder may hold: 20 000 files and as many folders, 64 MiB in all. Everything is in memory at
    /// once, more than once.
    pub const CATALOG: Self = Self { file: 64 << 20, total: 64 << 20, files: 20_000, skip: &[] };
}

/// Reads a regular file of at most `limit` bytes.
///
/// # Errors
/// [`Class::Limit`] when it is longer, [`Class::Rejected`] when it is not a regular file,
/// [`Class::System`] when it cannot be read.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>> {
    Ok(contents(open(path, OFlags::empty())?, path, limit)?.contents)
}

/// The same, but no file that a symbolic link leads to.
///
/// # Errors
/// As [`read_bytes`]; a symbolic link cannot be read.
pub fn read_plain(path: &Path, limit: u64) -> Result<Vec<u8>> {
    Ok(contents(open(path, OFlags::NOFOLLOW)?, path, limit)?.contents)
}

fn open(path: &Path, flags: OFlags) -> Result<Handle> {
    // Without NONBLOCK, opening a named pipe would wait for a writer for ever.
    let flags = flags | OFlags::NONBLOCK;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
        .map_err(|error| Error::system("read", path.display(), &error))
}

fn contents(file: Handle, path: &Path, limit: u64) -> Result<File> {
    let shown = path.display();
    let failed = |error: io::Error| Error::system("read", &shown, &error);
    let found = file.metadata().map_err(failed)?;
    if !found.is_file() {
        return Err(Error::new(Class::Rejected, format!("`{shown}` is not a regular file")));
    }
    // One byte more than allowed: the size that the file claims may change while it is read. And no more room than
    // allowed, whatever it claims.
    let most = limit.saturating_add(1);
    let mut contents =
        Vec::with_capacity(usize::try_from(found.len().saturating_add(1).min(most)).unwrap_or(0));
    file.take(most).read_to_end(&mut contents).map_err(failed)?;
    if contents.len() as u64 > limit {
        return Err(Error::new(Class::Limit, format!("`{shown}` is longer than {limit} bytes")));
    }
    Ok(File { contents, executable: found.permissions().mode() & 0o111 != 0 })
}

/// Reads a regular UTF-8 file of at most `limit` bytes.
///
/// # Errors
/// As [`read_bytes`], and [`Class::Rejected`] when it is not UTF-8.
pub fn read_text(path: &Path, limit: u64) -> Result<String> {
    String::from_utf8(read_bytes(path, limit)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::new(Class::Rejected, format!("`{}` is not UTF-8 at byte {at}", path.display()))
    })
}

/// Reads all files under `root`, which may itself be reached through a symbolic link.
///
/// # Errors
/// [`Class::Rejected`] for a symbolic link, a special file or a name that no project may have,
/// [`Class::Limit`] over one of `limits`, [`Class::System`] when something cannot be read.
pub fn read_tree(root: &Path, limits: Limits) -> Result<Tree> {
    let walk = Walk { root, limits, files: AtomicUsize::new(0), folders: AtomicUsize::new(0) };
    let mut files = vec![];
    let mut folders = vec![String::new()];
    // A level at a time. There are not many: their number is bounded by [`RelPath`].
    while !folders.is_empty() {
        for found in parallel::map(std::mem::take(&mut folders), |folder| walk.folder(&folder)) {
            let mut found = found?;
            files.append(&mut found.files);
            folders.append(&mut found.folders);
        }
    }
    let total = AtomicU64::new(0);
    parallel::map(files, |path| file(root, path, limits, &total)).into_iter().collect()
}

/// A way through all folders.
struct Walk<'a> {
    root: &'a Path,
    limits: Limits,
    /// The number of files so far.
    files: AtomicUsize,
    /// That of folders.
    folders: AtomicUsize,
}

/// What one folder holds.
#[derive(Default)]
struct Found {
    files: Vec<RelPath>,
    /// Its folders, as [`Walk::folder`] takes them.
    folders: Vec<String>,
}

impl Walk<'_> {
    /// Lists the folder at `relative`, which is empty or ends in `/`.
    fn folder(&self, relative: &str) -> Result<Found> {
        let count = |seen: &AtomicUsize, what: &str| match seen.fetch_add(1, Ordering::Relaxed) {
            seen if seen < self.limits.files => Ok(()),
            _ => Err(over(self.root, format_args!("{} {what}", self.limits.files))),
        };
        let mut found = Found::default();
        let folder = self.root.join(relative);
        let failed = |error: io::Error| Error::system("read", folder.display(), &error);
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let rejected = |why: &str| {
                Error::new(Class::Rejected, format!("the path `{}` {why}", entry.path().display()))
            };
            let name = entry.file_name().into_string().map_err(|_| rejected("is not UTF-8"))?;
            if name == ".git" || self.limits.skip.contains(&name.as_str()) {
                continue;
            }
            let path = RelPath::new(format!("{relative}{name}")).map_err(rejected)?;
            let kind = entry.file_type().map_err(failed)?;
            if kind.is_dir() {
                count(&self.folders, "folders")?;
                found.folders.push(format!("{path}/"));
            } else if !kind.is_file() {
                return Err(rejected("is neither a regular file nor a folder"));
            } else {
                count(&self.files, "files")?;
                found.files.push(path);
            }
        }
        Ok(found)
    }
}

/// Reads one file of a folder, of whose files `total` bytes were read so far.
fn file(root: &Path, path: RelPath, limits: Limits, total: &AtomicU64) -> Result<(RelPath, File)> {
    let over = || over(root, format_args!("{} bytes", limits.total));
    if total.load(Ordering::Relaxed) > limits.total {
        return Err(over());
    }
    let full = root.join(path.as_str());
    // NOFOLLOW: the entry may have become a symbolic link since the folder was listed.
    let file = contents(open(&full, OFlags::NOFOLLOW)?, &full, limits.file)?;
    let length = file.contents.len() as u64;
    if total.fetch_add(length, Ordering::Relaxed).saturating_add(length) > limits.total {
        return Err(over());
    }
    Ok((path, file))
}

fn over(root: &Path, what: impl Display) -> Error {
    Error::new(Class::Limit, format!("`{}` holds more than {what}", root.display()))
        .help("all of it is kept in memory: name a folder that holds less")
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    const SMALL: Limits = Limits { file: 8, total: 10, files: 2, skip: &[".venv"] };

    #[test]
    fn a_folder_becomes_a_tree() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("a/.venv")).unwrap();
        fs::create_dir(root.path().join(".git")).unwrap();
        fs::write(root.path().join(".git/HEAD"), "x").unwrap();
        fs::write(root.path().join("a/.venv/huge"), "123456789").unwrap();
        fs::write(root.path().join("a/b"), "b").unwrap();
        fs::set_permissions(root.path().join("a/b"), fs::Permissions::from_mode(0o755)).unwrap();
        let tree = read_tree(root.path(), SMALL).unwrap();
        let file = File { contents: b"b".to_vec(), executable: true };
        assert_eq!(tree.into_iter().collect::<Vec<_>>(), [(RelPath::new("a/b").unwrap(), file)]);
    }

    #[test]
    fn every_limit_holds() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(root.path().join(name), text).unwrap();
        write("a", "123456789");
        assert_eq!(read_tree(root.path(), SMALL).unwrap_err().class(), Class::Limit);
        write("a", "123456");
        write("b", "123456");
        assert_eq!(read_tree(root.path(), SMALL).unwrap_err().class(), Class::Limit);
        for name in ["a", "b", "c"] {
            write(name, "1");
        }
        assert_eq!(read_tree(root.path(), SMALL).unwrap_err().class(), Class::Limit);
        for name in ["a", "b", "c"] {
            fs::remove_file(root.path().join(name)).unwrap();
            fs::create_dir(root.path().join(name)).unwrap();
        }
        let error = read_tree(root.path(), SMALL).unwrap_err();
        assert!(error.class() == Class::Limit && error.message().contains("2 folders"), "{error}");
    }

    #[test]
    fn only_regular_utf8_files_are_read() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("x");
        symlink("/etc/passwd", &path).unwrap();
        assert_eq!(read_tree(root.path(), SMALL).unwrap_err().class(), Class::Rejected);
        fs::remove_file(&path).unwrap();
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        assert_eq!(read_text(&path, 8).unwrap_err().class(), Class::Rejected);
        fs::remove_file(&path).unwrap();
        fs::write(&path, b"ab\xff").unwrap();
        assert!(read_text(&path, 8).unwrap_err().message().contains("at byte 2"));
        assert_eq!(read_text(&path, 2).unwrap_err().class(), Class::Limit);
    }
}
