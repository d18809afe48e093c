//! Places in Python text where something is wrong.

use std::{fmt, ops::Range};

use ruff_python_ast::PySourceType;
use ruff_python_parser::{ParseError, Parsed};

use crate::{error::Mistake, source::Source};

/// Something wrong at a place in Python text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// 1-based line.
    pub line: usize,
    /// 1-based column, counted in characters.
    pub column: usize,
    /// One clause, no full stop.
    pub message: String,
}

impl Fault {
    /// A fault at a byte offset of `text`.
    pub(crate) fn at(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let (line, column) = Source::new("", text).line_column(offset);
        Self { line, column, message: message.into() }
    }

    /// The fault as a mistake in the file called `name`, whose text is `text`.
    pub fn mistake(&self, rule: &'static str, name: &str, text: &str) -> Mistake {
        let source = Source::new(name, text);
        let span: Range<usize> = source.word(source.offset(self.line, self.column));
        Mistake::new(rule, self.message.clone(), &source, span)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

impl std::error::Error for Fault {}

/// Why pieces cannot be one module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinError {
    /// The name of the piece where it shows.
    pub piece: String,
    /// What is wrong, and where in that piece; names the other piece, if there is one.
    pub fault: Fault,
}

impl JoinError {
    pub(crate) fn new(piece: &str, fault: Fault) -> Self {
        Self { piece: piece.to_owned(), fault }
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.piece, self.fault)
    }
}

impl std::error::Error for JoinError {}

/// The syntax error as a fault of `text`.
pub(crate) fn syntax_error(text: &str, error: &ParseError) -> Fault {
    Fault::at(text, error.location.start().to_usize(), format!("syntax error: {}", error.error))
}

/// Parses a whole module, or says where its first syntax error is.
pub(crate) fn parse(text: &str) -> Result<Parsed<ruff_python_ast::ModModule>, Fault> {
    let parsed = parse_leniently(text);
    match parsed.errors().iter().min_by_key(ruff_text_size::Ranged::start) {
        Some(error) => Err(syntax_error(text, error)),
        None => Ok(parsed),
    }
}

/// Parses a module as far as it goes.
pub(crate) fn parse_leniently(text: &str) -> Parsed<ruff_python_ast::ModModule> {
    ruff_python_parser::parse_unchecked_source(text, PySourceType::Python)
}
