//! Splits a Python module into docstring, imports and body.

use ruff_python_ast::{Alias, Expr, Stmt, StmtIf, helpers::is_docstring_stmt};
use ruff_text_size::Ranged;

use super::fault::{self, Fault};

/// One imported name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// The name in its module, or the dotted module of `import a.b`.
    pub(crate) name: String,
    /// The name here, where it is another one.
    pub(crate) alias: Option<String>,
}

/// One import statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// The module of `from module import …`, with its dots; `None` for `import …`.
    pub(crate) module: Option<String>,
    /// What is imported.
    pub(crate) names: Vec<Name>,
    /// The comment lines before it.
    pub(crate) before: Vec<String>,
    /// The comments within it and behind it.
    pub(crate) comments: Vec<String>,
    /// Where it begins in the text it comes from.
    pub(crate) offset: usize,
    /// The statement as written, while it still says what `names` says.
    text: Option<String>,
}

/// A module, taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Module {
    /// Comments at the very top: shebang, encoding, licence.
    pub(crate) header: String,
    /// The docstring with its quotes.
    pub(crate) docstring: Option<String>,
    /// `from __future__ import …`
    pub(crate) future: Vec<Import>,
    /// The imports at the top.
    pub(crate) runtime: Vec<Import>,
    /// The imports under `if TYPE_CHECKING:`.
    pub(crate) typing: Vec<Import>,
    /// The comment behind `if TYPE_CHECKING:`.
    pub(crate) typing_comment: Option<String>,
    /// Everything after the imports.
    pub(crate) body: String,
    /// Where the body begins.
    pub(crate) body_offset: usize,
}

impl Import {
    /// `from module import name`
    pub(crate) fn new(module: &str, name: &str) -> Self {
        Self {
            module: Some(module.to_owned()),
            names: vec![Name { name: name.to_owned(), alias: None }],
            before: vec![],
            comments: vec![],
            offset: 0,
            text: None,
        }
    }

    fn from(text: &str, stmt: &Stmt) -> Option<Self> {
        let (module, aliases) = match stmt {
            Stmt::Import(import) => (None, &import.names),
            Stmt::ImportFrom(import) => {
                let dots = ".".repeat(usize::try_from(import.level).unwrap_or(0));
                let module = import.module.as_ref().map_or("", |module| module.as_str());
                (Some(format!("{dots}{module}")), &import.names)
            }
            _ => return None,
        };
        let written = &text[stmt.start().to_usize()..stmt.end().to_usize()];
        let useless = aliases.iter().any(is_useless);
        Some(Self {
            module,
            names: aliases.iter().map(Name::from).collect(),
            before: vec![],
            comments: comment_lines(written),
            offset: stmt.start().to_usize(),
            text: (!useless).then(|| written.to_owned()),
        })
    }

    /// Keeps the names that `wanted` accepts; whether any are left.
    pub(crate) fn retain(&mut self, wanted: impl FnMut(&Name) -> bool) -> bool {
        let count = self.names.len();
        self.names.retain(wanted);
        if self.names.len() != count {
            self.text = None;
        }
        !self.names.is_empty()
    }

    /// The statement with its comments, ending in a newline.
    pub(crate) fn render(&self, indent: &str, into: &mut String) {
        for comment in &self.before {
            *into += &format!("{indent}{comment}\n");
        }
        let statement = match (&self.text, &self.module) {
            (Some(text), _) => text.clone(),
            (None, None) => format!("import {}", self.listed()),
            (None, Some(module)) if self.names.len() > 1 => {
                format!("from {module} import ({})", self.listed())
            }
            (None, Some(module)) => format!("from {module} import {}", self.listed()),
        };
        // Comments within a statement that is written as it was are still in it.
        let behind: Vec<&str> =
            self.comments.iter().map(String::as_str).filter(|comment| !statement.contains(comment)).collect();
        let behind = if behind.is_empty() { String::new() } else { format!("  {}", behind.join("  ")) };
        *into += &format!("{indent}{statement}{behind}\n");
    }

    fn listed(&self) -> String {
        let names: Vec<String> = self
            .names
            .iter()
            .map(|name| match &name.alias {
                Some(alias) => format!("{} as {alias}", name.name),
                None => name.name.clone(),
            })
            .collect();
        names.join(", ")
    }
}

impl Name {
    fn from(alias: &Alias) -> Self {
        let other = alias.asname.as_ref().filter(|_| !is_useless(alias));
        Self { name: alias.name.to_string(), alias: other.map(ToString::to_string) }
    }

    /// The name that the importing module gets: `a` for `import a.b`.
    pub(crate) fn bound(&self, is_from: bool) -> &str {
        match &self.alias {
            Some(alias) => alias,
            None if is_from => &self.name,
            None => self.name.split('.').next().unwrap_or(&self.name),
        }
    }
}

/// `x as x`
pub(crate) fn is_useless(alias: &Alias) -> bool {
    alias.asname.as_ref().is_some_and(|asname| asname.as_str() == alias.name.as_str())
}

impl Module {
    /// Takes a module apart.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        Ok(Self::of(text, fault::parse(text)?.suite()))
    }

    /// Takes a module apart whose statements are known.
    pub(crate) fn of(text: &str, suite: &[Stmt]) -> Self {
        Self::split(text, suite, true)
    }

    /// Takes the beginning of a text apart that need not be a whole module: a list of arguments, a clause.
    fn parse_fragment(text: &str) -> Self {
        let parsed = fault::parse_leniently(text);
        let sound = parsed.errors().iter().map(Ranged::start).min();
        let whole = parsed.suite().iter().take_while(|stmt| sound.is_none_or(|sound| stmt.end() < sound));
        let suite: Vec<Stmt> = whole.cloned().collect();
        Self::split(text, &suite, false)
    }

    fn split(text: &str, suite: &[Stmt], whole: bool) -> Self {
        let mut module = Self::default();
        // A byte order mark is no text: what comes before it would make it some.
        let mut rest = Rest { text, at: text.len() - text.trim_start_matches('\u{feff}').len() };
        if whole {
            module.header = rest.header(suite.first());
        }
        let mut suite = suite;
        if let Some((first, others)) =
            suite.split_first().filter(|(first, _)| whole && is_docstring_stmt(first))
        {
            rest.comments_before(first);
            let comment = rest.pass(first);
            let written = &text[first.start().to_usize()..first.end().to_usize()];
            module.docstring =
                Some(comment.map_or(written.to_owned(), |comment| format!("{written}  {comment}")));
            suite = others;
        }
        for stmt in suite {
            if let Some(block) = type_checking(stmt) {
                module.add_block(&mut rest, block);
            } else if let Some(import) = rest.import(stmt) {
                let is_future = import.module.as_deref() == Some("__future__");
                if is_future { module.future.push(import) } else { module.runtime.push(import) }
            } else {
                break;
            }
        }
        module.body_offset = rest.at;
        module.body = text[rest.at..].to_owned();
        module
    }

    fn add_block(&mut self, rest: &mut Rest<'_>, block: &StmtIf) {
        let mut before = rest.comments_before(block);
        let colon = rest.text[block.test.end().to_usize()..].find(':').unwrap_or(0);
        rest.at = block.test.end().to_usize() + colon + 1;
        if let Some(comment) = rest.line_end() {
            self.typing_comment = Some(comment);
        }
        for stmt in &block.body {
            let Some(mut import) = rest.import(stmt) else { continue };
            import.before.splice(0..0, before.drain(..));
            self.typing.push(import);
        }
    }
}

impl Module {
    /// The module as text. Imports are neither sorted nor wrapped: that is the job of tidying.
    pub(crate) fn render(&self) -> String {
        let mut parts = Vec::new();
        let top = [Some(self.header.clone()), self.docstring.clone()];
        parts.extend(top.into_iter().flatten().filter(|part| !part.is_empty()).map(|part| part + "\n"));
        for imports in [&self.future, &self.runtime] {
            let mut text = String::new();
            imports.iter().for_each(|import| import.render("", &mut text));
            parts.push(text);
        }
        if !self.typing.is_empty() {
            let comment =
                self.typing_comment.as_ref().map_or(String::new(), |comment| format!("  {comment}"));
            let mut text = format!("if TYPE_CHECKING:{comment}\n");
            self.typing.iter().for_each(|import| import.render("    ", &mut text));
            parts.push(text);
        }
        parts.push(self.body.trim_start_matches('\n').to_owned());
        parts.retain(|part| !part.trim().is_empty());
        parts.join("\n")
    }
}

/// The text that has not been taken apart yet.
struct Rest<'a> {
    text: &'a str,
    at: usize,
}

impl Rest<'_> {
    /// Comments at the top that belong to the file, since a blank line or a docstring follows.
    fn header(&mut self, first: Option<&Stmt>) -> String {
        let end = first.map_or(self.text.len(), |first| first.start().to_usize());
        let top = &self.text[self.at..end];
        let length = if first.is_some_and(is_docstring_stmt) {
            top.len()
        } else if let Some(blank) = top.find("\n\n").filter(|_| top.starts_with('#')) {
            blank + 2
        } else if top.starts_with("#!") {
            top.find('\n').map_or(top.len(), |newline| newline + 1)
        } else {
            0
        };
        self.at += length;
        top[..length].trim().to_owned()
    }

    fn import(&mut self, stmt: &Stmt) -> Option<Import> {
        let mut import = Import::from(self.text, stmt)?;
        import.before = self.comments_before(stmt);
        import.comments.extend(self.pass(stmt));
        Some(import)
    }

    fn comments_before(&mut self, next: &impl Ranged) -> Vec<String> {
        let between = self.text.get(self.at..next.start().to_usize()).unwrap_or_default();
        self.at = next.start().to_usize();
        comment_lines(between)
    }

    /// Moves behind a statement and its line; returns the comment there.
    fn pass(&mut self, stmt: &Stmt) -> Option<String> {
        self.at = stmt.end().to_usize();
        self.line_end()
    }

    fn line_end(&mut self) -> Option<String> {
        let line = self.text[self.at..].split('\n').next().unwrap_or_default();
        let content = line.trim_start();
        if content.starts_with(';') {
            self.at += line.len() - content.len() + 1;
            return None;
        }
        if !content.is_empty() && !content.starts_with('#') {
            // A block of one line: its first statement follows.
            return None;
        }
        self.at = (self.at + line.len() + 1).min(self.text.len());
        content.starts_with('#').then(|| content.trim_end().to_owned())
    }
}

/// The comments in text that holds no `#` otherwise: between statements, and within an import.
fn comment_lines(text: &str) -> Vec<String> {
    text.lines().filter_map(|line| line.find('#').map(|at| line[at..].trim_end().to_owned())).collect()
}

/// `if TYPE_CHECKING:` with nothing but imports.
fn type_checking(stmt: &Stmt) -> Option<&StmtIf> {
    let block = type_checking_block(stmt)?;
    block.body.iter().all(|stmt| matches!(stmt, Stmt::Import(_) | Stmt::ImportFrom(_))).then_some(block)
}

/// `if TYPE_CHECKING:` without any other branch.
pub(crate) fn type_checking_block(stmt: &Stmt) -> Option<&StmtIf> {
    let Stmt::If(block) = stmt else { return None };
    let is_test = match block.test.as_ref() {
        Expr::Name(name) => name.id.as_str() == "TYPE_CHECKING",
        Expr::Attribute(attribute) => attribute.attr.as_str() == "TYPE_CHECKING",
        _ => false,
    };
    (is_test && block.elif_else_clauses.is_empty()).then_some(block)
}

/// Splits a contribution to a slot into its leading imports (with an `if TYPE_CHECKING:` block) and its body.
/// The body need not be Python by itself.
pub fn split_fragment(text: &str) -> (String, String) {
    let mut module = Module::parse_fragment(text);
    let body = std::mem::take(&mut module.body);
    (module.render(), body.trim_start_matches('\n').trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_is_imports_and_body() {
        let cases = [
            ("import a\nfrom b import c\n\nx: int = 1\n", "import a\nfrom b import c\n", "x: int = 1"),
            ("import a\n\n\"redis\": check,\n", "import a\n", "\"redis\": check,"),
            ("import a\n\nexcept a.E:\n    pass\n", "import a\n", "except a.E:\n    pass"),
            ("import a\n\n    indented,\n", "import a\n", "    indented,"),
            ("x = 1\nimport a\n", "", "x = 1\nimport a"),
            ("\n", "", ""),
            ("import a", "import a\n", ""),
            ("import a; import b; x = 1\n", "import a\nimport b\n", " x = 1"),
            ("# why\nimport a  # how\n# what\nx = 1\n", "# why\nimport a  # how\n", "# what\nx = 1"),
            ("from a import (\n    b,  # c\n    d,\n)\n", "from a import (\n    b,  # c\n    d,\n)\n", ""),
            ("\"text\"\n", "", "\"text\""),
            (
                "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    # why\n    from a import b\n\nroute(b)\n",
                "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    # why\n    from a import b\n",
                "route(b)",
            ),
            ("if TYPE_CHECKING: import a\nx\n", "from typing import TYPE_CHECKING\n", "x"),
        ];
        for (text, imports, body) in &cases[..cases.len() - 1] {
            assert_eq!(split_fragment(text), ((*imports).to_owned(), (*body).to_owned()), "{text}");
        }
        let (imports, body) = split_fragment(cases[cases.len() - 1].0);
        assert_eq!((imports.as_str(), body.as_str()), ("if TYPE_CHECKING:\n    import a\n", "x"));
    }

    #[test]
    fn a_module_loses_nothing() {
        let text = "#!/usr/bin/env python\n# Copyright\n\n# about a\nimport a\n\nimport b as c, d as d  # two\n\n# body\nx = 1\n";
        let module = Module::parse(text).unwrap();
        assert_eq!(module.header, "#!/usr/bin/env python\n# Copyright");
        let expected = text.replace("import a\n\nimport b as c, d as d", "import a\nimport b as c, d");
        assert_eq!(module.render(), expected);
        assert_eq!(&text[module.body_offset..], "\n# body\nx = 1\n");
    }
}
