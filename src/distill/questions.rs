//! What is asked beside the kind: a database, a cache, a queue; the choices are those that the document names.

use super::{
    Paper,
    choices::{self, Choices, first, wanted},
    data::{Asked, Data},
    report::Report,
};
use crate::{
    facts::{Facts, Field, Strength},
    preset::{Choice, Library, Question, Test, When},
};

/// The choice that is always there.
const NONE: &str = "none";

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
pub(super) fn ask(
    name: &str,
    paper: &Paper<'_>,
    facts: &Facts,
    data: &Data,
    library: &Library,
    choices: &mut Choices,
    report: &mut Report,
) {
    let Some(asked) = data.questions.get(name) else { return };
    let kinds: Vec<String> = choices.kinds.keys().filter(|it| asked.kinds.contains(it)).cloned().collect();
    let offered = if kinds.is_empty() { vec![] } else { offered(asked, facts, data, library) };
    let along = data
        .questions
        .get(&asked.along)
        .is_some_and(|it| !self::offered(it, facts, data, library).is_empty());
    let always = choices.kinds.keys().any(|it| asked.always.contains(it));
    let beside = along && !kinds.is_empty();
    if offered.is_empty() && !always && !beside {
        return;
    }
    let mut question = plain(&asked.ask, &[(NONE, "None")], NONE);
    question.choices.extend(offered);
    if !kinds.is_empty() && kinds.len() < choices.kinds.len() {
        let test = if let [only] = kinds.as_slice() { Test::Is(only.clone()) } else { Test::AnyOf(kinds) };
        question.when = When([("kind".to_owned(), test)].into_iter().collect());
    }
    decide(name, asked, paper, facts, data, &mut question, choices, report);
    choices.questions.insert(name.to_owned(), question);
}

/// The choices of a question that the document names; all where a mapper leaves the server open.
fn offered(asked: &Asked, facts: &Facts, data: &Data, library: &Library) -> Vec<(String, Choice)> {
    let Some(field) = Field::from_name(&asked.field) else { return vec![] };
    let ready = |field: Field, value: &str| choices::components(data, library, field, value).is_some();
    let stated = facts.of(field);
    let mapper = || wanted(facts, Field::Orm).iter().any(|it| ready(Field::Orm, &it.value.to_string()));
    let open = field == Field::Database && stated.is_empty() && mapper();
    let named = |value: &str| open || stated.iter().any(|it| it.value.to_string() == value);
    let fitting = asked.choices.iter().filter(|(value, _)| named(value) && ready(field, value));
    fitting.map(|(value, choice)| (value.clone(), choice.clone())).collect()
}

/// Sets the default, and says what is left to the reader.
#[expect(clippy::too_many_arguments, reason = "one step of one pipeline")]
fn decide(
    name: &str,
    asked: &Asked,
    paper: &Paper<'_>,
    facts: &Facts,
    data: &Data,
    question: &mut Question,
    choices: &mut Choices,
    report: &mut Report,
) {
    let stated = Field::from_name(&asked.field).map_or(&[][..], |field| facts.of(field));
    let taken = stated.iter().find(|it| question.choices.contains_key(&it.value.to_string()));
    let line = taken.and_then(first);
    let lead = line.map(|line| paper.lead(line)).unwrap_or_default();
    let conditional = data.conditional.iter().any(|word| lead.contains(word.as_str()));
    choices.lines.extend(line.map(|line| (name.to_owned(), line)));
    let several = question.choices.len() > 2;
    let wanted = match taken {
        Some(fact) if fact.strength > Strength::Context && !conditional && (asked.several || !several) => {
            Some(fact.value.to_string())
        }
        None => question.choices.keys().last().cloned(),
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
        None if several && stated.is_empty() => "the document names the mapper and no server".to_owned(),
        None if several => "the document names several".to_owned(),
        None => return,
    };
    let what = format!("{} `{}` unless something else is said", question.ask, question.default);
    report.ask(what, &lines, why);
}

/// Why a choice is not on offer with the defaults of what is asked before it.
fn barred(value: &str, question: &Question, choices: &Choices) -> Option<String> {
    let choice = question.choices.get(value)?;
    let holds = |(name, test): (&String, &Test)| {
        choices.questions.get(name).is_none_or(|it| test.accepts(&it.default))
    };
    (!choice.when.0.iter().all(holds)).then(|| choice.unless.clone().unwrap_or_default())
}

/// Asks whether to begin with an example. Where the framework of the document is missing, nobody wants one.
pub(super) fn example(facts: &Facts, choices: &mut Choices) {
    let missing = !facts.of(Field::WebFramework).is_empty() && !choices.has("api");
    let labels = [("yes", "Yes"), ("no", "No, the architecture only")];
    let ask = "Begin with an example, from the domain to the interface?";
    let question = plain(ask, &labels, if missing { "no" } else { "yes" });
    choices.questions.insert("example".to_owned(), question);
}

/// The question that decides on a field.
pub(super) fn of(data: &Data, field: Field) -> Option<(&String, &Asked)> {
    data.questions.iter().find(|(_, it)| it.field == field.name())
}
