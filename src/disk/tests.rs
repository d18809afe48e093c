//! Whole runs of `create` and `into`, in folders of their own.

use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    path::Path,
};

use super::{
    handle::Folder,
    into::{self, Kept, Recovery},
    *,
};
use crate::{
    error::{Class, Error, Result},
    hash::sha256,
    relpath::RelPath,
    tree::{File, Tree},
};

fn tree() -> Tree {
    let mut tree: Tree = [".gitignore", "README.md", "src/shop/main.py", "src/shop/__init__.py"]
        .into_iter()
        .map(|path| (RelPath::new(path).unwrap(), File::text(format!("{path}\n.venv\n"))))
        .collect();
    tree.insert(RelPath::new("bin/run").unwrap(), File { contents: b"#!\n".to_vec(), executable: true });
    tree
}

fn nothing(_: &Path) -> Result<()> {
    Ok(())
}

fn make(target: &Path) -> Result<()> {
    create(target, &tree(), &mut nothing, &Stop::never())
}

/// What is in a folder, without `.git`.
fn found(path: &Path) -> Tree {
    read_tree(path, Limits::CATALOG).unwrap()
}

fn entries(path: &Path) -> Vec<String> {
    target::names(path).unwrap()
}

#[test]
fn a_new_project_is_complete_and_nothing_else_is_left() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("a/b/shop");
    make(&target).unwrap();
    assert_eq!(found(root.path()).len(), tree().len());
    assert_eq!(found(&target), tree());
    assert_eq!(entries(root.path()), ["a"]);
    let plain = root.path().join("plain");
    fs::create_dir(&plain).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&target), mode(&plain), "as the umask allows, not as the stage was");
}

#[test]
fn finish_works_in_the_stage_and_adds_to_it() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("shop");
    let mut finish = |staged: &Path| {
        assert!(staged.is_absolute() && staged.ends_with("shop") && !target.exists());
        assert_eq!(found(staged), tree());
        fs::write(staged.join("uv.lock"), "x").unwrap();
        Ok(())
    };
    create(&target, &tree(), &mut finish, &Stop::never()).unwrap();
    assert_eq!(fs::read_to_string(target.join("uv.lock")).unwrap(), "x");
}

#[test]
fn an_empty_folder_gives_way_and_passes_on_its_mode() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("shop");
    fs::create_dir(&target).unwrap();
    fs::set_permissions(&target, fs::Permissions::from_mode(0o700)).unwrap();
    make(&target).unwrap();
    assert_eq!(found(&target), tree());
    assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn anything_else_is_refused_and_untouched() {
    let root = tempfile::tempdir().unwrap();
    let (full, file, link) = (root.path().join("full"), root.path().join("file"), root.path().join("link"));
    fs::create_dir(&full).unwrap();
    fs::write(full.join("x"), "x").unwrap();
    fs::write(&file, "x").unwrap();
    symlink("nowhere", &link).unwrap();
    for target in [&full, &file, &link, &file.join("below"), &link.join("below")] {
        assert_eq!(make(target).unwrap_err().class(), Class::Refused, "{}", target.display());
    }
    assert_eq!(make(Path::new("/")).unwrap_err().class(), Class::Refused);
    assert_eq!(make(&root.path().join("new/../x")).unwrap_err().class(), Class::Usage);
    assert_eq!(entries(root.path()), ["file", "full", "link"]);
    assert_eq!(entries(&full), ["x"]);
}

#[test]
fn a_target_that_appears_meanwhile_is_kept() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("p/shop");
    let mut finish = |_: &Path| {
        fs::create_dir_all(&target).unwrap();
        fs::write(target.join("mine"), "x").unwrap();
        Ok(())
    };
    let error = create(&target, &tree(), &mut finish, &Stop::never()).unwrap_err();
    assert_eq!(error.class(), Class::Refused, "{error}");
    assert_eq!((entries(root.path()), entries(&target)), (vec!["p".into()], vec!["mine".into()]));
}

#[test]
fn a_parent_that_appears_meanwhile_is_used() {
    let root = tempfile::tempdir().unwrap();
    let target = root.path().join("p/q/shop");
    let mut finish = |_: &Path| {
        fs::create_dir(root.path().join("p")).unwrap();
        fs::write(root.path().join("p/mine"), "x").unwrap();
        Ok(())
    };
    create(&target, &tree(), &mut finish, &Stop::never()).unwrap();
    assert_eq!(found(&target), tree());
    assert_eq!(entries(root.path()), ["p"]);
    assert_eq!(entries(&root.path().join("p")), ["mine", "q"]);
}

#[test]
fn a_parent_that_becomes_a_link_is_not_followed() {
    let (root, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut finish = |_: &Path| {
        symlink(outside.path(), root.path().join("p")).unwrap();
        Ok(())
    };
    assert!(create(&root.path().join("p/shop"), &tree(), &mut finish, &Stop::never()).is_err());
    assert!(entries(outside.path()).is_empty());
    assert_eq!(entries(root.path()), ["p"]);
}

#[test]
fn a_stop_or_a_failure_leaves_nothing() {
    for class in [Class::Interrupted, Class::Terminated, Class::HungUp] {
        let root = tempfile::tempdir().unwrap();
        let stop = Stop::never();
        let mut finish = |_: &Path| {
            stop.request(class);
            Ok(())
        };
        let error = create(&root.path().join("a/b"), &tree(), &mut finish, &stop).unwrap_err();
        assert_eq!((error.class(), entries(root.path())), (class, vec![]));
        let mut fail = |_: &Path| Err(Error::usage("no"));
        assert!(create(&root.path().join("a/b"), &tree(), &mut fail, &Stop::never()).is_err());
        assert!(entries(root.path()).is_empty());
    }
}

#[test]
fn a_parent_that_takes_nothing_is_named() {
    let error = make(Path::new("/proc/new")).unwrap_err();
    assert_eq!(error.class(), Class::System);
    assert!(error.message().contains("`/proc`"), "{error}");
}

/// A clone with a `.git` and user files, and what has to be in it at the end.
fn clone(root: &Path) -> Kept {
    fs::create_dir(root.join(".git")).unwrap();
    fs::write(root.join(".git/HEAD"), "mine").unwrap();
    fs::write(root.join("README.md"), "mine").unwrap();
    fs::write(root.join("LICENSE"), "mine").unwrap();
    fs::write(root.join(".gitignore"), "*.log\r\n!x").unwrap();
    Kept { kept: vec!["README.md".into()], merged: vec![".gitignore".into()] }
}

fn assert_filled(root: &Path) {
    let read = |name: &str| fs::read_to_string(root.join(name)).unwrap();
    assert_eq!(
        (read(".git/HEAD"), read("README.md"), read("LICENSE")),
        ("mine".into(), "mine".into(), "mine".into())
    );
    assert_eq!(read(".gitignore"), "*.log\r\n!x\r\n.gitignore\r\n.venv\r\n");
    assert_eq!(read("src/shop/main.py"), "src/shop/main.py\n.venv\n");
    assert_eq!(entries(root), [".git", ".gitignore", "LICENSE", "README.md", "bin", "src"]);
}

#[test]
fn a_clone_is_filled_and_keeps_what_it_had() {
    let root = tempfile::tempdir().unwrap();
    let expected = clone(root.path());
    assert_eq!(make(root.path()).unwrap_err().class(), Class::Refused);
    let inode = fs::metadata(root.path()).unwrap().ino();
    let mut finish = |staged: &Path| {
        assert_eq!(fs::read_to_string(staged.join("LICENSE")).unwrap(), "mine");
        Ok(())
    };
    let kept = into::fill(root.path(), &tree(), &mut finish, &Stop::never()).unwrap();
    assert_eq!(kept, expected);
    assert_filled(root.path());
    assert_eq!(fs::metadata(root.path()).unwrap().ino(), inode);
}

/// Runs `fill` while `meddle` happens in its last moment, and expects a refusal or failure.
fn meddled(meddle: &mut dyn FnMut(&Path)) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    clone(root.path());
    let mut finish = |_: &Path| {
        meddle(root.path());
        Ok(())
    };
    let error = into::fill(root.path(), &tree(), &mut finish, &Stop::never()).unwrap_err();
    assert!(matches!(error.class(), Class::Refused | Class::System), "{error}");
    root
}

#[test]
fn a_clone_that_changes_meanwhile_keeps_the_change_and_nothing_else() {
    let root = meddled(&mut |root| fs::write(root.join("src"), "mine").unwrap());
    assert_eq!(entries(root.path()), [".git", ".gitignore", "LICENSE", "README.md", "src"]);
    assert_eq!(fs::read_to_string(root.path().join(".gitignore")).unwrap(), "*.log\r\n!x");
    let root = meddled(&mut |root| fs::remove_file(root.join(".gitignore")).unwrap());
    assert_eq!(entries(root.path()), [".git", "LICENSE", "README.md"]);
}

/// A clone as a run leaves it that was killed after `done` of its steps.
fn interrupted(done: usize, decided: bool) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    clone(root.path());
    let stage = root.path().join(".scaffold-into-new-x");
    let files = stage.join("files");
    fs::create_dir_all(&files).unwrap();
    fs::set_permissions(&stage, fs::Permissions::from_mode(0o700)).unwrap();
    Folder::open(&files).unwrap().write_tree(&tree(), &Stop::never()).unwrap();
    let merged = "*.log\r\n!x\r\n.gitignore\r\n.venv\r\n";
    fs::write(files.join(".gitignore"), merged).unwrap();
    let (old, new) = (sha256(b"*.log\r\n!x"), sha256(merged.as_bytes()));
    let journal = format!("move bin\nmove src\nmerge {old} {new} .gitignore\n");
    let steps = journal::parse(&journal).unwrap();
    let (from, to) = (Folder::open(&files).unwrap(), Folder::open(root.path()).unwrap());
    journal::apply(&steps[..done], &from, &to, false).unwrap();
    fs::write(stage.join(if decided { "COMMIT" } else { "plan" }), journal).unwrap();
    root
}

#[test]
fn a_killed_run_is_finished_or_undone() {
    for done in 0..=3 {
        let root = interrupted(done, true);
        assert_eq!(into::recover(root.path()).unwrap(), Recovery::Finished);
        assert_filled(root.path());
        assert_eq!(into::recover(root.path()).unwrap(), Recovery::Nothing);
    }
    let root = interrupted(0, false);
    assert_eq!(into::recover(root.path()).unwrap(), Recovery::Undone);
    assert_eq!(entries(root.path()), [".git", ".gitignore", "LICENSE", "README.md"]);
}

#[test]
fn finishing_loses_nothing_that_the_user_did_meanwhile() {
    let root = interrupted(1, true);
    fs::write(root.path().join("src"), "mine").unwrap();
    fs::write(root.path().join("bin/run"), "mine").unwrap();
    let error = into::recover(root.path()).unwrap_err();
    assert!(error.class() == Class::Refused && error.message().contains("src"), "{error}");
    fs::remove_file(root.path().join("src")).unwrap();
    fs::write(root.path().join(".gitignore"), "mine").unwrap();
    assert_eq!(into::recover(root.path()).unwrap(), Recovery::Finished);
    let read = |name: &str| fs::read_to_string(root.path().join(name)).unwrap();
    assert_eq!((read("bin/run"), read(".gitignore")), ("mine".into(), "mine".into()));
    assert!(root.path().join("src/shop/main.py").exists());
}

#[test]
fn a_journal_that_came_with_the_clone_is_ignored() {
    let root = interrupted(0, true);
    let stage = root.path().join(".scaffold-into-new-x");
    fs::set_permissions(&stage, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(into::recover(root.path()).unwrap(), Recovery::Nothing);
    assert!(!root.path().join("src").exists());
}

#[test]
fn only_one_run_fills_a_folder() {
    let root = tempfile::tempdir().unwrap();
    let mut finish = |_: &Path| {
        let error = into::fill(root.path(), &tree(), &mut nothing, &Stop::never()).unwrap_err();
        assert_eq!(error.class(), Class::Refused);
        Ok(())
    };
    into::fill(root.path(), &tree(), &mut finish, &Stop::never()).unwrap();
    assert_eq!(found(root.path()), tree());
}

#[test]
fn a_stage_is_not_swept_while_a_program_of_a_killed_run_works_in_it() {
    let parent = tempfile::tempdir().unwrap();
    let stage = stage::Stage::new(parent.path(), ".stage-", "x".as_ref()).unwrap();
    let path = stage.path().to_owned();
    let running = run::start(&run::Job::new(["sleep", "100"], &path)).unwrap().unwrap();
    stage.keep();
    sweep::sweep(parent.path(), ".stage-");
    assert!(path.exists());
    drop(running);
    // Programs that other tests started in these moments hold the lock a little longer.
    for _ in 0..100 {
        sweep::sweep(parent.path(), ".stage-");
        if !path.exists() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the stage is still there");
}
