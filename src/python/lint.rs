//! What the project's own linter and formatter would say about a file, without changing it.

use ruff_linter::settings::LinterSettings;
use ruff_workspace::resolver::match_any_exclusion;

use super::{
    fault::Fault,
    settings::ROOT,
    tidy::{Tidy, absolute},
};

/// One thing the linter finds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// 1-based line.
    pub line: usize,
    /// 1-based column.
    pub column: usize,
    /// The code, such as `F401`.
    pub rule: String,
    /// What is wrong.
    pub message: String,
}

impl Tidy {
    /// Runs all rules of the project over a file, honouring `noqa`, `per-file-ignores` and excluded files.
    ///
    /// # Errors
    /// The text is no Python.
    pub fn lint(&self, path: &str, source: &str) -> Result<Vec<Finding>, Fault> {
        let file = absolute(path);
        let rules: &LinterSettings = &self.settings.linter;
        if match_any_exclusion(&file, &self.settings.file_resolver, Some(&rules.exclude), None).is_some() {
            return Ok(vec![]);
        }
        let found = self.check(&file, path, source, rules)?;
        let mut findings: Vec<Finding> = found
            .diagnostics
            .iter()
            .map(|diagnostic| {
                let place = diagnostic.ruff_start_location().unwrap_or_default();
                Finding {
                    line: place.line.get(),
                    column: place.column.get(),
                    rule: diagnostic.secondary_code_or_id().to_owned(),
                    // Ruff names files by their path on the disk; here there is none.
                    message: diagnostic.concise_message().to_string().replace(&format!("{ROOT}/"), ""),
                }
            })
            .collect();
        findings.sort();
        Ok(findings)
    }

    /// Whether the project's formatter would leave the file as it is.
    ///
    /// # Errors
    /// The text is no Python.
    pub fn is_formatted(&self, path: &str, source: &str) -> Result<bool, Fault> {
        let exclude = &self.settings.formatter.exclude;
        if match_any_exclusion(&absolute(path), &self.settings.file_resolver, None, Some(exclude)).is_some() {
            return Ok(true);
        }
        self.format(path, source).map(|formatted| formatted == source)
    }
}
