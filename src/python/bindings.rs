//! The names that a top-level statement binds.

use ruff_python_ast::{ExceptHandler, Expr, Stmt};
use ruff_text_size::Ranged;

/// A name and where it is bound.
pub(crate) struct Binding {
    /// The name.
    pub(crate) name: String,
    /// The byte offset in the text.
    pub(crate) offset: usize,
}

/// The names that `stmt` binds in its module, also in its blocks, but not within functions and classes.
pub(crate) fn bindings(stmt: &Stmt) -> Vec<Binding> {
    let mut found = Vec::new();
    of_statement(stmt, &mut found);
    found
}

fn of_statement(stmt: &Stmt, found: &mut Vec<Binding>) {
    match stmt {
        Stmt::FunctionDef(function) => add(&function.name, found),
        Stmt::ClassDef(class) => add(&class.name, found),
        Stmt::Assign(assign) => assign.targets.iter().for_each(|target| of_target(target, found)),
        Stmt::AnnAssign(assign) => of_target(&assign.target, found),
        Stmt::TypeAlias(alias) => of_target(&alias.name, found),
        Stmt::For(each) => {
            of_target(&each.target, found);
            of_body(&each.body, found);
            of_body(&each.orelse, found);
        }
        Stmt::While(each) => {
            of_body(&each.body, found);
            of_body(&each.orelse, found);
        }
        Stmt::With(with) => {
            with.items
                .iter()
                .filter_map(|item| item.optional_vars.as_deref())
                .for_each(|var| of_target(var, found));
            of_body(&with.body, found);
        }
        Stmt::If(branch) => {
            of_body(&branch.body, found);
            branch.elif_else_clauses.iter().for_each(|clause| of_body(&clause.body, found));
        }
        Stmt::Try(attempt) => {
            for body in [&attempt.body, &attempt.orelse, &attempt.finalbody] {
                of_body(body, found);
            }
            for handler in &attempt.handlers {
                let ExceptHandler::ExceptHandler(handler) = handler;
                of_body(&handler.body, found);
            }
        }
        Stmt::Match(choice) => choice.cases.iter().for_each(|case| of_body(&case.body, found)),
        // Imports below other code stay where they are, and may be repeated.
        _ => {}
    }
}

fn of_body(body: &[Stmt], found: &mut Vec<Binding>) {
    body.iter().for_each(|stmt| of_statement(stmt, found));
}

fn of_target(target: &Expr, found: &mut Vec<Binding>) {
    match target {
        Expr::Name(name) => {
            found.push(Binding { name: name.id.to_string(), offset: name.start().to_usize() });
        }
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|item| of_target(item, found)),
        Expr::List(list) => list.elts.iter().for_each(|item| of_target(item, found)),
        Expr::Starred(starred) => of_target(&starred.value, found),
        _ => {}
    }
}

fn add(name: &ruff_python_ast::Identifier, found: &mut Vec<Binding>) {
    found.push(Binding { name: name.to_string(), offset: name.start().to_usize() });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::python::fault::parse;

    #[test]
    fn blocks_bind_in_their_module_and_functions_do_not() {
        let cases = [
            ("def f(a):\n    b = 1\n", "f"),
            ("class C:\n    x: int = 1\n", "C"),
            ("a = (b, *c), [d] = f()\nx.y = 1\nz[0] = 1\n", "a b c d"),
            ("a: int\ntype T = int\n", "a T"),
            ("if x:\n    a = 1\nelif y:\n    b = 1\nelse:\n    c = 1\n", "a b c"),
            ("try:\n    a = 1\nexcept E:\n    b = 1\nelse:\n    c = 1\nfinally:\n    d = 1\n", "a c d b"),
            ("for a in b:\n    c = 1\nwith d as e:\n    f = 1\nwhile g:\n    h = 1\n", "a c e f h"),
            ("match a:\n    case 1:\n        b = 1\n", "b"),
            ("f(a)\na += 1\n", ""),
        ];
        for (text, expected) in cases {
            let parsed = parse(text).unwrap();
            let names: Vec<String> =
                parsed.suite().iter().flat_map(bindings).map(|binding| binding.name).collect();
            assert_eq!(names.join(" "), expected, "{text}");
        }
    }
}
