//! `scaffold why`: the answer as text.

use std::{fmt::Write, process::ExitCode};

use serde_json::json;

use super::{args, report};
use crate::{
    error::Result,
    ops::why::{self, Why},
    record::Asked,
};

/// Answers one question.
pub(super) fn run(args: &args::Why) -> Result<ExitCode> {
    let why = why::why(&args.what)?;
    if args.json {
        report::json(&json!(why));
    } else {
        report::result(&text(&why));
    }
    Ok(ExitCode::SUCCESS)
}

fn text(why: &Why) -> String {
    let document = why.persona.as_deref().unwrap_or("the persona");
    let mut out = match &why.key {
        Some(key) => format!("{} in {}\n", key, why.path),
        None => format!("{}\n", why.path),
    };
    if let Some(table) = &why.table {
        let _ = writeln!(out, "  the preset {} states {}", why.preset, table.name);
        let _ = writeln!(out, "  {document}, line {}", table.cite);
    } else if why.key.is_some() {
        let _ = writeln!(out, "  no table of the preset {} states it; a component brings it", why.preset);
    } else if why.components.is_empty() {
        let _ = writeln!(out, "  the layout {} makes it", why.layout);
    }
    for component in &why.components {
        let _ = writeln!(out, "  component {}", component.name);
        tell(&component.asked, why, document, &mut out);
        for asked in &component.through {
            tell(asked, why, document, &mut out);
        }
    }
    out
}

fn tell(asked: &Asked, why: &Why, document: &str, out: &mut String) {
    if let Some(entry) = &asked.entry {
        let place = asked.place.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
        let _ = writeln!(out, "    {entry} of the preset {}{place}", why.preset);
    } else if let Some(by) = &asked.by {
        let _ = writeln!(out, "    comes in with {by}");
    }
    if let Some(cite) = &asked.cite {
        let _ = writeln!(out, "    {document}, line {cite}");
    }
}
