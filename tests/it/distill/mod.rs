//! Documents into presets and projects.

mod again;
mod corpus;
mod kinds;
mod overlays;
mod reports;
mod why;
