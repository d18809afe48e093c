//! All mistakes of presets and of what they use, found without making a project.

mod catalog;
mod conditions;
mod presets;
mod rules;
mod layouts;
mod components;
mod examples;
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
    /// The presets of the topmost layer, and the files in it.
    Own,
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
            Library::known("preset", name, &library.presets())?;
            vec![name.clone()]
        }
        Scope::Own => library.own_presets().into_iter().map(str::to_owned).collect(),
        _ => library.presets().into_iter().map(str::to_owned).collect(),
    };
    let (catalog, mut mistakes) = Catalog::load(library, &names);
    mistakes.extend(presets::check(&catalog));
    mistakes.extend(layouts::check(&catalog));
    mistakes.extend(components::check(&catalog));
    mistakes.extend(examples::check(&catalog));
    let templates = templates::Templates::read(&catalog, &mut mistakes);
    mistakes.extend(templates.check(&catalog));
    if catalog.blind {
        mistakes.retain(|it| !NAMES.contains(&it.rule));
    }
    let foreign = Foreign::of(scope, &catalog);
    mistakes.retain(|it| !foreign.has(it));
    let mut report = Report { presets: names, ..Report::default() };
    if mistakes.iter().all(|it| SOFT.contains(&it.rule)) {
        let rendered = trees::all(&catalog);
        report.trees = rendered.cases.len();
        let mut later = vec![];
        if rendered.complete {
            later.extend(examples::unknown(&catalog, &rendered));
            later.extend(reach::presets(&catalog, &rendered));
        }
        if !matches!(scope, Scope::Preset(_)) {
            later.extend(templates.unused(&catalog));
            if rendered.complete {
                later.extend(reach::components(&catalog, &rendered));
            }
        }
        // What a manifest gets wrong shows again, less clearly, in what follows from it.
        let stated: BTreeSet<(String, usize)> = mistakes.iter().map(line).collect();
        later.retain(|it| !foreign.has(it));
        // What a preset makes of files that are not its own is its own affair.
        later.extend(rendered.mistakes.into_iter().filter(|it| !foreign.is_excluded(it)));
        mistakes.extend(later.into_iter().filter(|it| !stated.contains(&line(it))));
    }
    mistakes
        .sort_by(|a, b| (&a.source.name, a.span.start, a.rule).cmp(&(&b.source.name, b.span.start, b.rule)));
    let same = |a: &Mistake, b: &Mistake| {
        (a.rule, &a.source.name, &a.span, &a.title) == (b.rule, &b.source.name, &b.span, &b.title)
    };
    mistakes.dedup_by(|a, b| same(a, b));
    report.mistakes = mistakes;
    Ok(report)
}

/// Rules about names, which cannot be told when a manifest that may define them cannot be read.
const NAMES: [&str; 4] = ["condition-unknown", "condition-value", "slot-unknown", "template-unknown-name"];

/// Mistakes in spite of which projects can be rendered as they are meant.
const SOFT: [&str; 12] = [
    "choice-refused",
    "choice-unless",
    "cite-form",
    "exact-unknown",
    "file-suffix",
    "layer-unknown",
    "layout-name",
    "module-unknown",
    "preset-doubled",
    "preset-name",
    "rule-doubled",
    "template-unused",
];

fn line(mistake: &Mistake) -> (String, usize) {
    (mistake.source.name.to_string(), mistake.place().0)
}

/// The files that are not linted.
struct Foreign<'a> {
    /// The one file that is, if it is only one.
    only: Option<String>,
    /// Parts of paths of files that are not.
    others: Vec<String>,
    /// The library whose topmost layer alone is linted, as far as templates go.
    below: Option<&'a Library>,
}

impl<'a> Foreign<'a> {
    fn of(scope: &Scope, catalog: &Catalog<'a>) -> Self {
        let mut others = vec![];
        if matches!(scope, Scope::Preset(_)) && !catalog.presets.is_empty() {
            let used = used(catalog);
            let unused = catalog.library.components().into_iter().filter(|it| !used.contains(*it));
            others.extend(unused.map(|it| format!("templates/components/{it}/")));
            let offered =
                |it: &str| catalog.presets.iter().any(|preset| preset.value.layout_names().contains(&it));
            let unused = catalog.library.layouts().into_iter().filter(|it| !offered(it));
            others.extend(unused.map(|it| format!("templates/layouts/{it}.yaml")));
        }
        let only = match scope {
            Scope::File(path) => Some(catalog.library.shown(path)),
            _ => None,
        };
        let below = matches!(scope, Scope::Own).then_some(catalog.library);
        Self { only, others, below }
    }

    fn has(&self, mistake: &Mistake) -> bool {
        self.is_excluded(mistake) || self.below.is_some_and(|library| is_below(library, mistake))
    }

    /// Whether lint was asked for other files only.
    fn is_excluded(&self, mistake: &Mistake) -> bool {
        let name = &*mistake.source.name;
        self.only.as_deref().is_some_and(|only| only != name)
            || self.others.iter().any(|it| name.contains(it))
    }
}

/// Whether a mistake stands in a template or layout of a lower layer.
fn is_below(library: &Library, mistake: &Mistake) -> bool {
    let home = library.home(&mistake.source);
    home.is_some_and(|(at, path)| at + 1 < library.layers().len() && path.starts_with("templates/"))
}

/// The components that the linted presets choose, and those that come in with them.
fn used(catalog: &Catalog<'_>) -> BTreeSet<String> {
    let selections = catalog.presets.iter().flat_map(|preset| &preset.value.components);
    let mut open: Vec<String> = selections.flat_map(|it| it.names.iter().cloned()).collect();
    let mut used = BTreeSet::new();
    while let Some(name) = open.pop() {
        let requires =
            catalog.components.get(&name).map(|it| it.value.requires.iter().map(|it| it.name().to_owned()));
        if used.insert(name) {
            open.extend(requires.into_iter().flatten());
        }
    }
    used
}
