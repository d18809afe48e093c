//! Documents into presets and projects.

mod corpus;
mod reports;
mod strict;
mod why;
