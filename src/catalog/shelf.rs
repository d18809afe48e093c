//! What a user means by a preset: a name, a file, a folder, a repository.

use std::path::{Path, PathBuf};

use super::{around, embedded, folder, with_folder, with_preset, with_user};
use crate::{
    disk::Stop,
    error::{Error, Result, listed, nearest},
    preset::{Library, Spec},
};

/// The folders of the user.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// For configuration: presets of the user's own.
    pub config: Option<PathBuf>,
    /// For what can be made again: repositories that were fetched.
    pub cache: Option<PathBuf>,
}

/// All presets at hand, and how to reach others.
pub struct Shelf {
    /// The presets that are known by name.
    pub library: Library,
    /// The presets that those from elsewhere join.
    base: Library,
}

/// Presets that were asked for.
pub struct Opened {
    /// The library that has them.
    pub library: Library,
    /// The preset that is meant, if only one can be.
    pub name: Option<String>,
    /// The presets to choose from.
    pub names: Vec<String>,
    /// Whether all of them are meant: a folder or repository without the name of one.
    pub is_whole: bool,
}

impl Shelf {
    /// The built-in presets and the user's own, or those of the folder `catalog` alone.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub fn new(catalog: Option<&Path>, places: Places) -> Result<Self> {
        if let Some(root) = catalog {
            let library = folder(root)?;
            return Ok(Self { base: library.clone(), library });
        }
        let base = embedded();
        let library = match &places.config {
            Some(config) => with_user(base.clone(), config)?,
            None => base.clone(),
        };
        Ok(Self { library, base })
    }

    /// The library without what the user has put in the configuration folder.
    pub fn base(&self) -> &Library {
        &self.base
    }

    /// The presets that `spec` means.
    ///
    /// # Errors
    /// There are none, or they cannot be read.
    pub fn open(&self, spec: &str, _stop: &Stop) -> Result<Opened> {
        match Spec::parse(spec)? {
            Spec::Name(name) => {
                self.known(&name)?;
                Ok(Opened {
                    library: self.library.clone(),
                    name: Some(name.clone()),
                    names: vec![name],
                    is_whole: false,
                })
            }
            Spec::Path { path, preset } => self.path(Path::new(&path), preset),
        }
    }

    fn known(&self, name: &str) -> Result<()> {
        Library::known("preset", name, &self.library.presets()).map_err(|error| {
            if Path::new(name).is_dir() {
                return error.help(format!("for the folder of this name write `./{name}`"));
            }
            error
        })
    }

    fn path(&self, path: &Path, preset: Option<String>) -> Result<Opened> {
        if path.is_dir() {
            let library = with_folder(self.base.clone(), path)?;
            return chosen(library, preset, &path.display().to_string());
        }
        if let Some(root) = around(path).filter(|_| path.is_file()) {
            let name = path.file_stem().and_then(|it| it.to_str()).map(str::to_owned);
            return chosen(with_folder(self.base.clone(), &root)?, name, &root.display().to_string());
        }
        let (library, name) = with_preset(self.base.clone(), path)?;
        Ok(Opened { library, name: Some(name.clone()), names: vec![name], is_whole: false })
    }
}

/// The preset of the topmost layer that is meant.
fn chosen(library: Library, preset: Option<String>, place: &str) -> Result<Opened> {
    let names: Vec<String> = library.own_presets().into_iter().map(str::to_owned).collect();
    if names.is_empty() {
        return Err(Error::usage(format!("`{place}` has no presets"))
            .help("presets are files such as `presets/NAME.yaml` in it"));
    }
    if let Some(name) = preset {
        if names.contains(&name) {
            return Ok(Opened { library, name: Some(name), names, is_whole: false });
        }
        let error = Error::usage(format!("`{place}` has no preset called `{name}`"));
        return Err(match nearest(&name, names.iter().map(String::as_str)) {
            Some(best) => error.help(format!("did you mean `{best}`?")),
            None => error.help(format!("it has {}", listed(&names))),
        });
    }
    let name = match names.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    };
    Ok(Opened { library, name, names, is_whole: true })
}
