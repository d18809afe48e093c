//! Examples: the files that hold them stand beside templates, and show what is there.

use super::{catalog::Catalog, trees::Rendered};
use crate::{error::Mistake, source::Source};

/// All files of examples: their form, and the template beside each.
pub(super) fn check(catalog: &Catalog<'_>) -> Vec<Mistake> {
    let mut mistakes = vec![];
    let sidecars = catalog.library.components().into_iter().flat_map(|name| catalog.library.sidecars(name));
    for (path, template) in sidecars {
        match template.and_then(|template| catalog.library.examples(&template)) {
            Some(file) => mistakes.extend(file.err().into_iter().flat_map(|error| error.places().to_vec())),
            None => {
                let text = catalog.library.source(&path).map_or_else(|_| "".into(), |it| it.text);
                let source = Source::new(catalog.library.shown(&path), text);
                let title = "no template stands beside these examples";
                let help = "call the file as the template, with `.examples.yaml` in place of `.j2`";
                mistakes.push(Mistake::new("example-place", title, &source, 0..0).help(help));
            }
        }
    }
    mistakes
}

/// Examples of what no project has.
pub(super) fn unknown(catalog: &Catalog<'_>, rendered: &Rendered) -> Vec<Mistake> {
    let mut mistakes = vec![];
    for template in &rendered.documented {
        let Some(Ok(file)) = catalog.library.examples(template) else { continue };
        let text = catalog.library.source(template).map_or_else(|_| "".into(), |it| it.text);
        let shown = |name: &String| rendered.examples.contains(&(template.clone(), name.clone()));
        // Pairs of answers do not tell what three of them bring in.
        let may_exist = |name: &String| {
            let last = name.rsplit('.').next().unwrap_or(name);
            !rendered.pairwise.is_empty()
                && ["def", "class"].iter().any(|word| text.contains(&format!("{word} {last}")))
        };
        for name in file.value.0.keys().filter(|name| !shown(name) && !may_exist(name)) {
            let known = rendered.examples.iter().filter(|it| it.0 == *template).map(|it| it.1.as_str());
            let title = format!("nothing here is called `{name}`");
            let mistake = file.mistake_at_key("example-unknown", title, &[name]).suggest(name, known);
            mistakes.push(Mistake { replacement: None, ..mistake });
        }
    }
    mistakes
}
