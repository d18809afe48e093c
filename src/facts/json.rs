//! Facts as one JSON object, with the field names of the labelling rules.

use serde_json::{Map, Value as Json, json};

use super::{Fact, Facts, Field, Settled, Tree};

/// Fields that hold many values at once.
const LISTS: [Field; 5] =
    [Field::TestPlugin, Field::RuffSelect, Field::Layer, Field::Package, Field::Feature];

/// The object for one document.
#[must_use]
pub fn json(facts: &Facts) -> Json {
    let mut out = Map::new();
    let mut container = Map::new();
    for settled in &facts.settled {
        let name = settled.field.name();
        match name.strip_prefix("container.") {
            Some(part) => {
                container.insert(part.to_owned(), scalar(settled));
            }
            None => {
                out.insert(name.to_owned(), of(settled));
            }
        }
    }
    if !container.is_empty() {
        out.insert("container".to_owned(), Json::Object(container));
    }
    if !facts.alternatives.is_empty() {
        out.insert("alternatives".to_owned(), facts.alternatives.iter().map(named).collect());
    }
    if let Some(tree) = &facts.tree {
        out.insert("tree".to_owned(), paths(tree, true));
        out.insert("tree_files".to_owned(), paths(tree, false));
    }
    out.insert("kept".to_owned(), json!(facts));
    Json::Object(out)
}

fn of(settled: &Settled) -> Json {
    match settled.field {
        Field::Package => settled.facts.iter().map(named).collect(),
        Field::Python => {
            let mut object = scalar(settled);
            if let Some(text) = settled.facts.first().map(|fact| fact.value.to_string()) {
                let version = text.trim_start_matches(['>', '=', '~', '^', '<']);
                object["value"] = json!(version);
                object["op"] = json!(&text[..text.len() - version.len()]);
            }
            object
        }
        field if LISTS.contains(&field) || settled.facts.len() > 1 => list(settled),
        _ => scalar(settled),
    }
}

fn scalar(settled: &Settled) -> Json {
    settled.facts.first().map_or(Json::Null, |fact| {
        json!({"value": fact.value, "line": fact.lines.first(), "lines": fact.lines, "strength": fact.strength, "polarity": fact.polarity})
    })
}

fn list(settled: &Settled) -> Json {
    let values: Vec<&super::Value> = settled.facts.iter().map(|fact| &fact.value).collect();
    let lines: Map<String, Json> =
        settled.facts.iter().map(|fact| (fact.value.to_string(), json!(fact.lines.first()))).collect();
    let first = settled.facts.first();
    let mut object = json!({
        "value": values, "line": first.and_then(|fact| fact.lines.first()), "lines": lines,
        "strength": first.map(|fact| fact.strength), "polarity": first.map(|fact| fact.polarity),
    });
    if settled.choice {
        object["choice"] = json!(true);
    }
    object
}

fn named(fact: &Fact) -> Json {
    json!({"name": fact.value, "line": fact.lines.first(), "lines": fact.lines, "strength": fact.strength, "polarity": fact.polarity})
}

fn paths(tree: &Tree, folders: bool) -> Json {
    let entries = tree.entries.iter().filter(|entry| entry.folder == folders);
    let (values, lines): (Vec<&str>, Vec<usize>) =
        entries.map(|entry| (entry.path.as_str(), entry.line)).unzip();
    json!({"value": values, "line": tree.line, "lines": lines})
}
