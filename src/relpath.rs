//! A path that cannot leave the project.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The longest component, in bytes, that common file systems take.
pub const MAX_COMPONENT: usize = 255;
/// The longest whole path, in bytes.
pub const MAX_LENGTH: usize = 1024;
/// The deepest nesting.
pub const MAX_DEPTH: usize = 32;

/// A relative path with `/` separators that is safe to create on every system.
///
/// Being a type, it is checked once: whatever takes a `RelPath` may join it to a root.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RelPath(String);

impl RelPath {
    /// Checks `path`.
    ///
    /// # Errors
    /// The reason, as the end of the sentence "the path … ".
    pub fn new(path: impl Into<String>) -> Result<Self, &'static str> {
        let path = path.into();
        check(&path)?;
        Ok(Self(path))
    }

    /// `path` as a system sees it that ignores case and the form of Unicode: two paths that fold to the same text
    /// would be one file there.
    pub fn fold(path: &str) -> String {
        if path.is_ascii() {
            path.to_ascii_lowercase()
        } else {
            path.nfc().collect::<String>().to_lowercase().nfc().collect()
        }
    }

    /// The path, folded.
    pub fn folded(&self) -> String {
        Self::fold(&self.0)
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last component.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The file name without its last extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => &name[..dot],
            _ => name,
        }
    }

    /// The folder the path is in, or `None` at the root.
    pub fn parent(&self) -> Option<&str> {
        self.0.rsplit_once('/').map(|(folder, _)| folder)
    }

    /// Whether the file name ends in `.extension`.
    pub fn has_extension(&self, extension: &str) -> bool {
        self.file_name().rsplit_once('.').is_some_and(|(stem, found)| !stem.is_empty() && found == extension)
    }
}

fn check(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("is empty");
    }
    if path.len() > MAX_LENGTH {
        return Err("is longer than 1024 bytes");
    }
    if path.starts_with('/') {
        return Err("is absolute");
    }
    if path.bytes().filter(|byte| *byte == b'/').count() >= MAX_DEPTH {
        return Err("is nested deeper than 32 folders");
    }
    path.split('/').try_for_each(check_component)
}

fn check_component(part: &str) -> Result<(), &'static str> {
    match part {
        "" => return Err("has an empty component"),
        "." | ".." => return Err("has a `.` or `..` component"),
        _ => {}
    }
    if part.len() > MAX_COMPONENT {
        return Err("has a component longer than 255 bytes");
    }
    if part.bytes().any(|byte| matches!(byte, b'\\' | b':' | b'*' | b'?' | b'"' | b'<' | b'>' | b'|')) {
        return Err(r#"has a character that not every system can store (one of \ : * ? " < > |)"#);
    }
    // Thousands of paths are checked, and nearly all of them are plain.
    let plain = part.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    if !plain && part.chars().any(is_invisible) {
        return Err("has a control, bidirectional or zero-width character");
    }
    if part.ends_with(['.', ' ']) {
        return Err("has a component that ends in a dot or a blank");
    }
    if is_device(part) {
        return Err("has a component that is a device name on Windows");
    }
    if is_git(part) {
        return Err("reaches into `.git`");
    }
    Ok(())
}

/// Control, bidirectional and zero-width characters: invisible, yet able to mislead a reader.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

fn is_device(part: &str) -> bool {
    let stem = part.split_once('.').map_or(part, |(stem, _)| stem).trim_end();
    let is = |name: &str| stem.eq_ignore_ascii_case(name);
    let numbered = |kind: &str| {
        stem.strip_suffix(|c: char| matches!(c, '1'..='9')).is_some_and(|it| it.eq_ignore_ascii_case(kind))
    };
    ["con", "prn", "aux", "nul", "conin$", "conout$"].into_iter().any(is)
        || ["com", "lpt"].into_iter().any(numbered)
}

/// Spellings of `.git` by git's own NTFS and HFS rules.
fn is_git(part: &str) -> bool {
    if !part.starts_with(['.', 'g', 'G']) {
        return false;
    }
    let part = part.to_ascii_lowercase();
    part == ".git" || part == "git~1" || part.starts_with(".git ") || part.starts_with(".git.")
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RelPath {
    type Error = &'static str;

    fn try_from(path: String) -> Result<Self, Self::Error> {
        Self::new(path)
    }
}

impl From<RelPath> for String {
    fn from(path: RelPath) -> Self {
        path.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_only_paths_inside_the_root() {
        for good in ["a", "a/b.py", ".github/workflows/ci.yml", ".gitignore", "com0", "a b"] {
            assert!(RelPath::new(good).is_ok(), "{good}");
        }
        let long = "a".repeat(256);
        let deep = vec!["a"; 33].join("/");
        for bad in [
            "",
            "/etc/passwd",
            "../up",
            "a/../../b",
            "a//b",
            "C:\\x",
            "./a",
            "a/",
            "a/.git/config",
            ".GIT/x",
            "git~1",
            "nul",
            "LPT1.txt",
            "a.",
            "a ",
            "a\u{202e}b",
            "a\nb",
            &long,
            &deep,
        ] {
            assert!(RelPath::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn knows_its_parts() {
        let path = RelPath::new("src/shop/__main__.py").unwrap();
        assert_eq!(
            (path.file_name(), path.stem(), path.parent()),
            ("__main__.py", "__main__", Some("src/shop"))
        );
        assert!(path.has_extension("py"));
        let hidden = RelPath::new(".gitignore").unwrap();
        assert_eq!((hidden.stem(), hidden.parent()), (".gitignore", None));
        assert!(!hidden.has_extension("gitignore"));
    }
}
