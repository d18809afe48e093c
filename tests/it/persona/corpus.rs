//! Every line that is named holds its value: over the real documents, where they are at hand.
//!
//! Set `SCAFFOLD_CORPUS` to the folder that holds `seeds/` and `open/docs/`.

use std::path::{Path, PathBuf};

use super::common::bytes;
use scaffold::facts::{Fact, Facts, Field};
use scaffold::persona::Vocabulary;

fn documents(root: &Path) -> Vec<PathBuf> {
    let folders = [root.join("seeds"), root.join("open").join("docs")];
    let entries =
        folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("the corpus is readable"));
    let mut out: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    out.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    out.sort();
    out
}

/// Lower case with everything but letters and digits as one blank.
fn plain(text: &str) -> String {
    let letters: String = text
        .to_lowercase()
        .replace("](", " ")
        .chars()
        .map(|letter| if letter.is_alphanumeric() || letter == '%' { letter } else { ' ' })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a line must hold one of, for a fact to stand on it.
fn signs(fact: &Fact, vocabulary: &Vocabulary) -> Vec<String> {
    let value = fact.value.to_string();
    let fixed: &[&str] = match fact.field {
        Field::Python => {
            let version = value.trim_start_matches(['>', '=']).to_owned();
            return vec![version.replace('.', " "), version.replace('.', "")];
        }
        // "Under 25 lines" is at most 24.
        Field::FunctionLines => {
            let bound = value.parse::<u32>().map_or(value.clone(), |most| (most + 1).to_string());
            return vec![value, bound];
        }
        Field::Layout => &["src", "app", "flat", "py", "layout"],
        Field::TypeCheckerStrict => &["strict", "строг", "严格"],
        Field::MultiStage => &["stage", "from", "ステージ", "阶段", "этап", "multi"],
        Field::NonRoot => &["root", "user", "unprivileged"],
        Field::Logging if value.starts_with("stdlib") => &["logging", "json"],
        Field::Ci => &["github", "uses", "runs on", "workflows", "gitlab", "ci"],
        Field::Architecture => {
            &["architect", "layer", "clean", "hexagonal", "ports", "domain", "分层", "三层", "modular", "ddd"]
        }
        Field::DocstringStyle => &["google", "numpy", "rest", "sphinx", "rst"],
        Field::Database => &[
            "postgres",
            "psycopg",
            "asyncpg",
            "mysql",
            "maria",
            "sqlite",
            "mongo",
            "dynamodb",
            "duckdb",
            "cassandra",
        ],
        Field::Migrations | Field::Orm if value == "django" => &["migrat", "orm", "django"],
        _ => &[],
    };
    let mut out: Vec<String> = fixed.iter().map(|sign| (*sign).to_owned()).collect();
    if out.is_empty() {
        // A command may run a tool under another name.
        let other = match value.as_str() {
            "flask-migrate" => "flask db",
            "pre-commit" => "repos",
            "django" => "manage py",
            _ => value.as_str(),
        };
        out.extend([plain(&value), plain(other)]);
        out.extend(vocabulary.spellings(&value).into_iter().map(plain));
    }
    out
}

fn check(name: &str, lines: &[String], fact: &Fact, vocabulary: &Vocabulary, wrong: &mut Vec<String>) {
    let signs = signs(fact, vocabulary);
    for line in &fact.lines {
        let text = lines.get(line - 1).map_or("", String::as_str);
        let joined = text.replace(' ', "");
        if !signs.iter().any(|sign| text.contains(sign.as_str()) || joined.contains(&sign.replace(' ', ""))) {
            wrong.push(format!("{name}:{line}: {} = {} not in {text:?}", fact.field.name(), fact.value));
        }
    }
}

fn trees(name: &str, lines: &[String], facts: &Facts, wrong: &mut Vec<String>) {
    for entry in facts.tree.iter().chain(&facts.other_trees).flat_map(|tree| &tree.entries) {
        let last = entry.path.rsplit('/').next().unwrap_or("");
        let text = lines.get(entry.line - 1).map_or("", String::as_str);
        let joined = text.replace(' ', "");
        if last != "{pkg}" && !joined.contains(&plain(last).replace(' ', "")) {
            wrong.push(format!("{name}:{}: {} not in {text:?}", entry.line, entry.path));
        }
    }
}

#[test]
fn every_named_line_holds_its_value() {
    let Some(root) = std::env::var_os("SCAFFOLD_CORPUS") else {
        println!("skipped: SCAFFOLD_CORPUS is not set");
        return;
    };
    let vocabulary = Vocabulary::built_in();
    let (mut wrong, mut named) = (Vec::new(), 0);
    for path in documents(Path::new(&root)) {
        let content = std::fs::read(&path).expect("a document");
        let facts = bytes(&content);
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let lines: Vec<String> = scaffold::persona::text(&content).split('\n').map(plain).collect();
        for fact in facts.settled.iter().flat_map(|settled| &settled.facts).chain(&facts.alternatives) {
            named += fact.lines.len();
            check(&name, &lines, fact, &vocabulary, &mut wrong);
        }
        trees(&name, &lines, &facts, &mut wrong);
    }
    println!("{named} named lines checked");
    assert!(wrong.is_empty(), "{} of {named} lines are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
