//! Writing one file for the user: it is new and complete, or not there.

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
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |error: io::Error| Error::system("write", path.display(), &error);
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(failed)?;
    // Less what the user's umask takes away.
    let mode = fs::Permissions::from_mode(0o666);
    let mut file = tempfile::Builder::new().permissions(mode).tempfile_in(folder).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
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
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/a");
        replace(&path, b"one").unwrap();
        replace(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
        assert_eq!(replace(&path.join("below"), b"").unwrap_err().class(), Class::System);
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
