//! Drawn trees: box drawing, `|--`, `+--`, tabs or plain indentation, to folders and files.

use super::document::{Code, Document};
use super::tree_name::{self, Name};
use crate::facts::{Entry, Tree};

/// The most entries read from one tree; what follows is left out.
pub const MAX_ENTRIES: usize = 4000;

/// The deepest folder read.
pub const MAX_DEPTH: usize = 32;

/// One line of a drawing.
struct Drawn {
    column: usize,
    names: Vec<Name>,
    folder: bool,
    comment: String,
    line: usize,
}

/// Reads every tree of the document, in order.
#[must_use]
pub fn read(document: &Document<'_>) -> Vec<Tree> {
    document.codes.iter().filter_map(|code| tree(document, code)).collect()
}

fn tree(document: &Document<'_>, code: &Code) -> Option<Tree> {
    if matches!(code.language.as_str(), "python" | "py" | "toml" | "json" | "dockerfile" | "mermaid") {
        return None;
    }
    let boxed = document.content(code).take(200).filter(|(_, line)| is_drawn(line)).count() >= 2;
    let plain =
        matches!(code.language.as_str(), "" | "text" | "txt" | "plaintext" | "plain" | "tree" | "ascii");
    let indented = !boxed && plain && looks_indented(document, code);
    if !boxed && !indented {
        return None;
    }
    let drawn = lines(document, code, boxed)?;
    Some(assemble(&drawn, document.title(code.section)))
}

/// The tree that shows the whole project, by index: the one called default, else the first whole one.
#[must_use]
pub fn main(trees: &[Tree]) -> Option<usize> {
    let whole: Vec<usize> = (0..trees.len()).filter(|index| is_whole(&trees[*index])).collect();
    let called = |index: &&usize| {
        let heading = trees[**index].heading.to_lowercase();
        ["default", "canonical"].iter().any(|word| heading.contains(word))
    };
    whole.iter().find(called).or(whole.first()).copied()
}

/// Whether a tree shows a project of Python and not a corner of one.
fn is_whole(tree: &Tree) -> bool {
    let top = |name: &str| tree.entries.iter().any(|entry| entry.path == name);
    let python = tree
        .entries
        .iter()
        .any(|entry| is_module(&entry.path) || entry.path.to_lowercase().ends_with(".ipynb"));
    let roots = ["pyproject.toml", "requirements.txt", "setup.py", "manage.py", "requirements", "README.md"];
    let sources = ["src", "app", "apps", "tests", "{pkg}"];
    let folders = tree.entries.iter().filter(|entry| entry.folder).count();
    let rooted = roots.iter().any(|name| top(name));
    let holds_code = sources.iter().any(|name| top(name));
    let heading = tree.heading.to_lowercase();
    let titled = TITLES.iter().any(|word| heading.contains(word));
    let drawn = (rooted && (python || holds_code)) || (holds_code && (python || folders >= 3));
    let shown = titled && tree.entries.len() >= 6 && (python || top("README.md"));
    folders > 0 && tree.entries.len() >= 4 && (drawn || shown)
}

/// Whether a path is a module of Python.
#[must_use]
pub fn is_module(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "py")
}

/// Words of a heading above the tree of a project.
const TITLES: [&str; 16] = [
    "structure",
    "layout",
    "organization",
    "organisation",
    "directory",
    "root",
    "tree",
    "структура",
    "arborescence",
    "estructura",
    "estrutura",
    "目录",
    "结构",
    "構成",
    "構造",
    "架构",
];

fn is_drawn(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(['├', '└', '│', '┣', '┗', '┃', '╠', '╚', '╰'])
        || ["|-", "+-", "`-", "\\-", "|   ", "|\t"].iter().any(|mark| line.starts_with(mark))
}

/// Whether a block reads as paths set off by indentation alone.
fn looks_indented(document: &Document<'_>, code: &Code) -> bool {
    let (mut named, mut all, mut deeper, mut folders) = (0, 0, 0, 0);
    for (_, line) in document.content(code).take(200).filter(|(_, line)| !line.trim().is_empty()) {
        let (column, body) = tree_name::prefix(line);
        let head = tree_name::head(body);
        all += 1;
        named += usize::from(head.names.iter().any(super::tree_name::Name::looks_like_path) && head.sure);
        deeper += usize::from(column > 0);
        folders += usize::from(head.folder);
    }
    all >= 3 && named * 10 >= all * 8 && deeper > 0 && folders > 0
}

/// The entries drawn, or nothing when the block is a drawing of something else.
fn lines(document: &Document<'_>, code: &Code, boxed: bool) -> Option<Vec<Drawn>> {
    let (mut drawn, mut odd, mut seen_mark) = (Vec::new(), 0usize, false);
    for (line, text) in document.content(code) {
        let (column, body) = tree_name::prefix(text);
        if body.is_empty() || body.starts_with(['#', '"', '\'']) {
            continue;
        }
        if boxed && !is_drawn(text) && seen_mark && column == 0 && !body.contains('/') {
            // A second drawing or a remark below the first one.
            if drawn.len() > 2 {
                break;
            }
        }
        let head = tree_name::head(body);
        seen_mark |= is_drawn(text);
        let loose = head.names.is_empty() && !tree_name::is_ellipsis(body);
        odd += usize::from(loose || !head.sure);
        if drawn.len() >= MAX_ENTRIES {
            break;
        }
        if !head.names.is_empty() {
            drawn.push(Drawn { column, names: head.names, folder: head.folder, comment: head.comment, line });
        }
    }
    (drawn.len() >= 2 && odd * 4 <= drawn.len()).then_some(drawn)
}

/// Turns columns into paths, drops the repository and names the package.
fn assemble(drawn: &[Drawn], heading: &str) -> Tree {
    let root = repository(drawn);
    let package = root.as_deref().map(tree_name::snake);
    let mut entries: Vec<Entry> = Vec::new();
    let mut known = std::collections::HashSet::new();
    let mut stack: Vec<(usize, String)> = Vec::new();
    for (index, item) in drawn.iter().enumerate() {
        while stack.last().is_some_and(|(column, _)| *column >= item.column) {
            stack.pop();
        }
        if index == 0 && root.is_some() {
            stack.push((item.column, String::new()));
            continue;
        }
        if stack.len() > MAX_DEPTH {
            continue;
        }
        let parent = stack.last().map_or("", |(_, path)| path.as_str()).to_owned();
        let parent_of_next = drawn.get(index + 1).is_some_and(|next| next.column > item.column);
        for (at, name) in item.names.iter().enumerate() {
            let folder = item.folder || name.folder || (at + 1 == item.names.len() && parent_of_next);
            let mut path = parent.clone();
            let parts = name.parts(package.as_deref());
            for (depth, part) in parts.iter().enumerate() {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
                let folder = folder || depth + 1 < parts.len();
                if known.insert(path.clone()) {
                    let comment = if depth + 1 == parts.len() { item.comment.clone() } else { String::new() };
                    entries.push(Entry { path: path.clone(), folder, comment, line: item.line });
                }
            }
            if at + 1 == item.names.len() {
                stack.push((item.column, path));
            }
        }
    }
    Tree { line: drawn.first().map_or(0, |item| item.line), heading: heading.to_owned(), root, entries }
}

/// The name on the first line, if it stands for the repository and not for a folder in it.
fn repository(drawn: &[Drawn]) -> Option<String> {
    let first = drawn.first()?;
    let name = first.names.first()?;
    let alone = drawn[1..].iter().all(|item| item.column > first.column);
    if name.text == "." || name.text.is_empty() {
        return Some(String::new());
    }
    if !alone || !(first.folder || name.folder || drawn.len() > 1) {
        return None;
    }
    let child = drawn.get(1)?.column;
    let mut children = drawn.iter().filter(|item| item.column == child).flat_map(|item| &item.names);
    let has_project_file = children.any(|child| {
        let name = child.text.to_ascii_lowercase();
        ["pyproject.toml", "setup.py", "readme.md", "requirements.txt", ".gitignore", "src"]
            .contains(&name.as_str())
    });
    let last = name.text.trim_end_matches('/').rsplit('/').next().unwrap_or("");
    (has_project_file || !REAL.contains(&last)).then(|| last.to_owned())
}

/// Names that are folders of a project and never the project itself.
const REAL: [&str; 24] = [
    "src",
    "app",
    "apps",
    "lib",
    "libs",
    "tests",
    "test",
    "docs",
    "backend",
    "server",
    "api",
    "scripts",
    "config",
    "domain",
    "core",
    "services",
    "packages",
    "alembic",
    "migrations",
    ".github",
    "docker",
    "infrastructure",
    "models",
    "routers",
];
