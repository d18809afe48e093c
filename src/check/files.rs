//! Files that are there, or are not, and the lines of ignore files.

use super::{Fault, Subject};
use crate::preset::{FilesCheck, LinesCheck};

/// Files that are there, or are not.
pub(super) fn files(check: &FilesCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let mut faults = vec![];
    for pattern in missing(check, subject) {
        let named = pattern.replace("{package}", subject.package);
        faults.push(Fault::new(&named, 0, format!("no file is at `{named}`"), format!("add `{named}`")));
    }
    for pattern in &check.absent {
        for path in subject.tree.keys().filter(|path| subject.fits(pattern, path)) {
            let message = format!("`{path}` must not be there");
            faults.push(Fault::new(path.as_str(), 0, message, format!("remove `{path}`")));
        }
    }
    faults
}

/// The globs that no file fits.
pub(super) fn missing<'c>(check: &'c FilesCheck, subject: &Subject<'_>) -> Vec<&'c String> {
    let there = |pattern: &&String| subject.tree.keys().any(|path| subject.fits(pattern, path));
    check.present.iter().filter(|pattern| !there(pattern)).collect()
}

/// The lines that a file, if it is there, does not have.
pub(super) fn lacking<'c>(check: &'c LinesCheck, subject: &Subject<'_>) -> Vec<&'c String> {
    let text = subject.text(&check.file.replace("{package}", subject.package));
    let lacks =
        |wanted: &&String| text.is_some_and(|text| !text.lines().any(|line| line.trim() == wanted.trim()));
    check.present.iter().filter(lacks).collect()
}

/// Lines of one file, compared without blanks around them.
pub(super) fn lines(check: &LinesCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let path = check.file.replace("{package}", subject.package);
    let Some(text) = subject.text(&path) else {
        return vec![Fault::new(&path, 0, format!("`{path}` is missing"), format!("add `{path}`"))];
    };
    let has = |wanted: &str| text.lines().position(|line| line.trim() == wanted.trim());
    let mut faults = vec![];
    for line in lacking(check, subject) {
        let message = format!("`{path}` has no line `{line}`");
        faults.push(Fault::new(&path, 0, message, format!("add the line `{line}`")));
    }
    for line in &check.absent {
        if let Some(at) = has(line) {
            let message = format!("`{path}` has the line `{line}`");
            faults.push(Fault::new(&path, at + 1, message, format!("remove the line `{line}`")));
        }
    }
    faults
}
