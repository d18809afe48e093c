//! Rules: statements about a project that can be decided by looking at its files.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::when::When;

/// A statement about a project. It has exactly one of the checks from `files` on.
///
/// `in` and `except` are globs over the paths of the project: `*` stays within a folder, `**` does not, and
/// `{package}` is the name of the package.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The name, as in findings.
    pub id: String,
    /// The line of the persona that demands it, as `LINE: text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cite: Option<String>,
    /// How to repair a project that breaks it, in one clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repair: Option<String>,
    /// Only under this condition.
    #[serde(default)]
    pub when: When,
    /// Files that are there, or are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<FilesCheck>,
    /// Keys of `pyproject.toml`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pyproject: Option<PyprojectCheck>,
    /// Packages that the project needs, or must not need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirements: Option<RequirementsCheck>,
    /// Lines of an ignore file or another list of lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<LinesCheck>,
    /// The Dockerfile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dockerfile: Option<DockerfileCheck>,
    /// The compose file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compose: Option<ComposeCheck>,
    /// Text that files hold, or must not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<TextCheck>,
    /// Functions that Python code must not call, such as `print` or `os.getenv`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calls: Option<CallsCheck>,
    /// No placeholders in Python code: no comment that marks unfinished work, no function that does nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholders: Option<PythonFiles>,
    /// A docstring on every module, class and function.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docstrings: Option<DocstringsCheck>,
    /// A type on every argument and every return value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotations: Option<PythonFiles>,
    /// Imports lead inwards only, as the layers of the layout say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layers: Option<PythonFiles>,
    /// The sizes of Python files and functions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<LimitsCheck>,
}

/// Files that are there, or are not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct FilesCheck {
    /// Each of these globs matches a file.
    pub present: Vec<String>,
    /// None of these globs matches a file.
    pub absent: Vec<String>,
}

/// Keys of `pyproject.toml`, with dots: `tool.ruff.line-length`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PyprojectCheck {
    /// Keys that are there.
    pub present: Vec<String>,
    /// Keys that are not there.
    pub absent: Vec<String>,
    /// Keys with their values.
    pub equals: IndexMap<String, Value>,
    /// Lists that hold at least these entries.
    pub holds: IndexMap<String, Vec<Value>>,
}

/// Packages, compared by their normal names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RequirementsCheck {
    /// Packages that the project needs to run.
    pub runtime: Vec<String>,
    /// Packages that the project needs to develop.
    pub dev: Vec<String>,
    /// Packages that the project does not need at all.
    pub forbidden: Vec<String>,
}

/// Lines of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinesCheck {
    /// The path of the file.
    #[serde(rename = "in")]
    pub file: String,
    /// Lines that are there.
    #[serde(default)]
    pub present: Vec<String>,
    /// Lines that are not there.
    #[serde(default)]
    pub absent: Vec<String>,
}

/// What holds for the Dockerfile, if there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DockerfileCheck {
    /// At least so many stages.
    pub stages: usize,
    /// The last stage starts from an image whose name begins so.
    pub runtime: String,
    /// The process does not run as root.
    pub rootless: bool,
    /// Commands are JSON arrays, which need no shell.
    pub exec_form: bool,
    /// Every image has a tag or digest, and none is `latest`.
    pub pinned: bool,
    /// Some instruction holds each of these texts.
    pub holds: Vec<String>,
    /// No instruction holds one of these texts.
    pub forbids: Vec<String>,
}

/// What holds for the compose file, if there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ComposeCheck {
    /// Services that are there.
    pub services: Vec<String>,
    /// Every service says how it is checked for health.
    pub healthchecks: bool,
    /// Every service is in a network of the file.
    pub networks: bool,
    /// Every image has a tag or digest, and none is `latest`.
    pub pinned: bool,
}

/// Text of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextCheck {
    /// The files.
    #[serde(rename = "in")]
    pub files: Vec<String>,
    /// Files left out.
    #[serde(default)]
    pub except: Vec<String>,
    /// Texts that each of the files holds.
    #[serde(default)]
    pub present: Vec<String>,
    /// Texts that none of the files holds.
    #[serde(default)]
    pub absent: Vec<String>,
}

/// Calls in Python code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallsCheck {
    /// The files; all Python files when it is left out.
    #[serde(rename = "in", default)]
    pub files: Vec<String>,
    /// Files left out.
    #[serde(default)]
    pub except: Vec<String>,
    /// Dotted names of functions, by their name where they are defined.
    pub absent: Vec<String>,
}

/// Python files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PythonFiles {
    /// The files; all Python files when it is left out.
    #[serde(rename = "in")]
    pub files: Vec<String>,
    /// Files left out.
    pub except: Vec<String>,
}

/// Docstrings of Python code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DocstringsCheck {
    /// The files; all Python files when it is left out.
    #[serde(rename = "in")]
    pub files: Vec<String>,
    /// Files left out.
    pub except: Vec<String>,
    /// Also on names that begin with an underscore, and within functions.
    pub private: bool,
    /// Sections that stand in this order where there are several, such as `Args:`.
    pub sections: Vec<String>,
    /// Classes and functions have an example in it that runs as a doctest.
    pub examples: bool,
}

/// The sizes of Python code, in lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LimitsCheck {
    /// The files; all Python files when it is left out.
    #[serde(rename = "in")]
    pub files: Vec<String>,
    /// Files left out.
    pub except: Vec<String>,
    /// The longest file.
    pub file: Option<usize>,
    /// The longest function, without its docstring.
    pub function: Option<usize>,
    /// The most arguments of a function, without `self` and `cls`.
    pub arguments: Option<usize>,
}

/// The names of the checks, in the order of their fields.
pub const CHECKS: &[&str] = &[
    "files",
    "pyproject",
    "requirements",
    "lines",
    "dockerfile",
    "compose",
    "text",
    "calls",
    "placeholders",
    "docstrings",
    "annotations",
    "layers",
    "limits",
];

impl Rule {
    /// The names of the checks that it has: in a sound rule, one.
    pub fn checks(&self) -> Vec<&'static str> {
        let given = [
            self.files.is_some(),
            self.pyproject.is_some(),
            self.requirements.is_some(),
            self.lines.is_some(),
            self.dockerfile.is_some(),
            self.compose.is_some(),
            self.text.is_some(),
            self.calls.is_some(),
            self.placeholders.is_some(),
            self.docstrings.is_some(),
            self.annotations.is_some(),
            self.layers.is_some(),
            self.limits.is_some(),
        ];
        CHECKS.iter().zip(given).filter(|(_, given)| *given).map(|(name, _)| *name).collect()
    }
}
