//! All mistakes of presets and of what they use, found without making a project.

mod catalog;
mod conditions;
mod presets;
mod rules;
mod layouts;
mod components;
mod templates;
mod reach;
mod trees;
pub mod table;

use std::collections::BTreeSet;

use catalog::Catalog;

use crate::{
    error::{Mistake, Result},
    preset::Library,
};

/// What lint looked at, and what it found.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// The mistakes, by file and place.
    pub mistakes: Vec<Mistake>,
    /// The presets.
    pub presets: Vec<String>,
    /// The number of projects that were rendered.
    pub trees: usize,
}

/// What is linted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everything in the catalog.
    All,
    /// One preset with all that it uses.
    Preset(String),
    /// One file of the catalog, by its path there.
    File(String),
}

/// Lints.
///
/// # Errors
/// There is no such preset.
pub fn lint(library: &Library, scope: &Scope) -> Result<Report> {
    let names: Vec<String> = match scope {
        Scope::Preset(name) => {
            library.known("preset", name, &library.presets())?;
            vec![name.clone()]
        }
        _ => library.presets().into_iter().map(str::to_owned).collect(),
    };
    let (catalog, mut mistakes) = Catalog::load(library, &names);
    mistakes.extend(presets::check(&catalog));
    mistakes.extend(layouts::check(&catalog));
    mistakes.extend(components::check(&catalog));
    let templates = templates::Templates::read(&catalog, &mut mistakes);
    mistakes.extend(templates.check(&catalog));
    let rendered = trees::all(&catalog);
    mistakes.extend(reach::presets(&catalog, &rendered));
    if *scope != Scope::Preset(names.first().cloned().unwrap_or_default()) {
        mistakes.extend(templates.unused(&catalog));
        mistakes.extend(reach::components(&catalog, &rendered));
    }
    mistakes.retain(|mistake| concerns(scope, &catalog, &rendered, mistake));
    let stated: BTreeSet<(String, usize)> = mistakes.iter().map(line).collect();
    let later = rendered.mistakes.iter().filter(|it| concerns(scope, &catalog, &rendered, it));
    // What a manifest gets wrong shows again, less clearly, in what is rendered from it.
    let is_static = |it: &Mistake| stated.contains(&line(it)) || (it.rule == "render-failed" && !stated.is_empty());
    let later: Vec<Mistake> = later.filter(|it| !is_static(it)).cloned().collect();
    mistakes.extend(later);
    mistakes.sort_by(|a, b| (&a.source.name, a.span.start, a.rule).cmp(&(&b.source.name, b.span.start, b.rule)));
    mistakes.dedup_by(|a, b| a.rule == b.rule && a.source.name == b.source.name && a.span == b.span && a.title == b.title);
    Ok(Report { mistakes, presets: names, trees: rendered.cases.len() })
}

fn line(mistake: &Mistake) -> (String, usize) {
    (mistake.source.name.to_string(), mistake.place().0)
}

/// Whether a mistake belongs to what is linted.
fn concerns(scope: &Scope, catalog: &Catalog<'_>, rendered: &trees::Rendered, mistake: &Mistake) -> bool {
    let name = &*mistake.source.name;
    match scope {
        Scope::All => true,
        Scope::File(path) => name == catalog.library.shown(path),
        Scope::Preset(_) => {
            let foreign = catalog.library.components().into_iter().filter(|it| !rendered.components.contains(*it));
            let used = |it: &str| catalog.presets.iter().any(|preset| {
                preset.value.components.iter().any(|selection| selection.names.iter().any(|name| name == it))
            });
            let mut foreign = foreign.filter(|it| !used(it));
            let layouts = catalog.library.layouts();
            let mut other = layouts.iter().filter(|it| !catalog.presets.iter().any(|preset| preset.value.layouts.iter().any(|name| name == *it)));
            !foreign.any(|it| name.contains(&format!("templates/components/{it}/")))
                && !other.any(|it| name.ends_with(&format!("templates/layouts/{it}.yaml")))
        }
    }
}
