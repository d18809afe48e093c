//! Whether a tool fills a field here: the words it stands among decide.

use super::vocabulary::{Role, Vocabulary};
use super::words::{self, Word};
use crate::facts::Field;

/// The words around a mention, cut once per piece of text.
pub struct Company<'a> {
    around: &'a str,
    words: Vec<Word<'a>>,
    known: Vec<(String, bool)>,
}

impl<'a> Company<'a> {
    /// The company of a piece of text: itself, the line around it, the heading above.
    #[must_use]
    pub fn new(text: &'a str, around: &'a str, heading: &'a str) -> Self {
        let around = super::pieces(around).next().unwrap_or("");
        let mut words = words::cut(around);
        for more in [text, heading] {
            words.extend(words::cut(super::pieces(more).next().unwrap_or("")));
        }
        Self { around, words, known: Vec::new() }
    }

    /// Whether a word of `group` is among them.
    fn holds(&mut self, group: &str, vocabulary: &Vocabulary) -> bool {
        if let Some((_, held)) = self.known.iter().find(|(name, _)| name == group) {
            return *held;
        }
        let held = vocabulary.has_group(group, self.words.iter().map(|word| word.normal.as_ref()))
            || vocabulary.group(group).any(|word| !word.is_ascii() && self.around.contains(word));
        self.known.push((group.to_owned(), held));
        held
    }
}

/// Whether a tool fills the field of `role`; `fields` are those that a label allows.
pub fn fills(
    role: &Role,
    fields: Option<&[Field]>,
    company: &mut Company<'_>,
    vocabulary: &Vocabulary,
) -> bool {
    if fields.is_some_and(|fields| !fields.contains(&role.field)) {
        return false;
    }
    let labelled = fields.is_some_and(|fields| fields.first() == Some(&role.field));
    role.needs.as_deref().is_none_or(|group| labelled || company.holds(group, vocabulary))
        && role.forbids.as_deref().is_none_or(|group| !company.holds(group, vocabulary))
}
