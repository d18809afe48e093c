//! The report as it is read aloud, and what `distill` and `new --persona` say and write.

use std::fs;

use crate::bench::{Bench, files, repository};

const WORDS: &str = "# Lamps\n\nWe love lamps. Python is nice.\n";

/// A document with a tree of its own, wrong settings, a dead package and a server.
const LAMPS: &str = "---
name: lamp-keeper
description: Builds lamp services.
---
# Stack

- Python 3.12+, uv, never pip
- FastAPI, SQLAlchemy, PostgreSQL
- pytest with at least 70 % coverage
- mypy
- Redis tokens with python-jose

```
lamps/
├── app/
│   ├── main.py
│   ├── config.py
│   ├── models/        # ORM models
│   ├── schemas/
│   ├── routers/
│   ├── services/
│   │   └── lamp_service.py
│   └── shades/
└── tests/
```

```toml
[tool.ruff]
target-version = \"py310\"
[tool.ruff.lint]
select = [\"E\", \"F\", \"TCH\", \"XYZ123\", \"D\"]
[tool.pytest.ini_options]
addopts = \"--strict-markers --cov=myapp -n auto\"
[tool.black]
line-length = 99
[tool.pylint]
jobs = 2
```
";

/// `examples/personas/NAME.report.txt` holds what `distill` says. `UPDATE=1` rewrites it.
#[test]
fn the_reports_of_our_personas_are_on_file() {
    let mut seen = 0;
    for entry in fs::read_dir(repository().join("examples/personas")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "md") {
            continue;
        }
        seen += 1;
        let run = Bench::new().ok(&["distill", path.to_str().unwrap()]);
        for (ending, made) in [("report.txt", &run.stderr), ("preset.yaml", &run.stdout)] {
            let golden = path.with_extension(ending);
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&golden, made).unwrap();
            }
            let expected = fs::read_to_string(&golden).unwrap_or_default();
            assert!(expected == *made, "{}: not as on file", golden.display());
        }
    }
    assert!(seen > 0);
}

#[test]
fn everything_is_said_in_its_group() {
    let bench = Bench::new();
    bench.write("lamps.md", LAMPS);
    let run = bench.ok(&["distill", "lamps.md"]);
    let (_, rest) = run.stderr.split_once("Understood:").unwrap();
    let (understood, rest) = rest.split_once("Errors of the world corrected:").unwrap();
    let (corrected, unused) = rest.split_once("Not used:").unwrap();
    for part in
        ["package `app`", "services in `services/{name}_service.py`", "folders kept without a role: `shades`"]
    {
        assert!(understood.replace("\n    ", " ").contains(part), "{part}: {understood}");
    }
    for part in [
        "python-jose",
        "`TCH` of Ruff is called `TC`",
        "`XYZ123` of Ruff is left out",
        "`py310` becomes `3.12`",
    ] {
        let part = part.replace("`3.12`", "`py312`");
        assert!(corrected.replace("\n    ", " ").contains(&part), "{part}: {corrected}");
    }
    for part in ["pytest-xdist", "tool.pylint"] {
        assert!(unused.contains(part), "{part}: {unused}");
    }
    for part in
        ["package: app\n", "--cov=app", "python: [\"3.12\", \"3.13\"]  # line 7", "default: postgresql"]
    {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
}

/// What the report says of a document, each note on one line.
fn told(document: &str) -> String {
    let bench = Bench::new();
    bench.write("lamps.md", document);
    bench.ok(&["distill", "lamps.md"]).stderr.replace("\n    ", " ")
}

#[test]
fn what_is_told_is_true() {
    let stack = "# Lamps\n\n- Python 3.13, uv, FastAPI\n";
    for (rest, expected, absent) in [
        // A component that comes in with a database only is not there without one.
        (
            "- Celery\n- SQLAlchemy and Alembic on MySQL\n",
            "mapper: sqlalchemy; migrations: alembic [line 5]: no database that is here is asked for",
            "  - mapper: sqlalchemy [",
        ),
        (
            "- Background jobs\n- Celery\n",
            "capabilities: background jobs [line 4]",
            "background jobs [line 4]:",
        ),
        (
            "- Background jobs\n",
            "background jobs [line 4]: the document names no tool for it, such as `celery` and `arq`",
            "no component does it",
        ),
        ("- Never poetry\n\n❌ BAD: print statements\n", "`no-print`", "print statements [line"),
    ] {
        let report = told(&format!("{stack}{rest}"));
        assert!(report.contains(expected), "{expected}: {report}");
        assert!(!report.contains(absent), "{absent}: {report}");
    }
}

#[test]
fn values_that_lost_for_one_reason_are_told_at_once() {
    let report =
        told("# Lamps\n\n- Python 3.13\n- uv\n- uv sync\n\nInstall uv.\n\n- Poetry works\n- Use pdm\n");
    assert!(report.contains("package manager: uv, not poetry or pdm [lines"), "{report}");
}

#[test]
fn what_is_made_comes_first() {
    let report = told(LAMPS);
    let first = report.lines().skip_while(|line| *line != "Understood:").nth(1);
    assert!(first.is_some_and(|it| it.starts_with("  - what is made: HTTP API (FastAPI)")), "{report}");
}

#[test]
fn an_older_python_becomes_the_oldest_that_is_here() {
    for (named, taken) in [("3.11", "3.12"), ("3.20", "3.13")] {
        let report = told(&format!("# Lamps\n\n- Python {named}\n- uv\n"));
        assert!(report.contains(&format!("Python {named} becomes {taken} [line 3]")), "{report}");
    }
}

#[test]
fn a_preset_that_was_distilled_can_be_edited_and_used() {
    let bench = Bench::new();
    bench.write("lamps.md", LAMPS);
    bench.ok(&["distill", "lamps.md", "-o", "lamps.yaml"]);
    bench.ok(&["preset", "lint", "lamps.yaml"]);
    let quiet = ["--defaults", "--no-git", "--no-lock", "--no-record"];
    bench.ok(&[&["new", "one/shop", "--persona", "lamps.md"], &quiet[..]].concat());
    bench.ok(&[&["new", "two/shop", "--preset", "lamps.yaml"], &quiet[..]].concat());
    assert_eq!(files(&bench.path("one/shop")), files(&bench.path("two/shop")));
    assert!(bench.path("one/shop/app/services/users_service.py").exists());
    assert!(bench.path("one/shop/app/shades/__init__.py").exists());
    let edited = bench.read("lamps.yaml").replace("shades", "bulbs");
    bench.write("lamps.yaml", &edited);
    bench.ok(&[&["new", "three/shop", "--preset", "./lamps.yaml"], &quiet[..]].concat());
    assert!(bench.path("three/shop/app/bulbs/__init__.py").exists());
}

#[test]
fn a_document_without_python_is_refused() {
    let bench = Bench::new();
    bench.write("words.md", WORDS);
    for arguments in [&["distill", "words.md"][..], &["new", "shop", "--persona", "words.md", "--defaults"]] {
        let message = bench.fails(arguments, 3);
        assert!(
            message.contains("`words.md` states nothing about how a Python project is built"),
            "{message}"
        );
    }
    assert_eq!(bench.names(), ["words.md"]);
}

#[test]
fn words_of_a_document_are_data() {
    let bench = Bench::new();
    let hostile = "---\nname: \"{{ 7919 * 7 }}\"\ndescription: \"{% raw %} ]: # &a *b !c\"\n---\n# Python\n\nUse pytest and uv.\n\n```\n\
                   p/\n├── src/\n│   └── p/\n│       ├── __init__.py\n│       ├── ../../etc/\n│       └── services/  # {{ 7919 * 7 }} \"\"\"\n\
                   └── pyproject.toml\n```\n";
    bench.write("a b {{x}}.md", hostile);
    bench.ok(&["new", "shop", "--persona", "a b {{x}}.md", "--defaults", "--no-git", "--no-lock"]);
    for (path, bytes) in files(&bench.path("shop")) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains("55433"), "{path} rendered the words of the document");
        assert!(!path.contains(".."), "{path}");
    }
}
