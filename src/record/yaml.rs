//! Writing YAML that every reader, of version 1.1 or 1.2, takes for the same strings.

/// `text` as a scalar: as it stands where no reader can take it for anything but this string, else quoted.
pub fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// `items` as a list on one line.
pub fn list<S: AsRef<str>>(items: &[S]) -> String {
    let items: Vec<String> = items.iter().map(|item| scalar(item.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// Plain is what begins with a letter, goes on with letters, digits and a few signs that mean nothing
/// anywhere in YAML, and is none of the words that some version reads as a value. Numbers, dates and
/// times begin with a digit, sign or dot, so they are never plain.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 10] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nil"];
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || " -_./@+".contains(c))
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// A double-quoted scalar with everything escaped that some reader would fold, drop or refuse.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            ' '..='~' => out.push(c),
            // Printable beyond ASCII, without breaks, surrogates, non-characters and the byte order mark.
            '\u{a0}'..='\u{1fff}' | '\u{2070}'..='\u{d7ff}' | '\u{1f300}'..='\u{1faff}' => out.push(c),
            _ if u32::from(c) <= 0xff => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            _ if u32::from(c) <= 0xffff => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => out.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rustfmt::skip]
    const TRICKY: &[&str] = &[
        "", " ", "a", "yes", "No", "ON", "y", "null", "~", "NULL", "true", "1", "1.0", "3.10", "0x1f",
        "0o7", "012", "1e3", "1_000", "12:30:45", "2001-12-14", ".inf", ".NaN", "-", "- a", "a: b", "a #b",
        "#", "&a", "*a", "!a", "%a", "@a", "`a", "a,b", "[a]", "{a}", "a\nb", "a\r", "\t", "\"", "'", "\\",
        "a ", " a", "=", "<<", "---", "...", "\u{85}", "\u{2028}", "\u{feff}", "\u{7f}", "\u{0}", "ä", "日本",
        "🚀", "\u{10ffff}", "\u{202e}", "nan", "inf", "e3", "a:b", "NaN",
    ];

    #[test]
    fn a_string_stays_that_string() {
        for text in TRICKY {
            for document in [format!("a: {}\n", scalar(text)), format!("a: {}\n", quoted(text))] {
                let read: serde_yaml::Value = serde_yaml::from_str(&document).unwrap();
                assert_eq!(read["a"].as_str(), Some(*text), "{document}");
            }
            let read: Vec<String> = serde_yaml::from_str(&list(&[*text, "b"])).unwrap();
            assert_eq!(read, [*text, "b"]);
        }
    }

    #[test]
    fn ordinary_words_stay_readable() {
        for text in ["postgresql", "src/shop/main.py", "--no-check", "3.13", "uv run"] {
            assert_eq!(scalar(text) == text, text.starts_with(|c: char| c.is_alphabetic()), "{text}");
        }
    }
}
