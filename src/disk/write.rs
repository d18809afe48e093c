//! Writing one file for the user: at every moment it is as it was, or complete.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use crate::{
    error::{Class, Error, Result},
    relpath::RelPath,
    tree::Tree,
};

/// Writes a new file; one that is there is left alone, unless it holds just these bytes.
///
/// # Errors
/// [`Class::Refused`] when another file is there, [`Class::System`] when the disk fails; nothing is left behind.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let shown = path.display();
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            if super::read_bytes(path, bytes.len() as u64 + 1).is_ok_and(|present| present == bytes) {
                return Ok(());
            }
            return Err(Error::new(
                Class::Refused,
                format!("`{shown}` is there already, with other contents"),
            )
            .help("name another file, compare the two, and keep what you edited"));
        }
        Err(error) => return Err(Error::system("write", &shown, &error)),
    };
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| {
        let _ = fs::remove_file(path);
        Error::system("write", &shown, &error)
    })
}

/// Writes a file, in place of the one that is there; its folder is made when it is missing.
///
/// # Errors
/// [`Class::System`] when the disk fails; the older file stays.
pub fn overwrite(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |error: io::Error| Error::system("write", path.display(), &error);
    fs::create_dir_all(folder_of(path)).map_err(failed)?;
    // Less what the user's umask takes away.
    let stage = staged(path, bytes, fs::Permissions::from_mode(0o666)).map_err(failed)?;
    stage.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Puts `new` in the place of a file that holds `old`, by one rename; its permissions stay.
///
/// # Errors
/// [`Class::Refused`] when the file is no plain one, or no longer holds `old`; [`Class::System`] when the disk fails.
/// Then it is as it was.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<()> {
    let shown = path.display();
    let failed = |error: io::Error| Error::system("write", &shown, &error);
    let kind = fs::symlink_metadata(path).map_err(failed)?;
    if !kind.is_file() {
        return Err(Error::new(Class::Refused, format!("`{shown}` is no plain file"))
            .help("name the file itself; nothing is written through a link"));
    }
    let stage = staged(path, new, kind.permissions()).map_err(failed)?;
    stage.as_file().set_permissions(kind.permissions()).map_err(failed)?;
    if !super::read_bytes(path, old.len() as u64 + 1).is_ok_and(|present| present == old) {
        return Err(
            Error::new(Class::Refused, format!("`{shown}` was changed in the meantime")).help("run it again")
        );
    }
    stage.persist(path).map_err(|error| failed(error.error))?;
    fs::File::open(folder_of(path)).and_then(|folder| folder.sync_all()).map_err(failed)
}

/// What will stand at `path`, on the disk beside it.
fn staged(path: &Path, bytes: &[u8], mode: fs::Permissions) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    let mut stage = builder.prefix(".scaffold-").permissions(mode).tempfile_in(folder_of(path))?;
    stage.write_all(bytes)?;
    stage.as_file().sync_all()?;
    Ok(stage)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes a file of ours; one that is not there is no failure.
///
/// # Errors
/// [`Class::System`] when the disk fails.
pub fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::system("remove", path.display(), &error))
        }
        _ => Ok(()),
    }
}

/// Writes the files of `tree` below `root`; what is there stays. All of them are new, or hold just these bytes.
///
/// # Errors
/// As [`write_new`]; the files that were written are removed again.
pub fn write_beside(root: &Path, tree: &Tree) -> Result<()> {
    let mut written: Vec<PathBuf> = vec![];
    let mut one = |path: &RelPath, contents: &[u8]| -> Result<()> {
        let target = root.join(path.as_str());
        let is_new = !target.exists();
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|error| Error::system("make", folder.display(), &error))?;
        }
        write_new(&target, contents)?;
        if is_new {
            written.push(target);
        }
        Ok(())
    };
    let result = tree.iter().try_for_each(|(path, file)| one(path, &file.contents));
    if result.is_err() {
        written.iter().for_each(|path| {
            let _ = fs::remove_file(path);
        });
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        write_new(&path, b"one").unwrap();
        write_new(&path, b"one").unwrap();
        assert_eq!(write_new(&path, b"two").unwrap_err().class(), Class::Refused);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(write_new(&folder.path().join("x/a"), b"").unwrap_err().class(), Class::System);
    }

    #[test]
    fn a_file_is_written_over_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/a");
        overwrite(&path, b"one").unwrap();
        overwrite(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        assert_eq!(overwrite(&path.join("below"), b"").unwrap_err().class(), Class::System);
    }

    #[test]
    fn a_file_is_replaced_as_a_whole_or_not_at_all() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "one").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, b"one", b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(replace(&path, b"one", b"three").unwrap_err().class(), Class::Refused);
        symlink(&path, folder.path().join("link")).unwrap();
        let link = folder.path().join("link");
        assert_eq!(replace(&link, b"two", b"three").unwrap_err().class(), Class::Refused);
        assert_eq!(replace(&folder.path().join("none"), b"", b"").unwrap_err().class(), Class::System);
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left behind");
        remove(&path).unwrap();
        remove(&path).unwrap();
    }

    #[test]
    fn files_beside_others_are_all_new_or_none_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| (RelPath::new(name).unwrap(), crate::tree::File::text("x".to_owned()));
        let tree: Tree = [file("a/b"), file("c")].into();
        write_beside(folder.path(), &tree).unwrap();
        fs::write(folder.path().join("c"), "mine").unwrap();
        let more: Tree = [file("a/n"), file("c")].into();
        assert_eq!(write_beside(folder.path(), &more).unwrap_err().class(), Class::Refused);
        assert_eq!(fs::read(folder.path().join("c")).unwrap(), b"mine");
        assert!(!folder.path().join("a/n").exists());
    }
}
