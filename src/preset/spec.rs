//! What a user writes to mean a preset.

use crate::error::{Error, Result};

/// A preset as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spec {
    /// By its name: a built-in one, or one of the user's own.
    Name(String),
    /// By a path, of a file or of a folder with presets.
    Path {
        /// The path.
        path: String,
        /// The preset in that folder.
        preset: Option<String>,
    },
}

impl Spec {
    /// Reads what a user wrote.
    ///
    /// # Errors
    /// It can mean no preset.
    pub fn parse(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Err(Error::usage("a preset has to have a name"));
        }
        let is_path = text.contains(['/', '\\']) || text.starts_with('.') || is_yaml(text);
        if !is_path {
            return Ok(Self::Name(text.to_owned()));
        }
        Ok(match text.rsplit_once('#') {
            Some((path, preset)) if !preset.is_empty() && !preset.contains(['/', '.']) => {
                Self::Path { path: path.to_owned(), preset: Some(preset.to_owned()) }
            }
            _ => Self::Path { path: text.to_owned(), preset: None },
        })
    }
}

fn is_yaml(text: &str) -> bool {
    text.ends_with(".yaml") || text.ends_with(".yml")
}
