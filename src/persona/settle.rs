//! Evidence weighed: which values of a field stand, which are options, which are turned down.

use std::collections::{BTreeMap, HashSet};

use super::evidence::{Evidence, Found, weight};
use crate::facts::{Fact, Field, Polarity, Settled, Strength, Tree, Value};

/// The most values weighed of one field.
pub const MAX_VALUES: usize = 2000;

/// Everything said about one value of one field.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The value.
    pub value: Value,
    /// The heaviest place that asks for it.
    pub best: u32,
    /// The sum over the places that ask for it, each line once.
    pub for_it: u32,
    /// The same for the places that turn it down.
    pub against: u32,
    /// Its facts, by polarity.
    pub uses: Vec<Found>,
    /// Places that turn it down.
    pub refusals: Vec<Found>,
}

/// Collects the candidates of `field` in the order first named.
#[must_use]
pub fn candidates(evidence: &Evidence, field: Field) -> Vec<Candidate> {
    let mut index: BTreeMap<Value, usize> = BTreeMap::new();
    let mut out: Vec<Candidate> = Vec::new();
    for found in evidence.of(field) {
        if out.len() >= MAX_VALUES && !index.contains_key(&found.value) {
            continue;
        }
        let at = *index.entry(found.value.clone()).or_insert_with(|| {
            let value = found.value.clone();
            out.push(Candidate {
                value,
                best: 0,
                for_it: 0,
                against: 0,
                uses: Vec::new(),
                refusals: Vec::new(),
            });
            out.len() - 1
        });
        let candidate = &mut out[at];
        let list =
            if found.polarity == Polarity::Use { &mut candidate.uses } else { &mut candidate.refusals };
        if list.last().is_none_or(|last| {
            last.line != found.line || last.weight < found.weight || found.options.is_some()
        }) {
            list.push(found.clone());
        }
    }
    for candidate in &mut out {
        candidate.best = candidate.uses.iter().map(|found| found.weight).max().unwrap_or(0);
        candidate.for_it = total(&candidate.uses);
        candidate.against = total(&candidate.refusals);
    }
    out
}

/// The sum of weights, each line counted once.
fn total(found: &[Found]) -> u32 {
    let mut best: BTreeMap<usize, u32> = BTreeMap::new();
    for one in found {
        let line = best.entry(one.line).or_default();
        *line = (*line).max(one.weight);
    }
    best.values().sum()
}

impl Candidate {
    /// Whether it is asked for more than it is turned down.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.best > 0
            && (self.for_it > self.against || (self.for_it == self.against && self.best >= weight::LABELLED))
    }

    /// What it weighs against other values of its field.
    #[must_use]
    pub fn score(&self) -> u32 {
        let lines = u32::try_from(self.uses.len().min(6)).unwrap_or(0);
        self.best * 2 + lines * 2
    }

    /// Its fact, the heaviest place first.
    #[must_use]
    pub fn fact(&self, field: Field) -> Fact {
        let list = if self.best > 0 || self.refusals.is_empty() { &self.uses } else { &self.refusals };
        fact(field, &self.value, list)
    }

    /// The same for the places that turn it down.
    #[must_use]
    pub fn refusal(&self, field: Field) -> Fact {
        fact(field, &self.value, &self.refusals)
    }
}

fn fact(field: Field, value: &Value, list: &[Found]) -> Fact {
    let mut places: Vec<&Found> = list.iter().collect();
    places.sort_by_key(|found| (std::cmp::Reverse(found.weight), found.line));
    let mut lines: Vec<usize> = Vec::new();
    for found in &places {
        if lines.len() < 32 && !lines.contains(&found.line) {
            lines.push(found.line);
        }
    }
    let strength = places.iter().map(|found| found.strength).max().unwrap_or(Strength::Context);
    let polarity = places.first().map_or(Polarity::Use, |found| found.polarity);
    Fact { field, value: value.clone(), strength, polarity, lines }
}

/// Settles every field.
#[must_use]
pub fn settle(evidence: &Evidence, tree: Option<&Tree>) -> Vec<Settled> {
    let mut out = Vec::new();
    for field in Field::ALL.iter().copied() {
        let settled = match field {
            Field::Python => python(evidence),
            Field::Package | Field::TestPlugin | Field::Feature => Some(many(evidence, field)),
            Field::RuffSelect => ruff(evidence),
            Field::Layer => layers(evidence),
            Field::Layout => layout(evidence, tree),
            Field::Logging => logging(evidence),
            Field::CoverageMin
            | Field::LineLength
            | Field::Complexity
            | Field::FunctionLines
            | Field::Builder
            | Field::Runtime
            | Field::TypeCheckerStrict
            | Field::NonRoot => single(evidence, field),
            Field::MultiStage => stages(evidence),
            Field::Architecture => {
                standing(evidence, field).first().map(|best| of(field, std::slice::from_ref(best), false))
            }
            _ => tools(evidence, field),
        };
        out.extend(settled.filter(|settled| !settled.facts.is_empty()));
    }
    out
}

fn of(field: Field, candidates: &[Candidate], choice: bool) -> Settled {
    Settled { field, facts: candidates.iter().map(|candidate| candidate.fact(field)).collect(), choice }
}

/// The candidates that stand, the heaviest first.
fn standing(evidence: &Evidence, field: Field) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = candidates(evidence, field).into_iter().filter(Candidate::stands).collect();
    all.sort_by_key(|candidate| std::cmp::Reverse(candidate.score()));
    all
}

fn single(evidence: &Evidence, field: Field) -> Option<Settled> {
    let all = standing(evidence, field);
    let best = all.iter().map(|candidate| candidate.best).max()?;
    // Of equally heavy places the first decides.
    let first = all.into_iter().filter(|candidate| candidate.best == best).min_by_key(|candidate| {
        candidate.uses.iter().filter(|found| found.weight == best).map(|found| found.line).min()
    })?;
    Some(of(field, &[first], false))
}

fn many(evidence: &Evidence, field: Field) -> Settled {
    let mut all: Vec<Candidate> = candidates(evidence, field).into_iter().filter(Candidate::stands).collect();
    // Package managers are no packages of a project.
    let managers: std::collections::BTreeSet<&Value> =
        evidence.of(Field::PackageManager).map(|found| &found.value).collect();
    all.retain(|candidate| candidate.best > weight::ASIDE && !managers.contains(&candidate.value));
    of(field, &all, false)
}

/// One tool, or several where they are named as options.
fn tools(evidence: &Evidence, field: Field) -> Option<Settled> {
    let mut all = standing(evidence, field);
    all.retain(|candidate| candidate.best >= weight::COMMENT);
    if field == Field::WebFramework {
        // One heading or one sentence may speak of an example.
        all.retain(|candidate| {
            candidate.best >= weight::ITEM || candidate.for_it >= weight::PROSE + weight::ASIDE
        });
    }
    if field == Field::PackageManager
        && all.iter().any(|other| other.value != Value::from("pip") && other.best >= weight::PROSE)
    {
        // pip installs everywhere; beside another manager it counts only as a named option.
        all.retain(|candidate| {
            candidate.value != Value::from("pip")
                || candidate.uses.iter().any(|found| found.options.is_some())
        });
        all.sort_by_key(|candidate| candidate.value == Value::from("pip"));
    }
    let first = all.first()?.clone();
    let alone = first
        .uses
        .iter()
        .filter(|found| found.options.is_none())
        .map(|found| found.weight)
        .max()
        .unwrap_or(0);
    let groups: HashSet<usize> = first.uses.iter().filter_map(|found| found.options).collect();
    let lines: HashSet<usize> = first.uses.iter().map(|found| found.line).collect();
    let mut chosen = vec![first.clone()];
    for other in all.iter().skip(1) {
        let shared: Vec<&Found> = other
            .uses
            .iter()
            .filter(|found| found.options.is_some_and(|group| groups.contains(&group)))
            .collect();
        let own = other.uses.iter().any(|found| found.options.is_none() && found.weight >= weight::ITEM);
        let heavy = shared.iter().map(|found| found.weight).max().is_some_and(|weight| weight >= alone);
        let option = heavy || (!shared.is_empty() && own) || shared.len() >= 2;
        let together = other.uses.iter().any(|found| lines.contains(&found.line));
        let share = if together || field != Field::WebFramework { 6 } else { 4 };
        let equal = other.best == first.best
            && other.for_it * share >= first.for_it * 3
            && other.best >= weight::ITEM
            && field != Field::PackageManager;
        if option || equal {
            chosen.push(other.clone());
        }
    }
    chosen.sort_by_key(|candidate| candidate.uses.first().map(|found| found.line));
    // Checkers named together without an "or" are all wanted.
    let optional = chosen.iter().any(|candidate| candidate.uses.iter().any(|found| found.options.is_some()));
    let all_wanted = matches!(field, Field::Linter | Field::TypeChecker) && !optional;
    let choice = chosen.len() > 1 && !all_wanted;
    Some(of(field, &chosen, choice))
}

/// The heaviest tier, then the strictest version; "or later" only where that version says so.
fn python(evidence: &Evidence) -> Option<Settled> {
    let all = standing(evidence, Field::Python);
    let tier = |candidate: &Candidate| match candidate.best {
        weight::PROSE.. => 2,
        weight::ASIDE.. => 1,
        _ => 0,
    };
    let best = all.iter().map(tier).max()?;
    let version = |candidate: &Candidate| {
        let text = candidate.value.to_string();
        text.rsplit('.').next().and_then(|minor| minor.parse::<u32>().ok()).unwrap_or(0)
    };
    let strictest = all.iter().filter(|candidate| tier(candidate) == best).map(version).max()?;
    let found = all.iter().filter(|candidate| tier(candidate) == best && version(candidate) == strictest);
    let upward = |candidate: &Candidate| candidate.value.to_string().starts_with(">=");
    let found = found.max_by_key(|candidate| (upward(candidate), candidate.score()))?.clone();
    Some(of(Field::Python, &[found], false))
}

/// The rules of the first configuration: those whose lines lie together.
fn ruff(evidence: &Evidence) -> Option<Settled> {
    let mut all = candidates(evidence, Field::RuffSelect);
    let first = evidence.of(Field::RuffSelect).next()?.line;
    let mut last = first;
    let mut lines: Vec<usize> = evidence.of(Field::RuffSelect).map(|found| found.line).collect();
    lines.sort_unstable();
    for line in lines {
        if line <= last + 3 {
            last = last.max(line);
        }
    }
    all.retain(|candidate| candidate.uses.iter().any(|found| (first..=last).contains(&found.line)));
    Some(of(Field::RuffSelect, &all, false))
}

fn layers(evidence: &Evidence) -> Option<Settled> {
    let group =
        evidence.of(Field::Layer).max_by_key(|found| (found.weight, std::cmp::Reverse(found.line)))?.options;
    let mut all = candidates(evidence, Field::Layer);
    all.retain(|candidate| candidate.uses.iter().any(|found| found.options == group));
    Some(of(Field::Layer, &all, false))
}

fn layout(evidence: &Evidence, tree: Option<&Tree>) -> Option<Settled> {
    let drawn = tree.and_then(|tree| {
        let top = |names: &[&str]| {
            tree.entries.iter().find(|entry| names.contains(&entry.path.as_str()) && entry.folder)
        };
        let module = || {
            tree.entries.iter().find(|entry| {
                !entry.path.contains(['/', '{'])
                    && super::tree::is_module(&entry.path)
                    && entry.path != "setup.py"
            })
        };
        let found = top(&["src"])
            .map(|entry| ("src", entry.line))
            .or_else(|| top(&["app", "apps"]).map(|entry| ("app", entry.line)))
            .or_else(|| top(&["{pkg}"]).map(|entry| ("flat", entry.line)))
            .or_else(|| module().map(|entry| ("flat", entry.line)));
        found.map(|(layout, line)| Settled {
            field: Field::Layout,
            facts: vec![Fact {
                field: Field::Layout,
                value: Value::from(layout),
                strength: Strength::Should,
                polarity: Polarity::Use,
                lines: vec![line],
            }],
            choice: false,
        })
    });
    drawn.or_else(|| single(evidence, Field::Layout))
}

/// A logging library outranks the standard one; JSON output gives the standard one its own value.
fn logging(evidence: &Evidence) -> Option<Settled> {
    let all = standing(evidence, Field::Logging);
    let is = |candidate: &&Candidate, name: &str| candidate.value == Value::from(name);
    let library = all.iter().find(|candidate| {
        !is(candidate, "stdlib") && !is(candidate, "stdlib-json") && candidate.best >= weight::PROSE
    });
    let plain = all.iter().find(|candidate| is(candidate, "stdlib"));
    let json = all.iter().find(|candidate| is(candidate, "stdlib-json"));
    let found = library.or(plain.and(json)).or(plain)?;
    Some(of(Field::Logging, std::slice::from_ref(found), false))
}

/// Stages drawn in a Dockerfile, or demanded in words.
fn stages(evidence: &Evidence) -> Option<Settled> {
    let all = standing(evidence, Field::MultiStage);
    let found = all.iter().find(|candidate| candidate.value == Value::Flag(true)).or(all.first())?;
    Some(of(Field::MultiStage, std::slice::from_ref(found), false))
}

/// Packages that are only turned down, and managers that were not chosen.
#[must_use]
pub fn alternatives(evidence: &Evidence, settled: &[Settled]) -> Vec<Fact> {
    let chosen = |value: &Value| {
        settled
            .iter()
            .filter(|one| matches!(one.field, Field::PackageManager | Field::Package))
            .any(|one| one.facts.iter().any(|fact| fact.value == *value))
    };
    let all = candidates(evidence, Field::Package);
    let refused = all
        .iter()
        .filter(|candidate| candidate.against > 0 && !candidate.stands() && !chosen(&candidate.value));
    let mut out: Vec<Fact> = refused.map(|candidate| candidate.refusal(Field::Package)).collect();
    let managers = settled.iter().any(|one| one.field == Field::PackageManager && !one.choice);
    for candidate in candidates(evidence, Field::PackageManager).iter().filter(|_| managers) {
        // A manager that is named beside the chosen one, and not only run, is a fallback.
        let named = candidate
            .uses
            .iter()
            .any(|found| found.weight >= weight::PROSE && found.weight != weight::COMMAND);
        if named && !chosen(&candidate.value) && !out.iter().any(|fact| fact.value == candidate.value) {
            out.push(Fact {
                polarity: Polarity::Alternative,
                field: Field::Package,
                ..candidate.fact(Field::Package)
            });
        }
    }
    out
}
