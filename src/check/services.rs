//! What holds for the compose file.

use serde_json::Value;

use super::{Fault, Subject, images::unpinned};
use crate::{preset::ComposeCheck, source::Source, yaml};

const NAMES: [&str; 4] = ["docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml"];

/// Checks every compose file of the project.
pub(super) fn check(check: &ComposeCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let paths = subject.tree.keys().filter(|path| NAMES.contains(&path.file_name()));
    paths
        .filter_map(|path| Some((path, subject.text(path.as_str())?)))
        .flat_map(|(path, text)| one(check, path.as_str(), text))
        .collect()
}

fn one(check: &ComposeCheck, path: &str, text: &str) -> Vec<Fault> {
    let document = match yaml::any(&Source::new(path, text)) {
        Ok(document) => document,
        Err(mistake) => return vec![Fault::new(path, mistake.place().0, mistake.title, "")],
    };
    let mut faults = vec![];
    let empty = serde_json::Map::new();
    let services = document["services"].as_object().unwrap_or(&empty);
    for name in check.services.iter().filter(|name| !services.contains_key(name.as_str())) {
        let message = format!("there is no service `{name}`");
        faults.push(Fault::new(
            path,
            line_of(text, "services", 0),
            message,
            format!("add the service `{name}`"),
        ));
    }
    for (name, service) in services {
        let mut add = |message: String, repair: &str| {
            faults.push(Fault::new(path, line_of(text, name, 2), message, repair));
        };
        if check.healthchecks && service["healthcheck"].is_null() {
            add(format!("the service `{name}` has no health check"), "say how its health is checked");
        }
        if check.networks && !has_entries(&service["networks"]) {
            add(format!("the service `{name}` is in no network"), "put it in a network of the file");
        }
        if let Some(image) = service["image"].as_str().filter(|_| check.pinned)
            && let Some(why) = unpinned(image)
        {
            add(format!("the image `{image}` {why}"), "name a version");
        }
    }
    faults
}

fn has_entries(value: &Value) -> bool {
    value.as_array().is_some_and(|it| !it.is_empty()) || value.as_object().is_some_and(|it| !it.is_empty())
}

/// The line of a key that is indented by `indent`.
fn line_of(text: &str, key: &str, indent: usize) -> usize {
    let start = format!("{}{key}:", " ".repeat(indent));
    text.lines().position(|line| line.starts_with(&start)).map_or(0, |at| at + 1)
}
