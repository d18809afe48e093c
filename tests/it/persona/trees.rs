//! Trees drawn in every way.

use super::common::facts;

const EXPECTED: [&str; 7] = [
    "src/",
    "src/{pkg}/",
    "src/{pkg}/lamp.py",
    "src/{pkg}/oil/",
    "src/{pkg}/oil/can.py",
    "tests/",
    "pyproject.toml",
];

fn paths(block: &str) -> Vec<String> {
    let facts = facts(&format!("# Python project\n\n## Structure\n\n```text\n{block}```\n"));
    let tree = facts.tree.unwrap_or_else(|| panic!("no tree in\n{block}"));
    tree.entries
        .iter()
        .map(|entry| format!("{}{}", entry.path, if entry.folder { "/" } else { "" }))
        .collect()
}

#[test]
fn five_drawings_are_one_tree() {
    for block in [
        "glow/\n├── src/\n│   └── glow/\n│       ├── lamp.py  # light\n│       └── oil/\n│           └── can.py\n├── tests/\n└── pyproject.toml\n",
        "glow/\n|-- src/\n|   `-- glow/\n|       |-- lamp.py  # light\n|       `-- oil/\n|           `-- can.py\n|-- tests/\n`-- pyproject.toml\n",
        "glow/\n+-- src/\n|   +-- glow/\n|       +-- lamp.py  # light\n|       +-- oil/\n|           +-- can.py\n+-- tests/\n+-- pyproject.toml\n",
        "glow/\n  src/\n    glow/\n      lamp.py  # light\n      oil/\n        can.py\n  tests/\n  pyproject.toml\n",
        "glow/\n\tsrc/\n\t\tglow/\n\t\t\tlamp.py  # light\n\t\t\toil/\n\t\t\t\tcan.py\n\ttests/\n\tpyproject.toml\n",
        ".\n├── src/\n│   └── my_package/\n│       ├── lamp.py\n│       └── oil/\n│           └── can.py\n├── tests/\n└── pyproject.toml\n",
        "glow/\n├── src/<package_name>/\n│   ├── [lamp.py](http://lamp.py)\n│   └── oil\n│       ├── can.py\n│       └── ...\n├── tests/\n├── *.log\n└── pyproject.toml\n",
    ] {
        assert_eq!(paths(block), EXPECTED, "{block}");
    }
}

#[test]
fn drawings_of_something_else_are_no_trees() {
    for block in [
        "Is it small?\n├── YES → take one file\n└── NO → Is it a library?\n    ├── YES → take a package\n    └── NO → take both\n",
        "lamp\nwick\noil\n",
        ".venv/\n__pycache__/\n*.log\n",
    ] {
        let facts = facts(&format!("# Python project\n\n## Structure\n\n```\n{block}```\n"));
        assert!(facts.tree.is_none(), "{block}");
    }
}
