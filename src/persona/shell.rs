//! Commands: what they install, which tools they run, which paths they create.

use super::evidence::{Evidence, Found, weight};
use super::requirement;
use super::vocabulary::Vocabulary;
use crate::facts::{Entry, Field, Polarity, Strength, Value};

/// Where a command stands.
#[derive(Clone, Copy)]
pub struct Spot {
    /// The line, 1-based.
    pub line: usize,
    /// How much it weighs; 0 records without settling.
    pub weight: u32,
    /// True when the command teaches its own use and its packages are examples.
    pub lesson: bool,
}

/// The longest command read.
const MAX_COMMAND: usize = 4096;

/// Reads one line of commands. Returns the paths that it creates.
pub fn line(text: &str, spot: Spot, vocabulary: &Vocabulary, evidence: &mut Evidence) -> Vec<Entry> {
    let text = text.trim().trim_start_matches(['$', '>', '@', '%']).trim();
    let mut created = Vec::new();
    if text.len() > MAX_COMMAND {
        return created;
    }
    let (text, commented) = match text.strip_prefix('#') {
        Some(rest) => (rest.trim(), true),
        None => (text, false),
    };
    for part in text.split(['&', ';', '|']) {
        let words: Vec<&str> = part.split_whitespace().take_while(|word| !word.starts_with('#')).collect();
        if commented && !installs(&words) {
            return created;
        }
        command(&words, spot, vocabulary, evidence, &mut created);
    }
    created
}

/// Whether the words are an installation; only these count in a comment.
fn installs(words: &[&str]) -> bool {
    matches!(
        words,
        ["uv" | "poetry" | "pdm" | "rye", "add", _, ..] | ["pip" | "pip3" | "pipenv", "install", _, ..]
    )
}

fn command(
    words: &[&str],
    spot: Spot,
    vocabulary: &Vocabulary,
    evidence: &mut Evidence,
    created: &mut Vec<Entry>,
) {
    let mut words = words;
    while let [first, rest @ ..] = words {
        let assignment = first.contains('=') && !first.starts_with('-');
        if !(assignment || matches!(*first, "sudo" | "RUN" | "time" | "exec" | "env" | "npx")) {
            break;
        }
        words = rest;
    }
    match words {
        ["uv", "pip", "install", rest @ ..] => {
            manager("uv", spot, evidence);
            packages(rest, spot, vocabulary, evidence);
        }
        ["uvx", rest @ ..] => {
            manager("uv", spot, evidence);
            command(rest, spot, vocabulary, evidence, created);
        }
        ["uv" | "poetry" | "pdm" | "pipenv" | "hatch" | "rye" | "pixi", action, rest @ ..] => {
            manager(words[0], spot, evidence);
            managed(words[0], action, rest, spot, vocabulary, evidence, created);
        }
        ["pip" | "pip3", action, rest @ ..] => {
            if *action == "install" {
                let real = rest.iter().any(|word| {
                    word.starts_with("-r") || word.starts_with("-e") || requirement::package(word).is_some()
                });
                if real {
                    manager("pip", spot, evidence);
                }
                packages(rest, spot, vocabulary, evidence);
            }
        }
        ["conda" | "mamba", "install" | "create", ..] => manager("conda", spot, evidence),
        ["python" | "python3", "-m", module, rest @ ..] => {
            let mut inner = vec![*module];
            inner.extend(rest);
            command(&inner, spot, vocabulary, evidence, created);
        }
        ["python" | "python3", script, action, ..] if script.ends_with("manage.py") => {
            django(action, spot, evidence);
        }
        ["flask", "db", ..] => {
            evidence.wants(Field::Migrations, "flask-migrate", spot.weight, spot.line);
            evidence.wants(Field::Package, "flask-migrate", spot.weight, spot.line);
        }
        ["mkdir", rest @ ..] => create(rest, true, spot.line, created),
        ["touch", rest @ ..] => create(rest, false, spot.line, created),
        [tool, rest @ ..] => run(tool, rest, spot, vocabulary, evidence),
        [] => {}
    }
}

fn manager(name: &str, spot: Spot, evidence: &mut Evidence) {
    evidence.wants(Field::PackageManager, name, spot.weight, spot.line);
}

fn managed(
    name: &str,
    action: &str,
    rest: &[&str],
    spot: Spot,
    vocabulary: &Vocabulary,
    evidence: &mut Evidence,
    created: &mut Vec<Entry>,
) {
    match (name, action) {
        (_, "add") | ("pipenv", "install") => packages(rest, spot, vocabulary, evidence),
        (_, "remove" | "uninstall") => {
            for name in rest.iter().filter_map(|word| requirement::package(word)) {
                evidence.add(Found {
                    field: Field::Package,
                    value: Value::Text(name),
                    polarity: Polarity::Alternative,
                    strength: Strength::Context,
                    weight: if spot.lesson { 0 } else { weight::ASIDE },
                    line: spot.line,
                    options: None,
                });
            }
        }
        (_, "run" | "tool" | "x") => {
            let mut inner = rest;
            while let [first, tail @ ..] = inner {
                match *first {
                    "run" | "install" | "--" | "--frozen" | "--no-sync" | "--locked" | "-q"
                    | "--all-extras" => inner = tail,
                    "--with" | "--group" | "--extra" | "--python" | "-p" => {
                        inner = tail.get(1..).unwrap_or(&[]);
                    }
                    _ => break,
                }
            }
            command(inner, spot, vocabulary, evidence, created);
        }
        _ => {}
    }
}

fn packages(words: &[&str], spot: Spot, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let mut skip = false;
    for word in words {
        if std::mem::take(&mut skip) {
            continue;
        }
        if word.starts_with('-') {
            let takes_value = [
                "--group",
                "-G",
                "--index-url",
                "-i",
                "-r",
                "--requirement",
                "-e",
                "--extra",
                "-c",
                "--python",
                "-E",
                "--optional",
                "--extra-index-url",
                "--source",
                "--target",
            ];
            skip = takes_value.contains(word);
            continue;
        }
        let Some(name) = requirement::package(word) else { continue };
        if let Some(tool) = vocabulary.named(&name).filter(|tool| tool.package.is_none()) {
            let installed_manager =
                tool.roles.iter().any(|role| role.field == Field::PackageManager) && tool.name != "pip";
            if installed_manager {
                manager(&tool.name, spot, evidence);
            }
            continue;
        }
        let example = words.len() == 1 && vocabulary.named(&name).is_some_and(|tool| tool.example);
        let weight = if spot.lesson || example { 0 } else { spot.weight };
        requirement::found(&name, weight, spot.line, vocabulary, evidence);
    }
}

fn django(action: &str, spot: Spot, evidence: &mut Evidence) {
    match action {
        "migrate" | "makemigrations" => {
            evidence.wants(Field::Migrations, "django", spot.weight, spot.line);
            evidence.wants(Field::Orm, "django", spot.weight, spot.line);
        }
        "test" => evidence.wants(Field::TestFramework, "unittest", weight::ASIDE, spot.line),
        _ => {}
    }
}

/// A command that runs a tool of the vocabulary uses it.
fn run(tool: &str, arguments: &[&str], spot: Spot, vocabulary: &Vocabulary, evidence: &mut Evidence) {
    let name = tool.rsplit('/').next().unwrap_or(tool).trim_matches(['"', '\'', '[', ']', ',', '`']);
    let Some(found) = vocabulary.named(name) else { return };
    if found.package.is_none() && found.roles.iter().all(|role| role.field != Field::TestFramework) {
        return;
    }
    let first = arguments.first().copied().unwrap_or("");
    if let Some(package) = &found.package {
        evidence.wants(Field::Package, package.as_str(), spot.weight, spot.line);
    }
    for role in &found.roles {
        let fits = match (found.name.as_str(), role.field) {
            ("ruff", Field::Formatter) => first == "format",
            ("ruff", Field::Linter) => first != "format",
            (_, Field::Cache | Field::HttpClient) => false,
            _ => true,
        };
        if fits {
            evidence.wants(role.field, role.value.as_str(), spot.weight, spot.line);
        }
    }
    for argument in arguments {
        flag(&found.name, argument.trim_matches(['"', '\'', '`']), spot, evidence);
    }
}

fn flag(tool: &str, argument: &str, spot: Spot, evidence: &mut Evidence) {
    let number = |prefix: &str| {
        let digits: String =
            argument.strip_prefix(prefix)?.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    if argument == "--strict" && matches!(tool, "mypy" | "pyright") {
        evidence.wants(Field::TypeCheckerStrict, Value::Flag(true), spot.weight, spot.line);
    }
    if let Some(percent) = number("--cov-fail-under=").or_else(|| number("--fail-under=")) {
        evidence.wants(Field::CoverageMin, Value::Number(percent), spot.weight, spot.line);
    }
    if let Some(length) = number("--line-length=").or_else(|| number("--max-line-length=")) {
        evidence.wants(Field::LineLength, Value::Number(length), spot.weight, spot.line);
    }
}

/// The most paths that one command may create.
const MAX_CREATED: usize = 256;

fn create(words: &[&str], folder: bool, line: usize, created: &mut Vec<Entry>) {
    for word in words.iter().filter(|word| !word.starts_with('-')) {
        for path in braces(word) {
            let path = path.trim_matches(['"', '\'']).trim_end_matches('/').to_owned();
            if !path.is_empty() && created.len() < MAX_CREATED {
                created.push(Entry { path, folder, comment: String::new(), line });
            }
        }
    }
}

/// Expands `a/{b,c}/d`; a brace without a comma is a placeholder and stays.
fn braces(word: &str) -> Vec<String> {
    let mut done = Vec::new();
    let mut open = vec![word.to_owned()];
    while let Some(text) = open.pop() {
        let close = text.match_indices('}').map(|(at, _)| at).find_map(|close| {
            let start = text[..close].rfind('{')?;
            text[start + 1..close].contains(',').then_some((start, close))
        });
        match close {
            Some((start, close)) if done.len() + open.len() < MAX_CREATED => {
                for option in text[start + 1..close].rsplit(',') {
                    open.push(format!("{}{option}{}", &text[..start], &text[close + 1..]));
                }
            }
            _ => done.push(text),
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::{Evidence, Spot, Vocabulary, braces, line};
    use crate::facts::Field;

    #[test]
    fn braces_expand_and_placeholders_stay() {
        assert_eq!(braces("src/{a,b}/x"), ["src/a/x", "src/b/x"]);
        assert_eq!(braces("{a,b}{c,d}"), ["ac", "ad", "bc", "bd"]);
        assert_eq!(braces("src/{package_name}/y"), ["src/{package_name}/y"]);
    }

    #[test]
    fn commands_install_run_and_create() {
        let vocabulary = Vocabulary::built_in();
        let mut evidence = Evidence::default();
        let spot = Spot { line: 3, weight: 30, lesson: false };
        line(
            "uv add --dev 'pytest>=8' \"psycopg[binary]\" && uv run mypy --strict src",
            spot,
            &vocabulary,
            &mut evidence,
        );
        let created = line("mkdir -p tests/{unit,integration}", spot, &vocabulary, &mut evidence);
        assert_eq!(created.len(), 2);
        let of = |field| evidence.of(field).map(|found| found.value.to_string()).collect::<Vec<_>>();
        assert_eq!(of(Field::Package), ["pytest", "psycopg", "mypy"]);
        assert_eq!(of(Field::PackageManager), ["uv", "uv"]);
        assert_eq!(of(Field::TypeCheckerStrict), ["true"]);
    }
}
