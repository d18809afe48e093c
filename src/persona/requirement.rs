//! Requirements: a package name with extras and versions, and what naming it says.

use super::evidence::Evidence;
use super::vocabulary::Vocabulary;
use crate::facts::Field;

/// The PEP 503 name at the start of a requirement, if it is a name and no path or placeholder.
#[must_use]
pub fn package(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['"', '\'', '`', ',', '(', ')']);
    let end = text.find(['[', '<', '>', '=', '!', '~', ';', ' ', '@', '^']).unwrap_or(text.len());
    let (name, rest) = (&text[..end], &text[end..]);
    let fine = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    let bounded = name.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && name.ends_with(|letter: char| letter.is_ascii_alphanumeric());
    let path =
        [".txt", ".toml", ".in", ".py", ".lock", ".whl"].iter().any(|extension| name.ends_with(extension));
    if !bounded
        || !name.chars().all(fine)
        || name.len() > 80
        || path
        || !name.contains(|letter: char| letter.is_ascii_alphabetic())
    {
        return None;
    }
    let dummy = [
        "package",
        "package-name",
        "pkg",
        "your-package",
        "my-package",
        "packages",
        "name",
        "package1",
        "package2",
        "some-package",
        "example-package",
    ];
    let name = pep503(name);
    let owner = ["my-", "your-"].iter().any(|owner| name.starts_with(owner));
    let placeholder = owner || dummy.contains(&name.as_str()) || rest.starts_with('<') && rest.ends_with('>');
    (!placeholder).then_some(name)
}

/// A name in PEP 503 form.
#[must_use]
pub fn pep503(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars() {
        if matches!(letter, '-' | '_' | '.') {
            if !out.ends_with('-') {
                out.push('-');
            }
        } else {
            out.extend(letter.to_lowercase());
        }
    }
    out
}

/// Records a required package and the fields it fills.
pub fn found(name: &str, weight: u32, line: usize, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    evidence.wants(Field::Package, name, weight, line);
    let Some(tool) = vocabulary.named(name) else { return };
    if let Some(database) = tool.drives.as_ref().filter(|_| weight >= super::evidence::weight::CONFIG) {
        evidence.wants(Field::Database, database.as_str(), super::evidence::weight::COMMENT, line);
    }
    for role in &tool.roles {
        let implied =
            !matches!(role.field, Field::Cache | Field::Formatter | Field::HttpClient | Field::Database)
                || (role.field == Field::Formatter && tool.name != "ruff");
        // An installed framework may be an example; a listed requirement is not.
        let example = matches!(role.field, Field::WebFramework | Field::Orm)
            && weight < super::evidence::weight::CONFIG;
        if implied {
            let weight =
                if example { weight.min(super::evidence::weight::ASIDE) } else { weight.saturating_sub(5) };
            evidence.wants(role.field, role.value.as_str(), weight, line);
        }
    }
}
