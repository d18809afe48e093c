//! The space of answers: all combinations that a preset allows, or few that cover every pair of answers.

mod cover;

use indexmap::IndexMap;

use crate::{
    answers::{self, Answers, Form, Given, Question, Taken},
    error::{Error, Result, listed},
    preset::{Choice, Preset},
    python::names::Names,
};

/// The most combinations that are looked at one by one.
pub const MOST: usize = 20_000;

/// Names of projects that are hard for templates, besides a usual one.
const NAMES: &[&str] =
    &["my-shop", "x", "zebra-tracker", "a-name-of-sixty-characters-that-no-line-was-ever-measured-for"];
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
}

impl Case {
    /// The answers in one line, as flags take them.
    pub fn shown(&self) -> String {
        self.key.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
    }
}

/// Which combinations are looked at.
#[derive(Debug, Clone, Default)]
pub struct Extent {
    /// Few that cover every pair of answers instead of all.
    pub pairwise: bool,
    /// Only these versions of Python; all on offer when it is empty.
    pub python: Vec<String>,
}

/// The combinations of `preset`.
///
/// # Errors
/// A version of Python is not on offer, or there are more than [`MOST`] combinations.
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
    rows.into_iter().enumerate().map(|(number, row)| case(preset, &questions, number, row)).collect()
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
    let mut questions = answers::all(&preset, &layouts(&preset), "");
    questions.retain(|it| it.name != TURNED && it.form.choices().is_some());
    Ok(questions)
}

/// The layouts on offer; what they are like matters to people only.
fn layouts(preset: &Preset) -> Vec<(String, String)> {
    preset.layouts.iter().map(|name| (name.clone(), String::new())).collect()
}

fn case(preset: &Preset, questions: &[Question], number: usize, row: Vec<String>) -> Result<Case> {
    let turn = |list: &[&str]| list[number % list.len()].to_owned();
    let names = Names::new::<&str>(&turn(NAMES), &[])?;
    let key: IndexMap<String, String> = questions.iter().map(|it| it.name.clone()).zip(row).collect();
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
    let all = answers::all(preset, &layouts(preset), &names.title);
    match answers::resolve(&all, &given, None)? {
        Taken::All(answers) => Ok(Case { number, names, answers, key }),
        Taken::Back => Err(Error::usage("nobody was asked")),
    }
}

/// The values that `question` can have after the answers `before`; its default where it is not asked.
fn open(question: &Question, before: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let Some(choices) = question.form.choices() else { return vec![question.default.clone()] };
    let holds = |when: &crate::preset::When| {
        when.0.iter().all(|(name, test)| before(name).is_some_and(|value| test.accepts(&value)))
    };
    let values: Vec<String> = choices
        .iter()
        .filter(|(_, it): &(&String, &Choice)| holds(&it.when))
        .map(|(value, _)| value.clone())
        .collect();
    if let Form::Several(_) = question.form {
        if !holds(&question.when) {
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
    if holds(&question.when) && !values.is_empty() {
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
        cases(&preset, extent).unwrap().iter().map(Case::shown).collect()
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
        let few = shown(&Extent { pairwise: true, python: vec![] });
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
}
