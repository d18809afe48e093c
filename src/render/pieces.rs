//! The files of a plan: each rendered, pieces of one module joined, Python tidied.

use std::collections::BTreeSet;

use super::{data, examples::Printed, origin::RENDERED};
use crate::{
    compose::slots::Slots,
    error::{Class, Error, Mistake, Result},
    parallel,
    plan::{Plan, Planned},
    preset::Library,
    python::{self, depth, fault::Fault, join, tidy::Tidy, unite},
    relpath::RelPath,
    template::{Delimiters, Engine},
    tree::{File, Tree},
};

/// Renders all files of `plan`, and says which slots they print. With `finished`, nothing is to be done to them after
/// that, and they are checked as by [`finish`].
pub(super) fn files(
    plan: &Plan,
    library: &Library,
    engine: &Engine,
    slots: &Slots,
    finished: bool,
) -> Result<(Tree, Printed)> {
    let mut tree = Tree::new();
    let mut printed = Printed::new();
    let mut mistakes = vec![];
    let groups: Vec<&[Planned]> = plan.files.chunk_by(|one, two| one.path == two.path).collect();
    let files = parallel::map(groups, |group| {
        let file = file(plan, library, engine, slots, group).and_then(|(mut file, slots)| {
            if finished {
                finish_file(&group[0].path, &mut file, None)?;
            }
            Ok((file, slots))
        });
        (group, file)
    });
    for (group, file) in files {
        match file {
            Ok((file, slots)) => {
                printed.insert(group[0].path.clone(), slots);
                tree.insert(group[0].path.clone(), file);
            }
            Err(error) if error.places().is_empty() => return Err(error),
            Err(error) => mistakes.extend_from_slice(error.places()),
        }
    }
    if mistakes.is_empty() {
        return Ok((tree, printed));
    }
    // Nothing comes after this: what is wrong with the others is said as well.
    if !finished {
        mistakes.extend(finish_all(&mut tree, None));
    }
    Err(Error::mistakes(Class::Rejected, mistakes))
}

fn file(
    plan: &Plan,
    library: &Library,
    engine: &Engine,
    slots: &Slots,
    group: &[Planned],
) -> Result<(File, BTreeSet<String>)> {
    let executable = group.iter().any(|it| it.executable);
    if let [only] = group
        && !only.source.ends_with(".j2")
    {
        let contents = library.bytes(&only.source).unwrap_or_default().to_vec();
        let file = File { contents, executable };
        if let Some(text) = file.as_text().filter(|_| only.path.has_extension("py")) {
            let named = |fault: Fault| fault.mistake("python-limit", &library.shown(&only.source), text);
            depth::check(text).map_err(named)?;
        }
        return Ok((file, BTreeSet::new()));
    }
    let mut pieces = vec![];
    let mut printed = BTreeSet::new();
    for planned in group {
        let (text, slots) = piece(library, engine, slots, planned)?;
        pieces.push((planned.source.clone(), text));
        printed.extend(slots);
    }
    let is_module = group[0].role.as_deref().is_some_and(|role| plan.places.is_one_module(role));
    let path = &group[0].path;
    let text = match pieces.as_slice() {
        [(_, only)] if !(is_module && path.has_extension("py")) => only.clone(),
        many => joined(plan, path, many)?,
    };
    Ok((File { contents: text.into_bytes(), executable }, printed))
}

/// The text of a piece, and the slots that it prints.
fn piece(
    library: &Library,
    engine: &Engine,
    slots: &Slots,
    planned: &Planned,
) -> Result<(String, Vec<String>)> {
    let source = library.source(&planned.source)?;
    let rendered = engine.render_for(planned.item.as_deref(), &source, Delimiters::of(&planned.source))?;
    if !planned.path.has_extension("py") {
        return Ok((without_gaps(&rendered.text), rendered.slots));
    }
    depth::check(&rendered.text).map_err(|fault| super::too_deep(&source, &rendered.text, &fault))?;
    let printed: BTreeSet<&str> = rendered.slots.iter().map(String::as_str).collect();
    let wanted: Vec<(&str, &str)> = printed
        .into_iter()
        .flat_map(|slot| slots.get(slot).unwrap_or_default())
        .map(|it| (it.component.as_str(), it.imports.as_str()))
        .filter(|(_, imports)| !imports.is_empty())
        .collect();
    let text = unite::add_imports(&rendered.text, &wanted)
        .map_err(|error| error.fault.mistake("python-syntax", &super::rendered(&source), &rendered.text))?;
    Ok((text, rendered.slots))
}

fn joined(plan: &Plan, path: &RelPath, pieces: &[(String, String)]) -> Result<String> {
    let module = plan.places.dotted(path).unwrap_or_default();
    let inside = path.as_str().strip_prefix(plan.places.root()).unwrap_or(path.as_str());
    let docstring = plan.layout.value.modules.get(inside.trim_start_matches('/'));
    let pieces: Vec<(&str, &str)> = pieces.iter().map(|(name, text)| (&**name, &**text)).collect();
    join::join(&pieces, &module, docstring.map_or("", String::as_str)).map_err(|error| {
        let text = pieces.iter().find(|(name, _)| *name == error.piece).map_or("", |(_, text)| text);
        let name = format!("{}{RENDERED}", error.piece);
        if error.fault.message.starts_with("syntax error") {
            return error.fault.mistake("python-syntax", &name, text).into();
        }
        let mistake = error.fault.mistake("python-join", &name, text);
        mistake.label(format!("the pieces of `{path}` cannot stand in one module")).into()
    })
}

/// Text with at most one blank line in a row, and one line end at the end. Blocks of code in Markdown keep theirs.
fn without_gaps(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = 1;
    let mut is_code = false;
    for line in text.lines() {
        blank = if line.trim().is_empty() { blank + 1 } else { 0 };
        is_code ^= line.trim_start().starts_with("```");
        if blank < 2 || is_code {
            out.push_str(line.trim_end_matches('\r'));
            out.push('\n');
        }
    }
    let end = out.trim_end().len();
    out.truncate(end);
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Tidies Python, and reads every data file.
///
/// # Errors
/// All files that are not what their names say.
pub(super) fn finish(tree: &mut Tree, tidy: Option<&Tidy>) -> Result<()> {
    let mistakes = finish_all(tree, tidy);
    if mistakes.is_empty() { Ok(()) } else { Err(Error::mistakes(Class::Rejected, mistakes)) }
}

fn finish_all(tree: &mut Tree, tidy: Option<&Tidy>) -> Vec<Mistake> {
    let mistakes = parallel::map(tree.iter_mut().collect(), |(path, file): (&RelPath, &mut File)| {
        finish_file(path, file, tidy).err()
    });
    mistakes.into_iter().flatten().collect()
}

fn finish_file(path: &RelPath, file: &mut File, tidy: Option<&Tidy>) -> Result<(), Mistake> {
    if path.has_extension("py") {
        return tidy_file(path, file, tidy);
    }
    data::check(path, file)
}

/// Sorts imports, removes unused ones and formats, as the project's own tools would; without such tools Python is
/// only read, and stays as it was written.
fn tidy_file(path: &RelPath, file: &mut File, tidy: Option<&Tidy>) -> Result<(), Mistake> {
    let Some(text) = file.as_text() else { return Ok(()) };
    let tidied = match tidy {
        Some(tidy) => tidy.tidy_rendered(path.as_str(), text).map(Some),
        None => python::fault::parse(text).map(|_| None),
    };
    match tidied {
        Ok(Some(tidied)) => file.contents = tidied.into_bytes(),
        Ok(None) => {}
        Err(fault) => return Err(fault.mistake("python-syntax", &format!("{path}{RENDERED}"), text)),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_close_but_in_code() {
        let text = "\n\na\r\n\n\n\nb\n```python\nc\n\n\nd\n```\n\n\ne\n\n\n";
        assert_eq!(without_gaps(text), "a\n\nb\n```python\nc\n\n\nd\n```\n\ne\n");
        assert_eq!(without_gaps("\n\n"), "");
    }
}
