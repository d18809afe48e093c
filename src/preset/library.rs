//! The files that authors wrote, by path, and how they are read.

use std::{borrow::Cow, collections::BTreeMap, ops::Bound};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::{Component, Layout, Preset, Roles, Versions};
use crate::{
    error::{Class, Error, Result, listed, nearest},
    source::Source,
    yaml::{self, Loaded},
};

/// Files by their path in the catalog, such as `presets/strict.yaml`.
pub type Files = BTreeMap<String, Cow<'static, [u8]>>;

/// A manifest together with its place.
pub type Named<T> = Loaded<T>;

/// Presets, layouts, components and versions, as found in one catalog.
#[derive(Debug, Clone)]
pub struct Library {
    files: Files,
    origin: String,
    /// A file that does not come from where the others do: its path in the catalog, and its name in messages.
    extra: Option<(String, String)>,
}

/// A template or a file to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The path in the catalog.
    pub source: String,
    /// The path below `files/` or `slots/`, without the template suffix.
    pub name: String,
}

impl Library {
    /// A library of `files`; `origin` is put before their names in messages (empty for the built-in ones).
    pub fn new(files: Files, origin: impl Into<String>) -> Self {
        Self { files, origin: origin.into(), extra: None }
    }

    /// The library with one more preset, which outranks one of the same name; its file is shown as `shown`.
    #[must_use]
    pub fn with_preset(mut self, name: &str, shown: &str, text: Vec<u8>) -> Self {
        let path = format!("presets/{name}.yaml");
        self.files.insert(path.clone(), Cow::Owned(text));
        self.extra = Some((path, shown.to_owned()));
        self
    }

    /// Reads a layout of `preset`: its own, or one of the library.
    ///
    /// # Errors
    /// There is none of that name, or it has mistakes.
    pub fn layout_of(&self, preset: &Named<Preset>, name: &str) -> Result<Named<Layout>> {
        match &preset.value.layout {
            Some(own) if own.layout == name => Ok(Loaded {
                value: own.clone(),
                source: preset.source.clone(),
                root: preset.node(&["layout"]).clone(),
            }),
            _ => self.layout(name),
        }
    }

    /// Where the files come from: `built-in`, or the folder.
    pub fn origin(&self) -> &str {
        if self.origin.is_empty() { "built-in" } else { &self.origin }
    }

    /// What kind of place that is: `built-in`, `folder`, or `file` when one preset comes from elsewhere. Names nothing of the user's machine.
    pub fn kind(&self) -> &'static str {
        if self.extra.is_some() {
            return "file";
        }
        if self.origin.is_empty() { "built-in" } else { "folder" }
    }

    /// The names of all presets.
    pub fn presets(&self) -> Vec<&str> {
        self.names("presets/", ".yaml")
    }

    /// The names of all layouts.
    pub fn layouts(&self) -> Vec<&str> {
        self.names("templates/layouts/", ".yaml")
    }

    /// The names of all components.
    pub fn components(&self) -> Vec<&str> {
        self.names("templates/components/", "/component.yaml")
    }

    /// Reads a preset.
    ///
    /// # Errors
    /// There is none of that name, or it has mistakes.
    pub fn preset(&self, name: &str) -> Result<Named<Preset>> {
        Self::known("preset", name, &self.presets())?;
        self.load(&format!("presets/{name}.yaml"))
    }

    /// Reads a layout.
    ///
    /// # Errors
    /// There is none of that name, or it has mistakes.
    pub fn layout(&self, name: &str) -> Result<Named<Layout>> {
        Self::known("layout", name, &self.layouts())?;
        self.load(&format!("templates/layouts/{name}.yaml"))
    }

    /// Reads the manifest of a component.
    ///
    /// # Errors
    /// There is none of that name, or it has mistakes.
    pub fn component(&self, name: &str) -> Result<Named<Component>> {
        Self::known("component", name, &self.components())?;
        self.load(&format!("templates/components/{name}/component.yaml"))
    }

    /// Reads the vocabulary of roles.
    ///
    /// # Errors
    /// It is missing or has mistakes.
    pub fn roles(&self) -> Result<Named<Roles>> {
        self.load("templates/roles.yaml")
    }

    /// Reads the versions.
    ///
    /// # Errors
    /// They are missing or have mistakes.
    pub fn versions(&self) -> Result<Named<Versions>> {
        self.load("templates/versions.yaml")
    }

    /// The files of a component below `folder` (`files` or `slots`), sorted.
    pub fn entries(&self, component: &str, folder: &str) -> Vec<Entry> {
        let prefix = format!("templates/components/{component}/{folder}/");
        self.below(&prefix)
            .into_iter()
            .map(|path| Entry {
                source: path.to_owned(),
                name: target_name(&path[prefix.len()..]).to_owned(),
            })
            .collect()
    }

    /// The fragment of `pyproject.toml` of a component, if it has one.
    pub fn pyproject_fragment(&self, component: &str) -> Option<Entry> {
        let source = format!("templates/components/{component}/pyproject.toml.j2");
        self.files.contains_key(&source).then(|| Entry { source, name: "pyproject.toml".to_owned() })
    }

    /// The bytes of a file.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(AsRef::as_ref)
    }

    /// A text file under its name.
    ///
    /// # Errors
    /// The file is missing or is not UTF-8.
    pub fn source(&self, path: &str) -> Result<Source> {
        let name = self.shown(path);
        let missing = || Error::new(Class::Rejected, format!("the catalog has no file `{name}`"));
        let text = std::str::from_utf8(self.bytes(path).ok_or_else(missing)?)
            .map_err(|_| Error::new(Class::Rejected, format!("`{name}` is not UTF-8")))?;
        Ok(Source::new(name.as_str(), text))
    }

    fn load<T: DeserializeOwned + JsonSchema + 'static>(&self, path: &str) -> Result<Loaded<T>> {
        yaml::load(&self.source(path)?)
    }

    /// A path of the catalog as shown in messages.
    pub fn shown(&self, path: &str) -> String {
        if let Some((_, shown)) = self.extra.as_ref().filter(|(extra, _)| extra == path) {
            return shown.clone();
        }
        if self.origin.is_empty() { path.to_owned() } else { format!("{}/{path}", self.origin) }
    }

    /// Checks that `name` is one of `names`, which are names of a `what`.
    ///
    /// # Errors
    /// It is not; the nearest is suggested.
    pub fn known(what: &str, name: &str, names: &[&str]) -> Result<()> {
        if names.contains(&name) {
            return Ok(());
        }
        let error = Error::usage(format!("no {what} is called `{name}`"));
        Err(match nearest(name, names.iter().copied()) {
            Some(best) => error.help(format!("did you mean `{best}`?")),
            None => error.help(format!("known are {}", listed(names))),
        })
    }

    fn names(&self, prefix: &str, suffix: &str) -> Vec<&str> {
        self.below(prefix)
            .into_iter()
            .filter_map(|path| path[prefix.len()..].strip_suffix(suffix))
            .filter(|name| !name.contains('/'))
            .collect()
    }

    fn below(&self, prefix: &str) -> Vec<&str> {
        self.files
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .map(|(path, _)| path.as_str())
            .take_while(|path| path.starts_with(prefix))
            .collect()
    }
}

/// The name without the suffix of a template.
fn target_name(name: &str) -> &str {
    name.strip_suffix(".sq.j2").or_else(|| name.strip_suffix(".j2")).unwrap_or(name)
}
