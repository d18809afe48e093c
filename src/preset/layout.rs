//! Roles and layouts: what files are for, and where a layout puts them.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The vocabulary of roles, `templates/roles.yaml`.
///
/// Its order is the order in which pieces stand when a layout joins several roles in one module.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Roles {
    /// The roles by name.
    pub roles: IndexMap<String, Role>,
}

/// What a file is for.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// What files of this role do.
    pub doc: String,
    /// The role whose place is taken when a layout does not map this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The name of the file at the parent's place; `{name}` is the name of the piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stem: Option<String>,
    /// The place when a layout does not map the role and there is no better one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// Where things go, `templates/layouts/NAME.yaml`.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The name, as in `--layout NAME`.
    pub layout: String,
    /// One line that says how it divides the code.
    pub description: String,
    /// The folder of the package; `{package}` is its importable name. Empty when there is no package: the modules
    /// stand in the root of the project.
    pub package: String,
    /// Role to pattern. `{name}` is the name of the piece, `{file}` the name with its extension. A pattern is
    /// inside the package, or from the root of the project when it begins with `/`. A pattern without `{name}`
    /// and `{file}` is one module for all pieces.
    pub roles: IndexMap<String, String>,
    /// Folders of the package from the outermost layer inwards; those in one list are siblings.
    pub layers: Vec<Vec<String>>,
    /// Modules that every layer may import, and that import none of them.
    #[serde(default)]
    pub shared: Vec<String>,
    /// Modules that put the layers together and may import all of them.
    #[serde(default)]
    pub wiring: Vec<String>,
    /// Folders of Python packages and the docstring of their `__init__.py`: inside the package, or from the root
    /// when the key begins with `/`. They are made even when nothing else is in them,
    /// unless `optional` lists them.
    #[serde(default)]
    pub markers: IndexMap<String, String>,
    /// Those of `markers` that are made only when something is in them.
    #[serde(default)]
    pub optional: Vec<String>,
    /// The docstrings of modules in which pieces are joined, by path inside the package.
    #[serde(default)]
    pub modules: IndexMap<String, String>,
}
