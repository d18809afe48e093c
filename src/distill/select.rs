//! The components of a preset, each with the line that asks for it.

use std::collections::BTreeSet;

use super::{
    choices::{self, Choices, first},
    data::Entry,
    questions,
    report::Report,
    wishes::{Sight, Wish},
};
use crate::{
    facts::Field,
    preset::{Choice, Selection, Test, When},
};

/// The name that stands for the component of the image.
const IMAGE: &str = "image";

/// The question about what a project needs only sometimes.
const EXTRAS: &str = "extras";

/// Fields whose values select components for every kind of project.
const TOOLS: [Field; 7] = [
    Field::Logging,
    Field::PackageManager,
    Field::Linter,
    Field::Formatter,
    Field::TypeChecker,
    Field::TestFramework,
    Field::Ci,
];

/// Everything that selecting needs.
pub(super) struct Selecting<'a> {
    pub(super) sight: Sight<'a>,
    pub(super) choices: &'a Choices,
    /// Whether the layout keeps the layers apart, and the line that says so.
    pub(super) layers: Option<usize>,
}

/// An entry that takes part: the condition, and the wish that it answers.
struct Taken<'a> {
    entry: &'a Entry,
    when: When,
    wish: Option<Wish>,
}

/// Asks about what the document wants only where a project needs it.
pub(super) fn extras(sight: Sight<'_>, choices: &mut Choices, report: &mut Report) {
    let selecting = Selecting { sight, choices, layers: None };
    let mut question = questions::plain("Which of these as well?", &[], "");
    question.several = true;
    let mut lines = vec![];
    for taken in selecting.taken().iter().filter(|it| it.wish.as_ref().is_some_and(|wish| !wish.firm)) {
        let name = &taken.entry.names[0];
        let known = sight.library.component(name).map(|it| it.value.description.clone());
        let Ok(label) = known else { continue };
        lines.extend(taken.wish.iter().filter_map(|wish| wish.lines.first().copied()));
        let when = When(taken.when.0.iter().filter(|(key, _)| *key == "kind").map(owned).collect());
        question.choices.insert(name.clone(), Choice { label, when, unless: None, refused: None });
    }
    if !question.choices.is_empty() {
        let names: Vec<String> = question.choices.keys().map(|it| format!("`{it}`")).collect();
        let why = "the document wants them only where a project needs them";
        report.ask(
            format!("{} None unless something else is said: {}", question.ask, names.join(", ")),
            &lines,
            why,
        );
        choices.lines.extend(lines.first().map(|line| (EXTRAS.to_owned(), *line)));
        choices.questions.insert(EXTRAS.to_owned(), question);
    }
}

/// Neighbours that the same line asks for under the same condition, as one.
fn joined(selections: Vec<Selection>) -> Vec<Selection> {
    let mut out: Vec<Selection> = vec![];
    for selection in selections {
        match out.last_mut().filter(|last| last.cite == selection.cite && last.when == selection.when) {
            Some(last) => last.names.extend(selection.names),
            None => out.push(selection),
        }
    }
    out
}

fn owned<K: Clone, V: Clone>((key, value): (&K, &V)) -> (K, V) {
    (key.clone(), value.clone())
}

impl<'a> Selecting<'a> {
    /// The selections, and the values of fields that they answer.
    pub(super) fn all(&self) -> (Vec<Selection>, BTreeSet<(String, String)>) {
        let mut cited: Vec<Selection> = vec![];
        let mut silent: Vec<(usize, Vec<String>)> = vec![];
        let mut seen: Vec<String> = vec![];
        let mut names = self.sight.data.base.clone();
        names.extend(self.tools());
        for name in names {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name.clone());
            let line = self.line(&name);
            let lines: Vec<usize> = line.into_iter().collect();
            let tier = self.choices.tier_for(&self.sight, &[&name], &lines);
            match line {
                Some(line) => cited.push(self.selection(&[&name], When::default(), tier, Some(line))),
                None => match silent.iter_mut().find(|(known, _)| *known == tier) {
                    Some((_, names)) => names.push(name),
                    None => silent.push((tier, vec![name])),
                },
            }
        }
        cited.extend(self.single_file());
        let mut answered = BTreeSet::new();
        for taken in self.taken() {
            if taken.entry.names.first().is_some_and(|name| name == IMAGE) {
                cited.extend(self.images(&taken));
            } else {
                cited.extend(self.answer(&taken));
            }
            for (field, values) in taken.entry.asked.iter().chain(&taken.entry.with) {
                answered.extend(values.iter().map(|value| (field.clone(), value.clone())));
            }
        }
        if self.choices.one_file.is_some() {
            answered.insert((Field::Feature.name().to_owned(), self.sight.data.one_file.feature.clone()));
        }
        for (tier, names) in silent {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            cited.push(self.selection(&names, When::default(), tier, None));
        }
        (joined(cited), answered)
    }

    fn selection(&self, names: &[&str], mut when: When, tier: usize, line: Option<usize>) -> Selection {
        self.choices.limit_to(tier, &mut when);
        let cite = line.map(|line| self.sight.paper.cite(line));
        Selection { names: names.iter().map(|it| (*it).to_owned()).collect(), when, cite }
    }

    /// The tools, for every kind.
    fn tools(&self) -> Vec<String> {
        let Sight { facts, data, library, .. } = self.sight;
        let mut names = vec![];
        for field in TOOLS {
            let of = |value: &str| choices::components(data, library, field, value).map(<[String]>::to_vec);
            let found = facts.of(field).iter().find_map(|fact| of(&fact.value.to_string()));
            let spoken = || self.choices.spoken.get(&field).and_then(|(value, _)| of(value));
            let stated = !facts.of(field).is_empty();
            let stand_in = || data.stand_in.get(field.name()).filter(|_| stated).and_then(|value| of(value));
            let fallback = || data.defaults.get(field.name()).and_then(|value| of(value));
            names.extend(found.or_else(spoken).or_else(stand_in).or_else(fallback).unwrap_or_default());
        }
        if self.layers.is_some() {
            names.push("import-linter".to_owned());
        }
        if !self.choices.tiers.is_empty() {
            names.push("tier".to_owned());
        }
        if self.choices.one_file.is_some() {
            names.push("coverage".to_owned());
        }
        names
    }

    /// The prototype in one file.
    fn single_file(&self) -> Option<Selection> {
        let line = self.choices.one_file?;
        let smallest = Test::Is(self.choices.tiers.first()?.name.clone());
        let when = When([(super::tiers::TIER.to_owned(), smallest)].into_iter().collect());
        Some(self.selection(&[&self.sight.data.one_file.component], when, 0, Some(line)))
    }

    /// The entries that take part, under their conditions.
    fn taken(&self) -> Vec<Taken<'a>> {
        let known = self.sight.library.components();
        let mut out = vec![];
        for entry in &self.sight.data.selections {
            let there = |name: &String| name == IMAGE || known.contains(&name.as_str());
            let Some(when) = self.narrowed(entry) else { continue };
            let wish = self.sight.wish(&entry.asked);
            let asked = entry.asked.is_empty() || wish.is_some() && !self.choices.plain;
            let with = entry.with.is_empty() || self.sight.wish(&entry.with).is_some();
            if asked && with && entry.names.iter().all(there) {
                out.push(Taken { entry, when, wish });
            }
        }
        out
    }

    /// What an entry brings.
    fn answer(&self, taken: &Taken<'_>) -> Option<Selection> {
        let names: Vec<&str> = taken.entry.names.iter().filter_map(|name| self.present(name)).collect();
        let lead = taken.entry.names.first().filter(|_| !names.is_empty())?;
        let mut when = taken.when.clone();
        let line = match &taken.wish {
            Some(wish) => wish.lines.first().copied(),
            None if lead == IMAGE => self.image_line(),
            None => self
                .line(names[0])
                .or_else(|| self.kind_line(taken.entry))
                .or_else(|| self.choice_line(taken.entry)),
        };
        if taken.wish.as_ref().is_some_and(|wish| !wish.firm) {
            when.0.insert(EXTRAS.to_owned(), Test::Is(lead.clone()));
        }
        let lines = taken.wish.as_ref().map_or_else(|| line.into_iter().collect(), |wish| wish.lines.clone());
        let tier = self.choices.tier_for(&self.sight, &names, &lines);
        Some(self.selection(&names, when, tier, line))
    }

    /// The image, where examples have one of their own that of their kind.
    fn images(&self, taken: &Taken<'_>) -> Vec<Selection> {
        let Some(usual) = &self.choices.image else { return vec![] };
        let runs = |kind: &&String| *kind != "library";
        let kinds: Vec<&String> = self.choices.kinds.keys().filter(runs).collect();
        let own = |kind: &str| {
            let slice = self.sight.data.slice(self.choices.slice(kind));
            slice.and_then(|slice| slice.image.get(usual)).unwrap_or(usual).clone()
        };
        let mut images: Vec<String> = kinds.iter().map(|kind| own(kind)).collect();
        images.dedup();
        let mut out = vec![];
        for image in &images {
            let mut when = taken.when.clone();
            let of: Vec<String> =
                kinds.iter().filter(|kind| own(kind) == *image).map(|it| (*it).clone()).collect();
            if images.len() > 1 {
                when.0.insert("kind".to_owned(), questions::one_of(of));
            }
            let rest = taken.entry.names.iter().skip(1).map(String::as_str);
            let names: Vec<&str> = std::iter::once(image.as_str()).chain(rest).collect();
            let lines: Vec<usize> = self.image_line().into_iter().collect();
            let tier = self.choices.tier_for(&self.sight, &names, &lines);
            out.push(self.selection(&names, when, tier, self.image_line()));
        }
        out
    }

    /// The condition of an entry with only what is on offer; `None` when it can never hold.
    fn narrowed(&self, entry: &Entry) -> Option<When> {
        // A question that is asked for some kinds only decides nothing for the others.
        let asked_for = |kind: &str| {
            entry.when.0.keys().all(|key| {
                let question = self.choices.questions.get(key);
                question.and_then(|it| it.when.0.get("kind")).is_none_or(|test| test.accepts(kind))
            })
        };
        let kinds: Vec<&str> = self.choices.kinds.keys().map(String::as_str).collect();
        let mut out = When::default();
        let fits = |kind: &str| entry.is_for(self.choices.slice(kind)) && asked_for(kind);
        for (key, test) in &entry.when.0 {
            let offered = if key == "kind" { kinds.clone() } else { self.choices.offered(key) };
            let fitting = |it: &&&str| test.accepts(it) && (key != "kind" || fits(it));
            let accepted: Vec<String> = offered.iter().filter(fitting).map(|it| (*it).to_owned()).collect();
            let all = offered.iter().filter(|it| test.accepts(it)).count();
            if accepted.len() == offered.len() && !accepted.is_empty() {
                continue;
            }
            let test = match (test, accepted.as_slice()) {
                (_, []) => return None,
                (Test::Not(_), [_, _, ..]) if accepted.len() == all => test.clone(),
                _ => questions::one_of(accepted),
            };
            out.0.insert(key.clone(), test);
        }
        Some(out)
    }

    /// A component as it is called here, unless it needs an image and there is none.
    fn present<'b>(&'b self, name: &'b str) -> Option<&'b str> {
        match &self.choices.image {
            Some(image) if name == IMAGE => Some(image),
            None if name == IMAGE || self.sight.data.with_image.iter().any(|it| it == name) => None,
            _ => Some(name),
        }
    }

    /// The line that asks for the one kind of a condition that nothing else is part of.
    fn kind_line(&self, entry: &Entry) -> Option<usize> {
        let (key, Test::Is(kind)) = entry.when.0.first().filter(|_| entry.when.0.len() == 1)? else {
            return None;
        };
        self.choices.kinds.get(kind).copied().flatten().filter(|_| key == "kind")
    }

    /// The line that an example was chosen by, or that asks for the choice of an answer.
    fn choice_line(&self, entry: &Entry) -> Option<usize> {
        let example = entry.slice.iter().find_map(|name| self.choices.slice_lines.get(name));
        let keys = entry.when.0.keys().filter(|key| *key != "kind");
        example.or_else(|| keys.rev().find_map(|key| self.choices.lines.get(key))).copied()
    }

    fn image_line(&self) -> Option<usize> {
        let fields = [Field::Runtime, Field::Builder, Field::MultiStage, Field::NonRoot];
        let fact = fields.iter().find_map(|field| self.sight.facts.of(*field).first());
        let spoken = || self.choices.spoken.get(&Field::Runtime).map(|it| it.1);
        fact.and_then(first).or_else(spoken).or_else(|| self.line(IMAGE))
    }

    /// The line that asks for a component: a fact that selects it, else a file of the tree that it makes.
    fn line(&self, component: &str) -> Option<usize> {
        let Sight { facts, data, library, .. } = self.sight;
        let line = match component {
            "python-version" => self.choices.python.1,
            "import-linter" => self.layers,
            "tier" => facts.tiers.first().map(|it| it.line),
            "health" => facts.of(Field::HealthEndpoint).first().and_then(first),
            _ => None,
        };
        let by_fact = || {
            let mut fields = data.components.iter().filter(|(name, _)| *name != Field::Feature.name());
            fields.find_map(|(name, values)| {
                let field = Field::from_name(name)?;
                let mut selecting = values.iter().filter(|(_, list)| list.iter().any(|it| it == component));
                selecting.find_map(|(value, _)| {
                    let fact = facts.of(field).iter().find(|it| it.value.to_string() == *value)?;
                    first(fact)
                })
            })
        };
        let by_file = || {
            let makes = |path: &str| data.files.get(path).is_some_and(|it| it == component);
            self.sight.files().find(|it| !it.folder && makes(&it.path)).map(|it| it.line)
        };
        let by_word = || {
            self.choices.spoken.iter().find_map(|(field, (value, line))| {
                let list = choices::components(data, library, *field, value)?;
                list.iter().any(|it| it == component).then_some(*line)
            })
        };
        line.or_else(by_fact).or_else(by_word).or_else(by_file).filter(|line| *line > 0)
    }
}
