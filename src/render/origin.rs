//! From a line of a rendered file back to the template that it came from.

use std::ops::Range;

use crate::{
    error::{Error, Mistake},
    plan::Plan,
    preset::Library,
    relpath::RelPath,
    source::Source,
    tree::Tree,
};

/// What rendered files are called in messages.
pub(crate) const RENDERED: &str = " (as rendered)";

/// Whether a component that takes part owns the slot of the contribution called `name`.
pub(crate) fn is_open(plan: &Plan, name: &str) -> bool {
    let slot = name.rsplit_once('.').map_or(name, |(slot, _)| slot);
    slot == "next.steps" || plan.parts.iter().any(|part| part.manifest.value.owns.contains_key(slot))
}

/// Where the 1-based `line` of the rendered file at `path` comes from; the rendered line itself when no single
/// line of a template reads the same. `None` for line 0 and for a file that is not there.
pub(crate) fn line(
    library: &Library,
    plan: &Plan,
    tree: &Tree,
    path: &str,
    line: usize,
) -> Option<(Source, Range<usize>)> {
    let text = tree.get(&RelPath::new(path).ok()?)?.as_text()?;
    if line == 0 {
        return None;
    }
    let rendered = Source::new(format!("{path}{RENDERED}"), text);
    let wanted = rendered.text[rendered.line(line)].trim().to_owned();
    let found = template_line(library, plan, path, &wanted);
    Some(found.unwrap_or_else(|| {
        let span = shown(&rendered, line);
        (rendered, span)
    }))
}

/// The same error with its mistakes in rendered files moved to the templates that they came from.
pub(super) fn of_error(library: &Library, plan: &Plan, error: Error) -> Error {
    if error.places().is_empty() {
        return error;
    }
    let moved = error.places().iter().map(|mistake| of_rendered(library, plan, mistake.clone())).collect();
    Error::mistakes(error.class(), moved)
}

/// A mistake in a rendered file, moved to the template that it came from if that can be told.
pub(crate) fn of_rendered(library: &Library, plan: &Plan, mistake: Mistake) -> Mistake {
    let Some(name) = mistake.source.name.strip_suffix(RENDERED) else { return mistake };
    let (line, _) = mistake.place();
    let rendered = shown(&mistake.source, line);
    let wanted = mistake.source.text[rendered.clone()].to_owned();
    match template_line(library, plan, name, &wanted) {
        Some((source, span)) => {
            // Both lines read the same but for the blanks around them.
            let inside = |at: usize| at.clamp(rendered.start, rendered.end) - rendered.start + span.start;
            let span = inside(mistake.span.start)..inside(mistake.span.end);
            Mistake { source, span, replacement: None, ..mistake }
        }
        None => mistake,
    }
}

/// The one line of a template behind `name` (a path of the project, or a template) that reads `wanted`.
fn template_line(library: &Library, plan: &Plan, name: &str, wanted: &str) -> Option<(Source, Range<usize>)> {
    if wanted.len() < 3 {
        return None;
    }
    let own = plan.files.iter().filter(|it| it.path.as_str() == name || name.ends_with(&it.source));
    let own: Vec<String> = own.map(|it| it.source.clone()).collect();
    let slots = plan.parts.iter().flat_map(|part| library.entries(&part.name, "slots"));
    let slots: Vec<String> = slots.filter(|it| is_open(plan, &it.name)).map(|it| it.source).collect();
    let fragments = plan.parts.iter().filter_map(|part| library.pyproject_fragment(&part.name));
    let fragments: Vec<String> = fragments.map(|it| it.source).collect();
    let is_template = |path: &&String| name.ends_with(path.as_str());
    let groups = match slots.iter().chain(&fragments).find(is_template) {
        Some(path) => vec![vec![path.clone()]],
        None if name == "pyproject.toml" => vec![fragments],
        None => vec![own, slots],
    };
    for group in groups {
        let mut found = vec![];
        for path in group {
            let source = library.source(&path).ok()?;
            let lines = source.text.lines().enumerate();
            let same: Vec<usize> =
                lines.filter(|(_, it)| it.trim() == wanted).map(|(at, _)| at + 1).collect();
            found.extend(same.into_iter().map(|line| (source.clone(), line)));
        }
        if let [(source, line)] = found.as_slice() {
            return Some((source.clone(), shown(source, *line)));
        }
    }
    let preset = &plan.preset.source;
    let lines: Vec<usize> = preset
        .text
        .lines()
        .enumerate()
        .filter(|(_, it)| name == "pyproject.toml" && it.trim() == wanted)
        .map(|(at, _)| at + 1)
        .collect();
    match lines.as_slice() {
        [line] => Some((preset.clone(), shown(preset, *line))),
        _ => None,
    }
}

/// A line without the blanks around it.
fn shown(source: &Source, line: usize) -> Range<usize> {
    let range = source.line(line);
    let text = &source.text[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}
