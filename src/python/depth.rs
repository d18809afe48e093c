//! How deep Python text nests, told without a parser: too deep a tree would overflow the stack of whoever walks it.

use ruff_python_ast::token::TokenKind;
use ruff_python_parser::{Mode, lexer::lex};

use super::fault::Fault;

/// The deepest nesting. Code that people write stays below a hundred.
const MAX_DEPTH: usize = 2_000;

/// Checks that a tree of `text` has a bounded depth: open brackets, blocks, and operators in a row.
///
/// # Errors
/// The place where it becomes too deep.
pub fn check(text: &str) -> Result<(), Fault> {
    // Every level takes a byte at least.
    if text.len() <= MAX_DEPTH || is_flat(text) || !is_deep(text) {
        return Ok(());
    }
    // The lexer keeps places to itself: the shortest beginning that is too deep ends where the fault is.
    let (mut fine, mut deep) = (0, text.len());
    while deep - fine > 1 {
        let middle = text.floor_char_boundary(fine.midpoint(deep));
        if middle <= fine {
            break;
        }
        if is_deep(&text[..middle]) {
            deep = middle;
        } else {
            fine = middle;
        }
    }
    Err(Fault::at(text, fine, format!("the code nests deeper than {MAX_DEPTH} levels")))
}

/// Whether already the bytes show that no place is too deep: a level takes a word, a sign or a line of its own. Of
/// what people write in one file, next to nothing has to be looked at further.
fn is_flat(text: &str) -> bool {
    let mut levels = 0;
    let mut in_word = false;
    for byte in text.bytes() {
        let (is_word, is_sign) = LEVELS[usize::from(byte)];
        levels += usize::from(is_sign || is_word && !in_word);
        in_word = is_word;
    }
    levels <= MAX_DEPTH
}

/// For each byte, whether it stands in a word, and whether it is a sign or ends a line.
static LEVELS: [(bool, bool); 256] = {
    let mut levels = [(false, true); 256];
    let mut byte = 0_u8;
    loop {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | 128.. => levels[byte as usize] = (true, false),
            b' ' | b'\t' | b',' | b')' | b']' | b'}' | b'"' | b'\'' => levels[byte as usize] = (false, false),
            _ => {}
        }
        if byte == u8::MAX {
            break levels;
        }
        byte += 1;
    }
};

fn is_deep(text: &str) -> bool {
    let mut lexer = lex(text, Mode::Module);
    let mut blocks = 0_usize;
    let mut line = Line::default();
    loop {
        match lexer.next_token() {
            TokenKind::EndOfFile => return false,
            TokenKind::Indent => blocks += 1,
            TokenKind::Dedent => blocks = blocks.saturating_sub(1),
            kind => line.take(kind),
        }
        if blocks + line.depth > MAX_DEPTH {
            return true;
        }
    }
}

/// How deep a logical line is so far, estimated from above.
#[derive(Default)]
struct Line {
    /// For each open bracket: the operators before it, since the last comma.
    outside: Vec<usize>,
    /// The same for what is inside of the innermost one.
    inside: usize,
    depth: usize,
}

impl Line {
    fn take(&mut self, kind: TokenKind) {
        match kind {
            // A call or an index is one more step of the chain around it.
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                self.outside.push(self.inside + 1);
                self.inside = 0;
                self.depth += 1;
            }
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                if let Some(outside) = self.outside.pop() {
                    self.depth -= std::mem::replace(&mut self.inside, outside);
                }
            }
            TokenKind::Comma => self.depth -= std::mem::take(&mut self.inside),
            TokenKind::Newline | TokenKind::Semi => *self = Self::default(),
            kind if kind.is_operator() || kind.is_keyword() => {
                self.inside += 1;
                self.depth += 1;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_bounded_whatever_makes_it() {
        let blocks: String = (0..2_100).map(|level| format!("{}if a:\n", " ".repeat(level))).collect();
        for deep in [
            format!("x = {}1{}\n", "(".repeat(3_000), ")".repeat(3_000)),
            format!("x = {}1\n", "(".repeat(3_000)),
            format!("x = {}1\n", "-".repeat(3_000)),
            format!("x = 1{}\n", " + 1".repeat(3_000)),
            format!("x = a{}\n", ".a".repeat(3_000)),
            format!("x = a{}\n", "(1, 2)".repeat(3_000)),
            format!("x = {}1\n", "lambda: ".repeat(3_000)),
            format!("x = {}1\n", "1 if 1 else ".repeat(3_000)),
            blocks,
        ] {
            assert!(check(&deep).is_err(), "{}", &deep[..40]);
        }
    }

    #[test]
    fn bytes_never_show_less_depth_than_there_is() {
        let blocks: String = (0..2_100).map(|level| format!("{}a\n", " ".repeat(level))).collect();
        for step in [
            "(",
            "[",
            "{",
            "-",
            "~",
            "a.",
            "a+",
            "a(1,2)",
            "not ",
            "lambda:",
            "1 if 1 else ",
            "f'{",
            "\u{e9}.",
        ] {
            let deep = step.repeat(2_100);
            assert!(!is_flat(&deep) || !is_deep(&deep), "{step}");
            assert!(is_flat(&step.repeat(100)), "{step}");
        }
        assert!(is_deep(&blocks) && !is_flat(&blocks));
    }

    #[test]
    fn the_place_is_where_it_becomes_too_deep() {
        let text = format!("\"\"\"Long.\n\"\"\"\n\nx = {}1\n", "(".repeat(3_000));
        let fault = check(&text).unwrap_err();
        assert_eq!((fault.line, fault.column), (4, 2_005 - 1));
    }

    #[test]
    fn length_is_no_depth() {
        let table: String =
            (0..5_000).map(|row| format!("    ({row}, -1, a.b[0], {{'x': not y}}),\n")).collect();
        let lines: String = (0..5_000).map(|row| format!("x{row} = a + b({row})\n")).collect();
        check(&format!("TABLE = [\n{table}]\n{lines}")).unwrap();
    }
}
