//! Files that several components share: `pyproject.toml` and the slots.

mod merge;
pub mod pyproject;
pub mod slots;
