//! What tidying changes, and what it leaves alone.

use super::tidy::Tidy;
use crate::error::Class;

fn tidy(pyproject: &str) -> Tidy {
    Tidy::new(pyproject, &["shop".to_owned(), "tests".to_owned()]).unwrap()
}

fn check(pyproject: &str, path: &str, cases: &[(&str, &str)]) {
    let tidy = tidy(pyproject);
    for (source, expected) in cases {
        let tidied = tidy.tidy(path, source).unwrap();
        assert_eq!(&tidied, expected, "{source}");
        assert_eq!(&tidy.tidy(path, &tidied).unwrap(), expected, "a second time: {source}");
        assert!(tidy.is_formatted(path, &tidied).unwrap());
    }
}

#[test]
fn imports_are_grouped_sorted_and_used() {
    check(
        "",
        "src/shop/app.py",
        &[
            ("", ""),
            (
                "import shop.a\nimport zope, aiohttp\nimport os\nx = (os, zope, aiohttp, shop)\n",
                "import os\n\nimport aiohttp\nimport zope\n\nimport shop.a\n\nx = (os, zope, aiohttp, shop)\n",
            ),
            ("import os\nimport sys\nx = sys\n", "import sys\n\nx = sys\n"),
            ("import os  # noqa: F401\n", "import os  # noqa: F401\n"),
            (
                "from a import b as b, c\nfrom a import d\nx = b+c+d\n",
                "from a import b, c, d\n\nx = b + c + d\n",
            ),
            (
                "from . import b\nfrom tests import a\nx = a, b\n",
                "from tests import a\n\nfrom . import b\n\nx = a, b\n",
            ),
            (
                "def f():\n    import b\n    import a\n    return a, b\n",
                "def f():\n    import a\n    import b\n\n    return a, b\n",
            ),
            (
                "try:\n    import a\nexcept ImportError:\n    pass\n",
                "try:\n    import a\nexcept ImportError:\n    pass\n",
            ),
        ],
    );
}

#[test]
fn blocks_for_types_are_kept_only_while_they_hold_something() {
    let block = |inside: &str, use_: &str| {
        format!(
            "import os\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n{inside}\nx: {use_} = os.sep\n"
        )
    };
    check(
        "",
        "src/shop/app.py",
        &[
            (
                &block("    from b import B\n    from a import A\n    from c import C\n", "'A | B'"),
                "import os\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from a import A\n    from b import B\n\n\
                 x: \"A | B\" = os.sep\n",
            ),
            (
                &block("    from b import B\n    from a import A\n    from c import C\n", "str"),
                "import os\n\nx: str = os.sep\n",
            ),
        ],
    );
}

#[test]
fn package_markers_export() {
    let source = "from shop.b import B as B\nfrom shop.a import A\n";
    let sorted = "from shop.a import A\nfrom shop.b import B as B\n";
    for pyproject in [
        "",
        "[tool.ruff.lint]\nselect = ['I']\n",
        "[tool.ruff.lint.per-file-ignores]\n'__init__.py' = ['F401']\n",
    ] {
        check(pyproject, "src/shop/__init__.py", &[(source, sorted)]);
    }
}

#[test]
fn the_settings_of_the_project_decide() {
    let source = "from a import b, c\nimport os\nx = {'k': os.sep, 'l': b, 'm': c}\n";
    let cases = [
        ("", "import os\n\nfrom a import b, c\n\nx = {\"k\": os.sep, \"l\": b, \"m\": c}\n"),
        (
            "[tool.ruff.format]\nquote-style = 'single'\n[tool.ruff.lint.isort]\nforce-single-line = true\nlines-after-imports = 2\n",
            "import os\n\nfrom a import b\nfrom a import c\n\n\nx = {'k': os.sep, 'l': b, 'm': c}\n",
        ),
        (
            "[tool.ruff]\nline-length = 30\nrequired-version = '>=99'\n",
            "import os\n\nfrom a import b, c\n\nx = {\n    \"k\": os.sep,\n    \"l\": b,\n    \"m\": c,\n}\n",
        ),
        (
            "[tool.ruff.lint]\nselect = ['I']\n[tool.ruff.lint.isort]\nrequired-imports = ['from __future__ import annotations']\n",
            "from __future__ import annotations\n\nimport os\n\nfrom a import b, c\n\nx = {\"k\": os.sep, \"l\": b, \"m\": c}\n",
        ),
        (
            "[tool.ruff.lint.isort]\nknown-first-party = ['os']\nknown-third-party = ['shop']\n",
            "from a import b, c\n\nimport os\n\nx = {\"k\": os.sep, \"l\": b, \"m\": c}\n",
        ),
        (
            "[tool.black]\nline-length = 30\nskip-string-normalization = true\n",
            "import os\n\nfrom a import b, c\n\nx = {\n    'k': os.sep,\n    'l': b,\n    'm': c,\n}\n",
        ),
        (
            "[tool.black]\nline-length = 30\n[tool.ruff.format]\nquote-style = 'single'\n",
            "import os\n\nfrom a import b, c\n\nx = {'k': os.sep, 'l': b, 'm': c}\n",
        ),
    ];
    for (pyproject, expected) in cases {
        check(pyproject, "src/shop/app.py", &[(source, expected)]);
    }
}

#[test]
fn the_version_of_python_is_the_least_required_one() {
    // Only Python 3.11 has `tomllib` in its standard library.
    let source = "import tomllib\nimport a\nx = a, tomllib\n";
    let new = "import tomllib\n\nimport a\n\nx = a, tomllib\n";
    let formatted_for_old = "with (\n    open(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\") as b,\n    open(\"cccccccccccccccccccccccccccccccccccc\") as d,\n):\n    pass\n";
    let with = formatted_for_old
        .replace("(\n    open", "open")
        .replace(",\n    open", ", open")
        .replace(",\n):", ":");
    for requires in [">=3.13", ">=3.11,<4", "==3.12.*", "~=3.12", "<3.15,>=3.12"] {
        let pyproject = format!("[project]\nrequires-python = '{requires}'\n");
        check(&pyproject, "src/shop/app.py", &[(source, new), (&with, formatted_for_old)]);
    }
    let old = tidy("[project]\nrequires-python = '>=3.8'\n").tidy("src/shop/app.py", &with).unwrap();
    assert_ne!(old, formatted_for_old);
}

#[test]
fn a_folder_with_the_name_of_a_library_is_what_ruff_takes_it_for() {
    let files = ["alembic/env.py", "src/shop/__init__.py", "src/shop/db.py", "tests/test_x.py"];
    let tidy = Tidy::for_tree("", files).unwrap();
    let source =
        "import shop.db\nimport alembic\nimport alembic.config\nimport zope\nx = alembic, shop, zope\n";
    let expected =
        "import alembic.config\nimport zope\n\nimport alembic\nimport shop.db\n\nx = alembic, shop, zope\n";
    assert_eq!(tidy.tidy("src/shop/app.py", source).unwrap(), expected);
}

#[test]
fn syntax_errors_have_a_place() {
    let tidy = tidy("");
    for (source, line, column) in
        [("x = 1\ndef f(:\n    pass\n", 2, 7), ("x = '\n", 1, 5), ("ä = (\n", 2, 1), ("  x\n", 1, 1)]
    {
        let fault = tidy.tidy("a.py", source).unwrap_err();
        assert_eq!((fault.line, fault.column), (line, column), "{fault}");
        assert!(fault.message.starts_with("syntax error: "), "{fault}");
        assert!(tidy.lint("a.py", source).is_err());
        assert!(tidy.format("a.py", source).is_err());
    }
}

#[test]
fn settings_that_ruff_refuses_are_rejected() {
    for (pyproject, reason) in [
        ("[tool.ruff\n", "line 1"),
        ("[tool.ruff]\nline-lenght = 88\n", "unknown field `line-lenght`"),
        ("[tool.ruff]\nline-length = 'x'\n", "line 2"),
        ("[tool.ruff]\nlint = 1\n", "line 2"),
        ("[tool.ruff.lint]\nselect = ['XYZ123']\n", "XYZ123"),
    ] {
        let error = Tidy::new(pyproject, &[]).unwrap_err();
        assert_eq!(error.class(), Class::Rejected);
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[test]
fn the_linter_runs_all_rules_of_the_project() {
    let pyproject = "[tool.ruff]\nextend-exclude = ['vendored']\n[tool.ruff.lint]\nselect = ['F', 'I', 'S', 'INP']\n\
                     [tool.ruff.lint.per-file-ignores]\n'tests/**' = ['S101']\n";
    let tidy = tidy(pyproject);
    let source = "import os\nassert 1\nassert 2  # noqa: S101\n";
    let rules = |path: &str| {
        let findings = tidy.lint(path, source).unwrap();
        findings.iter().map(|f| format!("{}:{}:{}", f.line, f.column, f.rule)).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(rules("src/shop/a.py"), "1:1:I001 1:8:F401 2:1:S101");
    assert_eq!(rules("tests/a.py"), "1:1:I001 1:8:F401");
    assert_eq!(rules("scripts/a.py"), "1:1:I001 1:1:INP001 1:8:F401 2:1:S101");
    assert_eq!(rules("vendored/a.py"), "");
    let findings = tidy.lint("scripts/a.py", source).unwrap();
    assert!(findings.iter().any(|finding| finding.message.contains("`scripts/a.py`")), "{findings:?}");
}
