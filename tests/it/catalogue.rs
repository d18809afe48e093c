//! Presets, documents, answers and targets that mean harm, and their harmless twins: `tests/catalogue`.

use std::process::Command;

use crate::bench::repository;

/// All but the slow cases, which `.ci/run` adds.
#[test]
fn nobody_does_harm() {
    let run = Command::new("python3")
        .arg(repository().join("tests/catalogue/run.py"))
        .args(["--quick", env!("CARGO_BIN_EXE_scaffold")])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let told = format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{told}");
}
