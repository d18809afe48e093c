//! The names of a project, from what the user typed.

use ruff_python_stdlib::{identifiers::is_identifier, keyword::is_keyword, sys::is_known_standard_library};

use super::{latin, requirement::normalise};
use crate::{error::Error, relpath::RelPath};

/// The longest name: what a host name label and a `PostgreSQL` identifier may have, since services are called after it.
pub const MAX_LENGTH: usize = 63;

/// Names that the files and tools of a generated project need for themselves.
const TAKEN: &[(&str, &str)] = &[
    ("test", "would hide the module `test` of Python's standard library"),
    ("sitecustomize", "is a module that Python loads by itself"),
    ("usercustomize", "is a module that Python loads by itself"),
    ("tests", "is the folder of the tests"),
    ("src", "is the folder of the source"),
    ("alembic", "is the migration tool, and the folder of the migrations"),
    ("conftest", "is a file that pytest loads by itself"),
    ("setup", "is a file that build tools run"),
    ("build", "is a folder that build tools write and git ignores"),
    ("dist", "is a folder that build tools write and git ignores"),
    ("lib", "is a folder that git ignores in Python projects"),
    ("lib64", "is a folder that git ignores in Python projects"),
    ("env", "is a folder that git ignores in Python projects"),
    ("venv", "is a folder that git ignores in Python projects"),
    ("htmlcov", "is a folder that coverage writes and git ignores"),
    ("node_modules", "is a folder that linters skip"),
    ("site_packages", "is a folder that linters skip"),
    ("pip", "is the installer of Python"),
    ("setuptools", "is a build tool of Python"),
    ("pkg_resources", "is a build tool of Python"),
];

/// The names of a project, all made of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// As typed: the name of the distribution.
    pub project: String,
    /// The Python package.
    pub package: String,
    /// For headings.
    pub title: String,
    /// What the project's environment variables begin with.
    pub env_prefix: String,
}

/// Why a name cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What was typed.
    pub typed: String,
    /// The end of the sentence "the name …".
    pub reason: String,
    /// A name that can be used.
    pub suggestion: String,
}

impl Names {
    /// Derives all names from `typed`; `dependencies` are the names of packages that the project will import.
    ///
    /// # Errors
    /// The name cannot be used; the refusal has one that can.
    pub fn new<S: AsRef<str>>(typed: &str, dependencies: &[S]) -> Result<Self, Refusal> {
        match check(typed, dependencies) {
            Ok(package) => Ok(Self {
                project: typed.to_owned(),
                title: title(typed),
                env_prefix: format!("{}_", package.to_ascii_uppercase()),
                package,
            }),
            Err(reason) => {
                Err(Refusal { typed: typed.to_owned(), reason, suggestion: suggestion(typed, dependencies) })
            }
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let Refusal { typed, reason, suggestion } = refusal;
        let shown: String =
            typed.chars().take(MAX_LENGTH).filter(|c| !crate::relpath::is_invisible(*c)).collect();
        Self::usage(format!("the name `{shown}` {reason}")).help(format!("a name that works: `{suggestion}`"))
    }
}

/// The package, or the end of the sentence "the name …".
fn check<S: AsRef<str>>(typed: &str, dependencies: &[S]) -> Result<String, String> {
    if typed.is_empty() {
        return Err("is empty".to_owned());
    }
    if !typed.is_ascii() {
        return Err("has letters other than a to z, which package indexes do not take".to_owned());
    }
    if let Some(other) = typed.chars().find(|c| !c.is_ascii_alphanumeric() && !"-_.".contains(*c)) {
        return Err(match other {
            ' ' => "has a blank; letters, digits, `-`, `_` and `.` are possible".to_owned(),
            other => format!("has {other:?}; letters, digits, `-`, `_` and `.` are possible"),
        });
    }
    if typed.len() > MAX_LENGTH {
        return Err(format!("has {} characters; {MAX_LENGTH} are possible", typed.len()));
    }
    if !typed.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let what = if typed.starts_with(|c: char| c.is_ascii_digit()) { "a digit" } else { "a sign" };
        return Err(format!("begins with {what}, so it is no Python name"));
    }
    if !typed.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return Err("ends with a sign; the last character has to be a letter or a digit".to_owned());
    }
    let package = typed.to_ascii_lowercase().replace(['-', '.'], "_");
    check_package(typed, &package, dependencies)?;
    Ok(package)
}

fn check_package<S: AsRef<str>>(typed: &str, package: &str, dependencies: &[S]) -> Result<(), String> {
    if is_keyword(typed) || is_keyword(package) || !is_identifier(package) {
        return Err("is a keyword of Python".to_owned());
    }
    // Modules come and go; a name that is free in one version only is no good name.
    if (8..=15).any(|minor| is_known_standard_library(minor, package)) {
        return Err(format!("would hide the module `{package}` of Python's standard library"));
    }
    if let Some((_, why)) = TAKEN.iter().find(|(taken, _)| *taken == package) {
        return Err((*why).to_owned());
    }
    if RelPath::new(package).is_err() {
        return Err("is the name of a device on Windows".to_owned());
    }
    let normal = normalise(typed);
    if let Some(same) = dependencies.iter().map(AsRef::as_ref).find(|name| normalise(name) == normal) {
        return Err(format!("is that of the package `{same}`, which the project needs"));
    }
    Ok(())
}

fn suggestion<S: AsRef<str>>(typed: &str, dependencies: &[S]) -> String {
    let plain = latin::in_ascii(typed.trim()).unwrap_or_default();
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut base = words.join("-");
    base.truncate(MAX_LENGTH - "-app".len());
    let base = base.trim_end_matches('-');
    let unsplit = base.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    [
        base.to_owned(),
        format!("{base}-app"),
        format!("app-{base}"),
        unsplit.to_owned(),
        format!("{unsplit}-app"),
    ]
    .into_iter()
    .find(|candidate| check(candidate, dependencies).is_ok())
    .unwrap_or_else(|| "my-project".to_owned())
}

fn title(typed: &str) -> String {
    let words = typed.split(['-', '_', '.']).filter(|word| !word.is_empty());
    let capitalised = words.map(|word| {
        let (first, rest) = word.split_at(1);
        format!("{}{rest}", first.to_ascii_uppercase())
    });
    capitalised.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_gives_all() {
        let sixty = "a".repeat(60);
        let cases = [
            ("my-shop", "my_shop", "My Shop", "MY_SHOP_"),
            ("x", "x", "X", "X_"),
            ("Acme.Billing_API2", "acme_billing_api2", "Acme Billing API2", "ACME_BILLING_API2_"),
            ("zope2", "zope2", "Zope2", "ZOPE2_"),
            ("a--b", "a__b", "A B", "A__B_"),
        ];
        for (typed, package, title, env_prefix) in cases {
            let names = Names::new(typed, &["fastapi"]).unwrap();
            assert_eq!((&*names.package, &*names.title, &*names.env_prefix), (package, title, env_prefix));
            assert_eq!(names.project, typed);
        }
        assert!(Names::new(&sixty, &["fastapi"]).is_ok());
    }

    #[test]
    fn a_refused_name_comes_with_one_that_works() {
        let long = "a".repeat(64);
        let cases = [
            ("", "is empty", "my-project"),
            ("class", "keyword", "class-app"),
            ("Import", "keyword", "import-app"),
            ("None", "keyword", "none"),
            ("logging", "standard library", "logging-app"),
            ("test", "standard library", "test-app"),
            ("Json", "standard library", "json-app"),
            ("distutils", "standard library", "distutils-app"),
            ("tests", "folder of the tests", "tests-app"),
            ("src", "folder of the source", "src-app"),
            ("Alembic", "migration tool", "alembic-app"),
            ("3d-shop", "a digit", "app-3d-shop"),
            ("42", "a digit", "app-42"),
            ("-shop", "a sign", "shop"),
            ("shop-", "ends with", "shop"),
            ("my shop", "a blank", "my-shop"),
            ("my/shop", "'/'", "my-shop"),
            ("Käse", "other than a to z", "kaese"),
            ("店", "other than a to z", "my-project"),
            ("Fast.API", "`fast-api`", "fast-api-app"),
            ("aux", "Windows", "aux-app"),
            (&long, "64 characters", &"a".repeat(59)),
        ];
        for (typed, reason, suggestion) in cases {
            let refusal = Names::new(typed, &["fast-api", "uvicorn"]).unwrap_err();
            assert!(refusal.reason.contains(reason), "{typed}: {}", refusal.reason);
            assert_eq!(refusal.suggestion, suggestion, "{typed}");
            assert!(Names::new(&refusal.suggestion, &["fast-api", "uvicorn"]).is_ok(), "{typed}");
        }
    }

    #[test]
    fn an_error_shows_the_way_out() {
        let error = Error::from(Names::new("json\u{202e}", &[] as &[&str]).unwrap_err());
        assert!(error.message().starts_with("the name `json` has letters"), "{error}");
        assert_eq!(error.next_steps(), ["a name that works: `my-project`"]);
    }
}
