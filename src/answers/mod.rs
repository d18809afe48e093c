//! What was decided, and where each value came from.

mod given;
mod question;
mod resolve;

pub use given::{Given, Place};
pub use question::{Descriptions, Form, Question, all, built_in, clause, from_preset};
pub use resolve::{Ask, Prompt, Reply, Taken, resolve, text_fault, usual};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// Where a value came from, in the order of precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A flag of the command line.
    Flag,
    /// The answers file.
    File,
    /// The user's configuration.
    Config,
    /// Asked, and answered by a person.
    Asked,
    /// The preset's default.
    Default,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Flag => "flag",
            Self::File => "file",
            Self::Config => "config",
            Self::Asked => "asked",
            Self::Default => "default",
        })
    }
}

/// A decided value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The value.
    pub value: String,
    /// Where it came from.
    pub origin: Origin,
}

/// All decided values, in the order of the questions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(pub IndexMap<String, Answer>, #[serde(skip)] Secrets);

/// Answers that nobody is shown. They are kept apart, so that nothing that writes or prints answers comes by them.
#[derive(Clone, Default, PartialEq, Eq)]
struct Secrets(IndexMap<String, String>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} secrets", self.0.len())
    }
}

impl Answers {
    /// The value of a question.
    pub fn get(&self, question: &str) -> Option<&str> {
        self.0.get(question).map(|answer| answer.value.as_str())
    }

    /// The value of a question that is always asked; empty if it is not.
    pub fn text(&self, question: &str) -> &str {
        self.get(question).unwrap_or_default()
    }

    /// The answer to a secret question.
    pub fn secret(&self, question: &str) -> Option<&str> {
        self.1.0.get(question).map(String::as_str)
    }

    /// Keeps the answer to a secret question.
    fn keep(&mut self, question: &str, value: String) {
        self.1.0.insert(question.to_owned(), value);
    }

    /// Names and values.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, answer)| (name.as_str(), answer.value.as_str()))
    }
}
