//! Layers of an architecture: tables, headings and arrows that name them in order.

use super::document::Document;
use super::evidence::{Evidence, Found, weight};
use super::words;
use crate::facts::{Field, Polarity, Strength, Value};

/// Words that mean "layer" in a heading of a table or behind a name.
const LAYER: [&str; 8] = ["layer", "layers", "层", "слой", "couche", "capa", "camada", "レイヤー"];

/// The most layers read of one list.
pub const MAX_LAYERS: usize = 24;

/// Reads the layers that the document names.
pub fn read(document: &Document<'_>, evidence: &mut Evidence) {
    for (number, table) in document.tables.iter().enumerate() {
        let first = table.header.first().map(|head| words::plain(head).to_lowercase());
        if first.is_some_and(|head| LAYER.contains(&head.as_str())) && table.rows.len() >= 2 {
            let names =
                table.rows.iter().map(|(index, cells)| (cells.first().map_or("", String::as_str), index + 1));
            add(names, weight::LABELLED, number + 1, evidence);
        }
    }
    headings(document, evidence);
    arrows(document, evidence);
}

/// Sibling headings "X Layer".
fn headings(document: &Document<'_>, evidence: &mut Evidence) {
    let mut by_parent: std::collections::BTreeMap<Option<usize>, Vec<(&str, usize)>> =
        std::collections::BTreeMap::new();
    for section in &document.sections {
        let lower = section.title.to_lowercase();
        let at =
            LAYER.iter().find_map(|word| lower.find(&format!(" {word}"))).filter(|at| *at > 0 && *at < 30);
        if let Some(name) =
            at.and_then(|at| section.title.get(..at)).filter(|name| name.split(' ').count() <= 2)
        {
            by_parent.entry(section.parent).or_default().push((name, section.line));
        }
    }
    for (parent, names) in by_parent.into_iter().filter(|(_, names)| names.len() >= 2) {
        add(names.into_iter(), weight::ITEM, 10_000 + parent.unwrap_or(0), evidence);
    }
}

/// A drawing of names with arrows between the lines.
fn arrows(document: &Document<'_>, evidence: &mut Evidence) {
    for (number, code) in document.codes.iter().enumerate() {
        let lines: Vec<(usize, &str)> =
            document.content(code).filter(|(_, line)| !line.trim().is_empty()).take(40).collect();
        let is_arrow = |line: &str| {
            line.trim()
                .chars()
                .all(|mark| matches!(mark, '↓' | '⬇' | '▼' | '│' | '|' | 'v' | 'V' | '↑' | ' '))
        };
        let arrows = lines.iter().filter(|(_, line)| is_arrow(line)).count();
        let names: Vec<(&str, usize)> =
            lines.iter().filter(|(_, line)| !is_arrow(line)).map(|(at, line)| (*line, *at)).collect();
        let layered = names
            .iter()
            .filter(|(name, _)| LAYER.iter().any(|word| name.to_lowercase().contains(word)))
            .count();
        if arrows >= 2 && names.len() >= 2 && layered * 2 >= names.len() {
            add(names.into_iter(), weight::ITEM, 20_000 + number, evidence);
        }
    }
}

fn add<'a>(
    names: impl Iterator<Item = (&'a str, usize)>,
    weight: u32,
    group: usize,
    evidence: &mut Evidence,
) {
    for (name, line) in names.take(MAX_LAYERS) {
        let plain = words::plain(name).to_lowercase();
        let mut text = plain.split(['(', '（', '[']).next().unwrap_or("").trim();
        for word in LAYER {
            text = text.trim_end_matches(word).trim();
        }
        // Of a name in two scripts the Latin half is the name of the folder.
        let latin: String = text.chars().take_while(char::is_ascii).collect();
        let text = if latin.trim().is_empty() { text } else { latin.trim() };
        if !text.is_empty() && text.len() < 40 {
            evidence.add(Found {
                field: Field::Layer,
                value: Value::from(text),
                polarity: Polarity::Use,
                strength: Strength::Should,
                weight,
                line,
                options: Some(group),
            });
        }
    }
}
