//! The only printing: results to standard output, everything else to standard error.

use std::io::Write;

use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use serde_json::Value;

use crate::error::{Error, Mistake};

/// Prints a result.
pub(super) fn result(text: &str) {
    write(&mut anstream::stdout(), text);
}

/// Prints one JSON object as the result.
pub(super) fn json(value: &Value) {
    let text = serde_json::to_string_pretty(value).unwrap_or_default();
    write(&mut anstream::stdout(), &format!("{text}\n"));
}

/// Prints what goes on, or a word on the side.
pub(super) fn note(text: &str) {
    write(&mut anstream::stderr(), text);
}

/// Prints a failure: its places, causes and next steps.
pub(super) fn error(error: &Error) {
    note(&shown(error));
}

/// A failure as text, with colours that the stream strips where they do not belong.
pub(super) fn shown(error: &Error) -> String {
    let mut out = String::new();
    out.push_str(&snippets(error.places()));
    if error.places().len() > 1 {
        let rejected = format!("{}; nothing was written", error.message());
        out.push_str(&titled(Level::ERROR, &rejected));
    } else if error.places().is_empty() {
        out.push_str(&titled(Level::ERROR, error.message()));
    }
    for cause in error.causes() {
        out.push_str(&format!("caused by: {}\n", visible(cause)));
    }
    for step in error.next_steps() {
        out.push_str(&titled(Level::HELP, step));
    }
    out
}

/// Mistakes with the lines they are in.
pub(super) fn snippets(mistakes: &[Mistake]) -> String {
    mistakes.iter().map(|mistake| format!("{}\n", snippet(mistake))).collect()
}

/// A mistake as a JSON object.
pub(super) fn mistake_json(mistake: &Mistake) -> Value {
    let (line, column) = mistake.place();
    let (end_line, end_column) = mistake.source.line_column(mistake.span.end);
    serde_json::json!({
        "rule": mistake.rule, "message": mistake.title, "file": &*mistake.source.name,
        "line": line, "column": column, "end_line": end_line, "end_column": end_column,
        "note": Some(&mistake.label).filter(|label| !label.is_empty()),
        "help": mistake.help, "replacement": mistake.replacement,
    })
}

/// A failure as a JSON object.
pub(super) fn as_json(error: &Error) -> Value {
    let places: Vec<Value> = error.places().iter().map(mistake_json).collect();
    serde_json::json!({
        "error": {
            "class": error.class() as u8, "message": error.message(), "mistakes": places,
            "causes": error.causes(), "help": error.next_steps(),
        }
    })
}

fn titled(level: Level<'_>, text: &str) -> String {
    let text = visible(text);
    let group = Group::with_title(level.primary_title(&*text));
    format!("{}\n", Renderer::styled().render(&[group]))
}

fn snippet(mistake: &Mistake) -> String {
    let title = visible(&mistake.title);
    let source = Snippet::source(&*mistake.source.text)
        .path(&*mistake.source.name)
        .annotation(AnnotationKind::Primary.span(mistake.span.clone()).label(&*mistake.label));
    let mut groups = vec![Level::ERROR.primary_title(&*title).id(mistake.rule).element(source)];
    let help = mistake.help.as_deref().map(visible);
    if let Some(help) = &help {
        let heading = Level::HELP.secondary_title(&**help);
        groups.push(match &mistake.replacement {
            Some(text) => heading.element(
                Snippet::source(&*mistake.source.text)
                    .path(&*mistake.source.name)
                    .patch(Patch::new(mistake.span.clone(), &**text)),
            ),
            None => Group::with_title(heading),
        });
    }
    Renderer::styled().render(&groups).clone()
}

/// Text from outside, with what a terminal would act on made visible.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c != '\n' && crate::relpath::is_invisible(c) {
                c.escape_unicode().to_string()
            } else {
                c.to_string()
            }
        })
        .collect()
}

/// Writes and flushes; a reader that went away is no failure.
fn write(stream: &mut impl Write, text: &str) {
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}
