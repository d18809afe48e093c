//! A preset as its entries: the path, the value and the lines of each, so that one can be changed where it stands.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    error::Result,
    source::Source,
    toml,
    yaml::{self, Kind, Node},
};

/// Maps whose keys are entries of their own; `*` stands for any key.
const MAPS: [&str; 9] = [
    "layout",
    "layout.roles",
    "layout.markers",
    "layout.modules",
    "questions",
    "questions.*",
    "questions.*.choices",
    "dependencies",
    "style",
];
/// Lists whose items are entries.
const LISTS: [&str; 2] = ["components", "rules"];
/// Where the settings stand, as TOML in a literal block.
const SETTINGS: &str = "pyproject";

/// One entry of a preset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its path: `python`, `layout.roles.app`, `components[uv]`, `pyproject.tool.ruff.line-length`.
    pub(super) path: String,
    /// The path of the section it stands in; empty at the top.
    pub(super) above: String,
    /// Its value on one line, however it is laid out; `None` for a section.
    pub(super) value: Option<String>,
    /// Its own lines; `None` when it shares one with another entry.
    pub(super) lines: Option<Range<usize>>,
    /// The line after everything that belongs to it.
    pub(super) end: usize,
}

/// The entries of a text, in its order.
#[derive(Debug, Clone)]
pub(super) struct Outline {
    pub(super) lines: Vec<String>,
    pub(super) entries: Vec<Entry>,
}

impl Entry {
    /// Whether it only says which line of the document asks for another entry.
    pub(super) fn is_cite(&self) -> bool {
        self.path.ends_with(".cite") || self.above == "cites"
    }
}

impl Outline {
    /// Reads the entries of a preset called `name`.
    ///
    /// # Errors
    /// The text is no YAML.
    pub(super) fn read(name: &str, text: &str) -> Result<Self> {
        let text = text.replace("\r\n", "\n");
        let source = Source::new(name, text.as_str());
        let root = yaml::parse(&source)?;
        let lines = text.lines().map(str::to_owned).collect();
        let mut reader = Reader { source: &source, entries: vec![] };
        reader.map(&root, "");
        let mut outline = Self { lines, entries: reader.entries };
        outline.number();
        outline.unshare();
        Ok(outline)
    }

    /// The entry at a path; a section and a value at one path are two things.
    pub(super) fn get(&self, path: &str, section: bool) -> Option<&Entry> {
        self.entries.iter().find(|it| it.path == path && it.value.is_none() == section)
    }

    /// The text of an entry as it is compared: without the line of the document, and without the citation inside.
    pub(super) fn raw(&self, entry: &Entry) -> String {
        let Some(lines) = entry.lines.clone() else { return entry.value.clone().unwrap_or_default() };
        let cite = self.entries.iter().find(|it| it.above == entry.path && it.is_cite());
        let skipped = cite.filter(|_| !entry.is_cite()).and_then(|it| it.lines.clone()).unwrap_or(0..0);
        let kept = lines.filter(|line| !skipped.contains(line)).filter_map(|line| self.lines.get(line));
        kept.map(|line| without_number(line)).collect::<Vec<_>>().join("\n")
    }

    /// Blank lines and comments directly above an entry.
    pub(super) fn lead(&self, entry: &Entry) -> Range<usize> {
        let Some(lines) = entry.lines.clone() else { return 0..0 };
        let plain = |line: &usize| {
            let text = self.lines[*line].trim();
            text.is_empty() || text.starts_with('#')
        };
        let first = (0..lines.start).rev().take_while(plain).last().unwrap_or(lines.start);
        first..lines.start
    }

    /// The line of the document that asks for an entry: beside it, in its citation, or in that of what holds it.
    pub(super) fn source_line(&self, entry: &Entry) -> Option<usize> {
        let beside = entry.lines.clone().and_then(|mut lines| {
            lines.find_map(|line| self.lines[line].rsplit_once("# line ")?.1.trim().parse().ok())
        });
        let cited = |it: &Entry| it.value.as_deref()?.split_once(':')?.0.parse().ok();
        let near = |holder: &str| {
            self.entries.iter().find(|it| it.is_cite() && it.path == format!("{holder}.cite")).and_then(cited)
        };
        let table = || {
            let inner = entry.path.strip_prefix("pyproject.")?;
            let holds = |it: &&Entry| {
                it.above == "cites" && inner.starts_with(it.path.strip_prefix("cites.").unwrap_or("\0"))
            };
            self.entries.iter().filter(holds).max_by_key(|it| it.path.len()).and_then(cited)
        };
        let holder = entry.path.split('.').take(2).collect::<Vec<_>>().join(".");
        beside.or_else(|| near(&entry.path)).or_else(|| near(&holder)).or_else(table)
    }

    /// Tells entries of one path apart.
    fn number(&mut self) {
        let mut seen: BTreeMap<(String, bool), usize> = BTreeMap::new();
        let mut renamed: BTreeMap<String, String> = BTreeMap::new();
        for entry in &mut self.entries {
            if let Some(above) = renamed.get(&entry.above) {
                entry.path = entry.path.replacen(&entry.above, above, 1);
                entry.above.clone_from(above);
            }
            let count = seen.entry((entry.path.clone(), entry.value.is_none())).or_insert(0);
            *count += 1;
            if *count > 1 {
                let path = format!("{} ({count})", entry.path);
                renamed.insert(std::mem::replace(&mut entry.path, path.clone()), path);
            } else {
                renamed.remove(&entry.path);
            }
        }
    }

    /// Takes the lines from entries that do not have them for themselves.
    fn unshare(&mut self) {
        let mut claims: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, entry) in self.entries.iter().enumerate() {
            for line in entry.lines.clone().into_iter().flatten() {
                claims.entry(line).or_default().push(index);
            }
        }
        let mut shared = vec![];
        for claimants in claims.values().filter(|it| it.len() > 1) {
            let holds = |outer: usize, inner: usize| {
                let (outer, inner) = (&self.entries[outer], &self.entries[inner]);
                inner.is_cite() && inner.above == outer.path && outer.lines != inner.lines
            };
            for &one in claimants {
                let fits = |other: usize| other == one || holds(one, other) || holds(other, one);
                if !claimants.iter().all(|other| fits(*other)) {
                    shared.push(one);
                }
            }
        }
        for index in shared {
            self.entries[index].lines = None;
        }
    }
}

/// A line without what names a line of the document.
fn without_number(line: &str) -> &str {
    let bare = line.trim_end();
    match bare.rsplit_once("# line ") {
        Some((before, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => before.trim_end(),
        _ => bare,
    }
}

struct Reader<'a> {
    source: &'a Source,
    entries: Vec<Entry>,
}

impl Reader<'_> {
    /// The lines of a range of bytes, counted from 0.
    fn lines(&self, span: &Range<usize>) -> Range<usize> {
        let text = self.source.text.get(span.clone()).unwrap_or_default().trim_end();
        let last = span.start + text.len().saturating_sub(1);
        let line = |at: usize| self.source.line_column(at).0.saturating_sub(1);
        line(span.start)..line(last) + 1
    }

    fn add(&mut self, path: &str, above: &str, value: Option<String>, lines: Range<usize>, end: usize) {
        self.entries.push(Entry {
            path: path.to_owned(),
            above: above.to_owned(),
            value,
            lines: Some(lines),
            end,
        });
    }

    fn map(&mut self, node: &Node, above: &str) {
        let Kind::Map(pairs) = &node.kind else { return };
        for (key, value) in pairs {
            let path = if above.is_empty() { key.name.clone() } else { format!("{above}.{}", key.name) };
            let lines = self.lines(&(key.span.start..value.span.end));
            let (start, end) = (lines.start, lines.end);
            match &value.kind {
                Kind::Map(inner) if is_map(&path) && !inner.is_empty() => {
                    self.add(&path, above, None, start..start + 1, end);
                    self.map(value, &path);
                }
                Kind::List(items) if LISTS.contains(&path.as_str()) && !items.is_empty() => {
                    self.add(&path, above, None, start..start + 1, end);
                    items.iter().for_each(|item| self.item(item, &path));
                }
                Kind::Scalar { text, .. } if path == SETTINGS => self.settings(text, lines),
                _ => self.add(&path, above, Some(canonical(value)), lines, end),
            }
        }
    }

    /// An item, known by what it selects and when, or by its name; its citation is an entry of its own.
    fn item(&mut self, item: &Node, above: &str) {
        let Kind::Map(pairs) = &item.kind else { return };
        let lines = self.lines(&item.span);
        let rest: Vec<_> = pairs.iter().filter(|(key, _)| key.name != "cite").cloned().collect();
        let value = canonical(&Node { kind: Kind::Map(rest), ..item.clone() });
        let name = match (item.get("id"), item.get("use"), item.get("when")) {
            (Some(id), ..) => canonical(id),
            (_, Some(names), Some(when)) => format!("{} when {}", bare(names), canonical(when)),
            (_, Some(names), None) => bare(names),
            _ => value.clone(),
        };
        let path = format!("{above}[{name}]");
        self.add(&path, above, Some(value), lines.clone(), lines.end);
        for (key, node) in pairs.iter().filter(|(key, _)| key.name == "cite") {
            let at = self.lines(&(key.span.start..node.span.end));
            let end = at.end;
            self.add(&format!("{path}.cite"), &path, Some(canonical(node)), at, end);
        }
    }

    /// The settings: tables as sections, keys as entries.
    fn settings(&mut self, text: &str, lines: Range<usize>) {
        let first = lines.start + 1;
        let literal = text.lines().count() <= lines.len().saturating_sub(1);
        let Some(places) = toml::places(text).filter(|_| literal) else {
            return self.add(SETTINGS, "", Some(text.to_owned()), lines.clone(), lines.end);
        };
        self.add(SETTINGS, "", None, lines.start..first, lines.end);
        let mut section = (SETTINGS.to_owned(), usize::MAX);
        for place in places {
            let path = format!("{SETTINGS}.{}", place.path);
            let at = place.lines.start + first..place.lines.end + first;
            let end = at.end;
            if place.value.is_none() {
                section = (path.clone(), self.entries.len());
                self.add(&path, SETTINGS, None, at, end);
            } else {
                self.add(&path, &section.0, place.value, at, end);
                if let Some(table) = self.entries.get_mut(section.1) {
                    table.end = end;
                }
            }
        }
    }
}

fn is_map(path: &str) -> bool {
    let steps: Vec<&str> = path.split('.').collect();
    path == "cites"
        || MAPS.iter().any(|pattern| {
            let parts: Vec<&str> = pattern.split('.').collect();
            parts.len() == steps.len()
                && parts.iter().zip(&steps).all(|(part, step)| *part == "*" || part == step)
        })
}

/// The names in a list, without its brackets.
fn bare(node: &Node) -> String {
    canonical(node).trim_matches(['[', ']']).to_owned()
}

/// A value on one line, the same for every layout of it.
fn canonical(node: &Node) -> String {
    match &node.kind {
        Kind::Scalar { text, .. } => text.trim_end().to_owned(),
        Kind::List(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(", ")),
        Kind::Map(pairs) => {
            let mut parts: Vec<String> =
                pairs.iter().map(|(key, value)| format!("{}: {}", key.name, canonical(value))).collect();
            parts.sort();
            format!("{{{}}}", parts.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Head.\npreset: x\npython: [\"3.13\"]  # line 4\n\nquestions:\n  kind:\n    ask: \"What?\"\n    choices:\n      api: {label: \"A\"}\n    cite: \"9: b\"\n\ncomponents:\n  - use: [uv]\n    cite: \"3: uv\"\n  - use: [license]\n\npyproject: |\n  # why\n  [tool.ruff]\n  select = [\n      \"E\",\n  ]\n\ncites:\n  tool.ruff: \"12: x\"\nstyle: {a: b, c: d}\n";

    fn shown(outline: &Outline) -> Vec<(String, Option<Range<usize>>)> {
        outline.entries.iter().map(|it| (it.path.clone(), it.lines.clone())).collect()
    }

    #[test]
    fn every_entry_has_its_lines() {
        let outline = Outline::read("x.yaml", TEXT).unwrap();
        let expected = [
            ("preset", Some(1..2)),
            ("python", Some(2..3)),
            ("questions", Some(4..5)),
            ("questions.kind", Some(5..6)),
            ("questions.kind.ask", Some(6..7)),
            ("questions.kind.choices", Some(7..8)),
            ("questions.kind.choices.api", Some(8..9)),
            ("questions.kind.cite", Some(9..10)),
            ("components", Some(11..12)),
            ("components[uv]", Some(12..14)),
            ("components[uv].cite", Some(13..14)),
            ("components[license]", Some(14..15)),
            ("pyproject", Some(16..17)),
            ("pyproject.tool.ruff", Some(18..19)),
            ("pyproject.tool.ruff.select", Some(19..22)),
            ("cites", Some(23..24)),
            ("cites.tool.ruff", Some(24..25)),
            ("style", None),
            ("style.a", None),
            ("style.c", None),
        ];
        assert_eq!(shown(&outline), expected.map(|(path, lines)| (path.to_owned(), lines)));
        let line = |path: &str| outline.source_line(outline.get(path, false).unwrap());
        assert_eq!(line("python"), Some(4));
        assert_eq!(line("questions.kind.ask"), Some(9));
        assert_eq!(line("components[uv]"), Some(3));
        assert_eq!(line("pyproject.tool.ruff.select"), Some(12));
        assert_eq!(line("preset"), None);
        let select = outline.get("pyproject.tool.ruff", true).unwrap();
        assert_eq!((outline.lead(select), select.end), (17..18, 22));
        let python = outline.get("python", false).unwrap();
        assert_eq!(outline.raw(python), "python: [\"3.13\"]");
        let uv = outline.get("components[uv]", false).unwrap();
        assert_eq!(outline.raw(uv), "  - use: [uv]");
    }

    #[test]
    fn layout_of_values_does_not_matter_and_doubles_are_told_apart() {
        let one = Outline::read(
            "x",
            "components:\n  - use: [a]\n    cite: \"1: x\"\n  - use: [a]\n    cite: \"2: y\"\n",
        )
        .unwrap();
        let paths: Vec<&str> = one.entries.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "components",
                "components[a]",
                "components[a].cite",
                "components[a] (2)",
                "components[a] (2).cite"
            ]
        );
        let flow = Outline::read("x", "python: ['3.13',\n  '3.12']\r\n").unwrap();
        assert_eq!(flow.entries[0].value.as_deref(), Some("[3.13, 3.12]"));
        assert_eq!(flow.entries[0].lines, Some(0..2));
    }
}
