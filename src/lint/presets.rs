//! What a preset says fits together and fits the catalog.

use std::collections::BTreeSet;

use super::{
    catalog::{Catalog, Questions, questions},
    conditions::{self, Known},
    rules,
};
use crate::{
    answers,
    compose::document::Document,
    error::Mistake,
    preset::{Choice, Named, Offer, Preset, Question},
    render,
    source::Source,
    space,
};

/// The Python versions that the tools know.
const MINORS: std::ops::RangeInclusive<u32> = 9..=15;

/// Checks all presets.
pub(super) fn check(catalog: &Catalog<'_>) -> Vec<Mistake> {
    catalog
        .presets
        .iter()
        .flat_map(|preset| {
            let mut mistakes = head(preset);
            mistakes.extend(asked(preset));
            mistakes.extend(offered(catalog, preset));
            if mistakes.is_empty() {
                mistakes.extend(stuck(preset));
            }
            mistakes.extend(selected(catalog, preset));
            mistakes.extend(after(preset));
            mistakes.extend(tables(preset));
            let components = catalog.library.components();
            let questions = questions(&preset.value);
            let known = Known { questions: &questions, later: &[], components: Some(&components) };
            mistakes.extend(rules::check(preset, &preset.value.rules, &known));
            mistakes
        })
        .collect()
}

/// Name, Python versions, layouts and prefix.
fn head(preset: &Named<Preset>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let it = &preset.value;
    let file = preset.source.name.rsplit('/').next().unwrap_or_default();
    if file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml")) != Some(&it.preset) {
        let title = format!("the preset is called `{}`, its file `{file}`", it.preset);
        mistakes.push(preset.mistake("preset-name", title, &["preset"]));
    }
    let python: Vec<&str> = it.python.iter().map(String::as_str).collect();
    for (key, list) in [("python", python), ("layouts", it.layout_names())] {
        if list.is_empty() {
            mistakes.push(preset.mistake_at_key("preset-empty", format!("`{key}` is empty"), &[key]));
        }
        for (index, value) in list.iter().enumerate() {
            if list[..index].contains(value) {
                let title = format!("`{value}` is listed twice");
                mistakes.push(preset.mistake("preset-doubled", title, &[key, &index.to_string()]));
            }
        }
    }
    for (index, version) in it.python.iter().enumerate() {
        let minor = version.strip_prefix("3.").and_then(|minor| minor.parse::<u32>().ok());
        if !minor.is_some_and(|minor| MINORS.contains(&minor)) {
            let title = format!("`{version}` is no version of Python that is known here");
            let mistake = preset.mistake("python-version", title, &["python", &index.to_string()]);
            mistakes.push(mistake.help(format!("known are 3.{} to 3.{}", MINORS.start(), MINORS.end())));
        }
    }
    if it.env_prefix.as_deref().is_some_and(|prefix| !is_prefix(prefix)) {
        let title = "no names of environment variables can begin like this";
        let mistake = preset.mistake("env-prefix", title, &["env_prefix"]);
        mistakes
            .push(mistake.help("write capitals, digits and `_` with a `_` at the end, or nothing: `\"\"`"));
    }
    mistakes
}

/// Whether `NAME` after it makes the name of an environment variable.
fn is_prefix(text: &str) -> bool {
    let known = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    text.is_empty()
        || text.ends_with('_')
            && text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.chars().all(known)
}

/// The layouts and when they are on offer.
fn offered(catalog: &Catalog<'_>, preset: &Named<Preset>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let mut layouts = catalog.library.layouts();
    layouts.extend(preset.value.layout.as_ref().map(|own| own.layout.as_str()));
    let order = names(&preset.value);
    let at = order.iter().position(|name| name == "layout").unwrap_or(order.len());
    let (before, later) = known_at(preset, &order, at);
    let known = Known { questions: &before, later: &later, components: None };
    for (index, offer) in preset.value.layouts.iter().enumerate() {
        let index = index.to_string();
        let conditional = matches!(offer, Offer::Conditional(_));
        let path: Vec<&str> =
            ["layouts", &index].into_iter().chain(conditional.then_some("layout")).collect();
        if !layouts.contains(&offer.name()) {
            let title = format!("no layout is called `{}`", offer.name());
            let mistake = preset.mistake("layout-unknown", title, &path);
            mistakes.push(mistake.suggest(offer.name(), layouts.iter().copied()));
        }
        mistakes.extend(choice(preset, offer.name(), &offer.choice(""), &["layouts", &index], &known));
    }
    mistakes
}

/// A question that some answers leave without a choice.
fn stuck(preset: &Named<Preset>) -> Option<Mistake> {
    let (question, answers) = space::stuck(&preset.value)?;
    let path: &[&str] = match question.as_str() {
        "layout" => &["layouts"],
        name => &["questions", name, "choices"],
    };
    let title = format!("nothing is on offer for `{question}` with {answers}");
    Some(preset.mistake_at_key("choice-none", title, path))
}

/// One of several values: its condition can hold, and its reason can be said.
fn choice(
    preset: &Named<Preset>,
    value: &str,
    choice: &Choice,
    at: &[&str],
    known: &Known<'_>,
) -> Vec<Mistake> {
    let path = |key| at.iter().copied().chain([key]).collect::<Vec<_>>();
    let mut mistakes = conditions::check(preset, &choice.when, &path("when"), known);
    if choice.unless.is_some() && choice.when.0.is_empty() && choice.refused.is_none() {
        let title = format!("`{value}` is always on offer: `unless` is never said");
        mistakes.push(preset.mistake_at_key("choice-unless", title, &path("unless")));
    }
    let told = [("when", !choice.when.0.is_empty()), ("unless", choice.unless.is_some())];
    for (key, _) in told.iter().filter(|(_, is_there)| *is_there && choice.refused.is_some()) {
        let title = format!("`{value}` is refused: `{key}` changes nothing");
        mistakes.push(preset.mistake_at_key("choice-refused", title, &path(key)));
    }
    mistakes
}

/// The names of all questions, in order.
fn names(preset: &Preset) -> Vec<String> {
    answers::all(preset, &answers::Descriptions::new(), "").into_iter().map(|it| it.name).collect()
}

/// The questions before the one at `at`, and the names of those from there on.
fn known_at<'a>(preset: &Named<Preset>, order: &'a [String], at: usize) -> (Questions, Vec<&'a str>) {
    let (earlier, later) = order.split_at(at);
    let mut before = questions(&preset.value);
    before.retain(|name, _| earlier.contains(name));
    (before, later.iter().map(String::as_str).collect())
}

/// The questions.
fn asked(preset: &Named<Preset>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let order = names(&preset.value);
    for (index, (name, question)) in preset.value.questions.iter().enumerate() {
        let (before, later) = known_at(preset, &order, index);
        let known = Known { questions: &before, later: &later, components: None };
        mistakes.extend(one_question(preset, name, question, &known));
    }
    mistakes
}

fn one_question(preset: &Named<Preset>, name: &str, question: &Question, known: &Known<'_>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let is_word = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !is_word {
        let title = format!("`{name}` is no name for a question: templates use it as a variable");
        let mistake = preset.mistake_at_key("question-name", title, &["questions", name]);
        mistakes.push(mistake.help("use small letters, digits and `_`"));
    } else if render::NAMES.contains(&name) || matches!(name, "name" | "component") {
        let title = format!("the name `{name}` has a meaning of its own");
        mistakes.push(preset.mistake_at_key("question-name", title, &["questions", name]));
    }
    mistakes.extend(form(preset, name, question));
    let listed = |text: &str| text.split(',').all(|it| question.choices.contains_key(it.trim()));
    let sound = question.default.is_empty() || listed(&question.default);
    if question.choices.is_empty() || question.several && sound {
        // A line of text, or any number of choices.
    } else if !question.choices.contains_key(&question.default) {
        let title = format!("the default `{}` is no choice of `{name}`", question.default);
        let mistake = preset.mistake("question-default", title, &["questions", name, "default"]);
        mistakes.push(mistake.suggest(&question.default, question.choices.keys().map(String::as_str)));
    } else if question.choices[&question.default].refused.is_some() {
        let title = format!("the default `{}` is refused", question.default);
        mistakes.push(preset.mistake("question-default", title, &["questions", name, "default"]));
    }
    mistakes.extend(conditions::check(preset, &question.when, &["questions", name, "when"], known));
    mistakes.extend(rules::cite(preset, question.cite.as_deref(), &["questions", name, "cite"]));
    for (value, it) in &question.choices {
        mistakes.extend(choice(preset, value, it, &["questions", name, "choices", value], known));
    }
    mistakes
}

/// Whether choices, several and secret go together.
fn form(preset: &Named<Preset>, name: &str, question: &Question) -> Option<Mistake> {
    let at = |title: String, key: &str| {
        Some(preset.mistake_at_key("question-choices", title, &["questions", name, key]))
    };
    let has_choices = !question.choices.is_empty();
    if question.several && !has_choices {
        return at(format!("`{name}` takes several choices, but has none"), "several");
    }
    if question.secret && (has_choices || !question.default.is_empty()) {
        let title = format!("the secret `{name}` is a line of text without choices and default");
        return at(title, "secret");
    }
    if let Some(value) = question.choices.keys().find(|it| it.contains(',')) {
        let title = format!("the choice `{value}` has a comma, which separates choices");
        return Some(preset.mistake_at_key(
            "question-choices",
            title,
            &["questions", name, "choices", value],
        ));
    }
    None
}

/// The commands after a project is made, and what they are given.
fn after(preset: &Named<Preset>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let questions = questions(&preset.value);
    let known = Known { questions: &questions, later: &[], components: None };
    for (index, command) in preset.value.after.iter().enumerate() {
        let index = index.to_string();
        if command.run.is_empty() {
            let title = format!("the command `{}` has no words", command.title);
            mistakes.push(preset.mistake("after-command", title, &["after", &index, "run"]));
        }
        for (variable, question) in &command.env {
            if !questions.contains_key(question) {
                let title = format!("no question is called `{question}`");
                let mistake = preset.mistake("after-command", title, &["after", &index, "env", variable]);
                mistakes.push(mistake.suggest(question, questions.keys().map(String::as_str)));
            }
        }
        mistakes.extend(conditions::check(preset, &command.when, &["after", &index, "when"], &known));
    }
    mistakes
}

/// The components.
fn selected(catalog: &Catalog<'_>, preset: &Named<Preset>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let components = catalog.library.components();
    let questions = questions(&preset.value);
    let known = Known { questions: &questions, later: &[], components: None };
    let mut seen = BTreeSet::new();
    for (index, selection) in preset.value.components.iter().enumerate() {
        let index = index.to_string();
        if selection.names.is_empty() {
            let title = "no component is chosen here";
            mistakes.push(preset.mistake_at_key("preset-empty", title, &["components", &index, "use"]));
        }
        for (place, name) in selection.names.iter().enumerate() {
            let place = place.to_string();
            let path = ["components", &index, "use", &place];
            if !components.contains(&name.as_str()) {
                let title = format!("no component is called `{name}`");
                let mistake = preset.mistake("component-unknown", title, &path);
                mistakes.push(mistake.suggest(name, components.iter().copied()));
            } else if !seen.insert((name, format!("{:?}", selection.when))) {
                let title = format!("`{name}` is chosen twice under one condition");
                mistakes.push(preset.mistake("preset-doubled", title, &path));
            }
        }
        mistakes.extend(conditions::check(preset, &selection.when, &["components", &index, "when"], &known));
        mistakes.extend(rules::cite(preset, selection.cite.as_deref(), &["components", &index, "cite"]));
    }
    mistakes
}

/// The tables for `pyproject.toml`.
fn tables(preset: &Named<Preset>) -> Vec<Mistake> {
    let it = &preset.value;
    let document = match Document::parse(&Source::new("pyproject", it.pyproject.as_str())) {
        Ok(document) => document,
        Err(mistake) => return vec![in_block(preset, &mistake)],
    };
    let mut mistakes = vec![];
    for (index, table) in it.exact.iter().enumerate().filter(|(_, table)| document.get(table).is_none()) {
        let title = format!("`pyproject` has no table `{table}`");
        mistakes.push(preset.mistake("exact-unknown", title, &["exact", &index.to_string()]));
    }
    for (table, cite) in &it.cites {
        if document.get(table).is_none() {
            let title = format!("`pyproject` has no table `{table}`");
            mistakes.push(preset.mistake_at_key("exact-unknown", title, &["cites", table]));
        }
        mistakes.extend(rules::cite(preset, Some(cite), &["cites", table]));
    }
    mistakes
}

/// A mistake in the TOML of a block of YAML, moved to its line of the preset.
fn in_block(preset: &Named<Preset>, mistake: &Mistake) -> Mistake {
    let (line, _) = mistake.place();
    let wanted = mistake.source.text.lines().nth(line - 1).unwrap_or_default();
    let node = preset.node(&["pyproject"]);
    let (source, block) = (preset.source_of(node), node.span.clone());
    let (first, _) = source.line_column(block.start);
    // The text of a block begins in the line after its `|`.
    let own = (first..first + 3)
        .map(|start| source.line(start + line - 1))
        .find(|range| source.text[range.clone()].trim() == wanted.trim());
    Mistake::new("toml-syntax", mistake.title.clone(), source, own.unwrap_or(block))
}
