//! Plain words of YAML whose meaning depends on who reads them.

/// Whether a plain scalar that is meant as text could be read as a number, a date or a truth value.
pub(super) fn is_ambiguous(text: &str) -> bool {
    let is_one_of = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if text.len() <= 5 && is_one_of(&["y", "n", "yes", "no", "on", "off", ".inf", "-.inf", ".nan"]) {
        return true;
    }
    if is_one_of(&["true", "false", "null"]) && !matches!(text, "true" | "false" | "null") {
        return true;
    }
    let digits = text.trim_start_matches(['+', '-', '.']);
    digits.starts_with(|c: char| c.is_ascii_digit()) && (is_number(text) || is_time(text))
}

fn is_number(text: &str) -> bool {
    let bare = text.replace('_', "");
    let unsigned = bare.trim_start_matches(['+', '-']);
    let based = ["0x", "0o", "0b"].into_iter().any(|base| {
        let rest = unsigned.strip_prefix(base);
        rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_hexdigit()))
    });
    based || bare.parse::<f64>().is_ok()
}

/// A date such as 2026-01-31, or a number to the base of sixty such as 12:30.
fn is_time(text: &str) -> bool {
    let all_digits = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let dashed: Vec<&str> = text.split('-').collect();
    let is_date = dashed.len() == 3 && dashed[0].len() == 4 && dashed.iter().all(|part| all_digits(part));
    is_date || (text.contains(':') && text.split(':').all(all_digits))
}

#[cfg(test)]
mod tests {
    use super::is_ambiguous;

    #[test]
    fn what_looks_like_something_else_is_ambiguous() {
        for text in [
            "no",
            "Yes",
            "ON",
            "n",
            "3.10",
            "3",
            "1e3",
            "0x1f",
            "012",
            "1_000",
            "2026-01-31",
            "12:30",
            "True",
        ] {
            assert!(is_ambiguous(text), "{text}");
        }
        for text in
            ["none", "3.10.1", "py313", "a-1", "v2", "inf", "nan", "-", ".", "1001:1001x", "api", "3.13-slim"]
        {
            assert!(!is_ambiguous(text), "{text}");
        }
    }
}
