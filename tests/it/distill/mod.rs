//! Documents into presets and projects.

mod again;
mod capabilities;
mod corpus;
mod kinds;
mod overlays;
mod reach;
mod reports;
mod sizes;
mod why;
