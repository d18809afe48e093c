//! Layers of a library: the files of one origin, laid over those of others.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Bound,
    sync::Arc,
};

use serde::Serialize;

use super::library::{Bytes, Files};
use crate::source::Source;

/// Where files come from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// What kind of place it is.
    pub kind: Kind,
    /// The place, as people write it: a folder, a file, the address of a repository.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The tag, branch or commit that was asked for.
    #[serde(rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The commit that it was at that time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
}

/// The kinds of places.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A part of the program.
    #[default]
    BuiltIn,
    /// The user's own configuration folder.
    User,
    /// A folder.
    Folder,
    /// One file.
    File,
    /// A git repository at one commit.
    Git,
    /// A persona document, from which a preset was made.
    Persona,
}

impl Kind {
    /// In one word, as records name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::BuiltIn => "built-in",
            Self::User => "user",
            Self::Folder => "folder",
            Self::File => "file",
            Self::Git => "git",
            Self::Persona => "persona",
        }
    }

    /// Whether the user has put it there, or it came with the program.
    pub fn is_own(self) -> bool {
        matches!(self, Self::BuiltIn | Self::User | Self::Persona)
    }
}

impl Origin {
    /// An origin of `kind` at `place`.
    pub fn new(kind: Kind, place: impl Into<String>) -> Self {
        Self { kind, place: place.into(), reference: None, commit: None }
    }
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.reference, &self.commit) {
            (Some(reference), Some(commit)) if reference != commit => {
                write!(f, "{} at {reference} ({})", self.place, commit.get(..12).unwrap_or(commit))
            }
            (_, Some(commit)) => write!(f, "{} at {}", self.place, commit.get(..12).unwrap_or(commit)),
            _ if self.place.is_empty() => f.write_str(self.kind.word()),
            _ => f.write_str(&self.place),
        }
    }
}

/// Where components stand, each in a folder of its own.
const COMPONENTS: &str = "templates/components/";

/// The files of one origin.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// The files by their path in a catalog, such as `presets/strict.yaml`.
    pub files: Files,
    /// Where they come from.
    pub origin: Origin,
    /// What is put before their names in messages; nothing when it is empty.
    pub prefix: String,
    /// Files whose name in messages is another: path and name.
    pub named: BTreeMap<String, String>,
}

impl Layer {
    /// A path as shown in messages.
    pub fn shown(&self, path: &str) -> String {
        match self.named.get(path) {
            Some(name) => name.clone(),
            None if self.prefix.is_empty() => path.to_owned(),
            None => format!("{}/{path}", self.prefix),
        }
    }

    /// The path of the file that is shown as `name`.
    pub fn path_of(&self, name: &str) -> Option<&str> {
        let named = self.named.iter().find(|(_, shown)| *shown == name).map(|(path, _)| path.as_str());
        named.or_else(|| {
            let path = match self.prefix.as_str() {
                "" => Some(name),
                prefix => name.strip_prefix(prefix)?.strip_prefix('/'),
            }?;
            self.files.get_key_value(path).map(|(path, _)| path.as_str())
        })
    }

    /// The files whose paths begin with `prefix`, sorted.
    pub fn below(&self, prefix: &str) -> impl Iterator<Item = (&str, &Bytes)> {
        let from = (Bound::Included(prefix), Bound::Unbounded);
        let files = self.files.range::<str, _>(from).map(|(path, bytes)| (path.as_str(), bytes));
        files.take_while(move |(path, _)| path.starts_with(prefix))
    }

    /// Whether it has files of the component.
    pub fn has_component(&self, name: &str) -> bool {
        self.below(&format!("{COMPONENTS}{name}/")).next().is_some()
    }

    /// A text file; `None` when it is not there or no UTF-8.
    pub fn source(&self, path: &str) -> Option<Source> {
        let text = std::str::from_utf8(self.files.get(path)?.as_ref()).ok()?;
        Some(Source::new(self.shown(path), text))
    }

    /// The name of a file that a preset by name stands in.
    pub fn preset_path(name: &str) -> String {
        format!("presets/{name}.yaml")
    }
}

/// The component that a file belongs to.
pub(super) fn component(path: &str) -> Option<&str> {
    path.strip_prefix(COMPONENTS)?.split_once('/').map(|(name, _)| name)
}

/// What a layer names like a layer below it: presets, components, layouts and partials.
pub(super) fn shadows(below: &[Arc<Layer>], layer: &Layer) -> Vec<(&'static str, String)> {
    let known: BTreeSet<(&str, String)> = below.iter().flat_map(|it| names(&it.files)).collect();
    names(&layer.files).into_iter().filter(|it| known.contains(it)).collect()
}

fn names(files: &Files) -> BTreeSet<(&'static str, String)> {
    let one = |path: &String| {
        let plain = |rest: &str, suffix: &str| {
            rest.strip_suffix(suffix).filter(|name| !name.contains('/')).map(str::to_owned)
        };
        if let Some(name) = component(path) {
            return Some(("component", name.to_owned()));
        }
        if let Some(rest) = path.strip_prefix("presets/") {
            return Some(("preset", plain(rest, ".yaml")?));
        }
        if let Some(rest) = path.strip_prefix("templates/layouts/") {
            return Some(("layout", plain(rest, ".yaml")?));
        }
        Some(("partial", path.strip_prefix("templates/partials/")?.to_owned()))
    };
    files.keys().filter_map(one).collect()
}
