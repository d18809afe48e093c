//! The wizard in a real terminal: answers, going back, stopping.

use std::{thread::sleep, time::Duration};

use rexpect::session::{PtySession, spawn_command};

use crate::bench::Bench;

const ENTER: &str = "\r";
const ESCAPE: &str = "\x1b";
const DOWN: &str = "\x1b[B";

fn wizard(bench: &Bench, arguments: &[&str]) -> PtySession {
    let mut command = bench.in_terminal(arguments);
    command.env("TERM", "xterm");
    spawn_command(command, Some(20_000)).unwrap()
}

/// Keys are sent one by one: a terminal reads an escape sequence only when it arrives alone.
fn press(session: &mut PtySession, keys: &[&str]) {
    for key in keys {
        sleep(Duration::from_millis(80));
        session.send(key).unwrap();
        session.flush().unwrap();
    }
}

#[test]
fn a_whole_dialogue_makes_a_project() {
    let bench = Bench::new();
    let mut it = wizard(&bench, &["new", "--no-git", "--no-lock"]);
    it.exp_string("Which preset?").unwrap();
    press(&mut it, &[ENTER]);
    it.exp_string("What is the project called?").unwrap();
    press(&mut it, &["class", ENTER]);
    it.exp_string("`class-app` would work").unwrap_or_else(|error| panic!("{error}"));
    press(&mut it, &["shop", ENTER]);
    while it.exp_regex("Write these|\\[\\d+/\\d+\\]").is_ok_and(|(_, found)| !found.contains("Write")) {
        press(&mut it, &[ENTER]);
    }
    press(&mut it, &["y"]);
    it.exp_string("The same again").unwrap();
    it.exp_eof().unwrap();
    assert!(bench.path("shop/pyproject.toml").exists());
}

#[test]
fn escape_goes_back_and_control_c_leaves_nothing() {
    let bench = Bench::new();
    let mut it = wizard(&bench, &["new", "shop", "--preset", "strict"]);
    it.exp_string("What is it?").unwrap();
    press(&mut it, &[ENTER]);
    it.exp_string("Which database?").unwrap();
    press(&mut it, &[DOWN, ENTER]);
    it.exp_string("Which cache?").unwrap();
    press(&mut it, &[DOWN, ESCAPE]);
    it.exp_string("Which database?").unwrap();
    press(&mut it, &[ENTER]);
    it.exp_string("Which cache?").unwrap();
    press(&mut it, &["\x03"]);
    it.exp_string("nothing was written").unwrap();
    it.exp_eof().unwrap();
    let status = it.process().wait().unwrap();
    assert!(format!("{status:?}").contains("130"), "{status:?}");
    assert!(bench.names().is_empty(), "{:?}", bench.names());
}

/// Answers to what every preset asks, so that only its own questions are left.
const ANSWERED: [&str; 8] =
    ["--set", "python=3.12", "--set", "description=A test.", "--set", "author=", "--set", "license=none"];

#[test]
fn answers_are_told_again_when_no_project_comes_of_them() {
    let bench = Bench::new();
    let own = ["new", "shop", "--preset", "service", "--set", "queue=none"];
    let mut it = wizard(&bench, &[&own[..], &ANSWERED].concat());
    it.exp_string("Which database?").unwrap();
    press(&mut it, &[DOWN, ENTER]);
    it.exp_string("Write these").unwrap();
    press(&mut it, &["n"]);
    it.exp_string("The same answers again").unwrap();
    it.exp_string("--set database=sqlite").unwrap();
    it.exp_eof().unwrap();
    assert!(bench.names().is_empty(), "{:?}", bench.names());
}

#[test]
fn a_secret_is_not_shown_and_commands_wait_for_consent() {
    let bench = Bench::new();
    bench.ok(&["preset", "new", "team"]);
    let preset = bench.read("team/presets/team.yaml");
    let asked = "questions:\n  token: {ask: \"Which token?\", secret: true}\n";
    let after = "after:\n  - title: Say it\n    run: [sh, -c, \"printf %s \\\"$TOKEN\\\" > said\"]\n    env: {TOKEN: token}\n";
    bench.write("team/presets/team.yaml", &format!("{}{after}", preset.replace("questions:\n", asked)));
    let own = ["new", "demo", "--preset", "./team", "--no-git", "--no-lock", "--set", "ci=no"];
    let mut it = wizard(&bench, &[&own[..], &ANSWERED].concat());
    it.exp_string("Which token?").unwrap();
    press(&mut it, &["TOPSECRET", ENTER]);
    let mut seen = it.exp_string("Write these").unwrap();
    press(&mut it, &["y"]);
    seen.push_str(&it.exp_string("Run these commands").unwrap());
    press(&mut it, &["y"]);
    seen.push_str(&it.exp_eof().unwrap());
    assert!(!seen.contains("TOPSECRET"), "{seen}");
    assert_eq!(bench.read("demo/said"), "TOPSECRET");
}
