//! What of the facts shaped the project, and what did not: every fact is in one of the two lists.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{
    choices::{self, Choices, first},
    conflicts::shown,
    data::Data,
    questions,
    report::Report,
};
use crate::{
    error::listed,
    facts::{Fact, Facts, Field, Strength},
    preset::Library,
    python::requirement::normalise,
};

/// What the project has, to tell facts from leftovers.
pub(super) struct Made<'a> {
    pub(super) data: &'a Data,
    pub(super) library: &'a Library,
    pub(super) choices: &'a Choices,
    /// All components that some answer selects.
    pub(super) components: &'a [String],
    /// The packages that those bring, normalised.
    pub(super) packages: BTreeSet<String>,
    /// Whether the document's own tree is the layout.
    pub(super) tree: bool,
    /// The names of the layouts.
    pub(super) layouts: &'a [&'a str],
    /// The docstring style of generated code.
    pub(super) docstrings: &'a str,
}

/// Sorts the facts into the report.
pub(super) fn facts(facts: &Facts, made: &Made<'_>, report: &mut Report) {
    for settled in &facts.settled {
        if !matches!(settled.field, Field::Package | Field::TestPlugin | Field::RuffSelect) {
            field(&settled.facts, settled.field, made, report);
        }
    }
    packages(facts, made, report);
    rules(facts, report);
}

/// Tells what else the document holds.
pub(super) fn rest(facts: &Facts, report: &mut Report) {
    blocks(facts, report);
    sentences(facts, report);
}

/// The values of one field: those that are used together, the others by the reason why not.
fn field(facts: &[Fact], field: Field, made: &Made<'_>, report: &mut Report) {
    let told = |facts: &[&Fact]| {
        let values: Vec<String> = facts.iter().map(|it| shown(it)).collect();
        let lines: Vec<usize> = match facts {
            [one] => one.lines.clone(),
            many => many.iter().filter_map(|it| first(it)).collect(),
        };
        (made.data.label(field, &values.join(", ")), lines)
    };
    let (used, left): (Vec<&Fact>, Vec<&Fact>) =
        facts.iter().partition(|it| is_used(field, &it.value.to_string(), made));
    if !used.is_empty() {
        let (what, lines) = told(&used);
        report.understand(what, &lines);
    }
    let mut reasons: IndexMap<String, Vec<&Fact>> = IndexMap::new();
    for fact in left {
        if let Some(why) = reason(field, &fact.value.to_string(), made) {
            reasons.entry(why).or_default().push(fact);
        }
    }
    for (why, facts) in reasons {
        let (what, lines) = told(&facts);
        report.leave(what, &lines, why);
    }
}

/// Why a value is not used; nothing where it is told elsewhere.
fn reason(field: Field, value: &str, made: &Made<'_>) -> Option<String> {
    let known = made.data.instead.get(field.name()).and_then(|values| values.get(value));
    let why = match (field, known) {
        (_, Some(reason)) => format!("there is no component for it; {reason}"),
        (Field::Python, _) => return None,
        (Field::WebFramework, _) if value == "none" => return None,
        (Field::WebFramework, _) if made.choices.has("api") => {
            "there is no component for it; FastAPI is offered by the document as well".to_owned()
        }
        _ if choices::components(made.data, made.library, field, value).is_some() => {
            let kinds: Vec<&str> = made.choices.kinds.keys().map(String::as_str).collect();
            format!("its component is not for the kind {}", listed(&kinds))
        }
        (Field::WebFramework, _) => {
            format!("there is no component for it; the project is a package to which `{value}` can be added")
        }
        (Field::HealthEndpoint, _) if made.choices.has("api") => "the endpoint is `/health`".to_owned(),
        (Field::DocstringStyle, _) => "the docstrings of the generated code are in Google style".to_owned(),
        (Field::Layout, _) => "the place of the package comes from the tree or the layout".to_owned(),
        (Field::Architecture | Field::Layer, _) => {
            "the layout says where things go; no other rule is made of it".to_owned()
        }
        (Field::Builder | Field::Runtime, _) if made.choices.image.is_some() => {
            "the images come from the component".to_owned()
        }
        (Field::NonRoot | Field::MultiStage, _) if made.choices.image.is_some() => {
            "the image is built in stages and runs without root".to_owned()
        }
        (Field::Builder | Field::Runtime | Field::NonRoot | Field::MultiStage, _) => {
            "a library is not put into an image".to_owned()
        }
        _ => "there is no component for it".to_owned(),
    };
    Some(why)
}

fn is_used(field: Field, value: &str, made: &Made<'_>) -> bool {
    let has = |name: &str| made.components.iter().any(|it| it == name);
    match field {
        Field::Python => made
            .choices
            .python
            .0
            .iter()
            .any(|it| value.ends_with(it.as_str()) || value.starts_with(['>', '^', '~'])),
        Field::Database | Field::Cache | Field::TaskQueue | Field::HttpClient => {
            let asked = questions::of(made.data, field);
            asked.is_some_and(|(name, _)| made.choices.offered(name).contains(&value))
        }
        Field::CoverageMin => has("pytest"),
        Field::LineLength => has("ruff"),
        Field::TypeCheckerStrict => has("mypy"),
        Field::DocstringStyle => value == made.docstrings,
        Field::Layout => made.tree || value == "src",
        Field::Architecture => made.layouts.contains(&value),
        Field::Layer => made.tree,
        Field::HealthEndpoint => has("health") && value == "/health",
        Field::NonRoot | Field::MultiStage => made.choices.image.is_some() && value == "true",
        Field::Runtime | Field::Builder => {
            let image = made.choices.image.as_deref();
            image.is_some_and(|image| made.data.best_image(value).is_some_and(|it| it == image))
        }
        _ => choices::components(made.data, made.library, field, value)
            .is_some_and(|list| list.iter().all(|it| has(it))),
    }
}

fn packages(facts: &Facts, made: &Made<'_>, report: &mut Report) {
    let mut unused: Vec<&Fact> = vec![];
    let mut used: Vec<&Fact> = vec![];
    for fact in facts.of(Field::Package) {
        let name = normalise(&fact.value.to_string());
        if made.packages.contains(&name) {
            used.push(fact);
        } else if let Some(why) = made.data.packages.get(&name) {
            report.correct(format!("the package `{name}` is left out"), &fact.lines, why.clone());
        } else if made.components.contains(&name) || names_a_tool(facts, &name) {
            // Told above, as what it is.
        } else {
            unused.push(fact);
        }
    }
    let line = |fact: &&Fact| fact.lines.first().copied();
    let listed =
        |facts: &[&Fact]| facts.iter().map(|it| format!("`{}`", it.value)).collect::<Vec<_>>().join(", ");
    if !used.is_empty() {
        report.understand(
            format!("packages: {}", listed(&used)),
            &used.iter().filter_map(line).collect::<Vec<_>>(),
        );
    }
    if !unused.is_empty() {
        let lines: Vec<usize> = unused.iter().filter_map(line).collect();
        let why = "nothing in the project imports them; add them when something does";
        report.leave(format!("packages: {}", listed(&unused)), &lines, why);
    }
}

/// Whether a package is also the value of another field, where it is reported.
fn names_a_tool(facts: &Facts, name: &str) -> bool {
    facts.settled.iter().any(|settled| {
        !matches!(settled.field, Field::Package | Field::TestPlugin)
            && settled.facts.iter().any(|fact| normalise(&fact.value.to_string()) == name)
    })
}

fn rules(facts: &Facts, report: &mut Report) {
    let named = facts.of(Field::RuffSelect);
    if let Some(fact) = named.first() {
        let codes: Vec<String> = named.iter().map(|it| it.value.to_string()).collect();
        report.understand(format!("rules of Ruff: {}", codes.join(", ")), &fact.lines);
    }
}

fn blocks(facts: &Facts, report: &mut Report) {
    let mut leave = |what: &str, lines: Vec<usize>, why: &str| {
        if !lines.is_empty() {
            report.leave(format!("{what} ({})", lines.len()), &lines, why);
        }
    };
    let lines = |blocks: &[crate::facts::Block]| blocks.iter().map(|it| it.first).collect::<Vec<_>>();
    leave("blocks of YAML", lines(&facts.yaml), "workflows and services are written by components");
    leave("ignore lists", lines(&facts.ignore), "the component writes its own list");
    let docker: Vec<usize> = facts.docker.iter().filter(|it| it.name == "FROM").map(|it| it.line).collect();
    leave("Dockerfile stages", docker, "the component of the image writes its own");
    let variables = facts.variables.iter().map(|it| it.line).collect();
    leave("variables of the environment", variables, "the settings of the components are in `.env.example`");
    let other = facts.other_trees.iter().map(|it| it.line).collect();
    leave("further trees", other, "one tree is the layout");
    let created = facts.created.iter().map(|it| it.line).collect();
    leave("paths that commands create", created, "the layout says what is there");
    let samples = &facts.samples;
    let code = samples.exceptions.iter().chain(&samples.endpoints).map(|it| it.2).collect();
    leave("exceptions and endpoints in samples of code", code, "the components bring their own");
    let weak = facts.facts.iter().filter(|it| it.strength == Strength::Context && it.field != Field::Package);
    let settled = |fact: &&Fact| !facts.of(fact.field).iter().any(|it| it.value == fact.value);
    let lines = weak.filter(settled).filter_map(|it| it.lines.first().copied()).collect();
    leave("values seen in passing", lines, "a mention is no demand");
}

fn sentences(facts: &Facts, report: &mut Report) {
    for (what, sentences) in [("demands in words", &facts.demands), ("bans in words", &facts.bans)] {
        let lines: Vec<usize> = sentences.iter().map(|it| it.line).collect();
        if !lines.is_empty() {
            report.leave(
                format!("{what} ({})", lines.len()),
                &lines,
                "they are for people; no tool here checks them",
            );
        }
    }
    let open: Vec<usize> = facts.questions.iter().map(|it| it.line).collect();
    if !open.is_empty() {
        let what = format!("questions of the document ({})", open.len());
        report.leave(what, &open, "they ask its reader, not the project");
    }
    for note in &facts.notes {
        report.leave(note.text.clone(), &[note.line], "it could not be read as a whole");
    }
    let others: Vec<String> = facts.alternatives.iter().map(|it| format!("`{}`", it.value)).collect();
    if !others.is_empty() {
        let lines: Vec<usize> =
            facts.alternatives.iter().filter_map(|it| it.lines.first().copied()).collect();
        report.leave(
            format!("packages turned down by the document: {}", others.join(", ")),
            &lines,
            "as it says",
        );
    }
}
