//! Requirements as `pyproject.toml` states them (PEP 508), in the words of whoever wrote them.

use std::{collections::BTreeMap, fmt, str::FromStr};

use pep508_rs::VerbatimUrl;

/// A requirement. Its parts are kept as typed: rewriting `python_version < '3.9'` would change what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    name: String,
    extras: Vec<String>,
    /// Version specifiers, or `@ url`.
    source: String,
    marker: String,
}

impl Requirement {
    /// Checks and takes apart `text`, such as `psycopg[binary]>=3.2 ; python_version < '3.14'`.
    ///
    /// # Errors
    /// The reason, which may have several lines with a caret.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        pep508_rs::Requirement::<VerbatimUrl>::from_str(text).map_err(|error| error.to_string())?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let (name, rest) = text.split_at(text.find(|c| !is_name(c)).unwrap_or(text.len()));
        let rest = rest.trim_start();
        let (extras, rest) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((extras, rest)) => (extras, rest.trim_start()),
            None => ("", rest),
        };
        // A URL may hold a `;`: there a marker begins with a blank.
        let end = if rest.starts_with('@') { " ;" } else { ";" };
        let (source, marker) = rest.split_once(end).unwrap_or((rest, ""));
        let source = source.trim();
        let source =
            source.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(source).trim();
        Ok(Self {
            name: name.to_owned(),
            extras: extras
                .split(',')
                .map(|extra| extra.trim().to_owned())
                .filter(|extra| !extra.is_empty())
                .collect(),
            source: source.to_owned(),
            marker: marker.trim().to_owned(),
        })
    }

    /// The name as typed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name by which packages are compared.
    pub fn key(&self) -> String {
        normalise(&self.name)
    }

    /// The extras as typed.
    pub fn extras(&self) -> &[String] {
        &self.extras
    }

    /// Whether a version or a URL is stated.
    pub fn is_pinned(&self) -> bool {
        !self.source.is_empty()
    }

    /// The requirement with `>=version`, unless it states a version itself.
    #[must_use]
    pub fn at_least(mut self, version: &str) -> Self {
        if !self.is_pinned() {
            self.source = format!(">={version}");
        }
        self
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if !self.extras.is_empty() {
            write!(f, "[{}]", self.extras.join(","))?;
        }
        if self.source.starts_with('@') {
            f.write_str(" ")?;
        }
        f.write_str(&self.source)?;
        if !self.marker.is_empty() {
            write!(f, " ; {}", self.marker)?;
        }
        Ok(())
    }
}

/// The name by which packages are compared (PEP 503).
pub fn normalise(name: &str) -> String {
    let words = name.split(['-', '_', '.']).filter(|word| !word.is_empty());
    words.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

/// Unites requirements of the same package with the same marker, and sorts as `uv add` does.
///
/// # Errors
/// Two of them state different URLs, or a URL and a version: the end of the sentence "the package …".
pub fn unite(requirements: impl IntoIterator<Item = Requirement>) -> Result<Vec<Requirement>, String> {
    let mut united: BTreeMap<(String, String), Requirement> = BTreeMap::new();
    for requirement in requirements {
        let key = (requirement.key(), requirement.marker.clone());
        match united.get_mut(&key) {
            None => {
                united.insert(key, requirement);
            }
            Some(first) => add(first, requirement)?,
        }
    }
    for requirement in united.values_mut() {
        requirement.extras.sort_by_key(|extra| normalise(extra));
        requirement.extras.dedup_by_key(|extra| normalise(extra));
    }
    Ok(united.into_values().collect())
}

fn add(first: &mut Requirement, other: Requirement) -> Result<(), String> {
    first.extras.extend(other.extras);
    if other.source.is_empty() || first.source == other.source {
        return Ok(());
    }
    if first.source.is_empty() {
        first.source = other.source;
        return Ok(());
    }
    if first.source.starts_with('@') || other.source.starts_with('@') {
        return Err(format!("`{}` is required as `{}` and as `{}`", first.name, first.source, other.source));
    }
    for specifier in other.source.split(',').map(str::trim) {
        if !first.source.split(',').any(|known| known.trim() == specifier) {
            first.source = format!("{},{specifier}", first.source);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_words_of_the_user() {
        let cases = [
            ("fastapi", "fastapi"),
            ("  FastAPI >=0.165.0 ", "FastAPI>=0.165.0"),
            ("sqlalchemy[asyncio] >= 2.0, <3", "sqlalchemy[asyncio]>= 2.0, <3"),
            ("tomli>=2;python_version<'3.11'", "tomli>=2 ; python_version<'3.11'"),
            ("x[a , b] ; extra == 'c'", "x[a,b] ; extra == 'c'"),
            ("x (>=1)", "x>=1"),
            ("x @ https://host/x;v=1.whl ; os_name == 'nt'", "x @ https://host/x;v=1.whl ; os_name == 'nt'"),
            ("x @ git+https://host/x@v1", "x @ git+https://host/x@v1"),
        ];
        for (text, expected) in cases {
            assert_eq!(Requirement::parse(text).unwrap().to_string(), expected);
        }
        for bad in ["", "-x", "x>", "x[a", "x; python", "x y", "x>=1;", "x==1.*.2"] {
            assert!(Requirement::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn packages_are_united_by_their_normal_name() {
        let lines = [
            "uvicorn[standard]",
            "SQLAlchemy>=2.0",
            "sqlalchemy[asyncio]",
            "uvicorn>=0.38,<1",
            "uvicorn<1",
            "tomli ; python_version < '3.11'",
            "tomli",
            "a.b_C",
            "Uvicorn[Standard]",
        ];
        let parsed = lines.map(|line| Requirement::parse(line).unwrap());
        let united: Vec<String> = unite(parsed).unwrap().iter().map(ToString::to_string).collect();
        let expected = [
            "a.b_C",
            "SQLAlchemy[asyncio]>=2.0",
            "tomli",
            "tomli ; python_version < '3.11'",
            "uvicorn[standard]>=0.38,<1",
        ];
        assert_eq!(united, expected);
        let clash = ["x>=1", "x @ https://host/x.whl"].map(|line| Requirement::parse(line).unwrap());
        assert!(unite(clash).unwrap_err().contains("`>=1`"));
    }

    #[test]
    fn a_floor_is_added_only_where_there_is_none() {
        let floor = |text| Requirement::parse(text).unwrap().at_least("0.165.0").to_string();
        assert_eq!(floor("fastapi"), "fastapi>=0.165.0");
        assert_eq!(
            floor("fastapi[standard] ; os_name == 'nt'"),
            "fastapi[standard]>=0.165.0 ; os_name == 'nt'"
        );
        assert_eq!(floor("fastapi==0.1"), "fastapi==0.1");
    }

    #[test]
    fn names_are_compared_as_the_index_does() {
        for (name, normal) in [("Foo.Bar_baz", "foo-bar-baz"), ("a--b__c", "a-b-c"), ("x", "x")] {
            assert_eq!(normalise(name), normal);
        }
    }
}
