//! A preset that was edited and a document that has changed: each entry by itself, the edits where they stand.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    outline::{Entry, Outline},
    written,
};
use crate::error::{Class, Error, Result};

/// What became of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The entry, such as `questions.database.default`.
    pub entry: String,
    /// What the file has for it; nothing if it has it not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yours: Option<String>,
    /// What the document gives for it now; nothing if it asks for it no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// The line of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The reason; empty where none is needed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What became of all entries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Entries of the document that the file takes over.
    pub taken: Vec<Change>,
    /// Entries that only the user changed: they stay.
    pub kept: Vec<Change>,
    /// Entries that both changed: they stay as the user has them.
    pub both: Vec<Change>,
}

/// Merges the texts of a preset: as `distill` wrote it, as the user has it, as `distill` would write it now.
///
/// # Errors
/// [`Class::Refused`] when a text is no YAML, or the edits leave no place for what has changed.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Result<(String, Changes)> {
    let read = |name: &str, text: &str| Outline::read(name, text).map_err(|error| refused(&error));
    let (base, mine) = (read("as written", base)?, read("as edited", ours)?);
    let new = read("as written now", theirs)?;
    let mut merger = Merger::new(&base, &mine, &new);
    merger.take();
    merger.drop();
    let Merger { expected, changes, work, .. } = merger;
    let text = work.text(ours, written::stated(theirs).unwrap_or_default());
    // What was meant is held against what came out: nobody loses an edit to a layout that was not foreseen.
    if values(&read("merged", &text)?) == expected {
        Ok((text, changes))
    } else {
        Err(refused(&"the entries do not stand on lines of their own"))
    }
}

fn refused(why: &dyn std::fmt::Display) -> Error {
    Error::new(Class::Refused, "the edits and the document cannot be put together")
        .because(why.to_string())
        .help("write to another file, compare the two, and keep what you edited")
}

fn values(outline: &Outline) -> BTreeMap<String, String> {
    outline.entries.iter().filter_map(|it| Some((it.path.clone(), it.value.clone()?))).collect()
}

/// The lines of the user's file, and what is done to them.
#[derive(Debug)]
struct Work {
    lines: Vec<Option<String>>,
    /// Lines to insert, by the line before which they go.
    new: BTreeMap<usize, Vec<String>>,
}

impl Work {
    fn insert(&mut self, at: usize, lines: impl IntoIterator<Item = String>) {
        self.new.entry(at).or_default().extend(lines);
    }

    /// The text, with the line ends of `ours` and the digest of what would be written now.
    fn text(mut self, ours: &str, digest: &str) -> String {
        let mut out = vec![];
        for (index, line) in self.lines.into_iter().enumerate() {
            out.append(self.new.get_mut(&index).unwrap_or(&mut vec![]));
            out.extend(line.map(|it| if written::is_line(&it) { written::line(digest) } else { it }));
        }
        self.new.into_values().for_each(|mut rest| out.append(&mut rest));
        let end = if ours.contains("\r\n") { "\r\n" } else { "\n" };
        out.iter().flat_map(|line| [line.as_str(), end]).collect()
    }
}

struct Merger<'a> {
    base: &'a Outline,
    ours: &'a Outline,
    theirs: &'a Outline,
    work: Work,
    expected: BTreeMap<String, String>,
    changes: Changes,
    /// Sections that the user took away.
    gone: BTreeSet<String>,
    /// Items that are inserted or replaced together with their citation.
    whole: BTreeSet<String>,
}

impl<'a> Merger<'a> {
    fn new(base: &'a Outline, ours: &'a Outline, theirs: &'a Outline) -> Self {
        let work = Work { lines: ours.lines.iter().cloned().map(Some).collect(), new: BTreeMap::new() };
        Self {
            base,
            ours,
            theirs,
            work,
            expected: values(ours),
            changes: Changes::default(),
            gone: BTreeSet::new(),
            whole: BTreeSet::new(),
        }
    }

    /// Goes through what would be written now.
    fn take(&mut self) {
        let mut ends: BTreeMap<(&str, bool), usize> = BTreeMap::new();
        let mut last: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &self.theirs.entries {
            let section = entry.value.is_none();
            let mine = self.ours.get(&entry.path, section);
            let above = entry.above.as_str();
            let first = || match self.ours.entries.iter().find(|it| it.path == above) {
                Some(holder) => holder.lines.clone().map_or(holder.end, |lines| lines.start + 1),
                None => ends.get(&(above, true)).copied().unwrap_or(0),
            };
            let at = last.get(above).copied().unwrap_or_else(first);
            let end = mine.map_or(at, |it| it.end);
            ends.insert((&entry.path, section), end);
            last.insert(above, end);
            self.one(entry, mine, at);
        }
    }

    fn one(&mut self, entry: &Entry, mine: Option<&'a Entry>, at: usize) {
        if self.gone.contains(&entry.above) || self.whole.contains(&entry.above) {
            if self.gone.contains(&entry.above) {
                self.gone.insert(entry.path.clone());
            }
            return;
        }
        let before = self.base.get(&entry.path, entry.value.is_none());
        match (mine, before) {
            (Some(mine), _) if entry.value == mine.value => {
                self.renumber(mine, entry);
                self.tell_own(mine, entry, before);
            }
            (Some(mine), before) => self.differing(entry, mine, before),
            (None, Some(_)) => self.taken_away(entry, before),
            (None, None) => self.added(entry, at),
        }
    }

    /// Both have it, with different values.
    fn differing(&mut self, entry: &Entry, mine: &Entry, before: Option<&Entry>) {
        let theirs_changed = before.is_none_or(|it| it.value != entry.value);
        let ours_changed = before.is_none_or(|it| self.is_edited(mine, it));
        self.renumber(mine, entry);
        match (theirs_changed, ours_changed) {
            (false, _) => self.keep(mine, Some(entry)),
            (true, true) => self.conflict(Some(mine), Some(entry), "both changed it"),
            (true, false) => self.replace(mine, entry),
        }
    }

    fn replace(&mut self, mine: &Entry, entry: &Entry) {
        let (Some(old), Some(new)) = (mine.lines.clone(), entry.lines.clone()) else {
            return self.conflict(Some(mine), Some(entry), "it shares its line with other entries");
        };
        self.work.insert(old.start, self.theirs.lines[new].iter().cloned());
        old.for_each(|line| self.work.lines[line] = None);
        self.told(entry, Some(mine));
    }

    /// The user took it away.
    fn taken_away(&mut self, entry: &Entry, before: Option<&Entry>) {
        self.gone.insert(entry.path.clone());
        let below = |outline: &Outline| -> BTreeMap<String, String> {
            let inside = |path: &str| path == entry.path || path.starts_with(&format!("{}.", entry.path));
            let listed = |path: &str| path.starts_with(&format!("{}[", entry.path));
            let cites = |path: &str| path.ends_with(".cite");
            let mut all = values(outline);
            all.retain(|path, _| (inside(path) || listed(path)) && !cites(path));
            all
        };
        if entry.is_cite() {
            return;
        }
        let changed = match entry.value {
            Some(_) => before.is_none_or(|it| it.value != entry.value),
            None => below(self.theirs) != below(self.base),
        };
        if changed {
            self.conflict(None, Some(entry), "you took it away, and the document has changed it");
        } else {
            self.changes.kept.push(self.change(None, Some(entry), "you took it away"));
        }
    }

    /// The document asks for it now.
    fn added(&mut self, entry: &Entry, at: usize) {
        if let Some(own) = self.own_selection(entry) {
            self.whole.insert(entry.path.clone());
            return self.conflict(Some(own), Some(entry), "you have an entry of your own for it");
        }
        let Some(lines) = entry.lines.clone() else { return };
        let holder = self.ours.entries.iter().find(|it| it.path == entry.above);
        if holder.is_some_and(|it| it.lines.is_none()) {
            return self.conflict(None, Some(entry), "the entries around it share a line");
        }
        let lead = self.theirs.lead(entry).start;
        self.work.insert(at, self.theirs.lines[lead..lines.end].iter().cloned());
        if entry.value.is_some() {
            self.told(entry, None);
        }
    }

    /// An entry of the user's that selects one of the same components under the same condition.
    fn own_selection(&self, entry: &Entry) -> Option<&'a Entry> {
        let parts = |path: &str| -> Option<(Vec<String>, String)> {
            let inner = path.strip_prefix("components[")?.strip_suffix(']')?;
            let (names, when) = inner.split_once(" when ").unwrap_or((inner, ""));
            Some((names.split(", ").map(str::to_owned).collect(), when.to_owned()))
        };
        let (names, when) = parts(&entry.path)?;
        self.ours.entries.iter().find(|mine| {
            let stays = self.base.get(&mine.path, false).is_none_or(|it| self.is_edited(mine, it));
            let same = parts(&mine.path)
                .is_some_and(|(known, under)| under == when && known.iter().any(|it| names.contains(it)));
            same && stays && self.theirs.get(&mine.path, false).is_none()
        })
    }

    /// Goes through what the document no longer asks for.
    fn drop(&mut self) {
        for mine in self.ours.entries.iter().rev() {
            if self.theirs.get(&mine.path, mine.value.is_none()).is_some() {
                continue;
            }
            match self.base.get(&mine.path, mine.value.is_none()) {
                None if mine.value.is_some() && !mine.is_cite() => self.keep(mine, None),
                Some(before) if mine.value.is_none() => self.drop_section(mine, before),
                Some(before) if self.is_edited(mine, before) => {
                    self.conflict(Some(mine), None, "the document no longer asks for it");
                }
                Some(before) => self.remove(mine, before),
                None => {}
            }
        }
        self.changes.kept.sort_by(|a, b| a.entry.cmp(&b.entry));
    }

    fn remove(&mut self, mine: &Entry, before: &Entry) {
        let Some(lines) = mine.lines.clone() else {
            return self.conflict(Some(mine), None, "it shares its line with other entries");
        };
        self.erase(mine, before);
        lines.for_each(|line| self.work.lines[line] = None);
        self.expected.remove(&mine.path);
        if mine.is_cite() {
            return;
        }
        let cite = format!("{}.cite", mine.path);
        self.expected.remove(&cite);
        let change = self.change(Some(mine), None, "the document no longer asks for it");
        self.changes.taken.push(change);
    }

    /// A section goes when nothing of it is left.
    fn drop_section(&mut self, mine: &Entry, before: &Entry) {
        let rest = mine.lines.clone().map_or(0..0, |lines| lines.end..mine.end);
        let holds = |line: usize| self.work.lines[line].as_deref().is_some_and(|it| !it.trim().is_empty());
        if let (Some(lines), false) = (mine.lines.clone(), rest.into_iter().any(holds)) {
            self.erase(mine, before);
            lines.for_each(|line| self.work.lines[line] = None);
        }
    }

    /// Takes away the blank lines and comments above an entry, if they are as they were written.
    fn erase(&mut self, mine: &Entry, before: &Entry) {
        let (lead, known) = (self.ours.lead(mine), self.base.lead(before));
        if self.ours.lines[lead.clone()] == self.base.lines[known] {
            lead.for_each(|line| self.work.lines[line] = None);
        }
    }

    /// Whether the user changed an entry, or the citation inside of it.
    fn is_edited(&self, mine: &Entry, before: &Entry) -> bool {
        let cite = |outline: &Outline, path: &str| {
            let cite = outline.get(&format!("{path}.cite"), false)?;
            cite.value.clone()
        };
        let own = |outline: &Outline, entry: &Entry| match entry.lines {
            Some(_) => outline.raw(entry),
            None => entry.value.clone().unwrap_or_default(),
        };
        match (&mine.lines, &before.lines) {
            (Some(_), Some(_)) => {
                own(self.ours, mine) != own(self.base, before)
                    || cite(self.ours, &mine.path) != cite(self.base, &before.path)
            }
            _ => mine.value != before.value,
        }
    }

    /// Lets the numbers of lines beside an entry follow the document.
    fn renumber(&mut self, mine: &Entry, entry: &Entry) {
        let (Some(old), Some(new)) = (mine.lines.clone(), entry.lines.clone()) else { return };
        let number = |line: &str| line.rsplit_once("# line ").map(|(_, number)| number.to_owned());
        let (Some(line), Some(theirs)) = (old.last(), new.last()) else { return };
        let wanted = number(&self.theirs.lines[theirs]);
        if let (Some(text), Some(wanted)) = (self.work.lines[line].as_mut(), wanted)
            && let Some((before, known)) = text.clone().rsplit_once("# line ")
            && known.trim().bytes().all(|byte| byte.is_ascii_digit())
        {
            *text = format!("{before}# line {wanted}");
        }
    }

    /// An entry of the user's that the document now gives as well.
    fn tell_own(&mut self, mine: &Entry, entry: &Entry, before: Option<&Entry>) {
        let cite = self.theirs.get(&format!("{}.cite", entry.path), false).is_some();
        let edited = before.is_some_and(|it| it.value != mine.value);
        if edited && !cite && !mine.is_cite() {
            let change = self.change(Some(mine), Some(entry), "the document says so now, too");
            self.changes.kept.push(change);
        }
    }

    fn told(&mut self, entry: &Entry, mine: Option<&Entry>) {
        self.expected.extend(entry.value.clone().map(|value| (entry.path.clone(), value)));
        if entry.is_cite() {
            return;
        }
        let path = format!("{}.cite", entry.path);
        if entry.path.contains('[') && !entry.path.starts_with("pyproject") {
            self.whole.insert(entry.path.clone());
            self.expected.remove(&path);
            let cite = self.theirs.get(&path, false).and_then(|it| it.value.clone());
            self.expected.extend(cite.map(|value| (path, value)));
        }
        self.changes.taken.push(self.change(mine, Some(entry), ""));
    }

    fn keep(&mut self, mine: &Entry, entry: Option<&Entry>) {
        if !mine.is_cite() {
            self.changes.kept.push(self.change(Some(mine), entry, ""));
        }
    }

    fn conflict(&mut self, mine: Option<&Entry>, entry: Option<&Entry>, why: &str) {
        self.changes.both.push(self.change(mine, entry, why));
    }

    fn change(&self, mine: Option<&Entry>, entry: Option<&Entry>, why: &str) -> Change {
        let path = entry.or(mine).map(|it| it.path.clone()).unwrap_or_default();
        Change {
            entry: path,
            yours: mine.and_then(|it| it.value.clone()),
            document: entry.and_then(|it| it.value.clone()),
            line: entry.and_then(|it| self.theirs.source_line(it)),
            why: why.to_owned(),
        }
    }
}
