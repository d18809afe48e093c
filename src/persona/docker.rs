//! Dockerfiles: stages, images, users, and the commands they run.

use super::evidence::{Evidence, weight};
use super::numbers;
use super::shell::{self, Spot};
use super::vocabulary::Vocabulary;
use crate::facts::{Field, Instruction, Value};

/// The most instructions kept of one document.
pub const MAX_INSTRUCTIONS: usize = 5000;

/// Reads the lines of a Dockerfile; `settle` is false for all but the first one of a document.
pub fn read<'a>(
    lines: impl Iterator<Item = (usize, &'a str)>,
    settle: bool,
    vocabulary: &Vocabulary,
    evidence: &mut Evidence,
) -> Vec<Instruction> {
    let all = join(lines);
    let stages: Vec<(usize, String, Option<String>)> = all
        .iter()
        .filter(|instruction| instruction.name == "FROM")
        .map(|instruction| {
            let words: Vec<&str> =
                instruction.arguments.split_whitespace().filter(|word| !word.starts_with("--")).collect();
            let alias = words
                .iter()
                .position(|word| word.eq_ignore_ascii_case("as"))
                .and_then(|at| words.get(at + 1));
            (
                instruction.line,
                words.first().copied().unwrap_or("").to_owned(),
                alias.map(|name| (*name).to_owned()),
            )
        })
        .collect();
    if settle {
        images(&stages, evidence);
    }
    for instruction in &all {
        let spot = Spot {
            line: instruction.line,
            weight: if settle { weight::COMMAND } else { weight::ASIDE },
            lesson: false,
        };
        match instruction.name.as_str() {
            "RUN" => drop(shell::line(&instruction.arguments, spot, vocabulary, evidence)),
            "CMD" | "ENTRYPOINT" => {
                let plain = instruction.arguments.replace(['[', ']', '"', ','], " ");
                shell::line(&plain, spot, vocabulary, evidence);
            }
            "USER" if settle && stages.len() <= instruction.stage => {
                let root = matches!(instruction.arguments.trim(), "root" | "0");
                if !root {
                    evidence.wants(Field::NonRoot, Value::Flag(true), weight::CONFIG, instruction.line);
                }
            }
            _ => {}
        }
    }
    all
}

fn images(stages: &[(usize, String, Option<String>)], evidence: &mut Evidence) {
    let (Some(first), Some(last)) = (stages.first(), stages.last()) else { return };
    // A stage may build on an earlier one by its name.
    let mut image = last;
    for _ in 0..stages.len() {
        match stages.iter().find(|stage| stage.2.as_deref() == Some(image.1.as_str()) && stage.0 < image.0) {
            Some(base) => image = base,
            None => break,
        }
    }
    if stages.len() > 1 {
        evidence.wants(Field::Builder, first.1.as_str(), weight::CONFIG, first.0);
    }
    evidence.wants(Field::Runtime, image.1.as_str(), weight::CONFIG, image.0);
    evidence.wants(Field::MultiStage, Value::Flag(stages.len() > 1), weight::CONFIG, last.0);
    if let Some(version) =
        image.1.strip_prefix("python:").and_then(|tag| numbers::requirement(&format!("=={tag}")))
    {
        evidence.wants(Field::Python, version.as_str(), 1, image.0);
    }
}

/// Joins continued lines.
fn join<'a>(lines: impl Iterator<Item = (usize, &'a str)>) -> Vec<Instruction> {
    let mut out: Vec<Instruction> = Vec::new();
    let (mut open, mut stage) = (false, 0);
    for (line, text) in lines {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let (body, continues) = text.strip_suffix('\\').map_or((text, false), |body| (body.trim_end(), true));
        if open {
            if let Some(last) = out.last_mut() {
                last.arguments.push(' ');
                last.arguments.push_str(body);
            }
        } else {
            let (name, arguments) = body.split_once(' ').unwrap_or((body, ""));
            let name = name.to_ascii_uppercase();
            if !name.bytes().all(|byte| byte.is_ascii_uppercase()) || out.len() >= MAX_INSTRUCTIONS {
                continue;
            }
            stage += usize::from(name == "FROM");
            out.push(Instruction { stage, name, arguments: arguments.trim().to_owned(), line });
        }
        open = continues;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Evidence, Vocabulary, read};
    use crate::facts::Field;

    #[test]
    fn stages_and_users() {
        let text = "FROM python:3.12-slim AS base\nFROM base AS build\nRUN pip install uv && \\\n  uv sync\nFROM base\nUSER app";
        let mut evidence = Evidence::default();
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
        let all = read(lines, true, &Vocabulary::built_in(), &mut evidence);
        let of =
            |field| evidence.of(field).map(|found| (found.value.to_string(), found.line)).collect::<Vec<_>>();
        assert_eq!(of(Field::Runtime), [("python:3.12-slim".to_owned(), 1)]);
        assert_eq!(of(Field::MultiStage), [("true".to_owned(), 5)]);
        assert_eq!(of(Field::NonRoot), [("true".to_owned(), 6)]);
        assert_eq!(all.len(), 5);
    }
}
