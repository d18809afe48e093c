//! Values that were given beforehand: by flags, by an answers file, by the user's configuration.

use std::ops::Range;

use indexmap::IndexMap;

use super::Origin;
use crate::{
    error::{Class, Error, Mistake, Result},
    source::Source,
    yaml::{self, Kind},
};

/// Values given beforehand, by question.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// The values.
    pub values: IndexMap<String, GivenValue>,
    /// What is no value at all; reported together with wrong values.
    pub mistakes: Vec<Mistake>,
}

/// A value given beforehand.
#[derive(Debug, Clone)]
pub struct GivenValue {
    /// The value.
    pub value: String,
    /// Where it came from.
    pub origin: Origin,
    /// Where it is written.
    pub place: Place,
}

/// Where a value is written.
#[derive(Debug, Clone)]
pub enum Place {
    /// A flag, as typed.
    Flag(String),
    /// A key and a value in a file.
    File {
        /// The file.
        source: Source,
        /// The bytes of the key.
        key: Range<usize>,
        /// The bytes of the value.
        value: Range<usize>,
    },
}

impl Given {
    /// Adds a flag, shown as `flag` in messages. Flags outrank all else, and the later outranks the earlier.
    pub fn flag(&mut self, question: &str, value: &str, flag: impl Into<String>) {
        let given =
            GivenValue { value: value.to_owned(), origin: Origin::Flag, place: Place::Flag(flag.into()) };
        self.values.insert(question.to_owned(), given);
    }

    /// Adds the values of a file where nothing of more weight is given.
    ///
    /// # Errors
    /// The file is no map of single values.
    pub fn file(&mut self, source: &Source, origin: Origin) -> Result<()> {
        let usage = |error: Error| Error::mistakes(Class::Usage, error.places().to_vec());
        let root = yaml::parse(source).map_err(usage)?;
        let Kind::Map(pairs) = root.kind else {
            let mistake = Mistake::new(
                "answers-map",
                "answers have to be a map of `question: value`",
                source,
                source.word(root.span.start),
            );
            return Err(Error::mistakes(Class::Usage, vec![mistake]));
        };
        for (key, node) in pairs {
            let texts: Option<Vec<&str>> = match &node.kind {
                Kind::List(items) => items.iter().map(yaml::Node::text).collect(),
                _ => node.text().map(|text| vec![text]),
            };
            let Some(text) = texts.map(|texts| texts.join(",")) else {
                let title = format!("the answer to `{}` has to be a single value", key.name);
                self.mistakes.push(Mistake::new(
                    "answers-value",
                    title,
                    source,
                    source.word(node.span.start),
                ));
                continue;
            };
            let place = Place::File { source: source.clone(), key: key.span, value: node.span.clone() };
            let given = GivenValue { value: text, origin, place };
            self.values.entry(key.name).or_insert(given);
        }
        Ok(())
    }
}

impl GivenValue {
    /// A mistake about the question's name.
    pub(super) fn unknown(&self, name: &str, known: &[&str]) -> Mistake {
        self.mistake("answers-unknown", format!("no question is called `{name}`"), true)
            .suggest(name, known.iter().copied())
    }

    /// A mistake about the value, or about the name when `at_key`.
    pub(super) fn mistake(&self, rule: &'static str, title: String, at_key: bool) -> Mistake {
        match &self.place {
            Place::File { source, key, value } => {
                Mistake::new(rule, title, source, if at_key { key.clone() } else { value.clone() })
            }
            Place::Flag(flag) => {
                let source = Source::new("command line", flag.as_str());
                let split = flag.rfind('=').map_or(0, |at| at + 1);
                let start = flag[..split].find(' ').map_or(0, |at| at + 1);
                let span = if at_key { start..split.saturating_sub(1).max(start) } else { split..flag.len() };
                Mistake::new(rule, title, &source, span)
            }
        }
    }
}
