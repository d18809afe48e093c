//! A plan into a tree: templates rendered, shared files put together, Python tidied.

mod context;
mod data;
mod examples;
mod gates;
pub mod origin;
mod pieces;
mod project;

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    compose::{
        pyproject,
        slots::{Contribution, Slots},
    },
    error::{Class, Error, Mistake, Result},
    gate::Gate,
    parallel,
    plan::Plan,
    preset::Library,
    python::{self, tidy::Tidy},
    relpath::RelPath,
    source::Source,
    template::{self, Delimiters, Engine},
    tree::{File, Tree},
};

pub use context::NAMES;
use examples::Documents;
use project::View;

/// The file that all components write together.
const PYPROJECT: &str = "pyproject.toml";

/// A rendered project.
pub struct Project {
    /// Its files.
    pub tree: Tree,
    /// Its gates, ready to run.
    pub gates: Vec<Gate>,
    /// The command that makes the lock file, if there is one.
    pub lock: Option<Vec<String>>,
    /// The examples that stand in docstrings: the template that they stand beside, and what they show.
    pub examples: BTreeSet<(String, String)>,
}

/// Renders `plan`.
///
/// # Errors
/// All mistakes of its templates, each with its place.
pub fn project(plan: &Plan, library: &Library) -> Result<Project> {
    rendered_project(plan, library).map_err(|error| origin::of_error(library, plan, error))
}

fn rendered_project(plan: &Plan, library: &Library) -> Result<Project> {
    let plain: Arc<dyn template::Project> = Arc::new(View::new(plan, library, Slots::default()));
    let base = context::base(plan);
    let mut context = context::with_components(plan, base, &plain)?;
    let gates = gates::commands(plan, &Engine::new(&context, &plain), &context)?;
    context["gates"] = gates::context(plan, &gates);

    let slots = slots(plan, library, &Engine::new(&context, &plain))?;
    let full: Arc<dyn template::Project> = Arc::new(View::new(plan, library, slots.clone()));
    let engine = Engine::new(&context, &full);
    let pyproject = pyproject(plan, library, &engine)?;
    let formats = python::tools::formats(&pyproject);
    let style = &plan.preset.value.style;
    let reads_python = formats || style.docstring_examples || style.docstring_types;
    let paths = plan.paths().map(RelPath::as_str).chain([PYPROJECT]);
    let (files, tidy) = parallel::both(
        || pieces::files(plan, library, &engine, &slots, !reads_python),
        || reads_python.then(|| Tidy::for_tree(&pyproject, paths)).transpose(),
    );
    let (mut tree, printed) = files?;
    let tidy = tidy?;
    let mut rest: Tree = plan
        .markers
        .iter()
        .map(|it| (it.path.clone(), File::text(python::docstring::module(&it.docstring))))
        .collect();
    if let Ok(path) = RelPath::new(PYPROJECT) {
        rest.insert(path, File::text(pyproject));
    }
    let mut examples = BTreeSet::new();
    if let Some(tidy) = &tidy {
        tree.append(&mut rest);
        examples = Documents { plan, library, engine: &engine, tidy, printed: &printed }.put(&mut tree)?;
        pieces::finish(&mut tree, formats.then_some(tidy))?;
    } else {
        pieces::finish(&mut rest, None)?;
        tree.append(&mut rest);
    }
    Ok(Project { tree, gates, lock: lock(&context), examples })
}

fn lock(context: &serde_json::Value) -> Option<Vec<String>> {
    let command = context["manager"]["lock"].as_str()?;
    Some(command.split_whitespace().map(str::to_owned).collect())
}

/// Renders what components put in slots.
fn slots(plan: &Plan, library: &Library, engine: &Engine) -> Result<Slots> {
    let mut slots = Slots::default();
    let mut mistakes = vec![];
    for part in &plan.parts {
        for name in part.manifest.value.owns.keys() {
            slots.open(name);
        }
    }
    for part in &plan.parts {
        for entry in library.entries(&part.name, "slots") {
            let (slot, kind) = entry.name.rsplit_once('.').unwrap_or((&entry.name, ""));
            if !slots.is_open(slot) {
                continue;
            }
            let source = library.source(&entry.source)?;
            match contribution(&source, kind, engine) {
                Ok((imports, body)) => {
                    slots.put(slot, Contribution { component: part.name.clone(), imports, body });
                }
                Err(mistake) => mistakes.push(mistake),
            }
        }
    }
    if mistakes.is_empty() { Ok(slots) } else { Err(Error::mistakes(Class::Rejected, mistakes)) }
}

fn contribution(source: &Source, kind: &str, engine: &Engine) -> Result<(String, String), Mistake> {
    let text = engine.render(source, Delimiters::of(&source.name))?.text;
    if kind != "py" {
        return Ok((String::new(), trimmed(&text)));
    }
    python::depth::check(&text).map_err(|fault| too_deep(source, &text, &fault))?;
    let (imports, body) = python::imports::split_fragment(&text);
    Ok((imports, trimmed(&body)))
}

/// The name of a file as rendered, for messages about the result rather than the template.
fn rendered(source: &Source) -> String {
    format!("{}{}", source.name, origin::RENDERED)
}

/// Rendered Python that nests too deep.
fn too_deep(source: &Source, text: &str, fault: &python::fault::Fault) -> Mistake {
    fault.mistake("python-limit", &rendered(source), text)
}

/// Text without blank lines around it.
fn trimmed(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(lines.len());
    lines[first..].join("\n")
}

fn pyproject(plan: &Plan, library: &Library, engine: &Engine) -> Result<String> {
    let mut fragments = vec![];
    for part in &plan.parts {
        if let Some(entry) = library.pyproject_fragment(&part.name) {
            let source = library.source(&entry.source)?;
            let text = engine.render(&source, Delimiters::of(&entry.source))?.text;
            fragments.push(Source::new(rendered(&source), text));
        }
    }
    let preset = &plan.preset;
    let name = format!("{} (its `pyproject`)", preset.source.name);
    pyproject::compose(&pyproject::Ingredients {
        fragments,
        runtime: plan.requirements.runtime.clone(),
        dev: plan.requirements.dev.clone(),
        preset: Some(Source::new(name, preset.value.pyproject.replace("{package}", &plan.names.package))),
        exact: preset.value.exact.clone(),
    })
}
