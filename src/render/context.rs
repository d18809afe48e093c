//! The values that every template sees.

use std::sync::Arc;

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
    "folders",
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
    let mut context = json!({
        "project": plan.names.project,
        "package": plan.names.package,
        "title": plan.names.title,
        "env_prefix": plan.names.env_prefix,
        "preset": plan.preset.value.preset,
        "layers": layout.layers,
        "shared": layout.shared,
        "wiring": wiring(plan),
        "folders": folders(plan),
        "style": plan.preset.value.style,
        "versions": plan.versions,
    });
    for (name, value) in plan.answers.pairs() {
        let several = plan.preset.value.questions.get(name).is_some_and(|it| it.several);
        context[name] = match several {
            true => value.split(',').filter(|it| !it.is_empty()).collect(),
            false => Value::from(value),
        };
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

/// The modules of the layout that put the layers together, as far as the project has them.
fn wiring(plan: &Plan) -> Vec<&String> {
    let exists = |module: &&String| {
        let dotted = Some(format!("{}.{module}", plan.names.package));
        plan.files.iter().any(|file| plan.places.dotted(&file.path) == dotted)
    };
    plan.layout.value.wiring.iter().filter(exists).collect()
}

/// The folders of the package and what they are for, in the order of the layout.
fn folders(plan: &Plan) -> Value {
    let markers = plan.layout.value.markers.iter();
    markers
        .filter(|(folder, _)| !folder.is_empty() && !folder.starts_with('/'))
        .map(|(folder, doc)| json!({"path": folder, "doc": doc}))
        .collect()
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
