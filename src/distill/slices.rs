//! The example that a project begins with: the document's own, where a component knows it.

use super::{
    choices::Choices,
    data::Written,
    report::Report,
    wishes::{Sight, Wish},
};
use crate::error::listed;

/// The ways of writing that the document asks of its example.
pub(super) fn written<'a>(sight: &Sight<'a>, choices: &Choices) -> Vec<(&'a Written, Wish)> {
    let taken = |it: &&Written| choices.slices.values().any(|name| *name == it.slice);
    sight.data.styles.iter().filter(taken).filter_map(|it| Some((it, sight.wish(&it.asked)?))).collect()
}

/// Leaves only the kind whose example can be written as the document asks, where no other can.
fn alone(sight: &Sight<'_>, choices: &mut Choices, report: &mut Report) {
    let wanted = written(sight, choices).into_iter().find(|(it, _)| !it.alone.is_empty());
    let Some((style, wish)) = wanted.filter(|_| choices.kinds.len() > 1) else { return };
    let of_style = |kind: &String| choices.slice(kind) == style.slice;
    let Some(kind) = choices.kinds.keys().find(|it| of_style(it)).cloned() else { return };
    if choices.kinds.keys().next() != Some(&kind) {
        return;
    }
    let others: Vec<String> = choices.kinds.drain(1..).map(|(name, _)| name).collect();
    if let Some(question) = choices.questions.get_mut("kind") {
        question.choices.retain(|name, _| *name == kind);
    }
    report.leave(format!("the kinds {}", listed(&others)), &wish.lines, style.alone.clone());
}

/// Chooses an example for every kind on offer.
pub(super) fn choose(sight: &Sight<'_>, choices: &mut Choices, report: &mut Report) {
    for kind in choices.kinds.keys().cloned().collect::<Vec<_>>() {
        for slice in sight.data.slices.get(&kind).into_iter().flatten() {
            let line = sight.paper.line_of(&slice.words);
            let named = slice.words.is_empty() || line.is_some();
            let special = !slice.preset.is_empty();
            if special && choices.plain
                || !named
                || !sight.wishes_all(&slice.asked)
                || !sight.allows(&slice.only)
            {
                continue;
            }
            if special {
                let lines: Vec<usize> = line
                    .into_iter()
                    .chain(sight.wish(&slice.asked).into_iter().flat_map(|it| it.lines))
                    .collect();
                let what = format!("the example is that of the preset `{}`", slice.preset);
                report.understand(what, &lines[..lines.len().min(3)]);
            }
            choices.slice_lines.extend(line.map(|line| (slice.name.clone(), line)));
            choices.slices.insert(kind.clone(), slice.name.clone());
            break;
        }
    }
    alone(sight, choices, report);
}
