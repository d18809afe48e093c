//! JSON Schema of what authors write, for editors and validators.

use schemars::schema_for;
use serde_json::{Value, json};

use super::{Component, Examples, Layout, Preset, Roles, Versions};
use crate::yaml::NEEDED;

/// Turns the required keys into keys that a whole document needs, and a part of one does not.
pub(super) fn needed_in_the_whole(schema: &mut schemars::Schema) {
    if let Some(required) = schema.remove("required") {
        schema.insert(NEEDED.to_owned(), required);
    }
}

/// The same for a preset: without `extends` it is a whole one.
pub(super) fn needed_unless_extended(schema: &mut schemars::Schema) {
    needed_in_the_whole(schema);
    let needed = schema.get(NEEDED).cloned().unwrap_or_default();
    schema.insert("required".to_owned(), json!(["preset"]));
    schema.insert("if".to_owned(), json!({"not": {"required": ["extends"]}}));
    schema.insert("then".to_owned(), json!({"required": needed}));
}

/// What a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// A preset.
    Preset,
    /// A layout.
    Layout,
    /// The manifest of a component.
    Component,
    /// The examples beside a template.
    Examples,
    /// The vocabulary of roles.
    Roles,
    /// The versions.
    Versions,
}

impl Schema {
    /// All schemas.
    pub const ALL: [Self; 6] =
        [Self::Preset, Self::Layout, Self::Component, Self::Examples, Self::Roles, Self::Versions];

    /// The name, as in `scaffold preset schema NAME`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Preset => "preset",
            Self::Layout => "layout",
            Self::Component => "component",
            Self::Examples => "examples",
            Self::Roles => "roles",
            Self::Versions => "versions",
        }
    }

    /// The schema.
    pub fn json(self) -> Value {
        let schema = match self {
            Self::Preset => schema_for!(Preset),
            Self::Layout => schema_for!(Layout),
            Self::Component => schema_for!(Component),
            Self::Examples => schema_for!(Examples),
            Self::Roles => schema_for!(Roles),
            Self::Versions => schema_for!(Versions),
        };
        schema.to_value()
    }
}
