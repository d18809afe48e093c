//! What has to hold for every project: rules that the facts demand, and packages that may not come in.

use std::collections::BTreeSet;

use super::{Paper, choices::first, data::Data, report::Report};
use crate::{
    error::listed,
    facts::{Fact, Facts, Field, Polarity},
    preset::{Preset, RequirementsCheck, Rule},
    python::requirement::normalise,
};

/// What the rules are made for.
pub(super) struct Ground<'a> {
    pub(super) paper: &'a Paper<'a>,
    pub(super) facts: &'a Facts,
    pub(super) data: &'a Data,
    /// All components that some answer selects.
    pub(super) components: &'a [String],
    /// The folder of the code as tools see it.
    pub(super) code: &'a str,
}

/// Packages that the document turns down may not come in, but for those that the components bring.
pub(super) fn turned_down(paper: &Paper<'_>, facts: &Facts, provided: &BTreeSet<String>) -> Option<Rule> {
    let banned: Vec<&Fact> = facts
        .alternatives
        .iter()
        .filter(|it| it.polarity == Polarity::Never && !provided.contains(&normalise(&it.value.to_string())))
        .collect();
    let line = banned.iter().find_map(|it| first(it))?;
    let forbidden = banned.iter().map(|it| it.value.to_string()).collect();
    let requirements = RequirementsCheck { forbidden, ..RequirementsCheck::default() };
    let id = "turned-down".to_owned();
    Some(Rule { id, cite: Some(paper.cite(line)), requirements: Some(requirements), ..Rule::default() })
}

/// The rules that facts and components of the preset demand.
pub(super) fn demanded(ground: &Ground<'_>, preset: &Preset, report: &mut Report) -> Vec<Rule> {
    let mut rules = vec![];
    let mut lines = vec![];
    for demand in &ground.data.rules {
        let has = |name: &String| ground.components.contains(name);
        let stated = demand.field.as_deref().and_then(Field::from_name).map(|field| {
            let wanted =
                |it: &&Fact| demand.value.as_ref().is_none_or(|value| it.value.to_string() == *value);
            ground.facts.of(field).iter().find(wanted)
        });
        if matches!(stated, Some(None)) || !demand.components.is_empty() && !demand.components.iter().any(has)
        {
            continue;
        }
        let fact = stated.flatten();
        let value = fact.map(|it| it.value.to_string()).unwrap_or_default();
        let filled = |text: &str| text.replace("{value}", &value).replace("{code}", ground.code);
        if demand.settings.as_ref().is_some_and(|text| !preset.pyproject.contains(&filled(text))) {
            continue;
        }
        let Some(mut rule) = fill(&demand.rule, &filled) else { continue };
        let cited =
            preset.components.iter().find(|it| demand.components.iter().any(|name| it.names.contains(name)));
        rule.cite = match fact.and_then(first) {
            Some(line) => {
                lines.push(line);
                Some(ground.paper.cite(line))
            }
            None => cited.and_then(|it| it.cite.clone()),
        };
        rules.push(rule);
    }
    if !rules.is_empty() {
        let names: Vec<&str> = rules.iter().map(|it: &Rule| it.id.as_str()).collect();
        report.understand(format!("rules that every project has to keep: {}", listed(&names)), &lines);
    }
    rules
}

/// A rule with its placeholders filled in.
fn fill(rule: &Rule, filled: &dyn Fn(&str) -> String) -> Option<Rule> {
    let text = serde_json::to_string(rule).ok()?;
    serde_json::from_str(&filled(&text)).ok()
}
