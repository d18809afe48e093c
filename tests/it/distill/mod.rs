//! Documents into presets and projects.

mod again;
mod corpus;
mod kinds;
mod overlays;
mod reach;
mod reports;
mod why;
