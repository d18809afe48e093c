//! `scaffold distill`: a persona document becomes facts, the facts a preset that is proven before it is shown.

use std::collections::BTreeMap;

use super::new;
use crate::{
    answers::{self, Given, Taken},
    distill::{self, Distilled, Leeway, Paper, Relaxed},
    error::{Class, Error, Result},
    facts::Facts,
    hash::sha256,
    parallel,
    persona::{self, Vocabulary},
    plan,
    preset::{Library, Named, Preset},
    python::{names::Names, tidy::Tidy},
    record::PersonaSource,
    render,
    source::Source,
    space::{self, Extent},
    tree::Tree,
    work,
};

/// The most pairs of answers that a preset is proven with.
const MAX_PAIRS: usize = 48;

/// The names of trial projects: what is proven has to hold for any name.
const SHORT: &str = "trial";
const LONG: &str = "a-project-whose-name-is-as-long-as-any-that-people-ever-choose";

/// A preset made from a document, and the document as a record names it.
#[derive(Debug, Clone)]
pub struct Made {
    /// The preset and the report.
    pub distilled: Distilled,
    /// The document.
    pub persona: PersonaSource,
}

/// Reads the facts of a document called `name`.
///
/// # Errors
/// The document is over the limit.
pub fn facts(name: &str, bytes: &[u8], vocabulary: &Vocabulary) -> Result<Facts> {
    let text = persona::text(bytes);
    work::on(&Source::new(name, &*text), || persona::read(bytes, vocabulary)).map_err(|refused| {
        Error::new(Class::Limit, format!("`{name}` cannot be read")).because(refused.to_string())
    })
}

/// Makes a preset of a document called `name`, whatever folder it lies in.
///
/// Trial projects are rendered in memory: where the document's tree cannot hold the components, a built-in layout
/// takes its place; rules of the linter that generated code breaks are not asked of it. Both are in the report.
///
/// # Errors
/// The document is over the limit, or states nothing about a Python project.
pub fn preset(name: &str, bytes: &[u8], library: &Library) -> Result<Made> {
    let facts = facts(name, bytes, &Vocabulary::built_in())?;
    let text = persona::text(bytes);
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let paper = Paper { name: file, text: &text };
    let mut leeway = Leeway::default();
    let mut distilled = distill::distill(&paper, &facts, library, leeway)?;
    let mut broken = trials(&distilled, library);
    let (fewer, reason);
    if let (Err(error), true) = (&broken, facts.tree.is_some()) {
        fewer = format!("the tree of the document has no place for them: {error}");
        leeway.one_kind = Some(&fewer);
        distilled = distill::distill(&paper, &facts, library, leeway)?;
        broken = trials(&distilled, library);
    }
    if let (Err(error), true) = (&broken, facts.tree.is_some()) {
        reason = format!("the components do not fit in it: {error}");
        leeway = Leeway { without_tree: Some(&reason), ..Leeway::default() };
        distilled = distill::distill(&paper, &facts, library, leeway)?;
        broken = trials(&distilled, library);
    }
    let relaxed = broken?;
    if !relaxed.is_empty() {
        leeway.relaxed = &relaxed;
        distilled = distill::distill(&paper, &facts, library, leeway)?;
    }
    let persona = PersonaSource { name: file.to_owned(), sha256: sha256(bytes) };
    Ok(Made { distilled, persona })
}

/// `library` with the preset in it, and the preset as loaded.
///
/// # Errors
/// The preset has mistakes.
pub fn loaded(distilled: &Distilled, library: &Library) -> Result<(Library, Named<Preset>)> {
    let shown = format!("{}.yaml (distilled)", distilled.name);
    let library = library.clone().with_preset(&distilled.name, &shown, distilled.yaml.clone().into_bytes());
    let preset = library.preset(&distilled.name)?;
    Ok((library, preset))
}

/// Renders projects with the defaults and with every pair of answers, and gathers the rules that their code breaks.
fn trials(distilled: &Distilled, library: &Library) -> Result<Vec<Relaxed>> {
    let (library, preset) = loaded(distilled, library)?;
    let mut projects = vec![];
    for project in [SHORT, LONG] {
        let names = Names::new::<&str>(project, &[])?;
        let questions = new::questions(&library, &preset, &names)?;
        if let Taken::All(answers) = answers::resolve(&questions, &Given::default(), None)? {
            projects.push((names, answers));
        }
    }
    let pairs = space::cases(&preset.value, &Extent { pairwise: true, ..Extent::default() })?;
    projects.extend(pairs.into_iter().take(MAX_PAIRS).map(|case| (case.names, case.answers)));
    let results = parallel::map(projects, |(names, answers)| {
        let plan = plan::build(&library, preset.clone(), answers, names)?;
        broken(&render::project(&plan, &library)?.tree)
    });
    let mut found: BTreeMap<(String, String), usize> = BTreeMap::new();
    for result in results {
        for (place, count) in result? {
            let known = found.entry(place).or_default();
            *known = count.max(*known);
        }
    }
    Ok(found.into_iter().map(|((files, rule), count)| Relaxed { files, rule, count }).collect())
}

/// The rules that the files of a tree break, by the folder at its top.
fn broken(tree: &Tree) -> Result<BTreeMap<(String, String), usize>> {
    let pyproject = tree.iter().find(|(path, _)| path.as_str() == "pyproject.toml");
    let pyproject = pyproject.and_then(|(_, file)| file.as_text()).unwrap_or_default();
    let tidy = Tidy::for_tree(pyproject, tree.keys().map(super::super::relpath::RelPath::as_str))?;
    let mut found = BTreeMap::new();
    for (path, file) in tree.iter().filter(|(path, _)| path.has_extension("py")) {
        let text = file.as_text().unwrap_or_default();
        let findings = tidy
            .lint(path.as_str(), text)
            .map_err(|fault| Error::from(fault.mistake("python-syntax", path.as_str(), text)))?;
        for finding in findings {
            let pattern = match path.as_str().split_once('/') {
                Some((top @ ("src" | "tests" | "alembic"), _)) => format!("{top}/**/*.py"),
                _ => "**/*.py".to_owned(),
            };
            *found.entry((pattern, finding.rule)).or_insert(0) += 1;
        }
    }
    Ok(found)
}
