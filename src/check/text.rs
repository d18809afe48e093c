//! Text that files hold, or must not hold.

use super::{Fault, Subject};
use crate::preset::TextCheck;

/// Checks each selected text file.
pub(super) fn check(check: &TextCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let mut faults = vec![];
    for path in subject.select(&check.files, &check.except) {
        let Some(text) = subject.text(path.as_str()) else { continue };
        for wanted in check.present.iter().filter(|wanted| !text.contains(wanted.as_str())) {
            let message = format!("`{path}` does not hold `{wanted}`");
            faults.push(Fault::new(path.as_str(), 0, message, format!("add `{wanted}`")));
        }
        for banned in &check.absent {
            for (at, line) in text.lines().enumerate().filter(|(_, line)| line.contains(banned.as_str())) {
                let message = format!("`{banned}` must not be here: `{}`", line.trim());
                faults.push(Fault::new(path.as_str(), at + 1, message, format!("remove `{banned}`")));
            }
        }
    }
    faults
}
