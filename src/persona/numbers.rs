//! Numbers with their units: Python versions, coverage, line length.

use super::evidence::{Evidence, weight};
use super::words::{self, Word};
use crate::facts::{Field, Value};

/// Reads a version specifier of Python: `>=3.12,<4` gives `>=3.12`.
#[must_use]
pub fn requirement(text: &str) -> Option<String> {
    let text = text.trim();
    let digit = text.find(|letter: char| letter.is_ascii_digit())?;
    let version = minor(&text[digit..])?;
    let lower =
        text[..digit].contains(['>', '^', '~']) || text[..digit].trim().is_empty() && text.contains('*');
    Some(format!("{}{version}", if lower { ">=" } else { "==" }))
}

/// Reads `py312`.
#[must_use]
pub fn target(text: &str) -> Option<String> {
    let digits = text.strip_prefix("py3")?;
    let minor: u32 = digits.parse().ok()?;
    Some(format!(">=3.{minor}"))
}

/// `3.12` at the start of `text`.
fn minor(text: &str) -> Option<String> {
    let rest = text.strip_prefix("3.")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let value: u32 = digits.parse().ok()?;
    (value < 40).then(|| format!("3.{value}"))
}

/// Reads the numbers of one line of text. `heading` is the heading it stands under.
pub fn read(text: &str, heading: &str, line: usize, weight: u32, evidence: &mut Evidence) {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return;
    }
    let words = words::cut(text);
    python(text, &words, line, weight, evidence);
    coverage(text, &words, heading, line, weight, evidence);
    length(text, &words, line, weight, evidence);
}

/// How many words may stand between "Python" and its version.
const NEAR: usize = 3;

fn python(text: &str, words: &[Word<'_>], line: usize, weight: u32, evidence: &mut Evidence) {
    for (at, word) in words.iter().enumerate() {
        let glued = word
            .normal
            .strip_prefix("python3.")
            .filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        if let Some(rest) = glued {
            let upward = text[word.end()..].starts_with('+');
            let (operator, weight) = if upward { (">=", weight) } else { ("==", weight::ASIDE) };
            evidence.wants(Field::Python, format!("{operator}3.{rest}").as_str(), weight, line);
        }
        if !matches!(
            word.normal.as_ref(),
            "python" | "cpython" | "requires-python" | "python-version" | "питон"
        ) {
            continue;
        }
        for next in words.iter().skip(at + 1).take(NEAR) {
            if next.before.contains(['.', ';', '。']) && !next.before.contains(['`', '*']) {
                break;
            }
            let Some(version) = minor(&next.normal) else {
                if plain_between(&next.normal) {
                    continue;
                }
                break;
            };
            let between = &text[word.end()..next.start];
            let after = &text[next.start + version.len()..];
            if between.contains('/') || after.starts_with('/') {
                break;
            }
            // `python:3.12-slim` names an image.
            let image = between == ":" && (after.starts_with('-') || text[..word.start].ends_with("FROM "));
            let weight = if image { 1 } else { weight };
            let operator = if opens_upward(between, after) { ">=" } else { "==" };
            evidence.wants(Field::Python, format!("{operator}{version}").as_str(), weight, line);
            break;
        }
    }
}

/// Words that may stand between "Python" and its version.
fn plain_between(word: &str) -> bool {
    matches!(
        word,
        "version"
            | "target"
            | "minimum"
            | "versions"
            | "版本"
            | "目标版本"
            | "版本要求"
            | "версии"
            | "версия"
            | "バージョン"
            | "required"
            | "requires"
            | "runtime"
    )
}

/// Whether a version means "this or later".
fn opens_upward(between: &str, after: &str) -> bool {
    let after = after.trim_start_matches(['`', '*']);
    let word = after.trim_start().to_lowercase();
    let later = [
        "or higher",
        "or newer",
        "or later",
        "or above",
        "and above",
        "and later",
        "and up",
        "or greater",
        "及以上",
        "以上",
        "或更高",
        "ou supérieur",
        "ou plus",
        "и выше",
        "или выше",
        "o superior",
        "ou superior",
        "以降",
        "minimum",
        "– 3.",
        "- 3.",
        "–3.",
        "-3.",
    ];
    after.starts_with('+')
        || between.contains(['>', '≥', '^', '~'])
        || later.iter().any(|phrase| word.starts_with(phrase))
}

fn coverage(
    text: &str,
    words: &[Word<'_>],
    heading: &str,
    line: usize,
    weight: u32,
    evidence: &mut Evidence,
) {
    let lower = text.to_lowercase();
    let names = [
        "coverage",
        "couverture",
        "покрыти",
        "cobertura",
        "覆盖率",
        "カバレッジ",
        "cov-fail-under",
        "fail_under",
        "fail-under",
    ];
    if !names.iter().any(|name| lower.contains(name) || heading.to_lowercase().contains(name)) {
        return;
    }
    let config = lower.contains("fail-under") || lower.contains("fail_under");
    for word in words {
        let digits = word.normal.split('-').next().unwrap_or("");
        let percent = digits.parse::<u32>().ok().filter(|percent| (30..=100).contains(percent));
        let after = text[word.end()..].trim_start();
        let before = text[..word.start].trim_end_matches(['`', '"', ' ']);
        let flagged = config && before.ends_with(['=', ':']);
        let ranged =
            after.starts_with(['-', '–']) && after.chars().skip(1).take(5).any(|letter| letter == '%');
        if let Some(percent) =
            percent.filter(|_| after.starts_with('%') || after.starts_with("percent") || flagged || ranged)
        {
            let narrow = [
                "critical",
                "business logic",
                "core logic",
                "domain",
                "new code",
                "pr changes",
                "changed lines",
                "critique",
                "критич",
                "crític",
                "关键",
                "核心",
            ];
            let narrow = narrow.iter().any(|word| lower.contains(word)) || percent == 100 && !flagged;
            let goal = [
                "aim", "target", "achieve", "reach", "minimum", "must", "require", "goal", "until",
                "increase", "at least", "enforce",
            ];
            let vain = percent == 100
                && !flagged
                && (!goal.iter().any(|word| lower.contains(word)) || lower.contains("guarantee"));
            let weight = if vain {
                0
            } else if narrow {
                weight::ASIDE
            } else {
                weight
            };
            evidence.wants(Field::CoverageMin, Value::Number(percent), weight, line);
            break;
        }
    }
}

fn length(text: &str, words: &[Word<'_>], line: usize, weight: u32, evidence: &mut Evidence) {
    let lower = text.to_lowercase();
    let names = [
        "line length",
        "line-length",
        "line_length",
        "max line",
        "characters per line",
        "chars per line",
        "line limit",
        "line width",
        "lines under",
        "lines below",
        "lines within",
        "limit lines",
        "character lines",
        "行长",
        "длина строки",
        "longueur de ligne",
        "longitud de línea",
        "comprimento da linha",
        "comprimento de linha",
        "行の長さ",
        "每行",
    ];
    let Some(name) = names.iter().find_map(|name| lower.find(name)) else { return };
    let numbers = words.iter().filter_map(|word| {
        let value = word.normal.split('-').next().and_then(|digits| digits.parse::<u32>().ok())?;
        (60..=200).contains(&value).then_some((value, word.start))
    });
    // The number behind the words is meant before one in front of them.
    let mut numbers: Vec<(u32, usize)> = numbers.collect();
    numbers.sort_by_key(|(_, start)| (*start < name, start.abs_diff(name)));
    if let Some((value, start)) = numbers.first().filter(|(_, start)| start.abs_diff(name) < 60) {
        let percent =
            text[*start..].trim_start_matches(|letter: char| letter.is_ascii_digit()).starts_with('%');
        if !percent {
            evidence.wants(Field::LineLength, Value::Number(*value), weight, line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{read, requirement, target};
    use crate::facts::Field;
    use crate::persona::evidence::Evidence;

    fn values(text: &str, field: Field) -> Vec<String> {
        let mut evidence = Evidence::default();
        read(text, "", 1, 20, &mut evidence);
        evidence.of(field).map(|found| found.value.to_string()).collect()
    }

    #[test]
    fn versions() {
        for (text, expected) in [
            ("Python 3.12+ is the base", ">=3.12"),
            ("**Python**: 3.13", "==3.13"),
            ("python >= 3.11", ">=3.11"),
            ("Python 3.10 or newer", ">=3.10"),
            ("**Python 版本**: 3.12+", ">=3.12"),
        ] {
            assert_eq!(values(text, Field::Python), [expected], "{text}");
        }
        assert_eq!(values("Python code in 3 steps, 3.5 of them hard", Field::Python), Vec::<String>::new());
        assert_eq!(requirement("^3.11").as_deref(), Some(">=3.11"));
        assert_eq!(requirement("==3.11.*").as_deref(), Some("==3.11"));
        assert_eq!(target("py313").as_deref(), Some(">=3.13"));
    }

    #[test]
    fn percentages_and_lengths() {
        assert_eq!(values("Keep coverage at 85% or more", Field::CoverageMin), ["85"]);
        assert_eq!(values("Couverture ≥ 75%", Field::CoverageMin), ["75"]);
        assert_eq!(values("90% of people like tests", Field::CoverageMin), Vec::<String>::new());
        assert_eq!(values("Line length: 100 characters", Field::LineLength), ["100"]);
        assert_eq!(values("行长 120", Field::LineLength), ["120"]);
    }
}
