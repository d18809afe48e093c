//! Whether every definition has the example that the preset wants in its docstring.

use super::origin::{self, RENDERED};
use crate::{
    error::Mistake, plan::Plan, preset::Library, python::outline::outline, source::Source, tree::Tree,
};

/// The classes and functions of the package without an example, each at its line in the template.
pub(super) fn missing(library: &Library, plan: &Plan, tree: &Tree) -> Vec<Mistake> {
    let mut mistakes = vec![];
    if !plan.preset.value.style.docstring_examples {
        return mistakes;
    }
    let package = format!("{}/", plan.places.root());
    let modules =
        tree.iter().filter(|(path, _)| path.as_str().starts_with(&package) && path.has_extension("py"));
    for (path, file) in modules {
        let Some(text) = file.as_text() else { continue };
        let definitions = outline(text).map(|outline| outline.definitions).unwrap_or_default();
        for it in definitions.iter().filter(|it| !it.has_example()) {
            let shown = Source::new(format!("{path}{RENDERED}"), text);
            let place = origin::line(library, plan, tree, path.as_str(), it.line);
            let (source, span) = place.unwrap_or_else(|| (shown.clone(), shown.line(it.line)));
            let title = format!("`{}` has no example in its docstring", it.name);
            let help = if it.docstring.is_none() {
                "give it a docstring, and an example in the file `.py.examples.yaml` beside its template"
            } else {
                "give it one in the file `.py.examples.yaml` beside its template"
            };
            mistakes.push(Mistake::new("example-missing", title, &source, span).help(help));
        }
    }
    mistakes
}
