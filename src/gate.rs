//! A gate: a command that proves a project, as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A command that has to succeed in a project that is in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// A name that no other gate of the project has, such as `lint`.
    pub id: String,
    /// When it runs, such as `install` or `test`; gates are listed in that order.
    pub phase: String,
    /// What it proves, in a few words.
    pub title: String,
    /// The program and its arguments; `{tmp}` stands for a temporary folder, `{port}` for a free port.
    pub argv: Vec<String>,
    /// Variables to set, with the same placeholders.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub env: BTreeMap<String, String>,
    /// For a program that serves: it is not waited for, but asked, and then told to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serve: Option<Probe>,
    /// Services that have to be there; without them the gate is not run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
}

/// What a serving program has to answer with status 200.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// An `http://` address with the placeholder `{port}`.
    pub url: String,
}

/// The name of an environment variable whose value is the URL of a service.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Need(pub String);
