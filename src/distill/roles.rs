//! The entries of a tree as roles: by name, and by the comment beside it.

use indexmap::IndexMap;

use super::{data::Data, root::Root};
use crate::{facts::Tree, relpath::RelPath};

/// An entry of the package, by its path inside it.
#[derive(Debug, Clone)]
pub(super) struct Inside<'a> {
    pub(super) path: &'a str,
    pub(super) folder: bool,
    pub(super) comment: &'a str,
    pub(super) line: usize,
}

/// A role found in the tree.
#[derive(Debug, Clone)]
pub(super) struct Mapped {
    /// The pattern.
    pub(super) pattern: String,
    /// The line of the entry.
    pub(super) line: usize,
    pub(super) rank: usize,
}

/// Folders whose modules may play a role of their own.
const OPEN: [&str; 8] = ["", "domain", "adapters", "api", "settings", "database", "utils", "app"];

/// The entries inside of the package that can be created and hold no placeholder.
pub(super) fn inside<'a>(tree: &'a Tree, root: &Root, data: &Data) -> Vec<Inside<'a>> {
    let below = |path: &'a str| {
        if root.prefix.is_empty() {
            let top = path.split('/').next().unwrap_or(path);
            return (!data.beside.iter().any(|it| it == top)).then_some(path);
        }
        path.strip_prefix(&root.prefix)?.strip_prefix('/')
    };
    let fits = |path: &str| RelPath::new(path).is_ok() && !path.contains(['{', '}', '[', '<']);
    tree.entries
        .iter()
        .filter_map(|entry| {
            let path = below(&entry.path)?;
            fits(path).then_some(Inside {
                path,
                folder: entry.folder,
                comment: &entry.comment,
                line: entry.line,
            })
        })
        .collect()
}

/// The roles of `entries`; `tables` says that `models` are tables of a database.
pub(super) fn map(entries: &[Inside<'_>], data: &Data, tables: bool) -> IndexMap<String, Mapped> {
    let mut found: IndexMap<String, Mapped> = IndexMap::new();
    for entry in entries {
        let Some((role, rank)) = role(entry, entries, data, tables) else { continue };
        let pattern = if entry.folder {
            format!("{}/{}.py", entry.path, stem(entry.path, entries, data))
        } else {
            entry.path.to_owned()
        };
        let mapped = Mapped { pattern, line: entry.line, rank };
        match found.get(&role) {
            Some(known) if known.rank <= rank => {}
            _ => {
                found.insert(role, mapped);
            }
        }
    }
    complete(&mut found);
    found
}

fn role(entry: &Inside<'_>, entries: &[Inside<'_>], data: &Data, tables: bool) -> Option<(String, usize)> {
    let (parent, name) = entry.path.rsplit_once('/').unwrap_or(("", entry.path));
    let depth = entry.path.matches('/').count();
    let above = data.folder_role(parent.rsplit('/').next().unwrap_or(parent)).unwrap_or("");
    let stem = if entry.folder { name } else { name.strip_suffix(".py")? };
    if parent.split('/').any(|part| part == "tests") || matches!(stem, "__init__" | "tests") {
        return None;
    }
    let found = if entry.folder { data.folder_role(stem) } else { data.module_role(stem) };
    let open = entry.folder || parent.is_empty() || OPEN.contains(&above) || above.is_empty();
    let role = match found.filter(|_| open) {
        Some("app") if !(parent.is_empty() || above == "api") => return None,
        Some("tables") if above == "domain" || !tables => "entities",
        Some(role) => role,
        None if entry.folder => data.comment_role(entry.comment)?,
        None => return None,
    };
    // A module inside of a folder that plays the same role is an example of it.
    let own = !entry.folder && above == role && role != "settings" && role != "database";
    let listed = data.folders.get(role).and_then(|names| names.iter().position(|it| it == stem)).unwrap_or(9);
    let is_route = role == "routes" && entry.folder && has_nested_endpoints(entry.path, entries);
    (!own && !is_route).then(|| (role.to_owned(), listed * 4 + depth.min(3)))
}

/// Whether a deeper folder holds the endpoints.
fn has_nested_endpoints(path: &str, entries: &[Inside<'_>]) -> bool {
    let deeper = format!("{path}/endpoints");
    entries.iter().any(|it| it.folder && it.path == deeper)
}

/// `{name}`, with the ending that all modules of the folder share: `{name}_service`.
fn stem(folder: &str, entries: &[Inside<'_>], data: &Data) -> String {
    let modules: Vec<&str> = entries
        .iter()
        .filter_map(|it| it.path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".py"))
        .filter(|name| !name.contains('/') && !matches!(*name, "__init__" | "base"))
        .collect();
    let ending = modules.first().and_then(|name| name.rsplit_once('_')).map(|(_, ending)| ending);
    match ending {
        Some(ending)
            if data.endings.iter().any(|it| it == ending)
                && modules.iter().all(|name| name.ends_with(&format!("_{ending}"))) =>
        {
            format!("{{name}}_{ending}")
        }
        _ => "{name}".to_owned(),
    }
}

/// What follows from the roles found: places beside them rather than in a folder of our own.
fn complete(found: &mut IndexMap<String, Mapped>) {
    for (from, role) in [("repositories", "memory"), ("services", "ports")] {
        let Some(mapped) = found.get(from) else { continue };
        if let Some((folder, file)) = mapped.pattern.rsplit_once('/')
            && file.contains("{name}")
        {
            let beside =
                Mapped { pattern: format!("{folder}/{role}.py"), line: mapped.line, rank: usize::MAX };
            found.entry(role.to_owned()).or_insert(beside);
        }
    }
    // One module for helpers holds those that keep secrets, too: beside it, nothing would say that all may use them.
    if let Some(utils) = found.get("utils").filter(|it| !it.pattern.contains("{name}")).cloned() {
        found.entry("security".to_owned()).or_insert(Mapped { rank: usize::MAX, ..utils });
    }
    // Routers beside the application, without a folder for the interface: the rest stands beside it, too.
    if let (Some(routes), None) = (found.get("routes"), found.get("api")) {
        let pattern = match routes.pattern.split_once('/') {
            Some((top, rest)) if rest.contains('/') => format!("{top}/{{name}}.py"),
            _ => "{name}.py".to_owned(),
        };
        let beside = Mapped { pattern, line: routes.line, rank: usize::MAX };
        found.insert("api".to_owned(), beside);
    }
}
