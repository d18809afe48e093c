//! What the document leaves to others: settings that a project needs to work, from its facts or from us.

use super::{
    Leeway,
    choices::wanted,
    data::Data,
    report::Report,
    settings::{Fit, Settings},
};
use crate::facts::{Facts, Field};

/// A rule that generated code breaks: the code, the files, how often.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relaxed {
    /// The files, as a pattern of the linter.
    pub files: String,
    /// The code of the rule.
    pub rule: String,
    /// How often it is broken.
    pub count: usize,
}

const PYTEST: &str = "tool.pytest.ini_options";

/// Completes the settings.
pub(super) fn complete(
    facts: &Facts,
    fit: &Fit<'_>,
    data: &Data,
    leeway: &Leeway<'_>,
    settings: &mut Settings,
    report: &mut Report,
) {
    let has = |component: &str| fit.components.iter().any(|it| it == component);
    for (field, value) in &data.defaults {
        let stated = Field::from_name(field)
            .is_none_or(|field| !facts.of(field).is_empty() || fit.spoken.contains(&field));
        if !stated && has(value) {
            report.assume(value.clone());
        }
    }
    if has("ruff") {
        ruff(facts, data, settings, report);
        complexity(facts, settings);
        relax(leeway.relaxed, settings, report);
    }
    if has("black") || has("isort") {
        widths(fit, settings);
    }
    if has("pytest") {
        pytest(facts, fit, data, leeway.marks, settings, report);
    }
}

fn number(facts: &Facts, field: Field) -> Option<(String, Vec<usize>)> {
    let fact = facts.of(field).first()?;
    Some((fact.value.to_string(), fact.lines.clone()))
}

fn ruff(facts: &Facts, data: &Data, settings: &mut Settings, report: &mut Report) {
    if !settings.tables.has("tool.ruff.line-length")
        && let Some((length, lines)) = number(facts, Field::LineLength)
    {
        settings.tables.set("tool.ruff.line-length", &length);
        settings.lines.entry("tool.ruff".to_owned()).or_insert(lines.first().copied().unwrap_or(0));
    }
    let selects = ["tool.ruff.lint.select", "tool.ruff.select", "tool.ruff.lint.extend-select"];
    if selects.iter().any(|path| settings.tables.has(path)) {
        return;
    }
    let named: Vec<String> = wanted(facts, Field::RuffSelect)
        .iter()
        .map(|it| it.value.to_string())
        .filter(|it| it.chars().all(|c| c.is_ascii_alphanumeric()))
        .collect();
    let from_us = named.is_empty();
    let codes = if from_us { data.ruff_select.clone() } else { named };
    settings.tables.set("tool.ruff.lint.select", &serde_json::json!(codes).to_string());
    if from_us {
        // The formatter wraps what can be wrapped.
        settings.tables.set("tool.ruff.lint.ignore", "[\"E501\"]");
        report.assume(format!("the rules {} of Ruff", codes.join(", ")));
    } else if let Some(fact) = facts.of(Field::RuffSelect).first() {
        settings.lines.entry("tool.ruff".to_owned()).or_insert(fact.lines.first().copied().unwrap_or(0));
    }
}

/// The complexity that the document allows, with the rule that measures it.
fn complexity(facts: &Facts, settings: &mut Settings) {
    const PATH: &str = "tool.ruff.lint.mccabe.max-complexity";
    let Some((most, lines)) = number(facts, Field::Complexity).filter(|_| !settings.tables.has(PATH)) else {
        return;
    };
    settings.tables.set(PATH, &most);
    let select = settings.tables.text_at("tool.ruff.lint.select").unwrap_or_default();
    let has = |code: &str| select.split(|c: char| !c.is_ascii_alphanumeric()).any(|it| it == code);
    if !["ALL", "C", "C90", "C901"].iter().any(|code| has(code)) {
        settings.tables.push("tool.ruff.lint.select", "C90");
    }
    settings.lines.entry("tool.ruff".to_owned()).or_insert(lines.first().copied().unwrap_or(0));
}

/// Formatters and sorters of their own keep to the lines of the linter.
fn widths(fit: &Fit<'_>, settings: &mut Settings) {
    let beside = [("black", "tool.black.line-length"), ("isort", "tool.isort.line_length")];
    let beside = beside.iter().filter(|(component, _)| fit.components.iter().any(|it| it == component));
    let paths: Vec<&str> = beside.map(|it| it.1).collect();
    let all = paths.iter().chain(&["tool.ruff.line-length"]);
    let stated: Vec<String> = all.filter_map(|path| settings.tables.text_at(path)).collect();
    let Some(width) = stated.first() else { return };
    for path in paths {
        settings.tables.set(path, width);
    }
    settings.tables.set("tool.ruff.line-length", width);
}

/// The rules that generated code breaks are not asked of those files; what the document states stays as it is.
fn relax(relaxed: &[Relaxed], settings: &mut Settings, report: &mut Report) {
    let mut files: Vec<&str> = relaxed.iter().map(|it| it.files.as_str()).collect();
    files.dedup();
    for pattern in files {
        let rules: Vec<&str> =
            relaxed.iter().filter(|it| it.files == pattern).map(|it| it.rule.as_str()).collect();
        let list = serde_json::json!(rules).to_string();
        settings.tables.set_key("tool.ruff.lint.extend-per-file-ignores", pattern, &list);
    }
    let mut rules: Vec<&str> = relaxed.iter().map(|it| it.rule.as_str()).collect();
    rules.sort_unstable();
    rules.dedup();
    let lines: Vec<usize> = settings.lines.get("tool.ruff").copied().into_iter().collect();
    for rule in rules {
        let places = relaxed.iter().filter(|it| it.rule == rule);
        let shown: Vec<String> = places.clone().map(|it| format!("`{}`", it.files)).collect();
        let why = if rule == "E501" {
            "names of projects can be so long that the formatter cannot wrap their imports".to_owned()
        } else {
            match places.map(|it| it.count).sum::<usize>() {
                1 => "the generated code breaks it once".to_owned(),
                count => format!("the generated code breaks it {count} times"),
            }
        };
        report.leave(format!("the rule `{rule}` of Ruff is not asked of {}", shown.join(", ")), &lines, why);
    }
}

fn pytest(
    facts: &Facts,
    fit: &Fit<'_>,
    data: &Data,
    marks: &[String],
    settings: &mut Settings,
    report: &mut Report,
) {
    let stated = settings.lines.contains_key(PYTEST);
    let mut options: Vec<String> = vec![];
    settings.tables.edit(PYTEST, &mut |path, text| {
        if path.ends_with(".addopts") {
            options.extend(text.split_whitespace().map(str::to_owned));
        }
        crate::toml::Edit::Keep
    });
    let mut added = vec![];
    if !stated {
        for option in &data.pytest_options {
            settings.tables.push(&format!("{PYTEST}.addopts"), option);
        }
    }
    let least = number(facts, Field::CoverageMin);
    if fit.components.iter().any(|it| it == "coverage") {
        // The gate measures it, wherever the code lies.
        if let Some((percent, lines)) = &least {
            settings.tables.set("tool.coverage.report.fail_under", percent);
            settings
                .lines
                .entry("tool.coverage.report".to_owned())
                .or_insert(lines.first().copied().unwrap_or(0));
        }
    } else if !options.iter().any(|it| it.starts_with("--cov")) && (least.is_some() || !stated) {
        for option in [format!("--cov={}", fit.code), "--cov-report=term-missing".to_owned()] {
            settings.tables.push(&format!("{PYTEST}.addopts"), &option);
            added.push(option);
        }
    }
    let measured = options.iter().any(|it| it.starts_with("--cov-fail-under"))
        || settings.tables.has("tool.coverage.report.fail_under");
    let by_gate = fit.components.iter().any(|it| it == "coverage");
    if let (Some((percent, _)), false) = (&least, measured || by_gate) {
        let option = format!("--cov-fail-under={percent}");
        settings.tables.push(&format!("{PYTEST}.addopts"), &option);
        added.push(option);
    }
    let marked = settings.tables.text_at(&format!("{PYTEST}.markers")).unwrap_or_default();
    let stands =
        |marker: &str| marked.split(|c: char| !c.is_alphanumeric() && c != '_').any(|it| it == marker);
    for marker in marks.iter().filter(|it| !stands(it)) {
        let meaning = data.pytest_markers.get(marker).map_or("", String::as_str);
        settings.tables.push(&format!("{PYTEST}.markers"), &format!("{marker}: {meaning}"));
        added.push(format!("the marker `{marker}`"));
    }
    if stated && !added.is_empty() {
        let lines: Vec<usize> = settings.lines.get(PYTEST).copied().into_iter().collect();
        let what = format!("`{PYTEST}` also has {}", added.join(", "));
        report.correct(what, &lines, "the generated tests or another demand of the document need it");
    }
}
