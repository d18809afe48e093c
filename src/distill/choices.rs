//! What a project is made of: Python, kind, database, cache, image; options become questions.

use indexmap::IndexMap;

use super::{Paper, data::Data, report::Report, settings::minor};
use crate::{
    error::Result,
    facts::{Fact, Facts, Field, Polarity, Strength},
    preset::{Choice, Library, Question, When},
};

/// What was chosen.
#[derive(Debug, Clone, Default)]
pub(super) struct Choices {
    /// The versions of Python on offer, the default first, and the line that asks for them.
    pub(super) python: (Vec<String>, Option<usize>),
    /// The questions.
    pub(super) questions: IndexMap<String, Question>,
    /// The line of each question.
    pub(super) lines: IndexMap<String, usize>,
    /// Whether there can be an HTTP API.
    pub(super) service: bool,
    /// The component that makes the image.
    pub(super) image: Option<String>,
}

/// Decides what the facts decide, and asks the rest.
pub(super) fn make(
    paper: &Paper<'_>,
    facts: &Facts,
    data: &Data,
    library: &Library,
    report: &mut Report,
) -> Result<Choices> {
    let mut choices = Choices::default();
    kind(facts, data, library, &mut choices, report);
    if choices.service {
        choices.image = image(facts, data, library, report);
    }
    choices.python = python(facts, data, library, choices.image.as_deref(), report)?;
    store(&Store::DATABASE, paper, facts, data, library, &mut choices, report);
    store(&Store::CACHE, paper, facts, data, library, &mut choices, report);
    Ok(choices)
}

/// The values asked for: what stands, without what is only seen in passing.
pub(super) fn wanted(facts: &Facts, field: Field) -> Vec<&Fact> {
    let asked = |it: &&Fact| it.polarity == Polarity::Use && it.strength > Strength::Context;
    facts.of(field).iter().filter(asked).collect()
}

/// The first line of a fact.
pub(super) fn first(fact: &Fact) -> Option<usize> {
    fact.lines.first().copied()
}

/// The components for a value, when all of them are there.
pub(super) fn components<'a>(
    data: &'a Data,
    library: &Library,
    field: Field,
    value: &str,
) -> Option<&'a [String]> {
    let known = library.components();
    let list = data.components.get(field.name())?.get(value)?;
    list.iter().all(|it| known.contains(&it.as_str())).then_some(list.as_slice())
}

fn choice(label: &str) -> Choice {
    Choice { label: label.to_owned(), when: When::default(), unless: None }
}

fn question(ask: &str, choices: &[(&str, &str)], default: &str) -> Question {
    Question {
        ask: ask.to_owned(),
        choices: choices.iter().map(|(value, label)| ((*value).to_owned(), choice(label))).collect(),
        default: default.to_owned(),
        several: false,
        secret: false,
        when: When::default(),
        cite: None,
    }
}

fn kind(facts: &Facts, data: &Data, library: &Library, choices: &mut Choices, report: &mut Report) {
    let frameworks: Vec<&Fact> =
        facts.of(Field::WebFramework).iter().filter(|it| it.value.to_string() != "none").collect();
    let without = facts.of(Field::WebFramework).len() > frameworks.len();
    let fastapi = frameworks.iter().find(|it| it.value.to_string() == "fastapi").copied();
    let ready = components(data, library, Field::WebFramework, "fastapi").is_some();
    let api = ("api", "HTTP API (FastAPI)");
    let plain = ("library", "A package: settings, errors and logging, nothing more");
    let asked = match fastapi {
        Some(fact) if ready => {
            choices.service = true;
            choices.lines.extend(first(fact).map(|line| ("kind".to_owned(), line)));
            let others: Vec<String> = frameworks
                .iter()
                .filter(|it| it.value != fact.value)
                .map(|it| format!("`{}`", it.value))
                .collect();
            if others.is_empty() && !without {
                question("What is it?", &[api], "api")
            } else {
                let offered = if without { "to go without a framework" } else { "others" };
                let why = if others.is_empty() {
                    format!("the document offers {offered} as well")
                } else {
                    format!(
                        "the document offers {} as well; of these only FastAPI has a component",
                        others.join(", ")
                    )
                };
                report.ask("the kind of project: an HTTP API on FastAPI, or a package", &fact.lines, why);
                question("What is it?", &[api, plain], "api")
            }
        }
        _ => question("What is it?", &[plain], "library"),
    };
    choices.questions.insert("kind".to_owned(), asked);
}

/// Something that keeps data: how it is asked for.
struct Store {
    field: Field,
    name: &'static str,
    ask: &'static str,
    values: &'static [(&'static str, &'static str)],
}

impl Store {
    const DATABASE: Self = Self {
        field: Field::Database,
        name: "database",
        ask: "Which database?",
        values: &[
            ("postgresql", "PostgreSQL (SQLAlchemy, Alembic, psycopg)"),
            ("sqlite", "SQLite (SQLAlchemy, Alembic, aiosqlite)"),
        ],
    };
    const CACHE: Self =
        Self { field: Field::Cache, name: "cache", ask: "Which cache?", values: &[("redis", "Redis")] };
}

fn store(
    store: &Store,
    paper: &Paper<'_>,
    facts: &Facts,
    data: &Data,
    library: &Library,
    choices: &mut Choices,
    report: &mut Report,
) {
    let stated: Vec<&Fact> = facts.of(store.field).iter().collect();
    let orm = store.field == Field::Database
        && wanted(facts, Field::Orm).iter().any(|it| it.value.to_string() == "sqlalchemy");
    let mut offered: Vec<(&str, &str)> = vec![("none", "None")];
    if choices.service {
        for (value, label) in store.values {
            let named = stated.iter().any(|it| it.value.to_string() == *value);
            let open = stated.is_empty() && orm;
            if (named || open) && components(data, library, store.field, value).is_some() {
                offered.push((value, label));
            }
        }
    }
    let taken = stated.iter().find(|it| offered.iter().any(|(value, _)| it.value.to_string() == *value));
    let lead = taken.and_then(|it| first(it)).map(|line| paper.lead(line)).unwrap_or_default();
    let conditional = data.conditional.iter().any(|word| lead.contains(word.as_str()));
    let default = match taken {
        Some(fact) if fact.strength > Strength::Context && !conditional => fact.value.to_string(),
        None if orm && offered.len() > 1 => "sqlite".to_owned(),
        _ => "none".to_owned(),
    };
    let lines: Vec<usize> = stated.iter().filter_map(|it| first(it)).collect();
    if let Some(fact) = taken {
        choices.lines.extend(first(fact).map(|line| (store.name.to_owned(), line)));
    }
    if conditional {
        let why = "the document wants it only where a project needs it";
        report.ask(format!("the {}; `none` unless something else is said", store.name), &lines, why);
    } else if offered.len() > 2 {
        let why = if stated.is_empty() {
            "the document names the mapper and no server".to_owned()
        } else {
            "the document names several".to_owned()
        };
        report.ask(format!("the {}; `{default}` unless something else is said", store.name), &lines, why);
    }
    choices.questions.insert(store.name.to_owned(), question(store.ask, &offered, &default));
}

fn python(
    facts: &Facts,
    data: &Data,
    library: &Library,
    image: Option<&str>,
    report: &mut Report,
) -> Result<(Vec<String>, Option<usize>)> {
    let images = library.versions()?.value.images;
    let key = image.and_then(|image| data.image_keys.get(image));
    let ready = |it: &&String| key.is_none_or(|key| images.contains_key(&format!("{key}{it}")));
    let offered: Vec<String> = data.pythons.iter().filter(ready).cloned().collect();
    let Some(fact) = facts.of(Field::Python).first() else {
        report.ask("the version of Python", &[], "the document names none");
        return Ok((offered, None));
    };
    let text = fact.value.to_string();
    let fits = |it: &&String| match text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.') {
        ">=" | "^" | "~=" | ">" => minor(it) >= minor(&text),
        _ => minor(it) == minor(&text),
    };
    let fitting: Vec<String> = offered.iter().filter(fits).cloned().collect();
    if !fitting.is_empty() {
        return Ok((fitting, first(fact)));
    }
    let newest: Vec<String> = offered.into_iter().take(1).collect();
    let why = if image.is_some() && data.pythons.iter().any(|it| minor(it) == minor(&text)) {
        "the images that are here carry no other"
    } else {
        "the components are proven on no other that is near"
    };
    report.correct(format!("Python {text} becomes {}", newest.join(", ")), &fact.lines, why);
    Ok((newest, first(fact)))
}

/// The component of the image, if the document wants one.
fn image(facts: &Facts, data: &Data, library: &Library, report: &mut Report) -> Option<String> {
    let asked = [Field::Runtime, Field::Builder, Field::MultiStage, Field::NonRoot];
    let in_tree = facts.tree.iter().flat_map(|it| &it.entries).any(|it| it.path.ends_with("Dockerfile"));
    let facts_of: Vec<&Fact> = asked.iter().flat_map(|field| facts.of(*field)).collect();
    if facts_of.is_empty() && !in_tree {
        return None;
    }
    let runtime = facts.of(Field::Runtime).first().map(|it| it.value.to_string()).unwrap_or_default();
    let known = library.components();
    let (_, list) = data.images.iter().find(|(word, _)| runtime.contains(word.as_str()))?;
    let component = list.iter().find(|it| known.contains(&it.as_str()))?;
    if let Some(fact) = facts.of(Field::Runtime).first() {
        let inside =
            data.image_python.iter().find(|(part, _)| runtime.contains(part.as_str())).map(|it| it.1);
        let stated = facts.of(Field::Python).first().map(|it| it.value.to_string()).unwrap_or_default();
        if let Some(inside) = inside.filter(|it| minor(it) < minor(&stated)) {
            let what = format!("the image `{runtime}` carries Python {inside}, not {stated}");
            report.correct(what, &fact.lines, "the image of the same make with the right Python is taken");
        } else if component == "distroless" && !runtime.contains("distroless") {
            let what = format!("the image `{runtime}`");
            report.leave(what, &fact.lines, "the image that is here ends on Distroless");
        }
    }
    Some(component.clone())
}
