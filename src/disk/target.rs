//! Looking at the folder that a new project is to become.

use std::{fs, io, path::Path};

use crate::error::{Class, Error, Result, listed};

/// How the names of the stages begin that [`super::into`] makes inside of a target.
pub(super) const PREFIX: &str = ".scaffold-into-";
/// How many entries an error names.
const SHOWN: usize = 8;

/// What is at a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// Nothing.
    Absent,
    /// An empty folder.
    Empty,
    /// A folder with nothing but `.git`, `.gitignore`, LICENSE and README files: a fresh clone. Its entries, sorted.
    Clone(Vec<String>),
    /// A folder with anything else. Its entries, sorted.
    Occupied(Vec<String>),
}

impl Target {
    /// Looks at `path`. Stages of interrupted runs do not count: the next run deals with them.
    ///
    /// # Errors
    /// [`Class::Refused`] when it is not a folder or a symbolic link, [`Class::System`] when it cannot be read.
    pub fn look(path: &Path) -> Result<Self> {
        let shown = path.display();
        let refused = |what: &str| Err(Error::new(Class::Refused, format!("`{shown}` {what}")));
        // Without a trailing slash, with which the system would follow a symbolic link.
        let path: &Path = &path.components().collect::<std::path::PathBuf>();
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Absent),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return refused("is below a file");
            }
            Err(error) => return Err(Error::system("look at", shown, &error)),
            Ok(found) if found.is_symlink() => {
                return refused("is a symbolic link")
                    .map_err(|error: Error| error.help("name the folder it leads to"));
            }
            Ok(found) if !found.is_dir() => return refused("is not a folder"),
            Ok(_) => {}
        }
        let mut entries = names(path).map_err(|error| Error::system("read", shown, &error))?;
        entries.retain(|name| !name.starts_with(PREFIX));
        Ok(if entries.is_empty() {
            Self::Empty
        } else if entries.iter().all(|name| belongs_to_clone(name)) {
            Self::Clone(entries)
        } else {
            Self::Occupied(entries)
        })
    }

    /// Why a new project cannot be made here, `None` when it can; `into` allows a fresh clone.
    pub fn refusal(&self, path: &Path, into: bool) -> Option<Error> {
        let shown = path.display();
        match self {
            Self::Absent | Self::Empty => None,
            Self::Clone(_) if into => None,
            Self::Clone(entries) => Some(
                Error::new(Class::Refused, format!("`{shown}` is not empty: it holds {}", some(entries)))
                    .help("add `--into` to create the project there and keep these files"),
            ),
            Self::Occupied(entries) => Some(
                Error::new(Class::Refused, format!("`{shown}` is not empty: it holds {}", some(entries)))
                    .help("name a folder that does not exist yet, or move these files away"),
            ),
        }
    }
}

/// The names in the folder at `path`, sorted; what is not UTF-8 is shown as well as it can be.
pub(super) fn names(path: &Path) -> io::Result<Vec<String>> {
    let mut names: Vec<String> = fs::read_dir(path)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<_>>()?;
    names.sort();
    Ok(names)
}

fn belongs_to_clone(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    matches!(name, ".git" | ".gitignore") || lower.starts_with("license") || lower.starts_with("readme")
}

fn some(entries: &[String]) -> String {
    match entries.get(SHOWN..) {
        None | Some([]) => listed(entries),
        Some(rest) => format!("{} and {} more", listed(&entries[..SHOWN]).replace(" and ", ", "), rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn each_kind_of_target_is_told_apart() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("p");
        let look = || Target::look(&path);
        assert_eq!(look().unwrap(), Target::Absent);
        fs::create_dir(&path).unwrap();
        fs::create_dir(path.join(format!("{PREFIX}left"))).unwrap();
        assert_eq!(look().unwrap(), Target::Empty);
        fs::create_dir(path.join(".git")).unwrap();
        fs::write(path.join("README.rst"), "").unwrap();
        assert_eq!(look().unwrap(), Target::Clone(vec![".git".into(), "README.rst".into()]));
        let refusal = look().unwrap().refusal(&path, false).unwrap();
        assert_eq!(refusal.class(), Class::Refused);
        assert!(refusal.message().ends_with("it holds `.git` and `README.rst`"), "{refusal}");
        assert!(look().unwrap().refusal(&path, true).is_none());
        for number in 0..9 {
            fs::write(path.join(format!("x{number}")), "").unwrap();
        }
        let refusal = look().unwrap().refusal(&path, true).unwrap();
        assert!(refusal.message().ends_with("`x4`, `x5` and 3 more"), "{refusal}");
    }

    #[test]
    fn a_link_or_a_file_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let (file, link) = (root.path().join("file"), root.path().join("link"));
        fs::write(&file, "").unwrap();
        symlink(root.path(), &link).unwrap();
        for path in [file.clone(), file.join("below"), link.clone(), root.path().join("link/")] {
            assert_eq!(Target::look(&path).unwrap_err().class(), Class::Refused, "{}", path.display());
        }
    }
}
