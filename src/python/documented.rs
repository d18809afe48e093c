//! Docstrings with examples and types: what a preset wants in each of them, put into a module that is written without.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{
    Expr, Stmt, StmtFunctionDef,
    visitor::{Visitor, walk_stmt},
};
use ruff_text_size::Ranged;

use super::{
    example::{Part, Place},
    fault::{self, Fault},
    tidy::Tidy,
    typed,
};
use crate::preset::{Example, MODULE};

/// What docstrings get.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Examples by the qualified name of what they show.
    pub examples: &'a BTreeMap<String, Example>,
    /// Whether they repeat the types of annotations.
    pub types: bool,
}

/// A module with its docstrings as they are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Documented {
    /// Its text.
    pub text: String,
    /// The names of the examples that have a place in it.
    pub shown: BTreeSet<String>,
}

/// Why a module cannot be documented.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocError {
    /// The module is no Python.
    Module(Fault),
    /// An example cannot stand in a docstring.
    Example {
        /// The qualified name of what it shows.
        name: String,
        /// The part of the example.
        part: Part,
        /// What is wrong, and where in that part.
        fault: Fault,
    },
}

/// Puts into the docstrings of the module called `module`, which is the file at `path` with `text`, what is `wanted`.
///
/// # Errors
/// The module or an example is no Python.
pub fn document(
    path: &str,
    module: &str,
    text: &str,
    wanted: Wanted<'_>,
    tidy: &Tidy,
) -> Result<Documented, DocError> {
    let parsed = fault::parse(text).map_err(DocError::Module)?;
    let place = Place::new(path, module, text, tidy).map_err(DocError::Module)?;
    let mut finder = Finder { around: vec![], found: vec![] };
    finder.add(MODULE.to_owned(), parsed.suite(), None);
    finder.visit_body(parsed.suite());
    let mut documented = Documented { text: text.to_owned(), shown: BTreeSet::new() };
    for doc in finder.found.iter().rev() {
        let Some(mut docstring) = Docstring::read(text, doc) else { continue };
        let before = docstring.lines.clone();
        if let Some(function) = doc.function.filter(|_| wanted.types) {
            typed::add(
                &mut docstring.lines,
                function,
                text,
                tidy.line_width().saturating_sub(docstring.indent),
            );
        }
        if let Some(example) = wanted.examples.get(&doc.name) {
            let section = place
                .section(example, docstring.indent)
                .map_err(|(part, fault)| DocError::Example { name: doc.name.clone(), part, fault })?;
            docstring.append(section);
            documented.shown.insert(doc.name.clone());
        }
        if docstring.lines == before {
            continue;
        }
        let (start, end) = (doc.literal.start().to_usize(), doc.literal.end().to_usize());
        documented.text.replace_range(start..end, &docstring.written());
    }
    Ok(documented)
}

/// The docstring of a definition, where it stands.
struct Doc<'a> {
    name: String,
    literal: &'a Expr,
    function: Option<&'a StmtFunctionDef>,
}

struct Finder<'a> {
    around: Vec<String>,
    found: Vec<Doc<'a>>,
}

impl<'a> Finder<'a> {
    fn add(&mut self, name: String, body: &'a [Stmt], function: Option<&'a StmtFunctionDef>) {
        if let Some(Stmt::Expr(first)) = body.first()
            && first.value.is_string_literal_expr()
        {
            self.found.push(Doc { name, literal: &first.value, function });
        }
    }
}

impl<'a> Visitor<'a> for Finder<'a> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let (name, body, function) = match stmt {
            Stmt::FunctionDef(it) => (&it.name, &it.body, Some(it)),
            Stmt::ClassDef(it) => (&it.name, &it.body, None),
            _ => return walk_stmt(self, stmt),
        };
        self.around.push(name.to_string());
        self.add(self.around.join("."), body, function);
        walk_stmt(self, stmt);
        self.around.pop();
    }
}

/// A docstring taken apart: its lines, without the indentation that they stand in, as written between the quotes.
struct Docstring {
    is_raw: bool,
    indent: usize,
    lines: Vec<String>,
}

impl Docstring {
    /// `None` for one in other quotes, or behind other code on its line: nobody writes them so.
    fn read(text: &str, doc: &Doc<'_>) -> Option<Self> {
        let (start, end) = (doc.literal.start().to_usize(), doc.literal.end().to_usize());
        let before = &text[text[..start].rfind('\n').map_or(0, |newline| newline + 1)..start];
        let indent = before.len();
        let literal = &text[start..end];
        let is_raw = literal.starts_with(['r', 'R']);
        let content = literal[usize::from(is_raw)..].strip_prefix("\"\"\"")?.strip_suffix("\"\"\"")?;
        if !before.trim().is_empty() {
            return None;
        }
        let dedented = |line: &str| line.strip_prefix(before).unwrap_or_else(|| line.trim_start()).to_owned();
        let mut lines: Vec<String> =
            content.trim_end().lines().map(|line| line.trim_end().to_owned()).collect();
        lines.iter_mut().skip(1).for_each(|line| *line = dedented(line));
        Some(Self { is_raw, indent, lines })
    }

    fn append(&mut self, section: Vec<String>) {
        if section.iter().any(|line| line.contains('\\')) && !self.is_raw {
            // What is there already means something else in a raw text if it has escapes.
            if self.lines.iter().any(|line| line.contains('\\')) {
                let escaped = section.iter().map(|line| line.replace('\\', "\\\\"));
                self.lines.push(String::new());
                self.lines.extend(escaped);
                return;
            }
            self.is_raw = true;
        }
        self.lines.push(String::new());
        self.lines.extend(section);
    }

    fn written(&self) -> String {
        let margin = " ".repeat(self.indent);
        let raw = if self.is_raw { "r" } else { "" };
        let [first, others @ ..] = self.lines.as_slice() else { return format!("{raw}\"\"\"\"\"\"") };
        let mut out = format!("{raw}\"\"\"{first}");
        for line in others {
            out.push('\n');
            if !line.is_empty() {
                out += &margin;
                out += line;
            }
        }
        if !others.is_empty() {
            out += &format!("\n{margin}");
        }
        out + "\"\"\""
    }
}
