//! Markdown to facts: one small extractor per kind of evidence, then everything is weighed.

mod block;
mod company;
mod decode;
mod docker;
mod document;
mod evidence;
mod features;
mod fence;
mod front;
mod gate;
mod keep;
mod layers;
mod limits;
mod mention;
mod named;
mod numbers;
mod place;
mod prose;
mod python_block;
mod requirement;
mod settle;
mod shell;
mod tiers;
mod toml_block;
mod tree;
mod tree_name;
mod vocabulary;
mod vocabulary_data;
mod words;
mod yaml_block;

use std::fmt;

use block::Shape;
use document::{Code, Document, Kind};
use evidence::{Evidence, weight};
use place::Stance;
use shell::Spot;

use crate::facts::{Block, Fact, Facts, Field};

pub use vocabulary::Vocabulary;

/// The largest document read.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;

/// Text lines longer than this are read in pieces of this size.
pub const MAX_PIECE: usize = 4096;

/// The most blocks kept word for word, of each kind.
pub const MAX_BLOCKS: usize = 500;

/// The most keys, instructions, variables and created paths kept, of each kind.
pub const MAX_KEPT: usize = 5000;

/// Why a document was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It is larger than [`MAX_BYTES`].
    TooLarge {
        /// Its size in bytes.
        size: usize,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { size } => write!(f, "the document has {size} bytes, the limit is {MAX_BYTES}"),
        }
    }
}

impl std::error::Error for Refused {}

/// Reads the facts of a persona document.
///
/// # Errors
/// [`Refused::TooLarge`]; everything else, however broken, gives what can be read.
pub fn read(bytes: &[u8], vocabulary: &Vocabulary) -> Result<Facts, Refused> {
    if bytes.len() > MAX_BYTES {
        return Err(Refused::TooLarge { size: bytes.len() });
    }
    let text = decode::text(bytes);
    let document = Document::new(&text);
    let mut facts = Facts { about_python: gate::about_python(&document, vocabulary), ..Facts::default() };
    let mut evidence = Evidence::default();
    keep::front_matter(&document, &mut facts);
    keep::sentences(&document, &mut facts);
    for (line, what) in &document.open {
        keep::note(what, *line, &mut facts);
    }
    let stances = place::stances(&document, vocabulary);
    prose::read(&document, &stances, vocabulary, &mut evidence);
    named::read(&document, &stances, vocabulary, &mut evidence);
    layers::read(&document, &mut evidence);
    features::read(&document, &stances, vocabulary, &mut evidence);
    spans(&document, &stances, vocabulary, &mut evidence);
    blocks(&document, &stances, vocabulary, &mut evidence, &mut facts);
    trees(&document, &mut facts);
    if let Some(tree) = &facts.tree {
        prose::comments(tree, vocabulary, &mut evidence);
    }
    for field in Field::ALL {
        facts.facts.extend(all(&evidence, *field));
    }
    if facts.about_python {
        facts.tiers = tiers::read(&document, vocabulary);
        facts.settled = settle::settle(&evidence, facts.tree.as_ref());
        facts.alternatives = settle::alternatives(&evidence, &facts.settled);
    } else {
        facts.other_trees.extend(facts.tree.take());
    }
    Ok(facts)
}

/// The text of a document as the reader numbers it: every line number of a fact counts its lines.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    decode::text(bytes)
}

/// Every value of a field, once per polarity.
fn all(evidence: &Evidence, field: Field) -> Vec<Fact> {
    let candidates = settle::candidates(evidence, field);
    let uses = candidates
        .iter()
        .filter(|candidate| !candidate.uses.is_empty())
        .map(|candidate| candidate.fact(field));
    let refusals = candidates
        .iter()
        .filter(|candidate| !candidate.refusals.is_empty())
        .map(|candidate| candidate.refusal(field));
    uses.chain(refusals).collect()
}

/// Cuts a long line into pieces that no step reads twice.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = rest.len().min(MAX_PIECE);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (head, tail) = rest.split_at(end);
        rest = tail;
        Some(head)
    })
}

fn trees(document: &Document<'_>, facts: &mut Facts) {
    let mut trees = tree::read(document);
    if let Some(index) = tree::main(&trees) {
        facts.tree = Some(trees.remove(index));
    }
    facts.other_trees = trees;
}

/// Commands in backticks inside of text.
fn spans(document: &Document<'_>, stances: &[Stance], vocabulary: &Vocabulary, evidence: &mut Evidence) {
    for (index, line) in document.lines.iter().enumerate() {
        let text = matches!(line.kind, Kind::Item | Kind::Text | Kind::Row(_) | Kind::Heading(_));
        if !text || stances.get(line.section) != Some(&Stance::Normal) || !line.text.contains('`') {
            continue;
        }
        for piece in pieces(line.text) {
            let scan = mention::scan(piece, vocabulary);
            let mut at = 0;
            for (number, span) in piece.split('`').enumerate() {
                let refused = scan.mentions.iter().any(|mention| {
                    (at..at + span.len()).contains(&mention.start)
                        && mention.polarity != crate::facts::Polarity::Use
                });
                if number % 2 == 1 && span.contains(' ') && !refused {
                    let spot = Spot { line: index + 1, weight: weight::COMMAND, lesson: false };
                    shell::line(span, spot, vocabulary, evidence);
                }
                at += span.len() + 1;
            }
        }
    }
}

fn blocks(
    document: &Document<'_>,
    stances: &[Stance],
    vocabulary: &Vocabulary,
    evidence: &mut Evidence,
    facts: &mut Facts,
) {
    let mut seen = python_block::Seen::default();
    let mut images = 0;
    for code in &document.codes {
        let lead = code.lead.and_then(|at| document.lines.get(at)).map_or("", |line| line.text);
        let first =
            document.content(code).map(|(_, line)| line.trim()).find(|line| !line.is_empty()).unwrap_or("");
        let second_choice = place::label(lead)
            .is_some_and(|(head, _)| place::column(head, vocabulary) == Stance::Alternative);
        let normal = stances.get(code.section) == Some(&Stance::Normal)
            && !is_bad(first, vocabulary)
            && !second_choice;
        match block::shape(document, code) {
            Shape::Toml => {
                let scale = if normal { weight::CONFIG } else { 0 };
                let text = document.text(code);
                if !crate::toml::parses(&text) {
                    keep::note("the block is no valid TOML; what parses was taken", code.first + 1, facts);
                }
                let keys = toml_block::read(&text, code.first + 1, scale, vocabulary, evidence);
                let room = MAX_KEPT.saturating_sub(facts.toml_keys.len());
                facts.toml_keys.extend(keys.into_iter().take(room));
                keep_block(document, code, "toml", &mut facts.toml);
            }
            Shape::Yaml => {
                let lines: Vec<(usize, &str)> = document.content(code).collect();
                if normal {
                    yaml_block::read(&lines, vocabulary, evidence);
                }
                keep_block(document, code, "yaml", &mut facts.yaml);
            }
            Shape::Docker => {
                let found = docker::read(document.content(code), normal && images == 0, vocabulary, evidence);
                images += usize::from(found.iter().any(|instruction| instruction.name == "FROM"));
                let room = MAX_KEPT.saturating_sub(facts.docker.len());
                facts.docker.extend(found.into_iter().take(room));
            }
            Shape::Shell | Shape::Make => commands(document, code, normal, vocabulary, evidence, facts),
            Shape::Python => {
                for (line, text) in document.content(code) {
                    python_block::line(text, line, &mut seen, &mut facts.samples, vocabulary, evidence);
                }
            }
            Shape::Env => variables(document, code, evidence, facts),
            Shape::Ignore => keep_block(document, code, "ignore", &mut facts.ignore),
            Shape::Requirements => {
                for (line, text) in document.content(code) {
                    if let Some(name) =
                        requirement::package(text.split('#').next().unwrap_or("")).filter(|_| normal)
                    {
                        requirement::found(&name, weight::CONFIG, line, vocabulary, evidence);
                    }
                }
            }
            Shape::Other => {}
        }
    }
    if images == 0 {
        told_images(document, vocabulary, evidence);
    }
}

fn commands(
    document: &Document<'_>,
    code: &Code,
    normal: bool,
    vocabulary: &Vocabulary,
    evidence: &mut Evidence,
    facts: &mut Facts,
) {
    let (mut lesson, mut bad, mut bonus) = (false, false, 0);
    for (line, text) in document.content(code) {
        let body = text.trim();
        if body.starts_with('#') {
            lesson = teaches(body);
            bad = is_bad(body, vocabulary);
            let lower = body.to_lowercase();
            bonus = if lower.contains("(recommended") || lower.contains("(preferred") {
                weight::FAVOURED
            } else {
                0
            };
        } else if body.is_empty() {
            lesson = false;
        }
        let spot = Spot { line, weight: if normal && !bad { weight::COMMAND + bonus } else { 0 }, lesson };
        let created = shell::line(text, spot, vocabulary, evidence);
        let room = MAX_KEPT.saturating_sub(facts.created.len());
        facts.created.extend(created.into_iter().take(room));
        facts.variables.extend(keep::variable(text, line).filter(|_| facts.variables.len() < MAX_KEPT));
    }
}

/// Whether a comment marks what follows as wrong.
fn is_bad(comment: &str, vocabulary: &Vocabulary) -> bool {
    let Some(text) = comment.strip_prefix('#') else { return false };
    let text = text.trim_start_matches(['#', ' ']);
    vocabulary.bad_marks.iter().any(|mark| text.starts_with(mark.as_str()))
        || text.starts_with("Bad ")
        || text == "Bad"
}

/// Whether a comment introduces a command as such ("add a dependency") and not for this project.
fn teaches(comment: &str) -> bool {
    let comment = comment.to_lowercase();
    [
        "a dependency",
        "a package",
        "a dev dependency",
        "dependencies with",
        "specific version",
        "add packages",
        "install package",
        "add package",
    ]
    .iter()
    .any(|phrase| comment.contains(phrase))
}

/// Dockerfiles told in the items of a list; only where no block shows one.
fn told_images(document: &Document<'_>, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let lines =
        document.lines.iter().enumerate().filter(|(_, line)| matches!(line.kind, Kind::Item | Kind::Text));
    let told = lines.filter_map(|(index, line)| {
        let text = document::item_text(line.text).unwrap_or(line.text).trim().trim_matches('`');
        (text.starts_with("FROM ") && text.contains([':', '/'])).then_some((index + 1, text))
    });
    docker::read(told, true, vocabulary, evidence);
}

fn variables(document: &Document<'_>, code: &Code, evidence: &mut Evidence, facts: &mut Facts) {
    for (line, text) in document.content(code) {
        if let Some(variable) = keep::variable(text, line) {
            let server = [
                ("postgres", "postgresql"),
                ("mysql", "mysql"),
                ("sqlite", "sqlite"),
                ("mongodb", "mongodb"),
            ];
            let scheme = server
                .iter()
                .find(|(scheme, _)| variable.value.starts_with(scheme) && variable.value.contains("://"));
            if let Some((_, database)) = scheme {
                evidence.wants(Field::Database, *database, weight::COMMAND, line);
            }
            if facts.variables.len() < MAX_KEPT {
                facts.variables.push(variable);
            }
        }
    }
}

fn keep_block(document: &Document<'_>, code: &Code, language: &str, blocks: &mut Vec<Block>) {
    if blocks.len() < MAX_BLOCKS {
        let heading = document.title(code.section).to_owned();
        blocks.push(Block {
            language: language.to_owned(),
            first: code.first + 1,
            last: code.end,
            heading,
            text: document.text(code),
        });
    }
}
