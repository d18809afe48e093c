//! Bytes to text: byte order marks, UTF-16, legacy code pages, double encoding, line ends.

use std::borrow::Cow;

use encoding_rs::{Encoding, WINDOWS_1252};

/// Reads `bytes` as text with `\n` line ends. The number of lines never changes.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    let decoded = decode(bytes);
    let unified = unify_line_ends(&decoded);
    repair(unified)
}

fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[length..]).0;
    }
    if let Some(encoding) = bare_utf16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    if mostly_utf8(bytes) {
        return String::from_utf8_lossy(bytes);
    }
    WINDOWS_1252.decode_without_bom_handling(bytes).0
}

/// UTF-16 without a mark shows as a zero in nearly every second byte.
fn bare_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096)];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = sample.len() * 3 / 8;
    if sample.len() < 8 {
        None
    } else if odd > most && even * 8 < odd {
        Some(encoding_rs::UTF_16LE)
    } else if even > most && odd * 8 < even {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// A few bad bytes in a UTF-8 text must not turn every other letter into two.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 2
}

fn unify_line_ends(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        match letter {
            '\r' => {
                if rest.peek() == Some(&'\n') {
                    rest.next();
                }
                out.push('\n');
            }
            '\u{feff}' | '\0' => {}
            other => out.push(other),
        }
    }
    out
}

/// Undoes UTF-8 that was read as windows-1252 and stored again, line by line.
fn repair(text: String) -> String {
    if !text.contains(['Ã', 'â', 'ð', 'Â', 'ï', 'å', 'ç']) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        repair_line(line, &mut out);
    }
    out
}

/// Repairs each run of two or more letters that are the bytes of valid UTF-8.
fn repair_line(line: &str, out: &mut String) {
    let mut run: Vec<u8> = Vec::new();
    let mut source = String::new();
    for letter in line.chars() {
        if let Some(byte) = single_byte(letter).filter(|byte| *byte >= 0x80) {
            run.push(byte);
            source.push(letter);
        } else {
            flush(&mut run, &mut source, out);
            out.push(letter);
        }
    }
    flush(&mut run, &mut source, out);
}

/// A run that is not wholly UTF-8 (a lost byte) keeps its bad letters and gets the rest repaired.
fn flush(run: &mut Vec<u8>, source: &mut String, out: &mut String) {
    if run.len() < 2 {
        out.push_str(source);
    } else {
        let mut letters = source.chars();
        for chunk in run.utf8_chunks() {
            let valid = chunk.valid();
            if valid.contains('\n') {
                out.extend(letters.by_ref().take(valid.len()));
            } else {
                out.push_str(valid);
                for _ in 0..valid.len() {
                    letters.next();
                }
            }
            out.extend(letters.by_ref().take(chunk.invalid().len()));
        }
    }
    run.clear();
    source.clear();
}

/// The windows-1252 byte of `letter`; undefined bytes travel as C1 controls.
fn single_byte(letter: char) -> Option<u8> {
    let code = u32::from(letter);
    if code < 0x100 {
        return u8::try_from(code).ok();
    }
    HIGH.iter().position(|high| *high == letter).and_then(|index| u8::try_from(index + 0x80).ok())
}

/// Bytes 0x80 to 0x9F in windows-1252; a NUL marks the five that are undefined.
const HIGH: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let plain = "# Übung\n├── src/ — café\n";
        let utf16: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut marked = vec![0xff, 0xfe];
        marked.extend(&utf16);
        let mut utf8 = "\u{feff}".as_bytes().to_vec();
        utf8.extend(plain.replace('\n', "\r\n").as_bytes());
        for bytes in [plain.as_bytes().to_vec(), marked, utf8, plain.replace('\n', "\r").into_bytes()] {
            assert_eq!(text(&bytes), plain);
        }
    }

    #[test]
    fn double_encoding_is_undone() {
        let plain = "├── src/ — “ok” café 🚀\nПривет\n";
        let twice: String = plain
            .bytes()
            .map(|byte| match byte {
                0x80..=0x9f if super::HIGH[usize::from(byte - 0x80)] != '\0' => {
                    super::HIGH[usize::from(byte - 0x80)]
                }
                other => char::from(other),
            })
            .collect();
        assert_eq!(text(twice.as_bytes()), plain);
    }

    #[test]
    fn accents_survive() {
        assert_eq!(text("naïve façade, où, Ünder".as_bytes()), "naïve façade, où, Ünder");
        assert_eq!(text(b"caf\xe9\n"), "café\n");
        assert_eq!(text(b""), "");
    }
}
