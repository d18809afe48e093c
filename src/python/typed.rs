//! The types of annotations, repeated in the sections of a docstring.

use ruff_python_ast::{Expr, StmtFunctionDef};
use ruff_text_size::Ranged;

/// What yields: the type that a reader wants to know is their first argument.
const GENERATORS: [&str; 6] =
    ["AsyncGenerator", "AsyncIterable", "AsyncIterator", "Generator", "Iterable", "Iterator"];

/// How far the entries of a section are indented.
const INDENT: &str = "    ";

/// Puts the types of `function`, whose source is in `text`, into `lines`: a docstring without the indentation that
/// it stands in. Lines are at most `width` long where words allow it.
pub(super) fn add(lines: &mut Vec<String>, function: &StmtFunctionDef, text: &str, width: usize) {
    with_section(lines, "Args:", |entries| arguments(entries, function, text, width));
    let returned = function.returns.as_deref();
    if let Some(annotation) = returned {
        let kind = written(annotation, text);
        with_section(lines, "Returns:", |entries| result(entries, &kind, width));
    }
    if let Some(yielded) = returned.and_then(yielded) {
        let kind = written(yielded, text);
        with_section(lines, "Yields:", |entries| result(entries, &kind, width));
    }
}

/// Replaces the entries of the section called `heading`.
fn with_section(lines: &mut Vec<String>, heading: &str, change: impl FnOnce(&[String]) -> Vec<String>) {
    let Some(start) = lines.iter().position(|line| line == heading).map(|at| at + 1) else { return };
    let outside = |line: &String| !line.is_empty() && !line.starts_with(' ');
    let mut end = lines[start..].iter().position(outside).map_or(lines.len(), |length| start + length);
    while end > start && lines[end - 1].trim().is_empty() {
        end -= 1;
    }
    let changed = change(&lines[start..end]);
    lines.splice(start..end, changed);
}

/// `name: text` as `name (Type): text`.
fn arguments(lines: &[String], function: &StmtFunctionDef, text: &str, width: usize) -> Vec<String> {
    let mut out = vec![];
    for entry in entries(lines) {
        let typed = named(&entry[0]).and_then(|(name, rest)| {
            let kind = written(annotation(function, name.trim_start_matches('*'))?, text);
            Some((format!("{INDENT}{name} ({kind}):"), rest))
        });
        match typed {
            Some((head, rest)) => out.extend(wrapped(&head, rest, &entry[1..], width)),
            None => out.extend_from_slice(entry),
        }
    }
    out
}

/// `text` as `Type: text`.
fn result(lines: &[String], kind: &str, width: usize) -> Vec<String> {
    let Some((first, others)) = lines.split_first() else { return vec![] };
    let others: Vec<String> = others.iter().map(|line| format!("{INDENT}{line}")).collect();
    wrapped(&format!("{INDENT}{kind}:"), first.trim(), &others, width)
}

/// The lines of a section, cut where a new entry begins.
fn entries(lines: &[String]) -> Vec<&[String]> {
    let begins = |line: &String| line.starts_with(INDENT) && !line[INDENT.len()..].starts_with(' ');
    let starts: Vec<usize> =
        lines.iter().enumerate().filter(|(_, line)| begins(line)).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().zip(ends).map(|(start, end)| &lines[*start..end]).collect()
}

/// The name of an entry, and its text; nothing if it already has a type.
fn named(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.trim().split_once(':')?;
    let is_name = name.trim_start_matches('*').chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_name && !name.is_empty()).then_some((name, rest.trim()))
}

/// `head`, `rest` and the lines that continue it, wrapped anew up to the first of them that is no plain text.
fn wrapped(head: &str, rest: &str, others: &[String], width: usize) -> Vec<String> {
    let is_plain = |line: &&String| {
        let text = line.trim();
        !text.is_empty() && !text.starts_with(['-', '*', '`', '>'])
    };
    let plain = others.iter().take_while(is_plain).count();
    let words =
        rest.split_whitespace().chain(others[..plain].iter().flat_map(|line| line.split_whitespace()));
    let mut out = vec![head.to_owned()];
    for word in words {
        let line = out.last_mut().map_or("", |line| line.as_str());
        // A heading without a word behind it is none.
        if line.chars().count() + 1 + word.chars().count() <= width || line == head {
            let line = format!("{line} {word}");
            out.pop();
            out.push(line);
        } else {
            out.push(format!("{INDENT}{INDENT}{word}"));
        }
    }
    out.extend_from_slice(&others[plain..]);
    out
}

fn annotation<'a>(function: &'a StmtFunctionDef, name: &str) -> Option<&'a Expr> {
    let parameters = &function.parameters;
    let plain = parameters.iter_non_variadic_params().map(|it| &it.parameter);
    let rest = [&parameters.vararg, &parameters.kwarg].into_iter().flatten().map(AsRef::as_ref);
    plain.chain(rest).find(|it| it.name.as_str() == name)?.annotation.as_deref()
}

/// The type that a generator yields.
fn yielded(annotation: &Expr) -> Option<&Expr> {
    let Expr::Subscript(subscript) = annotation else { return None };
    if !GENERATORS.contains(&last_name(&subscript.value)?) {
        return None;
    }
    Some(first(&subscript.slice))
}

/// An annotation as a reader wants it: in one line, without quotes and without what a framework adds to it.
fn written(annotation: &Expr, text: &str) -> String {
    match annotation {
        Expr::StringLiteral(quoted) => quoted.value.to_str().to_owned(),
        Expr::Subscript(subscript) if last_name(&subscript.value) == Some("Annotated") => {
            written(first(&subscript.slice), text)
        }
        other => {
            let source = &text[other.start().to_usize()..other.end().to_usize()];
            let line = source.split_whitespace().collect::<Vec<_>>().join(" ");
            line.replace("[ ", "[").replace(", ]", "]").replace(" ]", "]")
        }
    }
}

fn first(slice: &Expr) -> &Expr {
    match slice {
        Expr::Tuple(tuple) => tuple.elts.first().unwrap_or(slice),
        other => other,
    }
}

fn last_name(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        _ => None,
    }
}
