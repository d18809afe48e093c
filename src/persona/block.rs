//! What a fenced block holds, whatever its fence says.

use super::document::{Code, Document};

/// The shape of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// TOML, or lines that want to be.
    Toml,
    /// YAML.
    Yaml,
    /// A Dockerfile.
    Docker,
    /// Commands.
    Shell,
    /// A Makefile.
    Make,
    /// Python.
    Python,
    /// Variables of the environment.
    Env,
    /// An ignore list.
    Ignore,
    /// A list of requirements.
    Requirements,
    /// Anything else.
    Other,
}

/// Tells the shape of `code` from its fence, the words above it and its first lines.
#[must_use]
pub fn shape(document: &Document<'_>, code: &Code) -> Shape {
    let lead = code.lead.and_then(|at| document.lines.get(at)).map_or("", |line| line.text).to_lowercase();
    let head: Vec<&str> = document
        .content(code)
        .map(|(_, line)| line.trim())
        .filter(|line| !line.is_empty())
        .take(12)
        .collect();
    let named = |name: &str| {
        lead.contains(name)
            || code.title.contains(name)
            || head.first().is_some_and(|line| line.starts_with('#') && line.contains(name))
    };
    match code.language.as_str() {
        "toml" => Shape::Toml,
        "ini" | "cfg" | "conf" if is_toml(&head) => Shape::Toml,
        "yaml" | "yml" => Shape::Yaml,
        "dockerfile" | "docker" | "containerfile" => Shape::Docker,
        "makefile" | "make" | "just" => Shape::Make,
        "env" | "dotenv" => Shape::Env,
        "gitignore" | "dockerignore" => Shape::Ignore,
        "python" | "py" | "python3" | "pycon" | "py3" => {
            if is_toml(&head)
                && !head.iter().any(|line| line.starts_with("import ") || line.starts_with("def "))
            {
                Shape::Toml
            } else {
                Shape::Python
            }
        }
        "bash" | "sh" | "shell" | "console" | "zsh" | "shellscript" | "powershell" | "terminal" => {
            if is_env(&head) { Shape::Env } else { Shape::Shell }
        }
        "" | "text" | "txt" | "plaintext" | "plain" | "none" | "properties" => {
            if named(".gitignore") || named(".dockerignore") {
                Shape::Ignore
            } else if is_toml(&head) {
                Shape::Toml
            } else if head.first().is_some_and(|line| line.starts_with("FROM ")) {
                Shape::Docker
            } else if is_env(&head) {
                Shape::Env
            } else if named("requirements") && named(".txt") || is_requirements(&head) {
                Shape::Requirements
            } else if is_commands(&head) {
                Shape::Shell
            } else {
                Shape::Other
            }
        }
        _ => Shape::Other,
    }
}

fn is_toml(head: &[&str]) -> bool {
    head.iter().any(|line| {
        ["[project", "[tool.", "[build-system]", "[dependency-groups]"]
            .iter()
            .any(|table| line.starts_with(table))
    })
}

fn is_env(head: &[&str]) -> bool {
    let pairs = head.iter().filter(|line| !line.starts_with('#'));
    let fine = |line: &&&str| {
        line.split_once('=').is_some_and(|(key, _)| {
            !key.is_empty()
                && key.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        })
    };
    let (mut good, mut all) = (0, 0);
    for line in pairs {
        all += 1;
        good += usize::from(fine(&line));
    }
    good >= 1 && good * 10 >= all * 8
}

fn is_requirements(head: &[&str]) -> bool {
    let lines = head.iter().filter(|line| !line.starts_with('#'));
    let (mut good, mut all) = (0, 0);
    for line in lines {
        all += 1;
        good += usize::from(line.contains("==") || line.contains(">=") || line.contains("~="));
    }
    all >= 2 && good * 10 >= all * 8 && head.iter().all(|line| line.len() < 80)
}

fn is_commands(head: &[&str]) -> bool {
    let starts = [
        "uv ", "pip ", "poetry ", "python ", "pytest", "ruff ", "docker ", "mkdir ", "git ", "$ ", "make ",
        "alembic ", "uvicorn ",
    ];
    head.iter().any(|line| starts.iter().any(|start| line.starts_with(start)))
}
