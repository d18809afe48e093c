//! The files that authors wrote, by path, and how they are read.

use std::{collections::BTreeMap, sync::Arc};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::{
    Component, Examples, Layout, Preset, Roles, Versions,
    documents::Documents,
    extend,
    layer::{self, Kind, Layer, Origin},
};
use crate::{
    error::{Class, Error, Result, listed, nearest},
    source::Source,
    yaml::{self, Loaded},
};

/// Files by their path in the catalog, such as `presets/strict.yaml`.
pub type Files = BTreeMap<String, Bytes>;

/// The bytes of a file. Libraries are laid over each other and cloned; the bytes are not.
#[derive(Debug, Clone)]
pub enum Bytes {
    /// Part of the program.
    Embedded(&'static [u8]),
    /// Read from somewhere.
    Read(Arc<Vec<u8>>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Read(bytes) => bytes,
        }
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Read(Arc::new(bytes))
    }
}

/// A manifest together with its place.
pub type Named<T> = Loaded<T>;

/// Presets, layouts, components and versions of one catalog, or of several laid over each other.
///
/// Later layers outrank earlier ones. A component is taken from one layer as a whole.
#[derive(Debug, Clone)]
pub struct Library {
    layers: Vec<Arc<Layer>>,
    documents: Documents,
}

/// What a file of a library can be read as.
trait Manifest: DeserializeOwned + JsonSchema + Send + Sync + 'static {}

impl<T: DeserializeOwned + JsonSchema + Send + Sync + 'static> Manifest for T {}

/// How the name of a file ends that holds the examples of a template.
const EXAMPLES: &str = ".examples.yaml";

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
        let prefix = origin.into();
        let kind = if prefix.is_empty() { Kind::BuiltIn } else { Kind::Folder };
        let origin = Origin::new(kind, prefix.clone());
        Self::alone(Layer { files, origin, prefix, ..Layer::default() })
    }

    /// A library of one layer.
    pub fn alone(layer: impl Into<Arc<Layer>>) -> Self {
        Self::of(vec![layer.into()])
    }

    fn of(layers: Vec<Arc<Layer>>) -> Self {
        Self { layers, documents: Documents::default() }
    }

    /// The library with `layer` over it: what it names joins the rest, and outranks what is called the same.
    #[must_use]
    pub fn with_layer(mut self, layer: Layer) -> Self {
        self.layers.push(Arc::new(layer));
        Self::of(self.layers)
    }

    /// The library with one more preset, which outranks one of the same name; its file is shown as `shown`.
    #[must_use]
    pub fn with_preset(self, name: &str, shown: &str, text: Vec<u8>) -> Self {
        let path = Layer::preset_path(name);
        self.with_layer(Layer {
            files: Files::from([(path.clone(), text.into())]),
            origin: Origin::new(Kind::File, shown),
            prefix: String::new(),
            named: BTreeMap::from([(path, shown.to_owned())]),
        })
    }

    /// The library as `preset` sees it: the layer that it stands in and those below.
    ///
    /// So a preset is what it is, whatever other presets are at hand.
    #[must_use]
    pub fn seen_by(&self, preset: &Named<Preset>) -> Self {
        let at = self.home(&preset.source).map_or(self.layers.len(), |(at, _)| at + 1);
        if at == self.layers.len() { self.clone() } else { Self::of(self.layers[..at].to_vec()) }
    }

    /// The layers, the lowest first.
    pub fn layers(&self) -> &[Arc<Layer>] {
        &self.layers
    }

    /// The position of the layer of a file, and its path there.
    pub fn home(&self, source: &Source) -> Option<(usize, &str)> {
        let mut layers = self.layers.iter().enumerate().rev();
        layers.find_map(|(at, layer)| layer.path_of(&source.name).map(|path| (at, path)))
    }

    /// The file, from the root of its catalog, and the line of a byte of it: nothing of the user's machine.
    pub fn place(&self, (source, at): (&Source, usize)) -> String {
        let home = self.home(source).map(|(at, path)| (&self.layers[at], path));
        let path = match home {
            // A single file stands in no catalog.
            Some((layer, path)) if layer.named.contains_key(path) => path.trim_start_matches("presets/"),
            Some((_, path)) => path,
            None => source.name.rsplit('/').next().unwrap_or(&source.name),
        };
        format!("{path}:{}", source.line_column(at).0)
    }

    /// Where the file of a preset comes from.
    pub fn origin_of(&self, preset: &Named<Preset>) -> Origin {
        self.home(&preset.source).map(|(at, _)| self.layers[at].origin.clone()).unwrap_or_default()
    }

    /// What stands in several layers: kind, name, and the origin that is taken.
    pub fn shadowed(&self) -> Vec<(&'static str, String, &Origin)> {
        let layers = self.layers.iter().enumerate().skip(1);
        layers
            .flat_map(|(at, layer)| {
                let found = layer::shadows(&self.layers[..at], layer);
                found.into_iter().map(move |(what, name)| (what, name, &layer.origin))
            })
            .collect()
    }

    /// Reads a layout of `preset`: its own, or one of the library.
    ///
    /// # Errors
    /// There is none of that name, or it has mistakes.
    pub fn layout_of(&self, preset: &Named<Preset>, name: &str) -> Result<Arc<Named<Layout>>> {
        match &preset.value.layout {
            Some(own) if own.layout == name => Ok(Arc::new(Loaded {
                value: own.clone(),
                source: preset.source.clone(),
                further: preset.further.clone(),
                root: preset.node(&["layout"]).clone(),
            })),
            _ => self.layout(name),
        }
    }

    /// The names of all presets.
    pub fn presets(&self) -> Vec<&str> {
        self.names("presets/", ".yaml")
    }

    /// The names of the presets of the topmost layer.
    pub fn own_presets(&self) -> Vec<&str> {
        let has = |name: &&str| {
            self.layers.last().is_some_and(|layer| layer.files.contains_key(&Layer::preset_path(name)))
        };
        self.presets().into_iter().filter(has).collect()
    }

    /// The names of all layouts.
    pub fn layouts(&self) -> Vec<&str> {
        self.names("templates/layouts/", ".yaml")
    }

    /// The names of all components.
    pub fn components(&self) -> Vec<&str> {
        self.names("templates/components/", "/component.yaml")
    }

    /// Reads a preset, put together with those that it extends.
    ///
    /// # Errors
    /// There is none of that name, or it has mistakes.
    pub fn preset(&self, name: &str) -> Result<Named<Preset>> {
        Self::known("preset", name, &self.presets())?;
        extend::read(&self.layers, name)
    }

    /// Reads a layout.
    ///
    /// # Errors
    /// There is none of that name, or it has mistakes.
    pub fn layout(&self, name: &str) -> Result<Arc<Named<Layout>>> {
        Self::known("layout", name, &self.layouts())?;
        self.load(&format!("templates/layouts/{name}.yaml"))
    }

    /// Reads the manifest of a component.
    ///
    /// # Errors
    /// There is none of that name, or it has mistakes.
    pub fn component(&self, name: &str) -> Result<Arc<Named<Component>>> {
        Self::known("component", name, &self.components())?;
        self.load(&format!("templates/components/{name}/component.yaml"))
    }

    /// Reads the vocabulary of roles: that of the lowest layer, and what further ones add.
    ///
    /// # Errors
    /// It is missing or has mistakes.
    pub fn roles(&self) -> Result<Arc<Named<Roles>>> {
        self.joined("templates/roles.yaml")
    }

    /// Reads the versions; those of further layers outrank those below.
    ///
    /// # Errors
    /// They are missing or have mistakes.
    pub fn versions(&self) -> Result<Arc<Named<Versions>>> {
        self.joined("templates/versions.yaml")
    }

    /// A file that every layer may have: a map of maps, whose entries join.
    fn joined<T: Manifest>(&self, path: &str) -> Result<Arc<Loaded<T>>> {
        self.documents.once(path, || {
            let mut sources: Vec<Source> =
                self.layers.iter().rev().filter_map(|it| it.source(path)).collect();
            let Some(lowest) = sources.pop().filter(|_| !sources.is_empty()) else {
                return yaml::load(&self.source(path)?);
            };
            let mut root = yaml::parse(&lowest)?.shifted(sources.len());
            for (at, source) in sources.iter().enumerate().rev() {
                let part = yaml::parse(source)?;
                yaml::check_part::<T>(&part, source)?;
                root = yaml::joined(&root, &part.shifted(at), 2);
            }
            sources.push(lowest);
            yaml::whole(root, &sources)
        })
    }

    /// The examples beside the template at `path`, if there are any.
    ///
    /// # Errors
    /// They have mistakes.
    pub fn examples(&self, path: &str) -> Option<Result<Arc<Named<Examples>>>> {
        let path = format!("{}{EXAMPLES}", target_name(path));
        self.file(&path).is_some().then(|| self.load(&path))
    }

    /// The paths of all examples of a component, with those of the templates that they stand beside.
    pub fn sidecars(&self, component: &str) -> Vec<(String, Option<String>)> {
        let paths = self.below(&format!("templates/components/{component}/"));
        let template = |sidecar: &str| {
            let stem = sidecar.strip_suffix(EXAMPLES).unwrap_or(sidecar);
            paths.iter().find(|path| **path != stem && target_name(path) == stem).map(ToString::to_string)
        };
        let sidecars = paths.iter().filter(|path| path.ends_with(EXAMPLES));
        sidecars.map(|path| (path.to_string(), template(path))).collect()
    }

    /// The files of a component below `folder` (`files` or `slots`), sorted.
    pub fn entries(&self, component: &str, folder: &str) -> Vec<Entry> {
        let prefix = format!("templates/components/{component}/{folder}/");
        self.below(&prefix)
            .into_iter()
            .filter(|path| !path.ends_with(EXAMPLES))
            .map(|path| Entry {
                source: path.to_owned(),
                name: target_name(&path[prefix.len()..]).to_owned(),
            })
            .collect()
    }

    /// The templates that others include, each under its path below `templates/partials`.
    pub fn partials(&self) -> Vec<Entry> {
        const PREFIX: &str = "templates/partials/";
        let entry = |path: &str| Entry { source: path.to_owned(), name: path[PREFIX.len()..].to_owned() };
        self.below(PREFIX).into_iter().map(entry).collect()
    }

    /// The fragment of `pyproject.toml` of a component, if it has one.
    pub fn pyproject_fragment(&self, component: &str) -> Option<Entry> {
        let source = format!("templates/components/{component}/pyproject.toml.j2");
        self.file(&source).is_some().then(|| Entry { source, name: "pyproject.toml".to_owned() })
    }

    /// The bytes of a file.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.file(path).map(|(_, bytes)| bytes.as_ref())
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

    fn load<T: Manifest>(&self, path: &str) -> Result<Arc<Loaded<T>>> {
        self.documents.once(path, || yaml::load(&self.source(path)?))
    }

    /// A path of the catalog as shown in messages.
    pub fn shown(&self, path: &str) -> String {
        let layer = self.file(path).map(|(layer, _)| layer).or(self.layers.first());
        layer.map_or_else(|| path.to_owned(), |layer| layer.shown(path))
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

    /// A file, and the layer that it is taken from.
    fn file(&self, path: &str) -> Option<(&Arc<Layer>, &Bytes)> {
        let component = layer::component(path);
        let owns = |layer: &Layer| component.is_some_and(|name| layer.has_component(name));
        let mut layers = self.layers.iter().rev();
        let layer = layers.find(|layer| layer.files.contains_key(path) || owns(layer))?;
        Some((layer, layer.files.get(path)?))
    }

    /// The paths that begin with `prefix`, sorted.
    fn below(&self, prefix: &str) -> Vec<&str> {
        let mut paths: Vec<&str> =
            self.layers.iter().flat_map(|layer| layer.below(prefix)).map(|(path, _)| path).collect();
        if self.layers.len() > 1 {
            paths.sort_unstable();
            paths.dedup();
            paths.retain(|path| self.file(path).is_some());
        }
        paths
    }
}

/// The name without the suffix of a template.
fn target_name(name: &str) -> &str {
    name.strip_suffix(".sq.j2").or_else(|| name.strip_suffix(".j2")).unwrap_or(name)
}
