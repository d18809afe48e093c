//! `scaffold preset new`: a small complete preset to begin with.

use std::{collections::BTreeMap, path::Path};

use super::distill;
use crate::{
    disk::{self, Stop},
    error::{Error, Result},
    preset::Library,
    relpath::RelPath,
    tree::{File, Tree},
};

const PRESET: &str = include_str!("starter/preset.yaml");
const EXTENDS: &str = include_str!("starter/extends.yaml");
const LAYOUT: &str = include_str!("starter/layout.yaml");
const COMPONENT: &str = include_str!("starter/component.yaml");
const CODE: &str = include_str!("starter/greeting.py.j2");
const TEST: &str = include_str!("starter/test_greeting.py.j2");

/// What a new preset begins with.
#[derive(Debug, Clone)]
pub enum Start<'a> {
    /// With built-in components and a layout of its own.
    Alone,
    /// With another preset, which it extends.
    Extends(&'a str),
    /// With a persona document: its name and its bytes.
    Persona(&'a str, &'a [u8]),
}

/// The files of a new preset called `name`, and the distilled preset with its report, if there is one.
///
/// # Errors
/// The name cannot be that of a preset, or is taken; there is no such base; the document is rejected.
pub fn files(
    name: &str,
    start: &Start<'_>,
    library: &Library,
) -> Result<(Tree, Option<crate::distill::Distilled>)> {
    check(name, library)?;
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut distilled = None;
    let title = title(name);
    let mut base = "";
    let preset = match start {
        Start::Alone => {
            files.insert(format!("templates/layouts/{name}.yaml"), LAYOUT.to_owned());
            PRESET.to_owned()
        }
        Start::Extends(other) => {
            Library::known("preset", other, &library.presets())?;
            base = other;
            EXTENDS.to_owned()
        }
        Start::Persona(file, bytes) => {
            let mut made = distill::preset(file, bytes, library)?.distilled;
            let own = format!("preset: {}\n", made.name);
            made.yaml = made.yaml.replacen(&own, &format!("preset: {name}\n"), 1);
            let yaml = made.yaml.clone();
            distilled = Some(made);
            let path = format!("presets/{name}.yaml");
            return Ok((tree(&BTreeMap::from([(path, yaml)]))?, distilled));
        }
    };
    files.insert(format!("presets/{name}.yaml"), preset);
    let component = format!("templates/components/{name}-greeting");
    files.insert(format!("{component}/component.yaml"), COMPONENT.to_owned());
    // Called after the preset: one that extends it may have a greeting of its own.
    let module = format!("{}_greeting", name.replace('-', "_"));
    files.insert(format!("{component}/files/@utils/{module}.py.j2"), CODE.to_owned());
    files.insert(format!("{component}/files/@unit_tests/{module}.py.j2"), TEST.to_owned());
    for text in files.values_mut() {
        *text = text
            .replace("MODULE", &module)
            .replace("NAME", name)
            .replace("TITLE", &title)
            .replace("BASE", base);
    }
    Ok((tree(&files)?, distilled))
}

/// Writes `files` to a folder, which may be there already: none of its files is replaced.
///
/// # Errors
/// One of the files is there with other contents, or the disk failed; nothing is left behind.
pub fn write(files: &Tree, folder: &Path, stop: &Stop) -> Result<()> {
    if folder.exists() {
        return disk::write_beside(folder, files);
    }
    disk::create(folder, files, &mut |_| Ok(()), stop)
}

fn check(name: &str, library: &Library) -> Result<()> {
    let is_word = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && name.len() <= 40;
    if !is_word {
        return Err(Error::usage(format!("`{name}` cannot be the name of a preset"))
            .help("use small letters, digits and `-`, at most 40, and begin with a letter"));
    }
    if library.presets().contains(&name) {
        return Err(Error::usage(format!("there is a preset called `{name}` already")).help(format!(
            "choose another name; to begin with that one: `scaffold preset new my-{name} --from {name}`"
        )));
    }
    Ok(())
}

/// A name as a title: `team-api` becomes `Team Api`.
fn title(name: &str) -> String {
    let capital = |word: &str| {
        let mut word = word.to_owned();
        if let Some(first) = word.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        word
    };
    name.split('-').map(capital).collect::<Vec<_>>().join(" ")
}

fn tree(files: &BTreeMap<String, String>) -> Result<Tree> {
    let file = |(path, text): (&String, &String)| {
        let path =
            RelPath::new(path.as_str()).map_err(|why| Error::usage(format!("the path `{path}` {why}")))?;
        Ok((path, File::text(text.clone())))
    };
    files.iter().map(file).collect()
}
