//! The Python packages of a project, with versions from the one file that holds them.

use super::Part;
use crate::{
    answers::Answers,
    error::{Class, Error, Mistake, Result},
    preset::{Named, Preset, Requires, Versions},
    python::requirement::{self, Requirement},
};

/// What a project needs, each list sorted as package managers write it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requirements {
    /// To run.
    pub runtime: Vec<String>,
    /// To develop, without what is needed to run anyway.
    pub dev: Vec<String>,
}

/// The requirements of all `parts`.
pub(super) fn all(
    parts: &[Part],
    preset: &Named<Preset>,
    answers: &Answers,
    versions: &Versions,
) -> Result<Requirements> {
    let mut mistakes = vec![];
    let own = &preset.value.dependencies;
    let mut gather = |pick: fn(&Part) -> &[Requires], own: &[Requires]| {
        let mut found = vec![];
        for it in own.iter().filter(|it| applies(it, parts, answers)) {
            // A preset may name what the versions do not know: the lock file then decides.
            match versioned(it.name(), versions).or_else(|_| Requirement::parse(it.name())) {
                Ok(requirement) => found.push(requirement),
                Err(title) => mistakes.push(preset.mistake("package-name", title, &["dependencies"])),
            }
        }
        for part in parts {
            for it in pick(part).iter().filter(|it| applies(it, parts, answers)) {
                match versioned(it.name(), versions) {
                    Ok(requirement) => found.push(requirement),
                    Err(title) => mistakes.push(unknown(part, it.name(), title)),
                }
            }
        }
        requirement::unite(found)
            .map_err(|reason| Error::new(Class::Rejected, format!("the package {reason}")))
    };
    let runtime = gather(|part| &part.manifest.value.dependencies.runtime, &own.runtime)?;
    let mut dev = gather(|part| &part.manifest.value.dependencies.dev, &own.dev)?;
    if !mistakes.is_empty() {
        return Err(Error::mistakes(Class::Rejected, mistakes));
    }
    dev.retain(|it| runtime.iter().all(|other| other.key() != it.key()));
    let written = |list: Vec<Requirement>| {
        let mut list: Vec<String> = list.iter().map(ToString::to_string).collect();
        // As text, not by name: a list in this order uv keeps sorted when it adds to it, and readers need no rule.
        list.sort();
        list
    };
    Ok(Requirements { runtime: written(runtime), dev: written(dev) })
}

fn applies(it: &Requires, parts: &[Part], answers: &Answers) -> bool {
    let present = |name: &str| parts.iter().any(|part| part.name == name);
    it.when().is_none_or(|when| when.holds(&|name| answers.get(name), &present))
}

fn unknown(part: &Part, name: &str, title: String) -> Mistake {
    let source = &part.manifest.source;
    let at = source.text.find(name).unwrap_or(0);
    Mistake::new("package-version", title, source, at..at + name.len())
}

/// The package with its version.
fn versioned(text: &str, versions: &Versions) -> Result<Requirement, String> {
    let requirement = Requirement::parse(text)?;
    let found =
        versions.packages.iter().find(|(known, _)| requirement::normalise(known) == requirement.key());
    let missing = || format!("`templates/versions.yaml` has no version for `{}`", requirement.name());
    let (_, version) = found.ok_or_else(missing)?;
    Ok(requirement.at_least(version))
}
