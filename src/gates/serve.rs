//! A gate that serves: start it, ask it over HTTP until it answers, tell it to end, see it end well.

use std::{
    io::{self, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    thread,
    time::{Duration, Instant},
};

use super::outcome::{Verdict, failed};
use crate::{
    disk::{
        Stop,
        run::{Done, End, Job, Running, start},
    },
    error::{Class, Error, Result},
};

/// How long it may take until the answer is good.
const UP: Duration = Duration::from_mins(1);
/// How long a wrong answer may stay wrong: a service may still be warming up.
const WRONG: Duration = Duration::from_secs(10);
/// How long it may take to end after SIGTERM.
const DOWN: Duration = Duration::from_secs(15);
/// Between two questions.
const PAUSE: Duration = Duration::from_millis(100);
/// How long one question may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs `job`, which serves on `port`, and asks `url` until the status is 200.
///
/// # Errors
/// The class of the signal after a stop, [`Class::System`] when the program cannot be watched.
pub fn prove(job: &Job, url: &str, port: u16, stop: &Stop) -> Result<Verdict> {
    let Some(mut running) = start(job)? else {
        return Ok(Verdict::NotRun { reason: "its program is not installed".to_owned() });
    };
    let url = &url.replace("{port}", &port.to_string());
    let path = path_of(url)?;
    if let Some(trouble) = wait_for_answer(&mut running, &path, port, stop)? {
        return Ok(trouble.verdict(running, url));
    }
    running.terminate();
    let deadline = Instant::now() + DOWN;
    while Instant::now() < deadline {
        match running.poll()? {
            // 143 is what a shell calls the end by SIGTERM, and some launchers exit with it.
            Some(End::Exited(0 | 143) | End::Signalled(15)) => return Ok(Verdict::Passed),
            Some(end) => {
                return Ok(failed(
                    &running.finish(end),
                    Some(format!("ended badly after SIGTERM: {}", told(end))),
                ));
            }
            None => {}
        }
        stop.check()?;
        thread::sleep(PAUSE / 4);
    }
    let reason = format!("did not end within {} s of SIGTERM", DOWN.as_secs());
    Ok(failed(&running.finish(End::TimedOut), Some(reason)))
}

/// Why no good answer came.
enum Trouble {
    Ended(End),
    Silent,
    Status(u16),
}

impl Trouble {
    fn verdict(&self, running: Running, url: &str) -> Verdict {
        let (end, reason) = match self {
            Self::Ended(end) => (*end, format!("ended before it answered: {}", told(*end))),
            Self::Silent => (End::TimedOut, format!("did not answer `{url}` within {} s", UP.as_secs())),
            Self::Status(status) => {
                (End::TimedOut, format!("answered `{url}` with status {status}, not 200"))
            }
        };
        let done: Done = running.finish(end);
        failed(&done, Some(reason))
    }
}

fn wait_for_answer(running: &mut Running, path: &str, port: u16, stop: &Stop) -> Result<Option<Trouble>> {
    let began = Instant::now();
    let mut wrong: Option<(Instant, u16)> = None;
    loop {
        if let Some(end) = running.poll()? {
            return Ok(Some(Trouble::Ended(end)));
        }
        stop.check()?;
        match ask(path, port) {
            // Someone else may have taken the port: the answer counts only if ours still runs.
            Ok(200) if running.poll()?.is_none() => return Ok(None),
            Ok(200) | Err(_) => {}
            Ok(status) => {
                let since = wrong.map_or_else(Instant::now, |(since, _)| since);
                wrong = Some((since, status));
                if since.elapsed() >= WRONG {
                    return Ok(Some(Trouble::Status(status)));
                }
            }
        }
        if began.elapsed() >= UP {
            return Ok(Some(wrong.map_or(Trouble::Silent, |(_, status)| Trouble::Status(status))));
        }
        thread::sleep(PAUSE);
    }
}

fn told(end: End) -> String {
    match end {
        End::Exited(code) => format!("exit {code}"),
        End::Signalled(signal) => format!("signal {signal}"),
        End::TimedOut => "too late".to_owned(),
    }
}

/// The path of a plain `http` address.
fn path_of(url: &str) -> Result<String> {
    let rest = url.strip_prefix("http://").filter(|_| !url.contains(|c: char| c.is_control() || c == ' '));
    let rest =
        rest.ok_or_else(|| Error::new(Class::Rejected, format!("the probe `{url}` is no `http` address")))?;
    Ok(rest.find('/').map_or_else(|| "/".to_owned(), |at| rest[at..].to_owned()))
}

/// The status that a GET of `path` gives.
fn ask(path: &str, port: u16) -> io::Result<u16> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes())?;
    // `HTTP/1.1 200`: the rest of the answer does not matter.
    let mut head = [0; 12];
    stream.read_exact(&mut head)?;
    let status =
        std::str::from_utf8(&head).ok().and_then(|head| head.strip_prefix("HTTP/1.")?.get(2..)?.parse().ok());
    status.ok_or_else(|| io::Error::other("not HTTP"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probe_has_a_path() {
        assert_eq!(path_of("http://127.0.0.1:{port}/health?x=1").unwrap(), "/health?x=1");
        assert_eq!(path_of("http://127.0.0.1").unwrap(), "/");
        for bad in ["https://h/", "http://h/ a", "http://h/\r\nX: y"] {
            assert!(path_of(bad).is_err(), "{bad}");
        }
    }
}
