//! Presets of one's own: made, extended, kept in folders and repositories, and harmless to whoever uses them.

use std::{fs, os::unix::fs::PermissionsExt, process::Command};

use serde_json::Value;

use crate::bench::Bench;

/// Runs git in a folder of the bench.
fn git(bench: &Bench, folder: &str, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=A", "-c", "user.email=a@b", "-c", "init.defaultBranch=main"]);
    command.args(arguments).current_dir(bench.path(folder)).env("HOME", bench.path(""));
    let output = command.output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(bench: &Bench, folder: &str, message: &str) {
    git(bench, folder, &["add", "--all"]);
    git(bench, folder, &["commit", "--quiet", "--message", message]);
}

fn json(bench: &Bench, arguments: &[&str]) -> Value {
    serde_json::from_str(&bench.ok(arguments).stdout).unwrap()
}

/// A folder `team` with a preset `team` of our own and `tough`, which extends `strict`.
fn team() -> Bench {
    let bench = Bench::new();
    bench.ok(&["preset", "new", "team"]);
    bench.ok(&["preset", "new", "tough", "--from", "strict", "--into", "team"]);
    bench
}

const QUIET: [&str; 3] = ["--defaults", "--no-lock", "--no-git"];

fn new(target: &str, preset: &str, more: &[&str]) -> Vec<String> {
    let words = ["new", target, "--preset", preset].into_iter().chain(QUIET).chain(more.iter().copied());
    words.map(str::to_owned).collect()
}

fn run_new(bench: &Bench, target: &str, preset: &str, more: &[&str]) -> crate::bench::Run {
    let words = new(target, preset, more);
    bench.run(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_new_preset_is_without_mistakes_and_makes_projects() {
    let bench = team();
    let found = bench.ok(&["preset", "lint", "./team"]).stdout;
    assert!(found.starts_with("Found no mistakes in 2 presets"), "{found}");
    bench.ok(&["preset", "test", "./team#team"]);
    bench.ok(&["preset", "test", "./team#tough", "--pairwise"]);
    assert_eq!(run_new(&bench, "demo", "./team#tough", &[]).code, Some(0));
    assert!(bench.path("demo/src/demo/utils/tough_greeting.py").is_file());
    assert!(bench.read("demo/pyproject.toml").contains("[tool.tough]"));
    let twice = bench.fails(&["preset", "new", "team", "--into", "team"], 2);
    assert!(twice.contains("there is a preset called `team` already"), "{twice}");
    bench.ok(&["preset", "new", "third", "--from", "team", "--into", "team"]);
    bench.ok(&["preset", "lint", "./team#third"]);
}

#[test]
fn a_preset_of_a_document_is_a_preset_of_ones_own() {
    let bench = Bench::new();
    let document = crate::bench::repository().join("examples/personas/service.md");
    bench.ok(&["preset", "new", "ours", "--persona", document.to_str().unwrap()]);
    bench.ok(&["preset", "lint", "./ours"]);
    assert!(bench.read("ours/presets/ours.yaml").contains("\npreset: ours\n"));
}

#[test]
fn what_a_preset_states_joins_or_replaces_what_its_base_states() {
    let bench = Bench::new();
    bench.write(
        "p/presets/low.yaml",
        "preset: low\nextends: strict\ntitle: Low\nremove: {components: [makefile], rules: [no-requests], choices: {kind: [cli]}}\n\
         python: [\"3.13\"]\nstyle: {coverage: \"90\"}\nquestions:\n  database: {default: sqlite}\n\
         pyproject: |\n  [tool.ruff]\n  line-length = 100\n",
    );
    bench.write(
        "p/presets/high.yaml",
        "preset: high\nextends: ./low.yaml\ntitle: High\nclear: [rules]\ncomponents:\n  - use: [makefile]\n    when: {kind: api}\n",
    );
    let shown = json(&bench, &["preset", "show", "./p#high", "--json"]);
    let preset = &shown["preset"];
    assert_eq!(preset["title"], "High");
    assert_eq!(preset["questions"]["database"]["default"], "sqlite");
    assert_eq!(preset["questions"]["database"]["choices"].as_object().unwrap().len(), 3);
    assert!(preset["questions"]["kind"]["choices"].get("cli").is_none());
    assert_eq!(preset["style"]["coverage"], "90");
    assert_eq!(preset["style"]["docstrings"], "google");
    assert_eq!(preset["rules"].as_array().unwrap().len(), 0);
    let tables = preset["pyproject"].as_str().unwrap();
    assert!(tables.contains("line-length = 100") && tables.contains("[tool.pytest.ini_options]"), "{tables}");
    let makefiles: Vec<&Value> = preset["components"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["use"].as_array().unwrap().contains(&"makefile".into()))
        .collect();
    assert_eq!(makefiles.len(), 1);
    assert_eq!(makefiles[0]["when"]["kind"], "api");
    let places = &shown["places"];
    assert_eq!(places["questions.database"], "presets/low.yaml:8");
    assert_eq!(places["title"], "presets/high.yaml:3");
    assert!(places["questions.cache"].as_str().unwrap().starts_with("presets/strict.yaml:"));
    assert_eq!(run_new(&bench, "demo", "./p#high", &["--set", "database=none"]).code, Some(0));
    let why = bench.ok(&["why", "demo/Makefile"]).stdout;
    assert!(why.contains("presets/high.yaml:6"), "{why}");
}

#[test]
fn a_choice_that_is_refused_says_why() {
    let bench = Bench::new();
    let choice = "{label: Django, refused: \"only FastAPI is on offer yet\"}";
    bench.write(
        "web.yaml",
        &format!(
            "preset: web\nextends: strict\ntitle: Web\nquestions:\n  framework:\n    ask: Which framework?\n    \
             choices:\n      fastapi: {{label: FastAPI}}\n      django: {choice}\n    default: fastapi\n"
        ),
    );
    let wanted = new("demo", "./web.yaml", &["--set", "framework=django"]);
    let words: Vec<&str> = wanted.iter().map(String::as_str).collect();
    let refused = bench.fails(&words, 2);
    assert!(refused.contains("`framework` cannot be `django`: only FastAPI is on offer yet"), "{refused}");
    assert!(!bench.path("demo").exists());
    let unknown = new("demo", "./web.yaml", &["--set", "framework=djangoo"]);
    let unknown = bench.fails(&unknown.iter().map(String::as_str).collect::<Vec<_>>(), 2);
    assert!(unknown.contains("`djangoo` is no choice") && !unknown.contains("`django`"), "{unknown}");
    let shown = bench.ok(&["preset", "show", "./web.yaml"]).stdout;
    assert!(shown.contains("Django  (not on offer: only FastAPI is on offer yet)"), "{shown}");
    // Nothing is left to ask, and the space of answers is no larger.
    let space = json(&bench, &["preset", "test", "./web.yaml", "--pairwise", "--name", "demo", "--json"]);
    let trees = space["presets"][0]["trees"].as_array().unwrap();
    assert!(trees.len() > 9 && trees.iter().all(|it| it["answers"]["framework"] == "fastapi"));
    assert!(trees.iter().all(|it| it["project"] == "demo"));
}

#[test]
fn presets_that_extend_each_other_in_a_circle_or_too_deep_are_refused() {
    let bench = Bench::new();
    let preset = |name: &str, base: &str| format!("preset: {name}\nextends: {base}\ntitle: T\n");
    bench.write("p/presets/a.yaml", &preset("a", "b"));
    bench.write("p/presets/b.yaml", &preset("b", "a"));
    let circle = bench.fails(&["preset", "show", "./p#a"], 3);
    assert!(circle.contains("error[extends-circle]") && circle.contains("b.yaml:2:10"), "{circle}");
    for number in 0..10 {
        bench.write(
            &format!("q/presets/p{number}.yaml"),
            &preset(&format!("p{number}"), &format!("p{}", number + 1)),
        );
    }
    bench.write("q/presets/p10.yaml", &preset("p10", "strict"));
    let deep = bench.fails(&["preset", "show", "./q#p0"], 3);
    assert!(deep.contains("error[extends-depth]"), "{deep}");
    bench.ok(&["preset", "show", "./q#p5"]);
    bench.write("r/presets/x.yaml", &preset("x", "../../secret.yaml"));
    bench.write("secret.yaml", "title: SECRET\n");
    let outside = bench.fails(&["preset", "show", "./r#x"], 3);
    assert!(outside.contains("leads out of the folder") && !outside.contains("SECRET"), "{outside}");
}

#[test]
fn a_single_file_extends_only_what_lies_beside_it() {
    let bench = Bench::new();
    bench.write("a.yaml", "preset: a\nextends: b\ntitle: A\n");
    bench.write("b.yaml", "preset: b\nextends: strict\ntitle: B\ndescription: From b.\n");
    assert!(bench.ok(&["preset", "show", "./a.yaml"]).stdout.contains("From b."));
    fs::remove_file(bench.path("b.yaml")).unwrap();
    bench.write("elsewhere/b.yaml", "preset: b\nextends: strict\ntitle: SECRET\n");
    std::os::unix::fs::symlink(bench.path("elsewhere/b.yaml"), bench.path("b.yaml")).unwrap();
    let run = bench.run(&["preset", "show", "./a.yaml"]);
    assert!(run.code != Some(0) && !run.stderr.contains("SECRET"), "{}", run.stderr);
}

#[test]
fn the_users_own_folder_joins_the_built_in_presets_and_changes_none() {
    let bench = Bench::new();
    bench.ok(&["preset", "new", "mine", "--from", "strict", "--into", ".config/scaffold"]);
    let listed = json(&bench, &["preset", "list", "--json"]);
    let found = listed["presets"].as_array().unwrap().iter().find(|it| it["name"] == "mine").unwrap();
    assert_eq!(found["origin"]["kind"], "user");
    assert_eq!(run_new(&bench, "one", "mine", &[]).code, Some(0));
    // A component of the same name is said to take the place of the built-in one, and only in presets of its own.
    bench.write(".config/scaffold/templates/components/makefile/component.yaml", "description: None\n");
    let run = run_new(&bench, "two", "mine", &[]);
    assert!(run.stderr.contains("the component `makefile`"), "{}", run.stderr);
    assert!(!bench.path("two/Makefile").exists());
    assert_eq!(run_new(&bench, "three", "strict", &[]).code, Some(0));
    assert!(bench.path("three/Makefile").exists());
    // What is wrong there stops whatever is looked up by its name, and nothing else.
    bench.ok(&["preset", "new", "team"]);
    std::os::unix::fs::symlink("nowhere", bench.path(".config/scaffold/presets/link.yaml")).unwrap();
    assert_eq!(run_new(&bench, "four", "mine", &[]).code, Some(3));
    assert_eq!(run_new(&bench, "five", "./team#team", &[]).code, Some(0));
    bench.ok(&["preset", "lint", "./team"]);
}

#[test]
fn a_repository_gives_presets_at_a_tag_a_branch_and_a_commit() {
    let bench = team();
    git(&bench, "team", &["init", "--quiet"]);
    commit(&bench, "team", "one");
    git(&bench, "team", &["tag", "v1"]);
    let preset = bench.read("team/presets/team.yaml");
    bench.write("team/presets/team.yaml", &preset.replace("title: Team", "title: Second"));
    commit(&bench, "team", "two");
    let url = format!("git+file://{}", bench.path("team").display());
    let title = |spec: &str| json(&bench, &["preset", "show", spec, "--json"])["preset"]["title"].clone();
    assert_eq!(title(&format!("{url}@v1#team")), "Team");
    assert_eq!(title(&format!("{url}@main#team")), "Second");
    assert_eq!(title(&format!("{url}#team")), "Second");
    assert_eq!(title("./team@v1#team"), "Team");
    let listed = json(&bench, &["preset", "list", &format!("{url}@v1"), "--json"]);
    let origin = &listed["presets"][0]["origin"];
    assert_eq!((&origin["kind"], &origin["ref"]), (&"git".into(), &"v1".into()));
    let first = origin["commit"].as_str().unwrap().to_owned();
    assert_eq!(title(&format!("{url}@{first}#team")), "Team");
    let run = run_new(&bench, "demo", &format!("{url}@v1#team"), &[]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let record = bench.read("demo/.scaffold/project.yaml");
    // A commit that could be read as a number is quoted.
    let commit = record.lines().find_map(|line| line.trim().strip_prefix("commit: ")).unwrap();
    assert_eq!(commit.trim_matches('"'), first);
    assert!(record.contains("source: git"), "{record}");
    assert!(!record.contains(bench.path("").to_str().unwrap()), "{record}");
    // What was fetched is there without the repository.
    fs::rename(bench.path("team"), bench.path("gone")).unwrap();
    let run = bench.run(&["preset", "show", &format!("{url}@v1#team")]);
    assert!(run.code == Some(0) && run.stderr.contains("as it was last fetched"), "{}", run.stderr);
    bench.ok(&["--offline", "preset", "show", &format!("{url}@v1#team")]);
    bench.fails(&["--offline", "preset", "show", &format!("{url}@v2#team")], 7);
    fs::rename(bench.path("gone"), bench.path("team")).unwrap();
    let unknown = bench.fails(&["preset", "show", &format!("{url}@nope#team")], 2);
    assert!(unknown.contains("has no tag, branch or commit `nope`"), "{unknown}");
    let several = bench.fails(&["new", "x", "--preset", &url, "--defaults"], 2);
    assert!(several.contains("has 2 presets: `team` and `tough`"), "{several}");
}

#[test]
fn a_repository_runs_nothing_and_leads_nowhere_else() {
    let bench = team();
    bench.write("team/.gitattributes", "*.yaml filter=evil\n");
    git(&bench, "team", &["init", "--quiet"]);
    commit(&bench, "team", "one");
    let canary = bench.path("ran");
    let hook = format!("#!/bin/sh\ntouch {}\n", canary.display());
    for name in ["post-checkout", "reference-transaction", "post-upload-pack"] {
        let path = bench.write(&format!("hooks/{name}"), &hook);
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    }
    let config = format!(
        "[core]\n  hooksPath = {}\n[filter \"evil\"]\n  smudge = touch {}\n",
        bench.path("hooks").display(),
        canary.display()
    );
    bench.write(".gitconfig", &config);
    let url = format!("git+file://{}#team", bench.path("team").display());
    bench.ok(&["preset", "show", &url]);
    assert!(!canary.exists());
    bench.write("secret", "SECRET\n");
    std::os::unix::fs::symlink("../../secret", bench.path("team/presets/link.yaml")).unwrap();
    commit(&bench, "team", "two");
    fs::remove_file(&canary).ok();
    let refused = bench.fails(&["preset", "show", &url], 3);
    assert!(refused.contains("neither a regular file nor a folder"), "{refused}");
    assert!(!refused.contains("SECRET"));
}

/// `team` with a command and a secret for it.
fn with_command() -> Bench {
    let bench = team();
    let preset = bench.read("team/presets/team.yaml");
    let asked = "questions:\n  token: {ask: \"Which token?\", secret: true}\n  tags:\n    ask: \"Which?\"\n    several: true\n    \
                 choices:\n      a: {label: A}\n      b: {label: B}\n      c: {label: C}\n    default: a,c\n";
    let command = "after:\n  - title: Say it\n    run: [sh, -c, \"printf %s-%s \\\"$TOKEN\\\" {package} > said\"]\n    env: {TOKEN: token}\n    \
                   when: {tags: [a, b]}\n";
    bench.write("team/presets/team.yaml", &format!("{}{command}", preset.replace("questions:\n", asked)));
    bench
}

#[test]
fn commands_run_only_with_consent_and_when_the_project_is_complete() {
    let bench = with_command();
    let spec = "./team#team";
    let run = run_new(&bench, "one", spec, &["--set", "token=TOPSECRET"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(run.stdout.contains("Not run: Say it: you have not agreed"), "{}", run.stdout);
    assert!(!bench.path("one/said").exists());
    let run = run_new(&bench, "two", spec, &["--dry-run", "--trust"]);
    assert!(run.stdout.contains("after: Say it: sh -c"), "{}", run.stdout);
    assert!(!bench.path("two").exists());
    let run = run_new(&bench, "two", spec, &["--set", "token=TOPSECRET", "--trust"]);
    assert!(run.stderr.contains("after: Say it"), "{}", run.stderr);
    assert_eq!(bench.read("two/said"), "TOPSECRET-two");
    let run = run_new(&bench, "four", spec, &["--set", "tags=c", "--trust"]);
    assert!(run.code == Some(0) && !bench.path("four/said").exists());
    // A trusted place in the configuration is consent, too.
    let prefix = fs::canonicalize(bench.path("")).unwrap();
    bench.write(".config/scaffold/config.yaml", &format!("trust: [\"{}/\"]\n", prefix.display()));
    assert_eq!(run_new(&bench, "three", spec, &[]).code, Some(0));
    assert_eq!(bench.read("three/said"), "-three");
    bench.write(".config/scaffold/config.yaml", "trst: []\n");
    let wrong = bench.fails(&["preset", "list"], 3);
    assert!(wrong.contains("did you mean `trust`?"), "{wrong}");
}

/// A program that is started in the first moments, when our threads keep to their processors.
#[test]
fn programs_may_use_all_processors() {
    let bench = team();
    let seen = bench.path("seen");
    let git = bench.write("bin/git", &format!("#!/bin/sh\nnproc >> '{}'\nexit 1\n", seen.display()));
    fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", git.parent().unwrap().display());
    let mut command = bench.command(&["preset", "show", &format!("git+file://{}", seen.display())]);
    assert!(!command.env("PATH", path).status().unwrap().success());
    let all = Command::new("nproc").env_clear().env("PATH", "/usr/bin:/bin").output().unwrap();
    let all = String::from_utf8(all.stdout).unwrap();
    let seen = bench.read("seen");
    assert!(!seen.is_empty() && seen.lines().all(|it| it == all.trim_end()), "{seen} of {all}");
}

#[test]
fn a_command_that_fails_leaves_the_complete_project() {
    let bench = with_command();
    let preset = bench.read("team/presets/team.yaml").replace("[sh, -c,", "[sh, -c, \"exit 3\",");
    bench.write("team/presets/team.yaml", &preset);
    let run = run_new(&bench, "demo", "./team#team", &["--trust"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("FAILED, the project is complete: Say it: exit code 3"), "{}", run.stdout);
    assert!(bench.path("demo/pyproject.toml").is_file());
}

#[test]
fn a_preset_from_elsewhere_runs_no_gates_and_no_lock_command_of_its_own_without_consent() {
    let bench = team();
    let words = ["new", "demo", "--preset", "./team#team", "--defaults", "--verify"];
    let refused = bench.fails(&words, 5);
    assert!(refused.contains("`--verify` runs commands of the preset `team`"), "{refused}");
    let refused = bench.fails(&["preset", "test", "./team#team", "--gates", "1"], 5);
    assert!(refused.contains("`--gates` runs commands of the preset `team`"), "{refused}");
    let preset = bench.read("team/presets/team.yaml").replace("uv, license]", "evil, license]");
    bench.write("team/presets/team.yaml", &preset);
    let canary = bench.path("ran");
    let manifest =
        fs::read_to_string(crate::bench::repository().join("templates/components/uv/component.yaml"));
    let manifest =
        manifest.unwrap().replace("lock: \"uv lock\"", &format!("lock: \"touch {}\"", canary.display()));
    bench.write("team/templates/components/evil/component.yaml", &manifest);
    let run = bench.ok(&["new", "demo", "--preset", "./team#team", "--defaults", "--no-git"]);
    assert!(run.stdout.contains("could run code of the preset"), "{}", run.stdout);
    assert!(!canary.exists());
}

#[test]
fn a_secret_is_written_and_printed_nowhere() {
    let bench = with_command();
    let run = run_new(&bench, "demo", "./team#team", &["--set", "token=TOPSECRET77", "--json"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert!(!format!("{}{}", run.stdout, run.stderr).contains("TOPSECRET77"));
    for (path, bytes) in crate::bench::files(&bench.path("demo")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("TOPSECRET77"), "{path}");
    }
    bench.write("answers.yaml", "token: \"TOP\\u0007SECRET77\"\n");
    let run = run_new(&bench, "two", "./team#team", &["--answers", "answers.yaml"]);
    assert!(run.code == Some(2) && !run.stderr.contains("SECRET77"), "{}", run.stderr);
}

#[test]
fn several_choices_are_taken_checked_and_recorded() {
    let bench = with_command();
    bench.write("answers.yaml", "tags: [c, a]\n");
    assert_eq!(run_new(&bench, "demo", "./team#team", &["--answers", "answers.yaml"]).code, Some(0));
    let record = bench.read("demo/.scaffold/project.yaml");
    assert!(record.contains("  tags:\n    value: [a, c]\n"), "{record}");
    let run = run_new(&bench, "none", "./team#team", &["--set", "tags="]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let wrong = run_new(&bench, "wrong", "./team#team", &["--set", "tags=a,d"]);
    assert!(
        wrong.code == Some(2) && wrong.stderr.contains("`d` is no choice for `tags`"),
        "{}",
        wrong.stderr
    );
    let tested = json(&bench, &["preset", "test", "./team#team", "--json"]);
    // None, each, and all, for every version of Python and both answers about continuous integration.
    assert_eq!(tested["presets"].as_array().unwrap().len(), 1, "only the preset that is named");
    assert_eq!(tested["presets"][0]["trees"].as_array().unwrap().len(), 5 * 4);
}

#[test]
fn templates_include_partials_of_their_own_folder() {
    let bench = team();
    let path = "team/templates/components/team-greeting/files/NOTES.md.j2";
    bench.write(path, "{% include \"notes.md.j2\" %}\n");
    bench.write("team/templates/partials/notes.md.j2", "Notes on {{ title }}\n");
    bench.ok(&["preset", "lint", "./team"]);
    assert_eq!(run_new(&bench, "demo", "./team#team", &[]).code, Some(0));
    assert_eq!(bench.read("demo/NOTES.md"), "Notes on Demo\n");
    bench.write("team/templates/partials/notes.md.j2", "{{ titel }}\n");
    let run = run_new(&bench, "two", "./team#team", &[]);
    assert!(run.code == Some(3) && run.stderr.contains("templates/partials/notes.md.j2:1"), "{}", run.stderr);
    bench.write("team/templates/partials/notes.md.j2", "{% include \"notes.md.j2\" %}\n");
    assert_eq!(run_new(&bench, "three", "./team#team", &[]).code, Some(3));
}

#[test]
fn a_file_that_is_copied_need_not_be_text() {
    let bench = team();
    let folder = bench.path("team/templates/components/team-greeting/files/data");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("latin.py"), b"# caf\xe9\n").unwrap();
    assert_eq!(run_new(&bench, "demo", "./team#team", &[]).code, Some(0));
    assert_eq!(fs::read(bench.path("demo/data/latin.py")).unwrap(), b"# caf\xe9\n");
}
