//! What became of a preset that `distill` wrote before, as text.

use std::fmt::Write;

use crate::{
    distill::{Change, Changes},
    ops::preset_file::Written,
};

/// The longest value that is shown whole, in characters.
const MAX_VALUE: usize = 160;

/// What became of `file`.
pub(super) fn text(written: &Written, file: &str) -> String {
    match written {
        Written::New => format!("Wrote {file}\n\n"),
        Written::Same => format!("{file} says so already\n\n"),
        Written::Updated(changes) => {
            format!("Brought {file} up to date; nobody had edited it\n{}\n", listed(changes))
        }
        Written::Merged(changes) => {
            let head = if changes.taken.is_empty() && changes.both.is_empty() {
                format!("Nothing of the document that {file} rests on has changed")
            } else {
                format!("Brought {file} up to date, with what you edited")
            };
            format!("{head}\n{}\n", listed(changes))
        }
    }
}

fn listed(changes: &Changes) -> String {
    let mut out = String::new();
    let sides = ["in the file: ", "the document: "];
    let groups = [
        ("You and the document changed it; yours stays", &changes.both, sides),
        ("Taken over from the document", &changes.taken, ["- ", "+ "]),
        ("Kept as you edited it", &changes.kept, sides),
    ];
    for (heading, entries, words) in groups.into_iter().filter(|(_, entries, _)| !entries.is_empty()) {
        let _ = writeln!(out, "\n{heading}:");
        entries.iter().for_each(|it| one(it, words, &mut out));
    }
    out
}

/// An entry, with what the file has or had for it and what the document gives, after a word for each.
fn one(change: &Change, words: [&str; 2], out: &mut String) {
    let line = change.line.map(|line| format!(" [line {line}]")).unwrap_or_default();
    let why = if change.why.is_empty() { String::new() } else { format!(": {}", change.why) };
    let _ = writeln!(out, "  - {}{line}{why}", change.entry);
    for (word, value) in words.into_iter().zip([&change.yours, &change.document]) {
        if let Some(value) = value {
            let _ = writeln!(out, "      {word}{}", short(value));
        }
    }
}

fn short(value: &str) -> String {
    let flat = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = flat.chars().take(MAX_VALUE).collect();
    if cut.len() < flat.len() { format!("{cut} ...") } else { cut }
}
