//! The built-in layout that a document draws, describes, or comes nearest to.

use super::{choices::Choices, roles::Inside, root::Root, wishes::Sight};
use crate::{
    error::{Class, Error, Result},
    facts::Field,
    preset::{Layout, Library},
};

/// The name of a layout, and the line that speaks of it.
pub(super) type Described = (String, Option<usize>);

/// The fewest entries by which a layout is told.
const FEWEST: usize = 5;

/// The built-in layout whose folders a tree draws, all of them, and nothing that it has no place for.
pub(super) fn drawn(library: &Library, root: &Root, entries: &[Inside<'_>]) -> Result<Option<Layout>> {
    let entries: Vec<&Inside<'_>> = entries.iter().filter(|it| !it.path.ends_with("__init__.py")).collect();
    for name in library.layouts() {
        let layout = &library.layout(name)?.value;
        let has = |folder: &str| entries.iter().any(|it| it.folder && it.path == folder);
        let own = layout
            .markers
            .keys()
            .filter(|it| !it.is_empty() && !it.starts_with('/') && !layout.optional.contains(it));
        let complete = own.clone().all(|folder| has(folder)) && own.count() > 0;
        let known = entries.iter().all(|it| holds(layout, it.path, it.folder));
        if root.package == layout.package
            && root.moved.is_none()
            && entries.len() >= FEWEST
            && complete
            && known
        {
            return Ok(Some(layout.clone()));
        }
    }
    Ok(None)
}

/// The built-in layout that has most of the places that the text names; else the one of the example, or of the named
/// architecture.
pub(super) fn described(sight: &Sight<'_>, choices: &Choices) -> Result<Described> {
    let places = places(sight);
    let mut best: Option<(usize, String, usize)> = None;
    for name in sight.library.layouts() {
        let layout = &sight.library.layout(name)?.value;
        let hits: Vec<usize> = places
            .iter()
            .filter(|(path, _)| holds(layout, path, !path.ends_with(".py")))
            .map(|it| it.1)
            .collect();
        let most = hits.len() * 3 >= places.len() * 2 && hits.len() >= FEWEST;
        if let Some(line) = hits.first().filter(|_| most)
            && best.as_ref().is_none_or(|(count, ..)| hits.len() > *count)
        {
            best = Some((hits.len(), name.to_owned(), *line));
        }
    }
    if let Some((_, name, line)) = best {
        return Ok((name, Some(line)));
    }
    let known = sight.library.layouts();
    let kind = choices.kinds.keys().next().map_or("", String::as_str);
    let slice = sight.data.slice(choices.slice(kind));
    if let Some(slice) = slice.filter(|it| known.contains(&it.layout.as_str())) {
        return Ok((slice.layout.clone(), choices.slice_lines.get(&slice.name).copied()));
    }
    let named = sight.facts.of(Field::Architecture).first();
    let value = named.map(|it| it.value.to_string()).unwrap_or_default();
    let near = sight.data.architectures.get(&value).unwrap_or(&sight.data.default_layout);
    let first = known.iter().find(|it| **it == near.as_str()).or(known.first());
    let first = first.ok_or_else(|| Error::new(Class::Rejected, "the catalog has no layout"))?;
    Ok(((*first).to_owned(), named.and_then(super::choices::first)))
}

/// The folders and modules that the text names in backticks, relative to the package, each with its line.
fn places(sight: &Sight<'_>) -> Vec<(String, usize)> {
    let mut out: Vec<(String, usize)> = vec![];
    let mut fenced = false;
    for (index, line) in sight.paper.text.lines().enumerate() {
        fenced ^= line.trim_start().starts_with("```");
        if line.trim_start().starts_with("```") {
            continue;
        }
        let shown = if fenced { sample(line) } else { None };
        let spans = line.split('`').skip(1).step_by(2).filter(|_| !fenced).map(str::to_owned);
        for span in spans.chain(shown) {
            let Some(place) = place(&span, sight) else { continue };
            if !out.iter().any(|(known, _)| *known == place) {
                out.push((place, index + 1));
            }
        }
    }
    out
}

/// The module that a line of a sample names: in a comment, or in a relative import.
fn sample(line: &str) -> Option<String> {
    let line = line.trim();
    if let Some(comment) = line.strip_prefix("# ") {
        let path = comment.split_whitespace().next().filter(|it| it.ends_with(".py") && it.contains('/'))?;
        return Some(path.to_owned());
    }
    let (module, _) = line.strip_prefix("from ..")?.split_once(" import ")?;
    let module = module.trim_start_matches('.');
    module.contains('.').then(|| format!("{}.py", module.replace('.', "/")))
}

/// A span as a place inside of the package.
fn place(span: &str, sight: &Sight<'_>) -> Option<String> {
    let plain = |c: char| {
        c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '/' | '.' | '{' | '}' | '<' | '>')
    };
    let file = span.ends_with(".py");
    if !span.chars().all(plain) || span.starts_with(['/', '.']) || span.contains('.') && !file {
        return None;
    }
    let inside = span.strip_prefix("src/").map_or(span, |rest| rest.split_once('/').map_or("", |it| it.1));
    let inside = inside.trim_end_matches('/');
    let top = inside.split('/').next().unwrap_or_default();
    let known = sight.data.folder_role(top).is_some() || sight.data.module_role(top).is_some();
    let outside = sight.data.beside.iter().any(|it| it == top);
    // A single word counts as a folder only where it is known as one.
    (!inside.is_empty() && !outside && !inside.contains(['{', '<']) && (span.contains('/') || known))
        .then(|| inside.to_owned())
}

/// Whether a layout has a place.
fn holds(layout: &Layout, path: &str, folder: bool) -> bool {
    if folder {
        let below = format!("{path}/");
        return layout.markers.keys().any(|it| it == path)
            || layout.roles.values().any(|it| it.starts_with(&below));
    }
    layout.roles.values().any(|pattern| match pattern.split_once("{name}") {
        None => pattern == path,
        Some((before, after)) => {
            let name = path.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
            name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
        }
    })
}
