//! YAML into types: a guarded reading with places, so that every mistake can be shown where it is.

mod de;
mod join;
mod node;
mod scalar;
mod schema;

use std::{
    any::TypeId,
    sync::{Arc, Mutex, PoisonError},
};

use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;

pub use join::joined;
pub use node::{Key, Kind, MAX_BYTES, MAX_DEPTH, MAX_NODES, Node};

use schema::Extent;
pub(crate) use schema::NEEDED;

use crate::{
    error::{Class, Error, Mistake, Result},
    source::Source,
};

/// A value read from a file, together with the places of its parts.
#[derive(Debug, Clone)]
pub struct Loaded<T> {
    /// The value.
    pub value: T,
    /// The file.
    pub source: Source,
    /// The files of further parts, where a document is put together from several.
    pub further: Vec<Source>,
    /// The same document as nodes with byte ranges.
    pub root: Node,
}

/// Reads a document into `T`, whose schema names what is allowed.
///
/// # Errors
/// All mistakes at once, each with its place: broken YAML, anchors, tags, doubled keys, unknown keys, missing
/// keys, values of the wrong type.
pub fn load<T: DeserializeOwned + JsonSchema + 'static>(source: &Source) -> Result<Loaded<T>> {
    whole(parse(source)?, std::slice::from_ref(source))
}

/// Checks that the nodes `root`, read from `source`, state a part of a `T`.
///
/// # Errors
/// As [`load`], but for keys that are missing.
pub fn check_part<T: JsonSchema + 'static>(root: &Node, source: &Source) -> Result<()> {
    check::<T>(root, std::slice::from_ref(source), Extent::Part)
}

/// The nodes `root`, put together from the files `sources`, as a `T`.
///
/// # Errors
/// As [`load`].
pub fn whole<T: DeserializeOwned + JsonSchema + 'static>(
    root: Node,
    sources: &[Source],
) -> Result<Loaded<T>> {
    let Some((first, further)) = sources.split_first() else {
        return Err(Error::new(Class::Rejected, "a document of no files"));
    };
    // A schema finds all mistakes, but is slow to make and to compare: only where there may be one.
    let value = de::read_flawless(&root).map_or_else(|| thoroughly(&root, sources, first), Ok)?;
    Ok(Loaded { value, source: first.clone(), further: further.to_vec(), root })
}

/// The nodes `root` as a `T`, or everything that is wrong with them.
fn thoroughly<T: DeserializeOwned + JsonSchema + 'static>(
    root: &Node,
    sources: &[Source],
    first: &Source,
) -> Result<T> {
    check::<T>(root, sources, Extent::Whole)?;
    de::read(root).map_err(|misfit| {
        let node = misfit.node.unwrap_or(root);
        let source = sources.get(node.file).unwrap_or(first);
        Mistake::new("yaml-type", misfit.message, source, source.word(node.span.start)).into()
    })
}

fn check<T: JsonSchema + 'static>(root: &Node, sources: &[Source], extent: Extent) -> Result<()> {
    let mistakes = schema::check(schema_of::<T>().as_value(), sources, root, extent);
    if mistakes.is_empty() { Ok(()) } else { Err(Error::mistakes(Class::Rejected, mistakes)) }
}

/// Whether `root`, read from `source`, is read as a `T` without its schema, and whether that has nothing to say.
#[cfg(test)]
pub(crate) fn opinions<T: DeserializeOwned + JsonSchema + 'static>(
    root: &Node,
    source: &Source,
) -> (bool, bool) {
    let agrees = check::<T>(root, std::slice::from_ref(source), Extent::Whole).is_ok();
    (de::read_flawless::<T>(root).is_some(), agrees)
}

/// The schema of `T`. It is made once: of a component it has hundreds of parts, and a project reads dozens of them.
fn schema_of<T: JsonSchema + 'static>() -> Arc<Schema> {
    static MADE: Mutex<Vec<(TypeId, Arc<Schema>)>> = Mutex::new(vec![]);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, schema)) = made.iter().find(|(id, _)| *id == TypeId::of::<T>()) {
        return Arc::clone(schema);
    }
    let schema = Arc::new(schemars::schema_for!(T));
    made.push((TypeId::of::<T>(), Arc::clone(&schema)));
    schema
}

/// Reads a document as nodes, without a schema.
///
/// # Errors
/// The first place at which the text is no plain YAML document.
pub fn parse(source: &Source) -> Result<Node> {
    node::parse(source).map_err(Error::from)
}

/// Reads a YAML file that others wrote, anchors and all, as values without places.
///
/// # Errors
/// The first place at which the text is no YAML.
pub fn any(source: &Source) -> Result<serde_json::Value, Mistake> {
    serde_yaml::from_str(&source.text).map_err(|error| {
        let place = error.location().map_or(0, |place| source.offset(place.line(), place.column()));
        Mistake::new("yaml-syntax", format!("not valid YAML: {error}"), source, source.word(place))
    })
}

/// Reads `text` into a value, for data that is our own or whose mistakes nobody is shown.
///
/// # Errors
/// The reader's own sentence.
pub fn plain<T: DeserializeOwned>(text: &str) -> std::result::Result<T, String> {
    serde_yaml::from_str(text).map_err(|error| error.to_string())
}

impl<T> Loaded<T> {
    /// The file in which a node stands that is part of this document.
    pub fn source_of(&self, node: &Node) -> &Source {
        self.file(node.file)
    }

    fn file(&self, number: usize) -> &Source {
        number.checked_sub(1).and_then(|at| self.further.get(at)).unwrap_or(&self.source)
    }

    /// All files, the document's own first.
    pub fn sources(&self) -> Vec<Source> {
        std::iter::once(&self.source).chain(&self.further).cloned().collect()
    }

    /// The file and the byte at which the entry at `path` begins: its key, if it has one.
    pub fn start(&self, path: &[&str]) -> (&Source, usize) {
        let key = path.split_last().and_then(|(last, above)| self.node(above).key(last));
        match key {
            Some(key) => (self.file(key.file), key.span.start),
            None => {
                let node = self.node(path);
                (self.source_of(node), node.span.start)
            }
        }
    }

    /// A mistake at a node of this document.
    pub fn mistake_in(&self, rule: &'static str, title: impl Into<String>, node: &Node) -> Mistake {
        Mistake::new(rule, title, self.source_of(node), node.span.clone())
    }

    /// The node at `path`, or the nearest one above it.
    pub fn node(&self, path: &[&str]) -> &Node {
        let mut node = &self.root;
        for step in path {
            match node.get(step) {
                Some(child) => node = child,
                None => break,
            }
        }
        node
    }

    /// A mistake at the value found at `path`.
    pub fn mistake(&self, rule: &'static str, title: impl Into<String>, path: &[&str]) -> Mistake {
        self.mistake_in(rule, title, self.node(path))
    }

    /// A mistake at the key that ends `path`.
    pub fn mistake_at_key(&self, rule: &'static str, title: impl Into<String>, path: &[&str]) -> Mistake {
        let key = path.split_last().and_then(|(last, above)| self.node(above).key(last));
        match key {
            Some(key) => Mistake::new(rule, title, self.file(key.file), key.span.clone()),
            None => self.mistake(rule, title, path),
        }
    }
}
