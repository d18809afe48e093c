//! What of the facts shaped the project, and what did not: every fact is in one of the two lists.

use std::collections::BTreeSet;

use indexmap::IndexMap;

use super::{
    choices::{self, Choices, first},
    conflicts::shown,
    data::Data,
    kinds, questions,
    report::{Note, Report},
    wishes::Sight,
};
use crate::{
    error::listed,
    facts::{Fact, Facts, Field, Polarity, Strength},
    preset::Rule,
    python::requirement::normalise,
};

/// The most names that are listed of one thing.
const MAX_NAMES: usize = 12;

/// What the project has, to tell facts from leftovers.
pub(super) struct Made<'a> {
    pub(super) sight: Sight<'a>,
    pub(super) choices: &'a Choices,
    /// All components that some answer selects.
    pub(super) components: &'a [String],
    /// The packages that those bring, normalised.
    pub(super) packages: BTreeSet<String>,
    /// The values of fields, by the names of these, for which components were selected.
    pub(super) answered: BTreeSet<(String, String)>,
    /// Whether the document's own tree is the layout.
    pub(super) tree: bool,
    /// The names of the layouts.
    pub(super) layouts: &'a [&'a str],
    /// The docstring style of generated code.
    pub(super) docstrings: &'a str,
    /// The rules of the preset.
    pub(super) rules: &'a [Rule],
}

/// Sorts the facts into the report.
pub(super) fn facts(made: &Made<'_>, report: &mut Report) {
    let facts = made.sight.facts;
    kind(made, report);
    for settled in &facts.settled {
        if !matches!(settled.field, Field::Package | Field::TestPlugin | Field::RuffSelect) {
            field(&settled.facts, settled.field, made, report);
        }
    }
    packages(made, report);
    groups(made, report);
    turned_down(made, report);
}

/// The rules of the linter that the document names in words; those of a table are told with it.
fn groups(made: &Made<'_>, report: &mut Report) {
    let facts = made.sight.facts;
    let named = facts.of(Field::RuffSelect);
    let in_table = facts.toml_keys.iter().any(|key| key.path.starts_with("tool.ruff"));
    if let Some(fact) = named.first().filter(|_| !in_table) {
        let codes: Vec<String> = named.iter().map(|it| it.value.to_string()).collect();
        report.understand(format!("rules of Ruff: {}", codes.join(", ")), &fact.lines);
    }
}

/// Tells what else the document holds.
pub(super) fn rest(facts: &Facts, data: &Data, report: &mut Report) {
    report.unite();
    blocks(facts, data, report);
    sentences(facts, report);
}

/// What is made, where that is no question.
fn kind(made: &Made<'_>, report: &mut Report) {
    if let Some((kind, line)) = made.choices.kinds.first().filter(|_| made.choices.kinds.len() == 1)
        && let Some(known) = made.sight.data.kinds.get(kind)
    {
        let lines: Vec<usize> = line.iter().copied().collect();
        // What the owner looks for first.
        report.understood.insert(0, Note::new(format!("{}: {}", kinds::WHAT, known.label), &lines, ""));
    }
}

/// The values of one field: those that are used together, the others by the reason why not.
fn field(facts: &[Fact], field: Field, made: &Made<'_>, report: &mut Report) {
    let told = |facts: &[&Fact]| {
        let values: Vec<String> = facts.iter().map(|it| shown(it)).collect();
        let lines: Vec<usize> = match facts {
            [one] => one.lines.clone(),
            many => many.iter().filter_map(|it| first(it)).collect(),
        };
        (made.sight.data.label(field, &values.join(", ")), lines)
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
    let Sight { data, library, .. } = made.sight;
    let known = data.instead.get(field.name()).and_then(|values| values.get(value));
    let why = match (field, known) {
        (_, Some(reason)) => format!("there is no component for it; {reason}"),
        (Field::Python, _) => return None,
        (Field::WebFramework, _) if value == "none" => return None,
        (Field::WebFramework, _) if made.choices.has("api") => {
            "there is no component for it; FastAPI is offered by the document as well".to_owned()
        }
        (Field::Feature, _) => return feature(value, made),
        (Field::Orm | Field::Migrations, _) if made.choices.runs() && !made.choices.keeps_data() => {
            "no database that is here is asked for".to_owned()
        }
        _ if choices::components(data, library, field, value).is_some() => {
            beside(field, value, made).unwrap_or_else(|| foreign_kind(made))
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
        (Field::Complexity, _) => "the settings of the linter in the document decide".to_owned(),
        // Told where the rules are.
        (Field::FunctionLines, _) => return None,
        _ => "there is no component for it".to_owned(),
    };
    Some(why)
}

/// Where the document offers several values of a field and another one is taken.
fn beside(field: Field, value: &str, made: &Made<'_>) -> Option<String> {
    let others = made.sight.facts.of(field).iter().filter(|it| it.value.to_string() != value);
    let taken = others.into_iter().find(|it| is_used(field, &it.value.to_string(), made))?;
    Some(format!("the document leaves the choice, and {} is taken", shown(taken)))
}

fn foreign_kind(made: &Made<'_>) -> String {
    let kinds: Vec<&str> = made.choices.kinds.keys().map(String::as_str).collect();
    format!("its component is not for the kind {}", listed(&kinds))
}

/// Why a capability is not there; nothing where a rule is made of it.
fn feature(value: &str, made: &Made<'_>) -> Option<String> {
    let data = made.sight.data;
    let id =
        |rule: &serde_json::Value| rule.get("id").and_then(|it| it.as_str()).unwrap_or_default().to_owned();
    let field = Some(Field::Feature.name());
    let rules =
        || data.rules.iter().filter(|it| it.field.as_deref() == field && it.value.as_deref() == Some(value));
    let ruling: Vec<String> = rules().map(|it| id(&it.rule)).collect();
    if ruling.iter().any(|id| made.rules.iter().any(|rule| rule.id == *id)) {
        return None;
    }
    if value == data.one_file.feature {
        return Some("one file is for the smallest of several sizes that a document describes".to_owned());
    }
    if choices::components(data, made.sight.library, Field::Feature, value).is_some() {
        return Some(foreign_kind(made));
    }
    if let Some((_, asked)) = questions::alike(data, value) {
        let fits = made.choices.kinds.keys().any(|kind| asked.kinds.contains(kind));
        let named = asked.choices.iter().filter(|(_, it)| it.is_for("")).map(|(name, _)| name.as_str());
        let why =
            format!("the document names no tool for it, such as {}", listed(&named.collect::<Vec<_>>()));
        return Some(if fits { why } else { foreign_kind(made) });
    }
    let asks = |values: &super::data::Values| {
        values.get(Field::Feature.name()).is_some_and(|list| list.iter().any(|it| it == value))
    };
    let entries = data.selections.iter().filter(|it| asks(&it.asked) || asks(&it.with));
    let slices = entries.clone().flat_map(|it| &it.slice).filter_map(|name| data.slice(name));
    let known = data.only_in.get(value).and_then(|it| it.first()).map(String::as_str);
    let preset = known.or_else(|| slices.map(|it| it.preset.as_str()).find(|it| !it.is_empty()));
    if let Some(preset) = preset {
        return Some(format!(
            "only the example of the preset `{preset}` has it: `scaffold new --preset {preset}`"
        ));
    }
    if entries.count() > 0 {
        return Some(foreign_kind(made));
    }
    let asked_for = made.sight.asks_for(Field::Feature, value);
    let why = match ruling.as_slice() {
        [] => "no component does it",
        _ if asked_for && rules().any(|it| it.refused) => "spoken of, and not turned down",
        _ => "no rule is made of it here",
    };
    Some(why.to_owned())
}

fn is_used(field: Field, value: &str, made: &Made<'_>) -> bool {
    let Sight { data, library, .. } = made.sight;
    let has = |name: &str| made.components.iter().any(|it| it == name);
    let ruled = |id: &str| made.rules.iter().any(|it| it.id == id);
    let answered = || made.answered.contains(&(field.name().to_owned(), value.to_owned()));
    let selected =
        || choices::components(data, library, field, value).is_some_and(|list| list.iter().all(|it| has(it)));
    match field {
        Field::Python => made
            .choices
            .python
            .0
            .iter()
            .any(|it| value.ends_with(it.as_str()) || value.starts_with(['>', '^', '~'])),
        Field::HttpClient if answered() => true,
        Field::Database | Field::Cache | Field::TaskQueue | Field::HttpClient => {
            let asked = questions::of(data, field);
            asked.is_some_and(|(name, _)| made.choices.offered(name).contains(&value))
        }
        Field::CoverageMin => has("pytest"),
        Field::LineLength => has("ruff"),
        Field::Complexity => ruled("complexity"),
        Field::FunctionLines => ruled("short-functions"),
        Field::TypeCheckerStrict => has("mypy"),
        Field::DocstringStyle => value == made.docstrings,
        Field::Layout => made.tree || value == "src",
        Field::Architecture => made.layouts.contains(&value),
        Field::Layer => made.tree,
        Field::HealthEndpoint => has("health") && value == "/health",
        Field::NonRoot | Field::MultiStage => made.choices.image.is_some() && value == "true",
        Field::Runtime | Field::Builder => {
            let image = made.choices.image.as_deref();
            image.is_some_and(|image| data.best_image(value).is_some_and(|it| it == image))
        }
        Field::Feature => answered() || selected() || of_example(value, made) || offers(value, made),
        _ => answered() || selected(),
    }
}

/// Whether a question offers tools for a capability.
fn offers(value: &str, made: &Made<'_>) -> bool {
    let asked = questions::alike(made.sight.data, value);
    asked.is_some_and(|(name, _)| made.choices.offered(name).iter().any(|it| *it != questions::NONE))
}

/// Whether the example of the project has a capability of itself.
fn of_example(value: &str, made: &Made<'_>) -> bool {
    let Some(presets) = made.sight.data.only_in.get(value) else { return false };
    let slices = made.choices.slices.values().filter_map(|name| made.sight.data.slice(name));
    slices.into_iter().any(|it| presets.contains(&it.preset))
}

fn packages(made: &Made<'_>, report: &mut Report) {
    let facts = made.sight.facts;
    let mut unused: Vec<&Fact> = vec![];
    let mut used: Vec<&Fact> = vec![];
    let mut done: Vec<&Fact> = vec![];
    for fact in facts.of(Field::Package) {
        let name = normalise(&fact.value.to_string());
        if names_a_tool(facts, &name) {
            // Told above, as what it is.
        } else if made.packages.contains(&name) || made.components.contains(&name) {
            used.push(fact);
        } else if let Some(why) = made.sight.data.packages.get(&name) {
            report.correct(format!("the package `{name}` is left out"), &fact.lines, why.clone());
        } else if made.answered.contains(&(Field::Package.name().to_owned(), name)) {
            done.push(fact);
        } else {
            unused.push(fact);
        }
    }
    let line = |fact: &&Fact| fact.lines.first().copied();
    let named =
        |facts: &[&Fact]| facts.iter().map(|it| format!("`{}`", it.value)).collect::<Vec<_>>().join(", ");
    if !used.is_empty() {
        let lines: Vec<usize> = used.iter().filter_map(line).collect();
        report.understand(format!("further packages: {}", named(&used)), &lines);
    }
    if !done.is_empty() {
        let lines: Vec<usize> = done.iter().filter_map(line).collect();
        report.understand(format!("components do the work of these packages: {}", named(&done)), &lines);
    }
    if !unused.is_empty() {
        let lines: Vec<usize> = unused.iter().filter_map(line).collect();
        let why = "nothing in the project imports them; add them when something does";
        report.leave(format!("packages: {}", named(&unused)), &lines, why);
    }
}

/// Whether a package is also the value of another field, where it is reported.
fn names_a_tool(facts: &Facts, name: &str) -> bool {
    facts.settled.iter().any(|settled| {
        !matches!(settled.field, Field::Package | Field::TestPlugin)
            && settled.facts.iter().any(|fact| normalise(&fact.value.to_string()) == name)
    })
}

/// The packages that stay out, as the document says.
fn turned_down(made: &Made<'_>, report: &mut Report) {
    let provided = |it: &&Fact| made.packages.contains(&normalise(&it.value.to_string()));
    let (used, out): (Vec<&Fact>, Vec<&Fact>) = made.sight.facts.alternatives.iter().partition(provided);
    let named = |facts: &[&Fact]| {
        let names: Vec<String> = facts.iter().take(MAX_NAMES).map(|it| format!("`{}`", it.value)).collect();
        let more = facts.len() - names.len();
        if more > 0 { format!("{} and {more} more", names.join(", ")) } else { names.join(", ") }
    };
    let lines = |facts: &[&Fact]| facts.iter().filter_map(|it| first(it)).collect::<Vec<_>>();
    if !out.is_empty() {
        report.understand(format!("turned down, and left out: {}", named(&out)), &lines(&out));
    }
    let firmly: Vec<&Fact> = used.into_iter().filter(|it| it.polarity == Polarity::Never).collect();
    if !firmly.is_empty() {
        let what = format!("{}, though the document turns them down", named(&firmly));
        report.leave(what, &lines(&firmly), "other components need these packages");
    }
}

fn blocks(facts: &Facts, data: &Data, report: &mut Report) {
    let told: String = report.unused.iter().map(|note| note.what.as_str()).collect();
    let mut leave = |what: &str, lines: Vec<usize>, why: &str| {
        if !lines.is_empty() {
            report.leave(format!("{what} ({})", lines.len()), &lines, why);
        }
    };
    let lines = |blocks: &[crate::facts::Block]| blocks.iter().map(|it| it.first).collect::<Vec<_>>();
    leave("blocks of YAML", lines(&facts.yaml), "workflows and services are written by components");
    if !told.contains("lines of `.") {
        leave("ignore lists", lines(&facts.ignore), "the component writes its own list");
    }
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
    let settled = |fact: &&Fact| !facts.of(fact.field).iter().any(|it| it.value == fact.value);
    let weak = facts.facts.iter().filter(|it| it.strength == Strength::Context && it.field != Field::Package);
    let weak: Vec<&Fact> = weak.filter(settled).collect();
    if !weak.is_empty() {
        let names: Vec<String> = weak.iter().take(MAX_NAMES).map(|it| passing(it, data)).collect();
        let lines: Vec<usize> = weak.iter().filter_map(|it| first(it)).collect();
        report.leave(format!("seen in passing: {}", names.join(", ")), &lines, "a mention is no demand");
    }
}

/// A fact that is only mentioned: its value, with what it is about where that would not tell.
fn passing(fact: &Fact, data: &Data) -> String {
    let (value, label) = (shown(fact), data.label(fact.field, &shown(fact)));
    if label.contains(": ") { format!("`{value}`") } else { label }
}

fn sentences(facts: &Facts, report: &mut Report) {
    let used = report.lines();
    for (what, sentences) in [("demands in words", &facts.demands), ("bans in words", &facts.bans)] {
        let lines: Vec<usize> = sentences.iter().map(|it| it.line).filter(|it| !used.contains(it)).collect();
        if !lines.is_empty() {
            let why = "they are for people; no tool here checks them";
            report.leave(format!("{what} ({})", lines.len()), &lines, why);
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
}
