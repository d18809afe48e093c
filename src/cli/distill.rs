//! `scaffold distill`: documents in, facts out.

use std::process::ExitCode;

use super::{args, input, report};
use crate::{error::Result, facts, ops::distill, persona::Vocabulary};

/// The largest document, in bytes: more than the reader takes, so that it can say so.
const MAX_DOCUMENT: u64 = 8 << 20;

/// Prints the facts of every document.
pub(super) fn run(args: &args::Distill) -> Result<ExitCode> {
    let vocabulary = Vocabulary::built_in();
    for path in &args.files {
        let (name, bytes) = input::bytes(path, MAX_DOCUMENT)?;
        let facts = distill::facts(&name, &bytes, &vocabulary)?;
        report::json(&facts::json(&facts));
    }
    Ok(ExitCode::SUCCESS)
}
