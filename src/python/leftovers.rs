//! Removes what templates leave behind: `import x as x`, where the layout chose the name, and empty blocks.

use ruff_python_ast::{
    Stmt,
    statement_visitor::{StatementVisitor, walk_stmt},
};
use ruff_text_size::Ranged;

use super::{
    fault,
    imports::{is_useless, type_checking_block},
};

/// The text without useless aliases; `None` when there are none.
pub(crate) fn drop_useless(text: &str) -> Option<String> {
    // Most files have none: look before parsing.
    if !text.match_indices(" as ").any(|(at, found)| same_words(&text[..at], &text[at + found.len()..])) {
        return None;
    }
    let parsed = fault::parse(text).ok()?;
    let mut useless = Useless::default();
    useless.visit_body(parsed.suite());
    let mut shorter = text.to_owned();
    for (start, end) in useless.ranges.into_iter().rev() {
        shorter.replace_range(start..end, "");
    }
    (shorter != text).then_some(shorter)
}

fn same_words(before: &str, after: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let left = before.rsplit(|c| !is_word(c)).next().unwrap_or_default();
    let right = after.split(|c| !is_word(c)).next().unwrap_or_default();
    !left.is_empty() && left == right
}

/// The text without `if TYPE_CHECKING:` blocks that do nothing; `None` when there are none.
pub(crate) fn drop_empty_blocks(text: &str) -> Option<String> {
    if !text.contains("TYPE_CHECKING:") {
        return None;
    }
    let parsed = fault::parse(text).ok()?;
    let mut shorter = text.to_owned();
    for stmt in parsed.suite().iter().rev() {
        let block = type_checking_block(stmt);
        if block.is_some_and(|block| block.body.iter().all(|stmt| matches!(stmt, Stmt::Pass(_)))) {
            shorter.replace_range(stmt.start().to_usize()..stmt.end().to_usize(), "");
        }
    }
    (shorter != text).then_some(shorter)
}

#[derive(Default)]
struct Useless {
    /// The bytes between the end of a name and the end of its alias, in the order of the text.
    ranges: Vec<(usize, usize)>,
}

impl<'a> StatementVisitor<'a> for Useless {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        let names = match stmt {
            Stmt::Import(import) => &import.names,
            Stmt::ImportFrom(import) => &import.names,
            _ => return walk_stmt(self, stmt),
        };
        let useless = names.iter().filter(|alias| is_useless(alias));
        self.ranges.extend(useless.map(|alias| (alias.name.end().to_usize(), alias.end().to_usize())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_name_is_useless() {
        let cases = [
            ("import x as x\n", Some("import x\n")),
            ("import a.b as b\n", None),
            ("from a import b as b, c as d, e as e\n", Some("from a import b, c as d, e\n")),
            ("def f():\n    from a import b as b\n", Some("def f():\n    from a import b\n")),
            ("with x as x:\n    pass\n", None),
            ("from a import bb as b\n", None),
        ];
        for (text, expected) in cases {
            assert_eq!(drop_useless(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn empty_blocks_go() {
        let text = "if TYPE_CHECKING:\n    pass\n\nx = 1\n";
        assert_eq!(drop_empty_blocks(text).as_deref(), Some("\n\nx = 1\n"));
        assert_eq!(drop_empty_blocks("if TYPE_CHECKING:\n    pass\nelse:\n    x = 1\n"), None);
        assert_eq!(drop_empty_blocks("if TYPE_CHECKING:\n    import a\n"), None);
    }
}
