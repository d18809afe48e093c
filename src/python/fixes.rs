//! Applies the edits that ruff proposes, as ruff does.

use std::collections::BTreeSet;

use ruff_diagnostics::{Applicability, Edit, Fix, IsolationLevel};
use ruff_text_size::{Ranged, TextSize};

/// Text after a round of fixes.
pub(crate) struct Fixed {
    /// The text.
    pub(crate) text: String,
    /// Whether some fixes had to wait, since they touch what another one has changed.
    pub(crate) unfinished: bool,
}

/// Applies the safe ones of `fixes` that do not get in each other's way; `None` when there are none.
pub(crate) fn apply<'a>(text: &str, fixes: impl Iterator<Item = &'a Fix>) -> Option<Fixed> {
    let mut fixes: Vec<&Fix> = fixes.filter(|fix| fix.applies(Applicability::Safe)).collect();
    if fixes.is_empty() {
        return None;
    }
    fixes.sort_by_key(|fix| fix.min_start());
    let mut fixed = Fixed { text: String::with_capacity(text.len()), unfinished: false };
    let mut position = 0;
    let mut applied: BTreeSet<&Edit> = BTreeSet::new();
    let mut groups: BTreeSet<u32> = BTreeSet::new();
    for fix in fixes {
        // All unused names of one statement come with the same edit.
        let edits: Vec<&Edit> = fix.edits().iter().filter(|edit| !applied.contains(edit)).collect();
        let Some(first) = edits.first() else { continue };
        let repeated = matches!(fix.isolation(), IsolationLevel::Group(group) if !groups.insert(group));
        let overlaps = !applied.is_empty() && offset(first.start()) <= position;
        if repeated || overlaps {
            fixed.unfinished = true;
            continue;
        }
        for edit in edits {
            fixed.text.push_str(text.get(position..offset(edit.start())).unwrap_or_default());
            fixed.text.push_str(edit.content().unwrap_or_default());
            position = offset(edit.end());
            applied.insert(edit);
        }
    }
    fixed.text.push_str(text.get(position..).unwrap_or_default());
    Some(fixed)
}

fn offset(size: TextSize) -> usize {
    size.to_usize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delete(range: std::ops::Range<u32>) -> Fix {
        Fix::safe_edit(Edit::deletion(range.start.into(), range.end.into()))
    }

    #[test]
    fn overlapping_and_isolated_fixes_wait() {
        let text = "abcdef";
        let run = |fixes: &[Fix]| apply(text, fixes.iter()).map(|fixed| (fixed.text, fixed.unfinished));
        assert_eq!(run(&[]), None);
        assert_eq!(run(&[delete(4..5), delete(0..1)]), Some(("bcdf".to_owned(), false)));
        assert_eq!(run(&[delete(0..1), delete(0..1)]), Some(("bcdef".to_owned(), false)));
        assert_eq!(run(&[delete(0..3), delete(2..4)]), Some(("def".to_owned(), true)));
        let grouped = [0..1, 4..5].map(|range| delete(range).isolate(IsolationLevel::Group(7)));
        assert_eq!(run(&grouped), Some(("bcdef".to_owned(), true)));
    }
}
