//! Whether the Python of a rendered project pleases the project's own tools.

use std::ops::Range;

use crate::{
    error::Mistake,
    plan::Plan,
    preset::Library,
    python::{fault::Fault, tidy::Tidy, tools},
    relpath::RelPath,
    render::origin::{self, RENDERED},
    source::Source,
    tree::Tree,
};

/// All mistakes of the files of `tree`.
pub(super) fn all(library: &Library, plan: &Plan, tree: &Tree) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let pyproject = RelPath::new("pyproject.toml").ok().and_then(|path| tree.get(&path)?.as_text());
    let paths: Vec<&RelPath> = tree.keys().collect();
    let tidy = Tidy::for_tree(pyproject.unwrap_or_default(), paths.iter().map(|path| path.as_str()));
    // What nobody lints or formats was read when it was rendered.
    let formats = pyproject.is_some_and(tools::formats);
    for (path, file) in tree {
        let Some(text) = file.as_text() else { continue };
        if let Ok(tidy) = &tidy
            && formats
            && path.has_extension("py")
        {
            mistakes.extend(python(library, plan, tree, tidy, path, text));
        }
    }
    mistakes
}

/// What the linter and the formatter of the project say.
fn python(
    library: &Library,
    plan: &Plan,
    tree: &Tree,
    tidy: &Tidy,
    path: &RelPath,
    text: &str,
) -> Vec<Mistake> {
    let shown = format!("{path}{RENDERED}");
    let syntax = |fault: Fault| vec![fault.mistake("python-syntax", &shown, text)];
    let findings = match tidy.lint(path.as_str(), text) {
        Ok(findings) => findings,
        Err(fault) => return syntax(fault),
    };
    let place = |line: usize| -> (Source, Range<usize>) {
        origin::line(library, plan, tree, path.as_str(), line).unwrap_or((Source::new(&*shown, text), 0..0))
    };
    let mut mistakes: Vec<Mistake> = findings
        .into_iter()
        .map(|finding| {
            let (source, span) = place(finding.line);
            let title = format!("{}: {}", finding.rule, finding.message);
            let label = if source.name.ends_with(RENDERED) { String::new() } else { format!("in `{path}`") };
            Mistake::new("python-lint", title, &source, span).label(label)
        })
        .collect();
    match tidy.is_formatted(path.as_str(), text) {
        Ok(true) => {}
        Ok(false) => {
            let (source, span) = place(1);
            let title = format!("`{path}` is not as the project's formatter writes it");
            mistakes.push(Mistake::new("python-format", title, &source, span));
        }
        Err(fault) => mistakes.extend(syntax(fault)),
    }
    mistakes
}
