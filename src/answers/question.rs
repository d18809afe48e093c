//! The questions of a run: those every preset has, and the preset's own.

use indexmap::IndexMap;

use crate::preset::{Choice, Offer, Preset, When};

/// A question with all that asking it needs.
#[derive(Debug, Clone)]
pub struct Question {
    /// The name, as in `--set NAME=VALUE`.
    pub name: String,
    /// The question as asked.
    pub ask: String,
    /// What can be answered.
    pub form: Form,
    /// The value taken when nothing else decides.
    pub default: String,
    /// Asked only under this condition.
    pub when: When,
    /// The flag that answers it.
    pub flag: String,
}

/// What can be answered.
#[derive(Debug, Clone)]
pub enum Form {
    /// One of these.
    Choice(IndexMap<String, Choice>),
    /// Any number of these.
    Several(IndexMap<String, Choice>),
    /// A line of text.
    Text,
    /// A line of text that nobody is shown.
    Secret,
}

impl Form {
    /// The choices, if there are any.
    pub fn choices(&self) -> Option<&IndexMap<String, Choice>> {
        match self {
            Self::Choice(choices) | Self::Several(choices) => Some(choices),
            Self::Text | Self::Secret => None,
        }
    }
}

/// What layouts are like, by name; one that is missing is shown by its name alone.
pub type Descriptions = IndexMap<String, String>;

/// All questions of a run: the preset's own first, since they matter most.
pub fn all(preset: &Preset, layouts: &Descriptions, title: &str) -> Vec<Question> {
    let mut questions = from_preset(preset);
    questions.extend(built_in(preset, layouts, title));
    questions
}

/// The first clause of a description: what fits into one line of a list.
pub fn clause(text: &str) -> &str {
    let text = text.trim();
    let end = text.char_indices().find(|(at, c)| {
        matches!(c, ':' | ';' | '.') && text[at + 1..].chars().next().is_none_or(char::is_whitespace)
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// The questions that every preset has, with defaults made from the project's title.
pub fn built_in(preset: &Preset, layouts: &Descriptions, title: &str) -> Vec<Question> {
    let python: Vec<(String, String)> = preset.python.iter().map(|it| (it.clone(), it.clone())).collect();
    let layout = |it: &Offer| {
        let name = it.name();
        let label =
            layouts.get(name).map_or_else(|| name.to_owned(), |like| format!("{name}: {}", clause(like)));
        (name.to_owned(), it.choice(&label))
    };
    let layouts = Form::Choice(preset.layouts.iter().map(layout).collect());
    let usual = preset.layout_names().first().copied().unwrap_or_default().to_owned();
    let question = |name: &str, ask: &str, form: Form, default: &str| Question {
        name: name.to_owned(),
        ask: ask.to_owned(),
        form,
        default: default.to_owned(),
        when: When::default(),
        flag: match name {
            "layout" => "--layout".to_owned(),
            _ => format!("--set {name}=…"),
        },
    };
    vec![
        question(
            "python",
            "Which Python?",
            choices(&python),
            preset.python.first().map_or("", String::as_str),
        ),
        question("layout", "How is the code divided?", layouts, &usual),
        question(
            "description",
            "What does it do, in one sentence?",
            Form::Text,
            &format!("The {title} project."),
        ),
        question("author", "Who writes it? (empty: nobody is named)", Form::Text, ""),
        question("license", "Under which licence?", licences(), "none"),
    ]
}

/// The licences on offer, by SPDX identifier.
fn licences() -> Form {
    let labels = [
        ("none", "None: all rights reserved"),
        ("MIT", "MIT: short and permissive"),
        ("Apache-2.0", "Apache 2.0: permissive, with a patent grant"),
    ];
    choices(&labels.map(|(value, label)| (value.to_owned(), label.to_owned())))
}

/// Choices from values and labels.
fn choices(labels: &[(String, String)]) -> Form {
    Form::Choice(labels.iter().map(|(value, label)| (value.clone(), Choice::plain(label))).collect())
}

/// The preset's own questions.
pub fn from_preset(preset: &Preset) -> Vec<Question> {
    let question = |(name, it): (&String, &crate::preset::Question)| Question {
        name: name.clone(),
        ask: it.ask.clone(),
        form: match (it.secret, it.several) {
            (true, _) => Form::Secret,
            (_, true) => Form::Several(it.choices.clone()),
            _ if it.choices.is_empty() => Form::Text,
            _ => Form::Choice(it.choices.clone()),
        },
        default: it.default.clone(),
        when: it.when.clone(),
        flag: match name.as_str() {
            "kind" | "tier" => format!("--{name}"),
            _ => format!("--set {name}=…"),
        },
    };
    preset.questions.iter().map(question).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_ends_where_the_reader_would_stop() {
        let clauses = [
            ("Ports and adapters: the domain in the middle.", "Ports and adapters"),
            (" A domain in the middle; the rest around it.", "A domain in the middle"),
            ("FastAPI 0.1 for one.py", "FastAPI 0.1 for one.py"),
            ("One sentence. Another.", "One sentence"),
            ("", ""),
        ];
        for (text, expected) in clauses {
            assert_eq!(clause(text), expected);
        }
    }
}
