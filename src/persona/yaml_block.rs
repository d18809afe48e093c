//! YAML blocks: workflows, compose files, hooks. Read line by line, so that broken ones give what they can.

use super::evidence::{Evidence, weight};
use super::shell::{self, Spot};
use super::vocabulary::Vocabulary;
use crate::facts::Field;

/// Reads the lines of a block.
pub fn read(lines: &[(usize, &str)], vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let has = |start: &str| {
        lines
            .iter()
            .find(|(_, line)| line.trim_start_matches([' ', '-']).starts_with(start))
            .map(|(at, _)| *at)
    };
    let hooks = has("repos:").filter(|_| has("hooks:").is_some() || has("repo:").is_some());
    if let Some(line) = has("uses:").or_else(|| has("runs-on:")) {
        evidence.wants(Field::Ci, "github-actions", weight::CONFIG, line);
    }
    if let Some(line) = hooks {
        evidence.wants(Field::Package, "pre-commit", weight::COMMAND, line);
    }
    let compose = has("services:").as_ref().is_some_and(|_| has("image:").is_some());
    for (line, text) in lines {
        let body = text.trim().trim_start_matches("- ").trim();
        if hooks.is_some() {
            hook(body, *line, vocabulary, evidence);
        } else if compose {
            image(body, *line, vocabulary, evidence);
        } else {
            let command = body.strip_prefix("run:").map_or(body, |rest| rest.trim().trim_matches('|'));
            if command == body && command.contains(": ") {
                continue;
            }
            let spot = Spot { line: *line, weight: weight::COMMAND, lesson: false };
            shell::line(command.trim(), spot, vocabulary, evidence);
        }
    }
}

fn hook(body: &str, line: usize, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let Some(id) = body
        .strip_prefix("id:")
        .map(|id| id.split('#').next().unwrap_or("").trim().trim_matches(['"', '\'']))
    else {
        return;
    };
    if id == "ruff-format" {
        evidence.wants(Field::Formatter, "ruff", weight::COMMAND, line);
        return;
    }
    let Some(tool) = vocabulary.named(id) else { return };
    if let Some(package) = &tool.package {
        evidence.wants(Field::Package, package.as_str(), weight::COMMAND, line);
    }
    for role in tool.roles.iter().filter(|role| role.needs.is_none()) {
        evidence.wants(role.field, role.value.as_str(), weight::COMMAND, line);
    }
}

/// A service's image names the server; what it serves for is not said.
fn image(body: &str, line: usize, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let Some(image) = body.strip_prefix("image:") else { return };
    let name = image.trim().trim_matches(['"', '\'']).split(':').next().unwrap_or("");
    let name = name.rsplit('/').next().unwrap_or("");
    for role in vocabulary.named(name).iter().flat_map(|tool| &tool.roles) {
        if role.field == Field::Database {
            evidence.wants(role.field, role.value.as_str(), weight::COMMAND, line);
        }
    }
}
