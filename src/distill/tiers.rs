//! The sizes of a project: a question, and what each of them brings beside those below it.

use super::{choices::Choices, questions, report::Report, wishes::Sight};
use crate::{
    facts::Field,
    preset::{ConditionalOffer, Offer, Test, When},
};

/// The name of the question.
pub(super) const TIER: &str = "tier";

/// A size of the project.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) name: String,
    /// The first and the last line of each of its sections.
    spans: Vec<(usize, usize)>,
}

/// Asks for the size, where the document describes several.
pub(super) fn ask(sight: &Sight<'_>, choices: &mut Choices, report: &mut Report) {
    let tiers = &sight.facts.tiers;
    let (Some(first), Some(usual)) = (tiers.first(), tiers.get(1)) else { return };
    choices.tiers = tiers.iter().map(|it| Step { name: it.name.clone(), spans: it.spans.clone() }).collect();
    let label = |title: &str| title.strip_prefix("Tier ").unwrap_or(title).to_owned();
    let labels: Vec<(&str, String)> = tiers.iter().map(|it| (it.name.as_str(), label(&it.title))).collect();
    let labels: Vec<(&str, &str)> = labels.iter().map(|(name, label)| (*name, label.as_str())).collect();
    let question = questions::plain("How much does the project take on?", &labels, &usual.name);
    choices.questions.insert(TIER.to_owned(), question);
    choices.lines.insert(TIER.to_owned(), first.line);
    let lines: Vec<usize> = tiers.iter().map(|it| it.line).collect();
    let what = format!("the size of the project; `{}` unless something else is said", usual.name);
    report.ask(what, &lines, "the document describes several, each with all that the one below has");
    one_file(sight, choices, report);
}

/// Whether the smallest size is a prototype in one file.
fn one_file(sight: &Sight<'_>, choices: &mut Choices, report: &mut Report) {
    let known = &sight.data.one_file;
    let facts = sight.facts.of(Field::Feature).iter().filter(|it| it.value.to_string() == known.feature);
    let mut lines = facts.flat_map(|it| it.lines.iter().copied());
    let Some(line) = lines.find(|line| choices.first_tier(&[*line]) == 0 && choices.is_in_tiers(*line))
    else {
        return;
    };
    let there = sight.library.components().contains(&known.component.as_str());
    if there && sight.allows(&known.asked) {
        choices.one_file = Some(line);
    } else {
        report.leave(
            "the size in one file",
            &[line],
            "the component for it stands on FastAPI and SQLModel; all sizes have the same layout",
        );
    }
}

impl Choices {
    /// Whether a line is in a section of some size.
    fn is_in_tiers(&self, line: usize) -> bool {
        self.tiers.iter().any(|step| step.holds(line))
    }

    /// Whether a line speaks of more than the smallest size.
    pub(super) fn is_beyond_the_smallest(&self, line: usize) -> bool {
        self.tiers.iter().position(|step| step.holds(line)) != Some(0)
    }

    /// The smallest size whose sections hold one of the lines: what stands outside is an overview.
    pub(super) fn first_tier(&self, lines: &[usize]) -> usize {
        let of = |line: &usize| self.tiers.iter().position(|step| step.holds(*line));
        lines.iter().filter_map(of).min().unwrap_or(0)
    }

    /// Adds to a condition that something is only for the sizes from `first` on.
    pub(super) fn limit_to(&self, first: usize, when: &mut When) {
        if first == 0 || first >= self.tiers.len() {
            return;
        }
        let names: Vec<String> = self.tiers[first..].iter().map(|it| it.name.clone()).collect();
        when.0.insert(TIER.to_owned(), questions::one_of(names));
    }

    /// The first size for components that `lines` ask for: what cannot stand beside the one file comes later.
    pub(super) fn tier_for(&self, sight: &Sight<'_>, names: &[&str], lines: &[usize]) -> usize {
        let beside = |name: &&str| sight.data.one_file.with.iter().any(|it| it == name);
        let least = usize::from(self.one_file.is_some() && !names.iter().all(beside));
        self.first_tier(lines).max(least)
    }

    /// The layouts on offer, where the smallest size is one file.
    pub(super) fn offers(&self, sight: &Sight<'_>, layout: String) -> Vec<Offer> {
        if self.one_file.is_none() {
            return vec![Offer::Always(layout)];
        }
        let known = &sight.data.one_file;
        let mut rest = When::default();
        self.limit_to(1, &mut rest);
        let smallest = self.tiers[0].name.clone();
        let lowest = When([(TIER.to_owned(), Test::Is(smallest.clone()))].into_iter().collect());
        vec![
            Offer::Conditional(ConditionalOffer { layout, when: rest, unless: Some(known.unless.clone()) }),
            Offer::Conditional(ConditionalOffer {
                layout: known.layout.clone(),
                when: lowest,
                unless: Some(format!("only `{smallest}` fits into one file")),
            }),
        ]
    }
}

impl Step {
    fn holds(&self, line: usize) -> bool {
        self.spans.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }
}
