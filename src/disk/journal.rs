//! The steps that fill a folder: written down before the first one is done, so that a run that was
//! killed between two of them can be finished by the next.

use std::{ffi::OsStr, io};

use super::handle::Folder;
use crate::hash::sha256;

/// The largest file that a step merges, in bytes.
pub const MERGED: u64 = 1 << 20;

/// One step; all names are single components.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A new entry is moved in. Nothing of that name is there.
    Move(String),
    /// A file of the user is exchanged for its merged version.
    Merge {
        /// Its name.
        name: String,
        /// The hash of the user's version, from which the merge was made.
        old: String,
        /// The hash of the merged version.
        new: String,
    },
}

/// Why the steps could not all be done.
#[derive(Debug)]
pub struct Stuck {
    /// How many were done.
    pub done: usize,
    /// The name that the next one is about.
    pub name: String,
    /// What stood in the way; [`io::ErrorKind::AlreadyExists`] when someone else made that entry.
    pub error: io::Error,
}

/// The steps as text, one per line.
pub fn write(steps: &[Step]) -> String {
    let line = |step: &Step| match step {
        Step::Move(name) => format!("move {name}\n"),
        Step::Merge { name, old, new } => format!("merge {old} {new} {name}\n"),
    };
    steps.iter().map(line).collect()
}

/// Reads what [`write`] wrote, `None` when it is anything else.
pub fn parse(text: &str) -> Option<Vec<Step>> {
    let step = |line: &str| {
        let step = match line.split_once(' ')? {
            ("move", name) => Step::Move(name.to_owned()),
            ("merge", rest) => {
                let mut parts = rest.splitn(3, ' ').map(str::to_owned);
                let (old, new, name) = (parts.next()?, parts.next()?, parts.next()?);
                Step::Merge { name, old, new }
            }
            _ => return None,
        };
        is_name(step.name()).then_some(step)
    };
    text.ends_with('\n').then(|| text.lines().map(step).collect())?
}

/// Whether `name` is a single component that a line of the journal can hold.
pub fn is_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\n', '\r', '\0'])
}

impl Step {
    /// The name of the entry.
    pub fn name(&self) -> &str {
        match self {
            Self::Move(name) | Self::Merge { name, .. } => name,
        }
    }
}

/// Does all `steps` from `stage` to `target`. Those that were done before are passed over.
///
/// With `patient`, a file that the user has changed since the merge stays as it is: an interrupted
/// run is being finished, and the user's version counts. Without, it stops the steps.
pub fn apply(steps: &[Step], stage: &Folder, target: &Folder, patient: bool) -> Result<(), Box<Stuck>> {
    for (done, step) in steps.iter().enumerate() {
        let result = match step {
            Step::Move(name) => move_in(name, stage, target),
            Step::Merge { name, old, new } => merge(name, (old, new), stage, target, patient),
        };
        result.map_err(|error| Box::new(Stuck { done, name: step.name().to_owned(), error }))?;
    }
    Ok(())
}

/// Takes `steps` back, the last one first.
pub fn undo(steps: &[Step], stage: &Folder, target: &Folder) -> io::Result<()> {
    for step in steps.iter().rev() {
        match step {
            Step::Move(name) => target.rename_new(OsStr::new(name), stage, OsStr::new(name))?,
            Step::Merge { name, old, new } => merge(name, (new, old), stage, target, true)?,
        }
    }
    Ok(())
}

fn move_in(name: &str, stage: &Folder, target: &Folder) -> io::Result<()> {
    let name = OsStr::new(name);
    match stage.rename_new(name, target, name) {
        // Moved before, by the run that is being finished.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn merge(
    name: &str,
    (old, new): (&str, &str),
    stage: &Folder,
    target: &Folder,
    patient: bool,
) -> io::Result<()> {
    let name = OsStr::new(name);
    let changed = || io::Error::other("it was changed meanwhile");
    let current = match target.read(name, MERGED) {
        Ok(contents) => sha256(&contents),
        Err(_) if patient => return Ok(()),
        Err(error) => return Err(error),
    };
    if current == new {
        // Done before, unless the user saved the file in the very moment in which we were killed.
        return match stage.read(name, MERGED) {
            Ok(left) if ![old, new].contains(&&*sha256(&left)) => {
                stage.exchange(name, target, name).map(drop)
            }
            _ => Ok(()),
        };
    }
    if current != old {
        return if patient { Ok(()) } else { Err(changed()) };
    }
    // Exchanged, not replaced: what was there is in the stage now, and can be looked at once more.
    if !stage.exchange(name, target, name)? {
        return stage.rename(name, target, name);
    }
    if sha256(&stage.read(name, MERGED)?) == old {
        return Ok(());
    }
    stage.exchange(name, target, name)?;
    if patient { Ok(()) } else { Err(changed()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_read_back_and_nothing_else_does() {
        let steps = vec![
            Step::Move("a b".into()),
            Step::Merge { name: ".gitignore".into(), old: "1".into(), new: "2".into() },
        ];
        assert_eq!(parse(&write(&steps)), Some(steps));
        for bad in ["", "move a", "move ../x\n", "move ..\n", "merge 1 2\n", "drop x\n", "move \n"] {
            assert_eq!(parse(bad), None, "{bad:?}");
        }
    }
}
