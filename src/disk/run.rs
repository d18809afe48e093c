//! Running a program: bare argv, its own process group, a time limit, and an end when asked to stop.

use std::{
    ffi::{OsStr, OsString},
    fs::File,
    io::{self, PipeReader, Read},
    os::{
        fd::{AsFd, OwnedFd},
        unix::process::{CommandExt, ExitStatusExt},
    },
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, kill_process_group, waitid};

use super::stop::Stop;
use crate::{
    error::{Class, Error, Result},
    parallel,
};

/// How much of the output is kept, in bytes: its end.
pub const TAIL: usize = 64 << 10;
/// How long output is waited for after the program has ended: a stray grandchild may hold the pipe.
const STRAY: Duration = Duration::from_secs(2);

/// A program to run. Unless it is given a file, its standard input is empty.
#[derive(Debug, Clone)]
pub struct Job {
    /// The program and its arguments; not empty.
    pub argv: Vec<OsString>,
    /// The folder to run in.
    pub cwd: PathBuf,
    /// Variables to set over the inherited ones.
    pub env: Vec<(OsString, OsString)>,
    /// Inherited variables to leave out; `env` outranks it.
    pub unset: Vec<OsString>,
    /// The longest it may take.
    pub limit: Duration,
    /// Whether its output goes to our standard error as it comes; else its end is kept.
    pub streamed: bool,
    /// The file that it reads as its standard input.
    pub input: Option<PathBuf>,
    /// The file that takes its standard output as a whole.
    pub output: Option<PathBuf>,
}

impl Job {
    /// A job with captured output, the inherited environment and a limit of one minute.
    pub fn new<S: Into<OsString>>(argv: impl IntoIterator<Item = S>, cwd: &Path) -> Self {
        Self {
            argv: argv.into_iter().map(Into::into).collect(),
            cwd: cwd.to_owned(),
            env: vec![],
            unset: vec![],
            limit: Duration::from_mins(1),
            streamed: false,
            input: None,
            output: None,
        }
    }

    fn program(&self) -> &OsStr {
        self.argv.first().map_or(OsStr::new(""), |program| program)
    }
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// With this exit code.
    Exited(i32),
    /// By this signal.
    Signalled(i32),
    /// By us, after the job's limit.
    TimedOut,
}

impl std::fmt::Display for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exited(code) => write!(f, "exit code {code}"),
            Self::Signalled(signal) => write!(f, "signal {signal}"),
            Self::TimedOut => f.write_str("out of time"),
        }
    }
}

/// A program that has ended.
#[derive(Debug, Clone)]
pub struct Done {
    /// How.
    pub end: End,
    /// The end of what it wrote, both channels in the order of writing; at most [`TAIL`] bytes.
    pub output: String,
}

impl Done {
    /// Whether it exited with 0.
    pub fn passed(&self) -> bool {
        self.end == End::Exited(0)
    }
}

/// Runs `job` to its end. `None` when there is no such program.
///
/// # Errors
/// The class of the signal after a stop, [`Class::System`] when the program cannot be started.
pub fn run(job: &Job, stop: &Stop) -> Result<Option<Done>> {
    let Some(mut running) = start(job)? else { return Ok(None) };
    let deadline = Instant::now() + job.limit;
    // Short at first, as most programs we run take milliseconds.
    let mut pause = Duration::from_micros(500);
    loop {
        if let Some(end) = running.poll()? {
            return Ok(Some(running.finish(end)));
        }
        // Dropping `running` kills the group.
        stop.check()?;
        if Instant::now() >= deadline {
            running.kill();
            return Ok(Some(running.finish(End::TimedOut)));
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// Starts `job` and leaves it running; its limit is not looked at. `None` when there is no such program.
///
/// # Errors
/// [`Class::System`] when the program cannot be started.
pub fn start(job: &Job) -> Result<Option<Running>> {
    parallel::unbind();
    let failed = |error: io::Error| Error::system("run", job.program().display(), &error);
    let mut command = Command::new(job.program());
    command.args(job.argv.iter().skip(1)).current_dir(&job.cwd).stdin(Stdio::null());
    job.unset.iter().for_each(|name| {
        command.env_remove(name);
    });
    command.envs(job.env.iter().map(|(name, value)| (name, value)));
    // Its own group: Ctrl-C reaches us alone, and we end all of its children together.
    command.process_group(0);
    let reader = if job.streamed {
        let out: OwnedFd = io::stderr().as_fd().try_clone_to_owned().map_err(failed)?;
        command.stderr(out.try_clone().map_err(failed)?).stdout(out);
        None
    } else {
        let (reader, writer) = io::pipe().map_err(failed)?;
        command.stdout(writer.try_clone().map_err(failed)?).stderr(writer);
        Some(reader)
    };
    if let Some(path) = &job.input {
        command.stdin(File::open(path).map_err(failed)?);
    }
    if let Some(path) = &job.output {
        command.stdout(File::create(path).map_err(failed)?);
    }
    let child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound && job.cwd.is_dir() => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    // `command` holds our ends of the pipe's writing side: the reader would never see its end.
    drop(command);
    Ok(Some(Running { child, ended: None, tail: reader.map(Tail::follow) }))
}

/// A program that was started. Dropping it kills it and its group.
#[derive(Debug)]
pub struct Running {
    child: Child,
    ended: Option<End>,
    tail: Option<Tail>,
}

impl Running {
    /// Whether it has ended, and how. What it left running in its group is killed with it.
    ///
    /// # Errors
    /// [`Class::System`] when the system does not tell.
    pub fn poll(&mut self) -> Result<Option<End>> {
        if self.ended.is_none() {
            // Looked at, not waited for: until then its number, which is the group's, is not given anew.
            let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
            let ended = waitid(WaitId::Pid(self.pid()), look)
                .map_err(|error| Error::system("wait for", "a program", &error.into()))?;
            if ended.is_some() {
                self.kill();
            }
        }
        Ok(self.ended)
    }

    /// Asks the program, not its group, to end: as `docker stop` does.
    pub fn terminate(&self) {
        if self.ended.is_none() {
            // It may have ended in this moment, which is what was wanted.
            let _ = kill_process(self.pid(), Signal::TERM);
        }
    }

    /// Ends it if it still runs, and returns what it had written; `end` is what to call its end.
    pub fn finish(mut self, end: End) -> Done {
        self.kill();
        let output = self.tail.take().map_or_else(String::new, Tail::end);
        Done { end, output }
    }

    fn kill(&mut self) {
        if self.ended.is_some() {
            return;
        }
        // Nobody left to kill is what is wanted.
        let _ = kill_process_group(self.pid(), Signal::KILL);
        self.ended = Some(self.child.wait().map_or(End::Signalled(9), end));
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

fn end(status: ExitStatus) -> End {
    match (status.code(), status.signal()) {
        (Some(code), _) => End::Exited(code),
        (None, signal) => End::Signalled(signal.unwrap_or(0)),
    }
}

/// The end of a stream, read by a thread of its own so that the program never waits for us.
#[derive(Debug)]
struct Tail {
    kept: Arc<Mutex<Vec<u8>>>,
    closed: mpsc::Receiver<()>,
}

impl Tail {
    fn follow(mut reader: PipeReader) -> Self {
        let kept = Arc::new(Mutex::new(Vec::new()));
        let (sender, closed) = mpsc::channel();
        let shared = Arc::clone(&kept);
        thread::spawn(move || {
            let mut chunk = [0; 8192];
            while let Ok(read @ 1..) = reader.read(&mut chunk) {
                let mut kept = shared.lock().unwrap_or_else(PoisonError::into_inner);
                kept.extend_from_slice(&chunk[..read]);
                if kept.len() > 2 * TAIL {
                    let surplus = kept.len() - TAIL;
                    kept.drain(..surplus);
                }
            }
            drop(sender);
        });
        Self { kept, closed }
    }

    fn end(self) -> String {
        // An error is the end of the stream or of our patience: either way, take what is there.
        let _ = self.closed.recv_timeout(STRAY);
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let surplus = kept.len().saturating_sub(TAIL);
        String::from_utf8_lossy(&kept[surplus..]).into_owned()
    }
}

/// Where the program called `name` is: as a path from `cwd`, or on `PATH`.
pub fn find(name: &str, cwd: &Path) -> Option<PathBuf> {
    let found = |path: PathBuf| {
        let access = rustix::fs::access(&path, rustix::fs::Access::EXEC_OK);
        (path.is_file() && access.is_ok()).then_some(path)
    };
    if name.contains('/') {
        return found(cwd.join(name));
    }
    std::env::split_paths(&std::env::var_os("PATH")?).find_map(|folder| found(cwd.join(folder).join(name)))
}

/// The error for a program that is needed and not there.
pub fn missing(program: &str) -> Error {
    Error::new(Class::System, format!("`{program}` is not installed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Job {
        Job::new(["sh", "-c", script], Path::new("/"))
    }

    #[test]
    fn the_end_and_the_output_are_told() {
        let done = run(&shell("echo out; echo err >&2; exit 3"), &Stop::never()).unwrap().unwrap();
        assert_eq!((done.end, done.output.as_str()), (End::Exited(3), "out\nerr\n"));
        let done = run(&shell("kill -9 $$"), &Stop::never()).unwrap().unwrap();
        assert_eq!(done.end, End::Signalled(9));
    }

    #[test]
    fn the_environment_is_the_inherited_one_with_changes() {
        let mut job = shell("echo ${HOME-none} $A");
        job.unset = vec!["HOME".into()];
        job.env = vec![("A".into(), "b".into())];
        assert_eq!(run(&job, &Stop::never()).unwrap().unwrap().output, "none b\n");
    }

    #[test]
    fn a_missing_program_is_none_and_a_missing_folder_an_error() {
        assert!(run(&Job::new(["no-such-program"], Path::new("/")), &Stop::never()).unwrap().is_none());
        assert!(run(&Job::new(["sh"], Path::new("/no-such-folder")), &Stop::never()).is_err());
        assert!(find("sh", Path::new("/")).is_some());
        assert!(find("no-such-program", Path::new("/")).is_none());
    }

    #[test]
    fn a_long_output_keeps_its_end() {
        let job = shell("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done");
        let done = run(&job, &Stop::never()).unwrap().unwrap();
        assert!(done.output.len() <= TAIL && done.output.ends_with("line 19999\n"));
    }

    #[test]
    fn limit_and_stop_end_the_whole_group() {
        let folder = tempfile::tempdir().unwrap();
        let mut job = shell("(sleep 1; touch alive) & sleep 100");
        job.cwd = folder.path().to_owned();
        job.limit = Duration::from_millis(50);
        assert_eq!(run(&job, &Stop::never()).unwrap().unwrap().end, End::TimedOut);
        job.limit = Duration::from_mins(1);
        let stop = Stop::never();
        stop.request(Class::Terminated);
        assert_eq!(run(&job, &stop).unwrap_err().class(), Class::Terminated);
        thread::sleep(Duration::from_millis(1500));
        assert!(!folder.path().join("alive").exists());
    }
}
