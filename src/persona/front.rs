//! Where front matter ends, closed or not.

use super::fence;

/// The number of lines that the front matter takes, marks included.
#[must_use]
pub fn length(raw: &[&str]) -> usize {
    if raw.first().is_none_or(|line| line.trim_end() != "---") {
        return 0;
    }
    let closed = raw.iter().take(400).skip(1).position(|line| matches!(line.trim_end(), "---" | "..."));
    let until = closed.map_or(raw.len(), |end| end + 2);
    let unclosed = raw.iter().skip(1).position(|line| line.starts_with('#') || fence::of(line).is_some());
    match (closed, unclosed) {
        // A mark far below is a rule of the text when headings stand between.
        (_, Some(end)) if end + 1 < until && !looks_like_yaml(&raw[1..=end]) => 1,
        (None, Some(end)) => end + 1,
        (None, None) => raw.iter().position(|line| line.trim().is_empty()).unwrap_or(raw.len()),
        (Some(_), _) => until,
    }
}

fn looks_like_yaml(lines: &[&str]) -> bool {
    lines.iter().any(|line| line.split_once(':').is_some_and(|(key, _)| !key.contains(' ')))
}
