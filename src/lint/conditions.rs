//! Conditions: what they ask for exists, and they can hold.

use super::catalog::Questions;
use crate::{
    error::Mistake,
    preset::{COMPONENT, Test, When},
    yaml::{Kind, Loaded, Node},
};

/// What a condition may ask for.
pub(super) struct Known<'a> {
    /// The questions that are decided before.
    pub(super) questions: &'a Questions,
    /// Questions that are decided later.
    pub(super) later: &'a [&'a str],
    /// The components, where a condition may ask for them.
    pub(super) components: Option<&'a [&'a str]>,
}

/// Checks the condition at `path`.
pub(super) fn check<T>(manifest: &Loaded<T>, when: &When, path: &[&str], known: &Known<'_>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    for (key, test) in &when.0 {
        let at: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
        if key == COMPONENT {
            mistakes.extend(component(manifest, test, &at, known));
        } else if let Some(choices) = known.questions.get(key) {
            let choices: Vec<&str> = choices.iter().map(String::as_str).collect();
            mistakes.extend(values(manifest, test, &at, &choices));
        } else if known.later.contains(&key.as_str()) {
            let title = format!("`{key}` is asked later");
            let mistake = manifest.mistake_at_key("condition-later", title, &at);
            mistakes.push(
                mistake.help("a condition sees the answers before it: change the order of the questions"),
            );
        } else {
            let title = format!("no question is called `{key}`");
            let mistake = manifest.mistake_at_key("condition-unknown", title, &at);
            mistakes.push(mistake.suggest(key, known.questions.keys().map(String::as_str)));
        }
    }
    mistakes
}

fn component<T>(manifest: &Loaded<T>, test: &Test, at: &[&str], known: &Known<'_>) -> Vec<Mistake> {
    let Some(components) = known.components else {
        let title = "a preset chooses the components: this condition sees answers only";
        return vec![manifest.mistake_at_key("condition-component", title, at)];
    };
    let unknown = test.values().into_iter().filter(|value| !components.contains(value));
    unknown
        .map(|value| {
            let title = format!("no component is called `{value}`");
            manifest
                .mistake_in("component-unknown", title, place(manifest.node(at), value))
                .suggest(value, components.iter().copied())
        })
        .collect()
}

fn values<T>(manifest: &Loaded<T>, test: &Test, at: &[&str], choices: &[&str]) -> Vec<Mistake> {
    if choices.is_empty() {
        return vec![];
    }
    let unknown: Vec<&str> = test.values().into_iter().filter(|value| !choices.contains(value)).collect();
    let question = at.last().copied().unwrap_or_default();
    if unknown.is_empty() && !choices.iter().any(|choice| test.accepts(choice)) {
        let title = format!("no answer to `{question}` passes this condition");
        return vec![manifest.mistake_at_key("condition-never", title, at)];
    }
    unknown
        .into_iter()
        .map(|value| {
            let title = format!("`{value}` is no choice for `{question}`");
            manifest
                .mistake_in("condition-value", title, place(manifest.node(at), value))
                .suggest(value, choices.iter().copied())
        })
        .collect()
}

/// The node of `value` below `node`.
fn place<'a>(node: &'a Node, value: &str) -> &'a Node {
    match &node.kind {
        Kind::Scalar { .. } => node,
        Kind::List(items) => items.iter().find(|it| it.text() == Some(value)).unwrap_or(node),
        Kind::Map(pairs) => pairs.first().map_or(node, |(_, below)| place(below, value)),
    }
}
