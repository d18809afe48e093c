//! The disk: the only place that touches files and starts programs.
//!
//! Two ways lead to a project. [`create`] makes a new folder by one rename, [`into`] fills a folder
//! that is already there by a journal. Both stage everything first, and neither leaves a half-made
//! project that the next run does not finish or remove.
#![allow(clippy::disallowed_methods, reason = "this is the module that the ban points to")]

mod status;
pub mod stop;
pub mod read;
pub mod run;
pub mod room;
pub mod git;
pub mod fetch;
pub mod target;
pub mod watch;
mod handle;
mod stage;
mod sweep;
mod journal;
pub mod into;
pub mod create;
mod write;

pub use create::{create, sweep_beside};
pub use read::{Limits, read_bytes, read_plain, read_text, read_tree};
pub use stop::Stop;
pub use target::Target;
pub use write::{overwrite, remove, replace, write_beside, write_new};

#[cfg(test)]
mod tests;
