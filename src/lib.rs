//! `scaffold` makes persona documents run: it turns a preset into a project that works at once.
//!
//! ```text
//! preset + answers ─▶ plan ─▶ template ─▶ compose + python ─▶ tree ─▶ disk ─▶ gates
//! ```
//!
//! Modules are declared in reading order; each may use only the ones above it (`tests/it/tidy.rs` holds that).

pub mod parallel;
pub mod relpath;
pub mod source;
pub mod tree;
pub mod error;
pub mod work;
pub mod yaml;
pub mod toml;
pub mod facts;
pub mod preset;
pub mod answers;
pub mod hash;
pub mod gate;
pub mod record;

pub mod persona;
pub mod python;
pub mod template;
pub mod plan;
pub mod compose;
pub mod render;
pub mod distill;
pub mod check;
pub mod space;
pub mod proof;
pub mod lint;

pub mod disk;
pub mod gates;
pub mod catalog;

pub mod ops;

pub mod cli;
