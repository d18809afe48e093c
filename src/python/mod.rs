//! Pure functions over Python text; the only home of ruff's crates.

pub mod names;
mod latin;
pub mod docstring;
pub mod requirement;
pub mod fault;
pub mod imports;
mod aliases;
mod bindings;
pub mod join;
pub mod unite;
mod modules;
mod settings;
mod fixes;
pub mod tidy;
pub mod lint;
pub mod outline;

#[cfg(test)]
mod join_tests;
#[cfg(test)]
mod tidy_tests;
