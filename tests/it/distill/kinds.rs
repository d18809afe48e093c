//! What kind of project a document is about, and what that brings.

use scaffold::{catalog, ops::distill, preset::Preset};

use crate::bench::Bench;

/// The preset of a document called `name`.
fn distilled(name: &str, text: &str) -> (Preset, Vec<String>) {
    let library = catalog::embedded();
    let made = distill::preset(name, text.as_bytes(), &library).unwrap();
    let asked = made.distilled.report.asked.iter().map(|it| format!("{}: {}", it.what, it.why)).collect();
    (distill::loaded(&made.distilled, &library).unwrap().1.value, asked)
}

/// The kinds on offer, the default first.
fn kinds(preset: &Preset) -> Vec<&str> {
    let question = &preset.questions["kind"];
    let others = question.choices.keys().filter(|it| **it != question.default);
    std::iter::once(&question.default).chain(others).map(String::as_str).collect()
}

fn uses(preset: &Preset, component: &str) -> bool {
    preset.components.iter().any(|it| it.names.iter().any(|name| name == component))
}

#[test]
fn facts_and_the_title_name_the_kind() {
    for (name, text, expected) in [
        ("a.md", "# Services\n\n- Python 3.13, uv\n- FastAPI\n", &["api"][..]),
        ("a.md", "# Tools\n\n- Python 3.13, uv\n- Typer for the command line\n", &["cli"]),
        ("a.md", "# Tools\n\n- Python 3.13, uv\n- CLI framework: Click\n", &["cli"]),
        ("python-cli.md", "# Standards\n\n- Python 3.13, uv\n", &["cli"]),
        (
            "a.md",
            "# How to build a Python package\n\n- uv, ruff\n- CLI framework: Click\n",
            &["library", "cli"],
        ),
        ("a.md", "# Jobs\n\n- Python 3.13, uv\n- Celery\n", &["worker"]),
        (
            "a.md",
            "# Site\n\n- Python 3.13, uv\n- FastAPI\n- Celery\n- Typer\n",
            &["api", "cli", "worker", "library"],
        ),
        ("a.md", "# Site\n\n- Python 3.13, uv\n- Django\n- Celery\n", &["library"]),
        ("a.md", "# Code\n\n- Python 3.13, uv\n", &["library", "cli", "worker", "api"]),
        ("a.md", "# Code\n\n- Python 3.13, uv\n- PostgreSQL\n", &["api", "cli", "worker", "library"]),
    ] {
        let (preset, asked) = distilled(name, text);
        let (mut found, mut expected) = (kinds(&preset), expected.to_vec());
        assert_eq!(found[0], expected[0], "{text}: {asked:?}");
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{text}: {asked:?}");
        let told = asked.iter().any(|it| it.starts_with("what is made"));
        assert_eq!(told, expected.len() > 1, "{text}: {asked:?}");
    }
}

#[test]
fn every_kind_brings_what_it_needs() {
    let (preset, _) =
        distilled("a.md", "# Tools\n\n- Python 3.13, uv\n- Typer\n- SQLAlchemy on PostgreSQL\n- aiohttp\n");
    for component in ["typer", "bookmarks", "sqlalchemy", "alembic", "http-client"] {
        assert!(uses(&preset, component), "{component}");
    }
    assert!(!uses(&preset, "fastapi") && !uses(&preset, "postgresql-server"));
    assert_eq!(preset.questions["database"].default, "postgresql");
    let (preset, _) = distilled(
        "a.md",
        "# Jobs\n\n- Python 3.13, uv\n- Celery\n- PostgreSQL\n- Docker, python:3.13-slim\n",
    );
    for component in ["worker", "checks", "celery", "sqlalchemy", "postgresql-server", "redis-server"] {
        assert!(uses(&preset, component), "{component}");
    }
    assert_eq!(preset.questions["queue"].default, "celery");
}

#[test]
fn two_choices_that_exclude_each_other_are_told() {
    let (preset, asked) =
        distilled("a.md", "# Site\n\n- Python 3.13, uv\n- FastAPI\n- Redis as cache\n- arq\n");
    assert_eq!(preset.questions["cache"].default, "redis");
    assert_eq!(preset.questions["queue"].default, "none");
    assert!(
        asked
            .iter()
            .any(|it| it.contains("Which queue for background tasks? `none`")
                && it.contains("different versions")),
        "{asked:?}"
    );
}

#[test]
fn what_is_only_spoken_of_is_taken_and_asked() {
    let (preset, asked) =
        distilled("a.md", "# Code\n\n- Python 3.13, uv\n- Everything has type hints.\n- Tests run in CI.\n");
    assert!(uses(&preset, "mypy") && uses(&preset, "github-actions"));
    let cite =
        |name: &str| preset.components.iter().find(|it| it.names[0] == name).and_then(|it| it.cite.clone());
    assert_eq!(cite("mypy").as_deref(), Some("4: - Everything has type hints."));
    assert!(asked.iter().any(|it| it.starts_with("GitHub Actions and mypy, unless")), "{asked:?}");
    assert!(
        asked.iter().any(|it| it.starts_with("taken for now: ") && it.contains("ruff; pytest; the rules E")),
        "{asked:?}"
    );
    let (preset, _) =
        distilled("a.md", "# Code\n\n- Python 3.13, uv\n- pyright checks type hints.\n- specific things\n");
    assert!(uses(&preset, "mypy"), "it stands in for pyright");
    assert!(!uses(&preset, "github-actions"));
}

#[test]
fn facts_become_rules_and_the_named_python_comes_first() {
    let text = "---\nname: x\ndescription: >\n  Builds lamps\n  for all.\n---\n# Code\n\n- Python 3.12+, uv\n- Google docstrings\n- ruff\n";
    let (preset, _) = distilled("a.md", text);
    assert_eq!(preset.description, "Builds lamps for all.");
    assert_eq!(preset.python, ["3.12", "3.13"]);
    let rules: Vec<&str> = preset.rules.iter().map(|it| it.id.as_str()).collect();
    assert!(rules.contains(&"docstrings") && rules.contains(&"one-toolset"), "{rules:?}");
    let docstrings = preset.rules.iter().find(|it| it.id == "docstrings").unwrap();
    assert_eq!(docstrings.cite.as_deref(), Some("10: - Google docstrings"));
}

#[test]
fn a_folder_for_the_image_is_where_it_goes() {
    let tree = "# Code\n\n- Python 3.13, uv\n- FastAPI\n- Docker: python:3.13-slim\n\n```\nshop/\n├── src/\n│   └── shop/\n│       ├── main.py\n│       ├── api/\n│       └── services/\n├── docker/\n└── pyproject.toml\n```\n";
    let (preset, _) = distilled("a.md", tree);
    assert_eq!(preset.layout.unwrap().roles["dockerfile"], "/docker/Dockerfile");
}

#[test]
fn a_library_is_built_by_the_command_of_its_manager() {
    let bench = Bench::new();
    for (manager, command) in
        [("uv", "uv build"), ("Poetry", "poetry build"), ("pip", ".venv/bin/python -m build")]
    {
        let document = format!("# A library\n\n- Python 3.13\n- Package manager: {manager}\n");
        bench.write("lamps.md", &document);
        let shop = format!("{manager}/shop");
        bench.ok(&["new", &shop, "--persona", "lamps.md", "--defaults", "--no-git", "--no-lock"]);
        let record = bench.read(&format!("{shop}/.scaffold/project.yaml")).replace('"', "");
        let argv = format!("argv: [{}]", command.replace(' ', ", "));
        assert!(record.contains(&argv), "{argv}: {record}");
        let readme = bench.read(&format!("{shop}/README.md"));
        assert!(readme.contains(&format!("`{command}`")), "{command}: {readme}");
    }
}
