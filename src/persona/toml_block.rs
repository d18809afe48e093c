//! TOML blocks: requirements, Python version, the configuration of tools.

use super::evidence::{Evidence, weight};
use super::numbers;
use super::requirement;
use super::vocabulary::{Usage, Vocabulary};
use crate::facts::{Field, TomlKey, Value};
use crate::toml::{Key, Scalar};

/// Reads a block that starts on line `first`; `weight` is lower where the block only illustrates.
pub fn read(
    text: &str,
    first: usize,
    scale: u32,
    vocabulary: &Vocabulary,
    evidence: &mut Evidence,
) -> Vec<TomlKey> {
    let keys = crate::toml::keys(text);
    for key in &keys {
        let path: Vec<&str> = key.path.iter().map(String::as_str).collect();
        let spot = Spot { line: first + key.line - 1, first, weight: scale, vocabulary };
        dependency(&path, key, &spot, evidence);
        tool(&path, key, &spot, evidence);
    }
    for (offset, line) in text.lines().enumerate() {
        header(line, first + offset, scale, vocabulary, evidence);
        bare_requirement(line, first + offset, scale, vocabulary, evidence);
    }
    let place =
        |key: &Key| TomlKey { path: key.path.join("."), value: key.raw.clone(), line: first + key.line - 1 };
    keys.iter().map(place).collect()
}

struct Spot<'v> {
    line: usize,
    first: usize,
    weight: u32,
    vocabulary: &'v Vocabulary,
}

fn dependency(path: &[&str], key: &Key, spot: &Spot<'_>, evidence: &mut Evidence) {
    match path {
        ["project", "requires-python"] | ["tool", "poetry", "dependencies", "python"] => {
            if let Scalar::Text(text) = &key.value
                && let Some(version) = numbers::requirement(text)
            {
                evidence.wants(Field::Python, version.as_str(), spot.weight, spot.line);
            }
        }
        ["tool", "poetry", "dependencies" | "dev-dependencies", name]
        | ["tool", "poetry", "group", _, "dependencies", name] => {
            if let Some(name) = requirement::package(name) {
                requirement::found(&name, spot.weight, spot.line, spot.vocabulary, evidence);
            }
        }
        ["project", "dependencies"]
        | ["project", "optional-dependencies", _]
        | ["dependency-groups", _]
        | ["tool", "uv", "dev-dependencies"]
        | ["dependencies"] => {
            if let Scalar::List(list) = &key.value {
                for (text, line) in list {
                    if let Some(name) = requirement::package(text) {
                        requirement::found(
                            &name,
                            spot.weight,
                            spot.first + line - 1,
                            spot.vocabulary,
                            evidence,
                        );
                    }
                }
            }
        }
        _ => {}
    }
}

fn tool(path: &[&str], key: &Key, spot: &Spot<'_>, evidence: &mut Evidence) {
    let (at, line) = (spot.weight, spot.line);
    match (path, &key.value) {
        (
            ["tool", "ruff" | "black" | "isort", "line-length" | "line_length"]
            | ["tool", "ruff", "lint", "pycodestyle", "max-line-length"]
            | ["tool", "flake8", "max-line-length"],
            Scalar::Number(length),
        ) => {
            if let Ok(length) = u32::try_from(*length) {
                evidence.wants(Field::LineLength, Value::Number(length), at, line);
            }
        }
        (["tool", "ruff", "select"] | ["tool", "ruff", "lint", "select"], Scalar::List(rules)) => {
            for (rule, line) in rules {
                evidence.wants(Field::RuffSelect, rule.as_str(), at, spot.first + line - 1);
            }
        }
        (
            ["tool", "ruff", .., "pydocstyle", "convention"] | ["tool", "pydocstyle", "convention"],
            Scalar::Text(style),
        ) => {
            evidence.wants(Field::DocstringStyle, style.as_str(), at, line);
        }
        (["tool", "ruff" | "black", "target-version"], Scalar::Text(target)) => {
            if let Some(version) = numbers::target(target) {
                evidence.wants(Field::Python, version.as_str(), weight::ASIDE, line);
            }
        }
        (["tool", "mypy", "python_version"] | ["tool", "pyright", "pythonVersion"], Scalar::Text(text)) => {
            if let Some(version) = numbers::requirement(&format!(">={text}")) {
                evidence.wants(Field::Python, version.as_str(), weight::ASIDE, line);
            }
        }
        (["tool", "mypy", "strict"], Scalar::Flag(true)) => {
            evidence.wants(Field::TypeCheckerStrict, Value::Flag(true), at, line);
        }
        (["tool", "pyright" | "basedpyright", "typeCheckingMode"], Scalar::Text(mode))
            if mode == "strict" =>
        {
            evidence.wants(Field::TypeCheckerStrict, Value::Flag(true), at, line);
        }
        (["tool", "coverage", "report", "fail_under"], Scalar::Number(percent)) => {
            if let Ok(percent) = u32::try_from(*percent) {
                evidence.wants(Field::CoverageMin, Value::Number(percent), at, line);
            }
        }
        (["tool", "pytest", "ini_options", "addopts"], Scalar::Text(options)) => {
            options_of_tests(options, at, line, evidence);
        }
        (["tool", "pytest", "ini_options", "addopts"], Scalar::List(options)) => {
            for (option, line) in options {
                options_of_tests(option, at, spot.first + line - 1, evidence);
            }
        }
        _ => {}
    }
}

fn options_of_tests(options: &str, at: u32, line: usize, evidence: &mut Evidence) {
    let number = options
        .split("--cov-fail-under=")
        .nth(1)
        .map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    if let Some(percent) = number.and_then(|digits| digits.parse().ok()) {
        evidence.wants(Field::CoverageMin, Value::Number(percent), at, line);
    }
}

/// A table `[tool.NAME]` uses the tool.
fn header(line: &str, at: usize, scale: u32, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let Some(inner) = line.trim().strip_prefix("[tool.").and_then(|rest| rest.split(']').next()) else {
        return;
    };
    let mut parts = inner.split('.');
    let name = parts.next().unwrap_or("");
    let Some(tool) = vocabulary.named(name) else { return };
    if let Some(package) = tool.package.as_ref().filter(|_| tool.word < Usage::Code) {
        evidence.wants(Field::Package, package.as_str(), scale, at);
    }
    for role in &tool.roles {
        let formats = tool.name != "ruff" || parts.clone().next() == Some("format");
        if (role.field != Field::Formatter || formats)
            && role.field != Field::TestPlugin
            && tool.name != "hatch"
        {
            evidence.wants(role.field, role.value.as_str(), scale, at);
        }
    }
}

/// A line `name >= 1.2` is no TOML but means a requirement.
fn bare_requirement(line: &str, at: usize, scale: u32, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let line = line.trim().trim_end_matches(',').trim_matches('"');
    let compared = [" >= ", " == ", " ~= ", ">=", "==", "~="].iter().any(|mark| {
        line.split_once(mark).is_some_and(|(name, version)| {
            !name.contains([' ', '='])
                && version.trim_start().starts_with(|letter: char| letter.is_ascii_digit())
        })
    });
    if let Some(name) =
        requirement::package(line).filter(|_| compared && !line.contains(" = ") && !line.ends_with(':'))
    {
        requirement::found(&name, scale, at, vocabulary, evidence);
    }
}
