//! A sample of the fault harness: stopped anywhere, the target is absent or complete.

use std::process::Command;

use crate::bench::repository;

fn harness(case: &str, more: &[&str]) {
    let program = env!("CARGO_BIN_EXE_scaffold");
    let mut command = Command::new("python3");
    command.arg(repository().join("tests/faults/faults.py"));
    command.args(["--case", case, "--points", "6", "--only", "kill,int,term,eio,enospc,race", "--"]);
    command.args([
        program,
        "new",
        "{target}",
        "--set",
        "name=shop",
        "--preset",
        "strict",
        "--defaults",
        "--no-lock",
    ]);
    command.args(more).env("PATH", "/usr/bin:/bin");
    let output = command.output().unwrap();
    let told =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{told}");
    println!("{told}");
}

#[test]
fn a_new_folder_is_absent_or_complete() {
    harness("new", &[]);
}

#[test]
fn a_fresh_clone_keeps_what_is_the_users() {
    harness("clone", &["--no-git", "--into"]);
}
