//! `scaffold why`: from a file back to the line that asked for it.

use crate::bench::{Bench, repository};

fn shop(bench: &Bench) {
    let persona = repository().join("examples/personas/strict.md");
    let arguments =
        ["new", "shop", "--persona", persona.to_str().unwrap(), "--defaults", "--no-git", "--no-lock"];
    bench.ok(&arguments);
}

#[test]
fn files_and_settings_lead_back_to_their_lines() {
    let bench = Bench::new();
    shop(&bench);
    let text = bench.ok(&["why", "shop/Dockerfile"]).stdout;
    assert!(
        text.contains("component distroless") && text.contains("strict.md, line 28: | Runtime image"),
        "{text}"
    );
    let text = bench.ok(&["why", "shop/pyproject.toml:tool.ruff.line-length"]).stdout;
    assert!(text.contains("states tool.ruff") && text.contains("strict.md, line 137: [tool.ruff]"), "{text}");
    let text = bench.ok(&["why", "shop/src/shop/domain/__init__.py"]).stdout;
    assert!(text.contains("the layout layered makes it"), "{text}");
    let run = bench.ok(&["why", "shop/src/shop/api/app.py", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(told["components"][0]["name"], "fastapi");
    assert_eq!(told["persona"], "strict.md");
}

#[test]
fn the_record_names_the_document_and_not_its_place() {
    let bench = Bench::new();
    shop(&bench);
    let record = bench.read("shop/.scaffold/project.yaml");
    assert!(record.contains("persona:\n  name: strict.md\n  sha256: "), "{record}");
    for (path, bytes) in crate::bench::files(&bench.path("shop")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(repository().to_str().unwrap()), "{path}");
    }
}

#[test]
fn what_is_not_there_is_said() {
    let bench = Bench::new();
    shop(&bench);
    assert!(bench.fails(&["why", "shop/Dockerfil"], 2).contains("did you mean `Dockerfile`?"));
    assert!(bench.fails(&["why", "nowhere/x.py"], 4).contains("is in no project with a record"));
    assert!(bench.fails(&["why", "shop/README.md:title"], 2).contains("is not recorded"));
}
