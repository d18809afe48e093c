//! A drawn tree into a layout.

use indexmap::IndexMap;

use super::{
    data::Data,
    nearest,
    report::Report,
    roles::{self, Inside, Mapped},
    root::{self, Root},
    wishes::Sight,
};
use crate::{
    error::Result,
    facts::{Entry, Facts, Tree},
    plan::Places,
    preset::{Layout, Library},
    python::names::Names,
};

/// The name of a layout made from a document.
pub(super) const OWN: &str = "document";

/// The packages of the tests: the generated ones import each other by the names of these.
const TESTS: [(&str, &str); 3] = [
    ("/tests", "Tests of the project."),
    ("/tests/unit", "Tests that need nothing but the code."),
    ("/tests/integration", "Tests of the parts working together."),
];

/// The roles whose modules bring the layers together, so that they may import from all of them.
const WIRING: [&str; 5] = ["app", "dependencies", "wiring", "worker", "worker_probe"];

/// Further roles whose modules may have to reach across the layers.
const CROSSING: [&str; 2] = ["middleware", "commands"];

/// What a tree gave.
#[derive(Debug, Clone)]
pub(super) struct Drawn {
    /// The layout; a built-in one when the tree draws just that.
    pub(super) layout: Layout,
    /// Whether it is the document's own.
    pub(super) own: bool,
    /// The line of the tree.
    pub(super) line: usize,
    /// The line of each role.
    pub(super) lines: IndexMap<String, usize>,
}

/// The layout that the tree of `facts` draws, if one can be told.
pub(super) fn from_tree(
    facts: &Facts,
    data: &Data,
    library: &Library,
    tables: bool,
    report: &mut Report,
) -> Result<Option<Drawn>> {
    let Some(tree) = &facts.tree else { return Ok(None) };
    let Some(root) = root::find(tree, data) else {
        report.leave("the tree", &[tree.line], "no folder in it can be told to be the package");
        return Ok(None);
    };
    let entries = roles::inside(tree, &root, data);
    let mut mapped = roles::map(&entries, data, tables);
    let lines = mapped.iter().map(|(role, it)| (role.clone(), it.line)).collect();
    if let Some(layout) = nearest::drawn(library, &root, &entries)? {
        report.understand(format!("the tree is the layout `{}`", layout.layout), &[tree.line]);
        return Ok(Some(Drawn { layout, own: false, line: tree.line, lines }));
    }
    if let Some(why) = root.moved {
        report.correct(format!("the package: `{}`", root.package), &[tree.line], why);
    }
    for (path, (role, place)) in &data.outside {
        if let Some(entry) = tree.entries.iter().find(|it| it.path == *path) {
            let beside = Mapped { pattern: place.clone(), line: entry.line, rank: 0 };
            mapped.entry(role.clone()).or_insert(beside);
        }
    }
    let lines = mapped.iter().map(|(role, it)| (role.clone(), it.line)).collect();
    let layout = own(&root, &mapped, &entries, data, library)?;
    tell(tree, &root, &layout, &mapped, &entries, data, report);
    Ok(Some(Drawn { layout, own: true, line: tree.line, lines }))
}

/// The layout with the modules that have to reach across its layers named as such: one of the preset's own, then.
/// Nothing is changed where other modules do so, too.
pub(super) fn wired(
    sight: &Sight<'_>,
    drawn: Option<Drawn>,
    described: &nearest::Described,
    crossing: &[String],
) -> Result<Option<Drawn>> {
    if crossing.is_empty() {
        return Ok(drawn);
    }
    let vocabulary = sight.library.roles()?;
    let mut wired = match &drawn {
        Some(drawn) => drawn.clone(),
        None => Drawn {
            layout: sight.library.layout(&described.0)?.value.clone(),
            own: false,
            line: described.1.unwrap_or(0),
            lines: IndexMap::new(),
        },
    };
    let places = Places::new(&vocabulary.value, &wired.layout, &sample())?;
    for module in crossing {
        let is = |role: &&str| {
            dotted(&places, role).is_some_and(|it| {
                let folder = it.strip_suffix(".x").unwrap_or(&it);
                *module == it || folder != it && module.starts_with(&format!("{folder}."))
            })
        };
        if !WIRING.iter().chain(&CROSSING).any(is) {
            return Ok(drawn);
        }
        if !wired.layout.wiring.contains(module) {
            wired.layout.wiring.push(module.clone());
        }
    }
    if !wired.own {
        wired.layout.description = format!(
            "The layout `{}`, with more modules that bring the layers together.",
            wired.layout.layout
        );
        OWN.clone_into(&mut wired.layout.layout);
        wired.own = true;
    }
    Ok(Some(wired))
}

fn own(
    root: &Root,
    mapped: &IndexMap<String, Mapped>,
    entries: &[Inside<'_>],
    data: &Data,
    library: &Library,
) -> Result<Layout> {
    let vocabulary = library.roles()?;
    let ordered = vocabulary
        .value
        .roles
        .keys()
        .filter_map(|role| Some((role.clone(), mapped.get(role)?.pattern.clone())));
    let mut layout = Layout {
        layout: OWN.to_owned(),
        description: "The tree of the document.".to_owned(),
        package: root.package.clone(),
        roles: ordered.collect(),
        layers: vec![],
        shared: vec![],
        optional: vec![],
        wiring: vec![],
        markers: IndexMap::from([(String::new(), "{description}".to_owned())]),
        modules: IndexMap::new(),
    };
    for entry in entries.iter().filter(|it| it.folder && is_package(it.path, data)) {
        let role = mapped.iter().find(|(_, it)| it.line == entry.line).map(|(role, _)| role.as_str());
        let doc = role.and_then(|role| vocabulary.value.roles.get(role)).map(|role| role.doc.clone());
        if let Some(doc) = sentence(entry.comment).or(doc) {
            layout.markers.insert(entry.path.to_owned(), doc);
        } else {
            layout.markers.insert(entry.path.to_owned(), title(entry.path));
        }
    }
    for (folder, doc) in TESTS {
        layout.markers.insert(folder.to_owned(), doc.to_owned());
    }
    let places = Places::new(&vocabulary.value, &layout, &sample())?;
    layers(&mut layout, &places);
    Ok(layout)
}

fn sample() -> Names {
    Names { project: "p".into(), package: "p".into(), title: "P".into(), env_prefix: "P_".into() }
}

/// Whether a folder can be a Python package.
fn is_package(path: &str, data: &Data) -> bool {
    let identifier = |part: &str| {
        part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && part.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
    };
    path.split('/')
        .all(|part| identifier(part) && part != "tests" && !data.plain_folders.iter().any(|it| it == part))
}

/// A comment as a docstring, if it is plain enough to be one.
fn sentence(comment: &str) -> Option<String> {
    let text = comment.trim().trim_end_matches('.');
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || " ,-/&()".contains(c));
    if !plain || text.len() < 3 || text.len() > 66 || !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Some(format!("{text}."))
}

fn title(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path).replace('_', " ");
    sentence(&format!("{name} of the application")).unwrap_or_else(|| "Modules.".to_owned())
}

/// The order of the layers, where the tree keeps them apart.
fn layers(layout: &mut Layout, places: &Places) {
    let tops = |roles: &[&str]| {
        let mut tops: Vec<String> = roles.iter().filter_map(|role| top(places, role)).collect();
        tops.sort();
        tops.dedup();
        tops
    };
    let inner = tops(&["entities", "value_objects"]);
    let middle = tops(&["services", "ports"]);
    let outside = tops(&["database", "tables", "repositories", "memory", "cache"]);
    let interface = tops(&["routes", "schemas", "dependencies", "error_handlers", "middleware", "probe"]);
    let shared = tops(&["errors", "logging", "utils"]);
    let settings = tops(&["settings"]);
    let ([inner], [middle], [outside], [interface]) =
        (inner.as_slice(), middle.as_slice(), outside.as_slice(), interface.as_slice())
    else {
        return;
    };
    let mut all = vec![inner, middle, outside];
    all.extend((interface != outside).then_some(interface));
    let mut apart: Vec<&String> = all.iter().copied().chain(&shared).chain(&settings).collect();
    let count = apart.len();
    apart.sort();
    apart.dedup();
    if apart.len() < count {
        return;
    }
    let outer =
        if interface == outside { vec![outside.clone()] } else { vec![interface.clone(), outside.clone()] };
    layout.layers = vec![outer, vec![middle.clone()], vec![inner.clone()]];
    layout.shared = shared;
    layout.wiring = WIRING.iter().filter_map(|role| dotted(places, role)).collect();
}

/// The module of a role, relative to the package.
fn dotted(places: &Places, role: &str) -> Option<String> {
    let module = places.module(role, "x").ok()?;
    let root = places.root().rsplit('/').next().unwrap_or_default();
    module.strip_prefix(root)?.strip_prefix('.').map(str::to_owned)
}

/// The folder or module at the top of the package where a role stands.
fn top(places: &Places, role: &str) -> Option<String> {
    Some(dotted(places, role)?.split('.').next().unwrap_or_default().to_owned())
}

/// What of the tree became what, and what did not.
fn tell(
    tree: &Tree,
    root: &Root,
    layout: &Layout,
    mapped: &IndexMap<String, Mapped>,
    entries: &[Inside<'_>],
    data: &Data,
    report: &mut Report,
) {
    let package = &layout.package;
    let shown: Vec<String> =
        layout.roles.iter().map(|(role, pattern)| format!("{role} in `{pattern}`")).collect();
    report.understand(format!("the tree, with its package `{package}`: {}", shown.join(", ")), &[tree.line]);
    let lines = |keep: &dyn Fn(&Inside<'_>) -> bool| -> (Vec<usize>, Vec<String>) {
        let kept: Vec<&Inside<'_>> = entries.iter().filter(|it| keep(it)).collect();
        (kept.iter().map(|it| it.line).collect(), kept.iter().map(|it| format!("`{}`", it.path)).collect())
    };
    let plays = |it: &Inside<'_>| mapped.values().any(|known| known.line == it.line);
    let (at, names) = lines(&|it| it.folder && !plays(it) && is_package(it.path, data));
    if !at.is_empty() {
        report.understand(format!("folders kept without a role: {}", names.join(", ")), &at);
    }
    let (at, names) = lines(&|it| it.folder && !is_package(it.path, data));
    if !at.is_empty() {
        let what = format!("folders of the package: {}", names.join(", "));
        report.leave(what, &at, "they appear when something is in them");
    }
    let made = |it: &Inside<'_>| it.path.ends_with("__init__.py") || it.path == "py.typed";
    let (at, names) = lines(&|it| !it.folder && !plays(it) && !made(it));
    if !at.is_empty() {
        let what = format!("files of the package: {}", names.join(", "));
        report.leave(
            what,
            &at,
            "examples, or files without a role; the components bring modules of their own",
        );
    }
    outside(tree, root, mapped, data, report);
    if layout.layers.is_empty() {
        report.leave(
            "the order of layers is not held",
            &[tree.line],
            "the folders of the tree do not keep them apart",
        );
    }
}

/// What the tree has beside the package.
fn outside(tree: &Tree, root: &Root, mapped: &IndexMap<String, Mapped>, data: &Data, report: &mut Report) {
    let plays = |it: &Entry| mapped.values().any(|known| known.line == it.line);
    let beside = |path: &str| {
        !root.prefix.is_empty() && path != root.prefix && !path.starts_with(&format!("{}/", root.prefix))
    };
    let rest: Vec<_> = tree
        .entries
        .iter()
        .filter(|it| {
            beside(&it.path)
                && !plays(it)
                && !data.made.contains(&it.path)
                && !it.path.ends_with("__init__.py")
        })
        .collect();
    if rest.is_empty() {
        return;
    }
    let names: Vec<String> = rest.iter().take(12).map(|it| format!("`{}`", it.path)).collect();
    let more = if rest.len() > 12 { format!(" and {} more", rest.len() - 12) } else { String::new() };
    let lines: Vec<usize> = rest.iter().map(|it| it.line).collect();
    let what = format!("beside the package: {}{more}", names.join(", "));
    report.leave(what, &lines, "no component makes them, or they appear when something is in them");
}
