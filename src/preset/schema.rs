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

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use schemars::JsonSchema;
    use serde::de::DeserializeOwned;

    use super::*;
    use crate::{
        source::Source,
        yaml::{self, Kind, Node},
    };

    /// What is put in the place of keys and values.
    const WORDS: [&str; 27] = [
        "other",
        "'no'",
        "no",
        "y",
        "true",
        "True",
        "'true'",
        "null",
        "Null",
        "~",
        "''",
        "3",
        "'3'",
        "-3",
        "3.10",
        "0x1f",
        "1e3",
        ".inf",
        "99999999999999999999",
        "2026-01-31",
        "[]",
        "[no]",
        "[[a]]",
        "[a, {}]",
        "{}",
        "{on: a}",
        "{a: [b, {}]}",
    ];

    fn places(node: &Node, found: &mut Vec<Range<usize>>) {
        found.push(node.span.clone());
        match &node.kind {
            Kind::Map(pairs) => pairs.iter().for_each(|(key, value)| {
                found.push(key.span.clone());
                places(value, found);
            }),
            Kind::List(items) => items.iter().for_each(|item| places(item, found)),
            Kind::Scalar { .. } => {}
        }
    }

    /// Damages the document `text` everywhere, and gives the number of damaged ones that are still read.
    fn damage<T: DeserializeOwned + JsonSchema + 'static>(text: &str) -> usize {
        let source = Source::new("t", text);
        let root = yaml::parse(&source).unwrap();
        assert_eq!(yaml::opinions::<T>(&root, &source), (true, true));
        let mut all = vec![];
        places(&root, &mut all);
        let mut read = 0;
        for (at, place) in all.into_iter().enumerate() {
            for word in WORDS.iter().skip(at % 5).step_by(5) {
                let damaged = [&text[..place.start], word, &text[place.end..]].concat();
                let source = Source::new("t", damaged.as_str());
                let Ok(root) = yaml::parse(&source) else { continue };
                let (is_flawless, agrees) = yaml::opinions::<T>(&root, &source);
                assert!(agrees || !is_flawless, "{word} for {:?}", &text[place.clone()]);
                read += usize::from(is_flawless);
            }
        }
        read
    }

    #[test]
    fn what_is_read_without_its_schema_is_what_the_schema_allows() {
        let read = [
            damage::<Preset>(include_str!("../../presets/strict.yaml")),
            damage::<Preset>(include_str!("../../presets/tiered.yaml")),
            damage::<Layout>(include_str!("../../templates/layouts/three-layer.yaml")),
            damage::<Component>(include_str!("../../templates/components/fastapi/component.yaml")),
            damage::<Component>(include_str!("../../templates/components/ruff/component.yaml")),
            damage::<Versions>(include_str!("../../templates/versions.yaml")),
            damage::<Roles>(include_str!("../../templates/roles.yaml")),
        ];
        assert!(read.iter().all(|it| *it > 0), "{read:?}");
    }
}
