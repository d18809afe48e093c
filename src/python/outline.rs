//! What a Python file is made of: definitions, imports, calls and comments, each with its line.

use std::collections::BTreeMap;

use ruff_python_ast::{
    Expr, Stmt, StmtClassDef, StmtFunctionDef, StmtImportFrom,
    helpers::is_docstring_stmt,
    token::TokenKind,
    visitor::{Visitor, walk_expr, walk_stmt},
};
use ruff_text_size::Ranged;

use super::fault::{self, Fault};

/// What a Python file is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// The module, its classes and its functions, in the order of the file.
    pub definitions: Vec<Definition>,
    /// What is imported, at the top and elsewhere.
    pub imports: Vec<Import>,
    /// What is called, by its name where it is defined as far as imports tell.
    pub calls: Vec<Call>,
    /// Comments with their `#`.
    pub comments: Vec<(usize, String)>,
    /// The number of lines.
    pub lines: usize,
}

/// A module, class or function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// What it is.
    pub kind: Kind,
    /// The name with the names around it, such as `Users.add`; empty for the module.
    pub name: String,
    /// The 1-based line of its name.
    pub line: usize,
    /// How many lines it has.
    pub lines: usize,
    /// The text of its docstring.
    pub docstring: Option<String>,
    /// What stands in it.
    pub body: Body,
    /// Whether it only declares something: in a protocol, abstract, or an overload.
    pub declares: bool,
    /// Whether it stands within a function.
    pub is_local: bool,
    /// Its arguments without `self` and `cls`: name, and whether there is a type.
    pub arguments: Vec<(String, bool)>,
    /// Whether it says what it returns.
    pub returns: bool,
}

impl Definition {
    /// Whether its docstring has an example that runs as a doctest; nobody needs one of a whole module.
    pub fn has_example(&self) -> bool {
        self.kind == Kind::Module || self.docstring.as_ref().is_some_and(|text| text.contains(PROMPT))
    }
}

/// How a line of a doctest begins.
const PROMPT: &str = ">>> ";

/// The kinds of definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The file.
    Module,
    /// A class.
    Class,
    /// A function or method.
    Function,
}

/// What stands in a definition, apart from its docstring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// `pass` and no more.
    Pass,
    /// `...` and no more.
    Ellipsis,
    /// Code.
    Code,
}

/// An imported module or name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The 1-based line.
    pub line: usize,
    /// The dots before a relative import.
    pub level: usize,
    /// The module: `a.b` in `import a.b` and in `from a.b import c`.
    pub module: String,
    /// The name in `from … import name`.
    pub name: Option<String>,
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The 1-based line.
    pub line: usize,
    /// The dotted name of the function.
    pub name: String,
}

/// Reads a file.
///
/// # Errors
/// The first place at which it is no Python.
pub fn outline(text: &str) -> Result<Outline, Fault> {
    let parsed = fault::parse(text)?;
    let starts: Vec<usize> =
        std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut reader = Reader {
        text,
        starts,
        around: vec![],
        in_function: 0,
        in_protocol: false,
        bound: BTreeMap::new(),
        found: Outline { lines: text.lines().count(), ..Outline::default() },
    };
    let suite = parsed.suite();
    reader.found.definitions.push(Definition {
        kind: Kind::Module,
        name: String::new(),
        line: 1,
        lines: reader.found.lines,
        docstring: docstring(suite),
        body: body(suite),
        declares: false,
        is_local: false,
        arguments: vec![],
        returns: true,
    });
    for token in parsed.tokens().iter().filter(|token| token.kind() == TokenKind::Comment) {
        let comment = text[token.start().to_usize()..token.end().to_usize()].to_owned();
        let line = reader.line(token.start().to_usize());
        reader.found.comments.push((line, comment));
    }
    reader.visit_body(suite);
    Ok(reader.found)
}

struct Reader<'t> {
    text: &'t str,
    starts: Vec<usize>,
    around: Vec<String>,
    in_function: usize,
    in_protocol: bool,
    /// Names bound by imports, and what they stand for.
    bound: BTreeMap<String, String>,
    found: Outline,
}

impl<'a> Visitor<'a> for Reader<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => self.function(function, stmt),
            Stmt::ClassDef(class) => self.class(class, stmt),
            Stmt::Import(import) => {
                let line = self.line(import.start().to_usize());
                for alias in &import.names {
                    let module = alias.name.to_string();
                    if let Some(name) = &alias.asname {
                        self.bound.insert(name.to_string(), module.clone());
                    }
                    self.found.imports.push(Import { line, level: 0, module, name: None });
                }
            }
            Stmt::ImportFrom(import) => self.import_from(import),
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Call(call) = expr
            && let Some(name) = dotted(&call.func)
        {
            let line = self.line(call.start().to_usize());
            let name = self.resolved(&name);
            self.found.calls.push(Call { line, name });
        }
        walk_expr(self, expr);
    }
}

impl Reader<'_> {
    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    fn lines(&self, of: &impl Ranged) -> usize {
        let end = of.end().to_usize().min(self.text.len());
        self.line(end.saturating_sub(1)) - self.line(of.start().to_usize()) + 1
    }

    fn named(&self, name: &str) -> String {
        self.around.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join(".")
    }

    fn import_from(&mut self, import: &StmtImportFrom) {
        let line = self.line(import.start().to_usize());
        let module = import.module.as_ref().map(ToString::to_string).unwrap_or_default();
        let level = import.level as usize;
        for alias in &import.names {
            let name = alias.name.to_string();
            let here = alias.asname.as_ref().map_or_else(|| name.clone(), ToString::to_string);
            if level == 0 {
                self.bound.insert(here, format!("{module}.{name}"));
            }
            self.found.imports.push(Import { line, level, module: module.clone(), name: Some(name) });
        }
    }

    fn function(&mut self, function: &StmtFunctionDef, stmt: &Stmt) {
        let marks = |names: &[&str]| {
            function.decorator_list.iter().filter_map(|it| dotted(&it.expression)).any(|it| {
                let last = it.rsplit('.').next().unwrap_or(&it);
                names.contains(&last)
            })
        };
        let in_class = self.in_function == 0 && !self.around.is_empty();
        let first = usize::from(in_class && !marks(&["staticmethod"]));
        let parameters = &function.parameters;
        let plain = parameters.iter_non_variadic_params().map(|it| &it.parameter);
        let rest = [&parameters.vararg, &parameters.kwarg].into_iter().flatten().map(AsRef::as_ref);
        let arguments =
            plain.skip(first).chain(rest).map(|it| (it.name.to_string(), it.annotation.is_some())).collect();
        let definition = Definition {
            kind: Kind::Function,
            name: self.named(&function.name),
            line: self.line(function.name.start().to_usize()),
            lines: self.lines(function),
            docstring: docstring(&function.body),
            body: body(&function.body),
            declares: self.in_protocol || marks(&["abstractmethod", "overload"]),
            is_local: self.in_function > 0,
            arguments,
            returns: function.returns.is_some(),
        };
        self.found.definitions.push(definition);
        self.around.push(function.name.to_string());
        self.in_function += 1;
        walk_stmt(self, stmt);
        self.in_function -= 1;
        self.around.pop();
    }

    fn class(&mut self, class: &StmtClassDef, stmt: &Stmt) {
        let bases = class.arguments.iter().flat_map(|arguments| arguments.args.iter());
        let bases: Vec<String> = bases.filter_map(base).map(|name| self.resolved(&name)).collect();
        let is_protocol = bases.iter().any(|it| it.rsplit('.').next() == Some("Protocol"));
        let definition = Definition {
            kind: Kind::Class,
            name: self.named(&class.name),
            line: self.line(class.name.start().to_usize()),
            lines: self.lines(class),
            docstring: docstring(&class.body),
            body: body(&class.body),
            declares: is_protocol,
            is_local: self.in_function > 0,
            arguments: vec![],
            returns: true,
        };
        self.found.definitions.push(definition);
        self.around.push(class.name.to_string());
        let (protocol, functions) = (self.in_protocol, self.in_function);
        (self.in_protocol, self.in_function) = (is_protocol, 0);
        walk_stmt(self, stmt);
        (self.in_protocol, self.in_function) = (protocol, functions);
        self.around.pop();
    }

    /// The dotted name with its first part replaced by what was imported under it.
    fn resolved(&self, name: &str) -> String {
        let (first, rest) = name.split_once('.').map_or((name, None), |(first, rest)| (first, Some(rest)));
        match (self.bound.get(first), rest) {
            (Some(full), Some(rest)) => format!("{full}.{rest}"),
            (Some(full), None) => full.clone(),
            (None, _) => name.to_owned(),
        }
    }
}

/// The dotted name of an expression such as `a.b.c`, also when it is called.
fn dotted(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Name(name) => Some(name.id.to_string()),
        Expr::Attribute(attribute) => Some(format!("{}.{}", dotted(&attribute.value)?, attribute.attr)),
        Expr::Call(call) => dotted(&call.func),
        _ => None,
    }
}

/// The name of a base class, without its type arguments.
fn base(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Subscript(subscript) => dotted(&subscript.value),
        other => dotted(other),
    }
}

fn docstring(body: &[Stmt]) -> Option<String> {
    match body.first()? {
        Stmt::Expr(first) => match first.value.as_ref() {
            Expr::StringLiteral(text) => Some(text.value.to_str().to_owned()),
            _ => None,
        },
        _ => None,
    }
}

fn body(body: &[Stmt]) -> Body {
    let rest = match body.split_first() {
        Some((first, rest)) if is_docstring_stmt(first) => rest,
        _ => body,
    };
    let is_ellipsis = |stmt: &Stmt| matches!(stmt, Stmt::Expr(it) if it.value.is_ellipsis_literal_expr());
    match rest {
        [] => Body::Empty,
        all if all.iter().all(|stmt| matches!(stmt, Stmt::Pass(_))) => Body::Pass,
        all if all.iter().all(is_ellipsis) => Body::Ellipsis,
        _ => Body::Code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\"\"\"Doc.\"\"\"\nimport os as system\nfrom typing import Protocol\n\n\nclass A(Protocol):\n    \
                        def f(self, x, y: int) -> None: ...\n\n\ndef g(a):  # note later\n    \"\"\"D.\"\"\"\n    \
                        system.getenv(\"X\")\n    def h(): pass\n";

    #[test]
    fn definitions_calls_and_comments_are_found() {
        let found = outline(TEXT).unwrap();
        let names: Vec<(&str, usize, Body, bool)> =
            found.definitions.iter().map(|it| (&*it.name, it.line, it.body, it.declares)).collect();
        let expected = [
            ("", 1, Body::Code, false),
            ("A", 6, Body::Code, true),
            ("A.f", 7, Body::Ellipsis, true),
            ("g", 10, Body::Code, false),
            ("g.h", 13, Body::Pass, false),
        ];
        assert_eq!(names, expected);
        assert_eq!(found.definitions[2].arguments, [("x".to_owned(), false), ("y".to_owned(), true)]);
        assert_eq!(found.calls, [Call { line: 12, name: "os.getenv".into() }]);
        assert_eq!(found.comments, [(10, "# note later".to_owned())]);
        assert_eq!(found.definitions[3].lines, 4);
    }
}
