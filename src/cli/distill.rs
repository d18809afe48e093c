//! `scaffold distill`: documents in, facts or a preset out.

use std::{fmt::Write, process::ExitCode};

use serde_json::json;

use super::{args, input, report};
use crate::{
    disk,
    distill::{Note, Report},
    error::{Error, Result},
    facts,
    ops::distill,
    persona::Vocabulary,
    preset::Library,
};

/// The largest document, in bytes: more than the reader takes, so that it can say so.
pub(super) const MAX_DOCUMENT: u64 = 8 << 20;
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
    let yaml = &made.distilled.yaml;
    if let Some(output) = &args.output {
        disk::write_new(output, yaml.as_bytes())?;
    }
    if args.json {
        report::json(&json!({
            "preset": made.distilled.name, "persona": made.persona, "yaml": yaml,
            "report": made.distilled.report,
            "written": args.output.as_ref().map(|it| it.display().to_string()),
        }));
    } else {
        if args.output.is_none() {
            report::result(yaml);
        }
        report::note(&text(&made.distilled.report, &made.persona.name));
    }
    Ok(ExitCode::SUCCESS)
}

/// The report as it is read.
pub(super) fn text(report: &Report, document: &str) -> String {
    let mut out = format!("{document}\n");
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
            let lines: Vec<String> = many.iter().map(ToString::to_string).collect();
            let _ = write!(text, " [lines {}]", lines.join(", "));
        }
    }
    if !note.why.is_empty() {
        let _ = write!(text, ": {}", note.why);
    }
    text
}

/// An item of a list, with its further lines indented.
fn wrapped(text: &str, out: &mut String) {
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
