//! What no answer can reach: conditions that never hold, and files that no project has.

use super::{
    catalog::Catalog,
    trees::{Rendered, Seen},
};
use crate::{
    error::Mistake,
    preset::{Component, Named, When},
    source::Source,
};

/// Conditions of presets that hold for no combination of answers.
pub(super) fn presets(catalog: &Catalog<'_>, rendered: &Rendered) -> Vec<Mistake> {
    let mut mistakes = vec![];
    for (at, preset) in catalog.presets.iter().enumerate() {
        let cases: Vec<&Seen> = rendered.cases.iter().filter(|it| it.preset == at).collect();
        let decides = |when: &When| decidable(when, rendered.pairwise.contains(&at));
        let never =
            |when: &When| !cases.is_empty() && decides(when) && !cases.iter().any(|it| holds(when, it));
        let it = &preset.value;
        let offers = it.layouts.iter().map(|offer| (offer, offer.choice("").when));
        for (index, (offer, _)) in offers.enumerate().filter(|(_, (_, when))| never(when)) {
            let title = format!("`{}` is never on offer: this condition never holds", offer.name());
            mistakes.push(preset.mistake_at_key(
                "condition-never",
                title,
                &["layouts", &index.to_string(), "when"],
            ));
        }
        for (index, selection) in it.components.iter().enumerate().filter(|(_, it)| never(&it.when)) {
            let names = selection.names.join("`, `");
            let title = format!("no answers bring `{names}` in: this condition never holds");
            mistakes.push(preset.mistake_at_key(
                "condition-never",
                title,
                &["components", &index.to_string(), "when"],
            ));
        }
        for (name, question) in &it.questions {
            if never(&question.when) {
                let title = format!("`{name}` is never asked: this condition never holds");
                mistakes.push(preset.mistake_at_key("condition-never", title, &["questions", name, "when"]));
            }
            for (value, _) in
                question.choices.iter().filter(|(_, it)| it.refused.is_none() && never(&it.when))
            {
                let title = format!("`{value}` is never on offer: this condition never holds");
                let path = ["questions", name, "choices", value, "when"];
                mistakes.push(preset.mistake_at_key("condition-never", title, &path));
            }
        }
        for (index, rule) in it.rules.iter().enumerate().filter(|(_, it)| never(&it.when)) {
            let title = format!("`{}` is never checked: this condition never holds", rule.id);
            mistakes.push(preset.mistake_at_key(
                "condition-never",
                title,
                &["rules", &index.to_string(), "when"],
            ));
        }
    }
    mistakes
}

/// Conditions and files of components that take part, but never hold and are never made.
pub(super) fn components(catalog: &Catalog<'_>, rendered: &Rendered) -> Vec<Mistake> {
    let mut mistakes = vec![];
    for (name, component) in &catalog.components {
        let cases: Vec<&Seen> = rendered.cases.iter().filter(|it| it.components.contains(name)).collect();
        if cases.is_empty() {
            continue;
        }
        // A component may need answers of its own to take part at all: pairs of answers do not tell.
        let complete = rendered.pairwise.is_empty();
        let never =
            |when: &When| complete && decidable(when, false) && !cases.iter().any(|it| holds(when, it));
        mistakes.extend(conditions(component, &never));
        for folder in ["files", "slots"] {
            for entry in catalog
                .library
                .entries(name, folder)
                .into_iter()
                .filter(|it| !rendered.sources.contains(&it.source))
            {
                let stated =
                    component.value.files.get(&entry.name).filter(|it| folder == "files" && never(&it.when));
                if stated.is_some() {
                    let title = format!("no answers bring `{}` in: this condition never holds", entry.name);
                    let path = ["files", &entry.name, "when"];
                    mistakes.push(component.mistake_at_key("file-unreached", title, &path));
                } else if folder == "slots" {
                    let slot = entry.name.rsplit_once('.').map_or(&*entry.name, |(slot, _)| slot);
                    let owned = catalog.components.values().any(|it| it.value.owns.contains_key(slot));
                    let text = catalog.library.source(&entry.source).map_or_else(|_| "".into(), |it| it.text);
                    let source = Source::new(catalog.library.shown(&entry.source), text);
                    let title =
                        format!("`{name}` never takes part together with the owner of the slot `{slot}`");
                    if owned {
                        mistakes.push(Mistake::new("file-unreached", title, &source, 0..0));
                    }
                }
            }
        }
    }
    mistakes
}

fn conditions(component: &Named<Component>, never: &dyn Fn(&When) -> bool) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let it = &component.value;
    let mut report = |what: String, path: &[&str]| {
        let title = format!("{what}: this condition never holds");
        mistakes.push(component.mistake_at_key("condition-never", title, path));
    };
    let dependencies = &it.dependencies;
    let lists = [
        (vec!["requires"], &it.requires),
        (vec!["dependencies", "runtime"], &dependencies.runtime),
        (vec!["dependencies", "dev"], &dependencies.dev),
    ];
    for (path, list) in lists {
        for (index, entry) in list.iter().enumerate().filter(|(_, it)| it.when().is_some_and(never)) {
            let index = index.to_string();
            let path: Vec<&str> = path.iter().copied().chain([&*index, "when"]).collect();
            report(format!("no answers bring `{}` in", entry.name()), &path);
        }
    }
    for (index, gate) in it.gates.iter().enumerate().filter(|(_, it)| never(&it.when)) {
        report(format!("the gate `{}` never runs", gate.id), &["gates", &index.to_string(), "when"]);
    }
    for (index, rule) in it.rules.iter().enumerate().filter(|(_, it)| never(&it.when)) {
        report(format!("`{}` is never checked", rule.id), &["rules", &index.to_string(), "when"]);
    }
    mistakes
}

/// Whether the combinations that were looked at tell that a condition never holds.
fn decidable(when: &When, pairwise: bool) -> bool {
    !when.0.is_empty() && (!pairwise || when.0.len() <= 2)
}

fn holds(when: &When, it: &Seen) -> bool {
    when.holds(&|name| it.case.answers.get(name), &|name| it.components.contains(name))
}
