//! Finding out whether a disk is full, for programs that fail on it without saying so.

use std::{fs, io, path::Path};

/// How many files are tried, and how long they are in bytes.
const FILES: usize = 4;
const LENGTH: usize = 256 << 10;

/// Why nothing more can be written into `folder`, `None` when something can.
///
/// Only for a folder that is about to be removed: what was tried may be left in it.
pub fn trouble(folder: &Path) -> Option<io::Error> {
    let mut result = Ok(());
    for number in 0..FILES {
        let path = folder.join(format!(".room-{number}"));
        result = result.and_then(|()| fs::write(path, vec![0; LENGTH]));
    }
    for number in 0..FILES {
        let _ = fs::remove_file(folder.join(format!(".room-{number}")));
    }
    result.err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_takes_files_is_no_trouble() {
        let folder = tempfile::tempdir().unwrap();
        assert!(trouble(folder.path()).is_none());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(trouble(&folder.path().join("missing")).is_some());
    }
}
