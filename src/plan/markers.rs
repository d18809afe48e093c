//! Package markers: the `__init__.py` files, which belong to the layout.

use std::collections::{BTreeMap, BTreeSet};

use super::Planned;
use crate::{
    error::{Class, Error, Result},
    preset::{Layout, Named},
    python::names::Names,
    relpath::RelPath,
};

/// An `__init__.py` to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// Its path.
    pub path: RelPath,
    /// What its package is for.
    pub docstring: String,
}

/// The markers of all package folders: those the layout lists, and those that hold a module.
pub(super) fn all(
    layout: &Named<Layout>,
    files: &[Planned],
    names: &Names,
    description: &str,
) -> Result<Vec<Marker>> {
    let root = layout.value.package.replace("{package}", &names.package);
    let fill = |text: &str| text.replace("{package}", &names.package).replace("{description}", description);
    let stated: BTreeMap<String, String> =
        layout.value.markers.iter().map(|(folder, text)| (absolute(folder, &root), fill(text))).collect();
    let tops: BTreeSet<&str> =
        stated.keys().map(|folder| top(folder, &root)).chain([root.as_str()]).collect();
    let mut folders: BTreeSet<String> = layout
        .value
        .markers
        .keys()
        .filter(|folder| !layout.value.optional.contains(folder))
        .map(|folder| absolute(folder, &root))
        .collect();
    for file in files.iter().filter(|file| file.path.has_extension("py")) {
        let mut folder = file.path.parent();
        while let Some(name) = folder {
            if tops.iter().any(|top| name == *top || name.starts_with(&format!("{top}/"))) {
                folders.insert(name.to_owned());
            }
            folder = name.rsplit_once('/').map(|(above, _)| above);
        }
    }
    let own: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    folders
        .into_iter()
        .filter(|folder| !own.contains(format!("{folder}/__init__.py").as_str()))
        .map(|folder| marker(&folder, &stated))
        .collect()
}

fn marker(folder: &str, stated: &BTreeMap<String, String>) -> Result<Marker> {
    let path = RelPath::new(format!("{folder}/__init__.py"))
        .map_err(|reason| Error::new(Class::Rejected, format!("the package folder `{folder}` {reason}")))?;
    let name = folder.rsplit('/').next().unwrap_or(folder);
    let docstring = stated.get(folder).cloned().unwrap_or_else(|| {
        let mut words = name.replace('_', " ");
        if let Some(first) = words.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        format!("{words}.")
    });
    Ok(Marker { path, docstring })
}

fn absolute(folder: &str, root: &str) -> String {
    match folder.strip_prefix('/') {
        Some(from_root) => from_root.to_owned(),
        None if folder.is_empty() => root.to_owned(),
        None => format!("{root}/{folder}"),
    }
}

/// The folder at the top of the package tree that `folder` belongs to.
fn top<'a>(folder: &'a str, root: &'a str) -> &'a str {
    if folder == root || folder.starts_with(&format!("{root}/")) {
        root
    } else {
        folder.split('/').next().unwrap_or(folder)
    }
}
