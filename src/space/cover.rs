//! Rows of answers: all of them, or a greedy choice that covers every pair.

use std::collections::BTreeSet;

use super::open;
use crate::answers::{Form, Question};

/// How many steps the search for one row may take.
const BUDGET: usize = 20_000;

/// A pair of answers: two questions by position, and a value of each.
type Pair = (usize, String, usize, String);

/// All rows, or `None` when there are more than `most`.
pub(super) fn all(questions: &[Question], most: usize) -> Option<Vec<Vec<String>>> {
    let mut rows: Vec<Vec<String>> = vec![vec![]];
    for question in questions {
        let mut longer = vec![];
        for row in rows {
            for value in values(questions, question, &row) {
                let mut row = row.clone();
                row.push(value);
                longer.push(row);
            }
            if longer.len() > most {
                return None;
            }
        }
        rows = longer;
    }
    Some(rows)
}

/// Rows in which every pair of answers that can stand together does.
pub(super) fn pairs(questions: &[Question]) -> Vec<Vec<String>> {
    let mut open = wanted(questions);
    let mut rows = vec![];
    while let Some(first) = open.first().cloned() {
        let mut search = Search { questions, open: &open, fixed: &first, steps: 0 };
        let mut row = vec![];
        if !search.extend(&mut row) {
            open.remove(&first);
            continue;
        }
        for pair in pairs_of(&row) {
            open.remove(&pair);
        }
        // A pair that its own row does not hold would be looked for for ever.
        open.remove(&first);
        rows.push(row);
    }
    if rows.is_empty() {
        rows.extend(all(questions, 1).unwrap_or_default());
    }
    rows
}

fn values(questions: &[Question], question: &Question, row: &[String]) -> Vec<String> {
    let before = |name: &str| {
        let at = questions.iter().position(|it| it.name == name)?;
        row.get(at).cloned()
    };
    open(question, &before)
}

/// All pairs of declared choices.
fn wanted(questions: &[Question]) -> BTreeSet<Pair> {
    let choices = |question: &Question| match &question.form {
        Form::Choice(choices) => {
            let offered = choices.iter().filter(|(_, it)| it.refused.is_none());
            offered.map(|(value, _)| value.clone()).collect::<Vec<_>>()
        }
        Form::Several(_) => open(question, &|_| None),
        Form::Text | Form::Secret => vec![],
    };
    let mut pairs = BTreeSet::new();
    for (one, first) in questions.iter().enumerate() {
        for (two, second) in questions.iter().enumerate().skip(one + 1) {
            for a in choices(first) {
                pairs.extend(choices(second).into_iter().map(|b| (one, a.clone(), two, b)));
            }
        }
    }
    pairs
}

fn pairs_of(row: &[String]) -> Vec<Pair> {
    let mut pairs = vec![];
    for (one, a) in row.iter().enumerate() {
        for (two, b) in row.iter().enumerate().skip(one + 1) {
            pairs.push((one, a.clone(), two, b.clone()));
        }
    }
    pairs
}

struct Search<'a> {
    questions: &'a [Question],
    open: &'a BTreeSet<Pair>,
    fixed: &'a Pair,
    steps: usize,
}

impl Search<'_> {
    /// Completes `row`, trying first what covers most.
    fn extend(&mut self, row: &mut Vec<String>) -> bool {
        let at = row.len();
        let Some(question) = self.questions.get(at) else { return true };
        self.steps += 1;
        if self.steps > BUDGET {
            return false;
        }
        let mut choices = values(self.questions, question, row);
        let (one, a, two, b) = self.fixed;
        choices.retain(|value| (at != *one || value == a) && (at != *two || value == b));
        choices.sort_by_key(|value| std::cmp::Reverse(self.gain(row, at, value)));
        for value in choices {
            row.push(value);
            if self.extend(row) {
                return true;
            }
            row.pop();
        }
        false
    }

    fn gain(&self, row: &[String], at: usize, value: &str) -> usize {
        let covers = |(one, a): (usize, &String)| self.open.contains(&(one, a.clone(), at, value.to_owned()));
        let before = row.iter().enumerate().filter(|it| covers(*it)).count();
        let mut later = 0;
        for (one, a) in [(self.fixed.0, &self.fixed.1), (self.fixed.2, &self.fixed.3)] {
            later += usize::from(one > at && self.open.contains(&(at, value.to_owned(), one, a.clone())));
        }
        before + later
    }
}
