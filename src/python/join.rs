//! Joins several pieces of Python into one module.

use std::collections::BTreeMap;

use ruff_python_ast::{
    Expr, ExprAttribute, Stmt,
    visitor::{Visitor, walk_expr},
};
use ruff_text_size::Ranged;

use super::{
    bindings::{Binding, bindings},
    fault::{self, Fault, JoinError},
    imports::{Import, Module},
    unite::United,
};

/// Joins `pieces` (name and text) into the module with the dotted name `module`, in their order.
///
/// There is one docstring (`docstring`, or the first piece's when that is empty), the imports are united, what the
/// pieces import from each other is dropped, and identical assignments are kept once. Imports are neither sorted
/// nor wrapped yet: tidy the result.
///
/// # Errors
/// A piece is no Python, a name is defined twice, or a piece reaches another one in a way that joining breaks.
pub fn join(pieces: &[(&str, &str)], module: &str, docstring: &str) -> Result<String, JoinError> {
    let mut united = United::default();
    let mut joined = Module::default();
    let mut bodies: Vec<String> = Vec::new();
    let mut defined: BTreeMap<String, Definition> = BTreeMap::new();
    for (piece, text) in pieces {
        let at = |fault| JoinError::new(piece, fault);
        let parsed = fault::parse(text).map_err(at)?;
        let mut part = Module::of(text, parsed.suite());
        drop_own_imports(text, parsed.suite(), &mut part, module).map_err(at)?;
        let body = without_doubles(piece, text, parsed.suite(), &part, &mut defined).map_err(at)?;
        part.body = body;
        united.add(piece, text, &mut part)?;
        if !joined.header.contains(&part.header) {
            joined.header = format!("{}\n{}", joined.header, part.header).trim().to_owned();
        }
        joined.docstring = joined.docstring.or(part.docstring);
        bodies.push(part.body.trim().to_owned());
    }
    no_import_hides_a_definition(pieces, &united, &defined)?;
    if !docstring.is_empty() {
        joined.docstring = Some(super::docstring::quoted(docstring));
    }
    bodies.retain(|body| !body.is_empty());
    let body = if bodies.is_empty() { String::new() } else { bodies.join("\n\n\n") + "\n" };
    Ok(Module { header: joined.header, docstring: joined.docstring, ..united.finish(body) }.render())
}

/// Drops the imports of the module itself: what they import is defined beside them now.
fn drop_own_imports(text: &str, suite: &[Stmt], part: &mut Module, module: &str) -> Result<(), Fault> {
    let (package, own_name) = module.rsplit_once('.').unwrap_or(("", module));
    let attributes = attributes(suite);
    let mut orphans = Vec::new();
    for imports in [&mut part.runtime, &mut part.typing] {
        let mut kept = Vec::new();
        for mut import in std::mem::take(imports) {
            let fault = own_import_fault(text, &import, module, &attributes);
            if let Some(fault) = fault {
                return Err(fault);
            }
            import.before.splice(0..0, orphans.drain(..));
            let from = import.module.as_deref().map(|from| absolute(from, package));
            let is_left = import.retain(|name| match from.as_deref() {
                Some(from) => from != module && !(from == package && name.name == own_name),
                None => name.name != module,
            });
            if is_left { kept.push(import) } else { orphans = import.before }
        }
        *imports = kept;
    }
    if !orphans.is_empty() {
        part.body = format!("{}\n{}", orphans.join("\n"), part.body);
    }
    Ok(())
}

fn own_import_fault(
    text: &str,
    import: &Import,
    module: &str,
    attributes: &[(String, usize)],
) -> Option<Fault> {
    let (package, own_name) = module.rsplit_once('.').unwrap_or(("", module));
    let from = import.module.as_deref().map(|from| absolute(from, package));
    for name in &import.names {
        let bound = match from.as_deref() {
            Some(from) if from == module => {
                let alias = name.alias.as_ref()?;
                let message = format!(
                    "imports `{}` of its own module `{module}` as `{alias}`: use one name for it, the pieces are joined",
                    name.name
                );
                return Some(Fault::at(text, import.offset, message));
            }
            Some(from) if from == package && name.name == own_name => name.bound(true).to_owned(),
            None if name.name == module => name.alias.clone().unwrap_or_else(|| name.name.clone()),
            _ => continue,
        };
        let used = attributes
            .iter()
            .find(|(dotted, _)| dotted.strip_prefix(&bound).is_some_and(|n| n.starts_with('.')));
        if let Some((dotted, offset)) = used {
            let message = format!(
                "`{dotted}` reaches into `{module}`, which this piece is a part of: import the name itself, \
                 `from {module} import …`"
            );
            return Some(Fault::at(text, *offset, message));
        }
    }
    None
}

/// The absolute name of the module in `from … import`.
pub(super) fn absolute(from: &str, package: &str) -> String {
    let name = from.trim_start_matches('.');
    let dots = from.len() - name.len();
    if dots == 0 {
        return name.to_owned();
    }
    let mut base = package;
    for _ in 1..dots {
        base = base.rsplit_once('.').map_or("", |(parent, _)| parent);
    }
    [base, name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
}

/// All dotted accesses such as `entities.User`, and where they are.
fn attributes(suite: &[Stmt]) -> Vec<(String, usize)> {
    struct Attributes(Vec<(String, usize)>);
    impl<'a> Visitor<'a> for Attributes {
        fn visit_expr(&mut self, expr: &'a Expr) {
            if let Expr::Attribute(attribute) = expr {
                self.0.extend(dotted(attribute).map(|dotted| (dotted, attribute.start().to_usize())));
            }
            walk_expr(self, expr);
        }
    }
    let mut found = Attributes(vec![]);
    found.visit_body(suite);
    found.0
}

fn dotted(attribute: &ExprAttribute) -> Option<String> {
    let base = match attribute.value.as_ref() {
        Expr::Name(name) => name.id.to_string(),
        Expr::Attribute(inner) => dotted(inner)?,
        _ => return None,
    };
    Some(format!("{base}.{}", attribute.attr))
}

/// A top-level name: who defines it, where, and with which text if that is a plain assignment.
#[derive(Debug)]
struct Definition {
    piece: String,
    offset: usize,
    assignment: Option<String>,
}

/// The body of `part` without assignments that an earlier piece makes as well.
fn without_doubles(
    piece: &str,
    text: &str,
    suite: &[Stmt],
    part: &Module,
    defined: &mut BTreeMap<String, Definition>,
) -> Result<String, Fault> {
    let is_body = |stmt: &&Stmt| stmt.start().to_usize() >= part.body_offset;
    let mut cuts = Vec::new();
    for stmt in suite.iter().filter(is_body) {
        let source = &text[stmt.start().to_usize()..stmt.end().to_usize()];
        let assigns = matches!(stmt, Stmt::Assign(_) | Stmt::AnnAssign(_) | Stmt::TypeAlias(_));
        for Binding { name, offset } in bindings(stmt) {
            let assignment = assigns.then(|| source.to_owned());
            let other = defined.get(&name).filter(|other| other.piece != piece);
            match other {
                Some(other) if assignment.is_some() && other.assignment == assignment => {
                    cuts.push((stmt.start().to_usize(), stmt.end().to_usize()));
                }
                Some(other) => {
                    let message = format!("`{name}` is defined here and in `{}`", other.piece);
                    return Err(Fault::at(text, offset, message));
                }
                None => {
                    defined.insert(name, Definition { piece: piece.to_owned(), offset, assignment });
                }
            }
        }
    }
    // Comments of dropped imports may stand before the text of the body.
    let before = part.body.len() - (text.len() - part.body_offset);
    let mut body = text[part.body_offset..].to_owned();
    cuts.dedup();
    for (start, end) in cuts.into_iter().rev() {
        let line = text[end..].split('\n').next().unwrap_or_default();
        let comment = if line.trim_start().starts_with('#') { line.len() } else { 0 };
        body.replace_range(start - part.body_offset..end + comment - part.body_offset, "");
    }
    Ok(format!("{}{body}", &part.body[..before]))
}

/// A name that one piece defines must not be imported from elsewhere by another one.
fn no_import_hides_a_definition(
    pieces: &[(&str, &str)],
    united: &United,
    defined: &BTreeMap<String, Definition>,
) -> Result<(), JoinError> {
    for (name, definition) in defined {
        let Some(importer) = united.importer(name).filter(|importer| *importer != definition.piece) else {
            continue;
        };
        let text = pieces.iter().find(|(piece, _)| *piece == definition.piece).map_or("", |(_, text)| text);
        let message = format!("`{name}` is defined here, and imported from another module in `{importer}`");
        return Err(JoinError::new(&definition.piece, Fault::at(text, definition.offset, message)));
    }
    Ok(())
}
