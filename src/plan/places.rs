//! Where a layout puts the files of a role.

use indexmap::IndexMap;

use crate::{
    error::{Class, Error, Result, nearest},
    preset::{Layout, Role, Roles},
    python::names::Names,
    relpath::RelPath,
};

/// The places of all roles under one layout, for one package.
#[derive(Debug, Clone)]
pub struct Places {
    package: String,
    root: String,
    roles: IndexMap<String, Role>,
    patterns: IndexMap<String, String>,
}

impl Places {
    /// The places under `layout`.
    ///
    /// # Errors
    /// The layout maps a role that is not in the vocabulary.
    pub fn new(roles: &Roles, layout: &Layout, names: &Names) -> Result<Self> {
        for role in layout.roles.keys() {
            if !roles.roles.contains_key(role) {
                let error = Error::new(
                    Class::Rejected,
                    format!("the layout `{}` maps the unknown role `{role}`", layout.layout),
                );
                let known = roles.roles.keys().map(String::as_str);
                return Err(match nearest(role, known) {
                    Some(best) => error.help(format!("did you mean `{best}`?")),
                    None => error,
                });
            }
        }
        Ok(Self {
            root: layout.package.replace("{package}", &names.package),
            package: names.package.clone(),
            roles: roles.roles.clone(),
            patterns: layout.roles.clone(),
        })
    }

    /// The folder of the package.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The position of a role in the vocabulary: the order of pieces in one module.
    pub fn rank(&self, role: &str) -> usize {
        self.roles.get_index_of(role).unwrap_or(usize::MAX)
    }

    /// Whether all pieces of the role share one file.
    pub fn is_one_module(&self, role: &str) -> bool {
        self.pattern(role).is_ok_and(|pattern| !has_name(&pattern))
    }

    /// The path of the file `file` (a name with its extension) of `role`.
    ///
    /// # Errors
    /// The role is unknown, or the path cannot be created.
    pub fn place(&self, role: &str, file: &str) -> Result<RelPath, String> {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem });
        let pattern = self
            .pattern(role)?
            .replace("{name}", stem)
            .replace("{file}", file)
            .replace("{package}", &self.package);
        let path = match pattern.strip_prefix('/') {
            Some(from_root) => from_root.to_owned(),
            None if self.root.is_empty() => pattern,
            None => format!("{}/{pattern}", self.root),
        };
        RelPath::new(path.as_str()).map_err(|reason| format!("has the path `{path}`, which {reason}"))
    }

    /// The dotted name of the Python module `name` of `role`.
    ///
    /// # Errors
    /// As [`Places::place`], or the place is no Python module.
    pub fn module(&self, role: &str, name: &str) -> Result<String, String> {
        let path = self.place(role, &format!("{name}.py"))?;
        self.dotted(&path).ok_or_else(|| format!("`{path}` is no Python module"))
    }

    /// The dotted name of the Python module at `path`.
    pub fn dotted(&self, path: &RelPath) -> Option<String> {
        let parent = self.root.rsplit_once('/').map_or("", |(parent, _)| parent);
        let inside = match parent {
            "" => path.as_str(),
            parent => path
                .as_str()
                .strip_prefix(parent)
                .and_then(|rest| rest.strip_prefix('/'))
                .unwrap_or(path.as_str()),
        };
        let module = inside.strip_suffix(".py")?;
        Some(module.strip_suffix("/__init__").unwrap_or(module).replace('/', "."))
    }

    /// The pattern of a role: the layout's own, else that of the nearest mapped ancestor, else the usual place.
    fn pattern(&self, role: &str) -> Result<String, String> {
        let mut stem: Option<String> = None;
        let mut at = role;
        // No chain of parents is longer, unless it is a circle.
        for _ in 0..self.roles.len() {
            let known = self.roles.get(at).ok_or_else(|| self.unknown(at))?;
            if let Some(pattern) = self.patterns.get(at) {
                return Ok(named(pattern, stem.as_deref()));
            }
            stem = Some(inherit(known.stem.as_deref().unwrap_or("{name}"), stem.as_deref()));
            match &known.parent {
                Some(parent) => at = parent,
                None => break,
            }
        }
        self.usual(role)
    }

    /// The usual place of a role that no layout maps.
    fn usual(&self, role: &str) -> Result<String, String> {
        let mut stem: Option<String> = None;
        let mut at = role;
        for _ in 0..self.roles.len() {
            let known = self.roles.get(at).ok_or_else(|| self.unknown(at))?;
            if let Some(place) = &known.place {
                return Ok(named(place, stem.as_deref()));
            }
            stem = Some(inherit(known.stem.as_deref().unwrap_or("{name}"), stem.as_deref()));
            at = known
                .parent
                .as_deref()
                .ok_or_else(|| format!("has the role `{role}`, which has no place"))?;
        }
        Err(format!("has the role `{role}`, which is its own ancestor"))
    }

    fn unknown(&self, role: &str) -> String {
        match nearest(role, self.roles.keys().map(String::as_str)) {
            Some(best) => format!("has the unknown role `{role}` (did you mean `{best}`?)"),
            None => format!("has the unknown role `{role}`"),
        }
    }
}

fn has_name(pattern: &str) -> bool {
    pattern.contains("{name}") || pattern.contains("{file}")
}

/// The stem that a role hands to its parent: its own, into which a child's stem fits only if it leaves room.
fn inherit(own: &str, child: Option<&str>) -> String {
    match child {
        Some(child) if own.contains("{name}") => own.replace("{name}", child),
        Some(child) => child.to_owned(),
        None => own.to_owned(),
    }
}

/// A parent's pattern with the stem of its child: beside the parent's file when that is one module.
fn named(pattern: &str, stem: Option<&str>) -> String {
    let Some(stem) = stem else { return pattern.to_owned() };
    if has_name(pattern) {
        return pattern.replace("{name}", stem).replace("{file}", &format!("{stem}.py"));
    }
    match pattern.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{stem}.py"),
        None => format!("{stem}.py"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(layout_roles: &str) -> Places {
        let roles: Roles = serde_yaml::from_str(
            "roles:\n  package: {doc: d, place: '{name}.py'}\n  \
             adapters: {doc: d, parent: package, stem: '{name}', place: 'adapters/{name}.py'}\n  \
             database: {doc: d, parent: adapters, stem: database}\n  \
             tables: {doc: d, parent: database, stem: '{name}_table'}\n  \
             dockerfile: {doc: d, place: '/Dockerfile'}\n",
        )
        .unwrap();
        let layout = format!(
            "layout: l\ndescription: d\npackage: 'src/{{package}}'\nlayers: []\nroles: {layout_roles}"
        );
        let names = Names {
            project: "shop".into(),
            package: "shop".into(),
            title: "Shop".into(),
            env_prefix: "SHOP_".into(),
        };
        Places::new(&roles, &serde_yaml::from_str(&layout).unwrap(), &names).unwrap()
    }

    fn place(places: &Places, role: &str, file: &str) -> String {
        places.place(role, file).unwrap().to_string()
    }

    #[test]
    fn what_a_layout_does_not_map_goes_to_its_parent() {
        let mapped = places("{tables: 'db/tables.py'}");
        assert_eq!(place(&mapped, "tables", "users.py"), "src/shop/db/tables.py");
        assert!(mapped.is_one_module("tables"));
        let parent = places("{adapters: 'outside/{name}.py'}");
        assert_eq!(place(&parent, "database", "engine.py"), "src/shop/outside/database.py");
        assert_eq!(place(&parent, "tables", "users.py"), "src/shop/outside/users_table.py");
        let beside = places("{database: 'infra/db.py'}");
        assert_eq!(place(&beside, "tables", "users.py"), "src/shop/infra/users_table.py");
        let none = places("{}");
        assert_eq!(place(&none, "tables", "users.py"), "src/shop/adapters/users_table.py");
        assert_eq!(place(&none, "dockerfile", "Dockerfile"), "Dockerfile");
    }

    #[test]
    fn modules_are_named_from_the_import_root() {
        let places = places("{}");
        assert_eq!(places.module("adapters", "users").unwrap(), "shop.adapters.users");
        let test = RelPath::new("tests/factories.py").unwrap();
        assert_eq!(places.dotted(&test).unwrap(), "tests.factories");
        assert!(places.place("tablse", "x.py").unwrap_err().contains("did you mean `tables`"));
    }
}
