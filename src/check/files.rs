//! Files that are there, or are not, and the lines of ignore files.

use super::{Fault, Subject};
use crate::preset::{FilesCheck, LinesCheck};

/// Files that are there, or are not.
pub(super) fn files(check: &FilesCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let mut faults = vec![];
    for pattern in &check.present {
        if !subject.tree.keys().any(|path| subject.fits(pattern, path)) {
            let named = pattern.replace("{package}", subject.package);
            faults.push(Fault::new(&named, 0, format!("no file is at `{named}`"), format!("add `{named}`")));
        }
    }
    for pattern in &check.absent {
        for path in subject.tree.keys().filter(|path| subject.fits(pattern, path)) {
            let message = format!("`{path}` must not be there");
            faults.push(Fault::new(path.as_str(), 0, message, format!("remove `{path}`")));
        }
    }
    faults
}

/// Lines of one file, compared without blanks around them.
pub(super) fn lines(check: &LinesCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let path = check.file.replace("{package}", subject.package);
    let Some(text) = subject.text(&path) else {
        return vec![Fault::new(&path, 0, format!("`{path}` is missing"), format!("add `{path}`"))];
    };
    let has = |wanted: &str| text.lines().position(|line| line.trim() == wanted.trim());
    let mut faults = vec![];
    for line in check.present.iter().filter(|line| has(line).is_none()) {
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
