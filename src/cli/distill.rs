//! `scaffold distill`: documents in, facts or a preset out.

use std::{fmt::Write, process::ExitCode};

use serde_json::json;

use super::{again, args, input, report};
use crate::{
    distill::{Note, Report},
    error::{Class, Error, Result},
    facts,
    ops::{
        distill,
        preset_file::{self, Written},
    },
    persona::Vocabulary,
    preset::Library,
};

/// The largest document, in bytes: more than the reader takes, so that it can say so.
pub(super) const MAX_DOCUMENT: u64 = 8 << 20;
/// The most lines that are named for one thing; `--json` has all.
const MAX_SHOWN: usize = 8;
/// The widest line of the report.
const WIDTH: usize = 100;

/// Prints the facts of every document, or the preset that one document makes.
pub(super) fn run(args: &args::Distill, library: &Library) -> Result<ExitCode> {
    if args.facts {
        let vocabulary = Vocabulary::built_in();
        for path in &args.files {
            let (name, bytes) = input::bytes(path, MAX_DOCUMENT)?;
            let facts = distill::facts(&name, &bytes, &vocabulary)?;
            report::json(&facts::json(&facts));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let [path] = args.files.as_slice() else {
        return Err(Error::usage("a preset is made from one document").help("name one, or add `--facts`"));
    };
    let (name, bytes) = input::bytes(path, MAX_DOCUMENT)?;
    let made = distill::preset(&name, &bytes, library)?;
    let written = args.output.as_ref().map(|it| preset_file::write(&made, library, it)).transpose()?;
    let shown = args.output.as_ref().map(|it| it.display().to_string());
    if args.json {
        report::json(&json!({
            "preset": made.distilled.name, "persona": made.persona, "yaml": made.distilled.yaml,
            "report": made.distilled.report, "written": shown,
            "became": written.as_ref().map(Written::word), "changes": written.as_ref().and_then(Written::changes),
        }));
    } else {
        match (&written, &shown) {
            (Some(written), Some(file)) => report::note(&again::text(written, file)),
            _ => report::result(&made.distilled.yaml),
        }
        report::note(&text(&made.distilled.report, &made.persona.name));
    }
    let both = written.as_ref().and_then(Written::changes).is_some_and(|it| !it.both.is_empty());
    Ok(if both { ExitCode::from(Class::Findings as u8) } else { ExitCode::SUCCESS })
}

/// The report as it is read.
pub(super) fn text(report: &Report, document: &str) -> String {
    let counts: Vec<String> = report
        .groups()
        .iter()
        .filter(|(_, notes)| !notes.is_empty())
        .map(|(heading, notes)| format!("{} {}", heading.to_lowercase(), notes.len()))
        .collect();
    let mut out = format!("{document}: {}\n", counts.join(", "));
    for (heading, notes) in report.groups() {
        if notes.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{heading}:");
        for note in notes {
            wrapped(&one(note), &mut out);
        }
    }
    out
}

fn one(note: &Note) -> String {
    let mut text = note.what.clone();
    match note.lines.as_slice() {
        [] => {}
        [line] => {
            let _ = write!(text, " [line {line}]");
        }
        many => {
            let lines: Vec<String> = many.iter().take(MAX_SHOWN).map(ToString::to_string).collect();
            let more = match many.len() - lines.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let _ = write!(text, " [lines {}{more}]", lines.join(", "));
        }
    }
    if !note.why.is_empty() {
        let _ = write!(text, ": {}", note.why);
    }
    text
}

/// An item of a list, with its further lines indented.
pub(super) fn wrapped(text: &str, out: &mut String) {
    let mut line = String::from("  -");
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > WIDTH && line.len() > 4 {
            out.push_str(&line);
            out.push('\n');
            line = "   ".to_owned();
        }
        line.push(' ');
        line.push_str(word);
    }
    out.push_str(&line);
    out.push('\n');
}
