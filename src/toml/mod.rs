//! The one home of the TOML reader: keys and values with their lines, whatever of a block parses.

mod edit;
mod overlay;
mod places;

pub use edit::{Clash, Edit, Tables, detach};
pub use overlay::{overlay, remove};
pub use places::{Place, places};

use toml_edit::{Document, Item, Table, Value};

/// A key with its value.
#[derive(Debug, Clone)]
pub struct Key {
    /// The dotted path, table included.
    pub path: Vec<String>,
    /// The line of the key, counted from the first line of the block as 1.
    pub line: usize,
    /// The value as text.
    pub raw: String,
    /// The value.
    pub value: Scalar,
}

/// A value as far as facts need it.
#[derive(Debug, Clone)]
pub enum Scalar {
    /// A string.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A truth value.
    Flag(bool),
    /// An array of strings, each with its line.
    List(Vec<(String, usize)>),
    /// Anything else.
    Other,
}

/// The largest block handed to the parser as a whole.
const WHOLE: usize = 256 * 1024;

/// Every key of `text` that can be read: all at once, else table by table, else key by key.
#[must_use]
pub fn keys(text: &str) -> Vec<Key> {
    let mut out = Vec::new();
    if text.len() <= WHOLE && parse(text, 0, &[], &mut out) {
        return out;
    }
    for table in tables(text) {
        let header = header(table.text.lines().next().unwrap_or(""));
        if table.text.len() <= WHOLE && parse(table.text, table.line, &[], &mut out) {
            continue;
        }
        for entry in entries(table.text) {
            let line = table.line + entry.line;
            if entry.text.len() <= WHOLE {
                parse(entry.text, line, &header, &mut out);
            }
        }
    }
    out
}

/// Whether `text` is TOML as a whole.
#[must_use]
pub fn parses(text: &str) -> bool {
    text.len() <= WHOLE && Document::parse(text).is_ok()
}

struct Piece<'a> {
    text: &'a str,
    line: usize,
}

/// Cuts a block before every `[table]` line.
fn tables(text: &str) -> Vec<Piece<'_>> {
    cut(text, |line, _| line.starts_with('[') && header_like(line))
}

/// Cuts a table into its keys: a line that starts a key while no bracket is open.
fn entries(text: &str) -> Vec<Piece<'_>> {
    cut(text, |line, open| open <= 0 && !line.starts_with([' ', '\t', ']', '}']))
}

fn cut(text: &str, starts: impl Fn(&str, i64) -> bool) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let (mut from, mut from_line, mut at, mut open) = (0, 0, 0, 0);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index > 0 && starts(line, open) {
            out.push(Piece { text: &text[from..at], line: from_line });
            (from, from_line, open) = (at, index, 0);
        }
        let code = line.split(" #").next().unwrap_or("");
        for letter in code.chars() {
            open += match letter {
                '[' | '{' => 1,
                ']' | '}' => -1,
                _ => 0,
            };
        }
        at += line.len();
    }
    out.push(Piece { text: &text[from..], line: from_line });
    out
}

fn header_like(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or("").trim_end();
    line.ends_with(']') && !line.contains(['=', ','])
}

fn header(line: &str) -> Vec<String> {
    if !header_like(line) || !line.starts_with('[') {
        return Vec::new();
    }
    let inner = line.split('#').next().unwrap_or("").trim().trim_matches(['[', ']']);
    inner.split('.').map(|part| part.trim().trim_matches('"').to_owned()).collect()
}

/// Parses `text` and adds its keys; false when it is not TOML.
fn parse(text: &str, line: usize, above: &[String], out: &mut Vec<Key>) -> bool {
    let Ok(document) = Document::parse(text) else { return false };
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let place = |at: usize| starts.partition_point(|start| *start <= at) + line;
    let mut path = above.to_vec();
    walk(document.as_item(), &mut path, &place, out);
    true
}

fn walk(item: &Item, path: &mut Vec<String>, place: &dyn Fn(usize) -> usize, out: &mut Vec<Key>) {
    match item {
        Item::Table(table) => members(table, path, place, out),
        Item::ArrayOfTables(tables) => tables.iter().for_each(|table| members(table, path, place, out)),
        Item::Value(_) | Item::None => {}
    }
}

fn members(table: &Table, path: &mut Vec<String>, place: &dyn Fn(usize) -> usize, out: &mut Vec<Key>) {
    for (name, child) in table {
        path.push(name.to_owned());
        let at = table.key(name).and_then(toml_edit::Key::span).map_or(0, |span| span.start);
        if let Item::Value(value) = child {
            record(value, path, place(at), place, out);
        } else {
            walk(child, path, place, out);
        }
        path.pop();
    }
}

fn record(
    value: &Value,
    path: &mut Vec<String>,
    line: usize,
    place: &dyn Fn(usize) -> usize,
    out: &mut Vec<Key>,
) {
    if let Value::InlineTable(table) = value {
        for (name, child) in table {
            path.push(name.to_owned());
            record(child, path, line, place, out);
            path.pop();
        }
    }
    let scalar = match value {
        Value::String(text) => Scalar::Text(text.value().clone()),
        Value::Integer(number) => Scalar::Number(*number.value()),
        Value::Boolean(flag) => Scalar::Flag(*flag.value()),
        Value::Array(list) => Scalar::List(
            list.iter()
                .filter_map(|item| {
                    let line = item.span().map_or(line, |span| place(span.start));
                    item.as_str().map(|text| (text.to_owned(), line))
                })
                .collect(),
        ),
        _ => Scalar::Other,
    };
    out.push(Key { path: path.clone(), line, raw: value.to_string().trim().to_owned(), value: scalar });
}
