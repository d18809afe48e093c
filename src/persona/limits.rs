//! Limits of single functions: their complexity and their length.

use super::evidence::Evidence;
use super::words::{self, Word};
use crate::facts::{Field, Value};

/// Words between which a number stands for the complexity.
const NEAR: usize = 5;
/// Words that bound a length, rather than state it.
const BELOW: [&str; 7] = ["under", "below", "<", "fewer", "less", "shorter", "smaller"];

/// Reads the limits of one line of text.
pub fn read(text: &str, line: usize, weight: u32, evidence: &mut Evidence) {
    let words = words::cut(text);
    if let Some(value) = complexity(&words) {
        evidence.wants(Field::Complexity, Value::Number(value), weight, line);
    }
    if let Some(value) = length(text, &words) {
        evidence.wants(Field::FunctionLines, Value::Number(value), weight, line);
    }
}

fn complexity(words: &[Word<'_>]) -> Option<u32> {
    let at = words.iter().position(|word| matches!(word.normal.as_ref(), "complexity" | "max-complexity"))?;
    let near = words.iter().skip(at + 1).take(NEAR);
    near.map_while(|word| (!word.before.contains([';', '(', '|'])).then_some(word))
        .find_map(|word| word.normal.parse().ok())
        .filter(|value| (3..=40).contains(value))
}

/// The lines of a function: the number in front of "lines", where the nearest subject before it is a function.
fn length(text: &str, words: &[Word<'_>]) -> Option<u32> {
    let subject = |word: &Word<'_>| match word.normal.as_ref() {
        "function" | "functions" | "method" | "methods" => Some(true),
        "class" | "classes" | "file" | "files" | "module" | "modules" | "test" | "tests" => Some(false),
        _ => None,
    };
    words.windows(2).enumerate().find_map(|(at, pair)| {
        let lines = matches!(pair[1].normal.as_ref(), "line" | "lines" | "loc");
        let value: u32 = pair[0].normal.parse().ok().filter(|value| lines && (5..=200).contains(value))?;
        let before = &words[..at];
        let behind = || {
            let per = |word: &&Word<'_>| matches!(word.normal.as_ref(), "per" | "in");
            words.get(at + 2).filter(per).and_then(|_| words[at + 3..].iter().find_map(subject))
        };
        let function = before.iter().rev().find_map(subject).or_else(behind)?;
        let bounded = before.iter().rev().take(3).any(|word| BELOW.contains(&word.normal.as_ref()))
            || text[..pair[0].start].trim_end().ends_with('<');
        function.then_some(if bounded { value - 1 } else { value })
    })
}

#[cfg(test)]
mod tests {
    use super::{Evidence, Field, read};

    fn values(text: &str, field: Field) -> Vec<String> {
        let mut evidence = Evidence::default();
        read(text, 1, 20, &mut evidence);
        evidence.of(field).map(|found| found.value.to_string()).collect()
    }

    #[test]
    fn limits_are_told_from_other_numbers() {
        for (text, expected) in [
            ("A function stays under 25 lines, a class under 200.", &["24"][..]),
            ("Keep functions under 25 lines and classes under 200 lines", &["24"]),
            ("Functions: at most 50 lines", &["50"]),
            ("Max 30 lines per function", &["30"]),
            ("Files below 500 lines", &[]),
            ("Keep lines under 100 characters in functions", &[]),
        ] {
            assert_eq!(values(text, Field::FunctionLines), expected, "{text}");
        }
        for (text, expected) in [
            ("| Linter | Ruff, complexity 10 at most |", &["10"][..]),
            ("- Ruff for linting with max complexity of 10", &["10"]),
            ("cyclomatic complexity below 8", &["8"]),
            ("minimal complexity; 10 examples", &[]),
        ] {
            assert_eq!(values(text, Field::Complexity), expected, "{text}");
        }
    }
}
