//! What holds for Python code: no placeholders, docstrings, types, calls and sizes.

use super::{Fault, Subject};
use crate::{
    preset::{CallsCheck, DocstringsCheck, LimitsCheck, PythonFiles},
    python::outline::{Body, Definition, Kind},
};

/// Words that mark unfinished work in comments.
const MARKERS: [&str; 4] = ["TODO", "FIXME", "XXX", "HACK"];

/// No unfinished work.
pub(super) fn placeholders(check: &PythonFiles, subject: &Subject<'_>) -> Vec<Fault> {
    let mut faults = vec![];
    for (path, outline) in subject.outlines(&check.files, &check.except) {
        for (line, comment) in &outline.comments {
            let mut words = comment.split(|c: char| !c.is_ascii_alphanumeric());
            if let Some(word) = words.find(|word| MARKERS.contains(word)) {
                let message = format!("a comment says `{word}`");
                faults.push(Fault::new(path.as_str(), *line, message, "finish it, or open an issue"));
            }
        }
        for it in outline.definitions.iter().filter(|it| it.kind == Kind::Function) {
            let what = match it.body {
                Body::Code => continue,
                Body::Empty | Body::Ellipsis if it.declares => continue,
                Body::Empty => "nothing but a docstring",
                Body::Pass => "nothing but `pass`",
                Body::Ellipsis => "nothing but `...`",
            };
            let message = format!("`{}` has {what} in it", it.name);
            faults.push(Fault::new(path.as_str(), it.line, message, "write the code"));
        }
        let empty =
            |it: &&Definition| it.kind == Kind::Class && matches!(it.body, Body::Pass | Body::Ellipsis);
        for it in outline.definitions.iter().filter(empty).filter(|it| it.docstring.is_some()) {
            let message = format!("the class `{}` has a placeholder beside its docstring", it.name);
            faults.push(Fault::new(path.as_str(), it.line, message, "remove the placeholder"));
        }
    }
    faults
}

/// A docstring on every definition.
pub(super) fn docstrings(check: &DocstringsCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let mut faults = vec![];
    for (path, outline) in subject.outlines(&check.files, &check.except) {
        for it in outline.definitions.iter().filter(|it| check.private || is_public(it)) {
            // An empty file is no module that says anything.
            if it.kind == Kind::Module
                && it.body == Body::Empty
                && it.docstring.is_none()
                && outline.lines == 0
            {
                continue;
            }
            let Some(docstring) = it.docstring.as_deref().filter(|text| !text.trim().is_empty()) else {
                let message = format!("{} has no docstring", named(it));
                faults.push(Fault::new(path.as_str(), it.line, message, "say what it is for"));
                continue;
            };
            if check.examples && !it.has_example() {
                let message = format!("the docstring of {} has no example", named(it));
                faults.push(Fault::new(path.as_str(), it.line, message, "show how it is used, as a doctest"));
            }
            if let Some((early, late)) = misplaced(docstring, &check.sections) {
                let message = format!("`{early}` stands after `{late}` in the docstring of {}", named(it));
                let repair = format!("put `{early}` before `{late}`");
                faults.push(Fault::new(path.as_str(), it.line, message, repair));
            }
        }
    }
    faults
}

/// Neither private nor local. `__init__` and the like belong to their class.
fn is_public(it: &Definition) -> bool {
    !it.is_local && it.name.split('.').all(|part| !part.starts_with('_'))
}

fn named(it: &Definition) -> String {
    match it.kind {
        Kind::Module => "the module".to_owned(),
        Kind::Class => format!("the class `{}`", it.name),
        Kind::Function => format!("`{}`", it.name),
    }
}

/// Two neighbouring sections in the wrong order: the one that should come first, then the other.
fn misplaced<'a>(docstring: &str, order: &'a [String]) -> Option<(&'a str, &'a str)> {
    let found: Vec<usize> =
        docstring.lines().filter_map(|line| order.iter().position(|it| it == line.trim())).collect();
    let pair = found.windows(2).find(|pair| pair[0] > pair[1])?;
    Some((&order[pair[1]], &order[pair[0]]))
}

/// A type on every argument and every return value.
pub(super) fn annotations(check: &PythonFiles, subject: &Subject<'_>) -> Vec<Fault> {
    let mut faults = vec![];
    for (path, outline) in subject.outlines(&check.files, &check.except) {
        for it in outline.definitions.iter().filter(|it| it.kind == Kind::Function) {
            for (argument, _) in it.arguments.iter().filter(|(_, typed)| !typed) {
                let message = format!("the argument `{argument}` of `{}` has no type", it.name);
                faults.push(Fault::new(path.as_str(), it.line, message, format!("annotate `{argument}`")));
            }
            if !it.returns {
                let message = format!("`{}` does not say what it returns", it.name);
                faults.push(Fault::new(path.as_str(), it.line, message, "annotate what it returns"));
            }
        }
    }
    faults
}

/// Functions that are not called.
pub(super) fn calls(check: &CallsCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let mut faults = vec![];
    for (path, outline) in subject.outlines(&check.files, &check.except) {
        for call in outline.calls.iter().filter(|call| check.absent.contains(&call.name)) {
            let message = format!("`{}` is called", call.name);
            faults.push(Fault::new(path.as_str(), call.line, message, format!("do without `{}`", call.name)));
        }
    }
    faults
}

/// The sizes of files and functions.
pub(super) fn limits(check: &LimitsCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let mut faults = vec![];
    for (path, outline) in subject.outlines(&check.files, &check.except) {
        if let Some(most) = check.file.filter(|most| outline.lines > *most) {
            let message = format!("the file has {} lines; {most} are allowed", outline.lines);
            faults.push(Fault::new(path.as_str(), most + 1, message, "divide the file"));
        }
        for it in outline.definitions.iter().filter(|it| it.kind == Kind::Function) {
            let docstring = it.docstring.as_ref().map_or(0, |text| text.split('\n').count());
            let lines = it.lines.saturating_sub(docstring);
            if let Some(most) = check.function.filter(|most| lines > *most) {
                let message =
                    format!("`{}` has {lines} lines without its docstring; {most} are allowed", it.name);
                faults.push(Fault::new(path.as_str(), it.line, message, "divide the function"));
            }
            if let Some(most) = check.arguments.filter(|most| it.arguments.len() > *most) {
                let message =
                    format!("`{}` has {} arguments; {most} are allowed", it.name, it.arguments.len());
                faults.push(Fault::new(path.as_str(), it.line, message, "group the arguments"));
            }
        }
    }
    faults
}
