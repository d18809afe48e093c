//! `scaffold distill`: a persona document becomes facts, the facts a preset that is proven before it is shown.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use super::new;
use crate::{
    answers::{self, Given, Taken},
    check,
    distill::{self, Broken, Distilled, Leeway, Paper, Relaxed},
    error::{Class, Error, Result},
    facts::Facts,
    hash::sha256,
    parallel,
    persona::{self, Vocabulary},
    plan::{self, Plan},
    preset::{Library, Named, Preset},
    proof,
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
    // What does not fit together is given up step by step, and the report says so.
    let reasons: [OnceCell<String>; 4] = std::array::from_fn(|_| OnceCell::new());
    for (step, reason) in reasons.iter().enumerate() {
        let Err(error) = &broken else { break };
        let why = Some(reason.get_or_init(|| format!("the parts do not fit together: {error}")).as_str());
        leeway = match (step, facts.tree.is_some()) {
            (0, _) => Leeway { one_kind: why, ..Leeway::default() },
            (1, true) => Leeway { without_tree: why, ..Leeway::default() },
            (1 | 2, _) => Leeway { plain: why, ..Leeway::default() },
            _ => Leeway { plain: why, one_kind: why, without_tree: why, ..Leeway::default() },
        };
        distilled = distill::distill(&paper, &facts, library, leeway)?;
        broken = trials(&distilled, library);
    }
    let Faults { mut relaxed, mut rules, mut crossing, marks } = broken?;
    if !crossing.is_empty() {
        // First the modules in question are named as those that may reach across the layers.
        let wired = Leeway { crossing: &crossing, ..leeway };
        let again = trials(&distill::distill(&paper, &facts, library, wired)?, library)?;
        leeway.without_layers = !again.crossing.is_empty();
        crossing.extend(again.crossing);
        crossing.sort();
        crossing.dedup();
        (relaxed, rules) = (again.relaxed, again.rules);
    }
    leeway = Leeway { relaxed: &relaxed, broken: &rules, crossing: &crossing, marks: &marks, ..leeway };
    distilled = distill::distill(&paper, &facts, library, leeway)?;
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

/// What is wrong with trial projects.
#[derive(Debug, Default)]
struct Faults {
    /// Rules of the linter that their code breaks.
    relaxed: Vec<Relaxed>,
    /// Rules of the preset that they break.
    rules: Vec<Broken>,
    /// Modules, relative to the package, that import across the layers.
    crossing: Vec<String>,
    /// The marks of their tests.
    marks: Vec<String>,
}

/// How often rules of the linter are broken, by the files and the rule.
type Lint = BTreeMap<(String, String), usize>;

/// Renders projects with the defaults and with every pair of answers, and gathers the rules that they break.
fn trials(distilled: &Distilled, library: &Library) -> Result<Faults> {
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
        let tree = render::project(&plan, &library)?.tree;
        whole(&plan, &tree)?;
        Ok::<_, Error>((broken(&tree)?, unruly(&plan, &tree), crossing(&plan, &tree), marks(&tree)))
    });
    let (mut lint, mut rules) = (Lint::new(), BTreeSet::<Broken>::new());
    let (mut modules, mut marked) = (BTreeSet::new(), BTreeSet::new());
    for result in results {
        let (found, ruled, crossing, marks) = result?;
        modules.extend(crossing);
        marked.extend(marks);
        for (place, count) in found {
            let known = lint.entry(place).or_default();
            *known = count.max(*known);
        }
        // One reason for each rule, and all entries that are missing somewhere.
        for fault in ruled {
            if fault.entry.is_some() || !rules.iter().any(|it| it.rule == fault.rule && it.entry.is_none()) {
                rules.insert(fault);
            }
        }
    }
    let relaxed = lint.into_iter().map(|((files, rule), count)| Relaxed { files, rule, count }).collect();
    Ok(Faults {
        relaxed,
        rules: rules.into_iter().collect(),
        crossing: modules.into_iter().collect(),
        marks: marked.into_iter().collect(),
    })
}

/// The marks that the tests of a project carry, without those that pytest and its plugins bring.
fn marks(tree: &Tree) -> BTreeSet<String> {
    const BROUGHT: [&str; 8] =
        ["parametrize", "skip", "skipif", "xfail", "usefixtures", "filterwarnings", "anyio", "asyncio"];
    let mut found = BTreeSet::new();
    for text in
        tree.iter().filter(|(path, _)| path.has_extension("py")).filter_map(|(_, file)| file.as_text())
    {
        for rest in text.split("pytest.mark.").skip(1) {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            found.insert(rest[..end].to_owned());
        }
    }
    found.retain(|mark| !mark.is_empty() && !BROUGHT.contains(&mark.as_str()));
    found
}

/// Whether all modules that a project imports are there.
fn whole(plan: &Plan, tree: &Tree) -> Result<()> {
    let subject = check::Subject::new(tree, &plan.names.package, &plan.layout.value);
    let dangling = check::dangling(&subject);
    let Some((file, module)) = dangling.first() else { return Ok(()) };
    Err(Error::new(Class::Rejected, format!("`{file}` imports `{module}`, which is not there")))
}

/// The rules that a project breaks: an entry that it lacks, or the first thing that is wrong.
fn unruly(plan: &Plan, tree: &Tree) -> Vec<Broken> {
    let subject = check::Subject::new(tree, &plan.names.package, &plan.layout.value);
    let mut found = vec![];
    for rule in proof::rules(plan).into_iter().filter(|rule| rule.layers.is_none()) {
        let broken = |entry: Option<String>, why: String| Broken { rule: rule.id.clone(), entry, why };
        let missing = subject.missing(rule);
        let lacks = !missing.is_empty();
        found.extend(missing.into_iter().map(|entry| broken(Some(entry), String::new())));
        if let Some(finding) = check::run([rule], &subject).into_iter().next().filter(|_| !lacks) {
            found.push(broken(None, finding.message));
        }
    }
    found
}

/// The modules that import across the layers, where a rule keeps these.
fn crossing(plan: &Plan, tree: &Tree) -> Vec<String> {
    let subject = check::Subject::new(tree, &plan.names.package, &plan.layout.value);
    let rules = proof::rules(plan).into_iter().filter(|rule| rule.layers.is_some());
    let root = plan.layout.value.package.replace("{package}", &plan.names.package);
    let module = |file: &str| {
        let inside = if root.is_empty() { Some(file) } else { file.strip_prefix(&root)?.strip_prefix('/') };
        Some(inside?.strip_suffix(".py")?.replace('/', "."))
    };
    check::run(rules, &subject).iter().filter_map(|finding| module(&finding.file)).collect()
}

/// The rules that the files of a tree break, by the folder at its top.
fn broken(tree: &Tree) -> Result<Lint> {
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
