//! Where the package lies in a drawn tree.

use super::data::Data;
use crate::facts::Tree;

/// The package of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Root {
    /// The folder as a layout writes it: `src/{package}`, `{package}`, `app`.
    pub(super) package: String,
    /// What the paths of its entries begin with, without a slash at the end; may be empty.
    pub(super) prefix: String,
    /// Why the package does not lie where the tree has it.
    pub(super) moved: Option<&'static str>,
}

/// The package of `tree`, if one can be told.
pub(super) fn find(tree: &Tree, data: &Data) -> Option<Root> {
    let at = |package: &str, prefix: &str, moved| {
        Some(Root { package: package.to_owned(), prefix: prefix.to_owned(), moved })
    };
    if let Some(prefix) = tree.entries.iter().find_map(|entry| placeholder(&entry.path)) {
        return match prefix {
            "src/{pkg}" => at("src/{package}", prefix, None),
            "{pkg}" => at("{package}", prefix, None),
            _ => at("src/{package}", prefix, Some("the package is put in `src/`, where tools look for it")),
        };
    }
    if has_folder(tree, "src") {
        return in_src(tree, data);
    }
    if has_folder(tree, "app") {
        return at("app", "app", None);
    }
    let modules = children(tree, "").filter(|(name, folder)| !folder && is_module(name)).count();
    if modules >= 2 {
        return at(
            "{package}",
            "",
            Some("modules without a package cannot be installed; they are put in one"),
        );
    }
    let folders: Vec<&str> = children(tree, "")
        .filter(|(name, folder)| *folder && !data.beside.iter().any(|it| it == name))
        .map(|(name, _)| name)
        .filter(|name| children(tree, name).any(|(child, folder)| !folder && child.ends_with(".py")))
        .collect();
    match folders.as_slice() {
        [only] => at("{package}", only, None),
        _ => None,
    }
}

fn in_src(tree: &Tree, data: &Data) -> Option<Root> {
    let loose = children(tree, "src").any(|(name, folder)| !folder && is_module(name));
    let folders: Vec<&str> = children(tree, "src").filter(|it| it.1).map(|it| it.0).collect();
    if let ([only], false) = (folders.as_slice(), loose)
        && (data.folder_role(only).is_none() || *only == "app")
    {
        let package = if *only == "app" { "src/app" } else { "src/{package}" };
        return Some(Root { package: package.to_owned(), prefix: format!("src/{only}"), moved: None });
    }
    let app = folders.contains(&"app") && children(tree, "src/app").any(|(name, _)| name.ends_with(".py"));
    if app {
        return Some(Root { package: "src/app".to_owned(), prefix: "src/app".to_owned(), moved: None });
    }
    let moved =
        Some("a package called `src` cannot be installed beside others; the code stands one folder deeper");
    Some(Root { package: "src/{package}".to_owned(), prefix: "src".to_owned(), moved })
}

/// The path up to the component that stands for the package.
fn placeholder(path: &str) -> Option<&str> {
    let at = path.find("{pkg}")?;
    let end = at + "{pkg}".len();
    let whole =
        (at == 0 || path[..at].ends_with('/')) && matches!(path.as_bytes().get(end), None | Some(b'/'));
    whole.then_some(&path[..end])
}

fn has_folder(tree: &Tree, path: &str) -> bool {
    tree.entries.iter().any(|entry| entry.folder && entry.path == path)
}

/// Names directly in `folder`, and whether they are folders.
fn children<'a>(tree: &'a Tree, folder: &'a str) -> impl Iterator<Item = (&'a str, bool)> {
    tree.entries.iter().filter_map(move |entry| {
        let rest = if folder.is_empty() {
            entry.path.as_str()
        } else {
            entry.path.strip_prefix(folder)?.strip_prefix('/')?
        };
        (!rest.is_empty() && !rest.contains('/')).then_some((rest, entry.folder))
    })
}

fn is_module(name: &str) -> bool {
    name.ends_with(".py") && !matches!(name, "__init__.py" | "manage.py" | "setup.py" | "conftest.py")
}
