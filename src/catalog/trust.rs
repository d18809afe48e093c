//! The places whose commands the user agrees to: `trust` in `config.yaml` of the configuration folder.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    disk,
    error::Result,
    preset::{Kind, Origin},
    source::Source,
    yaml,
};

/// The name of the file.
const NAME: &str = "config.yaml";

/// The user's configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Trust {
    /// Places of presets whose commands may run: an address such as `git+https://host/team/presets` or an absolute
    /// path; one that ends in `/` stands for all below it.
    pub trust: Vec<String>,
}

impl Trust {
    /// Reads the file in the folder `config`; without one, nothing is trusted.
    ///
    /// # Errors
    /// It cannot be read, or has mistakes.
    pub(super) fn read(config: &Path) -> Result<Self> {
        let path = config.join(NAME);
        if !path.is_file() {
            return Ok(Self::default());
        }
        let text = disk::read_text(&path, yaml::MAX_BYTES as u64)?;
        Ok(yaml::load(&Source::new(path.display().to_string(), text))?.value)
    }

    /// Whether a place is among them.
    pub(super) fn covers(&self, origin: &Origin) -> bool {
        let place = match origin.kind {
            Kind::Git => origin.place.clone(),
            // Links are followed: what counts is where the files are.
            _ => match std::fs::canonicalize(&origin.place) {
                Ok(path) => path.display().to_string(),
                Err(_) => return false,
            },
        };
        self.trust.iter().any(|it| *it == place || below(it, &place))
    }
}

/// Whether `place` is below a prefix that ends in `/`; one that a server may read in another way is not.
fn below(prefix: &str, place: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._~/".contains(c);
    prefix.ends_with('/')
        && place.strip_prefix(prefix).is_some_and(|rest| {
            rest.chars().all(plain) && rest.split('/').all(|part| !matches!(part, "" | "." | ".."))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_covers_what_is_plainly_below_it() {
        let trust = Trust { trust: vec!["git+https://h/team/".into(), "git+https://h/one".into()] };
        let covers = |place: &str| trust.covers(&Origin::new(Kind::Git, place));
        assert!(
            covers("git+https://h/team/a")
                && covers("git+https://h/team/a/b.git")
                && covers("git+https://h/one")
        );
        for place in [
            "git+https://h/team/../x",
            "git+https://h/team/%2e%2e/x",
            "git+https://h/team//x",
            "git+https://h/teams/x",
            "git+https://h/one/x",
        ] {
            assert!(!covers(place), "{place}");
        }
    }
}
