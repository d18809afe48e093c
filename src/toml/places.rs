//! Where the tables and keys of a TOML text stand, in whole lines.

use std::ops::Range;

use toml_edit::{Document, Item, Key, Table, Value};

/// A table header or a key with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The dotted path; a table of an array of tables carries its number.
    pub path: String,
    /// Its lines, counted from 0.
    pub lines: Range<usize>,
    /// The value without layout and comments; `None` for a header.
    pub value: Option<String>,
}

/// The headers and keys of `text` in its order; `None` when it is not TOML as a whole.
#[must_use]
pub fn places(text: &str) -> Option<Vec<Place>> {
    let document = Document::parse(text).ok()?;
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut finder = Finder { starts, found: vec![] };
    finder.table(document.as_table(), "");
    finder.found.sort_by_key(|place| place.lines.start);
    Some(finder.found)
}

struct Finder {
    starts: Vec<usize>,
    found: Vec<Place>,
}

impl Finder {
    fn lines(&self, span: &Range<usize>) -> Range<usize> {
        let line = |at: usize| self.starts.partition_point(|start| *start <= at) - 1;
        line(span.start)..line(span.end.saturating_sub(1).max(span.start)) + 1
    }

    fn table(&mut self, table: &Table, path: &str) {
        for (name, child) in table {
            let key = table.key(name);
            let path = joined(path, name);
            match child {
                Item::Value(value) => self.value(key, value, path),
                Item::Table(inner) => {
                    self.header(inner, &path);
                    self.table(inner, &path);
                }
                Item::ArrayOfTables(tables) => {
                    for (index, inner) in tables.iter().enumerate() {
                        let path = format!("{path}[{index}]");
                        self.header(inner, &path);
                        self.table(inner, &path);
                    }
                }
                Item::None => {}
            }
        }
    }

    /// A table that is written with a header of its own.
    fn header(&mut self, table: &Table, path: &str) {
        if let (Some(span), false, false) = (table.span(), table.is_implicit(), table.is_dotted()) {
            let first = self.lines(&span).start;
            self.found.push(Place { path: path.to_owned(), lines: first..first + 1, value: None });
        }
    }

    fn value(&mut self, key: Option<&Key>, value: &Value, path: String) {
        let (Some(start), Some(end)) = (key.and_then(Key::span), value.span()) else { return };
        let lines = self.lines(&(start.start..end.end));
        self.found.push(Place { path, lines, value: Some(plain(value)) });
    }
}

fn joined(above: &str, name: &str) -> String {
    let bare = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    let name = if bare { name.to_owned() } else { format!("\"{name}\"") };
    if above.is_empty() { name } else { format!("{above}.{name}") }
}

/// A value on one line, as every layout of it reads.
fn plain(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", "))
        }
        Value::InlineTable(table) => {
            let pairs: Vec<String> = table
                .iter()
                .map(|(name, value)| format!("{} = {}", joined("", name), plain(value)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
        Value::String(text) => Value::from(text.value().as_str()).to_string(),
        other => other.clone().decorated("", "").to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_and_keys_have_whole_lines() {
        let text = "top = 1\n\n[tool.x] # why\na = [\n    'p', # one\n    \"q\",\n]\nb.c = true\n\"d.e\" = { f = 1 }\n\n[[tool.y]]\nm = \"z\"\n";
        let found = places(text).unwrap();
        let shown: Vec<(&str, Range<usize>, Option<&str>)> =
            found.iter().map(|it| (it.path.as_str(), it.lines.clone(), it.value.as_deref())).collect();
        assert_eq!(
            shown,
            [
                ("top", 0..1, Some("1")),
                ("tool.x", 2..3, None),
                ("tool.x.a", 3..7, Some("[\"p\", \"q\"]")),
                ("tool.x.b.c", 7..8, Some("true")),
                ("tool.x.\"d.e\"", 8..9, Some("{f = 1}")),
                ("tool.y[0]", 10..11, None),
                ("tool.y[0].m", 11..12, Some("\"z\"")),
            ]
        );
        assert!(places("a = ").is_none());
    }
}
