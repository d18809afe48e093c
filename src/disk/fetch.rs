//! Commits of other people's repositories, fetched by the git program into a bare repository of our own.
//!
//! Objects are all that comes in: nothing is checked out, so that neither hooks nor filters nor symbolic links nor
//! submodules ever act. No configuration file is read, nothing is asked, one transport alone is allowed.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use super::{
    git::inherited,
    read::Limits,
    run::{self, Done, End, Job},
    stop::Stop,
};
use crate::{
    error::{Class, Error, Result},
    hash::sha256,
    relpath::RelPath,
};

/// The longest that fetching may take.
const TIME: Duration = Duration::from_secs(60);
/// The most that the objects of a repository may take on the disk, in bytes.
const SIZE: u64 = 128 << 20;

/// A repository, and a commit of it by its name.
#[derive(Debug, Clone, Copy)]
pub struct Remote<'a> {
    /// The address as git takes it: `https://`, `ssh://` or `file://`.
    pub url: &'a str,
    /// A tag, a branch or a whole commit; the default branch when it is left out.
    pub reference: Option<&'a str>,
}

/// A commit that is at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The commit.
    pub commit: String,
    /// Why it may be an old one, if the repository could not be asked.
    pub stale: Option<String>,
}

/// Our copies of a repository's objects.
#[derive(Debug)]
pub struct Store<'a> {
    folder: PathBuf,
    stop: &'a Stop,
}

impl<'a> Store<'a> {
    /// The store for `url` in the folder `cache`; it is made if it is not there.
    ///
    /// # Errors
    /// The disk failed, or git is not installed.
    pub fn open(cache: &Path, url: &str, stop: &'a Stop) -> Result<Self> {
        let folder = cache.join("git").join(&sha256(url.as_bytes())[..32]);
        let failed = |error: std::io::Error| Error::system("make", folder.display(), &error);
        // What others fetch is nobody else's business.
        DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(failed)?;
        let store = Self { folder, stop };
        if !store.folder.join("HEAD").is_file() {
            store.expect(&["init", "--quiet", "--bare", "--template="])?;
        }
        Ok(store)
    }

    /// Finds the commit of `remote`, asking the repository unless that is needless or `offline`.
    ///
    /// # Errors
    /// There is no such commit, the repository cannot be reached and was never fetched, or it is over a limit.
    pub fn fetch(&self, remote: Remote<'_>, offline: bool) -> Result<Fetched> {
        let wanted = remote.reference.unwrap_or("HEAD");
        let own = format!("refs/scaffold/{}", &sha256(wanted.as_bytes())[..32]);
        let is_commit = wanted.len() == 40 && wanted.bytes().all(|byte| byte.is_ascii_hexdigit());
        if let Some(commit) = self.commit(wanted)?.filter(|_| is_commit) {
            return Ok(Fetched { commit, stale: None });
        }
        let known = self.commit(&own)?;
        if offline {
            let stale = Some("nothing was fetched".to_owned());
            return known.map(|commit| Fetched { commit, stale }).ok_or_else(|| {
                let message = format!("`{}` was never fetched at `{wanted}`", remote.url);
                Error::new(Class::System, message).help("leave out `--offline` once")
            });
        }
        match self.ask(remote.url, &format!("+{wanted}:{own}")) {
            Ok(()) => {}
            Err(error) if error.class() == Class::System && known.is_some() => {
                let commit = known.unwrap_or_default();
                return Ok(Fetched { commit, stale: Some(error.to_string()) });
            }
            Err(error) => return Err(error),
        }
        let commit = self.commit(&own)?.ok_or_else(|| nothing(remote.url, wanted))?;
        Ok(Fetched { commit, stale: None })
    }

    /// The files of `commit` below `folders`.
    ///
    /// # Errors
    /// [`Class::Rejected`] for what is no regular file or has a name that no project may have, [`Class::Limit`]
    /// over one of `limits`, [`Class::System`] when git fails.
    pub fn files(&self, commit: &str, folders: &[&str], limits: Limits) -> Result<Vec<(RelPath, Vec<u8>)>> {
        let failed = |error: std::io::Error| Error::system("write", self.folder.display(), &error);
        let scratch = tempfile::tempdir_in(&self.folder).map_err(failed)?;
        let (asked, told) = (scratch.path().join("in"), scratch.path().join("out"));
        let mut list = self.job(&["ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--"]);
        list.argv.extend(folders.iter().map(Into::into));
        list.output = Some(told.clone());
        self.done(&list)?;
        let entries = entries(&super::read_bytes(&told, limits.total)?, limits)?;
        let names: String = entries.iter().map(|entry| format!("{}\n", entry.object)).collect();
        fs::write(&asked, names).map_err(failed)?;
        let mut read = self.job(&["cat-file", "--batch"]);
        (read.input, read.output) = (Some(asked), Some(told.clone()));
        self.done(&read)?;
        contents(entries, &super::read_bytes(&told, limits.total + (8 << 20))?)
    }

    /// The commit that a name stands for here.
    fn commit(&self, name: &str) -> Result<Option<String>> {
        let done = self.run(&[
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            &format!("{name}^{{commit}}"),
        ])?;
        Ok(done.passed().then(|| done.output.trim().to_owned()))
    }

    /// Fetches one commit, watching time and size.
    fn ask(&self, url: &str, refspec: &str) -> Result<()> {
        let mut job = self.job(&["fetch", "--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules"]);
        job.argv.extend(["--update-shallow", "--no-write-fetch-head", "--", url, refspec].map(Into::into));
        let scheme = url.split("://").next().unwrap_or_default();
        job.env.push(("GIT_ALLOW_PROTOCOL".into(), scheme.into()));
        let Some(mut running) = run::start(&job)? else { return Err(run::missing("git")) };
        let began = Instant::now();
        let done = loop {
            if let Some(end) = running.poll()? {
                break running.finish(end);
            }
            self.stop.check()?;
            if size(&self.folder.join("objects")) > SIZE {
                running.finish(End::TimedOut);
                let message = format!("`{url}` is larger than {} MiB", SIZE >> 20);
                return Err(Error::new(Class::Limit, message)
                    .help("clone it yourself, and name the folder: `--preset ./FOLDER`"));
            }
            if began.elapsed() > TIME {
                running.finish(End::TimedOut);
                let message = format!("`{url}` could not be fetched in {} seconds", TIME.as_secs());
                return Err(Error::new(Class::System, message).help("try again, or name a folder instead"));
            }
            thread::sleep(Duration::from_millis(20));
        };
        if done.passed() {
            return Ok(());
        }
        if done.output.contains("find remote ref") || done.output.contains("not our ref") {
            let name = refspec.trim_start_matches('+').split(':').next().unwrap_or_default();
            return Err(nothing(url, name));
        }
        let words: Vec<&str> = done.output.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        Err(Error::new(Class::System, format!("`{url}` could not be fetched")).because(words.join("; ")))
    }

    fn expect(&self, args: &[&str]) -> Result<Done> {
        self.done(&self.job(args))
    }

    fn done(&self, job: &Job) -> Result<Done> {
        let done = run::run(job, self.stop)?.ok_or_else(|| run::missing("git"))?;
        if done.passed() {
            return Ok(done);
        }
        Err(Error::new(Class::System, "git failed").because(done.output.trim()))
    }

    fn run(&self, args: &[&str]) -> Result<Done> {
        run::run(&self.job(args), self.stop)?.ok_or_else(|| run::missing("git"))
    }

    fn job(&self, args: &[&str]) -> Job {
        const SETTINGS: [&str; 6] = [
            "core.hooksPath=/dev/null",
            "core.fsmonitor=false",
            "credential.helper=",
            "gc.auto=0",
            "maintenance.auto=false",
            "fetch.unpackLimit=1",
        ];
        let settings = SETTINGS.iter().flat_map(|setting| ["-c", setting]);
        let mut job = Job::new(["git"].into_iter().chain(settings).chain(args.iter().copied()), &self.folder);
        job.unset = inherited(|_| true);
        job.unset.push("SSH_ASKPASS".into());
        let set = [
            ("GIT_DIR", "."),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_SYSTEM", "/dev/null"),
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_SSH_COMMAND", "ssh -oBatchMode=yes"),
            ("LC_ALL", "C"),
        ];
        job.env = set.map(|(name, value)| (name.into(), value.into())).into();
        job
    }
}

fn nothing(url: &str, name: &str) -> Error {
    Error::usage(format!("`{url}` has no tag, branch or commit `{name}`"))
        .help("a commit has to be named by all of its 40 digits")
}

/// The bytes of all files below a folder.
fn size(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(found) if found.is_dir() => size(&entry.path()),
            Ok(found) => found.len(),
            Err(_) => 0,
        })
        .sum()
}

struct Entry {
    path: RelPath,
    object: String,
    size: usize,
}

/// Reads what `git ls-tree -r -z -l` wrote.
fn entries(listing: &[u8], limits: Limits) -> Result<Vec<Entry>> {
    let mut entries = vec![];
    let mut total = 0;
    for line in listing.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
        let line = String::from_utf8_lossy(line);
        let (head, path) = line.split_once('\t').unwrap_or((&line, ""));
        let rejected =
            |why: &str| Error::new(Class::Rejected, format!("the path `{path}` of the repository {why}"));
        let words: Vec<&str> = head.split_whitespace().collect();
        let [mode, _, object, size] = words.as_slice() else { return Err(rejected("cannot be read")) };
        if !matches!(*mode, "100644" | "100755") {
            return Err(rejected("is neither a regular file nor a folder"));
        }
        let size: u64 = size.parse().map_err(|_| rejected("has no size"))?;
        let path = RelPath::new(path).map_err(rejected)?;
        total += size;
        if size > limits.file || total > limits.total || entries.len() == limits.files {
            let message = format!(
                "the presets of the repository are over a limit: {} files of {} MiB, {} MiB in all",
                limits.files,
                limits.file >> 20,
                limits.total >> 20
            );
            return Err(Error::new(Class::Limit, message));
        }
        entries.push(Entry {
            path,
            object: (*object).to_owned(),
            size: usize::try_from(size).unwrap_or(usize::MAX),
        });
    }
    Ok(entries)
}

/// Cuts what `git cat-file --batch` wrote into the files of `entries`.
fn contents(entries: Vec<Entry>, mut output: &[u8]) -> Result<Vec<(RelPath, Vec<u8>)>> {
    let mut files = vec![];
    for entry in entries {
        let broken =
            || Error::new(Class::System, format!("git does not give the contents of `{}`", entry.path));
        let head = output.iter().position(|byte| *byte == b'\n').ok_or_else(broken)?;
        let wanted = format!("{} blob {}", entry.object, entry.size);
        if output[..head] != *wanted.as_bytes() {
            return Err(broken());
        }
        let body = output.get(head + 1..head + 1 + entry.size).ok_or_else(broken)?;
        files.push((entry.path, body.to_vec()));
        output = output.get(head + 2 + entry.size..).unwrap_or_default();
    }
    Ok(files)
}
