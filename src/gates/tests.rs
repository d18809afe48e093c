//! Gates, run in projects of a few files.
#![allow(clippy::disallowed_methods, reason = "these are tests")]

use std::{collections::BTreeMap, fs, net::TcpListener};

use super::*;
use crate::{
    error::Class,
    gate::{Need, Probe},
};

fn gate(id: &str, argv: &[&str]) -> Gate {
    Gate {
        id: id.into(),
        phase: id.into(),
        title: id.into(),
        argv: argv.iter().map(|part| (*part).to_owned()).collect(),
        env: BTreeMap::new(),
        serve: None,
        needs: vec![],
    }
}

fn shell(id: &str, script: &str) -> Gate {
    gate(id, &["sh", "-c", script])
}

fn verdicts(gates: &[Gate], project: &Path) -> Vec<Verdict> {
    run(gates, project, &Stop::never(), &mut |_| {}).into_iter().map(|outcome| outcome.verdict).collect()
}

fn not_run(reason: &str) -> Verdict {
    Verdict::NotRun { reason: reason.into() }
}

#[test]
fn what_a_gate_brings_the_next_one_finds() {
    let project = tempfile::tempdir().unwrap();
    let make =
        "mkdir -p .venv/bin && printf '#!/bin/sh\\nexit 0\\n' > .venv/bin/tool && chmod +x .venv/bin/tool";
    let mut gates = [shell(INSTALL, make), gate(INSTALL, &[".venv/bin/tool"]), gate(INSTALL, &["./none"])];
    gates[0].id = "environment".into();
    assert_eq!(
        verdicts(&gates, project.path()),
        [Verdict::Passed, Verdict::Passed, not_run("`./none` is not installed")]
    );
}

#[test]
fn each_gate_gets_its_verdict_in_order() {
    let project = tempfile::tempdir().unwrap();
    let gates = [
        shell("lint", "test \"$PWD\" = \"$(pwd)\""),
        shell("test", "echo bad; exit 3"),
        gate("image", &["no-such-program"]),
    ];
    let mut events = vec![];
    let outcomes = run(&gates, project.path(), &Stop::never(), &mut |event| {
        events.push(match event {
            Event::Started { gate, index, total } => format!("{} {index}/{total}", gate.id),
            Event::Ended(outcome) => format!("end {}", outcome.id),
        });
    });
    let verdicts: Vec<Verdict> = outcomes.into_iter().map(|outcome| outcome.verdict).collect();
    let failed = Verdict::Failed { exit: Some(3), reason: "exited with 3".into(), output: "bad\n".into() };
    assert_eq!(verdicts, [Verdict::Passed, failed, not_run("`no-such-program` is not installed")]);
    assert_eq!(events, ["lint 0/3", "end lint", "test 1/3", "end test", "end image"]);
}

#[test]
fn nothing_runs_without_the_installer_or_after_it_failed() {
    let project = tempfile::tempdir().unwrap();
    let touch = shell("lint", "touch ran");
    let missing = verdicts(&[touch.clone(), gate("install", &["no-uv", "sync"])], project.path());
    assert!(matches!(&missing[..], [Verdict::Missing { program, .. }] if program == "no-uv"), "{missing:?}");
    let failed = verdicts(&[shell("install", "exit 1"), touch], project.path());
    assert!(failed[0].has_failed());
    assert_eq!(failed[1], not_run("install failed"));
    assert!(!project.path().join("ran").exists());
}

#[test]
fn a_stop_leaves_the_rest_undone() {
    let project = tempfile::tempdir().unwrap();
    let stop = Stop::never();
    let gates = [shell("a", "sleep 100"), shell("b", "true")];
    let outcomes = run(&gates, project.path(), &stop, &mut |_| stop.request(Class::Interrupted));
    let verdicts: Vec<Verdict> = outcomes.into_iter().map(|outcome| outcome.verdict).collect();
    assert_eq!(verdicts, [not_run("stopped by SIGINT"), not_run("stopped by SIGINT")]);
}

#[test]
fn a_needed_service_has_to_answer() {
    let project = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let write = |name: &str, text: String| fs::write(project.path().join(name), text).unwrap();
    let mut gate =
        shell("migrate", "test \"$GATE_TEST_DB\" = postgresql://u:secret@127.0.0.1:$GATE_TEST_PORT/x");
    gate.needs = vec![Need("GATE_TEST_DB".into())];
    let settings = format!("GATE_TEST_DB=postgresql://u:secret@127.0.0.1:{port}/x\nGATE_TEST_PORT={port}\n");
    assert_eq!(
        verdicts(&[gate.clone()], project.path()),
        [not_run("needs `GATE_TEST_DB`, which is not set")]
    );
    let mut own = shell("migrate", "test $GATE_TEST_DB = sqlite://");
    own.needs = gate.needs.clone();
    own.env.insert("GATE_TEST_DB".into(), "sqlite://".into());
    assert_eq!(verdicts(&[own], project.path()), [Verdict::Passed]);
    write(".env.example", settings);
    assert_eq!(verdicts(&[gate.clone()], project.path()), [Verdict::Passed]);
    drop(listener);
    let expected = format!("needs PostgreSQL at 127.0.0.1:{port} (GATE_TEST_DB)");
    assert_eq!(verdicts(&[gate.clone()], project.path()), [not_run(&expected)]);
    write(".env", "GATE_TEST_DB=sqlite:///x.db\n".into());
    gate.argv[2] = "test \"$GATE_TEST_DB\" = sqlite:///x.db".into();
    assert_eq!(verdicts(&[gate], project.path()), [Verdict::Passed]);
}

#[test]
fn the_temporary_folder_is_there_and_then_gone() {
    let project = tempfile::tempdir().unwrap();
    let mut gate = shell("package", "test -d \"$OUT\" && test \"$OUT\" = {tmp} && printf %s \"$OUT\" > out");
    gate.env.insert("OUT".into(), "{tmp}".into());
    assert_eq!(verdicts(&[gate], project.path()), [Verdict::Passed]);
    let tmp = fs::read_to_string(project.path().join("out")).unwrap();
    assert!(!tmp.is_empty() && !Path::new(&tmp).exists());
}

/// A server in Python whose `GET` answers with `status`, and which ends on SIGTERM as `end` says.
fn server(status: u16, end: &str) -> Gate {
    let script = format!(
        "import http.server, os, signal, sys\n\
         class H(http.server.BaseHTTPRequestHandler):\n\
         \x20   def do_GET(self):\n\
         \x20       self.send_response({status} if self.path == '/health' else 404)\n\
         \x20       self.end_headers()\n\
         signal.signal(signal.SIGTERM, {end})\n\
         http.server.HTTPServer(('127.0.0.1', int(os.environ['P'])), H).serve_forever()\n"
    );
    let mut gate = gate("start", &["python3", "-c", &script]);
    gate.env.insert("P".into(), "{port}".into());
    gate.serve = Some(Probe { url: "http://127.0.0.1:{port}/health".into() });
    gate
}

#[test]
fn a_server_has_to_answer_and_to_end() {
    let project = tempfile::tempdir().unwrap();
    for end in ["signal.SIG_DFL", "lambda *_: os._exit(0)", "lambda *_: os._exit(143)"] {
        assert_eq!(verdicts(&[server(200, end)], project.path()), [Verdict::Passed], "{end}");
    }
    let reason = |gate: Gate| match verdicts(&[gate], project.path()).remove(0) {
        Verdict::Failed { reason, output, .. } => (reason, output),
        other => panic!("{other:?}"),
    };
    let (told, _) = reason(server(200, "lambda *_: os._exit(3)"));
    assert_eq!(told, "ended badly after SIGTERM: exit 3");
    let (told, _) = reason(server(503, "signal.SIG_DFL"));
    assert!(told.ends_with("with status 503, not 200"), "{told}");
    let mut broken = shell("start", "echo no module; exit 1");
    broken.serve = Some(Probe { url: "http://127.0.0.1:{port}/".into() });
    assert_eq!(reason(broken), ("ended before it answered: exit 1".into(), "no module\n".into()));
}
