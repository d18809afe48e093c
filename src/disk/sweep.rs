//! Removing what killed runs left behind.

use std::{
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use super::handle::{Folder, Lock};

/// Removes the stages in `parent` whose owner is gone.
///
/// A stage that cannot be looked at or removed stays: tidying up is no reason to fail.
pub fn sweep(parent: &Path, prefix: &str) {
    for (path, folder) in abandoned(parent, prefix) {
        let _ = fs::remove_dir_all(path);
        drop(folder);
    }
}

/// The stages in `parent` whose owner is gone, each with its lock held.
///
/// They begin with `prefix`, are real folders, belong to the current user, who alone may enter them, and
/// their lock is free. A folder that came with someone's repository is not private. On a file system without locks none is found, since a living owner could not be told from a dead one.
pub fn abandoned(parent: &Path, prefix: &str) -> Vec<(PathBuf, Folder)> {
    let user = rustix::process::geteuid().as_raw();
    let Ok(entries) = fs::read_dir(parent) else { return vec![] };
    let mut found: Vec<(PathBuf, Folder)> = entries
        .flatten()
        .filter(|entry| entry.file_name().as_encoded_bytes().starts_with(prefix.as_bytes()))
        .filter(|entry| {
            entry.metadata().is_ok_and(|is| is.is_dir() && is.uid() == user && is.mode() & 0o077 == 0)
        })
        .filter_map(|entry| Some((entry.path(), Folder::open(&entry.path()).ok()?)))
        .filter(|(path, folder)| folder.lock() == Lock::Held && folder.is_at(path))
        .collect();
    found.sort_by(|(a, _), (b, _)| a.cmp(b));
    found
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn only_abandoned_stages_go() {
        let parent = tempfile::tempdir().unwrap();
        let at = |name: &str| parent.path().join(name);
        for name in [".stage-dead", ".stage-alive", "other"] {
            fs::create_dir_all(at(name).join("within")).unwrap();
        }
        fs::write(at(".stage-file"), "").unwrap();
        symlink(at("other"), at(".stage-link")).unwrap();
        for name in [".stage-dead", ".stage-alive"] {
            Folder::open(&at(name)).unwrap().set_mode(0o700).unwrap();
        }
        fs::create_dir(at(".stage-public")).unwrap();
        let alive = Folder::open(&at(".stage-alive")).unwrap();
        assert_eq!(alive.lock(), Lock::Held);
        sweep(parent.path(), ".stage-");
        assert!(!at(".stage-dead").exists());
        for name in [".stage-alive/within", ".stage-public", ".stage-file", ".stage-link", "other/within"] {
            assert!(at(name).exists(), "{name}");
        }
    }
}
