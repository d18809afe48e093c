//! What was written: the line in a distilled preset that tells an edited file from one that is as it was.

use crate::hash::sha256;

/// How the line begins.
const MARK: &str = "# As written: ";
/// How it ends, as a hint to the reader.
const HINT: &str = "; `scaffold distill` onto this file keeps what you edit.";
/// Digits of the digest.
const DIGITS: usize = 16;

/// `text` with the line, after its first one.
pub(super) fn sign(text: &str) -> String {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    format!("{first}\n{}\n{rest}", line(&digest(text)))
}

/// The digest of a text, whatever its line ends, without the line itself.
pub fn digest(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with(MARK)).collect();
    sha256(lines.join("\n").as_bytes()).chars().take(DIGITS).collect()
}

/// The digest that a text states.
pub fn stated(text: &str) -> Option<&str> {
    let line = text.lines().find_map(|line| line.strip_prefix(MARK))?;
    let digest = line.get(..DIGITS)?;
    digest.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(digest)
}

/// The line for a digest.
pub(super) fn line(digest: &str) -> String {
    format!("{MARK}{digest}{HINT}")
}

/// Whether a line of a text is this one.
pub(super) fn is_line(text: &str) -> bool {
    text.starts_with(MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_shows_and_line_ends_do_not() {
        let text = sign("# Distilled.\npreset: x\n");
        assert_eq!(stated(&text), Some(digest(&text).as_str()));
        assert_eq!(digest(&text.replace('\n', "\r\n")), digest(&text));
        let edited = text.replace("preset: x", "preset: y");
        assert_ne!(stated(&edited), Some(digest(&edited).as_str()));
        assert_eq!(stated("preset: x\n"), None);
        assert_eq!(stated("# As written: 12"), None);
    }
}
