//! What is made: the kinds of project that a document asks for, or leaves open.

use indexmap::IndexMap;

use super::{
    choices::{Choices, components, first, wanted},
    data::Kind,
    questions,
    report::Report,
    wishes::Sight,
};
use crate::{
    error::listed,
    facts::{Fact, Facts, Field},
};

/// The field of web frameworks, of which many have no component.
const WEB: Field = Field::WebFramework;

/// How the report speaks of the kind.
pub(super) const WHAT: &str = "what is made";

/// Why a document leaves open what is made.
pub(super) struct Reason {
    /// It says nothing of it.
    open: bool,
    /// The web frameworks, or the wish for none, that no component makes.
    foreign: Option<Vec<String>>,
}

/// Chooses the kinds on offer and the default.
pub(super) fn choose(
    sight: &Sight<'_>,
    one_kind: Option<&str>,
    choices: &mut Choices,
    report: &mut Report,
) -> Reason {
    let Sight { facts, data, library, .. } = *sight;
    let known = library.components();
    let ready: Vec<(&String, &Kind)> = data
        .kinds
        .iter()
        .filter(|(_, kind)| kind.needs.iter().all(|it| known.contains(&it.as_str())))
        .collect();
    let mut asked: IndexMap<&str, &Fact> =
        ready.iter().filter_map(|(name, kind)| Some((name.as_str(), asks(kind, facts)?))).collect();
    let foreign = foreign(facts, &asked);
    if foreign.is_some() && !asked.contains_key("api") {
        // A queue beside a framework that is not here serves that framework.
        asked.shift_remove("worker");
    }
    let title = title(sight);
    let sure = |name: &&str| {
        let line = asked.get(name).and_then(|fact| first(fact));
        line.is_some_and(|line| !sight.paper.is_conditional(line, data))
    };
    let any_sure = asked.keys().any(sure);
    let loose: Vec<&str> =
        asked.keys().copied().filter(|name| data.kinds[*name].firm && !sure(name)).collect();
    let titled = |name: &str, kind: &Kind| {
        let said = kind.words.iter().any(|word| title.contains(&format!(" {word} ")));
        said || kind.words.is_empty() && asked.contains_key(name) && (sure(&name) || !any_sure)
    };
    let named = ready.iter().find(|(name, kind)| titled(name, kind)).map(|(name, _)| name.as_str());
    let drawn = || ready.iter().find_map(|(name, kind)| Some((name.as_str(), folder(kind, facts)?)));
    let drawn = if named.is_none() && asked.is_empty() { drawn() } else { None };
    let open = named.is_none() && asked.is_empty() && drawn.is_none();
    let default = named
        .or(drawn.map(|it| it.0))
        .or_else(|| asked.keys().copied().find(sure))
        .or(asked.keys().next().copied())
        .unwrap_or_else(|| fallback(sight, foreign.is_some()));
    let mut offered: Vec<&str> = vec![default];
    offered.extend(asked.keys().filter(|name| !any_sure || !loose.contains(name)));
    if open && foreign.is_none() {
        offered.extend(ready.iter().map(|(name, _)| name.as_str()));
    } else if offered.iter().any(|it| *it != default) || foreign.is_some() {
        offered.push("library");
    }
    for name in offered.into_iter().filter(|name| ready.iter().any(|it| it.0 == name)) {
        let line = asked.get(name).and_then(|fact| first(fact));
        let line = line.or(drawn.filter(|it| it.0 == name).map(|it| it.1));
        choices.kinds.entry(name.to_owned()).or_insert(line);
    }
    if let (Some(why), true) = (one_kind, choices.kinds.len() > 1) {
        let others: Vec<String> = choices.kinds.drain(1..).map(|(name, _)| name).collect();
        report.leave(format!("the kinds {}", listed(&others)), &[], why);
    }
    let labels: Vec<(&str, &str)> =
        choices.kinds.keys().map(|name| (name.as_str(), data.kinds[name].label.as_str())).collect();
    let question = questions::plain("What is it?", &labels, default);
    choices.questions.insert("kind".to_owned(), question);
    let line = choices.kinds.get(default).copied().flatten();
    choices.lines.extend(line.map(|line| ("kind".to_owned(), line)));
    Reason { open, foreign }
}

/// The fact that asks for a kind.
fn asks<'a>(kind: &Kind, facts: &'a Facts) -> Option<&'a Fact> {
    kind.asked.iter().find_map(|(field, values)| {
        let facts = wanted(facts, Field::from_name(field)?);
        facts.into_iter().find(|it| values.is_empty() || values.contains(&it.value.to_string()))
    })
}

/// The line of a folder in the tree that tells a kind.
fn folder(kind: &Kind, facts: &Facts) -> Option<usize> {
    let named = |path: &str| kind.tree.iter().any(|it| path.rsplit('/').next() == Some(it.as_str()));
    facts.tree.iter().flat_map(|tree| &tree.entries).find(|it| it.folder && named(&it.path)).map(|it| it.line)
}

/// The title in plain words, between blanks: name, first heading, name of the file.
fn title(sight: &Sight<'_>) -> String {
    let Sight { paper, facts, .. } = *sight;
    let heading = paper.heading().unwrap_or_default();
    let name = facts.name.as_ref().map(|it| it.text.as_str()).unwrap_or_default();
    let stem = paper.name.rsplit_once('.').map_or(paper.name, |(stem, _)| stem);
    let all = format!("{name} {heading} {stem}").to_lowercase();
    let words: Vec<&str> = all.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// The web frameworks, or the wish for none, that the document names and no component makes.
fn foreign(facts: &Facts, asked: &IndexMap<&str, &Fact>) -> Option<Vec<String>> {
    let taken = asked.values().find(|it| it.field == WEB);
    let others: Vec<String> = facts
        .of(WEB)
        .iter()
        .filter(|it| taken.is_none_or(|taken| taken.value != it.value))
        .map(|it| it.value.to_string())
        .collect();
    (!others.is_empty()).then_some(others)
}

/// The kind where nothing names one: what keeps data most often serves it.
fn fallback(sight: &Sight<'_>, foreign: bool) -> &'static str {
    let field = Field::Database;
    let ready = |it: &&Fact| components(sight.data, sight.library, field, &it.value.to_string()).is_some();
    if foreign || !wanted(sight.facts, field).iter().any(ready) { "library" } else { "api" }
}

/// Tells which kinds there are to choose from, and why.
pub(super) fn tell(facts: &Facts, reason: &Reason, choices: &Choices, report: &mut Report) {
    if choices.kinds.len() < 2 {
        return;
    }
    let names: Vec<&str> = choices.kinds.keys().map(String::as_str).collect();
    let lines: Vec<usize> = choices
        .kinds
        .values()
        .flatten()
        .copied()
        .chain(facts.of(WEB).iter().filter(|_| reason.foreign.is_some()).filter_map(first))
        .collect();
    let others = reason.foreign.as_deref().unwrap_or_default();
    let shown: Vec<String> = others.iter().filter(|it| *it != "none").cloned().collect();
    let why = if reason.open {
        "the document does not say what is made".to_owned()
    } else if !shown.is_empty() {
        format!("the document offers {} as well, for which there is no component", listed(&shown))
    } else if others.is_empty() {
        "the document speaks of several".to_owned()
    } else {
        "the document offers to go without a framework as well".to_owned()
    };
    let what = format!("{WHAT}: {}; `{}` unless something else is said", listed(&names), names[0]);
    report.ask(what, &lines, why);
}
