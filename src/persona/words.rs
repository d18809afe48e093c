//! A line as words with what stands between them, Markdown marks removed.

use std::borrow::Cow;

/// One word.
#[derive(Debug, Clone)]
pub struct Word<'a> {
    /// Lower case, `-` for `_`, no trailing point.
    pub normal: Cow<'a, str>,
    /// The word as written.
    pub raw: &'a str,
    /// Byte offset in the line.
    pub start: usize,
    /// Whether it stands between backticks.
    pub code: bool,
    /// What stands between it and the word before (marks of emphasis included).
    pub before: &'a str,
}

impl Word<'_> {
    /// Byte offset after the word.
    #[must_use]
    pub fn end(&self) -> usize {
        self.start + self.raw.len()
    }
}

/// Cuts `line` into words.
#[must_use]
pub fn cut(line: &str) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::new();
    let (mut code, mut last_end, mut start) = (false, 0, None);
    let mut previous = Script::Other;
    for (at, letter) in line.char_indices().chain([(line.len(), ' ')]) {
        let script = script(letter, start.is_some());
        if let Some(from) = start.filter(|_| script == Script::Other || script != previous) {
            last_end = push(line, from, at, last_end, code, &mut out);
            start = None;
        }
        if start.is_none() && script != Script::Other {
            start = Some(at);
        }
        previous = script;
        code ^= letter == '`';
    }
    out
}

fn push<'a>(
    line: &'a str,
    from: usize,
    to: usize,
    last_end: usize,
    code: bool,
    out: &mut Vec<Word<'a>>,
) -> usize {
    let raw = line[from..to].trim_end_matches(['.', '-', '\'', '+']);
    if raw.is_empty() {
        return last_end;
    }
    let normal = if raw.chars().any(|letter| letter.is_uppercase() || letter == '_' || letter == '’') {
        Cow::Owned(super::vocabulary::normal(raw))
    } else {
        Cow::Borrowed(raw)
    };
    out.push(Word { normal, raw, start: from, code, before: &line[last_end..from] });
    from + raw.len()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Alphabet,
    Wide,
    Other,
}

/// Letters of scripts without blanks end a Latin word and the other way round.
fn script(letter: char, inside: bool) -> Script {
    match letter {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '.' | '@' | '$' => Script::Alphabet,
        '-' | '\'' | '’' if inside => Script::Alphabet,
        letter if u32::from(letter) >= 0x2e80 && letter.is_alphanumeric() => Script::Wide,
        letter if letter.is_alphanumeric() => Script::Alphabet,
        _ => Script::Other,
    }
}

/// The text of a line without marks of emphasis, code and links.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(middle) = rest.find("](") {
        let open = rest[..middle].rfind('[');
        let close = rest[middle..].find(')');
        let (Some(open), Some(close)) = (open, close) else { break };
        out.push_str(&rest[..open]);
        out.push_str(&rest[open + 1..middle]);
        rest = &rest[middle + close + 1..];
    }
    out.push_str(rest);
    out.retain(|letter| !matches!(letter, '*' | '`'));
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn words_part_at_scripts_and_marks() {
        let words = |line| cut(line).iter().map(|word| word.normal.to_string()).collect::<Vec<_>>();
        assert_eq!(words("**Use** `pytest-cov`, not unittest."), ["use", "pytest-cov", "not", "unittest"]);
        assert_eq!(words("使用structlog输出"), ["使用", "structlog", "输出"]);
        assert_eq!(words("black/isort+flake8"), ["black", "isort", "flake8"]);
        assert_eq!(words("Don't — вместо pip"), ["don't", "вместо", "pip"]);
    }
}
