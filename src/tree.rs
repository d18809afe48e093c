//! A project in memory: the one value that rendering, composing, checking and the disk exchange.

use std::collections::BTreeMap;

use crate::relpath::RelPath;

/// Files by path. Sorted, so that everything derived from it is deterministic.
pub type Tree = BTreeMap<RelPath, File>;

/// One file of a [`Tree`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The bytes to write.
    pub contents: Vec<u8>,
    /// Whether the file may be run.
    pub executable: bool,
}

impl File {
    /// A plain text file.
    pub fn text(text: impl Into<String>) -> Self {
        Self { contents: text.into().into_bytes(), executable: false }
    }

    /// The contents as text, or `None` for a binary file.
    pub fn as_text(&self) -> Option<&str> {
        std::str::from_utf8(&self.contents).ok()
    }
}
