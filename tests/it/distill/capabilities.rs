//! What a document asks for beside the great choices: capabilities, tools, habits, examples of its own.

use scaffold::{
    catalog,
    distill::Report,
    ops::distill,
    preset::{Preset, Selection, Test},
};

fn distilled(text: &str) -> (Preset, Report) {
    let library = catalog::embedded();
    let made = distill::preset("house.md", text.as_bytes(), &library).unwrap();
    let preset = distill::loaded(&made.distilled, &library).unwrap().1.value;
    (preset, made.distilled.report)
}

fn selection<'a>(preset: &'a Preset, component: &str) -> Option<&'a Selection> {
    preset.components.iter().find(|it| it.names.iter().any(|name| name == component))
}

fn uses(preset: &Preset, component: &str) -> bool {
    selection(preset, component).is_some()
}

/// Everything said, as one text.
fn told(notes: &[scaffold::distill::Note]) -> String {
    notes.iter().map(|it| format!("{}: {}\n", it.what, it.why)).collect()
}

#[test]
fn words_bring_components() {
    let (preset, report) = distilled(
        "# House\n\n- Python 3.13, uv, FastAPI\n- CORS, security headers and a rate limit are in place.\n\
         - Prometheus collects the metrics, OpenTelemetry the traces, Sentry the errors.\n\
         - pre-commit, a dev container, dependabot\n- A `CHANGELOG.md` tells what changes.\n- No audit log.\n",
    );
    for component in [
        "cors",
        "security-headers",
        "rate-limit",
        "metrics",
        "tracing",
        "sentry",
        "pre-commit",
        "devcontainer",
        "dependabot",
        "changelog",
    ] {
        let found = selection(&preset, component).unwrap_or_else(|| panic!("{component}"));
        assert!(found.cite.is_some(), "{component} says where it comes from");
    }
    assert!(!uses(&preset, "audit") && !told(&report.unused).contains("audit log"), "it is turned down");
    assert!(!told(&report.unused).contains("no component"), "{}", told(&report.unused));
}

#[test]
fn what_is_wanted_sometimes_is_a_question() {
    let (preset, report) = distilled(
        "# House\n\n- Python 3.13, uv, FastAPI\n- Where it is asked for: Sentry, Prometheus.\n- CORS\n",
    );
    let extras = &preset.questions["extras"];
    assert!(extras.several && extras.default.is_empty());
    assert_eq!(extras.choices.keys().collect::<Vec<_>>(), ["metrics", "sentry"]);
    let when = &selection(&preset, "sentry").unwrap().when.0["extras"];
    assert_eq!(*when, Test::Is("sentry".to_owned()));
    assert!(selection(&preset, "cors").unwrap().when.0.is_empty());
    assert!(told(&report.asked).contains("only where a project needs them"), "{}", told(&report.asked));
}

#[test]
fn what_only_a_preset_has_is_said_with_the_way_there() {
    let (_, report) =
        distilled("# House\n\n- Python 3.13, uv, FastAPI\n- Users sign in with JSON Web Tokens.\n");
    let unused = told(&report.unused);
    assert!(
        unused.contains("only the example of the preset `tiered` has it: `scaffold new --preset tiered`")
    );
}

#[test]
fn black_formats_where_it_is_wanted_and_agrees_with_the_others() {
    let (preset, _) = distilled(
        "# House\n\n- Python 3.13, uv\n- Formatting: black and isort\n- Linting: ruff\n- line length: 100 characters\n\
         - bandit and radon\n",
    );
    for component in ["black", "isort", "ruff", "bandit", "radon"] {
        assert!(uses(&preset, component), "{component}");
    }
    for part in [
        "[tool.black]\nline-length = 100",
        "[tool.isort]\nline_length = 100",
        "[tool.ruff]\nline-length = 100",
    ] {
        assert!(preset.pyproject.contains(part), "{part}: {}", preset.pyproject);
    }
    assert!(preset.rules.iter().any(|it| it.id == "one-formatter"));
    let (preset, report) = distilled("# House\n\n- Python 3.13, uv\n- ruff, isort\n");
    assert!(!uses(&preset, "isort") && told(&report.corrected).contains("`isort` is left out"));
}

#[test]
fn httpx_is_a_client_as_aiohttp_is() {
    let (preset, _) =
        distilled("# House\n\n- Python 3.13, uv, FastAPI\n- HTTP client: httpx, never requests\n");
    assert_eq!(preset.questions["http_client"].default, "httpx");
    assert_eq!(selection(&preset, "httpx").unwrap().names, ["http-client", "httpx"]);
    let rule = preset.rules.iter().find(|it| it.id == "one-client").unwrap();
    assert_eq!(rule.requirements.as_ref().unwrap().forbidden, ["requests"]);
}

#[test]
fn the_purpose_may_stand_before_the_tool() {
    let (preset, _) = distilled(
        "# House\n\n| What | Choice |\n| --- | --- |\n| HTTP | FastAPI, with its document |\n| Command line | none |\n\
         | Dependencies | pip |\n",
    );
    assert_eq!(preset.questions["kind"].default, "api");
    assert!(uses(&preset, "pip") && !uses(&preset, "uv"));
}

#[test]
fn habits_become_rules_that_the_code_keeps() {
    let (preset, report) = distilled(
        "# House\n\n- Python 3.13, uv, FastAPI\n- `print()` is forbidden.\n- No placeholders.\n\
         - Functions stay under 31 lines, with a complexity of 9 at most.\n- Functions have 2 lines at most.\n",
    );
    let rules: Vec<&str> = preset.rules.iter().map(|it| it.id.as_str()).collect();
    for rule in ["no-print", "no-placeholders", "short-functions", "complexity"] {
        assert!(rules.contains(&rule), "{rule}: {rules:?}");
    }
    assert!(preset.pyproject.contains("max-complexity = 9"), "{}", preset.pyproject);
    let (preset, more) =
        distilled("# House\n\n- Python 3.13, uv, FastAPI\n- Functions have 6 lines at most.\n");
    assert!(!preset.rules.iter().any(|it| it.id == "short-functions"));
    assert!(told(&more.unused).contains("the generated code does not keep it"), "{}", told(&more.unused));
    assert!(!told(&report.unused).contains("short-functions"));
}

#[test]
fn the_example_and_the_layout_are_those_of_the_nearest_preset() {
    let (preset, report) = distilled(
        "# House\n\n- Python 3.13, uv, FastAPI, SQLAlchemy on PostgreSQL\n- A `JobId` is a value; several tenants share it.\n\
         - A unit of work commits; an audit log tells who did what.\n",
    );
    for component in ["jobs", "tenants", "unit-of-work", "audit"] {
        assert!(uses(&preset, component), "{component}");
    }
    assert!(!uses(&preset, "users"));
    assert_eq!(preset.layout_names(), ["ports-and-adapters"]);
    assert!(told(&report.understood).contains("the example is that of the preset `hexagonal`"));
}

#[test]
fn places_that_are_named_tell_the_layout() {
    let (preset, _) = distilled(
        "# House\n\n- Python 3.13, uv, FastAPI, SQLAlchemy\n\n| Place | What |\n| --- | --- |\n\
         | `config/settings.py` | settings |\n| `api/routes/` | endpoints |\n| `domain/models/` | entities |\n\
         | `domain/services/` | rules |\n| `infrastructure/repositories/` | storage |\n| `tests/` | tests |\n",
    );
    assert_eq!(preset.layout_names(), ["domain-centered"]);
}

#[test]
fn variables_and_jobs_are_called_as_the_document_calls_them() {
    let (preset, _) = distilled(
        "# House\n\n- Python 3.13, uv, FastAPI, SQLAlchemy\n- `DATABASE_URL` names the database.\n\n\
         ```yaml\nname: CI\non: [push]\njobs:\n  proof:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n```\n",
    );
    assert_eq!(preset.env_prefix.as_deref(), Some(""));
    assert_eq!(preset.style.others["ci_job"], "proof");
}
