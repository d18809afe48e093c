//! What a user means by a preset: a name, a file, a folder, a repository.

use std::path::{Path, PathBuf};

use super::{
    around, embedded, folder,
    folder::{PARTS, layer, over},
    trust::Trust,
    with_folder, with_preset, with_user,
};
use crate::{
    disk::{
        Limits, Stop,
        fetch::{Remote, Store},
    },
    error::{Error, Result, listed, nearest},
    preset::{Kind, Library, Origin, Repository, Spec, is_reference},
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
    /// The folder that is used instead of the built-in presets and the user's own.
    catalog: Option<Library>,
    places: Places,
    offline: bool,
    trust: Trust,
}

/// Presets that were asked for.
pub struct Opened {
    /// The library that has them.
    pub library: Library,
    /// The preset that is meant, if only one can be.
    pub name: Option<String>,
    /// The presets to choose from.
    pub names: Vec<String>,
    /// What the user should know about them.
    pub note: Option<String>,
    /// Whether all of them are meant: a folder or repository without the name of one.
    pub is_whole: bool,
}

impl Opened {
    /// The names of all presets that are meant.
    pub fn meant(&self) -> Vec<String> {
        match &self.name {
            Some(name) if !self.is_whole => vec![name.clone()],
            _ => self.names.clone(),
        }
    }

    fn all(library: Library) -> Self {
        let names = library.presets().into_iter().map(str::to_owned).collect();
        Self { library, name: None, names, note: None, is_whole: true }
    }

    fn one(library: Library, name: String) -> Self {
        Self { library, name: Some(name.clone()), names: vec![name], note: None, is_whole: false }
    }
}

impl Shelf {
    /// The built-in presets and the user's own, or those of the folder `catalog` alone.
    ///
    /// # Errors
    /// A folder cannot be read. With `offline`, nothing is ever fetched.
    pub fn new(catalog: Option<&Path>, places: Places, offline: bool) -> Result<Self> {
        let trust = places.config.as_deref().map(Trust::read).transpose()?.unwrap_or_default();
        let catalog = catalog.map(folder).transpose()?;
        Ok(Self { catalog, places, offline, trust })
    }

    /// The presets that are known by name.
    ///
    /// # Errors
    /// The user's own cannot be read.
    pub fn library(&self) -> Result<Library> {
        match &self.places.config {
            Some(config) if self.catalog.is_none() => with_user(self.base(), config),
            _ => Ok(self.base()),
        }
    }

    /// All of [`library`](Self::library).
    ///
    /// # Errors
    /// As there.
    pub fn all(&self) -> Result<Opened> {
        Ok(Opened::all(self.library()?))
    }

    /// The library without what the user has put in the configuration folder: what presets from elsewhere join.
    pub fn base(&self) -> Library {
        self.catalog.clone().unwrap_or_else(embedded)
    }

    /// Whether the user agrees to the commands of all presets from a place: it came with the program, was put into the
    /// configuration folder, or is trusted there.
    pub fn trusts(&self, origin: &Origin) -> bool {
        origin.kind.is_own() || self.trust.covers(origin)
    }

    /// The presets that `spec` means.
    ///
    /// # Errors
    /// There are none, or they cannot be read.
    pub fn open(&self, spec: &str, stop: &Stop) -> Result<Opened> {
        match Spec::parse(spec)? {
            Spec::Name(name) => {
                let library = self.library()?;
                known(&library, &name)?;
                Ok(Opened::one(library, name))
            }
            Spec::Path { path, preset } => self.path(Path::new(&path), preset, stop),
            Spec::Git(repository) => self.git(&repository, stop),
        }
    }

    /// Presets of a repository at one commit.
    fn git(&self, it: &Repository, stop: &Stop) -> Result<Opened> {
        let scratch;
        let cache = match &self.places.cache {
            Some(cache) => cache.as_path(),
            None => {
                scratch = tempfile::tempdir().map_err(|error| {
                    Error::system("create a folder in", std::env::temp_dir().display(), &error)
                })?;
                scratch.path()
            }
        };
        let store = Store::open(cache, &it.url, stop)?;
        let remote = Remote { url: &it.url, reference: it.reference.as_deref() };
        let fetched = store.fetch(remote, self.offline)?;
        let files = store.files(&fetched.commit, &PARTS, Limits::CATALOG)?;
        let files = files.into_iter().map(|(path, text)| (path.to_string(), text.into())).collect();
        let origin = Origin {
            reference: it.reference.clone(),
            commit: Some(fetched.commit),
            ..Origin::new(Kind::Git, format!("git+{}", it.url))
        };
        let library = over(|| self.base(), layer(files, origin, &format!("git+{}", it.url)));
        let mut opened = chosen(library, it.preset.clone(), &format!("git+{}", it.url))?;
        let name = it.reference.as_deref().unwrap_or("the default branch");
        opened.note =
            fetched.stale.map(|why| format!("{name} of `{}` is as it was last fetched: {why}", it.url));
        Ok(opened)
    }

    /// A repository on the disk: what stands before the last `@` of a path that is not there itself.
    fn local(path: &Path, preset: Option<&String>) -> Option<Repository> {
        let text = path.to_str().filter(|_| !path.exists())?;
        let (folder, reference) = text.rsplit_once('@').filter(|(_, reference)| is_reference(reference))?;
        let folder = std::path::absolute(folder).ok().filter(|it| it.is_dir())?;
        let url = format!("file://{}", folder.to_str()?);
        Some(Repository { url, reference: Some(reference.to_owned()), preset: preset.cloned() })
    }

    fn path(&self, path: &Path, preset: Option<String>, stop: &Stop) -> Result<Opened> {
        if let Some(repository) = Self::local(path, preset.as_ref()) {
            return self.git(&repository, stop);
        }
        if path.is_dir() {
            let library = with_folder(|| self.base(), path)?;
            return chosen(library, preset, &path.display().to_string());
        }
        if let Some(root) = around(path).filter(|_| path.is_file()) {
            let name = path.file_stem().and_then(|it| it.to_str()).map(str::to_owned);
            return chosen(with_folder(|| self.base(), &root)?, name, &root.display().to_string());
        }
        let (library, name) = with_preset(self.base(), path)?;
        Ok(Opened::one(library, name))
    }
}

fn known(library: &Library, name: &str) -> Result<()> {
    Library::known("preset", name, &library.presets()).map_err(|error| {
        if Path::new(name).is_dir() {
            return error.help(format!("for the folder of this name write `./{name}`"));
        }
        error
    })
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
            return Ok(Opened { library, name: Some(name), names, note: None, is_whole: false });
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
    Ok(Opened { library, name, names, note: None, is_whole: true })
}
