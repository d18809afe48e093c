//! One test binary: what a user of the program sees, and the architecture.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::pedantic,
    missing_docs,
    reason = "these are tests"
)]

mod bench;
mod catalog;
mod catalogue;
mod distill;
mod docs;
mod errors;
mod examples;
mod faults;
mod help;
mod history;
mod json;
mod lint;
mod names;
mod new;
mod persona;
mod presets;
mod readme;
mod rules;
mod sharing;
mod tidy;
mod wizard;
