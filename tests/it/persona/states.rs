//! One document that states something of every kind, and what is read from it.

use super::common::{LANTERN, alternatives, facts, values};
use scaffold::facts::Field::*;

#[test]
fn every_field_is_read_with_its_line() {
    let facts = facts(LANTERN);
    for (field, expected, line) in [
        (Python, &[">=3.12"][..], 46),
        (PackageManager, &["uv"], 20),
        (WebFramework, &["fastapi"], 12),
        (Orm, &["sqlalchemy"], 13),
        (Migrations, &["alembic"], 13),
        (Database, &["postgresql"], 21),
        (Cache, &["redis"], 22),
        (TaskQueue, &["celery", "arq"], 16),
        (HttpClient, &["httpx"], 23),
        (Logging, &["structlog"], 49),
        (Linter, &["ruff"], 52),
        (Formatter, &["ruff"], 14),
        (TypeChecker, &["mypy"], 15),
        (TypeCheckerStrict, &["true"], 15),
        (TestFramework, &["pytest"], 17),
        (TestPlugin, &["pytest-cov", "factory-boy"], 17),
        (CoverageMin, &["85"], 24),
        (LineLength, &["100"], 53),
        (DocstringStyle, &["google"], 25),
        (Layout, &["src"], 33),
        (HealthEndpoint, &["/health"], 27),
        (RuffSelect, &["E", "F", "UP"], 56),
        (Builder, &["python:3.12-slim"], 60),
        (Runtime, &["gcr.io/distroless/python3"], 62),
        (NonRoot, &["true"], 26),
        (MultiStage, &["true"], 62),
    ] {
        assert_eq!(values(&facts, field), expected, "{}", field.name());
        assert_eq!(facts.of(field)[0].lines[0], line, "{}", field.name());
    }
    let mut turned_down = alternatives(&facts);
    turned_down.sort();
    assert_eq!(turned_down, ["black", "flask", "isort", "pip", "pyright", "requests", "tortoise-orm"]);
}

#[test]
fn what_later_steps_need_is_kept() {
    let facts = facts(LANTERN);
    let tree = facts.tree.expect("a tree");
    assert_eq!(tree.root.as_deref(), Some("lantern"));
    let wick = tree.entries.iter().find(|entry| entry.path == "src/{pkg}/wick.py").expect("a file");
    assert_eq!((wick.comment.as_str(), wick.line, wick.folder), ("burns", 36, false));
    assert_eq!((facts.toml[0].first, facts.toml[0].last), (45, 56));
    assert!(facts.toml[0].text.starts_with("[project]\n"));
    assert!(facts.toml_keys.iter().any(|key| key.path == "tool.ruff.line-length" && key.value == "100"));
    assert_eq!(facts.docker.iter().filter(|one| one.name == "FROM").count(), 2);
    assert_eq!(facts.name.map(|name| (name.text, name.line)), Some(("lantern-keeper".to_owned(), 2)));
    assert!(facts.bans.iter().any(|ban| ban.line == 20));
}

#[test]
fn a_document_about_something_else_settles_nothing() {
    let text = "# Web shop\n\nTypeScript, React and npm. Use Redis as a cache.\n\n```ts\nconst a = 1\n```\n";
    let facts = facts(text);
    assert!(!facts.about_python && facts.settled.is_empty() && facts.tree.is_none());
}

#[test]
fn options_to_ask_about_and_samples_of_others_are_no_facts() {
    let text = "# Python helper\n\nPython and pytest are used.\n\n## Ask the user\n\n- Web framework: Django, Flask or Sanic?\n\n## Related skills\n\n- `celery-helper` for Celery\n\n## Never do\n\n- Run Dramatiq by hand\n";
    let facts = facts(text);
    assert_eq!(values(&facts, Package), ["pytest"]);
    assert!(facts.of(WebFramework).is_empty() && facts.of(TaskQueue).is_empty());
    assert_eq!(facts.questions.len(), 1);
}

#[test]
fn commands_teach_and_build() {
    let text = "# Python\n\n```bash\n# Add a dependency\nuv add numpy\n\nuv add 'polars>=1' duckdb\nuv run ruff format .\nmkdir -p src/{a,b}\n# uv add typer\n```\n";
    let facts = facts(text);
    assert_eq!(values(&facts, Package), ["polars", "duckdb", "ruff", "typer"]);
    assert_eq!(values(&facts, Formatter), ["ruff"]);
    let created: Vec<&str> = facts.created.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(created, ["src/a", "src/b"]);
}

#[test]
fn what_is_left_open_is_said() {
    let text = "# Python\n\nDocstrings: Google or NumPy style.\n\n```toml\n[tool.ruff]\nline-length = = 9\n```\n\n```bash\nuv sync";
    let facts = facts(text);
    assert_eq!(values(&facts, DocstringStyle), ["google", "numpy"]);
    let notes: Vec<usize> = facts.notes.iter().map(|note| note.line).collect();
    assert_eq!(notes, [10, 6]);
}

#[test]
fn a_tree_shows_tools_at_work() {
    let text = "# Python\n\n```\nglow/\n├── src/\n│   └── glow.py\n├── alembic/\n├── poetry.lock\n└── docs/  # written with Sphinx\n```\n";
    let facts = facts(text);
    assert_eq!(values(&facts, Migrations), ["alembic"]);
    assert_eq!(values(&facts, PackageManager), ["poetry"]);
    assert_eq!(values(&facts, Docs), ["sphinx"]);
}
