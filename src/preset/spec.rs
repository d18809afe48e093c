//! What a user writes to mean a preset.

use crate::{
    error::{Error, Result},
    relpath::is_invisible,
};

/// A preset as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spec {
    /// By its name: a built-in one, or one of the user's own.
    Name(String),
    /// By a path, of a file or of a folder with presets.
    Path {
        /// The path.
        path: String,
        /// The preset in that folder.
        preset: Option<String>,
    },
    /// In a git repository.
    Git(Repository),
}

/// Presets in a git repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// The address as git takes it: `https://`, `ssh://` or `file://`.
    pub url: String,
    /// The tag, branch or commit.
    pub reference: Option<String>,
    /// The preset in it.
    pub preset: Option<String>,
}

impl Spec {
    /// Reads what a user wrote.
    ///
    /// # Errors
    /// It can mean no preset, or an address that is not taken.
    pub fn parse(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Err(Error::usage("a preset has to have a name"));
        }
        if let Some(address) = text.strip_prefix("git+") {
            return repository(address).map(Self::Git);
        }
        if text.contains("::") || text.contains("://") {
            return Err(refused(text, "is no address of a preset"));
        }
        let is_path = text.contains(['/', '\\']) || text.starts_with('.') || is_yaml(text);
        if !is_path {
            return Ok(Self::Name(text.to_owned()));
        }
        let (path, preset) = named(text);
        Ok(Self::Path { path, preset })
    }
}

/// What stands before and behind the last `#`.
fn named(text: &str) -> (String, Option<String>) {
    match text.rsplit_once('#') {
        Some((place, preset)) if !preset.is_empty() && !preset.contains(['/', '.']) => {
            (place.to_owned(), Some(preset.to_owned()))
        }
        _ => (text.to_owned(), None),
    }
}

fn repository(address: &str) -> Result<Repository> {
    let no = |why: &str| Err(refused(&format!("git+{address}"), why));
    let (place, preset) = named(address);
    let Some((scheme, rest)) = place.split_once("://") else { return no("is no address of a repository") };
    if !matches!(scheme, "https" | "ssh" | "file") {
        return no("has a transport that is not taken");
    }
    let Some((host, path)) = rest.split_once('/') else { return no("names no repository") };
    let (path, reference) = match path.rsplit_once('@') {
        Some((path, reference)) => (path, Some(reference.to_owned())),
        None => (path, None),
    };
    let (user, server) = host.rsplit_once('@').map_or((None, host), |(user, server)| (Some(user), server));
    let plain = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    };
    let (name, port) = server.split_once(':').map_or((server, "0"), |(name, port)| (name, port));
    let is_host = plain(name) && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    match (scheme, user) {
        ("file", _) if !host.is_empty() => return no("names a host, which a file does not have"),
        ("https", Some(_)) => return no("holds a user or a password, which would be recorded"),
        ("ssh", Some(user)) if !plain(user) => return no("has a user that is no plain name"),
        ("https" | "ssh", _) if !is_host => return no("has no plain name of a host"),
        _ => {}
    }
    let is_bad = |c: char| c.is_whitespace() || is_invisible(c) || c == '\\';
    if path.is_empty() || path.contains(is_bad) || path.starts_with('-') {
        return no("names no repository");
    }
    if let Some(reference) = &reference
        && !is_reference(reference)
    {
        return no("has a tag, branch or commit that is no plain name");
    }
    Ok(Repository { url: format!("{scheme}://{host}/{path}"), reference, preset })
}

/// Whether `name` can be a tag, a branch or a commit: git sees no option and no pattern in it.
pub fn is_reference(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "._-/+".contains(c))
        && !name.contains("..")
        && !name.ends_with(['/', '.'])
}

fn refused(text: &str, why: &str) -> Error {
    Error::usage(format!("`{text}` {why}")).help(
        "write `git+https://HOST/PATH@TAG#PRESET`, `git+ssh://git@HOST/PATH`, `git+file:///PATH`, or the path of a folder",
    )
}

fn is_yaml(text: &str) -> bool {
    text.ends_with(".yaml") || text.ends_with(".yml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_tag_and_a_preset() {
        let Ok(Spec::Git(found)) = Spec::parse("git+ssh://git@host:22/a/b.git@v1.0#api") else { panic!() };
        assert_eq!(found.url, "ssh://git@host:22/a/b.git");
        assert_eq!((found.reference.as_deref(), found.preset.as_deref()), (Some("v1.0"), Some("api")));
        let Ok(Spec::Git(found)) = Spec::parse("git+https://host/b") else { panic!() };
        assert_eq!((found.reference, found.preset), (None, None));
        assert_eq!(Spec::parse("strict").unwrap(), Spec::Name("strict".into()));
        let path = Spec::Path { path: "./x".into(), preset: Some("y".into()) };
        assert_eq!(Spec::parse("./x#y").unwrap(), path);
    }

    #[test]
    fn what_git_could_take_for_more_than_an_address_is_refused() {
        for text in [
            "ext::sh -c touch% x",
            "git+ext::sh -c x",
            "EXT::sh",
            "fd::17",
            "https://host/x",
            "git+http://host/x",
            "git+ssh://-oProxyCommand=x/y",
            "git+ssh://-o@host/y",
            "git+https://user:word@host/x",
            "git+https://host",
            "git+file://host/x",
            "git+https://host/x@-v",
            "git+https://host/x@a..b",
            "git+https://host/x@a b",
            "git+https://host/x y",
            "",
        ] {
            assert!(Spec::parse(text).is_err(), "{text}");
        }
    }
}
