//! Every check, on a tree that breaks it.

use super::*;
use crate::tree::File;

const LAYOUT: &str = "layout: l\ndescription: d\npackage: 'src/{package}'\nroles: {}\n\
                      layers: [[api, cli], [services], [domain]]\nshared: [errors]\nwiring: [api.app]\n";

/// A project that breaks something in many files.
const FILES: &[(&str, &str)] = &[
    (
        "Dockerfile",
        "FROM python:3.13 AS b\nRUN x\nFROM debian\nCOPY --from=ghcr.io/x:latest a b\nCMD run it\nUSER root\n",
    ),
    (
        "docker-compose.yml",
        "services:\n  app: &a\n    image: x\n    networks: [n]\n  db:\n    image: y:1\n    healthcheck: {}\n",
    ),
    (".gitignore", "# x\n.venv/\nuv.lock\n"),
    (
        "pyproject.toml",
        "[project]\ndependencies = [\"requests>=2\"]\n[tool.ruff]\nfix = true\nselect = [\"F\"]\n",
    ),
    ("src/shop/__init__.py", "\"\"\"Shop.\"\"\"\n"),
    ("src/shop/errors.py", "\"\"\"E.\"\"\"\nfrom shop.domain import users\n"),
    (
        "src/shop/domain/users.py",
        "\"\"\"U.\"\"\"\nfrom ..services import x\nimport shop.errors\n\n\ndef f(a) -> int:\n    \"\"\"F.\n\n    Returns:\n        x\n\n    Args:\n        a: x\n    \"\"\"\n    print(a)  # TODO\n    return 1\n",
    ),
    ("src/shop/api/app.py", "\"\"\"A.\"\"\"\nfrom shop import cli\n"),
    ("src/shop/api/a.py", "from shop import cli\n\n\ndef g() -> None: ...\n"),
    ("src/shop/cli.py", "\"\"\"C.\"\"\"\nfrom shop.services import x\n"),
];

fn found(rule: &str) -> Vec<String> {
    let tree: Tree =
        FILES.iter().map(|(path, text)| (RelPath::new(*path).unwrap(), File::text(*text))).collect();
    let layout: Layout = serde_yaml::from_str(LAYOUT).unwrap();
    let rule: Rule = serde_yaml::from_str(&format!("id: r\n{rule}\n")).unwrap();
    let findings = run([&rule], &Subject::new(&tree, "shop", &layout));
    findings.into_iter().map(|it| format!("{}:{} {}", it.file, it.line, it.message)).collect()
}

#[track_caller]
fn case(rule: &str, expected: &[&str]) {
    assert_eq!(found(rule), expected, "{rule}");
}

#[test]
fn files_and_lines() {
    case(
        "files: {present: ['src/{package}/*.py', 'README.md'], absent: ['**/cli.py']}",
        &["README.md:0 no file is at `README.md`", "src/shop/cli.py:0 `src/shop/cli.py` must not be there"],
    );
    case(
        "lines: {in: .gitignore, present: [.venv/, .env], absent: [uv.lock]}",
        &[".gitignore:0 `.gitignore` has no line `.env`", ".gitignore:3 `.gitignore` has the line `uv.lock`"],
    );
    case(
        "text: {in: ['*.toml'], present: ['[tool.mypy]'], absent: ['fix = true']}",
        &[
            "pyproject.toml:0 `pyproject.toml` does not hold `[tool.mypy]`",
            "pyproject.toml:4 `fix = true` must not be here: `fix = true`",
        ],
    );
}

#[test]
fn settings_and_requirements() {
    case(
        "pyproject: {present: [tool.mypy], absent: [tool.ruff.fix], equals: {tool.ruff.fix: false}, \
         holds: {tool.ruff.select: [F, E]}}",
        &[
            "pyproject.toml:3 `tool.mypy` is missing",
            "pyproject.toml:4 `tool.ruff.fix` must not be there",
            "pyproject.toml:4 `tool.ruff.fix` is true, not false",
            "pyproject.toml:5 `tool.ruff.select` does not hold \"E\"",
        ],
    );
    case(
        "requirements: {runtime: [fastapi, Requests], dev: [pytest], forbidden: [requests]}",
        &[
            "pyproject.toml:2 the project does not require `fastapi`",
            "pyproject.toml:0 the project does not require `pytest` for development",
            "pyproject.toml:2 the project requires `requests`",
        ],
    );
}

#[test]
fn images_and_services() {
    case(
        "dockerfile: {stages: 3, runtime: gcr.io/, rootless: true, exec_form: true, pinned: true, holds: [uv]}",
        &[
            "Dockerfile:3 the image is built in 2 stages, not 3",
            "Dockerfile:3 the last stage starts from `debian`, not from `gcr.io/`",
            "Dockerfile:6 the process runs as root",
            "Dockerfile:5 `CMD` needs a shell",
            "Dockerfile:3 the image `debian` has no tag",
            "Dockerfile:4 the image `ghcr.io/x:latest` has the tag `latest`",
            "Dockerfile:0 no instruction holds `uv`",
        ],
    );
    case(
        "compose: {services: [db, redis], healthchecks: true, networks: true, pinned: true}",
        &[
            "docker-compose.yml:1 there is no service `redis`",
            "docker-compose.yml:2 the service `app` has no health check",
            "docker-compose.yml:2 the image `x` has no tag",
            "docker-compose.yml:5 the service `db` is in no network",
        ],
    );
}

#[test]
fn code() {
    case(
        "placeholders: {}",
        &[
            "src/shop/api/a.py:4 `g` has nothing but `...` in it",
            "src/shop/domain/users.py:15 a comment says `TODO`",
        ],
    );
    case(
        "docstrings: {sections: ['Args:', 'Returns:']}",
        &[
            "src/shop/api/a.py:1 the module has no docstring",
            "src/shop/api/a.py:4 `g` has no docstring",
            "src/shop/domain/users.py:6 `Args:` stands after `Returns:` in the docstring of `f`",
        ],
    );
    case(
        "docstrings: {in: ['src/shop/domain/**'], examples: true}",
        &["src/shop/domain/users.py:6 the docstring of `f` has no example"],
    );
    case(
        "annotations: {in: ['src/**']}",
        &["src/shop/domain/users.py:6 the argument `a` of `f` has no type"],
    );
    case("calls: {absent: [print]}", &["src/shop/domain/users.py:15 `print` is called"]);
    case(
        "limits: {file: 15, function: 2, arguments: 0}",
        &[
            "src/shop/domain/users.py:16 the file has 16 lines; 15 are allowed",
            "src/shop/domain/users.py:6 `f` has 3 lines without its docstring; 2 are allowed",
            "src/shop/domain/users.py:6 `f` has 1 arguments; 0 are allowed",
        ],
    );
}

#[test]
fn layers() {
    case(
        "layers: {}",
        &[
            "src/shop/api/a.py:1 the layer `api` imports its sibling `cli`",
            "src/shop/domain/users.py:2 the layer `domain` imports the layer `services`, which is further out",
            "src/shop/errors.py:2 the shared module `errors` imports the layer `domain`",
        ],
    );
}

#[test]
fn what_is_missing_is_told_entry_by_entry() {
    let tree: Tree =
        FILES.iter().map(|(path, text)| (RelPath::new(*path).unwrap(), File::text(*text))).collect();
    let layout: Layout = serde_yaml::from_str(LAYOUT).unwrap();
    let subject = Subject::new(&tree, "shop", &layout);
    let missing = |rule: &str| {
        let rule: Rule = serde_yaml::from_str(&format!("id: r\n{rule}\n")).unwrap();
        subject.missing(&rule)
    };
    assert_eq!(missing("files: {present: ['src/{package}/*.py', README.md]}"), ["README.md"]);
    assert_eq!(missing("lines: {in: .gitignore, present: [.venv/, .env]}"), [".env"]);
    assert!(
        missing("lines: {in: none, present: [.env]}").is_empty(),
        "the file as a whole is another matter"
    );
    assert_eq!(dangling(&subject), [("src/shop/cli.py".to_owned(), "shop.services".to_owned())]);
}
