//! A YAML document as nodes with byte ranges, read under limits that hostile input cannot pass.

use std::{collections::HashMap, ops::Range};

use granit_parser::{Event, Parser, ScalarStyle};

use crate::{error::Mistake, source::Source};

/// The largest document, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// The deepest nesting.
pub const MAX_DEPTH: usize = 32;
/// The most values in one document.
pub const MAX_NODES: usize = 50_000;

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The bytes of the value.
    pub span: Range<usize>,
    /// The file, where a document is put together from several: its position, 0 for the first.
    pub file: usize,
    /// What it is.
    pub kind: Kind,
}

/// The kinds of value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A single value: its text as written (`3.10`, not 3.1), and whether it stood without quotes.
    Scalar {
        /// The text, unquoted.
        text: String,
        /// Whether it was written without quotes.
        plain: bool,
    },
    /// Keys and values, in the order of the file.
    Map(Vec<(Key, Node)>),
    /// A list.
    List(Vec<Node>),
}

/// A key of a map and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Whether it was written without quotes.
    pub plain: bool,
    /// Its bytes.
    pub span: Range<usize>,
    /// The file, as in [`Node`].
    pub file: usize,
}

impl Node {
    /// The child under a key, or at an index given as decimal digits.
    pub fn get(&self, step: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Map(pairs) => pairs.iter().find(|(key, _)| key.name == step).map(|(_, node)| node),
            Kind::List(items) => items.get(step.parse::<usize>().ok()?),
            Kind::Scalar { .. } => None,
        }
    }

    /// The key `name` of a map.
    pub fn key(&self, name: &str) -> Option<&Key> {
        match &self.kind {
            Kind::Map(pairs) => pairs.iter().map(|(key, _)| key).find(|key| key.name == name),
            _ => None,
        }
    }

    /// The text of a single value.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }
}

enum Frame {
    Map { pairs: Vec<(Key, Node)>, key: Option<Key>, seen: HashMap<String, Range<usize>>, start: usize },
    List { items: Vec<Node>, start: usize },
}

/// Reads one document.
pub(super) fn parse(source: &Source) -> Result<Node, Mistake> {
    if source.text.len() > MAX_BYTES {
        let title = format!("the file is larger than {MAX_BYTES} bytes");
        return Err(Mistake::new("yaml-limit", title, source, 0..0));
    }
    let options = granit_parser::options! {
        flow_nesting_limit: MAX_DEPTH, block_nesting_limit: MAX_DEPTH, emit_comments: false
    };
    let mut builder = Builder { source, stack: vec![], root: None, documents: 0, nodes: 0 };
    for event in Parser::new_from_str_with_options(&source.text, options) {
        let (event, span) = event.map_err(|error| {
            let at = error.marker().byte_offset().unwrap_or(0);
            Mistake::new("yaml-syntax", format!("not valid YAML: {}", error.info()), source, source.word(at))
        })?;
        builder.take(event, span.byte_range().unwrap_or(0..0))?;
    }
    let empty = Node { span: 0..0, file: 0, kind: Kind::Map(vec![]) };
    Ok(builder.root.unwrap_or(empty))
}

struct Builder<'a> {
    source: &'a Source,
    stack: Vec<Frame>,
    root: Option<Node>,
    documents: usize,
    nodes: usize,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), Mistake> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let title = "more than one YAML document";
                    return Err(self
                        .mistake("yaml-documents", title, span)
                        .help("keep one document per file"));
                }
            }
            Event::Alias(_) => return Err(self.banned("aliases", span)),
            Event::Scalar(_, _, anchor, tag) if anchor != 0 || tag.is_some() => {
                return Err(self.banned("anchors and tags", span));
            }
            Event::MappingStart(_, anchor, tag) | Event::SequenceStart(_, anchor, tag)
                if anchor != 0 || tag.is_some() =>
            {
                return Err(self.banned("anchors and tags", span));
            }
            Event::Scalar(text, style, ..) => {
                return self.scalar(text.into_owned(), style == ScalarStyle::Plain, span);
            }
            Event::MappingStart(..) => {
                self.value_expected("mappings", &span)?;
                let map = Frame::Map { pairs: vec![], key: None, seen: HashMap::new(), start: span.start };
                self.stack.push(map);
            }
            Event::SequenceStart(..) => {
                self.value_expected("lists", &span)?;
                self.stack.push(Frame::List { items: vec![], start: span.start });
            }
            Event::MappingEnd | Event::SequenceEnd => return self.close(span),
            _ => {}
        }
        Ok(())
    }

    fn scalar(&mut self, text: String, plain: bool, span: Range<usize>) -> Result<(), Mistake> {
        let Some(Frame::Map { key: key @ None, seen, .. }) = self.stack.last_mut() else {
            return self.place(Node { span, file: 0, kind: Kind::Scalar { text, plain } });
        };
        if text == "<<" {
            return Err(self.banned("merge keys", span));
        }
        if let Some(first) = seen.insert(text.clone(), span.clone()) {
            let line = self.source.line_column(first.start).0;
            let title = format!("`{text}` is given twice");
            let help = format!("it is already given in line {line}; keep one of them");
            return Err(self.mistake("yaml-doubled-key", title, span).help(help));
        }
        *key = Some(Key { name: text, plain, span, file: 0 });
        Ok(())
    }

    fn value_expected(&self, what: &str, span: &Range<usize>) -> Result<(), Mistake> {
        match self.stack.last() {
            Some(Frame::Map { key: None, .. }) => Err(self.banned(&format!("{what} as keys"), span.clone())),
            _ => Ok(()),
        }
    }

    fn close(&mut self, span: Range<usize>) -> Result<(), Mistake> {
        let node = match self.stack.pop() {
            Some(Frame::Map { pairs, start, .. }) => {
                let end = pairs.last().map_or(span.end, |(_, value)| value.span.end.max(start));
                Node { span: start..end, file: 0, kind: Kind::Map(pairs) }
            }
            Some(Frame::List { items, start }) => {
                let end = items.last().map_or(span.end, |item| item.span.end.max(start));
                Node { span: start..end, file: 0, kind: Kind::List(items) }
            }
            None => return Ok(()),
        };
        self.place(node)
    }

    fn place(&mut self, node: Node) -> Result<(), Mistake> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(self.mistake("yaml-limit", "too many values in this file", node.span));
        }
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Frame::List { items, .. }) => items.push(node),
            Some(Frame::Map { pairs, key, .. }) => {
                if let Some(key) = key.take() {
                    pairs.push((key, node));
                }
            }
        }
        Ok(())
    }

    fn banned(&self, what: &str, span: Range<usize>) -> Mistake {
        self.mistake("yaml-banned", format!("{what} are not allowed here"), span).help("write the value out")
    }

    fn mistake(&self, rule: &'static str, title: impl Into<String>, span: Range<usize>) -> Mistake {
        Mistake::new(rule, title, self.source, span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Node, Mistake> {
        parse(&Source::new("t.yaml", text))
    }

    #[test]
    fn scalars_keep_their_text_and_place() {
        let text = "a:\n  - 3.10\n  - \"no\"\n";
        let root = read(text).unwrap();
        let first = root.get("a").unwrap().get("0").unwrap();
        assert_eq!(first.kind, Kind::Scalar { text: "3.10".into(), plain: true });
        assert_eq!(&text[first.span.clone()], "3.10");
        let second = root.get("a").unwrap().get("1").unwrap();
        assert_eq!(second.kind, Kind::Scalar { text: "no".into(), plain: false });
    }

    #[test]
    fn what_misleads_is_refused() {
        for (text, rule) in [
            ("a: &x 1\nb: *x\n", "yaml-banned"),
            ("a: !!str 1\n", "yaml-banned"),
            ("<<: {a: 1}\n", "yaml-banned"),
            ("[a]: 1\n", "yaml-banned"),
            ("a: 1\na: 2\n", "yaml-doubled-key"),
            ("a: 1\n---\nb: 2\n", "yaml-documents"),
            ("a: [1\n", "yaml-syntax"),
        ] {
            assert_eq!(read(text).unwrap_err().rule, rule, "{text:?}");
        }
        assert!(read(&"[".repeat(100_000)).is_err());
        assert!(read(&"{a: ".repeat(100_000)).is_err());
    }
}
