//! The first commit, made by the git program in the staged project.
//!
//! Of the user's configuration only the identity counts: no hooks, no signing, no templates, no ignore
//! lists, no prompts. Two users get the same commit of the same project.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use super::{
    room,
    run::{Done, Job, run},
    stop::Stop,
};
use crate::error::{Class, Error, Result};

/// How far the history of a new project got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum History {
    /// There is a first commit.
    Committed,
    /// Everything is added, nothing is committed: no commit was asked for.
    Staged,
    /// Everything is added, nothing is committed: git does not know who the user is.
    NoIdentity,
    /// Nothing was done: there is no git program.
    NoGit,
}

impl History {
    /// What to tell the user, `None` when all is well.
    pub fn help(self) -> Option<&'static str> {
        match self {
            Self::Committed | Self::Staged => None,
            Self::NoIdentity => Some(
                "no commit was made: set `git config --global user.name` and `user.email`, then run `git commit`",
            ),
            Self::NoGit => Some("no repository was made: `git` is not installed"),
        }
    }
}

/// Settings that outrank every configuration file.
const SETTINGS: [&str; 14] = [
    "init.defaultBranch=main",
    "core.hooksPath=/dev/null",
    "core.excludesFile=/dev/null",
    "core.attributesFile=/dev/null",
    "core.autocrlf=false",
    "core.safecrlf=false",
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    "commit.gpgSign=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "user.useConfigOnly=true",
    // The folder was made by us a moment ago, whoever the file system says owns it.
    "safe.directory=*",
    "advice.addEmbeddedRepo=false",
];

/// Variables that say who and when, not how.
const IDENTITY: [&str; 6] = [
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_AUTHOR_DATE",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
    "GIT_COMMITTER_DATE",
];

/// Makes a repository with branch `main` in `project`, adds everything, and commits it with `message`, if one
/// is given.
///
/// # Errors
/// [`Class::System`] when git fails, the class of the signal after a stop.
pub fn start(project: &Path, message: Option<&str>, stop: &Stop) -> Result<History> {
    let git = Git { project, stop, identity: vec![] };
    if super::run::find("git", project).is_none() {
        return Ok(History::NoGit);
    }
    git.expect(&["init", "--quiet", "--template="])?;
    git.expect(&["add", "--all"])?;
    let Some(message) = message else { return Ok(History::Staged) };
    let (Some(author), Some(committer)) = (git.identity("AUTHOR")?, git.identity("COMMITTER")?) else {
        return Ok(History::NoIdentity);
    };
    let git = Git { identity: [author, committer].concat(), ..git };
    git.expect(&["commit", "--quiet", "--no-verify", "--cleanup=verbatim", "--message", message])?;
    Ok(History::Committed)
}

/// The folder above `path` that is a git repository already, if there is one.
pub fn enclosing(path: &Path) -> Option<PathBuf> {
    let path = std::path::absolute(path).ok()?;
    path.ancestors().skip(1).find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

struct Git<'a> {
    project: &'a Path,
    stop: &'a Stop,
    identity: Vec<(OsString, OsString)>,
}

impl Git<'_> {
    /// Runs git with our settings and no configuration file; `None` when there is no git.
    fn run(&self, args: &[&str]) -> Result<Option<Done>> {
        let mut job = self.job(args);
        job.unset = inherited(|name| !IDENTITY.contains(&name));
        let none = OsString::from("/dev/null");
        job.env.extend([
            ("GIT_CONFIG_GLOBAL".into(), none.clone()),
            ("GIT_CONFIG_SYSTEM".into(), none),
            ("GIT_CONFIG_NOSYSTEM".into(), "1".into()),
        ]);
        job.env.extend(self.identity.iter().cloned());
        run(&job, self.stop)
    }

    fn expect(&self, args: &[&str]) -> Result<()> {
        let done = self.run(args)?.ok_or_else(|| super::run::missing("git"))?;
        if done.passed() {
            return Ok(());
        }
        let error = Error::new(Class::System, format!("`git {}` failed", args[0]));
        // Git seldom says why it could not write.
        let error = match room::trouble(self.project) {
            Some(trouble) => error.because(format!("the disk takes no more: {trouble}")),
            None => error,
        };
        Err(error.because(done.output.trim()))
    }

    /// The variables for the identity that the user's configuration gives in this very folder.
    fn identity(&self, role: &str) -> Result<Option<Vec<(OsString, OsString)>>> {
        let mut job = self.job(&["var", &format!("GIT_{role}_IDENT")]);
        job.unset = inherited(|name| !IDENTITY.contains(&name) && !name.starts_with("GIT_CONFIG"));
        let Some(done) = run(&job, self.stop)?.filter(Done::passed) else { return Ok(None) };
        // Warnings may stand around the line.
        let Some((name, email)) = done.output.lines().rev().find_map(ident) else { return Ok(None) };
        Ok(Some(vec![
            (format!("GIT_{role}_NAME").into(), name.into()),
            (format!("GIT_{role}_EMAIL").into(), email.into()),
        ]))
    }

    fn job(&self, args: &[&str]) -> Job {
        let settings = SETTINGS.iter().flat_map(|setting| ["-c", setting]);
        let argv = ["git"].into_iter().chain(settings).chain(args.iter().copied());
        let mut job = Job::new(argv, self.project);
        job.env = vec![("GIT_TERMINAL_PROMPT".into(), "0".into()), ("LC_ALL".into(), "C".into())];
        job
    }
}

/// The `GIT_` variables of our environment that are `unwanted`: we may run inside of a hook.
pub(super) fn inherited(unwanted: impl Fn(&str) -> bool) -> Vec<OsString> {
    std::env::vars_os()
        .map(|(name, _)| name)
        .filter(|name| name.to_str().is_some_and(|name| name.starts_with("GIT_") && unwanted(name)))
        .collect()
}

/// Name and address of a line such as `A B <a@b> 1700000000 +0000`.
fn ident(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.split_once(" <")?;
    let (email, when) = rest.rsplit_once("> ")?;
    let (seconds, _) = when.split_once(' ')?;
    seconds.bytes().all(|byte| byte.is_ascii_digit()).then_some((name, email))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn project() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a"), "a\r\n").unwrap();
        fs::write(root.path().join(".gitignore"), "b\n").unwrap();
        fs::write(root.path().join("b"), "b").unwrap();
        root
    }

    #[test]
    fn everything_not_ignored_is_added_to_main() {
        let root = project();
        assert_eq!(start(root.path(), None, &Stop::never()).unwrap(), History::Staged);
        assert_eq!(fs::read_to_string(root.path().join(".git/HEAD")).unwrap(), "ref: refs/heads/main\n");
        assert!(!root.path().join(".git/hooks").exists());
        let job = Job::new(["git", "ls-files"], root.path());
        assert_eq!(run(&job, &Stop::never()).unwrap().unwrap().output, ".gitignore\na\n");
        assert_eq!(enclosing(&root.path().join("new")).as_deref(), Some(root.path()));
    }

    #[test]
    fn a_failure_names_the_command_and_the_reason() {
        let root = project();
        fs::write(root.path().join(".git"), "nonsense").unwrap();
        let git = Git { project: root.path(), stop: &Stop::never(), identity: vec![] };
        let error = git.expect(&["add", "--all"]).unwrap_err();
        assert_eq!(error.message(), "`git add` failed");
        assert!(error.causes()[0].contains("invalid gitfile"), "{error}");
    }

    #[test]
    fn an_identity_is_read_among_warnings() {
        assert_eq!(ident("A B <a@b> 17 +0000"), Some(("A B", "a@b")));
        assert_eq!(ident("warning: unable to access '<x>'"), None);
    }
}
