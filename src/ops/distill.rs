//! `scaffold distill`: what a persona document states.

use crate::{
    error::{Class, Error, Result},
    facts::Facts,
    persona::{self, Vocabulary},
};

/// Reads the facts of a document called `name`.
///
/// # Errors
/// The document is over the limit.
pub fn facts(name: &str, bytes: &[u8], vocabulary: &Vocabulary) -> Result<Facts> {
    persona::read(bytes, vocabulary).map_err(|refused| {
        Error::new(Class::Limit, format!("`{name}` cannot be read")).because(refused.to_string())
    })
}
