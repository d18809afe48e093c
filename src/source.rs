//! Text with a name, so that a mistake can be shown where it is.

use std::{ops::Range, sync::Arc};

/// A file written by a person: preset, layout, component, template, answers or persona.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name to show, as the user knows it.
    pub name: Arc<str>,
    /// The whole text.
    pub text: Arc<str>,
}

impl Source {
    /// Names a text.
    pub fn new(name: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// The byte offset of a 1-based line and 1-based column, counted in characters.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = if line <= 1 {
            0
        } else {
            self.text.match_indices('\n').nth(line - 2).map_or(self.text.len(), |(at, _)| at + 1)
        };
        let rest = &self.text[start..];
        let within = rest.char_indices().nth(column.saturating_sub(1));
        start + within.map_or(rest.len(), |(at, _)| at)
    }

    /// The 1-based line and 1-based column, counted in characters, of a byte offset.
    pub fn line_column(&self, at: usize) -> (usize, usize) {
        let before = &self.text[..self.floor(at)];
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
    }

    /// The range of a 1-based line, without its line end.
    pub fn line(&self, line: usize) -> Range<usize> {
        let start = self.offset(line, 1);
        let length = self.text[start..].find('\n').unwrap_or(self.text.len() - start);
        start..start + length
    }

    /// The word that begins at `at`: an empty span is widened to something that can be underlined.
    pub fn word(&self, at: usize) -> Range<usize> {
        let at = self.floor(at);
        let rest = &self.text[at..];
        let length = rest.find(|c: char| c.is_whitespace() || ":,]}#".contains(c)).unwrap_or(rest.len());
        let least = rest.chars().next().filter(|c| *c != '\n').map_or(0, char::len_utf8);
        at..at + length.max(least)
    }

    /// `range`, clamped to the text and to the borders of its characters.
    pub fn clamp(&self, range: Range<usize>) -> Range<usize> {
        let start = self.floor(range.start);
        let end = self.floor(range.end).max(start);
        start..end
    }

    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_columns_are_inverse() {
        let source = Source::new("x", "äb\ncd: 1\n");
        let at = source.offset(2, 3);
        assert_eq!(&source.text[at..=at], ":");
        assert_eq!(source.line_column(at), (2, 3));
        assert_eq!(&source.text[source.word(source.offset(2, 1))], "cd");
        assert_eq!(&source.text[source.line(2)], "cd: 1");
        assert_eq!(source.offset(9, 9), source.text.len());
    }
}
