//! What has to hold for every project: rules that the facts demand, and packages that may not come in.

use std::collections::BTreeSet;

use indexmap::IndexSet;

use super::{
    choices::{Choices, first},
    data::Demand,
    report::Report,
    wishes::Sight,
};
use crate::{
    error::listed,
    facts::{Fact, Field, Polarity, Strength},
    preset::{FilesCheck, LinesCheck, Preset, RequirementsCheck, Rule},
    python::requirement::normalise,
};

/// A rule that a trial project breaks: as a whole, or one entry of its lists.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Broken {
    /// The name of the rule.
    pub rule: String,
    /// The file or line that is missing; `None` when the rule as a whole does not hold.
    pub entry: Option<String>,
    /// What is wrong, in one clause.
    pub why: String,
}

/// What the rules are made for.
pub(super) struct Ground<'a> {
    pub(super) sight: Sight<'a>,
    pub(super) choices: &'a Choices,
    /// All components that some answer selects.
    pub(super) components: &'a [String],
    /// The packages that those bring, normalised.
    pub(super) provided: &'a BTreeSet<String>,
    /// The folder of the code as tools see it.
    pub(super) code: &'a str,
    /// The folder of the package as a layout writes it, where the document draws its tree.
    pub(super) package: Option<&'a str>,
    /// What trial projects break.
    pub(super) broken: &'a [Broken],
}

/// All rules.
pub(super) fn all(ground: &Ground<'_>, preset: &Preset, report: &mut Report) -> Vec<Rule> {
    let mut rules: Vec<(Rule, Vec<usize>)> = vec![];
    for demand in &ground.sight.data.rules {
        let found = demanded(ground, demand, preset);
        rules.extend(found.filter(|(rule, _)| !rules.iter().any(|(known, _)| known.id == rule.id)));
    }
    rules.extend(tree(ground));
    rules.extend(ignored(ground));
    let forbidden: Vec<String> = rules
        .iter()
        .filter_map(|it| it.0.requirements.as_ref())
        .flat_map(|it| it.forbidden.clone())
        .collect();
    rules.extend(turned_down(ground, &forbidden));
    let kept: Vec<(Rule, Vec<usize>)> = rules
        .into_iter()
        .filter_map(|(rule, lines)| Some((kept(ground, rule, &lines, report)?, lines)))
        .collect();
    if !kept.is_empty() {
        let names: Vec<&str> = kept.iter().map(|(rule, _)| rule.id.as_str()).collect();
        let lines: Vec<usize> = kept.iter().flat_map(|(_, lines)| lines.iter().take(1).copied()).collect();
        report.understand(format!("rules that every project has to keep: {}", listed(&names)), &lines);
    }
    kept.into_iter().map(|(rule, _)| rule).collect()
}

/// The fact that demands a rule.
fn demanding<'a>(ground: &Ground<'a>, demand: &Demand) -> Option<&'a Fact> {
    let field = Field::from_name(demand.field.as_deref()?)?;
    let facts = ground.sight.facts;
    let fits = |it: &&Fact| {
        demand.value.as_ref().is_none_or(|value| it.value.to_string() == *value)
            && it.strength > Strength::Context
    };
    let refused = facts.facts.iter().find(|it| it.field == field && fits(it) && it.polarity != Polarity::Use);
    let asked = facts.of(field).iter().find(fits);
    match (demand.refused, demand.spoken) {
        (true, _) => refused,
        (_, true) => asked.or(refused),
        _ => asked,
    }
}

fn demanded(ground: &Ground<'_>, demand: &Demand, preset: &Preset) -> Option<(Rule, Vec<usize>)> {
    let has = |name: &String| ground.components.contains(name);
    let fact = demanding(ground, demand);
    if demand.field.is_some() && fact.is_none()
        || !demand.components.is_empty() && !demand.components.iter().any(has)
    {
        return None;
    }
    let value = fact.map(|it| it.value.to_string()).unwrap_or_default();
    let filled = |text: &str| {
        let text = text.replace("\"{number}\"", &value);
        text.replace("{value}", &value).replace("{code}", ground.code)
    };
    if demand.settings.as_ref().is_some_and(|text| !preset.pyproject.contains(&filled(text))) {
        return None;
    }
    let mut rule: Rule = serde_json::from_str(&filled(&demand.rule.to_string())).ok()?;
    if let Some(requirements) = &mut rule.requirements {
        forbid(ground, demand, requirements);
    }
    let by_component =
        preset.components.iter().find(|it| demand.components.iter().any(|name| it.names.contains(name)));
    let lines = fact.map(|it| it.lines.clone()).unwrap_or_default();
    let names: Vec<&str> = demand.components.iter().map(String::as_str).collect();
    rule.cite = match lines.first() {
        Some(line) => Some(ground.sight.paper.cite(*line)),
        None => by_component.and_then(|it| it.cite.clone()),
    };
    let tier = ground.choices.tier_for(&ground.sight, &names, &lines);
    ground.choices.limit_to(tier, &mut rule.when);
    // What only an answer brings in can be demanded with that answer only.
    if rule.requirements.as_ref().is_some_and(|it| !it.runtime.is_empty())
        && let Some(selection) = by_component
    {
        rule.when = selection.when.clone();
    } else if rule.requirements.as_ref().is_some_and(|it| !it.runtime.is_empty()) && !names.is_empty() {
        // It comes in with another component, under conditions of that.
        return None;
    }
    Some((rule, lines))
}

/// Completes the packages that may not come in: what the document turns down of the field, without what is used.
fn forbid(ground: &Ground<'_>, demand: &Demand, requirements: &mut RequirementsCheck) {
    let field = demand.field.as_deref().and_then(Field::from_name);
    let mut names = vec![];
    for name in std::mem::take(&mut requirements.forbidden) {
        if name == "{others}" {
            let facts = ground.sight.facts.facts.iter();
            let down = facts.filter(|it| Some(it.field) == field && it.polarity != Polarity::Use);
            names.extend(down.map(|it| it.value.to_string()));
        } else {
            names.push(name);
        }
    }
    let used = |name: &String| ground.provided.contains(&normalise(name)) || ground.components.contains(name);
    names.retain(|name| !used(name) && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    names.dedup();
    requirements.forbidden = names;
}

/// The files that the tree draws.
fn tree(ground: &Ground<'_>) -> Option<(Rule, Vec<usize>)> {
    let tree = ground.sight.facts.tree.as_ref()?;
    let package = ground.package?;
    let plain =
        |path: &str| path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/{}".contains(&byte));
    let files = tree.entries.iter().filter(|it| !it.folder && plain(&it.path));
    let path = |path: &str| {
        let placed = match path.split_once("{pkg}") {
            Some((before, rest)) if before.is_empty() || before == "src/" => format!("{package}{rest}"),
            Some(_) => return None,
            None => path.to_owned(),
        };
        (!placed.replace("{package}", "").contains(['{', '}'])).then_some(placed)
    };
    let present: Vec<String> = files.filter_map(|it| path(&it.path)).collect();
    let files = FilesCheck { present, absent: vec![] };
    let cite = Some(ground.sight.paper.cite(tree.line));
    // It is the tree of what is made unless something else is said.
    let mut rule = Rule { id: "tree".to_owned(), cite, files: Some(files), ..Rule::default() };
    ground.choices.limit_to(usize::from(ground.choices.one_file.is_some()), &mut rule.when);
    if let Some(kind) = ground.choices.kinds.keys().next().filter(|_| ground.choices.kinds.len() > 1) {
        rule.when.0.insert("kind".to_owned(), crate::preset::Test::Is(kind.clone()));
    }
    Some((rule, vec![tree.line]))
}

/// The lines of ignore lists.
fn ignored(ground: &Ground<'_>) -> Vec<(Rule, Vec<usize>)> {
    let mut rules: Vec<(Rule, Vec<usize>)> = vec![];
    for block in &ground.sight.facts.ignore {
        let lead = ground.sight.paper.lead(block.first);
        let (id, file) = if lead.contains("dockerignore") {
            ("dockerignore", ".dockerignore")
        } else if lead.contains("gitignore") {
            ("gitignore", ".gitignore")
        } else {
            continue;
        };
        if rules.iter().any(|(rule, _)| rule.id == id) || !ground.components.iter().any(|it| it == id) {
            continue;
        }
        let lines = block.text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with('#'));
        let lines = LinesCheck {
            file: file.to_owned(),
            present: lines.map(str::to_owned).collect::<IndexSet<_>>().into_iter().collect(),
            absent: vec![],
        };
        let line = ground.sight.paper.line_above(block.first.saturating_sub(1));
        let cite = Some(ground.sight.paper.cite(line));
        let when = if id == "dockerignore" { with_image(ground) } else { crate::preset::When::default() };
        rules.push((
            Rule { id: id.to_owned(), cite, when, lines: Some(lines), ..Rule::default() },
            vec![line],
        ));
    }
    rules
}

/// The condition for what goes with an image.
fn with_image(ground: &Ground<'_>) -> crate::preset::When {
    let mut when = crate::preset::When::default();
    ground.choices.limit_to(usize::from(ground.choices.one_file.is_some()), &mut when);
    if ground.choices.has("library") {
        let kinds = ground.choices.kinds.keys().filter(|it| *it != "library").cloned().collect();
        when.0.insert("kind".to_owned(), crate::preset::Test::AnyOf(kinds));
    }
    when
}

/// Packages that the document turns down may not come in, but for those that the components bring.
fn turned_down(ground: &Ground<'_>, forbidden: &[String]) -> Option<(Rule, Vec<usize>)> {
    let used = |fact: &Fact| {
        let name = fact.value.to_string();
        ground.provided.contains(&normalise(&name)) || forbidden.contains(&name)
    };
    let alternatives = &ground.sight.facts.alternatives;
    let banned: Vec<&Fact> =
        alternatives.iter().filter(|it| it.polarity == Polarity::Never && !used(it)).collect();
    let line = banned.iter().find_map(|it| first(it))?;
    let forbidden = banned.iter().map(|it| it.value.to_string()).collect();
    let requirements = RequirementsCheck { forbidden, ..RequirementsCheck::default() };
    let cite = Some(ground.sight.paper.cite(line));
    let rule =
        Rule { id: "turned-down".to_owned(), cite, requirements: Some(requirements), ..Rule::default() };
    Some((rule, vec![line]))
}

/// A rule as far as the trial projects keep it.
fn kept(ground: &Ground<'_>, mut rule: Rule, lines: &[usize], report: &mut Report) -> Option<Rule> {
    let broken: Vec<&Broken> = ground.broken.iter().filter(|it| it.rule == rule.id).collect();
    let missing = |entry: &String| broken.iter().any(|it| it.entry.as_ref() == Some(entry));
    let mut left: Vec<String> = vec![];
    let mut prune = |list: &mut Vec<String>| {
        left.extend(list.iter().filter(|it| missing(it)).cloned());
        list.retain(|it| !missing(it));
    };
    if let Some(files) = &mut rule.files {
        prune(&mut files.present);
    }
    if let Some(lines) = &mut rule.lines {
        prune(&mut lines.present);
    }
    let empty = rule.files.as_ref().is_some_and(|it| it.present.is_empty() && it.absent.is_empty())
        || rule.lines.as_ref().is_some_and(|it| it.present.is_empty() && it.absent.is_empty());
    if let Some(fault) = broken.iter().find(|it| it.entry.is_none()) {
        let why = format!("the generated code does not keep it: {}", fault.why);
        report.leave(format!("the rule `{}`", rule.id), lines, why);
        return None;
    }
    if let (Some(lines_of), false) = (&rule.lines, left.is_empty()) {
        let shown: Vec<String> = left.iter().map(|it| format!("`{it}`")).collect();
        let what = format!("lines of `{}` that are not in it: {}", lines_of.file, shown.join(", "));
        report.leave(what, lines, "the component writes the list, some of it in other patterns");
    }
    (!empty).then_some(rule)
}
