//! Hard project names: what can work works, what cannot is refused with a name that can.

use crate::bench::{Bench, files};

#[test]
fn hard_names_give_a_project_without_placeholders() {
    let long = "a".repeat(60);
    for name in ["x", &long, "aaaa", "zzzz", "my-shop", "my.shop", "My_Shop", "shop2"] {
        let bench = Bench::new();
        bench.ok(&["new", name, "--preset", "strict", "--defaults", "--no-git", "--no-lock", "--no-record"]);
        for (path, bytes) in files(&bench.path(name)) {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!path.contains('{') && !text.contains("{%"), "{name}: {path}");
            let expressions = text.replace("${{", "");
            assert!(!expressions.contains("{{"), "{name}: {path}");
        }
    }
}

#[test]
fn names_that_cannot_work_are_refused_with_one_that_can() {
    for name in ["class", "logging", "test", "2shop", "fastapi", "tests", "größe", "a b", "-x"] {
        let bench = Bench::new();
        let set = format!("name={name}");
        let arguments =
            ["new", "dir", "--set", &set, "--preset", "strict", "--defaults", "--no-git", "--no-lock"];
        let message = bench.fails(&arguments, 2);
        let better = message.split("a name that works: `").nth(1).unwrap_or_else(|| panic!("{message}"));
        let set = format!("name={}", better.split('`').next().unwrap());
        let arguments =
            ["new", "dir", "--set", &set, "--preset", "strict", "--defaults", "--no-git", "--no-lock"];
        bench.ok(&arguments);
    }
}
