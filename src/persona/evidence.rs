//! What the extractors hand in, before it is weighed.

use crate::facts::{Field, Polarity, Strength, Value};

/// How much a place weighs: the higher wins where places disagree.
pub mod weight {
    /// A description, an aside.
    pub const ASIDE: u32 = 8;
    /// A comment in a tree; the lightest that settles a tool.
    pub const COMMENT: u32 = 10;
    /// An item below one that names a tool.
    pub const NESTED: u32 = 15;
    /// A heading, running text.
    pub const PROSE: u32 = 20;
    /// An item of a list.
    pub const ITEM: u32 = 25;
    /// A command shown.
    pub const COMMAND: u32 = 30;
    /// What a command gains when its comment recommends it.
    pub const FAVOURED: u32 = 10;
    /// A table cell or an item that names its field.
    pub const LABELLED: u32 = 45;
    /// A configuration that a tool would read.
    pub const CONFIG: u32 = 50;
}

/// One observation.
#[derive(Debug, Clone)]
pub struct Found {
    /// What it is about.
    pub field: Field,
    /// The value.
    pub value: Value,
    /// Asked for or turned down.
    pub polarity: Polarity,
    /// How firmly.
    pub strength: Strength,
    /// How much the place weighs; 0 is recorded and never settles anything.
    pub weight: u32,
    /// The line, 1-based.
    pub line: usize,
    /// Values with one number here were listed together as options.
    pub options: Option<usize>,
}

/// All observations of a document, in the order made.
#[derive(Debug, Default)]
pub struct Evidence {
    /// The observations.
    pub found: Vec<Found>,
}

/// The most observations kept of one document.
pub const MAX_FOUND: usize = 100_000;

impl Evidence {
    /// Adds an observation that asks for something.
    pub fn wants(&mut self, field: Field, value: impl Into<Value>, weight: u32, line: usize) {
        let strength = match weight {
            0..=weight::ASIDE => Strength::Context,
            weight::CONFIG.. => Strength::Must,
            _ => Strength::Should,
        };
        self.add(Found {
            field,
            value: value.into(),
            polarity: Polarity::Use,
            strength,
            weight,
            line,
            options: None,
        });
    }

    /// Adds an observation.
    pub fn add(&mut self, found: Found) {
        if self.found.len() < MAX_FOUND {
            self.found.push(found);
        }
    }

    /// The observations of `field`.
    pub fn of(&self, field: Field) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(move |found| found.field == field)
    }
}
