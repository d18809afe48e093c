//! YAML into types: a guarded reading with places, so that every mistake can be shown where it is.

mod node;
mod scalar;
mod schema;

use std::{
    any::TypeId,
    sync::{Arc, Mutex, PoisonError},
};

use schemars::{JsonSchema, Schema};
use serde::de::DeserializeOwned;

pub use node::{Key, Kind, MAX_BYTES, MAX_DEPTH, MAX_NODES, Node};

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
    /// The same document as nodes with byte ranges.
    pub root: Node,
}

/// Reads a document into `T`, whose schema names what is allowed.
///
/// # Errors
/// All mistakes at once, each with its place: broken YAML, anchors, tags, doubled keys, unknown keys, missing
/// keys, values of the wrong type.
pub fn load<T: DeserializeOwned + JsonSchema + 'static>(source: &Source) -> Result<Loaded<T>> {
    let root = parse(source)?;
    let schema = schema_of::<T>();
    let mistakes = schema::check(schema.as_value(), source, &root);
    if !mistakes.is_empty() {
        return Err(Error::mistakes(Class::Rejected, mistakes));
    }
    let value = serde_yaml::from_str(&source.text).map_err(|error| misfit(source, &error))?;
    Ok(Loaded { value, source: source.clone(), root })
}

/// The schema of `T`. It is made once: of a component it has hundreds of parts, and a project reads dozens of them.
fn schema_of<T: JsonSchema + 'static>() -> Arc<Schema> {
    static MADE: Mutex<Vec<(TypeId, Arc<Schema>)>> = Mutex::new(vec![]);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let known = made.iter().find(|(id, _)| *id == TypeId::of::<T>());
    known.map(|(_, schema)| Arc::clone(schema)).unwrap_or_else(|| {
        let schema = Arc::new(schemars::schema_for!(T));
        made.push((TypeId::of::<T>(), Arc::clone(&schema)));
        schema
    })
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

/// A document that fits the schema but not the type.
fn misfit(source: &Source, error: &serde_yaml::Error) -> Mistake {
    let mut message = error.to_string();
    let at = error.location().map_or(0, |place| {
        if let Some(tail) = message.rfind(" at line ") {
            message.truncate(tail);
        }
        source.offset(place.line(), place.column())
    });
    Mistake::new("yaml-type", message, source, source.word(at))
}

impl<T> Loaded<T> {
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
        Mistake::new(rule, title, &self.source, self.node(path).span.clone())
    }

    /// A mistake at the key that ends `path`.
    pub fn mistake_at_key(&self, rule: &'static str, title: impl Into<String>, path: &[&str]) -> Mistake {
        let span = match path.split_last() {
            Some((last, above)) => self.node(above).key(last).map(|key| key.span.clone()),
            None => None,
        };
        let span = span.unwrap_or_else(|| self.node(path).span.clone());
        Mistake::new(rule, title, &self.source, span)
    }
}
