//! The environment a gate runs in: ours without what would mislead a Python project, the project's own
//! settings as defaults, and the gate's variables on top.
#![allow(
    clippy::disallowed_methods,
    reason = "the services of a gate are named by the environment of the run"
)]

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    net::TcpListener,
    path::Path,
    time::Duration,
};

use tempfile::TempDir;

use super::service::named_by;
use crate::{
    disk::{read_text, run::Job},
    error::{Class, Error, Result},
    gate::{Gate, Need},
};

/// Variables of a shell that belong to another project, or to a hook that we run in.
const MISLEADING: [&str; 18] = [
    "VIRTUAL_ENV",
    "VIRTUAL_ENV_PROMPT",
    "CONDA_PREFIX",
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PYTHONUSERBASE",
    "PYTHONSAFEPATH",
    "PYTEST_ADDOPTS",
    "PYTEST_PLUGINS",
    "COVERAGE_FILE",
    "COVERAGE_RCFILE",
    "MYPYPATH",
    "UV_PROJECT_ENVIRONMENT",
    "UV_PROJECT",
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
];
/// The largest settings file, in bytes.
const LIMIT: u64 = 1 << 20;

/// What gates run with.
pub struct Environment {
    /// The project's settings: `.env`, or else `.env.example`.
    defaults: BTreeMap<String, String>,
    /// For `{tmp}`; removed with it.
    tmp: TempDir,
}

impl Environment {
    /// The environment of the project.
    ///
    /// # Errors
    /// [`Class::System`] when there is no temporary folder to be had, and what reading `.env` gives.
    pub fn of(project: &Path) -> Result<Self> {
        let settings =
            [".env", ".env.example"].map(|name| project.join(name)).into_iter().find(|path| path.is_file());
        let text = settings.map_or_else(|| Ok(String::new()), |path| read_text(&path, LIMIT))?;
        let tmp = tempfile::Builder::new()
            .prefix("scaffold-")
            .tempdir()
            .map_err(|error| Error::system("create a folder in", std::env::temp_dir().display(), &error))?;
        Ok(Self { defaults: settings_of(&text), tmp })
    }

    /// Why something that `gate` needs is not there: one clause, without the secrets of a URL.
    pub fn unmet(&self, gate: &Gate) -> Option<String> {
        gate.needs.iter().find_map(|need| self.absent(need, gate))
    }

    fn absent(&self, need: &Need, gate: &Gate) -> Option<String> {
        let name = &need.0;
        // In the order in which the gate's program will find it.
        let own = gate.env.get(name).cloned();
        let url = own.or_else(|| std::env::var(name).ok()).or_else(|| self.defaults.get(name).cloned());
        let Some(url) = url else {
            return Some(format!("needs `{name}`, which is not set"));
        };
        match named_by(&url) {
            Err(()) => Some(format!("needs `{name}` to be the URL of a service")),
            Ok(None) => None,
            Ok(Some(service)) if service.answers() => None,
            Ok(Some(service)) => Some(format!("needs {} at {} ({name})", service.name, service.place())),
        }
    }

    /// The job for `gate`, and the free port that it was given if it serves.
    pub fn job(&self, gate: &Gate, project: &Path, limit: Duration) -> Result<(Job, Option<u16>)> {
        let port = gate.serve.as_ref().map(|_| free_port()).transpose()?;
        let fill = |text: &String| -> OsString {
            let text = port.map_or_else(|| text.clone(), |port| text.replace("{port}", &port.to_string()));
            let mut parts = text.split("{tmp}");
            let mut filled = OsString::from(parts.next().unwrap_or(""));
            parts.for_each(|part| {
                filled.push(self.tmp.path());
                filled.push(part);
            });
            filled
        };
        let mut job = Job::new(gate.argv.iter().map(fill), project);
        job.limit = limit;
        job.unset = MISLEADING.map(OsString::from).to_vec();
        if !gate.needs.is_empty() {
            let unset = self.defaults.iter().filter(|(name, _)| std::env::var_os(name).is_none());
            job.env.extend(unset.map(|(name, value)| (name.into(), value.into())));
        }
        job.env.extend(gate.env.iter().map(|(name, value)| (name.into(), fill(value))));
        Ok((job, port))
    }
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    listener
        .map(|address| address.port())
        .map_err(|error| Error::new(Class::System, "could not find a free port").because(error.to_string()))
}

/// The `NAME=value` lines of a settings file.
fn settings_of(text: &str) -> BTreeMap<String, String> {
    let mut settings = BTreeMap::new();
    for line in text.lines() {
        let line = line.trim();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let Some((name, value)) = line.split_once('=') else { continue };
        let name = name.trim();
        let is_name =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        // A variable with a NUL in it cannot be handed to a program.
        if is_name && !OsStr::new(value).as_encoded_bytes().contains(&0) {
            settings.insert(name.to_owned(), value_of(value.trim()));
        }
    }
    settings
}

/// A value without its quotes, or without the comment behind it.
fn value_of(text: &str) -> String {
    for quote in ['"', '\''] {
        if let Some((value, _)) = text.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return value.to_owned();
        }
    }
    let end = if text.starts_with('#') { Some(0) } else { text.find(" #") };
    text[..end.unwrap_or(text.len())].trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_dotenv_does() {
        let text =
            "# x\nA=1\nexport B = \"b # c\" # d\nC='c'\r\nD=d # e\nE=\nF=#\nno\n=x\nG=a=b\nbad name=1\n";
        let expected =
            [("A", "1"), ("B", "b # c"), ("C", "c"), ("D", "d"), ("E", ""), ("F", ""), ("G", "a=b")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(settings_of(text), BTreeMap::from(expected));
    }
}
