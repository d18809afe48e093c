//! Decides every question: what is given outranks what is asked, which outranks the default.

use indexmap::IndexMap;

use super::{
    Answer, Answers, Form, Given, Origin, Question,
    given::{GivenValue, Place},
};
use crate::{
    error::{Class, Error, Mistake, Result},
    preset::{Choice, When},
    relpath::is_invisible,
};

/// The longest text answer, in bytes.
const MAX_TEXT: usize = 1000;

/// Somebody who can be asked.
pub trait Ask {
    /// Asks one question.
    ///
    /// # Errors
    /// The person stopped, or the terminal failed.
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Reply>;
}

/// A question as put to a person.
#[derive(Debug)]
pub struct Prompt<'a> {
    /// The question.
    pub question: &'a Question,
    /// The number of this question, from 1.
    pub number: usize,
    /// How many will be asked as far as can be told.
    pub of: usize,
    /// What is offered.
    pub default: &'a str,
    /// For a choice: the reason for which a value cannot be taken, by value.
    pub barred: Vec<(&'a str, String)>,
}

/// What a person replied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// A value.
    Value(String),
    /// Back to the question before.
    Back,
}

/// What resolving gave.
#[derive(Debug, Clone)]
pub enum Taken {
    /// All questions are decided.
    All(Answers),
    /// The person went back before the first question.
    Back,
}

/// Decides all `questions`, in order.
///
/// # Errors
/// All wrong values at once, each with its place.
pub fn resolve(questions: &[Question], given: &Given, ask: Option<&mut dyn Ask>) -> Result<Taken> {
    // What is given is checked before anything is asked: nobody answers ten questions for nothing.
    let answers = automatic(questions, given)?;
    match ask {
        None => Ok(Taken::All(answers)),
        Some(ask) => interactive(questions, given, ask),
    }
}

/// Given answers to questions that nobody asks.
fn unknown(questions: &[Question], given: &Given) -> Vec<Mistake> {
    let known: Vec<&str> = questions.iter().map(|question| question.name.as_str()).collect();
    given
        .values
        .iter()
        .filter(|(name, _)| !known.contains(&name.as_str()))
        .map(|(name, value)| value.unknown(name, &known))
        .collect()
}

fn automatic(questions: &[Question], given: &Given) -> Result<Answers> {
    let mut answers = Answers::default();
    let mut mistakes = given.mistakes.clone();
    mistakes.extend(unknown(questions, given));
    for question in questions {
        let answer = match given.values.get(&question.name) {
            Some(value) => {
                mistakes.extend(wrong(question, value, &answers));
                if matches!(question.form, Form::Secret) {
                    answers.keep(&question.name, value.value.clone());
                    continue;
                }
                Answer { value: tidied(question, &value.value), origin: value.origin }
            }
            None if matches!(question.form, Form::Secret) => continue,
            None => Answer { value: usual(question, &answers), origin: Origin::Default },
        };
        answers.0.insert(question.name.clone(), answer);
    }
    if mistakes.is_empty() { Ok(answers) } else { Err(Error::mistakes(Class::Usage, mistakes)) }
}

fn interactive(questions: &[Question], given: &Given, ask: &mut dyn Ask) -> Result<Taken> {
    let mut answers = Answers::default();
    let mut asked: Vec<usize> = vec![];
    let mut remembered = Answers::default();
    let mut at = 0;
    while let Some(question) = questions.get(at) {
        if given.values.contains_key(&question.name) || !is_open(question, &answers) {
            if matches!(question.form, Form::Secret) {
                if let Some(value) = given.values.get(&question.name) {
                    answers.keep(&question.name, value.value.clone());
                }
                at += 1;
                continue;
            }
            let answer = settled(question, given, &answers);
            answers.0.insert(question.name.clone(), answer);
            at += 1;
            continue;
        }
        let usual = usual(question, &answers);
        let offered = remembered.get(&question.name).unwrap_or(&usual).to_owned();
        let still = questions[at..]
            .iter()
            .filter(|it| !given.values.contains_key(&it.name) && is_open(it, &answers))
            .count();
        let prompt = Prompt {
            question,
            number: asked.len() + 1,
            of: asked.len() + still,
            default: &offered,
            barred: barred(question, &answers),
        };
        match ask.ask(&prompt)? {
            Reply::Value(value) if matches!(question.form, Form::Secret) => {
                answers.keep(&question.name, value);
                asked.push(at);
                at += 1;
            }
            Reply::Value(value) => {
                let answer = Answer { value, origin: Origin::Asked };
                remembered.0.insert(question.name.clone(), answer.clone());
                answers.0.insert(question.name.clone(), answer);
                asked.push(at);
                at += 1;
            }
            Reply::Back => match asked.pop() {
                None => return Ok(Taken::Back),
                Some(before) => {
                    for later in &questions[before..] {
                        answers.0.shift_remove(&later.name);
                    }
                    at = before;
                }
            },
        }
    }
    Ok(Taken::All(answers))
}

fn settled(question: &Question, given: &Given, answers: &Answers) -> Answer {
    match given.values.get(&question.name) {
        Some(value) => Answer { value: tidied(question, &value.value), origin: value.origin },
        None => Answer { value: usual(question, answers), origin: Origin::Default },
    }
}

/// What is taken when nothing else decides: the default, or the first choice on offer if the default is not.
pub fn usual(question: &Question, answers: &Answers) -> String {
    let Form::Choice(choices) = &question.form else { return question.default.clone() };
    let open = |value: &str| choices.get(value).is_some_and(|it| is_offered(it, answers));
    if open(&question.default) {
        return question.default.clone();
    }
    let first = choices.keys().find(|value| open(value));
    first.unwrap_or(&question.default).clone()
}

/// A list of choices without blanks, in the order of the choices; any other value as it is.
fn tidied(question: &Question, value: &str) -> String {
    let Form::Several(choices) = &question.form else { return value.to_owned() };
    let taken: Vec<&str> = parts(value).collect();
    choices.keys().map(String::as_str).filter(|it| taken.contains(it)).collect::<Vec<_>>().join(",")
}

/// The parts of an answer of several choices.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// Whether there is anything to ask: the question applies and has more than one answer.
fn is_open(question: &Question, answers: &Answers) -> bool {
    let may = |when: &When| holds(when, answers) || waits(when, answers);
    let several = match &question.form {
        Form::Choice(choices) => choices.values().filter(|it| it.is_open(may)).count() > 1,
        Form::Several(choices) => choices.values().any(|it| it.is_open(may)),
        Form::Text | Form::Secret => true,
    };
    several && may(&question.when)
}

/// Whether the condition rests on a question that is still to be decided.
fn waits(when: &When, answers: &Answers) -> bool {
    when.mentions().any(|(name, _)| answers.get(name).is_none())
}

fn applies(question: &Question, answers: &Answers) -> bool {
    holds(&question.when, answers)
}

fn holds(when: &When, answers: &Answers) -> bool {
    when.holds(&|name| answers.get(name), &|_| false)
}

fn barred<'a>(question: &'a Question, answers: &Answers) -> Vec<(&'a str, String)> {
    let Some(choices) = question.form.choices() else { return vec![] };
    choices
        .iter()
        .filter(|(_, choice)| !is_offered(choice, answers))
        .map(|(value, choice)| (value.as_str(), reason(choice)))
        .collect()
}

fn is_offered(choice: &Choice, answers: &Answers) -> bool {
    choice.is_open(|when| holds(when, answers))
}

fn reason(choice: &Choice) -> String {
    let stated = choice.refused.as_ref().or(choice.unless.as_ref());
    stated.cloned().unwrap_or_else(|| format!("only with {}", spelled(&choice.when)))
}

/// A condition in words: `kind api and database postgresql or sqlite`.
fn spelled(when: &When) -> String {
    let parts: Vec<String> = when.0.iter().map(|(name, test)| format!("{name} {}", test.spelled())).collect();
    parts.join(" and ")
}

/// What is wrong with a given value.
fn wrong(question: &Question, given: &GivenValue, answers: &Answers) -> Option<Mistake> {
    let value = given.value.as_str();
    let is_usual = value == usual(question, answers) || matches!(question.form, Form::Secret);
    if !applies(question, answers) && !is_usual {
        let title = format!("`{}` is asked only with {}", question.name, spelled(&question.when));
        return Some(given.mistake("answers-condition", title, true));
    }
    let fault = |fault: &str| given.mistake("answers-text", format!("`{}` {fault}", question.name), false);
    match &question.form {
        Form::Choice(choices) => wrong_choice(question, given, choices, value, answers),
        Form::Several(choices) => {
            parts(value).find_map(|part| wrong_choice(question, given, choices, part, answers))
        }
        Form::Text => text_fault(value).map(fault),
        // The message shows the flag or the line: it must not.
        Form::Secret => text_fault(value).map(|why| {
            let title = format!("`{}` {why}", question.name);
            Mistake::new("answers-text", title, &crate::source::Source::new("a secret", ""), 0..0)
        }),
    }
}

fn wrong_choice(
    question: &Question,
    given: &GivenValue,
    choices: &IndexMap<String, Choice>,
    value: &str,
    answers: &Answers,
) -> Option<Mistake> {
    match choices.get(value) {
        None => {
            let title = format!("`{value}` is no choice for `{}`", question.name);
            let known = choices.iter().filter(|(_, it)| it.refused.is_none()).map(|(name, _)| name.as_str());
            Some(given.mistake("answers-choice", title, false).suggest(value, known))
        }
        Some(choice) if !is_offered(choice, answers) => {
            let title = format!("`{}` cannot be `{value}`: {}", question.name, reason(choice));
            Some(given.mistake("answers-condition", title, false))
        }
        Some(_) => None,
    }
}

/// Why `value` cannot be an answer in one line of text.
pub fn text_fault(value: &str) -> Option<&'static str> {
    if value.len() > MAX_TEXT {
        return Some("is longer than 1000 bytes");
    }
    value.chars().any(is_invisible).then_some("has a control, bidirectional or zero-width character")
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Flag(flag) => f.write_str(flag),
            Self::File { source, .. } => f.write_str(&source.name),
        }
    }
}
