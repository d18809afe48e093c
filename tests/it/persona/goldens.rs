//! The facts of our own persona documents, kept beside them.

use std::fs;

use crate::bench::{Bench, repository};

/// `examples/personas/NAME.facts.json` holds what `distill --facts` prints. `UPDATE=1` rewrites it.
#[test]
fn the_facts_of_our_personas_are_on_file() {
    let mut seen = 0;
    for entry in fs::read_dir(repository().join("examples/personas")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|it| it != "md") {
            continue;
        }
        seen += 1;
        let made = Bench::new().ok(&["distill", path.to_str().unwrap(), "--facts"]).stdout;
        let golden = path.with_extension("facts.json");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&golden, &made).unwrap();
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        assert!(expected == made, "{}: other facts than on file", path.display());
    }
    assert!(seen > 0);
}
