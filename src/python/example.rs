//! One example as a section of a docstring: code for the reader, and the same code as a doctest that is not shown.

use std::collections::BTreeSet;

use ruff_python_ast::{
    Alias, ExceptHandler, Expr, ExprContext, Parameter, Pattern, Stmt,
    visitor::{self, Visitor},
};
use ruff_text_size::Ranged;

use super::{
    bindings::bindings,
    fault::{self, Fault},
    imports::{Import, Module},
    join::absolute,
    tidy::Tidy,
};
use crate::preset::Example;

/// The part of an example in which something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The code before.
    Setup,
    /// The code that is shown.
    Code,
    /// What is printed.
    Expect,
}

impl Part {
    /// The key of the part.
    pub fn key(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Code => "code",
            Self::Expect => "expect",
        }
    }
}

/// The columns that the section and the prompts of a doctest take.
const COLUMNS: usize = 8;

/// Where examples stand: the names of their module, and how its code is written.
pub(super) struct Place<'a> {
    path: &'a str,
    module: &'a str,
    tidy: &'a Tidy,
    own: BTreeSet<String>,
    imports: Module,
}

impl<'a> Place<'a> {
    /// The module called `module` at `path`, with its text.
    pub(super) fn new(path: &'a str, module: &'a str, text: &str, tidy: &'a Tidy) -> Result<Self, Fault> {
        let parsed = fault::parse(text)?;
        let own = parsed.suite().iter().flat_map(bindings).map(|it| it.name).collect();
        Ok(Self { path, module, tidy, own, imports: Module::parse(text)? })
    }

    /// The lines of the section for a docstring that is indented by `indent`.
    pub(super) fn section(&self, example: &Example, indent: usize) -> Result<Vec<String>, (Part, Fault)> {
        check(example)?;
        let names = free_names(&format!("{}\n{}", example.setup, example.code));
        let shown = names.intersection(&free_names(&example.code)).cloned().collect();
        let write = |imports: Vec<String>, parts: &[&str]| {
            let code = format!("{}\n\n{}", imports.join("\n"), parts.join("\n"));
            let code = self.tidy.snippet(self.path, &code, indent + COLUMNS);
            // The docstring around it ends at its own quotes.
            code.map(|code| code.replace("\"\"\"", "'''")).map_err(|fault| (Part::Code, fault))
        };
        let fence = write(self.imports_of(&shown, true), &[&example.code])?;
        let test = write(self.imports_of(&names, false), &[&example.setup, &example.code])?;
        let mut lines = vec!["```python".to_owned()];
        lines.extend(fence.trim().lines().map(str::to_owned));
        lines.extend(shown_result(&example.expect).map(|line| format!("# {line}")));
        lines.extend(["```", "", "<!-- As a doctest:"].map(str::to_owned));
        lines.extend(prompts(&test));
        let printed = example.expect.trim_end().lines();
        lines.extend(printed.map(|line| if line.is_empty() { "<BLANKLINE>" } else { line }.to_owned()));
        // Without the blank line the end of the comment would be part of what is expected.
        lines.extend(["", "-->"].map(str::to_owned));
        let indented = |line: String| if line.is_empty() { line } else { format!("    {line}") };
        Ok(std::iter::once("Example:".to_owned()).chain(lines.into_iter().map(indented)).collect())
    }

    /// Imports for those of `names` that the module defines or imports; a doctest, unlike a reader, has the names
    /// that are there at run time.
    fn imports_of(&self, names: &BTreeSet<String>, for_reader: bool) -> Vec<String> {
        let mut lines = vec![];
        let known: &[&[Import]] =
            if for_reader { &[&self.imports.runtime, &self.imports.typing] } else { &[&self.imports.typing] };
        for import in known.iter().copied().flatten() {
            let mut import = import.clone();
            import.before.clear();
            import.comments.clear();
            let package = self.module.rsplit_once('.').map_or("", |(package, _)| package);
            import.module = import.module.map(|from| absolute(&from, package));
            let is_from = import.module.is_some();
            if import
                .retain(|name| names.contains(name.bound(is_from)) && !self.own.contains(name.bound(is_from)))
            {
                let mut line = String::new();
                import.render("", &mut line);
                lines.push(line.trim_end().to_owned());
            }
        }
        if for_reader && !self.module.is_empty() {
            let own = names.iter().filter(|name| self.own.contains(*name));
            lines.extend(own.map(|name| format!("from {} import {name}", self.module)));
        }
        lines
    }
}

/// What would end the docstring or the comment too early, or is no Python.
fn check(example: &Example) -> Result<(), (Part, Fault)> {
    for (part, text) in
        [(Part::Setup, &example.setup), (Part::Code, &example.code), (Part::Expect, &example.expect)]
    {
        // Quotes of the one kind are written as the other, which the code must not have then.
        let quotes = if part == Part::Expect { "\"\"\"" } else { "'''" };
        for mark in ["-->", "```", quotes] {
            if let Some(at) = text.find(mark) {
                let message = format!("an example cannot hold `{mark}`: it would end where it stands");
                return Err((part, Fault::at(text, at, message)));
            }
        }
        if part != Part::Expect {
            fault::parse(text).map_err(|fault| (part, fault))?;
        }
    }
    Ok(())
}

/// What a reader sees of the result: of a failure, the last line.
fn shown_result(expect: &str) -> impl Iterator<Item = &str> {
    let lines: Vec<&str> = expect.trim_end().lines().collect();
    let skipped = if expect.starts_with("Traceback") { lines.len().saturating_sub(1) } else { 0 };
    lines.into_iter().skip(skipped)
}

/// Code as a person types it into an interpreter.
fn prompts(code: &str) -> Vec<String> {
    let parsed = fault::parse_leniently(code);
    let mut lines = vec![];
    let mut at = 0;
    for stmt in parsed.suite() {
        let end = stmt.end().to_usize();
        let end = end + code[end..].find('\n').unwrap_or(code.len() - end);
        let between = code[at..stmt.start().to_usize()].lines().filter(|line| !line.trim().is_empty());
        lines.extend(between.map(|comment| format!(">>> {comment}")));
        let source = code[stmt.start().to_usize()..end].lines().enumerate();
        lines.extend(source.map(|(number, line)| {
            let prompt = if number == 0 { ">>>" } else { "..." };
            format!("{prompt} {line}").trim_end().to_owned()
        }));
        at = end;
    }
    lines
}

/// The names that `code` uses and does not bind.
fn free_names(code: &str) -> BTreeSet<String> {
    let mut names = Names::default();
    names.visit_body(fault::parse_leniently(code).suite());
    names.used.difference(&names.bound).cloned().collect()
}

#[derive(Default)]
struct Names {
    used: BTreeSet<String>,
    bound: BTreeSet<String>,
}

impl<'a> Visitor<'a> for Names {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.bound.extend(bindings(stmt).into_iter().map(|it| it.name));
        visitor::walk_stmt(self, stmt);
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Name(name) = expr {
            let names = if name.ctx == ExprContext::Load { &mut self.used } else { &mut self.bound };
            names.insert(name.id.to_string());
        }
        visitor::walk_expr(self, expr);
    }

    fn visit_alias(&mut self, alias: &'a Alias) {
        let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
        self.bound.insert(name.split('.').next().unwrap_or(name).to_owned());
    }

    fn visit_parameter(&mut self, parameter: &'a Parameter) {
        self.bound.insert(parameter.name.to_string());
        visitor::walk_parameter(self, parameter);
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        let ExceptHandler::ExceptHandler(named) = handler;
        self.bound.extend(named.name.iter().map(ToString::to_string));
        visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        if let Pattern::MatchAs(named) = pattern {
            self.bound.extend(named.name.iter().map(ToString::to_string));
        }
        visitor::walk_pattern(self, pattern);
    }
}
