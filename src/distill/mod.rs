//! Facts into a preset: what a document states becomes a manifest, and a report says what became of it.

mod choices;
mod conflicts;
mod data;
mod defaults;
mod kinds;
mod layout;
mod leftovers;
mod merge;
mod outline;
mod questions;
mod report;
mod roles;
mod root;
mod rules;
mod select;
mod settings;
mod write;
mod written;

pub use defaults::Relaxed;
pub use merge::{Change, Changes, merge};
pub use report::{Note, Report};
pub use written::{digest, stated};

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::{
    error::{Class, Error, Result},
    facts::{Facts, Field},
    preset::{Dependencies, Library, Offer, Preset, Remove, Requires, Style},
    python::requirement::{Requirement, normalise},
    relpath::is_invisible,
};

use choices::Choices;
use data::Data;
use layout::Drawn;
use leftovers::Made;
use rules::Ground;
use settings::{Fit, Settings};

/// The longest citation, in characters.
const MAX_CITE: usize = 88;

/// A document as its lines are cited.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// The name of its file, without folders.
    pub name: &'a str,
    /// Its text, whose lines the facts count.
    pub text: &'a str,
}

/// How much of a document is followed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Leeway<'a> {
    /// Rules of the linter that generated code breaks.
    pub relaxed: &'a [Relaxed],
    /// Offer no kind of project but the default, for this reason.
    pub one_kind: Option<&'a str>,
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

impl Paper<'_> {
    /// A line as a citation: `LINE: text`.
    fn cite(&self, line: usize) -> String {
        let text = self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let clean: String = text.trim().chars().filter(|c| !is_invisible(*c)).take(MAX_CITE).collect();
        format!("{line}: {}", clean.trim_end())
    }

    /// The text that introduces the list or table that `line` is part of: the nearest lines above that are neither
    /// items nor rows, up to a heading.
    fn lead(&self, line: usize) -> String {
        let lines: Vec<&str> = self.text.lines().take(line).collect();
        let mut lead = vec![];
        for text in lines.iter().rev().take(24) {
            let text = text.trim();
            if text.starts_with('#') {
                lead.push(text.to_lowercase());
                break;
            }
            if !text.is_empty() && !text.starts_with(['|', '-', '*', '+']) {
                lead.push(text.to_lowercase());
            }
        }
        lead.join("\n")
    }

    /// The first line that holds a phrase as whole words; only one with capitals is looked for as it is written.
    fn line_with(&self, phrase: &str) -> Option<usize> {
        let as_written = phrase.chars().any(char::is_uppercase);
        let ends = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-');
        let holds = |line: &str| {
            let line = if as_written { line.to_owned() } else { line.to_lowercase() };
            line.match_indices(phrase).any(|(at, found)| {
                ends(line[..at].chars().next_back()) && ends(line[at + found.len()..].chars().next())
            })
        };
        self.text.lines().position(holds).map(|index| index + 1)
    }

    /// The name of the preset: the file's name in lower case, words joined by `-`.
    fn preset(&self) -> String {
        let stem = self.name.rsplit_once('.').map_or(self.name, |(stem, _)| stem);
        let plain: String =
            stem.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
        let name: String = words.join("-").chars().take(60).collect();
        if name.is_empty() { "persona".to_owned() } else { name }
    }
}

/// Makes a preset of what a document states.
///
/// # Errors
/// The document states nothing about a Python project, or the library has mistakes.
pub fn distill(paper: &Paper<'_>, facts: &Facts, library: &Library, leeway: Leeway<'_>) -> Result<Distilled> {
    refuse(paper, facts)?;
    let data = Data::built_in()?;
    let mut report = Report::default();
    let choices = choices::make(paper, facts, &data, library, leeway.one_kind, &mut report)?;
    let tables = choices.offered("database").len() > 1;
    // What the tree and the settings leave over is told after the facts: they matter more to the owner.
    let mut late = Report::default();
    let drawn = match leeway.without_tree {
        None => layout::from_tree(facts, &data, library, tables, &mut late)?,
        Some(why) => {
            let lines: Vec<usize> = facts.tree.iter().map(|it| it.line).collect();
            late.leave("the tree", &lines, why);
            None
        }
    };
    let mut preset = head(paper, facts, &data, &choices, drawn.as_ref(), library)?;
    preset.components =
        selections(paper, facts, &data, library, &choices, drawn.as_ref(), &preset.layout_names());
    let names = component_names(&preset, library)?;
    let settings = tools(
        facts,
        &data,
        library,
        &names,
        drawn.as_ref(),
        &choices,
        leeway.relaxed,
        &mut preset,
        &mut late,
    )?;
    preset.pyproject = settings.tables.text();
    preset.cites = settings.lines.iter().map(|(table, line)| (table.clone(), paper.cite(*line))).collect();
    for (name, line) in &choices.lines {
        if let Some(question) = preset.questions.get_mut(name) {
            question.cite = Some(paper.cite(*line));
        }
    }
    conflicts::report(facts, &data, &mut report);
    let provided = packages(&names, &preset, library)?;
    let ground = Ground { paper, facts, data: &data, components: &names, code: code(drawn.as_ref()) };
    preset.rules = rules::demanded(&ground, &preset, &mut late);
    preset.rules.extend(rules::turned_down(paper, facts, &provided));
    let made = Made {
        data: &data,
        library,
        choices: &choices,
        components: &names,
        packages: provided,
        tree: drawn.is_some(),
        layouts: &preset.layout_names(),
        docstrings: "google",
    };
    leftovers::facts(facts, &made, &mut report);
    report.append(late);
    leftovers::rest(facts, &mut report);
    let head = format!("Distilled from `{}` by scaffold. Lines are those of that document.", paper.name);
    Ok(Distilled {
        name: preset.preset.clone(),
        yaml: written::sign(&write::preset(&preset, &lines(facts, &choices, drawn.as_ref()), &head)),
        report,
    })
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

/// The preset without components and settings.
fn head(
    paper: &Paper<'_>,
    facts: &Facts,
    data: &Data,
    choices: &Choices,
    drawn: Option<&Drawn>,
    library: &Library,
) -> Result<Preset> {
    let name = paper.preset();
    let title = facts.name.as_ref().map_or_else(|| name.replace('-', " "), |it| one_line(&it.text, 60));
    let description = facts.description.as_ref().map(|it| one_line(&it.text, 240));
    let description =
        description.filter(|it| !it.is_empty()).unwrap_or_else(|| format!("What `{}` demands.", paper.name));
    let layout = match drawn {
        Some(drawn) => drawn.layout.layout.clone(),
        None => nearest_layout(facts, data, library)?,
    };
    let mut style = IndexMap::from([("docstrings".to_owned(), "google".to_owned())]);
    let least =
        facts.of(Field::CoverageMin).first().map_or_else(|| "0".to_owned(), |it| it.value.to_string());
    style.insert("coverage".to_owned(), least);
    Ok(Preset {
        preset: name,
        extends: None,
        remove: Remove::default(),
        clear: vec![],
        title,
        description,
        persona: Some(paper.name.to_owned()),
        python: choices.python.0.clone(),
        layouts: vec![Offer::Always(layout)],
        layout: drawn.filter(|it| it.own).map(|it| it.layout.clone()),
        questions: choices.questions.clone(),
        components: vec![],
        dependencies: Dependencies::default(),
        pyproject: String::new(),
        exact: vec![],
        style: Style { others: style, ..Style::default() },
        env_prefix: None,
        cites: IndexMap::new(),
        rules: vec![],
        after: vec![],
    })
}

/// Text of a document on one line, without what misleads.
fn one_line(text: &str, most: usize) -> String {
    let clean: String = text.chars().map(|c| if is_invisible(c) { ' ' } else { c }).collect();
    let flat = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= most {
        return flat;
    }
    let cut: String = flat.chars().take(most).collect();
    let end = cut.rfind(". ").map(|at| at + 1).or_else(|| cut.rfind(' ')).unwrap_or(cut.len());
    cut[..end].trim_end().to_owned()
}

/// The built-in layout that is nearest to the named architecture.
fn nearest_layout(facts: &Facts, data: &Data, library: &Library) -> Result<String> {
    let named = facts.of(Field::Architecture).first().map(|it| it.value.to_string()).unwrap_or_default();
    let near = data.architectures.get(&named).unwrap_or(&data.default_layout);
    let known = library.layouts();
    let first = known.iter().find(|it| **it == near.as_str()).or(known.first());
    let first = first.ok_or_else(|| Error::new(Class::Rejected, "the catalog has no layout"))?;
    Ok((*first).to_owned())
}

fn selections(
    paper: &Paper<'_>,
    facts: &Facts,
    data: &Data,
    library: &Library,
    choices: &Choices,
    drawn: Option<&Drawn>,
    layouts: &[&str],
) -> Vec<crate::preset::Selection> {
    let has_layers = |name: &&str| library.layout(name).is_ok_and(|it| !it.value.layers.is_empty());
    let layers = match drawn {
        Some(drawn) => (!drawn.layout.layers.is_empty()).then_some(drawn.line),
        None => layouts.iter().all(has_layers).then_some(0),
    };
    select::Selecting { paper, facts, data, library, choices, layers }.all()
}

/// All components that some answer selects, with those that come in with them.
fn component_names(preset: &Preset, library: &Library) -> Result<Vec<String>> {
    let mut names: Vec<String> = vec![];
    let mut open: Vec<String> = preset.components.iter().flat_map(|it| it.names.clone()).collect();
    while let Some(name) = open.pop() {
        if !names.contains(&name) {
            let manifest = library.component(&name)?.value;
            open.extend(manifest.requires.iter().map(|it| it.name().to_owned()));
            names.push(name);
        }
    }
    Ok(names)
}

/// The packages that components and the preset bring.
fn packages(names: &[String], preset: &Preset, library: &Library) -> Result<BTreeSet<String>> {
    let mut out: BTreeSet<String> = preset.dependencies.dev.iter().map(|it| normalise(it.name())).collect();
    for name in names {
        let dependencies = library.component(name)?.value.dependencies;
        for it in dependencies.runtime.iter().chain(&dependencies.dev) {
            out.extend(Requirement::parse(it.name()).map(|it| it.key()));
        }
    }
    // What comes with those: said in so many words by many documents.
    if out.contains("pydantic-settings") {
        out.insert("pydantic".to_owned());
    }
    Ok(out)
}

/// The settings of tools, and the packages that they and the tests need.
#[expect(clippy::too_many_arguments, reason = "one step of one pipeline")]
fn tools(
    facts: &Facts,
    data: &Data,
    library: &Library,
    names: &[String],
    drawn: Option<&Drawn>,
    choices: &Choices,
    relaxed: &[Relaxed],
    preset: &mut Preset,
    report: &mut Report,
) -> Result<Settings> {
    let oldest = choices.python.0.iter().min_by_key(|it| settings::minor(it));
    let fit = Fit { python: oldest.map_or("3.13", String::as_str), code: code(drawn), components: names };
    let mut settings = settings::take(facts, &fit, data, report);
    settings::mend(&mut settings, &fit, data, report);
    let versions = library.versions()?.value.packages;
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
    defaults::complete(facts, &fit, data, relaxed, &mut settings, report);
    Ok(settings)
}

/// The folder of the code as tools see it: `src`, `app`, `{package}`.
fn code(drawn: Option<&Drawn>) -> &str {
    let package = drawn.map_or("src/{package}", |it| it.layout.package.as_str());
    if package.starts_with("src/") { "src" } else { package }
}

/// The lines of entries without a place for a citation.
fn lines(facts: &Facts, choices: &Choices, drawn: Option<&Drawn>) -> write::Lines {
    let mut lines = write::Lines::new();
    let mut put = |path: &str, line: Option<usize>| {
        lines.extend(line.filter(|it| *it > 0).map(|line| (path.to_owned(), line)));
    };
    put("title", facts.name.as_ref().map(|it| it.line));
    put("description", facts.description.as_ref().map(|it| it.line));
    put("python", choices.python.1);
    let of = |field: Field| facts.of(field).first().and_then(choices::first);
    put("layouts", drawn.map(|it| it.line).or_else(|| of(Field::Architecture)));
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
