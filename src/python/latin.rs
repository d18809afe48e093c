//! Writes letters of other alphabets in plain ASCII, where there is a usual way.

/// `text` in ASCII, or `None` when a letter has no usual spelling.
pub(crate) fn in_ascii(text: &str) -> Option<String> {
    let mut plain = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii() {
            plain.push(c);
        } else {
            plain.push_str(spelling(c)?);
        }
    }
    Some(plain)
}

/// Letters, and how they are usually written.
#[rustfmt::skip]
const SPELLINGS: &[(&str, &str)] = &[
    ("àáâãāăą", "a"), ("äæ", "ae"), ("å", "aa"), ("çćčĉ", "c"), ("ďđð", "d"), ("èéêëēėęě", "e"),
    ("ğĝģ", "g"), ("ĥ", "h"), ("ìíîïīįı", "i"), ("ĵ", "j"), ("ķ", "k"), ("łľļĺ", "l"), ("ñńňņ", "n"),
    ("òóôõōő", "o"), ("öøœ", "oe"), ("ŕř", "r"), ("śšşșŝ", "s"), ("ß", "ss"), ("ťțţ", "t"), ("þ", "th"),
    ("ùúûūůűų", "u"), ("ü", "ue"), ("ŵ", "w"), ("ýÿ", "y"), ("źżž", "z"),
    ("а", "a"), ("б", "b"), ("в", "v"), ("г", "g"), ("д", "d"), ("еёэ", "e"), ("ж", "zh"), ("з", "z"),
    ("ий", "i"), ("к", "k"), ("л", "l"), ("м", "m"), ("н", "n"), ("о", "o"), ("п", "p"), ("р", "r"),
    ("с", "s"), ("т", "t"), ("у", "u"), ("ф", "f"), ("х", "kh"), ("ц", "ts"), ("ч", "ch"), ("ш", "sh"),
    ("щ", "shch"), ("ы", "y"), ("ьъ\u{307}", ""), ("ю", "yu"), ("я", "ya"), ("–—‐‑\u{a0}·", "-"),
];

fn spelling(c: char) -> Option<&'static str> {
    SPELLINGS.iter().find(|(letters, _)| letters.contains(c)).map(|(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_latin_and_cyrillic() {
        let cases = [
            ("Käse-Straße", Some("kaese-strasse")),
            ("łódź", Some("lodz")),
            ("магазин", Some("magazin")),
            ("店", None),
        ];
        for (text, expected) in cases {
            assert_eq!(in_ascii(text).as_deref(), expected, "{text}");
        }
    }
}
