//! Samples of Python: imports, exception classes, endpoints. They show, they do not prescribe.

use std::collections::HashSet;

use super::evidence::Evidence;
use super::requirement;
use super::vocabulary::Vocabulary;
use crate::facts::{Field, Samples};

/// The most names kept of each kind.
pub const MAX_NAMES: usize = 2000;

/// Names already seen.
#[derive(Debug, Default)]
pub struct Seen(HashSet<String>);

/// Reads one line of a sample.
pub fn line(
    text: &str,
    at: usize,
    seen: &mut Seen,
    samples: &mut Samples,
    vocabulary: &Vocabulary,
    evidence: &mut Evidence,
) {
    let body = text.trim();
    if let Some(rest) = body.strip_prefix("import ").or_else(|| body.strip_prefix("from ")) {
        import(rest, at, seen, samples, vocabulary, evidence);
    } else if let Some(rest) = body.strip_prefix("class ") {
        exception(rest, at, seen, samples);
    } else if let Some(rest) = body.strip_prefix('@') {
        endpoint(rest, at, samples, evidence);
    }
}

fn import(
    rest: &str,
    at: usize,
    seen: &mut Seen,
    samples: &mut Samples,
    vocabulary: &Vocabulary,
    evidence: &mut Evidence,
) {
    let module: String =
        rest.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect();
    if module.is_empty() || samples.imports.len() >= MAX_NAMES || !seen.0.insert(module.clone()) {
        return;
    }
    if let Some(package) = vocabulary.named(&module).and_then(|tool| tool.package.as_ref()) {
        evidence.wants(Field::Package, requirement::pep503(package).as_str(), 0, at);
    }
    samples.imports.push((module, at));
}

fn exception(rest: &str, at: usize, seen: &mut Seen, samples: &mut Samples) {
    let Some((name, parents)) = rest.split_once('(') else { return };
    let parent = parents.split([',', ')']).next().unwrap_or("").trim();
    let raised = |name: &str| ["Error", "Exception", "Warning"].iter().any(|end| name.ends_with(end));
    let fine = !name.is_empty() && name.len() < 100 && raised(parent);
    if fine && samples.exceptions.len() < MAX_NAMES && seen.0.insert(format!("class {name}")) {
        samples.exceptions.push((name.trim().to_owned(), parent.to_owned(), at));
    }
}

fn endpoint(rest: &str, at: usize, samples: &mut Samples, evidence: &mut Evidence) {
    let Some((call, arguments)) = rest.split_once('(') else { return };
    let method = call.rsplit('.').next().unwrap_or("");
    if !call.contains('.')
        || !matches!(method, "get" | "post" | "put" | "patch" | "delete" | "route" | "websocket")
    {
        return;
    }
    let quoted = arguments.trim_start().strip_prefix(['"', '\'']);
    let Some(path) =
        quoted.and_then(|rest| rest.split(['"', '\'']).next()).filter(|path| path.starts_with('/'))
    else {
        return;
    };
    if samples.endpoints.len() < MAX_NAMES {
        samples.endpoints.push((method.to_uppercase(), path.to_owned(), at));
    }
    if matches!(path, "/health" | "/healthz" | "/api/health") {
        evidence.wants(Field::HealthEndpoint, path, 0, at);
    }
}
