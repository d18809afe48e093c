//! All versions in one place, `templates/versions.yaml`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The versions of packages, images, actions and tools.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = super::schema::needed_in_the_whole)]
pub struct Versions {
    /// Python packages: the lower bound.
    pub packages: IndexMap<String, String>,
    /// Container images: the tag.
    #[serde(default)]
    pub images: IndexMap<String, String>,
    /// Actions of workflows, pinned by commit.
    #[serde(default)]
    pub actions: IndexMap<String, Action>,
    /// Tools: the version.
    #[serde(default)]
    pub tools: IndexMap<String, String>,
}

/// An action of a workflow.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// Owner and name.
    pub name: String,
    /// The commit.
    pub sha: String,
    /// The tag of that commit.
    pub tag: String,
}
