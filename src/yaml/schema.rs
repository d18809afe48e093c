//! Compares a document with the JSON Schema of its type, and reports every difference with its place.
//!
//! Only the keywords that schemars writes for our types are understood. Serde alone would stop at the first
//! mistake, and would not know where a missing key belongs.

use serde_json::Value;

use super::{
    node::{Kind, Node},
    scalar,
};
use crate::{
    error::{Mistake, listed},
    source::Source,
};

/// The keyword of a schema that lists the keys which a whole document needs, and a part of one does not.
pub(crate) const NEEDED: &str = "x-needed";

/// How much of a value a document states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// A part, which is put together with others.
    Part,
}

/// All mistakes of `root`, which stands in `sources`, against `schema`.
pub(super) fn check(schema: &Value, sources: &[Source], root: &Node, extent: Extent) -> Vec<Mistake> {
    let mut checker = Checker { defs: &schema["$defs"], sources, extent, mistakes: vec![] };
    checker.node(schema, root, "the file");
    checker.mistakes
}

struct Checker<'a> {
    defs: &'a Value,
    sources: &'a [Source],
    extent: Extent,
    mistakes: Vec<Mistake>,
}

impl<'a> Checker<'a> {
    fn node(&mut self, schema: &'a Value, node: &Node, name: &str) {
        let schema = self.resolve(schema);
        if let Some(options) = alternatives(schema) {
            let words: Vec<Value> = options.iter().map(|it| it["const"].clone()).collect();
            if words.iter().all(Value::is_string) {
                return self.one_of(&words, node, name);
            }
            return self.any_of(options, node, name);
        }
        if let Some(words) = schema["enum"].as_array() {
            return self.one_of(words, node, name);
        }
        let types = types(schema);
        if !types.is_empty() && !types.iter().any(|it| fits(it, node)) {
            let title = format!("{name} has to be {}, not {}", described(&types), kind(node));
            self.report("yaml-type", title, node);
            return;
        }
        if let Kind::Scalar { text, plain: true } = &node.kind
            && types.contains(&"string")
            && scalar::is_ambiguous(text)
        {
            self.ambiguous(text, node.span.clone(), node.file);
        }
        match &node.kind {
            Kind::Map(pairs) => self.map(schema, node, pairs, name),
            Kind::List(items) => {
                for item in items {
                    self.node(&schema["items"], item, &format!("each entry of {name}"));
                }
            }
            Kind::Scalar { .. } => {}
        }
    }

    fn map(&mut self, schema: &'a Value, node: &Node, pairs: &[(super::Key, Node)], name: &str) {
        let properties = schema["properties"].as_object();
        for (key, value) in pairs {
            if key.plain && scalar::is_ambiguous(&key.name) {
                self.ambiguous(&key.name, key.span.clone(), key.file);
            }
            let named = format!("`{}`", key.name);
            if let Some(property) = properties.and_then(|it| it.get(&key.name)) {
                self.node(property, value, &named);
            } else if schema["additionalProperties"] == Value::Bool(false) {
                let known = properties.into_iter().flatten().map(|(known, _)| known.as_str());
                let title = format!("unknown key {named} in {name}");
                let mistake =
                    Mistake::new("yaml-unknown-key", title, self.source(key.file), key.span.clone());
                self.mistakes.push(mistake.suggest(&key.name, known));
            } else {
                self.node(&schema["additionalProperties"], value, &named);
            }
        }
        let needed = schema[NEEDED].as_array().filter(|_| self.extent == Extent::Whole);
        let required = schema["required"].as_array().into_iter().chain(needed).flatten();
        for required in required.filter_map(Value::as_str) {
            if !pairs.iter().any(|(key, _)| key.name == required) {
                let start = node.span.start;
                let title = format!("{name} needs the key `{required}`");
                let source = self.source(node.file);
                self.mistakes.push(Mistake::new("yaml-missing-key", title, source, source.word(start)));
            }
        }
    }

    fn one_of(&mut self, words: &[Value], node: &Node, name: &str) {
        let known: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        match node.text() {
            Some(text) if known.contains(&text) => {}
            Some(text) => {
                let title = format!("`{text}` is no value of {name}");
                let source = self.source(node.file);
                let mistake = Mistake::new("yaml-unknown-value", title, source, node.span.clone());
                self.mistakes.push(mistake.suggest(text, known));
            }
            None => self.report("yaml-type", format!("{name} has to be one of {}", listed(&known)), node),
        }
    }

    /// Passes if one alternative fits; else reports against the alternative of the node's own kind.
    fn any_of(&mut self, options: &'a [Value], node: &Node, name: &str) {
        let mut best: Option<Vec<Mistake>> = None;
        for option in options {
            let mut trial = Checker { mistakes: vec![], ..*self };
            trial.node(option, node, name);
            if trial.mistakes.is_empty() {
                return;
            }
            let resolved = self.resolve(option);
            let same_kind = types(resolved).iter().any(|it| fits(it, node)) && resolved["enum"].is_null();
            if same_kind {
                best = Some(trial.mistakes);
            }
        }
        let wanted: Vec<&str> = options.iter().flat_map(|it| types(self.resolve(it))).collect();
        match best {
            Some(mistakes) => self.mistakes.extend(mistakes),
            None => {
                let title = format!("{name} has to be {}, not {}", described(&wanted), kind(node));
                self.report("yaml-type", title, node);
            }
        }
    }

    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let mut schema = schema;
        while let Some(name) = schema["$ref"].as_str().and_then(|it| it.strip_prefix("#/$defs/")) {
            schema = &self.defs[name];
        }
        schema
    }

    /// The file of this position.
    fn source(&self, file: usize) -> &'a Source {
        &self.sources[file.min(self.sources.len() - 1)]
    }

    /// A word that YAML readers disagree about.
    fn ambiguous(&mut self, text: &str, span: std::ops::Range<usize>, file: usize) {
        let title = format!("`{text}` is text for some readers of YAML and something else for others");
        let mut mistake = Mistake::new("yaml-ambiguous", title, self.source(file), span).help("quote it");
        mistake.replacement = Some(format!("\"{text}\""));
        self.mistakes.push(mistake);
    }

    fn report(&mut self, rule: &'static str, title: String, node: &Node) {
        let source = self.source(node.file);
        let span = match node.kind {
            Kind::Scalar { .. } => node.span.clone(),
            _ => source.word(node.span.start),
        };
        self.mistakes.push(Mistake::new(rule, title, source, span));
    }
}

fn alternatives(schema: &Value) -> Option<&[Value]> {
    schema["anyOf"].as_array().or_else(|| schema["oneOf"].as_array()).map(Vec::as_slice)
}

fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => vec![],
    }
}

fn fits(wanted: &str, node: &Node) -> bool {
    match (&node.kind, wanted) {
        (Kind::Map(_), "object") | (Kind::List(_), "array") => true,
        (Kind::Scalar { text, plain }, wanted) => match wanted {
            "boolean" => *plain && (text == "true" || text == "false"),
            "integer" => *plain && text.parse::<i64>().is_ok(),
            "number" => *plain && text.parse::<f64>().is_ok(),
            "null" => *plain && matches!(text.as_str(), "" | "~" | "null"),
            "string" => !plain || !matches!(text.as_str(), "" | "~" | "null" | "true" | "false"),
            _ => false,
        },
        _ => false,
    }
}

fn kind(node: &Node) -> String {
    match &node.kind {
        Kind::Map(_) => "a map".to_owned(),
        Kind::List(_) => "a list".to_owned(),
        Kind::Scalar { text, plain: true } if text.is_empty() => "empty".to_owned(),
        Kind::Scalar { text, .. } => format!("`{text}`"),
    }
}

fn described(types: &[&str]) -> String {
    let mut words: Vec<&str> = types
        .iter()
        .filter(|it| **it != "null")
        .map(|it| match *it {
            "object" => "a map",
            "array" => "a list",
            "string" => "text (quote it)",
            "boolean" => "`true` or `false`",
            "integer" | "number" => "a number",
            other => other,
        })
        .collect();
    words.dedup();
    words.join(" or ")
}
