//! The space of answers: all combinations that a preset allows, or few that cover every pair of answers.

mod cover;

use indexmap::IndexMap;

use crate::{
    answers::{self, Answers, Descriptions, Form, Given, Question, Taken},
    error::{Error, Result, listed},
    preset::{Choice, Preset, When},
    python::names::Names,
};

/// The most combinations that are looked at one by one.
pub const MOST: usize = 20_000;

/// Names of projects that are hard for templates, besides a usual one.
const NAMES: &[&str] = &[
    "my-shop",
    "x",
    "zebra-tracker",
    "a-name-of-sixty-characters-that-no-line-was-ever-measured-for",
    "aardvark2",
];
/// Descriptions that are hard for templates; empty for the preset's own default.
const DESCRIPTIONS: &[&str] = &["", "It's a \"shop\" with {{ braces }}, 100 % UTF-8: ä, and a \\ in it."];
const AUTHORS: &[&str] = &["", "Zoë O'Neill"];
/// Built-in questions that are turned over from case to case instead of being multiplied.
const TURNED: &str = "license";

/// One combination of answers.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its number, from 0.
    pub number: usize,
    /// The names of the project.
    pub names: Names,
    /// The answers.
    pub answers: Answers,
    /// The answers that make this case what it is.
    pub key: IndexMap<String, String>,
    /// Those of them that are not the defaults.
    told: Vec<String>,
}

impl Case {
    /// The answers in one line, as flags take them: what differs from the defaults.
    pub fn shown(&self) -> String {
        if self.told.is_empty() { "the defaults".to_owned() } else { self.told.join(" ") }
    }
}

/// Which combinations are looked at.
#[derive(Debug, Clone, Default)]
pub struct Extent {
    /// Few that cover every pair of answers instead of all.
    pub pairwise: bool,
    /// Each of them under every hard name, instead of one name after the other: what a name does to the order of
    /// imports and the length of lines shows only beside it.
    pub every_name: bool,
    /// The name of every project; names that are hard for templates when there is none.
    pub name: Option<String>,
    /// Only these versions of Python; all on offer when it is empty.
    pub python: Vec<String>,
}

/// The combinations of `preset`.
///
/// # Errors
/// A version of Python is not on offer, the name cannot be that of a project, or there are more than [`MOST`]
/// combinations.
pub fn cases(preset: &Preset, extent: &Extent) -> Result<Vec<Case>> {
    let questions = questions(preset, extent)?;
    let rows = if extent.pairwise {
        cover::pairs(&questions)
    } else {
        cover::all(&questions, MOST).ok_or_else(|| {
            Error::usage(format!("`{}` has more than {MOST} combinations of answers", preset.preset))
                .help("cover every pair of answers: `--pairwise`")
        })?
    };
    let names = extent.name.as_deref().map_or_else(|| NAMES.to_vec(), |name| vec![name]);
    let times = if extent.every_name { names.len() } else { 1 };
    let rows = rows.into_iter().flat_map(|row| std::iter::repeat_n(row, times));
    let named = rows.zip(names.into_iter().cycle()).enumerate();
    named.map(|(number, (row, name))| case(preset, &questions, (number, name), row)).collect()
}

/// A question for which some answers leave nothing on offer, and those answers as flags take them.
pub fn stuck(preset: &Preset) -> Option<(String, String)> {
    let questions = questions(preset, &Extent::default()).ok()?;
    let rows = cover::all(&questions, MOST).unwrap_or_else(|| cover::pairs(&questions));
    let of = |row: &[String]| {
        let known: Vec<(&str, &String)> = questions.iter().map(|it| it.name.as_str()).zip(row).collect();
        let answer = |name: &str| known.iter().find(|it| it.0 == name).map(|it| it.1.clone());
        let question = questions.iter().find(|it| asked_in_vain(it, &answer))?;
        let decided = known.iter().filter(|it| depends_on(question, it.0));
        let shown: Vec<String> = decided.map(|(name, value)| format!("{name}={value}")).collect();
        Some((question.name.clone(), shown.join(" ")))
    };
    rows.iter().find_map(|row| of(row))
}

/// Whether `question` is asked after these answers, and has no choice on offer.
fn asked_in_vain(question: &Question, answer: &dyn Fn(&str) -> Option<String>) -> bool {
    let Form::Choice(choices) = &question.form else { return false };
    let none = !choices.values().any(|choice| choice.is_open(|when| holds(when, answer)));
    !choices.is_empty() && none && holds(&question.when, answer)
}

fn depends_on(question: &Question, name: &str) -> bool {
    let Form::Choice(choices) = &question.form else { return false };
    let mut conditions = choices.values().map(|choice| &choice.when).chain([&question.when]);
    conditions.any(|when| when.mentions().any(|(mentioned, _)| mentioned == name))
}

fn holds(when: &When, answer: &dyn Fn(&str) -> Option<String>) -> bool {
    when.0.iter().all(|(name, test)| answer(name).is_some_and(|value| test.accepts(&value)))
}

/// The questions with choices, in order.
fn questions(preset: &Preset, extent: &Extent) -> Result<Vec<Question>> {
    let mut preset = preset.clone();
    for wanted in &extent.python {
        if !preset.python.contains(wanted) {
            let message = format!("`{}` does not offer Python {wanted}", preset.preset);
            return Err(Error::usage(message).help(format!("it offers {}", listed(&preset.python))));
        }
    }
    if !extent.python.is_empty() {
        preset.python.clone_from(&extent.python);
    }
    let mut questions = answers::all(&preset, &Descriptions::new(), "");
    questions.retain(|it| it.name != TURNED && it.form.choices().is_some());
    Ok(questions)
}

fn case(
    preset: &Preset,
    questions: &[Question],
    (number, name): (usize, &str),
    row: Vec<String>,
) -> Result<Case> {
    let turn = |list: &[&str]| list[number % list.len()].to_owned();
    let names = Names::new::<&str>(name, &[])?;
    let key: IndexMap<String, String> = questions.iter().map(|it| it.name.clone()).zip(row).collect();
    let differs = |(question, value): &(&Question, &String)| question.default != **value;
    let told = questions.iter().zip(key.values()).filter(differs);
    let told = told.map(|(question, value)| format!("{}={value}", question.name)).collect();
    let mut given = Given::default();
    let mut flag = |name: &str, value: &str| given.flag(name, value, format!("--set {name}={value}"));
    for (name, value) in &key {
        flag(name, value);
    }
    for (name, value) in [("description", turn(DESCRIPTIONS)), ("author", turn(AUTHORS))] {
        if !value.is_empty() {
            flag(name, &value);
        }
    }
    flag(TURNED, ["none", "MIT", "Apache-2.0"][number % 3]);
    let all = answers::all(preset, &Descriptions::new(), &names.title);
    match answers::resolve(&all, &given, None)? {
        Taken::All(answers) => Ok(Case { number, names, answers, key, told }),
        Taken::Back => Err(Error::usage("nobody was asked")),
    }
}

/// The values that `question` can have after the answers `before`; its default where it is not asked.
fn open(question: &Question, before: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let Some(choices) = question.form.choices() else { return vec![question.default.clone()] };
    let values: Vec<String> = choices
        .iter()
        .filter(|(_, it): &(&String, &Choice)| it.is_open(|when| holds(when, before)))
        .map(|(value, _)| value.clone())
        .collect();
    if let Form::Several(_) = question.form {
        if !holds(&question.when, before) {
            return vec![question.default.clone()];
        }
        // None, each alone, and all of them.
        let all = values.join(",");
        let mut rows = vec![String::new()];
        rows.extend(values);
        if !rows.contains(&all) {
            rows.push(all);
        }
        return rows;
    }
    if holds(&question.when, before) && !values.is_empty() {
        return values;
    }
    let default = values.iter().find(|it| **it == question.default).or_else(|| values.first());
    vec![default.unwrap_or(&question.default).clone()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRESET: &str = "
preset: p
title: P
description: D.
python: ['3.12', '3.13']
layouts: [a, b]
components: []
questions:
  kind: {ask: q, choices: {api: {label: l}, cli: {label: l}}, default: api}
  database: {ask: q, choices: {none: {label: l}, pg: {label: l}, my: {label: l}}, default: none, when: {kind: api}}
  cache: {ask: q, choices: {none: {label: l}, redis: {label: l, when: {database: pg}}}, default: none}
";

    fn shown(extent: &Extent) -> Vec<String> {
        let preset: Preset = serde_yaml::from_str(PRESET).unwrap();
        let shown = |(name, value): (&String, &String)| format!("{name}={value}");
        let cases = cases(&preset, extent).unwrap();
        cases.iter().map(|it| it.key.iter().map(shown).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn all_combinations_keep_the_conditions() {
        let all = shown(&Extent::default());
        // For each Python and layout: cli; none; pg with and without redis; my.
        assert_eq!(all.len(), 2 * 2 * 5);
        assert!(!all.iter().any(|it| it.contains("kind=cli database=pg") || it.contains("my cache=redis")));
        let one = Extent { python: vec!["3.13".into()], ..Extent::default() };
        assert_eq!(shown(&one).len(), 10);
    }

    #[test]
    fn pairs_are_covered_by_fewer() {
        let few = shown(&Extent { pairwise: true, ..Extent::default() });
        assert!(few.len() < 14, "{few:#?}");
        let all = shown(&Extent::default());
        let pairs = |rows: &[String]| -> std::collections::BTreeSet<String> {
            let words = |row: &String| row.split(' ').map(str::to_owned).collect::<Vec<_>>();
            rows.iter()
                .map(words)
                .flat_map(|row| {
                    let pairs = row.iter().flat_map(|a| row.iter().map(move |b| format!("{a} {b}")));
                    pairs.collect::<Vec<_>>()
                })
                .collect()
        };
        assert_eq!(pairs(&few), pairs(&all));
        assert!(few.iter().all(|it| all.contains(it)));
    }

    #[test]
    fn every_combination_comes_under_every_name() {
        let preset: Preset = serde_yaml::from_str(PRESET).unwrap();
        let extent = Extent { pairwise: true, every_name: true, ..Extent::default() };
        let cases = cases(&preset, &extent).unwrap();
        let distinct: std::collections::BTreeSet<_> =
            cases.iter().map(|it| format!("{} {:?}", it.names.project, it.key)).collect();
        assert_eq!(distinct.len(), cases.len());
        let first = cases.iter().filter(|it| it.key == cases[0].key).count();
        assert_eq!(first, NAMES.len());
    }

    #[test]
    fn a_case_shows_what_differs_from_the_defaults() {
        let preset: Preset = serde_yaml::from_str(PRESET).unwrap();
        let cases = cases(&preset, &Extent::default()).unwrap();
        assert_eq!(cases[0].shown(), "the defaults");
        assert!(cases.iter().any(|it| it.shown() == "kind=cli python=3.13"), "{:?}", cases[9].shown());
    }
}
