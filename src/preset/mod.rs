//! What authors write: presets, layouts, roles, components and versions, as plain values.

mod component;
mod documents;
mod examples;
mod extend;
mod layer;
mod layout;
mod library;
mod manifest;
mod overlay;
mod rule;
mod when;

pub use component::{Component, Dependencies, Dependency, FileOptions, Gate, Phase, Requires};
pub use examples::{Example, Examples, MODULE};
pub use layer::{Kind, Layer, Origin};
pub use layout::{Layout, Role, Roles};
pub use library::{Bytes, Entry, Files, Library, Named};
pub use manifest::{
    After, Choice, Clearable, ConditionalOffer, Offer, Preset, Question, Remove, Selection, Style,
};
pub use rule::{
    CHECKS, CallsCheck, ComposeCheck, DockerfileCheck, DocstringsCheck, FilesCheck, LimitsCheck, LinesCheck,
    PyprojectCheck, PythonFiles, RequirementsCheck, Rule, TextCheck,
};
pub use when::{COMPONENT, Test, When};

mod versions;
pub use versions::{Action, Versions};

mod schema;
pub use schema::Schema;

mod spec;
pub use extend::MAX_BASES;
pub use spec::{Repository, Spec, is_reference};
