//! The first commit depends on who the user is, and on nothing else of their configuration.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The program under test.
fn program() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_scaffold"))
}

/// The arguments that make a project at `target`, without the lock.
fn new(target: &str) -> [&str; 6] {
    ["new", target, "--preset", "strict", "--defaults", "--no-lock"]
}

/// Runs `argv` at home in `home`, with nothing of the caller's environment but the path.
fn run(home: &Path, program: &Path, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program);
    command.args(args).current_dir(home).env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    command.env("HOME", home).env("GIT_CONFIG_NOSYSTEM", "1").envs(env.iter().copied());
    command.output().unwrap()
}

fn git(home: &Path, args: &[&str]) -> String {
    String::from_utf8(run(home, Path::new("git"), args, &[]).stdout).unwrap()
}

/// A home whose configuration would sign, run a hook that fails, and ignore the sources.
fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let at = home.path().to_str().unwrap();
    let config = format!(
        "[user]\nname = A B\nemail = home@b.c\n[commit]\ngpgSign = true\n[core]\nhooksPath = {at}/hooks\n\
         excludesFile = {at}/ignored\nautocrlf = true\n[init]\ndefaultBranch = other\ntemplateDir = {at}/hooks\n\
         [includeIf \"gitdir:{at}/work/\"]\npath = {at}/work.config\n"
    );
    fs::create_dir(home.path().join("work")).unwrap();
    fs::create_dir(home.path().join("hooks")).unwrap();
    for (name, text) in [
        (".gitconfig", config.as_str()),
        ("ignored", "src\n"),
        ("work.config", "[user]\nemail = work@b.c\n"),
        ("hooks/pre-commit", "#!/bin/sh\nexit 1\n"),
    ] {
        fs::write(home.path().join(name), text).unwrap();
    }
    Command::new("chmod").arg("+x").arg(home.path().join("hooks/pre-commit")).status().unwrap();
    home
}

#[test]
fn only_the_identity_of_the_configuration_counts() {
    let home = home();
    for (target, email) in [("shop", "home@b.c"), ("work/shop", "work@b.c")] {
        let output = run(home.path(), &program(), &new(target), &[]);
        assert!(output.status.success(), "{output:?}");
        let log = git(home.path(), &["-C", target, "log", "--format=%an %ae %D"]);
        assert_eq!(log, format!("A B {email} HEAD -> main\n"));
        assert_eq!(git(home.path(), &["-C", target, "status", "--porcelain"]), "");
        assert!(git(home.path(), &["-C", target, "ls-files"]).contains("src/"));
        assert!(!home.path().join(target).join(".git/pre-commit").exists());
    }
}

#[test]
fn the_repository_of_a_hook_that_runs_us_is_left_alone() {
    let home = home();
    run(home.path(), &program(), &new("outer"), &[]);
    let outer = home.path().join("outer/.git");
    let before = git(home.path(), &["-C", "outer", "rev-parse", "HEAD"]);
    let env = [("GIT_DIR", outer.to_str().unwrap()), ("GIT_INDEX_FILE", "outer/.git/index")];
    assert!(run(home.path(), &program(), &new("inner"), &env).status.success());
    assert_eq!(git(home.path(), &["-C", "outer", "rev-parse", "HEAD"]), before);
    assert_eq!(git(home.path(), &["-C", "inner", "log", "--format=%an"]), "A B\n");
}

#[test]
fn without_an_identity_everything_is_added_and_nothing_committed() {
    let home = tempfile::tempdir().unwrap();
    let output = run(home.path(), &program(), &new("shop"), &[("EMAIL", "a@b.c")]);
    assert!(output.status.success(), "{output:?}");
    assert!(git(home.path(), &["-C", "shop", "status", "--porcelain"]).contains("A  .gitignore\n"));
    assert_eq!(git(home.path(), &["-C", "shop", "log", "--all", "--oneline"]), "");
}
