//! A document as its lines are cited and searched.

use super::data::Data;
use crate::relpath::is_invisible;

/// The longest citation, in characters.
const MAX_CITE: usize = 88;

/// A document as its lines are cited.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// The name of its file, without folders.
    pub name: &'a str,
    /// Its text, whose lines the facts count.
    pub text: &'a str,
}

impl Paper<'_> {
    /// A line as a citation: `LINE: text`.
    pub(super) fn cite(&self, line: usize) -> String {
        let text = self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let clean: String = text.trim().chars().filter(|c| !is_invisible(*c)).take(MAX_CITE).collect();
        format!("{line}: {}", clean.trim_end())
    }

    /// Whether a line asks for something only where a project needs it: it says so, or what introduces it does.
    pub(super) fn is_conditional(&self, line: usize, data: &Data) -> bool {
        let own = self.text.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_lowercase();
        let lead = self.lead(line);
        data.conditional.iter().any(|word| own.contains(word.as_str()) || lead.contains(word.as_str()))
    }

    /// The text that introduces the list or table that `line` is part of: the nearest lines above that are neither
    /// items nor rows, up to a heading.
    pub(super) fn lead(&self, line: usize) -> String {
        let lines: Vec<&str> = self.text.lines().take(line.saturating_sub(1)).collect();
        let mut lead = vec![];
        for text in lines.iter().rev().take(24) {
            let text = text.trim();
            if text.starts_with('#') {
                lead.push(text.to_lowercase());
                break;
            }
            if !text.is_empty() && !text.starts_with(['|', '-', '*', '+']) {
                lead.push(text.to_lowercase());
            }
        }
        lead.join("\n")
    }

    /// The first heading.
    pub(super) fn heading(&self) -> Option<&str> {
        self.text.lines().find_map(|line| line.strip_prefix("# ")).map(str::trim)
    }

    /// The nearest line above `line` that says something, or the line itself.
    pub(super) fn line_above(&self, line: usize) -> usize {
        let before = self.text.lines().take(line.saturating_sub(1)).enumerate();
        let said = before.filter(|(_, text)| !text.trim().is_empty()).last();
        said.map_or(line.max(1), |(index, _)| index + 1)
    }

    /// The first line that holds a phrase as whole words; only one with capitals is looked for as it is written.
    pub(super) fn line_with(&self, phrase: &str) -> Option<usize> {
        let as_written = phrase.chars().any(char::is_uppercase);
        let ends = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-');
        let holds = |line: &str| {
            let line = if as_written { line.to_owned() } else { line.to_lowercase() };
            line.match_indices(phrase).any(|(at, found)| {
                ends(line[..at].chars().next_back()) && ends(line[at + found.len()..].chars().next())
            })
        };
        self.text.lines().position(holds).map(|index| index + 1)
    }

    /// The first line that holds one of `phrases`.
    pub(super) fn line_of(&self, phrases: &[String]) -> Option<usize> {
        phrases.iter().filter_map(|phrase| self.line_with(phrase)).min()
    }

    /// The name of the preset: the file's name in lower case, words joined by `-`.
    pub(super) fn preset(&self) -> String {
        let stem = self.name.rsplit_once('.').map_or(self.name, |(stem, _)| stem);
        let plain: String =
            stem.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let words: Vec<&str> = plain.split('-').filter(|word| !word.is_empty()).collect();
        let name: String = words.join("-").chars().take(60).collect();
        if name.is_empty() { "persona".to_owned() } else { name }
    }
}
