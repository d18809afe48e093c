//! Preset and answers into a plan: every file to be, as data, before anything is rendered.

mod components;
mod gates;
mod items;
mod markers;
mod places;
mod requirements;

use std::{collections::HashMap, sync::Arc};

pub use components::Part;
pub use gates::Gate;
pub use markers::Marker;
pub use places::Places;
pub use requirements::Requirements;

use crate::{
    answers::Answers,
    error::{Class, Error, Mistake, Result},
    parallel,
    preset::{Layout, Library, Named, Preset, Versions},
    python::names::Names,
    relpath::RelPath,
};

/// How the folder of the record, and those of runs under way, begin.
const RECORD: &str = ".scaffold";

/// Everything that will be in a project.
pub struct Plan {
    /// The names of the project.
    pub names: Names,
    /// What was decided.
    pub answers: Answers,
    /// The preset.
    pub preset: Named<Preset>,
    /// The layout.
    pub layout: Arc<Named<Layout>>,
    /// All versions.
    pub versions: Arc<Named<Versions>>,
    /// The components that take part, each after those it needs.
    pub parts: Vec<Part>,
    /// The files, by path and then in the order in which pieces are joined.
    pub files: Vec<Planned>,
    /// The package markers.
    pub markers: Vec<Marker>,
    /// Where roles go.
    pub places: Places,
    /// The Python packages.
    pub requirements: Requirements,
}

/// A file, or a piece of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Where it goes.
    pub path: RelPath,
    /// The role it plays, unless it stands at a fixed path.
    pub role: Option<String>,
    /// The name of the piece: its file name without extension.
    pub name: String,
    /// The component it belongs to.
    pub component: String,
    /// The template's or file's path in the catalog.
    pub source: String,
    /// Whether it may be run.
    pub executable: bool,
    /// The item of a list that it is made for.
    pub item: Option<String>,
}

impl Plan {
    /// The component of this name, if it takes part.
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The paths of all files, those of several pieces more than once; without the files that components share.
    pub fn paths(&self) -> impl Iterator<Item = &RelPath> {
        self.files.iter().map(|file| &file.path).chain(self.markers.iter().map(|marker| &marker.path))
    }

    /// The answer to a question.
    pub fn answer(&self, question: &str) -> Option<&str> {
        self.answers.get(question)
    }

    /// The gates of all components, in the order in which they run.
    pub fn gates(&self) -> Vec<Gate<'_>> {
        gates::ordered(&self.parts, &self.answers)
    }
}

/// Plans a project.
///
/// # Errors
/// Mistakes in the manifests that only this choice of answers shows.
pub fn build(library: &Library, preset: Named<Preset>, answers: Answers, names: Names) -> Result<Plan> {
    let (vocabularies, parts) = parallel::both(
        || (library.roles(), library.versions()),
        || components::select(library, &preset, &answers),
    );
    let (roles, versions, parts) = (vocabularies.0?, vocabularies.1?, parts?);
    let layout = library.layout_of(&preset, answers.text("layout"))?;
    let names = named_by(&layout.value, names);
    let requirements = requirements::all(&parts, &preset, &answers, &versions.value)?;
    check_name(&names, &requirements)?;
    let places = Places::new(&roles.value, &layout.value, &names)?;
    let files = files(library, &parts, &answers, &places)?;
    let markers = markers::all(&layout, &files, &names, answers.text("description"))?;
    let plan = Plan { names, answers, preset, layout, versions, parts, files, markers, places, requirements };
    check_paths(plan.paths())?;
    Ok(plan)
}

/// The names under a layout that calls the package by a name of its own, such as `app`.
fn named_by(layout: &Layout, names: Names) -> Names {
    match layout.package.rsplit('/').next() {
        Some(last) if !last.is_empty() && !last.contains('{') => Names { package: last.to_owned(), ..names },
        _ => names,
    }
}

/// A project that is called like a package it needs could never be installed.
fn check_name(names: &Names, requirements: &Requirements) -> Result<()> {
    let packages: Vec<&str> = requirements
        .runtime
        .iter()
        .chain(&requirements.dev)
        .map(|it| it.split(['[', '>']).next().unwrap_or(it))
        .collect();
    Names::new(&names.project, &packages).map(|_| ()).map_err(Error::from)
}

fn files(library: &Library, parts: &[Part], answers: &Answers, places: &Places) -> Result<Vec<Planned>> {
    let present = |name: &str| parts.iter().any(|part| part.name == name);
    let mut files = vec![];
    let mut mistakes = vec![];
    for part in parts {
        for entry in library.entries(&part.name, "files") {
            let options = part.manifest.value.files.get(&entry.name);
            if !options.is_none_or(|it| it.when.holds(&|name| answers.get(name), &present)) {
                continue;
            }
            let names = match items::names(&entry.name, part, answers) {
                Ok(names) => names,
                Err(mistake) => {
                    mistakes.push(mistake);
                    continue;
                }
            };
            for (item, name) in names {
                match place(&name, places) {
                    Ok((path, role)) => files.push(Planned {
                        name: stem(&name).to_owned(),
                        path,
                        role,
                        component: part.name.clone(),
                        source: entry.source.clone(),
                        executable: options.is_some_and(|it| it.executable),
                        item,
                    }),
                    Err(reason) => {
                        let title = format!("the file `{name}` {reason}");
                        mistakes.push(Mistake::new("file-place", title, &part.manifest.source, 0..0));
                    }
                }
            }
        }
    }
    if !mistakes.is_empty() {
        return Err(Error::mistakes(Class::Rejected, mistakes));
    }
    let order = |file: &Planned| {
        let part = parts.iter().position(|part| part.name == file.component);
        (file.path.clone(), file.role.as_deref().map(|role| places.rank(role)), part, file.name.clone())
    };
    files.sort_by_cached_key(order);
    check_owners(library, &files, places)?;
    Ok(files)
}

/// The path and role of a file, from its name under `files/`.
fn place(name: &str, places: &Places) -> Result<(RelPath, Option<String>), String> {
    let Some(rest) = name.strip_prefix('@') else {
        let path = RelPath::new(name).map_err(|reason| format!("has a path that {reason}"))?;
        return Ok((path, None));
    };
    let (role, file) = rest.split_once('/').ok_or("has a role but no name")?;
    let path = places.place(role, file)?;
    Ok((path, Some(role.to_owned())))
}

fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem })
}

/// Two files on one path are a mistake, unless the path is one Python module for several pieces.
fn check_owners(library: &Library, files: &[Planned], places: &Places) -> Result<()> {
    for pair in files.windows(2) {
        let [one, two] = pair else { continue };
        if one.path != two.path {
            continue;
        }
        let joins = |file: &Planned| {
            file.path.has_extension("py")
                && file.role.as_deref().is_some_and(|role| places.is_one_module(role))
        };
        if !(joins(one) && joins(two)) {
            let title = format!("two files go to `{}`: this one and `{}`", one.path, one.source);
            let mistake = Mistake::new("path-owners", title, &library.source(&two.source)?, 0..0);
            return Err(mistake.help("map one of the two roles to another place in the layout").into());
        }
    }
    Ok(())
}

/// Every path has to be one of its own on every system, and none may be in the record.
fn check_paths<'a>(paths: impl Iterator<Item = &'a RelPath>) -> Result<()> {
    let rejected = |message: String| Err(Error::new(Class::Rejected, message));
    // By path as such a system sees it: the path, or `None` for a file.
    let mut files: HashMap<String, &RelPath> = HashMap::new();
    let mut folders: HashMap<String, &str> = HashMap::new();
    for path in paths {
        let folded = path.folded();
        if folded.split('/').next().is_some_and(|first| first.starts_with(RECORD)) {
            return rejected(format!("`{path}` is in `{RECORD}`, which belongs to the program"));
        }
        if let Some(other) = files.insert(folded, path).filter(|other| *other != path) {
            return rejected(format!("`{other}` and `{path}` differ by case or Unicode form only"));
        }
        let mut folder = path.parent();
        while let Some(name) = folder {
            match folders.insert(RelPath::fold(name), name) {
                None => {}
                // With it, all above it were seen.
                Some(other) if other == name => break,
                Some(other) => {
                    return rejected(format!("`{other}` and `{name}` differ by case or Unicode form only"));
                }
            }
            folder = name.rsplit_once('/').map(|(above, _)| above);
        }
    }
    let both = files.iter().filter(|(folded, _)| folders.contains_key(*folded)).map(|(_, path)| path).min();
    both.map_or(Ok(()), |path| rejected(format!("`{path}` is a file and a folder")))
}
