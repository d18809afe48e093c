//! Presets that extend others: where the base is, and how the two are put together.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Named, Preset,
    layer::Layer,
    overlay::{self, Overlay},
};
use crate::{
    error::{Class, Error, Mistake, Result},
    source::Source,
    yaml::{self, Node},
};

/// How many presets may stand below one.
pub const MAX_BASES: usize = 8;

/// A file of a layer.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    layer: usize,
    path: String,
}

/// Reads the preset called `name` from the topmost of `layers` that has it, with its bases.
pub(super) fn read(layers: &[Arc<Layer>], name: &str) -> Result<Named<Preset>> {
    let path = Layer::preset_path(name);
    let layer = layers.iter().rposition(|it| it.files.contains_key(&path));
    let place = Place { layer: layer.unwrap_or(0), path };
    Reader { layers }.read(&place, &mut vec![])
}

struct Reader<'a> {
    layers: &'a [Arc<Layer>],
}

impl Reader<'_> {
    /// Reads the preset at `place`, which those in `above` extend, the nearest last.
    fn read(&self, place: &Place, above: &mut Vec<Place>) -> Result<Named<Preset>> {
        let source = self.source(place)?;
        let root = yaml::parse(&source)?;
        let Some(extends) = root.get("extends") else {
            let unfounded = unfounded(&source, &root);
            let preset: Named<Preset> = yaml::whole(root, &[source])?;
            return match unfounded {
                Some(mistake) => Err(mistake.into()),
                None => Ok(preset),
            };
        };
        yaml::check_part::<Preset>(&root, &source)?;
        let at = |rule: &'static str, title: String| Mistake::new(rule, title, &source, extends.span.clone());
        let base = self.base(place, extends, &source)?;
        above.push(place.clone());
        if let Some(first) = above.iter().position(|it| *it == base) {
            let names: Vec<String> = above[first..].iter().chain([&base]).map(|it| self.shown(it)).collect();
            let title = "a preset cannot extend itself";
            return Err(at("extends-circle", title.to_owned()).help(names.join(" extends ")).into());
        }
        if above.len() > MAX_BASES {
            let title = format!("more than {MAX_BASES} presets extend each other");
            return Err(at("extends-depth", title).help("put some of them together").into());
        }
        let base = self.read(&base, above)?;
        above.pop();
        let overlay = Overlay::read(&source, &root);
        let (root, mistakes) = overlay.over(&base);
        if !mistakes.is_empty() {
            return Err(Error::mistakes(Class::Rejected, mistakes));
        }
        let sources: Vec<Source> = [vec![source], base.sources()].concat();
        yaml::whole(root, &sources)
    }

    /// The preset that the one at `place` extends.
    fn base(&self, place: &Place, extends: &Node, source: &Source) -> Result<Place> {
        let wanted = extends.text().unwrap_or_default();
        let unknown = |title: String| Mistake::new("extends-unknown", title, source, extends.span.clone());
        if wanted.contains(['/', '\\']) || wanted.ends_with(".yaml") || wanted.ends_with(".yml") {
            let outside = || {
                unknown(format!("`{wanted}` leads out of the folder that the preset comes from"))
                    .help("a preset may extend what is in its own folder or repository, and what is built in")
            };
            let path = within(&place.path, wanted).ok_or_else(outside)?;
            if !self.layers[place.layer].files.contains_key(&path) {
                return Err(unknown(format!("there is no file `{wanted}` beside this preset")).into());
            }
            return Ok(Place { layer: place.layer, path });
        }
        let path = Layer::preset_path(wanted);
        let has = |layer: usize| self.layers[layer].files.contains_key(&path);
        // A preset that is called like its base means the one below.
        let beside = Some(place.layer).filter(|layer| has(*layer) && place.path != path);
        let found = beside.or_else(|| (0..place.layer).rev().find(|layer| has(*layer)));
        if let Some(layer) = found {
            return Ok(Place { layer, path });
        }
        if place.path == path {
            return Err(Mistake::new(
                "extends-circle",
                "a preset cannot extend itself",
                source,
                extends.span.clone(),
            )
            .into());
        }
        let mistake = unknown(format!("no preset is called `{wanted}`"));
        let known: BTreeSet<&str> = self.layers[..=place.layer]
            .iter()
            .flat_map(|layer| layer.files.keys())
            .filter_map(|path| path.strip_prefix("presets/")?.strip_suffix(".yaml"))
            .collect();
        Err(mistake.suggest(wanted, known).into())
    }

    fn source(&self, place: &Place) -> Result<Source> {
        let layer = &self.layers[place.layer];
        layer.source(&place.path).ok_or_else(|| {
            let shown = layer.shown(&place.path);
            Error::new(Class::Rejected, format!("`{shown}` is not UTF-8"))
        })
    }

    fn shown(&self, place: &Place) -> String {
        format!("`{}`", self.layers[place.layer].shown(&place.path))
    }
}

/// `remove` and `clear` of a preset that has nothing to take them from.
fn unfounded(source: &Source, root: &Node) -> Option<Mistake> {
    let key = overlay::CHANGES.iter().find_map(|key| root.key(key))?;
    let title = format!("`{}` is for presets that extend another", key.name);
    Some(
        Mistake::new("extends-missing", title, source, key.span.clone())
            .help("name the other: `extends: NAME`"),
    )
}

/// The path that `wanted` leads to from the file `from`, `None` if that is outside.
fn within(from: &str, wanted: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in wanted.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            "" => return None,
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::within;

    #[test]
    fn paths_stay_inside() {
        assert_eq!(within("presets/a.yaml", "b.yaml").as_deref(), Some("presets/b.yaml"));
        assert_eq!(within("presets/a.yaml", "./x/../b.yaml").as_deref(), Some("presets/b.yaml"));
        assert_eq!(within("presets/a.yaml", "../other/b.yaml").as_deref(), Some("other/b.yaml"));
        for outside in ["../../b.yaml", "/etc/b.yaml", "x//b.yaml"] {
            assert_eq!(within("presets/a.yaml", outside), None, "{outside}");
        }
    }
}
