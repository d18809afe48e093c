//! A second `distill` onto its own preset: the document has changed, or the file, or both.

use crate::bench::Bench;

const LAMPS: &str = "# Stack

- Python 3.12+, uv
- FastAPI, SQLAlchemy, PostgreSQL
- pytest with at least 70 % coverage
- mypy

```
lamps/
├── app/
│   ├── main.py
│   ├── config.py
│   ├── models/        # ORM models
│   ├── routers/
│   ├── services/
│   └── shades/
└── tests/
```

```toml
[tool.ruff]
line-length = 99
[tool.ruff.lint]
select = [\"E\", \"F\", \"I\"]
```
";

/// A bench with the document and its preset.
fn distilled() -> Bench {
    let bench = Bench::new();
    bench.write("lamps.md", LAMPS);
    bench.ok(&["distill", "lamps.md", "-o", "lamps.yaml"]);
    bench
}

/// Replaces parts of a file, each of which has to be there.
fn edit(bench: &Bench, file: &str, parts: &[(&str, &str)]) {
    let mut text = bench.read(file);
    for (old, new) in parts {
        assert!(text.contains(old), "{old} is not in {file}:\n{text}");
        text = text.replace(old, new);
    }
    bench.write(file, &text);
}

/// The files beside the document: the preset, and one base.
fn bases(bench: &Bench) -> Vec<String> {
    bench.names().into_iter().filter(|name| name.ends_with(".base")).collect()
}

/// What the second run says of the file, before it comes to the document.
fn said(stderr: &str) -> String {
    stderr.split("\nlamps.md: ").next().unwrap().to_owned()
}

#[test]
fn what_nobody_edited_follows_the_document() {
    let bench = distilled();
    edit(
        &bench,
        "lamps.md",
        &[("70 %", "85 %"), ("- mypy\n", "- mypy\n- Redis caches answers\n"), ("= 99", "= 110")],
    );
    let run = bench.ok(&["distill", "lamps.md", "-o", "lamps.yaml"]);
    assert_eq!(bench.read("lamps.yaml"), bench.ok(&["distill", "lamps.md"]).stdout, "as if it were new");
    let said = said(&run.stderr);
    assert!(said.starts_with("Brought lamps.yaml up to date; nobody had edited it\n"), "{said}");
    for part in [
        "  - pyproject.tool.ruff.line-length [line 22]\n      - 99\n      + 110\n",
        "  - style.coverage [line 5]\n      - 70\n      + 85\n",
        "  - questions.cache.choices.redis [line 7]\n",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(
        !said.contains("cite") && !said.contains("layout.roles"),
        "numbers of lines are no changes: {said}"
    );
    assert_eq!(bases(&bench).len(), 1, "{:?}", bench.names());
    let run = bench.ok(&["distill", "lamps.md", "-o", "lamps.yaml"]);
    assert!(run.stderr.starts_with("lamps.yaml says so already\n"), "{}", run.stderr);
}

#[test]
fn edits_stay_where_they_stand() {
    let bench = distilled();
    edit(
        &bench,
        "lamps.yaml",
        &[
            ("    shades: Shades of the application.\n", ""),
            ("default: \"yes\"", "default: \"no\"  # until the shop is there"),
            ("# Distilled", "# Our own words.\n# Distilled"),
            ("style:\n", "style:\n  ci_job: test\n"),
        ],
    );
    let edited = bench.read("lamps.yaml");
    let run = bench.ok(&["distill", "lamps.md", "-o", "lamps.yaml"]);
    assert_eq!(bench.read("lamps.yaml"), edited);
    assert!(run.stderr.starts_with("Nothing of the document that lamps.yaml rests on has changed\n"));
    for part in [
        "layout.markers.shades: you took it away",
        "in the file: no\n      the document: yes",
        "style.ci_job",
    ] {
        assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
    }

    edit(&bench, "lamps.md", &[("# Stack\n", "# Stack\n\nLamps for all.\n"), ("70 %", "85 %")]);
    bench.ok(&["distill", "lamps.md", "-o", "lamps.yaml"]);
    let expected = edited.replace("cite: \"3:", "cite: \"5:").replace("cite: \"4:", "cite: \"6:");
    let now = bench.read("lamps.yaml");
    for part in [
        "# Our own words.\n# Distilled",
        "default: \"no\"  # until the shop is there",
        "style:\n  ci_job: test\n",
    ] {
        assert!(now.contains(part), "{part}: {now}");
    }
    assert!(!now.contains("shades") && now.contains("coverage: \"85\"  # line 7"), "{now}");
    assert_eq!(now.lines().count(), expected.lines().count());
    bench.ok(&["preset", "lint", "lamps.yaml"]);
    bench.ok(&["distill", "lamps.md", "-o", "lamps.yaml"]);
    assert_eq!(bench.read("lamps.yaml"), now, "once is enough");
}

#[test]
fn what_both_changed_stays_and_is_named() {
    let bench = distilled();
    edit(
        &bench,
        "lamps.yaml",
        &[
            ("line-length = 99", "line-length = 120  # as the others"),
            ("    shades: Shades of the application.\n", ""),
            ("use: [mypy]", "use: [mypy, editorconfig]"),
        ],
    );
    edit(
        &bench,
        "lamps.md",
        &[
            ("= 99", "= 110"),
            ("shades/", "shades/   # of glass"),
            ("- mypy\n", ""),
            ("\"I\"", "\"I\", \"UP\""),
        ],
    );
    let run = bench.run(&["distill", "lamps.md", "-o", "lamps.yaml", "--json"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(told["became"], "merged");
    let both = told["changes"]["both"].as_array().unwrap();
    let find = |entry: &str| {
        both.iter().find(|it| it["entry"] == entry).unwrap_or_else(|| panic!("{entry}: {both:?}"))
    };
    let length = find("pyproject.tool.ruff.line-length");
    assert_eq!(
        (&length["yours"], &length["document"], &length["line"]),
        (&"120".into(), &"110".into(), &20.into())
    );
    assert_eq!(find("layout.markers.shades")["document"], "Of glass.");
    let taken: Vec<&str> =
        told["changes"]["taken"].as_array().unwrap().iter().filter_map(|it| it["entry"].as_str()).collect();
    let [select, components] = taken.as_slice() else { panic!("{}", told["changes"]) };
    assert_eq!(*select, "pyproject.tool.ruff.lint.select");
    assert!(
        components.starts_with("components[license, "),
        "what nobody asks for stands together: {components}"
    );
    let now = bench.read("lamps.yaml");
    for part in ["line-length = 120  # as the others", "use: [mypy, editorconfig]", "\"UP\""] {
        assert!(now.contains(part), "{part}: {now}");
    }
    bench.ok(&["distill", "lamps.md", "-o", "lamps.yaml"]);
    assert_eq!(bench.read("lamps.yaml"), now, "a conflict is told once");
}

#[test]
fn other_layouts_and_line_ends_lose_nothing() {
    let bench = distilled();
    let flow = "    choices: {postgresql: {label: Elephant}}\n    default: postgresql";
    let block = "    choices:\n      postgresql: {label: \"PostgreSQL (SQLAlchemy, Alembic, psycopg)\"}\n    default: postgresql";
    edit(&bench, "lamps.yaml", &[(block, flow), ("\n", "\r\n")]);
    edit(&bench, "lamps.md", &[("PostgreSQL", "PostgreSQL or SQLite"), ("= 99", "= 110")]);
    let run = bench.run(&["distill", "lamps.md", "-o", "lamps.yaml"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let now = bench.read("lamps.yaml");
    assert!(now.contains("line-length = 110\r\n") && now.contains("label: Elephant"), "{now}");
    assert_eq!(now.matches('\n').count(), now.matches("\r\n").count());
    assert!(said(&run.stderr).contains("questions.database.choices.sqlite"), "{}", run.stderr);
}

#[test]
fn what_cannot_be_kept_is_refused_with_the_file_as_it_was() {
    let bench = distilled();
    let first = bench.read("lamps.yaml");
    let refused = |bench: &Bench, clause: &str| {
        let before = (bench.read("lamps.yaml"), bench.names());
        let message = bench.fails(&["distill", "lamps.md", "-o", "lamps.yaml"], 4);
        assert!(message.contains(clause), "{clause}: {message}");
        assert_eq!((bench.read("lamps.yaml"), bench.names()), before);
    };
    edit(&bench, "lamps.md", &[("= 99", "= 110")]);
    edit(&bench, "lamps.yaml", &[("default: postgresql", "default: oracle")]);
    refused(&bench, "do not work together");
    edit(&bench, "lamps.yaml", &[("default: oracle", "default: postgresql # ours")]);
    let base = bases(&bench).remove(0);
    let kept = bench.read(&base);
    bench.write(&base, &kept.replace("99", "98"));
    refused(&bench, "what was written then is not known");
    std::fs::remove_file(bench.path(&base)).unwrap();
    refused(&bench, "is not there");
    bench.write("lamps.yaml", &first.replace("persona: lamps.md", "persona: torches.md"));
    refused(&bench, "it is the preset of torches.md");
    bench.write("lamps.yaml", "preset: mine\n");
    refused(&bench, "`distill` did not write it");
    std::fs::create_dir(bench.path("folder.yaml")).unwrap();
    assert!(bench.fails(&["distill", "lamps.md", "-o", "folder.yaml"], 4).contains("it is no file"));
    assert!(bench.fails(&["distill", "lamps.md", "-o", "no/x.yaml"], 7).contains("there is no folder `no`"));
    // Without the base, what nobody edited is told by its digest.
    bench.write("lamps.yaml", &first);
    bench.ok(&["distill", "lamps.md", "-o", "lamps.yaml"]);
    assert!(bench.read("lamps.yaml").contains("line-length = 110"));
}
