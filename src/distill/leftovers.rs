//! What of the facts shaped the project, and what did not: every fact is in one of the two lists.

use std::collections::BTreeSet;

use super::{
    choices::{self, Choices},
    conflicts::label,
    data::Data,
    report::Report,
};
use crate::{
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

/// Sorts all facts into the report.
pub(super) fn report(facts: &Facts, made: &Made<'_>, report: &mut Report) {
    for settled in &facts.settled {
        match settled.field {
            Field::Package | Field::TestPlugin | Field::RuffSelect => {}
            field => settled.facts.iter().for_each(|fact| one(field, fact, made, report)),
        }
    }
    packages(facts, made, report);
    rules(facts, report);
    blocks(facts, report);
    sentences(facts, report);
}

fn one(field: Field, fact: &Fact, made: &Made<'_>, report: &mut Report) {
    let value = fact.value.to_string();
    let what = format!("{}: {value}", label(field));
    if is_used(field, &value, made) {
        report.understand(what, &fact.lines);
        return;
    }
    let reason = made.data.instead.get(field.name()).and_then(|values| values.get(&value));
    let why = match (field, reason) {
        (_, Some(reason)) => format!("there is no component for it; {reason}"),
        (Field::Python, _) => return,
        (Field::WebFramework, _) if value == "none" => return,
        (Field::WebFramework, _) if made.choices.service => {
            "there is no component for it; FastAPI is offered by the document as well".to_owned()
        }
        (Field::Database | Field::Cache | Field::Orm | Field::Migrations, _)
            if !made.choices.service
                && choices::components(made.data, made.library, field, &value).is_some() =>
        {
            "its component needs the HTTP API, which the document does not ask for".to_owned()
        }
        (Field::WebFramework, _) => {
            format!("there is no component for it; the project is a package to which `{value}` can be added")
        }
        (Field::HealthEndpoint, _) if made.choices.service => "the endpoint is `/health`".to_owned(),
        (Field::DocstringStyle, _) => "the docstrings of the generated code are in Google style".to_owned(),
        (Field::Layout, _) => "the place of the package comes from the tree or the layout".to_owned(),
        (Field::Architecture | Field::Layer, _) => {
            "the layout says where things go; no other rule is made of it".to_owned()
        }
        (Field::Builder | Field::Runtime, _) if made.choices.image.is_some() => {
            "the images come from the component".to_owned()
        }
        (Field::Builder | Field::Runtime | Field::NonRoot | Field::MultiStage, _) => {
            "without a service nothing is put into an image".to_owned()
        }
        _ => "there is no component for it".to_owned(),
    };
    report.leave(what, &fact.lines, why);
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
        Field::Database | Field::Cache => made
            .choices
            .questions
            .get(field.name())
            .is_some_and(|question| question.choices.contains_key(value)),
        Field::CoverageMin => has("pytest"),
        Field::LineLength => has("ruff"),
        Field::TypeCheckerStrict => has("mypy"),
        Field::DocstringStyle => value == made.docstrings,
        Field::Layout => made.tree || value == "src",
        Field::Architecture => made.layouts.contains(&value),
        Field::Layer => made.tree,
        Field::HealthEndpoint => made.choices.service && value == "/health",
        Field::NonRoot | Field::MultiStage => {
            made.choices.image.is_some() && made.choices.service && value == "true"
        }
        Field::Runtime | Field::Builder => {
            made.choices.service
                && made
                    .choices
                    .image
                    .as_deref()
                    .is_some_and(|image| image == "slim-image" || value.contains("distroless"))
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
    for open in &facts.questions {
        report.leave("a question of the document", &[open.line], "it asks its reader, not the project");
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
