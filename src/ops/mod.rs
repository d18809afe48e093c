//! The commands, one file each: every one reads as its pipeline.

pub mod after;
pub mod distill;
pub mod new;
pub mod verify;
pub mod proof;
pub mod starter;
pub mod why;
