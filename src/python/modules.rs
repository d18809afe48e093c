//! Which modules belong to the project, found in its tree as ruff would find them on the disk.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use ruff_python_stdlib::identifiers::is_identifier;

/// The project's own modules and packages.
#[derive(Debug, Clone, Default)]
pub(crate) struct Modules {
    /// Names that are the project's, with everything below them.
    names: Vec<String>,
    /// Every file, when the whole tree is known.
    files: Option<BTreeSet<String>>,
}

impl Modules {
    /// The modules called `names`.
    pub(crate) fn named(names: &[String]) -> Self {
        Self { names: names.to_vec(), files: None }
    }

    /// The modules among the files of a project.
    pub(crate) fn in_tree<'a>(paths: impl IntoIterator<Item = &'a str>) -> Self {
        Self { names: vec![], files: Some(paths.into_iter().map(str::to_owned).collect()) }
    }

    /// Patterns for isort: first-party, and what looks first-party but is not.
    ///
    /// Ruff looks for each imported module on the disk. A folder without `__init__.py` that has the name of a
    /// library (`alembic/` with the migrations, `docker/` with the Dockerfile) makes `alembic` first-party, but
    /// `alembic.config` third-party, since no such file is there.
    pub(crate) fn known(&self, roots: &[PathBuf]) -> (Vec<String>, Vec<String>) {
        let Some(files) = &self.files else {
            return (self.names.clone(), vec![]);
        };
        let mut first = BTreeSet::new();
        let mut third = BTreeSet::new();
        for path in files {
            for root in roots {
                let Ok(below) = Path::new(path).strip_prefix(root) else { continue };
                if roots.iter().any(|other| {
                    other != root && Path::new(path).starts_with(other) && other.starts_with(root)
                }) {
                    // `src` itself could be imported, but nobody does.
                    continue;
                }
                self.add(root, below, &mut first, &mut third);
            }
        }
        (first.into_iter().collect(), third.into_iter().collect())
    }

    fn add(&self, root: &Path, below: &Path, first: &mut BTreeSet<String>, third: &mut BTreeSet<String>) {
        let parts: Vec<&str> = below.iter().filter_map(|part| part.to_str()).collect();
        let Some((top, rest)) = parts.split_first() else { return };
        if rest.is_empty() {
            if let Some(module) = python_module(top) {
                first.insert(module.to_owned());
            }
            return;
        }
        if !is_identifier(top) {
            return;
        }
        first.insert((*top).to_owned());
        if self.is_package(&root.join(top)) {
            return;
        }
        third.insert(format!("{top}.*"));
        let mut dotted = (*top).to_owned();
        for (at, part) in rest.iter().enumerate() {
            let name = if at + 1 == rest.len() { python_module(part) } else { Some(*part) };
            let Some(name) = name.filter(|name| is_identifier(name)) else { return };
            dotted = format!("{dotted}.{name}");
            first.insert(dotted.clone());
        }
    }

    fn is_package(&self, folder: &Path) -> bool {
        let marker = folder.join("__init__.py");
        match (&self.files, marker.to_str()) {
            (Some(files), Some(marker)) => files.contains(marker),
            _ => false,
        }
    }

    /// The outermost package that the file at `path` is in.
    pub(crate) fn package_root(&self, path: &str) -> Option<PathBuf> {
        let folder = Path::new(path).parent()?;
        if self.files.is_some() {
            let unbroken = folder.ancestors().take_while(|folder| self.is_package(folder));
            return unbroken.last().map(Path::to_owned);
        }
        let named = |folder: &&Path| {
            let name = folder.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| self.names.iter().any(|own| own == name))
        };
        folder.ancestors().filter(named).last().map(Path::to_owned)
    }
}

fn python_module(file: &str) -> Option<&str> {
    file.strip_suffix(".py").or_else(|| file.strip_suffix(".pyi")).filter(|stem| is_identifier(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roots() -> Vec<PathBuf> {
        vec![PathBuf::new(), PathBuf::from("src")]
    }

    #[test]
    fn a_folder_without_marker_claims_only_what_it_holds() {
        let files = [
            "src/shop/__init__.py",
            "src/shop/api/app.py",
            "tests/__init__.py",
            "alembic/env.py",
            "alembic/versions/0001_users.py",
            "docker/Dockerfile",
            ".github/workflows/ci.yml",
            "noxfile.py",
            "README.md",
        ];
        let (first, third) = Modules::in_tree(files).known(&roots());
        let expected = ["alembic", "alembic.env", "alembic.versions", "docker", "noxfile", "shop", "tests"];
        assert_eq!(first, expected);
        assert_eq!(third, ["alembic.*", "docker.*"]);
    }

    #[test]
    fn the_package_root_is_the_outermost_unbroken_one() {
        let files =
            ["src/shop/__init__.py", "src/shop/api/__init__.py", "src/shop/api/app.py", "alembic/env.py"];
        let tree = Modules::in_tree(files);
        assert_eq!(tree.package_root("src/shop/api/app.py"), Some(PathBuf::from("src/shop")));
        assert_eq!(tree.package_root("alembic/env.py"), None);
        let named = Modules::named(&["shop".to_owned()]);
        assert_eq!(named.package_root("src/shop/api/app.py"), Some(PathBuf::from("src/shop")));
        assert_eq!(named.package_root("noxfile.py"), None);
    }
}
