//! Where presets come from: the program, folders, single files and git repositories.

mod embedded;
mod folder;
mod shelf;
mod trust;

pub use embedded::{embedded, prepare};
pub use folder::{around, folder, with_folder, with_preset, with_user};
pub use shelf::{Opened, Places, Shelf};
