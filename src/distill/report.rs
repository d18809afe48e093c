//! What became of a document: nothing in it is dropped in silence.

use std::collections::BTreeSet;

use serde::Serialize;

/// One thing said about the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// What it is about, and what became of it.
    pub what: String,
    /// Where the document speaks of it, 1-based.
    pub lines: Vec<usize>,
    /// The reason; empty where none is needed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// Everything said about a document, in the order in which its owner wants to know it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Facts that shape the project.
    pub understood: Vec<Note>,
    /// Contradictions, with what was taken and why.
    pub resolved: Vec<Note>,
    /// What is no longer true of the world, and what stands in its place.
    pub corrected: Vec<Note>,
    /// What the document leaves open: questions of the preset.
    pub asked: Vec<Note>,
    /// What is not used, and why.
    pub unused: Vec<Note>,
    /// What is taken since the document leaves it open: told as one thing.
    #[serde(skip)]
    pub(super) assumed: Vec<String>,
}

impl Note {
    /// A note with its lines.
    pub(super) fn new(what: impl Into<String>, lines: &[usize], why: impl Into<String>) -> Self {
        let mut known: Vec<usize> = vec![];
        for line in lines.iter().filter(|line| **line > 0) {
            if !known.contains(line) {
                known.push(*line);
            }
        }
        Self { what: what.into(), lines: known, why: why.into() }
    }
}

impl Report {
    /// The groups with their headings, in order.
    pub fn groups(&self) -> [(&'static str, &[Note]); 5] {
        [
            ("Understood", &self.understood),
            ("Contradictions resolved", &self.resolved),
            ("Errors of the world corrected", &self.corrected),
            ("Left open", &self.asked),
            ("Not used", &self.unused),
        ]
    }

    /// Adds the notes of another report after its own.
    pub(super) fn append(&mut self, later: Self) {
        self.understood.extend(later.understood);
        self.resolved.extend(later.resolved);
        self.corrected.extend(later.corrected);
        self.asked.extend(later.asked);
        self.unused.extend(later.unused);
        self.assumed.extend(later.assumed);
    }

    /// The lines of what shapes the project.
    pub(super) fn lines(&self) -> BTreeSet<usize> {
        let notes = [&self.understood, &self.resolved, &self.corrected, &self.asked];
        notes.into_iter().flatten().flat_map(|note| note.lines.iter().copied()).collect()
    }

    /// Notes what is taken where the document says nothing.
    pub(super) fn assume(&mut self, what: impl Into<String>) {
        self.assumed.push(what.into());
    }

    /// Tells what was assumed, as the last of what is asked.
    pub(super) fn tell_assumed(&mut self) {
        if !self.assumed.is_empty() {
            let what = format!("taken for now: {}", std::mem::take(&mut self.assumed).join("; "));
            self.ask(what, &[], "the document leaves it open");
        }
    }

    /// Makes one note of what is not used for the same reason.
    pub(super) fn unite(&mut self) {
        let mut notes: Vec<Note> = vec![];
        for note in std::mem::take(&mut self.unused) {
            match notes.iter_mut().find(|known| known.why == note.why && !note.why.is_empty()) {
                Some(known) => {
                    known.what = format!("{}; {}", known.what, note.what);
                    known.lines.extend(
                        note.lines
                            .iter()
                            .filter(|line| !known.lines.contains(line))
                            .copied()
                            .collect::<Vec<_>>(),
                    );
                }
                None => notes.push(note),
            }
        }
        self.unused = notes;
    }

    /// Notes that a fact shapes the project.
    pub(super) fn understand(&mut self, what: impl Into<String>, lines: &[usize]) {
        self.understood.push(Note::new(what, lines, ""));
    }

    /// Notes what comes with a fact that shapes the project: beside it, where that is told.
    pub(super) fn understand_beside(&mut self, label: &str, what: String, value: &str, lines: &[usize]) {
        match self.understood.iter_mut().find(|note| note.what == label) {
            Some(note) => {
                let mut all = std::mem::take(&mut note.lines);
                all.extend(lines);
                *note = Note::new(format!("{label}, {value}"), &all, "");
            }
            None => self.understand(what, lines),
        }
    }

    /// Notes what was taken where the document contradicts itself.
    pub(super) fn resolve(&mut self, what: impl Into<String>, lines: &[usize], why: impl Into<String>) {
        self.resolved.push(Note::new(what, lines, why));
    }

    /// Notes what stands in place of what is no longer true.
    pub(super) fn correct(&mut self, what: impl Into<String>, lines: &[usize], why: impl Into<String>) {
        self.corrected.push(Note::new(what, lines, why));
    }

    /// Notes what became a question.
    pub(super) fn ask(&mut self, what: impl Into<String>, lines: &[usize], why: impl Into<String>) {
        self.asked.push(Note::new(what, lines, why));
    }

    /// Notes what is not used.
    pub(super) fn leave(&mut self, what: impl Into<String>, lines: &[usize], why: impl Into<String>) {
        self.unused.push(Note::new(what, lines, why));
    }
}
