//! Documents that describe a project in several sizes.

use scaffold::{
    catalog,
    distill::Report,
    ops::distill,
    preset::{Offer, Preset, Test, When},
};

const LADDER: &str = "# House

- FastAPI, SQLModel, uv
- Celery

## Tier MVP: try it

- One file, `main.py`
- SQLite

## Tier CORE: for customers

- PostgreSQL
- structlog

## Tier FULL: for many

- Background jobs
- Sentry
";

fn distilled(text: &str) -> (Preset, Report) {
    let library = catalog::embedded();
    let made = distill::preset("house.md", text.as_bytes(), &library).unwrap();
    (distill::loaded(&made.distilled, &library).unwrap().1.value, made.distilled.report)
}

fn when(preset: &Preset, component: &str) -> When {
    let found = preset.components.iter().find(|it| it.names.iter().any(|name| name == component));
    found.unwrap_or_else(|| panic!("{component}")).when.clone()
}

fn tier(when: &When) -> Option<Vec<&str>> {
    when.0.get("tier").map(Test::values)
}

#[test]
fn sizes_become_a_question_and_conditions() {
    let (preset, report) = distilled(LADDER);
    let question = &preset.questions["tier"];
    assert_eq!(question.default, "core");
    let labels: Vec<&str> = question.choices.values().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["MVP: try it", "CORE: for customers", "FULL: for many"]);
    assert_eq!(tier(&when(&preset, "sentry")), Some(vec!["full"]));
    assert_eq!(tier(&when(&preset, "structlog")), Some(vec!["core", "full"]));
    assert_eq!(
        tier(&when(&preset, "fastapi")),
        Some(vec!["core", "full"]),
        "it cannot stand beside the one file"
    );
    assert_eq!(tier(&when(&preset, "uv")), None);
    assert_eq!(tier(&when(&preset, "single-file")), Some(vec!["mvp"]));
    let layouts: Vec<&str> = preset.layouts.iter().map(Offer::name).collect();
    assert_eq!(layouts, ["modular", "single-file"]);
    assert_eq!(
        preset.questions["database"].default, "postgresql",
        "what only the smallest size has is no default"
    );
    assert_eq!(preset.questions["queue"].choices["celery"].when.0["tier"], Test::Is("full".to_owned()));
    assert!(report.asked.iter().any(|it| it.what.starts_with("the size of the project")));
}

#[test]
fn a_prototype_without_its_component_has_the_layout_of_the_others() {
    let (preset, report) = distilled(&LADDER.replace("SQLModel", "SQLAlchemy"));
    assert_eq!(preset.layout_names().len(), 1);
    assert!(report.unused.iter().any(|it| it.what == "the size in one file"), "{:?}", report.unused);
    assert_eq!(tier(&when(&preset, "sentry")), Some(vec!["full"]));
    assert_eq!(tier(&when(&preset, "fastapi")), None);
}

#[test]
fn other_words_name_sizes_too() {
    let (preset, _) = distilled(
        "# House\n\n- FastAPI, uv\n\n## Prototype\n\n- pytest\n\n## Production\n\n- CORS\n\n## Enterprise\n\n- Sentry\n",
    );
    let names: Vec<&String> = preset.questions["tier"].choices.keys().collect();
    assert_eq!(names, ["prototype", "production", "enterprise"]);
    assert_eq!(tier(&when(&preset, "cors")), Some(vec!["production", "enterprise"]));
}
