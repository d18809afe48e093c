//! Writing one file for the user: it is new and complete, or not there.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

use crate::error::{Class, Error, Result};

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
}
