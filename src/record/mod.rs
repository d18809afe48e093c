//! The record of a project: what it was made from, and what it was when it was made.
//!
//! It lies in `.scaffold/`: `project.yaml` for people, and the base tree beside it, stored by content.

pub(crate) mod yaml;
mod project;
mod origins;
mod base;

pub use base::base;
pub use origins::{Asked, Origins, origins};
pub use project::{Answer, PersonaSource, PresetSource, Record, Value, read};

use crate::{
    error::{Class, Error, Result},
    relpath::RelPath,
    tree::{File, Tree},
};

/// The folder of the record, in the project.
pub const FOLDER: &str = ".scaffold";

/// Reads a file of the project, `None` when it is not there.
pub type Lookup<'a> = &'a dyn Fn(&RelPath) -> Result<Option<Vec<u8>>>;

/// `tree` with the record of `project`, whose base it is. A record that `tree` holds already is replaced.
pub fn with_record(tree: &Tree, project: &Record) -> Tree {
    let prefix = format!("{FOLDER}/");
    let mut tree: Tree = tree
        .iter()
        .filter(|(path, _)| !path.as_str().starts_with(&prefix))
        .map(|(path, file)| (path.clone(), file.clone()))
        .collect();
    let mut record = base::files(&tree);
    record.push(("project.yaml".to_owned(), File::text(project::write(project))));
    if project.origins != Origins::default() {
        record.push((origins::NAME.to_owned(), File::text(origins::write(&project.origins))));
    }
    // Git must not touch line ends here, and nobody wants to see these files in a diff.
    let attributes = "base/** -text -diff linguist-generated\n";
    record.push((".gitattributes".to_owned(), File::text(attributes)));
    for (name, file) in record {
        // The names are ours: digits, letters and dots.
        if let Ok(path) = RelPath::new(format!("{prefix}{name}")) {
            tree.insert(path, file);
        }
    }
    tree
}

/// A look into `tree`, for [`read`] and [`base`].
pub fn within(tree: &Tree) -> impl Fn(&RelPath) -> Result<Option<Vec<u8>>> {
    |path| Ok(tree.get(path).map(|file| file.contents.clone()))
}

/// The file called `name` in the record.
fn required(lookup: Lookup<'_>, name: &str) -> Result<Vec<u8>> {
    let path = format!("{FOLDER}/{name}");
    let path = RelPath::new(path).map_err(|why| damaged(name, &format!("its path {why}")))?;
    lookup(&path)?.ok_or_else(|| damaged(name, "it is missing"))
}

fn damaged(name: &str, why: &str) -> Error {
    Error::new(Class::Refused, format!("the record `{FOLDER}/{name}` cannot be used"))
        .because(why)
        .help(format!("restore `{FOLDER}` from version control"))
}
