//! Pure functions over Python text; the only home of ruff's crates.

mod latin;
pub mod docstring;
pub mod requirement;
pub mod names;
pub mod fault;
pub mod depth;
pub mod imports;
mod leftovers;
mod bindings;
pub mod unite;
pub mod join;
mod modules;
mod settings;
mod fixes;
pub mod tidy;
pub mod tools;
pub mod lint;
mod typed;
mod example;
pub mod documented;
pub mod outline;

#[cfg(test)]
mod documented_tests;
#[cfg(test)]
mod join_tests;
#[cfg(test)]
mod tidy_tests;
