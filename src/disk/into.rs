//! Filling a folder that is already there, such as a fresh clone: all of the project, or none of it.
//!
//! Everything is staged inside the folder, the steps are written to a journal, and one rename of the
//! journal decides: before it the run is undone, after it it is finished, by this run or the next.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    handle::{Folder, Lock},
    journal::{self, Step},
    stage::Stage,
    stop::Stop,
    sweep::abandoned,
    target::{PREFIX, Target, names},
};
use crate::{
    error::{Class, Error, Result},
    hash::sha256,
    relpath::RelPath,
    tree::{File, Tree},
};

/// The journal before and after the decision, and the folder with the new files.
const PLAN: &str = "plan";
const DECIDED: &str = "COMMIT";
const FILES: &str = "files";
/// The one file that is merged.
const IGNORE: &str = ".gitignore";

/// What became of the user's own files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Files that stayed in place of ours, sorted.
    pub kept: Vec<String>,
    /// Files that got lines of ours added, sorted.
    pub merged: Vec<String>,
}

/// What [`recover`] did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recovery {
    /// There was nothing to do.
    Nothing,
    /// A run that had not decided was undone.
    Undone,
    /// A run that had decided was finished.
    Finished,
}

/// Writes `tree` into `target`, an empty folder or a fresh clone.
///
/// What is there stays: a file of the tree gives way to an entry of the same name, except `.gitignore`,
/// which gets the lines that it lacks. `finish` is called with the absolute path of a folder that holds
/// the project as it will be, the user's files included; it must not make a `.git` where one is.
///
/// # Errors
/// [`Class::Refused`] when the target is something else or changes meanwhile, the class of the signal
/// after a stop, [`Class::System`] when the disk fails, and whatever `finish` returns.
pub fn fill(
    target: &Path,
    tree: &Tree,
    finish: &mut dyn FnMut(&Path) -> Result<()>,
    stop: &Stop,
) -> Result<Kept> {
    let failed = |error: io::Error| Error::system("write into", target.display(), &error);
    stop.check()?;
    let (path, folder) = open(target)?;
    if folder.lock() == Lock::Busy {
        return Err(Error::new(
            Class::Refused,
            format!("another run is writing into `{}`", target.display()),
        ));
    }
    if settle(&path)? == Recovery::Finished {
        let message = format!("an interrupted run was finished in `{}`", target.display());
        return Err(Error::new(Class::Refused, message).help("the project there is complete"));
    }
    if let Some(refusal) = Target::look(target)?.refusal(target, true) {
        return Err(refusal);
    }
    let existing: Vec<String> =
        names(&path).map_err(failed)?.into_iter().filter(|name| !name.starts_with(PREFIX)).collect();
    let (tree, kept) = overlay(tree, &existing, &folder, target)?;
    let stage = Stage::new(&path, PREFIX, OsStr::new("new"))?;
    let files = stage.folder().make(OsStr::new(FILES)).map_err(failed)?;
    files.write_tree(&tree, stop)?;
    finish(&stage.path().join(FILES))?;
    let steps = plan(&stage, &path, &existing, &kept, &folder).map_err(failed)?;
    stop.check()?;
    stage.folder().write(OsStr::new(PLAN), &File::text(journal::write(&steps))).map_err(failed)?;
    stage.folder().sync_all().map_err(failed)?;
    stop.check()?;
    stage.folder().rename(OsStr::new(PLAN), stage.folder(), OsStr::new(DECIDED)).map_err(failed)?;
    // From here on a wish to stop comes too late: the rest is a handful of renames.
    carry_out(&steps, stage, &files, &folder, target)?;
    Ok(kept)
}

/// Finishes or undoes what a killed run left in `target`; call it before anything looks at the target.
///
/// # Errors
/// [`Class::Refused`] when something of the user stands in the way, [`Class::System`] when the disk fails.
pub fn recover(target: &Path) -> Result<Recovery> {
    if !matches!(Target::look(target), Ok(found) if found != Target::Absent) {
        return Ok(Recovery::Nothing);
    }
    let Ok((path, folder)) = open(target) else { return Ok(Recovery::Nothing) };
    if folder.lock() == Lock::Busy {
        return Ok(Recovery::Nothing);
    }
    settle(&path)
}

fn open(target: &Path) -> Result<(PathBuf, Folder)> {
    let failed = |error: io::Error| Error::system("open", target.display(), &error);
    let path = fs::canonicalize(target).map_err(failed)?;
    let folder = Folder::open(&path).map_err(failed)?;
    Ok((path, folder))
}

/// Finishes or undoes every abandoned stage in the folder at `path`, whose lock is held.
fn settle(path: &Path) -> Result<Recovery> {
    let mut recovery = Recovery::Nothing;
    for (stage, folder) in abandoned(path, PREFIX) {
        let journal = match folder.read(OsStr::new(DECIDED), journal::MERGED) {
            Ok(journal) => Some(journal),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(Error::system("read", stage.join(DECIDED).display(), &error)),
        };
        match journal {
            None if recovery == Recovery::Nothing => recovery = Recovery::Undone,
            None => {}
            Some(journal) => {
                finish_journal(&journal, &stage, &folder, path)?;
                recovery = Recovery::Finished;
            }
        }
        fs::remove_dir_all(&stage).map_err(|error| Error::system("remove", stage.display(), &error))?;
    }
    Ok(recovery)
}

fn finish_journal(journal: &[u8], stage: &Path, folder: &Folder, path: &Path) -> Result<()> {
    let failed = |error: io::Error| Error::system("finish the interrupted run in", path.display(), &error);
    let help = format!("`{}` holds what is still to be moved", stage.join(FILES).display());
    let steps = std::str::from_utf8(journal).ok().and_then(journal::parse).ok_or_else(|| {
        Error::new(Class::Refused, format!("the journal of `{}` is damaged", stage.display())).help(&*help)
    })?;
    let target = Folder::open(path).map_err(failed)?;
    let files = folder.child(OsStr::new(FILES)).map_err(failed)?;
    journal::apply(&steps, &files, &target, true).map_err(|stuck| match stuck.error.kind() {
        io::ErrorKind::AlreadyExists => Error::new(
            Class::Refused,
            format!(
                "an interrupted run cannot be finished: `{}` is in the way",
                path.join(&stuck.name).display()
            ),
        )
        .help("move it away and run the command again")
        .help(&*help),
        _ => failed(stuck.error),
    })?;
    target.sync().map_err(failed)?;
    folder.remove(OsStr::new(DECIDED)).map_err(failed)
}

/// The project as it will be: `tree` under the user's own files. Entries that are not regular files,
/// such as `.git`, are kept too, but have no place in the tree.
fn overlay(tree: &Tree, existing: &[String], folder: &Folder, target: &Path) -> Result<(Tree, Kept)> {
    let (mut tree, mut kept) = (tree.clone(), Kept::default());
    for name in existing {
        let Ok(path) = RelPath::new(name.as_str()) else { continue };
        let failed = |error: io::Error| Error::system("read", target.join(name).display(), &error);
        let below = format!("{name}/");
        let replaces_folder = tree.keys().any(|path| path.as_str().starts_with(&below));
        let kind = folder.kind(OsStr::new(name)).map_err(failed)?;
        let ours = tree.remove(&path);
        tree.retain(|path, _| !path.as_str().starts_with(&below));
        if kind != Some(rustix::fs::FileType::RegularFile) {
            if ours.is_some() || replaces_folder {
                kept.kept.push(name.clone());
            }
            continue;
        }
        let mut contents = folder.read(OsStr::new(name), journal::MERGED).map_err(failed)?;
        match ours {
            Some(ours) if name == IGNORE => {
                if let Some(merged) = with_lines(&contents, &ours.contents) {
                    contents = merged;
                    kept.merged.push(name.clone());
                }
            }
            Some(_) => kept.kept.push(name.clone()),
            None => {}
        }
        tree.insert(path, File { contents, executable: false });
    }
    Ok((tree, kept))
}

/// `own` with the patterns of `ours` that it lacks, `None` when it has them all.
fn with_lines(own: &[u8], ours: &[u8]) -> Option<Vec<u8>> {
    let lines = |text: &[u8]| -> Vec<Vec<u8>> {
        text.split(|byte| *byte == b'\n').map(|line| line.trim_ascii_end().to_vec()).collect()
    };
    let have = lines(own);
    let mut missing = lines(ours);
    missing.retain(|line| !line.is_empty() && !line.starts_with(b"#") && !have.contains(line));
    if missing.is_empty() {
        return None;
    }
    let end: &[u8] = if own.windows(2).any(|pair| pair == b"\r\n") { b"\r\n" } else { b"\n" };
    let mut merged = own.to_vec();
    if !merged.is_empty() && !merged.ends_with(b"\n") {
        merged.extend_from_slice(end);
    }
    for line in missing {
        merged.extend_from_slice(&line);
        merged.extend_from_slice(end);
    }
    Some(merged)
}

/// The steps from the stage to the target: sorted, so that two runs meet at the first one.
fn plan(
    stage: &Stage,
    path: &Path,
    existing: &[String],
    kept: &Kept,
    folder: &Folder,
) -> io::Result<Vec<Step>> {
    let files = stage.path().join(FILES);
    let mut steps = vec![];
    for name in names(&files)? {
        if !journal::is_name(&name) || files.join(&name).symlink_metadata().is_err() {
            return Err(io::Error::other(format!("the name {name:?} is not allowed")));
        }
        if !existing.contains(&name) {
            steps.push(Step::Move(name));
        }
    }
    for name in &kept.merged {
        let old = sha256(&folder.read(OsStr::new(name), journal::MERGED)?);
        let new = sha256(&fs::read(files.join(name))?);
        let mode = fs::symlink_metadata(path.join(name))?.permissions();
        fs::set_permissions(files.join(name), mode)?;
        steps.push(Step::Merge { name: name.clone(), old, new });
    }
    Ok(steps)
}

/// Does the steps; what cannot be done is undone, or left to the next run when even that fails.
fn carry_out(steps: &[Step], stage: Stage, files: &Folder, folder: &Folder, target: &Path) -> Result<()> {
    let decided = OsStr::new(DECIDED);
    let Err(stuck) = stage
        .folder()
        .sync()
        .map_err(|error| Box::new(journal::Stuck { done: 0, name: DECIDED.to_owned(), error }))
        .and_then(|()| journal::apply(steps, files, folder, false))
    else {
        // The renames reach the device before the journal goes; not fatal, as in `create`.
        let _ = folder.sync();
        let _ = stage.folder().remove(decided);
        return Ok(());
    };
    let place = target.join(&stuck.name);
    let error = match stuck.error.kind() {
        io::ErrorKind::AlreadyExists => {
            let message = format!("`{}` appeared while the project was being made", place.display());
            Error::new(Class::Refused, message)
        }
        _ => Error::system("write", place.display(), &stuck.error),
    };
    let undone =
        journal::undo(&steps[..stuck.done], files, folder).and_then(|()| stage.folder().remove(decided));
    if undone.is_err() {
        stage.keep();
        return Err(error.help("run the same command again: it finishes what was begun"));
    }
    Err(error)
}
