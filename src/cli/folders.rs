//! The only look at the environment: where the user's folders are.

use std::{env::var_os, ffi::OsString, path::PathBuf};

use crate::catalog::Places;

/// The name of our folder in those of the user.
const OURS: &str = "scaffold";

/// The folders of the user, as the XDG specification and macOS place them.
pub(super) fn places() -> Places {
    let mac = cfg!(target_os = "macos");
    let config = if mac { "Library/Application Support" } else { ".config" };
    let cache = if mac { "Library/Caches" } else { ".cache" };
    let home = var_os("HOME");
    Places {
        config: folder(var_os("XDG_CONFIG_HOME"), home.clone(), config),
        cache: folder(var_os("XDG_CACHE_HOME"), home, cache),
    }
}

/// Our folder in `stated`, else in `usual` of `home`; paths that are not absolute do not count.
fn folder(stated: Option<OsString>, home: Option<OsString>, usual: &str) -> Option<PathBuf> {
    let absolute = |path: OsString| Some(PathBuf::from(path)).filter(|it| it.is_absolute());
    let base = stated.and_then(absolute).or_else(|| Some(home.and_then(absolute)?.join(usual)))?;
    Some(base.join(OURS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stated_outranks_the_usual_place() {
        let found = |stated: Option<&str>, home: Option<&str>| {
            folder(stated.map(Into::into), home.map(Into::into), ".config")
        };
        assert_eq!(found(Some("/c"), Some("/h")), Some("/c/scaffold".into()));
        assert_eq!(found(Some("c"), Some("/h")), Some("/h/.config/scaffold".into()));
        assert_eq!(found(Some(""), Some("h")), None);
    }
}
