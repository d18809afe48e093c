//! Sizes of a project that a document describes side by side: a prototype, a product, an enterprise.

use std::collections::BTreeMap;

use super::document::{Document, Section};
use super::vocabulary::Vocabulary;
use super::words;
use crate::facts::Tier;

/// Words that tell sizes from other headings.
const KINDS: [&str; 4] = ["tier", "tiers", "level", "edition"];

/// A heading that stands for a size.
struct Step<'a> {
    rank: usize,
    word: &'a str,
    section: usize,
    /// Whether its words say so beyond doubt.
    sure: bool,
}

/// The sizes, the smallest first; none where fewer than two stand side by side.
pub fn read(document: &Document<'_>, vocabulary: &Vocabulary) -> Vec<Tier> {
    let mut beside: BTreeMap<Option<usize>, Vec<Step<'_>>> = BTreeMap::new();
    for (index, section) in document.sections.iter().enumerate() {
        if let Some(step) = step(index, section, vocabulary) {
            beside.entry(section.parent).or_default().push(step);
        }
    }
    let ladder = beside.into_values().find(|steps| is_ladder(steps)).unwrap_or_default();
    let tier = |step: &Step<'_>| {
        let section = &document.sections[step.section];
        Tier {
            name: step.word.to_lowercase(),
            title: section.title.clone(),
            line: section.line,
            spans: spans(document, step),
        }
    };
    ladder.iter().map(tier).collect()
}

fn step<'a>(index: usize, section: &'a Section, vocabulary: &Vocabulary) -> Option<Step<'a>> {
    let words = words::cut(&section.title);
    let kind = words.iter().any(|word| KINDS.contains(&word.normal.as_ref()));
    words.iter().find_map(|word| {
        let text = word.normal.as_ref();
        let sure = |it: &Vec<String>| it.iter().any(|known| known == text);
        let rank = vocabulary.tiers.iter().position(|it| sure(&it.sure) || sure(&it.plain))?;
        let beyond_doubt = kind || sure(&vocabulary.tiers[rank].sure);
        Some(Step { rank, word: word.raw, section: index, sure: beyond_doubt })
    })
}

/// Whether headings side by side climb from the smallest size, each once.
fn is_ladder(steps: &[Step<'_>]) -> bool {
    let climbs = steps.windows(2).all(|pair| pair[0].rank < pair[1].rank);
    let sure = steps.iter().filter(|it| it.sure).count();
    climbs && steps.first().is_some_and(|it| it.rank == 0 && it.sure) && steps.len() + sure > 3
}

/// The sections of a size: its own, and those elsewhere whose heading begins with its word as it is written there.
fn spans(document: &Document<'_>, step: &Step<'_>) -> Vec<(usize, usize)> {
    let begins = |section: &Section| {
        words::cut(&section.title).first().is_some_and(|word| word.raw == step.word)
            && step.word.chars().all(|letter| !letter.is_lowercase())
    };
    let of = |(index, section): (usize, &Section)| {
        (index == step.section || begins(section)).then(|| (section.line, end(document, index)))
    };
    document.sections.iter().enumerate().filter_map(of).collect()
}

/// The last line of a section, with those below it.
fn end(document: &Document<'_>, index: usize) -> usize {
    let level = document.sections[index].level;
    let next = document.sections[index + 1..].iter().find(|section| section.level <= level);
    next.map_or(document.lines.len(), |section| section.line - 1)
}

#[cfg(test)]
mod tests {
    use super::{Document, Vocabulary, read};

    fn names(text: &str) -> Vec<String> {
        let tiers = read(&Document::new(text), &Vocabulary::built_in());
        tiers.iter().map(|it| format!("{} {:?}", it.name, it.spans)).collect()
    }

    #[test]
    fn headings_that_climb_are_sizes() {
        let text = "# Code\n\n## Tier MVP: try\n\n- one file\n\n## Tier CORE: real\n\n- modules\n\n# Tests\n\n## CORE\n\n- all\n## Core ideas\n";
        assert_eq!(names(text), ["mvp [(3, 6)]", "core [(7, 10), (13, 15)]"]);
        let three = "## Prototype\n\nx\n\n## Production\n\ny\n\n## Enterprise\n\nz\n";
        assert_eq!(names(three), ["prototype [(1, 4)]", "production [(5, 8)]", "enterprise [(9, 12)]"]);
    }

    #[test]
    fn other_headings_are_none() {
        for text in [
            "## Core\n\n## Full stack\n",
            "## Prototype\n\nx\n\n## Production\n",
            "## Production\n\n## MVP\n\n## Enterprise\n",
            "## Basic\n\n## Standard\n\n## Advanced\n",
        ] {
            assert_eq!(names(text), Vec::<String>::new(), "{text}");
        }
    }
}
