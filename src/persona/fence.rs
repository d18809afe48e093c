//! Marks of fenced blocks.

/// A line that may open or close a fenced block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence {
    /// `` ` `` or `~`.
    pub mark: char,
    /// How many marks.
    pub length: usize,
    /// Columns before the marks.
    pub indent: usize,
    /// Whether nothing follows the marks.
    pub bare: bool,
}

impl Fence {
    /// Whether this bare fence ends a block that `open` began.
    #[must_use]
    pub fn closes(self, open: Self) -> bool {
        self.mark == open.mark && self.length >= open.length && self.indent <= open.indent + 3
    }
}

/// The fence on `line`, if it is one.
#[must_use]
pub fn of(line: &str) -> Option<Fence> {
    let body = line.trim_start();
    let mark = body.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = body.chars().take_while(|letter| *letter == mark).count();
    let info = body[length..].trim();
    if length < 3 || (mark == '`' && info.contains('`')) {
        return None;
    }
    let indent = line[..line.len() - body.len()].chars().map(|space| if space == '\t' { 4 } else { 1 }).sum();
    Some(Fence { mark, length, indent, bare: info.is_empty() })
}

/// The language in the text after a fence: its first word, lower case.
#[must_use]
pub fn language(info: &str) -> String {
    let word = info.split(|letter: char| letter.is_whitespace() || matches!(letter, '{' | ',' | ':')).next();
    word.unwrap_or("").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{language, of};

    #[test]
    fn fences_close_their_own_kind() {
        let open = of("  ```python title=\"a\"").expect("a fence");
        assert!(!open.bare && open.length == 3 && open.indent == 2);
        assert!(of("```").is_some_and(|close| close.closes(open)));
        assert!(!of("~~~").is_some_and(|close| close.closes(open)));
        assert!(!of("          ```").is_some_and(|close| close.closes(open)));
        assert_eq!(of("``` a ` b"), None);
        assert_eq!(of("``x``"), None);
        assert_eq!(language("TOML {x}"), "toml");
    }
}
