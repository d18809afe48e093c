//! Markdown to lines that know what they are: headings, items, tables, fences, front matter.
//!
//! A scanner of lines, not a Markdown parser: every line keeps its number, time is linear for any
//! input, and the broken fences of real documents can be read the way their authors meant them.

use super::fence::{self, Fence};

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nothing on it.
    Blank,
    /// A heading; the number is its level, 7 for a line that is bold as a whole.
    Heading(u8),
    /// An item of a list.
    Item,
    /// Running text.
    Text,
    /// A row of the table with this index.
    Row(usize),
    /// Content of the code block with this index.
    Code(usize),
    /// Front matter.
    Front,
    /// Marks and comments that state nothing.
    Silent,
}

/// One line.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The whole line.
    pub text: &'a str,
    /// What it is.
    pub kind: Kind,
    /// The section it belongs to.
    pub section: usize,
}

/// A heading and what it stands under.
#[derive(Debug, Clone)]
pub struct Section {
    /// The text of the heading without marks; empty for the start of the document.
    pub title: String,
    /// The level of the heading.
    pub level: u8,
    /// The line of the heading; 0 for the start of the document.
    pub line: usize,
    /// The section around it.
    pub parent: Option<usize>,
}

/// A fenced block.
#[derive(Debug, Clone)]
pub struct Code {
    /// The first word after the fence, lower case.
    pub language: String,
    /// What else stands after the fence (a file name, often).
    pub title: String,
    /// Index of the first content line.
    pub first: usize,
    /// Index after the last content line.
    pub end: usize,
    /// The section it stands in.
    pub section: usize,
    /// Index of the nearest line above that says something.
    pub lead: Option<usize>,
}

/// A table; the rows hold their line index.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Cells of the first row.
    pub header: Vec<String>,
    /// Cells of the other rows.
    pub rows: Vec<(usize, Vec<String>)>,
    /// The section it stands in.
    pub section: usize,
}

/// A document cut into lines.
#[derive(Debug, Default)]
pub struct Document<'a> {
    /// All lines; line number = index + 1.
    pub lines: Vec<Line<'a>>,
    /// All sections; the first is the start of the document.
    pub sections: Vec<Section>,
    /// All fenced blocks.
    pub codes: Vec<Code>,
    /// All tables.
    pub tables: Vec<Table>,
    /// Lines at which something was left open, and what.
    pub open: Vec<(usize, &'static str)>,
}

impl<'a> Document<'a> {
    /// Cuts `text` into lines.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Reader::new(text).read()
    }

    /// The title of `section`.
    #[must_use]
    pub fn title(&self, section: usize) -> &str {
        self.sections.get(section).map_or("", |found| found.title.as_str())
    }

    /// The content lines of `code` with their numbers.
    pub fn content<'s>(&'s self, code: &Code) -> impl Iterator<Item = (usize, &'a str)> + use<'a, 's> {
        let lines = self.lines.get(code.first..code.end).unwrap_or(&[]);
        let first = code.first;
        lines.iter().enumerate().map(move |(offset, line)| (first + offset + 1, line.text))
    }

    /// The content of `code` as one text.
    #[must_use]
    pub fn text(&self, code: &Code) -> String {
        let mut out = String::new();
        for (_, line) in self.content(code) {
            out.push_str(line);
            out.push('\n');
        }
        out
    }
}

struct Reader<'a> {
    raw: Vec<&'a str>,
    fences: Vec<Option<Fence>>,
    out: Document<'a>,
    stack: Vec<usize>,
    /// Open fences of Markdown samples whose content is read as part of the document.
    unwrapped: Vec<Fence>,
    lead: Option<usize>,
    /// Whether the section under a bold line has had its list.
    listed: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let raw: Vec<&str> = text.split('\n').collect();
        let start = Section { title: String::new(), level: 0, line: 0, parent: None };
        let fences = raw.iter().map(|line| fence::of(line)).collect();
        let out = Document { sections: vec![start], ..Document::default() };
        Self { raw, fences, out, stack: vec![0], unwrapped: Vec::new(), lead: None, listed: false }
    }

    fn section(&self) -> usize {
        self.stack.last().copied().unwrap_or(0)
    }

    fn push(&mut self, kind: Kind) {
        let index = self.out.lines.len();
        if !matches!(kind, Kind::Blank | Kind::Silent | Kind::Front) {
            self.lead = Some(index);
        }
        let section = self.section();
        self.out.lines.push(Line { text: self.raw[index], kind, section });
    }

    fn read(mut self) -> Document<'a> {
        for _ in 0..super::front::length(&self.raw) {
            self.push(Kind::Front);
        }
        let mut comment_end = 0;
        while self.out.lines.len() < self.raw.len() {
            let index = self.out.lines.len();
            if let Some(end) = self.silent(index, &mut comment_end) {
                while self.out.lines.len() < end {
                    self.push(Kind::Silent);
                }
            } else if let Some(fence) = self.fences[index] {
                self.fenced(index, fence);
            } else if self.starts_table(index) {
                self.table(index);
            } else {
                self.plain(index);
            }
        }
        self.out
    }

    /// The index after a comment or an example dialogue that starts at `index`.
    fn silent(&self, index: usize, searched: &mut usize) -> Option<usize> {
        let line = self.raw[index].trim_start();
        let close = if line.starts_with("<!--") {
            "-->"
        } else if line.starts_with("<example>") {
            "</example>"
        } else {
            return None;
        };
        if line.contains(close) {
            return Some(index + 1);
        }
        if *searched == usize::MAX {
            return None;
        }
        let end = (index.max(*searched)..self.raw.len()).find(|at| self.raw[*at].contains(close));
        *searched = end.unwrap_or(usize::MAX);
        end.map(|end| end + 1)
    }

    fn fenced(&mut self, index: usize, fence: Fence) {
        if let Some(outer) = self.unwrapped.last().copied()
            && fence.bare
            && fence.closes(outer)
            && !self.opens_inner(index, outer)
        {
            self.unwrapped.pop();
            return self.push(Kind::Silent);
        }
        let info = self.raw[index].trim_start().trim_start_matches(['`', '~']).trim().to_owned();
        let language = fence::language(&info);
        if matches!(language.as_str(), "markdown" | "md" | "mdx") && self.unwrapped.len() < 8 {
            self.unwrapped.push(fence);
            return self.push(Kind::Silent);
        }
        let close = (index + 1..self.raw.len())
            .find(|at| self.fences[*at].is_some_and(|inner| inner.bare && inner.closes(fence)));
        if close.is_none() && fence.bare && !self.unwrapped.is_empty() {
            self.unwrapped.clear();
            return self.push(Kind::Silent);
        }
        if close.is_none() {
            self.out.open.push((index + 1, "the fence is never closed"));
        }
        let end = close.unwrap_or(self.raw.len());
        let code = self.out.codes.len();
        let title = info.get(language.len()..).unwrap_or("").trim().to_owned();
        let (section, lead) = (self.section(), self.lead);
        self.out.codes.push(Code { language, title, first: index + 1, end, section, lead });
        self.push(Kind::Silent);
        for _ in index + 1..end {
            self.push(Kind::Code(code));
        }
        if close.is_some() {
            self.push(Kind::Silent);
        }
    }

    /// Inside a Markdown sample of three marks a bare fence may open a block or end the sample: it
    /// opens one when it follows a heading or a colon, or when the next fence is bare and a lead-in is near.
    fn opens_inner(&self, index: usize, outer: Fence) -> bool {
        let before = self.raw[..index].iter().rev().find(|line| !line.trim().is_empty());
        let leads = before.is_some_and(|line| {
            let line = line.trim();
            line.starts_with('#') || line.trim_end_matches('*').ends_with([':', '：'])
        });
        outer.length == 3 && leads
    }

    fn starts_table(&self, index: usize) -> bool {
        let row = self.raw[index].trim();
        if !row.contains('|') || is_rule(row) {
            return false;
        }
        let next = self.raw.get(index + 1).map_or("", |line| line.trim());
        is_rule(next) || (row.starts_with('|') && row.len() > 1 && row.ends_with('|'))
    }

    fn table(&mut self, index: usize) {
        let number = self.out.tables.len();
        let mut table = Table { section: self.section(), ..Table::default() };
        for at in index..self.raw.len() {
            let row = self.raw[at].trim();
            if !row.contains('|') || self.fences[at].is_some() {
                break;
            }
            if is_rule(row) {
                self.push(Kind::Silent);
                continue;
            }
            let cells = cells(row);
            if table.header.is_empty() {
                table.header = cells;
            } else {
                table.rows.push((at, cells));
            }
            self.push(Kind::Row(number));
        }
        self.out.tables.push(table);
    }

    fn plain(&mut self, index: usize) {
        let line = self.raw[index].trim();
        if line.is_empty() {
            return self.push(Kind::Blank);
        }
        if let Some((level, title)) = self.heading(index) {
            return self.open_section(level, title);
        }
        if line.chars().all(|mark| matches!(mark, '-' | '=' | '*' | '_' | ' ')) {
            return self.push(Kind::Silent);
        }
        let item = item_text(line).is_some();
        // A bold line heads the list below it; text after the list is beyond it.
        let after_list = self.listed && !item && index > 0 && self.raw[index - 1].trim().is_empty();
        if after_list
            && !self.raw[index].starts_with([' ', '\t'])
            && self.out.sections[self.section()].level == 7
        {
            self.stack.pop();
        }
        self.listed = item || (self.listed && !after_list);
        self.push(if item { Kind::Item } else { Kind::Text });
    }

    fn heading(&self, index: usize) -> Option<(u8, String)> {
        let mut line = self.raw[index].trim();
        if line.starts_with('<')
            && let Some((_, rest)) = line.split_once("> #")
        {
            line = &line[line.len() - rest.len() - 1..];
        }
        let level = line.chars().take_while(|mark| *mark == '#').count();
        if let (1..=6, Ok(level)) = (level, u8::try_from(level)) {
            let title = &line[usize::from(level)..];
            return (title.starts_with([' ', '\t']) || title.is_empty()).then(|| (level, clean(title)));
        }
        let bold = line.strip_prefix("**").and_then(|rest| {
            rest.strip_suffix("**").or_else(|| rest.strip_suffix("**:")).or_else(|| rest.strip_suffix("**："))
        });
        if let Some(title) = bold.filter(|title| !title.contains("**") && title.len() < 120) {
            return Some((7, clean(title)));
        }
        let under = self.raw.get(index + 1).map_or("", |next| next.trim_end());
        let underlined = |mark: char| under.len() >= 3 && under.chars().all(|letter| letter == mark);
        let before_blank = index == 0 || self.raw[index - 1].trim().is_empty();
        if before_blank && item_text(line).is_none() && line.len() < 120 {
            if underlined('=') {
                return Some((1, clean(line)));
            } else if underlined('-') {
                return Some((2, clean(line)));
            }
        }
        None
    }

    fn open_section(&mut self, level: u8, title: String) {
        while self.stack.len() > 1 && self.out.sections[self.section()].level >= level {
            self.stack.pop();
        }
        let section = Section { title, level, line: self.out.lines.len() + 1, parent: Some(self.section()) };
        self.listed = false;
        self.stack.push(self.out.sections.len());
        self.out.sections.push(section);
        self.push(Kind::Heading(level));
    }
}

/// The text of a list item without its mark and its check box.
#[must_use]
pub fn item_text(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = if (1..=9).contains(&digits) {
        line[digits..].strip_prefix(['.', ')'])?
    } else {
        line.strip_prefix(['-', '*', '+', '•', '–', '●', '▪'])?
    };
    let rest = rest.strip_prefix([' ', '\t'])?.trim_start();
    let boxed = ["[ ]", "[x]", "[X]"].iter().find_map(|mark| rest.strip_prefix(mark));
    Some(boxed.unwrap_or(rest).trim())
}

fn is_rule(row: &str) -> bool {
    row.contains('-')
        && row.contains('|')
        && row.chars().all(|mark| matches!(mark, '|' | '-' | ':' | ' ' | '\t'))
}

fn cells(row: &str) -> Vec<String> {
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = row.strip_suffix('|').unwrap_or(row);
    let mut out = vec![String::new()];
    let mut escaped = false;
    for letter in row.chars() {
        match letter {
            '|' if !escaped => out.push(String::new()),
            other => {
                if let Some(cell) = out.last_mut() {
                    cell.push(other);
                }
            }
        }
        escaped = letter == '\\' && !escaped;
    }
    for cell in &mut out {
        *cell = cell.trim().replace("\\|", "|");
    }
    out
}

/// A title without marks of emphasis, code and closing hashes.
fn clean(title: &str) -> String {
    title.trim().trim_end_matches('#').replace(['*', '`'], "").trim().trim_end_matches([':', '：']).to_owned()
}
