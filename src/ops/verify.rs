//! `scaffold verify`: runs the gates that the record of a project lists.

use std::path::Path;

use crate::{
    disk::{self, Stop},
    error::{Class, Error, Result},
    gates::{self, Event, Outcome},
    record::{self, Record},
    relpath::RelPath,
};

/// The largest file of a record, in bytes.
const MAX_RECORD: u64 = 1 << 20;

/// Reads the record of the project in `directory`.
///
/// # Errors
/// There is none, or it is damaged.
pub fn record(directory: &Path) -> Result<Record> {
    let lookup = |path: &RelPath| {
        let path = directory.join(path.as_str());
        if path.exists() { disk::read_bytes(&path, MAX_RECORD).map(Some) } else { Ok(None) }
    };
    if !directory.is_dir() {
        return Err(Error::new(Class::Refused, format!("there is no folder `{}`", directory.display())));
    }
    if !directory.join(record::FOLDER).is_dir() {
        let message = format!("`{}` has no record of how it was made", directory.display());
        return Err(Error::new(Class::Refused, message)
            .help("name a project that `scaffold new` made: `scaffold verify DIR`"));
    }
    record::read(&lookup)
}

/// Runs all gates of `record` in `directory`.
pub fn run(
    record: &Record,
    directory: &Path,
    stop: &Stop,
    progress: &mut dyn FnMut(Event<'_>),
) -> Vec<Outcome> {
    gates::run(&record.gates, directory, stop, progress)
}
