//! Docstrings as Python writes them.

/// A module that holds nothing but `text` as its docstring.
pub fn module(text: &str) -> String {
    format!("{}\n", quoted(text))
}

/// `text` as a docstring, whatever characters are in it.
pub fn quoted(text: &str) -> String {
    // Linters want a raw text where there are backslashes, as long as it can be one.
    if text.contains('\\') && !text.contains("\"\"\"") && !text.ends_with(['"', '\\']) {
        return format!("r\"\"\"{text}\"\"\"");
    }
    let safe = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    let safe = match safe.strip_suffix('"') {
        Some(start) if !start.ends_with('\\') => format!("{start}\\\""),
        _ => safe,
    };
    format!("\"\"\"{safe}\"\"\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_stays_inside_its_quotes() {
        assert_eq!(quoted("Users."), "\"\"\"Users.\"\"\"");
        assert_eq!(quoted("a\\b"), "r\"\"\"a\\b\"\"\"");
        assert_eq!(quoted("a\\"), "\"\"\"a\\\\\"\"\"");
        assert_eq!(quoted("say \"yes\""), "\"\"\"say \"yes\\\"\"\"\"");
        assert_eq!(quoted("\"\"\""), "\"\"\"\\\"\\\"\\\"\"\"\"");
    }
}
