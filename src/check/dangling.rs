//! Imports of modules that the project does not have.

use super::Subject;
use crate::relpath::RelPath;

/// The first-party modules that are imported and not there, each with the file that imports it.
pub fn dangling(subject: &Subject<'_>) -> Vec<(String, String)> {
    let root = subject.root();
    let folder = root.rsplit_once('/').map_or("", |(above, _)| above);
    let mut found = vec![];
    for (path, outline) in subject.outlines(&[], &[]) {
        for import in outline.imports.iter().filter(|it| it.level == 0) {
            let mut parts = import.module.split('.');
            let base = match parts.next() {
                Some("tests") => "",
                Some(first) if first == subject.package && !root.is_empty() => folder,
                _ => continue,
            };
            if !is_there(subject, base, &import.module.replace('.', "/")) {
                found.push((path.to_string(), import.module.clone()));
            }
        }
    }
    found
}

/// Whether a module, or a folder of modules, is at a place.
fn is_there(subject: &Subject<'_>, base: &str, module: &str) -> bool {
    let stem = if base.is_empty() { module.to_owned() } else { format!("{base}/{module}") };
    let file = RelPath::new(format!("{stem}.py")).is_ok_and(|path| subject.tree.contains_key(&path));
    let below = format!("{stem}/");
    file || subject.tree.keys().any(|path| path.as_str().starts_with(&below))
}
