//! Tools named in headings, lists, tables and running text.

use super::company::{Company, fills};
use super::document::{Document, Kind, item_text};
use super::evidence::{Evidence, Found, weight};
use super::mention::{self, Mention, Scan};
use super::place::{self, Stance};
use super::vocabulary::{Usage, Vocabulary};
use crate::facts::{Field, Polarity, Strength, Tree, Value};

/// What is known about a piece of text before it is read.
#[derive(Clone, Copy)]
struct Piece<'d, 'v> {
    text: &'d str,
    line: usize,
    weight: u32,
    stance: Stance,
    fields: Option<&'v [Field]>,
    heading: &'d str,
    /// The whole line, label included.
    around: &'d str,
    /// A table cell or an item that is nothing but tools.
    list: bool,
    /// An item below one that names a tool: it tells of that tool.
    nested: bool,
}

/// Reads the tools of all text outside of fenced blocks.
pub fn read(document: &Document<'_>, stances: &[Stance], vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let mut parents: Vec<(usize, bool)> = Vec::new();
    for (index, line) in document.lines.iter().enumerate() {
        let stance = stances.get(line.section).copied().unwrap_or(Stance::Normal);
        let piece = Piece {
            text: line.text.trim(),
            line: index + 1,
            weight: weight::PROSE,
            stance,
            fields: None,
            heading: document.title(line.section),
            around: line.text,
            list: false,
            nested: false,
        };
        match line.kind {
            Kind::Heading(_) => {
                parents.clear();
                tools(piece, vocabulary, evidence);
            }
            Kind::Item => {
                let nested = below_tool(line.text, &mut parents, vocabulary);
                text(Piece { nested, ..piece }, line.kind, vocabulary, evidence);
            }
            Kind::Text => text(piece, line.kind, vocabulary, evidence),
            Kind::Front => front(piece, vocabulary, evidence),
            Kind::Blank | Kind::Row(_) | Kind::Code(_) | Kind::Silent => {}
        }
    }
    for table in &document.tables {
        let stance = stances.get(table.section).copied().unwrap_or(Stance::Normal);
        let columns: Vec<Stance> = table.header.iter().map(|head| place::column(head, vocabulary)).collect();
        let heading = document.title(table.section);
        for (index, cells) in &table.rows {
            let around = document.lines.get(*index).map_or("", |line| line.text);
            row(
                cells,
                &columns,
                Piece {
                    text: "",
                    line: index + 1,
                    weight: 0,
                    stance,
                    fields: None,
                    heading,
                    around,
                    list: true,
                    nested: false,
                },
                vocabulary,
                evidence,
            );
        }
    }
}

/// Reads what the comments of a tree say.
pub fn comments(tree: &Tree, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    for entry in &tree.entries {
        if entry.path.ends_with(".github/workflows") {
            evidence.wants(Field::Ci, "github-actions", weight::COMMENT, entry.line);
        }
        let name = entry.path.rsplit('/').next().unwrap_or("");
        if let Some(tool) = vocabulary.file(name) {
            for role in &tool.roles {
                evidence.wants(role.field, role.value.as_str(), weight::COMMENT, entry.line);
            }
            if let Some(package) = &tool.package {
                evidence.wants(Field::Package, package.as_str(), weight::COMMENT, entry.line);
            }
        }
        let text = entry.comment.as_str();
        let piece = Piece {
            text,
            line: entry.line,
            weight: weight::COMMENT,
            stance: Stance::Normal,
            fields: None,
            heading: "",
            around: text,
            list: false,
            nested: false,
        };
        tools(piece, vocabulary, evidence);
        if !text.is_empty() {
            super::named::phrases(text, "", entry.line, weight::COMMENT, vocabulary, evidence);
        }
    }
}

/// Only the description of the front matter speaks, and softly.
fn front(piece: Piece<'_, '_>, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let described = piece
        .text
        .strip_prefix("description:")
        .or_else(|| item_text(piece.text).filter(|text| text.contains(' ')));
    if let Some(text) = described {
        let text = text.split("<example>").next().unwrap_or("").split("\\n").next().unwrap_or("");
        tools(Piece { text, weight: weight::ASIDE, ..piece }, vocabulary, evidence);
    }
}

/// Whether an item stands below one that names a tool; keeps the items around it.
fn below_tool(line: &str, parents: &mut Vec<(usize, bool)>, vocabulary: &Vocabulary) -> bool {
    let indent = line.len() - line.trim_start().len();
    while parents.last().is_some_and(|(above, _)| *above >= indent) {
        parents.pop();
    }
    let below = parents.iter().any(|(_, tool)| *tool);
    let head = super::pieces(line).next().unwrap_or("");
    let tool = mention::scan(head, vocabulary).mentions.iter().any(|found| found.tool.word == Usage::Own);
    if parents.len() < 16 {
        parents.push((indent, tool));
    }
    below
}

fn text(piece: Piece<'_, '_>, kind: Kind, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let item = kind == Kind::Item;
    let body = if item { item_text(piece.text).unwrap_or(piece.text) } else { piece.text };
    let bad = vocabulary
        .bad_marks
        .iter()
        .any(|mark| body.trim_start_matches(['*', '#', ' ', '`']).starts_with(mark.as_str()));
    let stance = if bad && piece.stance == Stance::Normal { Stance::Never } else { piece.stance };
    let base = if piece.nested {
        weight::NESTED
    } else if item {
        weight::ITEM
    } else {
        weight::PROSE
    };
    let piece = Piece { text: body, weight: base, stance, ..piece };
    if let Some((head, rest)) = place::label(body) {
        let names_tool =
            mention::scan(head, vocabulary).mentions.iter().any(|found| found.tool.word == Usage::Own);
        if !names_tool {
            let fields = place::fields(head, vocabulary);
            let stance = if place::column(head, vocabulary) == Stance::Alternative {
                Stance::Alternative
            } else {
                stance
            };
            let weight = if fields.is_some() { weight::LABELLED } else { piece.weight };
            return tools(
                Piece { text: rest, fields, weight, stance, list: true, ..piece },
                vocabulary,
                evidence,
            );
        }
    }
    tools(piece, vocabulary, evidence);
}

fn row(
    cells: &[String],
    columns: &[Stance],
    piece: Piece<'_, '_>,
    vocabulary: &Vocabulary,
    evidence: &mut Evidence,
) {
    let label = cells.first().map_or("", String::as_str);
    let labelled = place::fields(label, vocabulary);
    for (at, cell) in cells.iter().enumerate() {
        let column = columns.get(at).copied().unwrap_or(Stance::Normal);
        if at == 0 && labelled.is_some() {
            continue;
        }
        let stance = if piece.stance == Stance::Normal { column } else { piece.stance };
        let weight = if at < 2 || column == Stance::Alternative { weight::LABELLED } else { weight::ITEM };
        let fields = labelled
            .or_else(|| cells.get(1).and_then(|role| place::fields(role, vocabulary)).filter(|_| at == 0));
        tools(Piece { text: cell, weight, stance, fields, ..piece }, vocabulary, evidence);
    }
}

/// Records every tool that `piece` names.
fn tools(piece: Piece<'_, '_>, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    if place::refers(piece.around) {
        return;
    }
    for text in super::pieces(piece.text) {
        part(Piece { text, ..piece }, vocabulary, evidence);
    }
}

fn part(piece: Piece<'_, '_>, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let scan = mention::scan(piece.text, vocabulary);
    if scan.mentions.is_empty() {
        return;
    }
    let mut saying =
        Saying { strength: strength(&piece), company: Company::new(piece.text, piece.around, piece.heading) };
    for at in 0..scan.mentions.len() {
        let mention = &scan.mentions[at];
        if !is_tool(&piece, &scan, at) {
            continue;
        }
        let polarity = match (piece.stance, mention.polarity) {
            (Stance::Alternative, Polarity::Use) => Polarity::Alternative,
            // Elsewhere tools are named in passing: only what is turned down counts.
            (Stance::Never | Stance::Ignore, Polarity::Use) => continue,
            (_, polarity) => polarity,
        };
        record(&piece, mention, polarity, &mut saying, vocabulary, evidence);
    }
}

/// Whether a word that is plain English too is meant as a tool here.
fn is_tool(piece: &Piece<'_, '_>, scan: &Scan<'_, '_>, at: usize) -> bool {
    let mention = &scan.mentions[at];
    if mention.tool.word == Usage::Own || (mention.code && mention.tool.word == Usage::Common) {
        return true;
    }
    if piece.text[mention.start..mention.end].ends_with("-based") {
        return true;
    }
    let near = scan.mentions[at.saturating_sub(4)..scan.mentions.len().min(at + 5)].iter();
    let listed = near.clone().any(|other| other.group == mention.group && other.tool.word == Usage::Own);
    if mention.tool.word >= Usage::Code {
        let written = scan
            .words
            .iter()
            .any(|word| word.start == mention.start && word.raw.chars().all(|letter| !letter.is_uppercase()));
        if written
            && piece.text[..mention.start].trim() == "**"
            && piece.text[mention.end..].starts_with("**")
        {
            return true;
        }
        let ticked = piece.text[..mention.start].ends_with('`') && piece.text[mention.end..].starts_with('`');
        let beside = near.clone().any(|other| other.tool.word < Usage::Code && other.tool.package.is_some());
        return (ticked && (beside || mention.tool.word != Usage::Generic))
            || (listed && mention.tool.package.is_some() && scan.words.len() <= 12);
    }
    let fits =
        piece.fields.is_some_and(|fields| mention.tool.roles.iter().any(|role| fields.contains(&role.field)));
    let before = piece.text[..mention.start].trim_end();
    let after = piece.text[mention.end..].trim_start();
    let alone =
        piece.list && before.is_empty() && (after.is_empty() || after.starts_with(['(', ',', '+', '/']));
    let bracketed = before.ends_with('(') && after.starts_with([')', ',']);
    let bold = before.ends_with("**") && after.starts_with("**");
    listed || fits || alone || bracketed || bold
}

/// What is the same for every tool of a piece.
struct Saying<'a> {
    strength: Strength,
    company: Company<'a>,
}

fn record(
    piece: &Piece<'_, '_>,
    mention: &Mention<'_>,
    polarity: Polarity,
    saying: &mut Saying<'_>,
    vocabulary: &Vocabulary,
    evidence: &mut Evidence,
) {
    let (strength, weight, line) = (saying.strength, piece.weight, piece.line);
    let mut add = |field: Field, value: &str, options: Option<usize>| {
        evidence.add(Found { field, value: Value::from(value), polarity, strength, weight, line, options });
    };
    if let Some(package) = mention.tool.package.as_ref().filter(|_| mention.code || !mention.tool.server) {
        add(Field::Package, package, None);
    }
    let options = mention.option.then_some(piece.line * 64 + mention.group % 64);
    for role in &mention.tool.roles {
        // A command in backticks is read as a command.
        let command = mention.code && piece.text[mention.end..].starts_with(' ');
        if command && role.field == Field::PackageManager && polarity == Polarity::Use {
            continue;
        }
        // What is turned down needs no company to be understood.
        let refused = polarity != Polarity::Use && role.field == Field::PackageManager;
        if refused {
            add(Field::Package, &mention.tool.name, None);
        }
        if refused || fills(role, piece.fields, &mut saying.company, vocabulary) {
            add(role.field, &role.value, options);
            if mention.or_none {
                add(role.field, "none", options);
            }
        }
    }
}

/// Words of duty make a demand of a mention.
fn strength(piece: &Piece<'_, '_>) -> Strength {
    let text = piece.text;
    let firm = [
        "MUST",
        "must ",
        "required",
        "Required",
        "mandatory",
        "always ",
        "Always ",
        "必须",
        "ОБЯЗАТЕЛЬНО",
        "obligatoire",
    ];
    if piece.weight <= weight::ASIDE {
        Strength::Context
    } else if firm.iter().any(|word| text.contains(word)) {
        Strength::Must
    } else {
        Strength::Should
    }
}
