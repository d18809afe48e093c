//! The data file as plain structs: it mirrors the YAML one to one; the file explains its keys.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::error::{Class, Error, Result};

/// The data that the program carries.
const BUILT_IN: &str = include_str!("data.yaml");

/// What is known beyond the document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Data {
    pub(super) pythons: Vec<String>,
    pub(super) base: Vec<String>,
    pub(super) service: Vec<String>,
    pub(super) components: BTreeMap<String, IndexMap<String, Vec<String>>>,
    pub(super) defaults: IndexMap<String, String>,
    pub(super) instead: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) images: IndexMap<String, Vec<String>>,
    pub(super) image_keys: BTreeMap<String, String>,
    pub(super) image_python: IndexMap<String, String>,
    pub(super) ruff_renamed: BTreeMap<String, String>,
    pub(super) packages: BTreeMap<String, String>,
    pub(super) mypy_plugins: Vec<String>,
    pub(super) pytest_needs: IndexMap<String, String>,
    pub(super) tables: IndexMap<String, String>,
    pub(super) folders: IndexMap<String, Vec<String>>,
    pub(super) modules: IndexMap<String, Vec<String>>,
    pub(super) comments: IndexMap<String, Vec<String>>,
    pub(super) package_words: Vec<String>,
    pub(super) plain_folders: Vec<String>,
    pub(super) files: IndexMap<String, String>,
    pub(super) conditional: Vec<String>,
}

impl Data {
    /// The built-in data.
    pub(super) fn built_in() -> Result<Self> {
        crate::yaml::plain(BUILT_IN)
            .map_err(|error| Error::new(Class::System, "the data of `distill` cannot be read").because(error))
    }

    /// The role that a folder's name tells.
    pub(super) fn folder_role(&self, name: &str) -> Option<&str> {
        role(&self.folders, name)
    }

    /// The role that a module's name tells.
    pub(super) fn module_role(&self, stem: &str) -> Option<&str> {
        role(&self.modules, stem)
    }

    /// The role that a comment tells.
    pub(super) fn comment_role(&self, comment: &str) -> Option<&str> {
        let comment = comment.to_lowercase();
        let said = |words: &Vec<String>| words.iter().any(|word| comment.contains(word.as_str()));
        self.comments.iter().find(|(_, words)| said(words)).map(|(role, _)| role.as_str())
    }
}

fn role<'a>(roles: &'a IndexMap<String, Vec<String>>, name: &str) -> Option<&'a str> {
    roles.iter().find(|(_, names)| names.iter().any(|it| it == name)).map(|(role, _)| role.as_str())
}
