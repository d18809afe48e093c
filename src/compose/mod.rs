//! Files that several components share: `pyproject.toml` and the slots.

pub mod document;
mod merge;
pub mod pyproject;
pub mod slots;
