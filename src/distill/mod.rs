//! Facts into a preset: what a document states becomes a manifest, and a report says what became of it.

mod choices;
mod conflicts;
mod data;
mod defaults;
mod head;
mod kinds;
mod layout;
mod leftovers;
mod merge;
mod nearest;
mod outline;
mod paper;
mod questions;
mod report;
mod roles;
mod root;
mod rules;
mod select;
mod settings;
mod slices;
mod tiers;
mod wishes;
mod write;
mod written;

pub use defaults::Relaxed;
pub use merge::{Change, Changes, merge};
pub use paper::Paper;
pub use report::{Note, Report};
pub use rules::Broken;
pub use written::{digest, stated};

use std::collections::BTreeSet;

use crate::{
    error::{Class, Error, Result},
    facts::{Facts, Field},
    preset::{COMPONENT, Library, Preset, Requires, Test},
    python::requirement::{Requirement, normalise},
};

use choices::Choices;
use data::Data;
use layout::Drawn;
use leftovers::Made;
use nearest::Described;
use rules::Ground;
use select::Selecting;
use settings::{Fit, Settings};
use wishes::Sight;

/// How much of a document is followed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Leeway<'a> {
    /// Rules of the linter that generated code breaks.
    pub relaxed: &'a [Relaxed],
    /// The marks that generated tests carry.
    pub marks: &'a [String],
    /// Rules of the document that generated projects break.
    pub broken: &'a [Broken],
    /// Modules of generated projects, relative to the package, that import across the layers.
    pub crossing: &'a [String],
    /// Keep no order of layers, since these modules import across them.
    pub without_layers: bool,
    /// Offer no kind of project but the default, for this reason.
    pub one_kind: Option<&'a str>,
    /// Take no capabilities and no example of the document's own, for this reason.
    pub plain: Option<&'a str>,
    /// Use a built-in layout instead of the document's tree, for this reason.
    pub without_tree: Option<&'a str>,
}

/// A preset made from a document.
#[derive(Debug, Clone)]
pub struct Distilled {
    /// The name of the preset.
    pub name: String,
    /// The manifest.
    pub yaml: String,
    /// What became of the document.
    pub report: Report,
}

/// Makes a preset of what a document states.
///
/// # Errors
/// The document states nothing about a Python project, or the library has mistakes.
pub fn distill(paper: &Paper<'_>, facts: &Facts, library: &Library, leeway: Leeway<'_>) -> Result<Distilled> {
    refuse(paper, facts)?;
    let data = Data::built_in()?;
    let sight = Sight { paper, facts, data: &data, library };
    let mut report = Report::default();
    let mut choices = choices::make(&sight, &leeway, &mut report)?;
    select::extras(sight, &mut choices, &mut report);
    // What the tree and the settings leave over is told after the facts: they matter more to the owner.
    let mut late = Report::default();
    let (drawn, described) = place(&sight, &choices, &leeway, &mut report, &mut late)?;
    let mut preset = head::preset(&sight, &choices, drawn.as_ref(), &described.0);
    let layers = layers(library, drawn.as_ref(), &described).filter(|_| !leeway.without_layers);
    let (selections, answered) = Selecting { sight, choices: &choices, layers }.all();
    preset.components = selections;
    let names = component_names(&preset, library)?;
    let settings = tools(&sight, &names, drawn.as_ref(), &choices, &leeway, &mut preset, &mut late)?;
    preset.pyproject = settings.tables.text();
    // Where the settings repair, a gate has to ask for the mistakes.
    let repairs = settings.tables.text_at("tool.ruff.fix").is_some_and(|it| it == "true");
    preset.style.others.extend(repairs.then(|| ("lint".to_owned(), "strict".to_owned())));
    cite(paper, &choices, &settings, &mut preset);
    let provided = packages(&names, &preset, library)?;
    let ground = Ground {
        sight,
        choices: &choices,
        components: &names,
        provided: &provided,
        code: code(drawn.as_ref()),
        package: drawn.as_ref().map(|it| it.layout.package.as_str()),
        broken: leeway.broken,
    };
    preset.rules = rules::all(&ground, &preset, &mut late);
    let made = Made {
        sight,
        choices: &choices,
        components: &names,
        packages: provided,
        answered,
        tree: drawn.is_some(),
        layouts: &preset.layout_names(),
        docstrings: "google",
        rules: &preset.rules,
    };
    leftovers::facts(&made, &mut report);
    conflicts::report(facts, &data, &mut report);
    report.append(late);
    leftovers::rest(facts, &data, &mut report);
    report.tell_assumed();
    let head = format!("Distilled from `{}` by scaffold. Lines are those of that document.", paper.name);
    Ok(Distilled {
        name: preset.preset.clone(),
        yaml: written::sign(&write::preset(
            &preset,
            &lines(&sight, &choices, drawn.as_ref(), described.1),
            &head,
        )),
        report,
    })
}

/// The layout that the document draws, and the one that is nearest to what it says.
fn place(
    sight: &Sight<'_>,
    choices: &Choices,
    leeway: &Leeway<'_>,
    report: &mut Report,
    late: &mut Report,
) -> Result<(Option<Drawn>, Described)> {
    let tables = choices.keeps_data();
    let drawn = match leeway.without_tree {
        None => layout::from_tree(sight.facts, sight.data, sight.library, tables, late)?,
        Some(why) => {
            let lines: Vec<usize> = sight.facts.tree.iter().map(|it| it.line).collect();
            late.leave("the tree", &lines, why);
            None
        }
    };
    let described = nearest::described(sight, choices)?;
    if drawn.is_none() {
        tell_layout(&described, report);
    }
    if leeway.without_layers {
        let crossing: Vec<String> = leeway.crossing.iter().map(|it| format!("`{it}`")).collect();
        let why = format!("modules of the components import across them: {}", crossing.join(", "));
        late.leave("the order of layers is not held", &[], why);
    }
    Ok((layout::wired(sight, drawn, &described, leeway.crossing)?, described))
}

/// The lines of the document beside the settings and the questions.
fn cite(paper: &Paper<'_>, choices: &Choices, settings: &Settings, preset: &mut Preset) {
    preset.cites = settings.lines.iter().map(|(table, line)| (table.clone(), paper.cite(*line))).collect();
    for (name, line) in &choices.lines {
        if let Some(question) = preset.questions.get_mut(name) {
            question.cite = Some(paper.cite(*line));
        }
    }
}

/// A document that states nothing gives nothing.
fn refuse(paper: &Paper<'_>, facts: &Facts) -> Result<()> {
    if !facts.about_python || facts.settled.is_empty() && facts.tree.is_none() {
        let message = format!("`{}` states nothing about how a Python project is built", paper.name);
        return Err(Error::new(Class::Rejected, message)
            .help("name a document that prescribes tools, a tree or settings for Python")
            .help("start from a built-in preset instead: `scaffold preset list`"));
    }
    Ok(())
}

/// What was taken for a layout where no tree is one.
fn tell_layout(described: &Described, report: &mut Report) {
    match described.1 {
        Some(line) => report
            .understand(format!("the layout is `{}`, the nearest to what is said", described.0), &[line]),
        None => report.assume(format!("the layout `{}`", described.0)),
    }
}

/// Whether the layout keeps the layers apart, and the line that draws it.
fn layers(library: &Library, drawn: Option<&Drawn>, described: &Described) -> Option<usize> {
    match drawn {
        Some(drawn) => (!drawn.layout.layers.is_empty()).then_some(drawn.line),
        None => {
            let layered = library.layout(&described.0).is_ok_and(|it| !it.value.layers.is_empty());
            layered.then_some(described.1.unwrap_or(0))
        }
    }
}

/// All components that some answer selects, with those that come in with them.
fn component_names(preset: &Preset, library: &Library) -> Result<Vec<String>> {
    let mut names: Vec<String> = vec![];
    let mut open: Vec<String> = preset.components.iter().flat_map(|it| it.names.clone()).collect();
    while !open.is_empty() {
        for name in open.drain(..) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        // A component that came in may be what another one waits for.
        for name in &names {
            let requires = &library.component(name)?.value.requires;
            let comes =
                |it: &&Requires| can_hold(it, preset, &names) && !names.iter().any(|n| n == it.name());
            open.extend(requires.iter().filter(comes).map(|it| it.name().to_owned()));
        }
    }
    Ok(names)
}

/// Whether some answers bring in what stands under a condition.
fn can_hold(entry: &Requires, preset: &Preset, names: &[String]) -> bool {
    let holds = |(key, test): (&String, &Test)| match (preset.questions.get(key), test) {
        (Some(question), _) => question.choices.keys().any(|it| test.accepts(it)),
        (None, Test::Not(_)) => true,
        (None, _) => key != COMPONENT || names.iter().any(|it| test.accepts(it)),
    };
    entry.when().is_none_or(|when| when.0.iter().all(holds))
}

/// The packages that components and the preset bring.
fn packages(names: &[String], preset: &Preset, library: &Library) -> Result<BTreeSet<String>> {
    let mut out: BTreeSet<String> = preset.dependencies.dev.iter().map(|it| normalise(it.name())).collect();
    for name in names {
        let dependencies = &library.component(name)?.value.dependencies;
        let all = dependencies.runtime.iter().chain(&dependencies.dev);
        for it in all.filter(|it| can_hold(it, preset, names)) {
            out.extend(Requirement::parse(it.name()).map(|it| it.key()));
        }
    }
    // What comes with those: said in so many words by many documents.
    if out.contains("pydantic-settings") {
        out.insert("pydantic".to_owned());
    }
    if out.contains("pytest-cov") {
        out.insert("coverage".to_owned());
    }
    Ok(out)
}

/// The settings of tools, and the packages that they and the tests need.
fn tools(
    sight: &Sight<'_>,
    names: &[String],
    drawn: Option<&Drawn>,
    choices: &Choices,
    leeway: &Leeway<'_>,
    preset: &mut Preset,
    report: &mut Report,
) -> Result<Settings> {
    let Sight { facts, data, library, .. } = *sight;
    let oldest = choices.python.0.iter().min_by_key(|it| settings::minor(it));
    let fit = Fit {
        python: oldest.map_or("3.13", String::as_str),
        code: code(drawn),
        components: names,
        spoken: choices.spoken.keys().copied().collect(),
    };
    let mut settings = settings::take(facts, &fit, data, report);
    settings::mend(&mut settings, &fit, data, report);
    let versions = &library.versions()?.value.packages;
    let known = |name: &str| versions.keys().any(|it| normalise(it) == normalise(name));
    let provided = packages(names, preset, library)?;
    let mut wanted: Vec<String> = vec![];
    for (package, _) in settings.needs.clone() {
        if known(&package) {
            wanted.push(package);
        } else {
            settings::without(&mut settings, &package, data, report);
        }
    }
    let plugins = choices::wanted(facts, Field::TestPlugin);
    wanted.extend(plugins.iter().map(|it| it.value.to_string()).filter(|it| known(it)));
    wanted.retain(|it| !provided.contains(&normalise(it)) && !data.packages.contains_key(it));
    wanted.sort();
    wanted.dedup();
    preset.dependencies.dev = wanted.into_iter().map(Requires::Always).collect();
    defaults::complete(facts, &fit, data, leeway, &mut settings, report);
    for (written, wish) in slices::written(sight, choices) {
        for (path, value) in &written.settings {
            if settings.tables.has(path) {
                continue;
            }
            settings.tables.set(path, value);
            let table = path.rsplit_once('.').map_or(path.as_str(), |(table, _)| table).to_owned();
            settings.lines.entry(table).or_insert(wish.lines[0]);
        }
    }
    Ok(settings)
}

/// The folder of the code as tools see it: `src`, `app`, `{package}`.
fn code(drawn: Option<&Drawn>) -> &str {
    let package = drawn.map_or("src/{package}", |it| it.layout.package.as_str());
    if package.starts_with("src/") { "src" } else { package }
}

/// The lines of entries without a place for a citation.
fn lines(
    sight: &Sight<'_>,
    choices: &Choices,
    drawn: Option<&Drawn>,
    described: Option<usize>,
) -> write::Lines {
    let facts = sight.facts;
    let mut lines = write::Lines::new();
    let mut put = |path: &str, line: Option<usize>| {
        lines.extend(line.filter(|it| *it > 0).map(|line| (path.to_owned(), line)));
    };
    put("title", facts.name.as_ref().map(|it| it.line));
    put("description", facts.description.as_ref().map(|it| it.line));
    put("python", choices.python.1);
    put("env_prefix", head::plain_variables(sight));
    let of = |field: Field| facts.of(field).first().and_then(choices::first);
    put("layouts", drawn.map(|it| it.line).or(described));
    for (written, wish) in slices::written(sight, choices) {
        for name in written.set.keys() {
            put(&format!("style.{name}"), wish.lines.first().copied());
        }
    }
    put("style.ci_job", head::job(sight).map(|it| it.1));
    put("style.docstrings", of(Field::DocstringStyle));
    put("style.coverage", of(Field::CoverageMin));
    put("dependencies.dev", of(Field::TestPlugin));
    if let Some(drawn) = drawn.filter(|it| it.own) {
        put("layout", Some(drawn.line));
        for (role, line) in &drawn.lines {
            put(&format!("layout.roles.{role}"), Some(*line));
        }
    }
    lines
}
