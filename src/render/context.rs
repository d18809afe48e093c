//! The values that every template sees.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::{Map, Value, json};

use crate::{
    error::{Mistake, Result},
    plan::{Part, Plan},
    source::Source,
    template::{Delimiters, Engine, Project},
};

/// The names of the values that every template sees, apart from questions and the `context` of components.
pub const NAMES: &[&str] = &[
    "project",
    "package",
    "title",
    "env_prefix",
    "preset",
    "layout",
    "layers",
    "shared",
    "wiring",
    "above",
    "folders",
    "modules",
    "style",
    "versions",
    "python",
    "gates",
    "description",
    "author",
    "license",
];

/// The values that do not depend on components.
pub(super) fn base(plan: &Plan) -> Value {
    let layout = &plan.layout.value;
    let minor = plan.answers.text("python");
    let modules = modules(plan);
    let mut context = json!({
        "project": plan.names.project,
        "package": plan.names.package,
        "title": plan.names.title,
        "env_prefix": plan.preset.value.env_prefix.as_ref().unwrap_or(&plan.names.env_prefix),
        "preset": plan.preset.value.preset,
        "layers": layers(plan, &modules),
        "shared": shared(plan, &modules),
        "wiring": wiring(plan),
        "above": above(plan, &modules),
        "folders": folders(plan),
        "modules": modules,
        "style": plan.preset.value.style,
        "versions": plan.versions.value,
    });
    for (name, value) in plan.answers.pairs() {
        let several = plan.preset.value.questions.get(name).is_some_and(|it| it.several);
        context[name] =
            if several { value.split(',').filter(|it| !it.is_empty()).collect() } else { Value::from(value) };
    }
    context["python"] = json!({"minor": minor, "tag": format!("py{}", minor.replace('.', ""))});
    let root = plan.places.root();
    let source = root.rsplit_once('/').map_or(".", |(source, _)| source);
    context["layout"] = json!({
        "name": layout.layout, "description": layout.description, "root": root,
        "source": source, "code": if source == "." { root } else { source },
    });
    context
}

/// The layers of the layout, as far as the project has them.
fn layers<'a>(plan: &'a Plan, modules: &BTreeSet<String>) -> Vec<Vec<&'a String>> {
    let groups = plan.layout.value.layers.iter();
    let groups = groups.map(|group| group.iter().filter(|it| exists(plan, modules, it)).collect::<Vec<_>>());
    groups.filter(|group| !group.is_empty()).collect()
}

/// The modules that every layer may import, as far as the project has them.
fn shared<'a>(plan: &'a Plan, modules: &BTreeSet<String>) -> Vec<&'a String> {
    plan.layout.value.shared.iter().filter(|it| exists(plan, modules, it)).collect()
}

/// Whether the project has a module or package of the layout.
fn exists(plan: &Plan, modules: &BTreeSet<String>, place: &str) -> bool {
    modules.contains(&format!("{}.{}", plan.names.package, place.replace('/', ".")))
}

/// The modules that are of no layer and not shared, such as the entry point: only the outermost layer may know them.
fn above(plan: &Plan, modules: &BTreeSet<String>) -> Vec<String> {
    let layout = &plan.layout.value;
    let placed: Vec<String> =
        layout.layers.iter().flatten().chain(&layout.shared).map(|it| it.replace('/', ".")).collect();
    let prefix = format!("{}.", plan.names.package);
    let inside = |module: &str, of: &str| module.strip_prefix(of).is_some_and(|rest| rest.starts_with('.'));
    let mut above: Vec<String> = vec![];
    for module in modules.iter().filter_map(|it| it.strip_prefix(&prefix)) {
        let is_placed = placed.iter().any(|it| module == it || inside(module, it) || inside(it, module));
        if !is_placed && !above.iter().any(|it| inside(module, it)) {
            above.push(module.to_owned());
        }
    }
    above
}

/// The modules of the layout that put the layers together, as far as the project has them.
fn wiring(plan: &Plan) -> Vec<&String> {
    let files: BTreeSet<String> =
        plan.files.iter().filter_map(|file| plan.places.dotted(&file.path)).collect();
    let exists = |module: &&String| files.contains(&format!("{}.{module}", plan.names.package));
    plan.layout.value.wiring.iter().filter(exists).collect()
}

/// The folders of the package and what they are for, in the order of the layout; optional ones as far as the project
/// has them.
fn folders(plan: &Plan) -> Value {
    let layout = &plan.layout.value;
    let is_made = |folder: &String| {
        let path = format!("{}/{folder}/__init__.py", plan.places.root());
        !layout.optional.contains(folder) || plan.markers.iter().any(|marker| marker.path.as_str() == path)
    };
    let markers = layout.markers.iter();
    markers
        .filter(|(folder, _)| !folder.is_empty() && !folder.starts_with('/') && is_made(folder))
        .map(|(folder, doc)| json!({"path": folder, "doc": doc}))
        .collect()
}

/// The modules and packages of the project's package by their dotted names, a package before what is in it.
fn modules(plan: &Plan) -> BTreeSet<String> {
    let files = plan.paths();
    let prefix = format!("{}.", plan.names.package);
    files.filter_map(|path| plan.places.dotted(path)).filter(|module| module.starts_with(&prefix)).collect()
}

/// Adds the `context` of every component; its texts are templates over the values so far.
pub(super) fn with_components(plan: &Plan, mut context: Value, view: &Arc<dyn Project>) -> Result<Value> {
    for part in &plan.parts {
        if part.manifest.value.context.is_empty() {
            continue;
        }
        let engine = Engine::new(&context, view);
        for (name, value) in &part.manifest.value.context {
            if !context[name].is_null() {
                let title =
                    format!("the value `{name}` is already given by another component or by the project");
                return Err(part.manifest.mistake_at_key("context-clash", title, &["context", name]).into());
            }
            let value = filled(part, value, &engine)?;
            context[name] = value;
        }
    }
    Ok(context)
}

fn filled(part: &Part, value: &Value, engine: &Engine) -> Result<Value> {
    Ok(match value {
        Value::String(text) => Value::from(text_of(part, text, engine)?),
        Value::Array(items) => items.iter().map(|it| filled(part, it, engine)).collect::<Result<_>>()?,
        Value::Object(pairs) => {
            let filled = pairs.iter().map(|(name, it)| Ok((name.clone(), filled(part, it, engine)?)));
            Value::Object(filled.collect::<Result<Map<_, _>>>()?)
        }
        other => other.clone(),
    })
}

/// A text of a component's manifest, rendered.
pub(super) fn text_of(part: &Part, text: &str, engine: &Engine) -> Result<String> {
    if !text.contains("{{") && !text.contains("{%") {
        return Ok(text.to_owned());
    }
    let manifest = &part.manifest.source;
    let source = Source::new(manifest.name.clone(), text);
    let rendered = engine.render(&source, Delimiters::Braces).map_err(|mistake| {
        let start = manifest.text.find(text).unwrap_or(0);
        let span = start + mistake.span.start..start + mistake.span.end;
        Mistake { source: manifest.clone(), span: manifest.clamp(span), ..mistake }
    })?;
    Ok(rendered.text)
}
