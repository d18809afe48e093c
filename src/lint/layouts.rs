//! What layouts and the vocabulary of roles say fits together.

use super::catalog::Catalog;
use crate::{
    check::glob_fits,
    error::Mistake,
    plan::Places,
    preset::{Layout, Named, Roles},
    python::names::Names,
    relpath::RelPath,
};

/// A name of a file that no layout has in a pattern.
const ANY: &str = "zzanyzz";

/// Checks the roles and all layouts.
pub(super) fn check(catalog: &Catalog<'_>) -> Vec<Mistake> {
    let Some(roles) = &catalog.roles else { return vec![] };
    let mut mistakes = vocabulary(roles);
    for (file, layout) in &catalog.layouts {
        mistakes.extend(named(file, layout));
        let unsound = patterns(layout, roles);
        if unsound.is_empty() {
            mistakes.extend(layers(layout, roles));
        }
        mistakes.extend(unsound);
    }
    mistakes
}

/// Every parent exists, no role is its own ancestor, and every role has a place.
fn vocabulary(roles: &Named<Roles>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let all = &roles.value.roles;
    for (name, role) in all {
        let path = ["roles", name, "parent"];
        if let Some(parent) = role.parent.as_ref().filter(|parent| !all.contains_key(*parent)) {
            let title = format!("no role is called `{parent}`");
            let mistake = roles.mistake("role-unknown", title, &path);
            mistakes.push(mistake.suggest(parent, all.keys().map(String::as_str)));
            continue;
        }
        let parent = |name: &String| all.get(name).and_then(|role| role.parent.clone());
        let ancestors = std::iter::successors(parent(name), parent).take(all.len() + 1);
        let ancestors: Vec<String> = ancestors.collect();
        if ancestors.contains(name) {
            mistakes.push(roles.mistake("role-circle", format!("`{name}` is its own ancestor"), &path));
        } else if role.place.is_none()
            && !ancestors.iter().any(|it| all.get(it).is_some_and(|it| it.place.is_some()))
        {
            let title = format!("neither `{name}` nor a parent of it has a place");
            mistakes.push(roles.mistake_at_key("role-place", title, &["roles", name]));
        }
    }
    mistakes
}

fn named(file: &str, layout: &Named<Layout>) -> Vec<Mistake> {
    let it = &layout.value;
    let mut mistakes = vec![];
    if it.layout != file {
        let title = format!("the layout is called `{}`, its file `{file}.yaml`", it.layout);
        mistakes.push(layout.mistake("layout-name", title, &["layout"]));
    }
    if !it.package.is_empty() && !it.package.ends_with("{package}") {
        let title = "the folder of the package has to end in `{package}`";
        let mistake = layout.mistake("layout-package", title, &["package"]);
        mistakes
            .push(mistake.help("leave it empty, `\"\"`, when the modules stand in the root of the project"));
    }
    mistakes
}

/// Roles and the patterns they are mapped to.
fn patterns(layout: &Named<Layout>, roles: &Named<Roles>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    for (role, pattern) in &layout.value.roles {
        if !roles.value.roles.contains_key(role) {
            let mistake = layout.mistake_at_key(
                "role-unknown",
                format!("no role is called `{role}`"),
                &["roles", role],
            );
            mistakes.push(mistake.suggest(role, roles.value.roles.keys().map(String::as_str)));
            continue;
        }
        if let Some(why) = pattern_fault(pattern) {
            mistakes.push(layout.mistake("layout-pattern", format!("`{pattern}` {why}"), &["roles", role]));
        }
    }
    for folder in layout.value.markers.keys() {
        let bare = folder.strip_prefix('/').unwrap_or(folder);
        if let Some(why) = RelPath::new(bare).err().filter(|_| !folder.is_empty()) {
            let title = format!("the folder `{folder}` {why}");
            mistakes.push(layout.mistake_at_key("layout-pattern", title, &["markers", folder]));
        }
    }
    mistakes
}

/// Why `pattern` is no pattern: the end of a sentence.
fn pattern_fault(pattern: &str) -> Option<String> {
    let filled = pattern.replace("{name}", ANY).replace("{file}", ANY).replace("{package}", ANY);
    if filled.contains(['{', '}']) {
        return Some("has braces; `{name}`, `{file}` and `{package}` are possible".to_owned());
    }
    RelPath::new(filled.strip_prefix('/').unwrap_or(&filled)).err().map(str::to_owned)
}

/// Layers, shared, wiring and joined modules are places that some role has.
fn layers(layout: &Named<Layout>, roles: &Named<Roles>) -> Vec<Mistake> {
    let it = &layout.value;
    let Some(places) = places(layout, roles) else { return vec![] };
    let is_module = |name: &str| {
        let path = name.replace('.', "/");
        let within = format!("{path}/");
        places.iter().any(|place| {
            place.starts_with(&within) || glob_fits(place, &format!("{path}.py")) || *place == path
        }) || it.markers.keys().any(|folder| *folder == path)
    };
    let mut mistakes = vec![];
    let mut seen: Vec<&str> = vec![];
    for (depth, group) in it.layers.iter().enumerate() {
        for (index, layer) in group.iter().enumerate() {
            let path = ["layers", &depth.to_string(), &index.to_string()];
            if seen.contains(&layer.as_str()) {
                let title = format!("the layer `{layer}` is listed twice");
                mistakes.push(layout.mistake("layer-doubled", title, &path));
            } else if !is_module(layer) {
                let title = format!("no role has its place in the layer `{layer}`");
                mistakes.push(layout.mistake("layer-unknown", title, &path));
            }
            seen.push(layer);
        }
    }
    for (key, list) in [("shared", &it.shared), ("wiring", &it.wiring)] {
        for (index, module) in list.iter().enumerate().filter(|(_, module)| !is_module(module)) {
            let title = format!("no role has its place at `{module}`");
            mistakes.push(layout.mistake("layer-unknown", title, &[key, &index.to_string()]));
        }
    }
    for module in it.modules.keys().filter(|module| !places.contains(module)) {
        let title = format!("no role has `{module}` as its one module");
        mistakes.push(layout.mistake_at_key("module-unknown", title, &["modules", module]));
    }
    mistakes
}

/// The places of all roles inside of the package, with `*` for the names of files.
fn places(layout: &Named<Layout>, roles: &Named<Roles>) -> Option<Vec<String>> {
    let names = Names::new::<&str>("my-shop", &[]).ok()?;
    let places = Places::new(&roles.value, &layout.value, &names).ok()?;
    let root = places.root().to_owned();
    let inside = |role: &String| {
        let path = places.place(role, &format!("{ANY}.py")).ok()?;
        let inside = path.as_str().strip_prefix(&root)?.trim_start_matches('/').replace(ANY, "*");
        // Any name would do beside the layers.
        (inside != "*.py").then_some(inside)
    };
    Some(roles.value.roles.keys().filter_map(inside).collect())
}
