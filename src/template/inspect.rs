//! What a template asks for, found without rendering it.

use std::{collections::BTreeMap, ops::Range};

use super::{Delimiters, environment, mistake};
use crate::{error::Mistake, source::Source};

/// The functions that templates may call.
pub const FUNCTIONS: &[&str] =
    &["has", "path", "module", "ref", "relative", "slot", "range", "dict", "namespace"];

/// What a template asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspection {
    /// Values from outside with the place of their first use, such as `manager.run`.
    pub names: BTreeMap<String, Range<usize>>,
    /// Calls whose first argument is written out: function, argument, place of the argument.
    pub calls: Vec<(String, String, Range<usize>)>,
    /// Templates that it includes or imports: name and place.
    pub partials: Vec<(String, Range<usize>)>,
    /// Values that the template sets and never uses.
    pub unused: Vec<(String, Range<usize>)>,
}

/// Inspects `source`.
///
/// # Errors
/// The place at which it is no template.
pub fn inspect(source: &Source, delimiters: Delimiters) -> Result<Inspection, Mistake> {
    let environment = environment(delimiters);
    let template = environment
        .template_from_named_str(&source.name, &source.text)
        .map_err(|error| mistake(source, &error))?;
    let words = words(&source.text, delimiters);
    let place = |name: &str| {
        let first = name.split('.').next().unwrap_or(name);
        let whole = words
            .iter()
            .find(|word| word.kind == Kind::Name && path_at(&source.text, word.span.start) == name);
        let found = whole.or_else(|| words.iter().find(|word| word.kind == Kind::Name && word.text == first));
        found.map_or(0..0, |word| {
            word.span.start..word.span.start + if whole.is_some() { name.len() } else { first.len() }
        })
    };
    let names = template.undeclared_variables(true);
    let names = names.into_iter().filter(|name| !FUNCTIONS.contains(&name.as_str()));
    Ok(Inspection {
        names: names
            .map(|name| {
                let at = place(&name);
                (name, at)
            })
            .collect(),
        calls: calls(&words),
        partials: partials(&words),
        unused: unused(&words),
    })
}

/// The first place at which a template puts values together, where one may grow without end.
pub fn growing(source: &Source) -> Option<Range<usize>> {
    let words = words(&source.text, Delimiters::of(&source.name));
    let grows = |word: &&Word<'_>| match word.kind {
        Kind::Sign => matches!(word.text, "~" | "*" | "+"),
        Kind::Name => matches!(word.text, "list" | "map" | "batch" | "slice" | "split"),
        Kind::Text => false,
    };
    words.iter().find(grows).map(|word| word.span.clone())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Text,
    Sign,
}

/// A word inside of the delimiters.
#[derive(Debug, Clone)]
struct Word<'a> {
    kind: Kind,
    text: &'a str,
    span: Range<usize>,
}

/// The dotted name that begins at `at`.
fn path_at(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(rest.len());
    rest[..end].trim_end_matches('.')
}

fn calls(words: &[Word<'_>]) -> Vec<(String, String, Range<usize>)> {
    let mut found = vec![];
    for three in words.windows(3) {
        let [function, bracket, argument] = three else { continue };
        if function.kind == Kind::Name && bracket.text == "(" && argument.kind == Kind::Text {
            found.push((function.text.to_owned(), argument.text.to_owned(), argument.span.clone()));
        }
    }
    found
}

fn partials(words: &[Word<'_>]) -> Vec<(String, Range<usize>)> {
    let mut found = vec![];
    for pair in words.windows(2) {
        let [word, name] = pair else { continue };
        let reads = word.kind == Kind::Name && matches!(word.text, "include" | "import" | "from");
        if reads && name.kind == Kind::Text {
            found.push((name.text.to_owned(), name.span.clone()));
        }
    }
    found
}

fn unused(words: &[Word<'_>]) -> Vec<(String, Range<usize>)> {
    let mut found = vec![];
    for pair in words.windows(2) {
        let [set, name] = pair else { continue };
        let is_name = set.kind == Kind::Name && set.text == "set" && name.kind == Kind::Name;
        let uses = words.iter().filter(|word| word.kind == Kind::Name && word.text == name.text).count();
        if is_name && uses == 1 {
            found.push((name.text.to_owned(), name.span.clone()));
        }
    }
    found
}

/// The words of all expressions and statements; comments are left out.
fn words(text: &str, delimiters: Delimiters) -> Vec<Word<'_>> {
    let (open, close) = match delimiters {
        Delimiters::Braces => (['{'], '}'),
        Delimiters::Square => (['['], ']'),
    };
    let mut found = vec![];
    let mut at = 0;
    while let Some(start) = text[at..].find(open).map(|it| at + it) {
        let second = text[start + 1..].chars().next();
        let (is_code, end) = match second {
            Some('%') => (true, format!("%{close}")),
            Some('#') => (false, format!("#{close}")),
            Some(c) if c == open[0] => (true, format!("{close}{close}")),
            _ => {
                at = start + 1;
                continue;
            }
        };
        let inside = start + 2;
        at = if is_code {
            inside + expression(&text[inside..], inside, &end, &mut found)
        } else {
            text[inside..].find(&end).map_or(text.len(), |it| inside + it + end.len())
        };
    }
    found
}

/// Reads words up to `end`; returns how many bytes were read.
fn expression<'a>(text: &'a str, offset: usize, end: &str, found: &mut Vec<Word<'a>>) -> usize {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(end) {
            return at + end.len();
        }
        let first = rest.chars().next().unwrap_or(' ');
        let (kind, length, shown) = if first == '"' || first == '\'' {
            let inner = rest[1..].find(first).unwrap_or(rest.len() - 1);
            (Kind::Text, (inner + 2).min(rest.len()), 1..1 + inner)
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            (Kind::Name, length, 0..length)
        } else {
            (Kind::Sign, first.len_utf8(), 0..first.len_utf8())
        };
        if !first.is_whitespace() {
            // A name behind a dot is an attribute, no value of its own.
            let is_attribute = kind == Kind::Name
                && found.last().is_some_and(|it| it.text == "." && it.span.end == offset + at);
            let kind = if is_attribute { Kind::Sign } else { kind };
            let span = offset + at + shown.start..offset + at + shown.end;
            found.push(Word { kind, text: &rest[shown], span });
        }
        at += length;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_calls_and_unused_values_are_found() {
        let text = "{# nmae #}{% set a = module(\"entities\", x.y) %}{% set b = 1 %}\n{{ b }} {{ nmae | upper }} {{ x.y }}\n";
        let found = inspect(&Source::new("t", text), Delimiters::Braces).unwrap();
        let names: Vec<(&str, &str)> =
            found.names.iter().map(|(name, span)| (name.as_str(), &text[span.clone()])).collect();
        assert_eq!(names, [("nmae", "nmae"), ("x.y", "x.y")]);
        assert_eq!(found.calls[0].1, "entities");
        assert_eq!(&text[found.calls[0].2.clone()], "entities");
        assert_eq!(found.unused.iter().map(|it| it.0.as_str()).collect::<Vec<_>>(), ["a"]);
        assert_eq!(found.names["nmae"].start, text.rfind("nmae").unwrap());
        let error = inspect(&Source::new("t", "{% if x %}"), Delimiters::Braces).unwrap_err();
        assert_eq!(error.rule, "template-syntax");
        assert!(
            inspect(&Source::new("t", "[[ a ]] ${{ b }}"), Delimiters::Square)
                .unwrap()
                .names
                .contains_key("a")
        );
    }
}
