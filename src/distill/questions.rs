//! What is asked beside the kind: a database, a cache, a queue; the choices are those that the document names.

use super::{
    choices::{self, Choices, first, wanted},
    data::{Asked, Data},
    report::Report,
    wishes::Sight,
};
use crate::{
    facts::{Fact, Facts, Field, Strength},
    preset::{Choice, Question, Test, When},
};

/// The choice that is always there.
pub(super) const NONE: &str = "none";

/// A question with plain choices.
pub(super) fn plain(ask: &str, choices: &[(&str, &str)], default: &str) -> Question {
    let choice = Choice::plain;
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

/// Asks the question called `name`, if it is one for the kinds on offer.
pub(super) fn ask(name: &str, sight: &Sight<'_>, choices: &mut Choices, report: &mut Report) {
    let Some(asked) = sight.data.questions.get(name) else { return };
    let fixed = |kind: &str| {
        sight.data.slice(choices.slice(kind)).is_some_and(|slice| slice.fixed.iter().any(|it| it == name))
    };
    let kinds: Vec<String> =
        choices.kinds.keys().filter(|it| asked.kinds.contains(it) && !fixed(it)).cloned().collect();
    let offered = offered(asked, &kinds, sight, choices);
    let along = |kind: &String| {
        let other = sight.data.questions.get(&asked.along);
        other.is_some_and(|it| !self::offered(it, std::slice::from_ref(kind), sight, choices).is_empty())
    };
    let always = choices.kinds.keys().any(|it| asked.always.contains(it) && !fixed(it));
    if offered.is_empty() && !always && !kinds.iter().any(along) {
        return;
    }
    let firm = asked.firm && !kinds.is_empty() && is_firm(asked, sight, &offered);
    let mut question = plain(&asked.ask, &[(NONE, "None")], NONE);
    if firm {
        question.choices.clear();
        question.default = offered.first().map_or(NONE, |(value, _)| value).to_owned();
    }
    question.choices.extend(offered);
    if !kinds.is_empty() && kinds.len() < choices.kinds.len() {
        question.when = When([("kind".to_owned(), one_of(kinds))].into_iter().collect());
    }
    choices.limit_to(usize::from(choices.one_file.is_some()), &mut question.when);
    decide(name, asked, sight, &mut question, choices, report);
    choices.questions.insert(name.to_owned(), question);
}

/// The test for one of `values`.
pub(super) fn one_of(values: Vec<String>) -> Test {
    if let [only] = values.as_slice() { Test::Is(only.clone()) } else { Test::AnyOf(values) }
}

/// Whether the document wants one of the choices in any case, so that to go without is none.
fn is_firm(asked: &Asked, sight: &Sight<'_>, offered: &[(String, Choice)]) -> bool {
    let Some(field) = Field::from_name(&asked.field).filter(|_| !offered.is_empty()) else { return false };
    let firm = |it: &&Fact| first(it).is_some_and(|line| !sight.paper.is_conditional(line, sight.data));
    let stated = wanted(sight.facts, field);
    if stated.is_empty() {
        return wanted(sight.facts, Field::Orm).iter().any(firm);
    }
    let known = |it: &&Fact| offered.iter().any(|(value, _)| *value == it.value.to_string());
    stated.iter().all(known) && stated.iter().any(firm)
}

/// The choices of a question that the document names; all where a mapper leaves the server open.
fn offered(asked: &Asked, kinds: &[String], sight: &Sight<'_>, choices: &Choices) -> Vec<(String, Choice)> {
    let Some(field) = Field::from_name(&asked.field) else { return vec![] };
    let (data, library) = (sight.data, sight.library);
    let ready = |field: Field, value: &str| choices::components(data, library, field, value).is_some();
    let stated = sight.facts.of(field);
    let mapper = || wanted(sight.facts, Field::Orm).iter().any(|it| ready(Field::Orm, &it.value.to_string()));
    let spoken = choices.spoken.get(&field).map(|(value, _)| value.as_str());
    let kept = |kind: &String| data.slice(choices.slice(kind)).is_some_and(|slice| slice.database);
    let open = field == Field::Database && stated.is_empty() && (mapper() || kinds.iter().any(kept));
    let named =
        |value: &str| open || spoken.is_some() || stated.iter().any(|it| it.value.to_string() == value);
    let mut out = vec![];
    for (value, answer) in asked.choices.iter().filter(|(value, _)| named(value) && ready(field, value)) {
        let fitting: Vec<String> =
            kinds.iter().filter(|kind| answer.is_for(choices.slice(kind))).cloned().collect();
        if fitting.is_empty() {
            continue;
        }
        let mut when = answer.when.clone();
        if fitting.len() < kinds.len() {
            when.0.insert("kind".to_owned(), one_of(fitting));
        }
        let lines: Vec<usize> = stated
            .iter()
            .filter(|it| it.value.to_string() == *value)
            .flat_map(|it| it.lines.clone())
            .collect();
        let alike =
            sight.facts.of(Field::Feature).iter().filter(|it| asked.also.contains(&it.value.to_string()));
        let lines: Vec<usize> = lines.into_iter().chain(alike.flat_map(|it| it.lines.clone())).collect();
        let first = choices.first_tier(&lines);
        if first > usize::from(choices.one_file.is_some()) {
            choices.limit_to(first, &mut when);
        }
        let label = answer.label.clone();
        out.push((value.clone(), Choice { label, when, unless: answer.unless.clone(), refused: None }));
    }
    out
}

/// Sets the default, and says what is left to the reader.
fn decide(
    name: &str,
    asked: &Asked,
    sight: &Sight<'_>,
    question: &mut Question,
    choices: &mut Choices,
    report: &mut Report,
) {
    let field = Field::from_name(&asked.field);
    let stated = field.map_or(&[][..], |field| sight.facts.of(field));
    // What only the smallest size has says nothing about the others.
    let usual = |it: &&Fact| {
        choices.tiers.is_empty() || it.lines.iter().any(|line| choices.is_beyond_the_smallest(*line))
    };
    let known = |it: &&Fact| question.choices.contains_key(&it.value.to_string());
    let taken = stated.iter().filter(known).find(usual).or_else(|| stated.iter().find(known));
    let spoken = field.and_then(|field| choices.spoken.get(&field)).cloned();
    let line = taken.and_then(first).or(spoken.as_ref().map(|it| it.1));
    let conditional = line.is_some_and(|line| sight.paper.is_conditional(line, sight.data));
    choices.lines.extend(line.map(|line| (name.to_owned(), line)));
    let several = question.choices.keys().filter(|value| *value != NONE).count() > 1;
    let told = spoken.is_some() && stated.is_empty();
    let wanted = match (taken, spoken) {
        (Some(fact), _)
            if fact.strength > Strength::Context && !conditional && (asked.several || !several) =>
        {
            Some(fact.value.to_string())
        }
        (None, Some((value, _))) => Some(value),
        (None, None) => question.choices.keys().last().cloned(),
        _ => None,
    };
    let barred = wanted.as_ref().and_then(|value| barred(value, question, choices));
    if let (Some(value), None) = (wanted, &barred) {
        question.default = value;
    }
    let lines: Vec<usize> = stated.iter().filter_map(first).collect();
    let why = match barred {
        Some(unless) => unless,
        None if conditional => "the document wants it only where a project needs it".to_owned(),
        None if told => return,
        None if several && stated.is_empty() && wanted_mapper(sight) => {
            "the document names the mapper and no server".to_owned()
        }
        None if several && stated.is_empty() => "the example keeps its data in one".to_owned(),
        None if several => "the document names several".to_owned(),
        None => return,
    };
    let what = format!("{} `{}` unless something else is said", question.ask, question.default);
    report.ask(what, &lines, why);
}

fn wanted_mapper(sight: &Sight<'_>) -> bool {
    !wanted(sight.facts, Field::Orm).is_empty()
}

/// Why a choice is not on offer with the defaults of what is asked before it.
fn barred(value: &str, question: &Question, choices: &Choices) -> Option<String> {
    let choice = question.choices.get(value)?;
    let holds = |(name, test): (&String, &Test)| {
        choices.questions.get(name).is_none_or(|it| test.accepts(&it.default))
    };
    (!choice.when.0.iter().all(holds)).then(|| choice.unless.clone()).flatten()
}

/// Asks whether to begin with an example. Where the framework of the document is missing, nobody wants one.
pub(super) fn example(facts: &Facts, choices: &mut Choices) {
    let missing = !facts.of(Field::WebFramework).is_empty() && !choices.has("api");
    let labels = [("yes", "Yes"), ("no", "No, the architecture only")];
    let ask = "Begin with an example, from the domain to the interface?";
    let mut question = plain(ask, &labels, if missing { "no" } else { "yes" });
    choices.limit_to(usize::from(choices.one_file.is_some()), &mut question.when);
    choices.questions.insert("example".to_owned(), question);
}

/// The question that decides on a field.
pub(super) fn of(data: &Data, field: Field) -> Option<(&String, &Asked)> {
    data.questions.iter().find(|(_, it)| it.field == field.name())
}

/// The question whose choices are tools for a capability.
pub(super) fn alike<'a>(data: &'a Data, feature: &str) -> Option<(&'a String, &'a Asked)> {
    data.questions.iter().find(|(_, it)| it.also.iter().any(|also| also == feature))
}
