//! Docstrings as the preset wants them: examples from the files beside templates, and types.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use super::rendered;
use crate::{
    error::{Class, Error, Mistake, Result},
    plan::Plan,
    preset::{Example, Examples, Library, Named},
    python::{
        documented::{DocError, Wanted, document},
        tidy::Tidy,
    },
    relpath::RelPath,
    source::Source,
    template::{Delimiters, Engine},
    tree::Tree,
    yaml::Node,
};

/// The slots that each file prints.
pub(super) type Printed = BTreeMap<RelPath, BTreeSet<String>>;

/// Puts examples and types into docstrings.
pub(super) struct Documents<'a> {
    pub(super) plan: &'a Plan,
    pub(super) library: &'a Library,
    pub(super) engine: &'a Engine,
    pub(super) tidy: &'a Tidy,
    pub(super) printed: &'a Printed,
}

/// The examples of one file: what they show, and the file of the catalog that they come from.
#[derive(Default)]
struct Gathered {
    examples: BTreeMap<String, Example>,
    files: BTreeMap<String, (String, Arc<Named<Examples>>)>,
}

impl Documents<'_> {
    /// Documents the Python of `tree`; the examples that found their place, as template and name.
    pub(super) fn put(&self, tree: &mut Tree) -> Result<BTreeSet<(String, String)>> {
        let style = &self.plan.preset.value.style;
        let mut shown = BTreeSet::new();
        if !style.docstring_examples && !style.docstring_types {
            return Ok(shown);
        }
        let mut mistakes = vec![];
        for group in self.plan.files.chunk_by(|one, two| one.path == two.path) {
            let path = &group[0].path;
            let text = tree.get(path).and_then(|file| file.as_text()).filter(|_| path.has_extension("py"));
            let Some(text) = text else { continue };
            let gathered = match self.gather(path, group.iter().map(|planned| planned.source.clone())) {
                Ok(gathered) => gathered,
                Err(error) if error.places().is_empty() => return Err(error),
                Err(error) => {
                    mistakes.extend_from_slice(error.places());
                    continue;
                }
            };
            let module = self.plan.places.dotted(path).unwrap_or_default();
            let wanted = Wanted { examples: &gathered.examples, types: style.docstring_types };
            match document(path.as_str(), &module, text, wanted, self.tidy) {
                Ok(documented) => {
                    let origin =
                        |name: &String| gathered.files.get(name).map(|(template, _)| template.clone());
                    shown
                        .extend(documented.shown.into_iter().filter_map(|name| Some((origin(&name)?, name))));
                    if let Some(file) = tree.get_mut(path) {
                        file.contents = documented.text.into_bytes();
                    }
                }
                Err(DocError::Module(fault)) => {
                    let source = Source::new(path.as_str(), text);
                    mistakes.push(fault.mistake("python-syntax", &rendered(&source), text));
                }
                Err(DocError::Example { name, part, fault }) => {
                    let file = gathered.files.get(&name).map(|(_, file)| file);
                    mistakes.extend(
                        file.map(|file| misplaced(file, &name, part.key(), fault.line, fault.message)),
                    );
                }
            }
        }
        if mistakes.is_empty() { Ok(shown) } else { Err(Error::mistakes(Class::Rejected, mistakes)) }
    }

    /// The examples for the file at `path`, which is made from `templates`, and for what it prints from slots.
    fn gather(&self, path: &RelPath, templates: impl Iterator<Item = String>) -> Result<Gathered> {
        let mut gathered = Gathered::default();
        if !self.plan.preset.value.style.docstring_examples {
            return Ok(gathered);
        }
        let printed = self.printed.get(path);
        let prints = |name: &str| {
            let slot = name.rsplit_once('.').map_or(name, |(slot, _)| slot);
            printed.is_some_and(|slots| slots.contains(slot))
        };
        let contributions = self.plan.parts.iter().flat_map(|part| self.library.entries(&part.name, "slots"));
        let contributions = contributions.filter(|entry| prints(&entry.name)).map(|entry| entry.source);
        for template in templates.chain(contributions) {
            let Some(file) = self.library.examples(&template) else { continue };
            let file = file?;
            for (name, example) in &file.value.0 {
                gathered.examples.insert(name.clone(), self.filled(&file, name, example)?);
                gathered.files.insert(name.clone(), (template.clone(), file.clone()));
            }
        }
        Ok(gathered)
    }

    /// An example with its texts rendered.
    fn filled(&self, file: &Named<Examples>, name: &str, example: &Example) -> Result<Example> {
        let text = |part: &str, text: &str| -> Result<String> {
            if !text.contains("{{") && !text.contains("{%") && !text.contains("{#") {
                return Ok(text.to_owned());
            }
            let source = Source::new(file.source.name.clone(), text);
            let rendered = self.engine.render(&source, Delimiters::Braces).map_err(|mistake| {
                let place = misplaced(file, name, part, mistake.place().0, String::new());
                Mistake { source: place.source, span: place.span, replacement: None, ..mistake }
            })?;
            Ok(rendered.text)
        };
        Ok(Example {
            setup: text("setup", &example.setup)?,
            code: text("code", &example.code)?,
            expect: text("expect", &example.expect)?,
        })
    }
}

/// A mistake in the 1-based `line` of a part of the example called `name`.
fn misplaced(file: &Named<Examples>, name: &str, part: &str, line: usize, title: String) -> Mistake {
    let span = line_of(file, name, part, line);
    Mistake::new("example-syntax", title, &file.source, span)
}

/// Where the 1-based `line` of a part stands: a text in a block begins below its key.
fn line_of(file: &Named<Examples>, name: &str, part: &str, line: usize) -> Range<usize> {
    let entry = file.node(&[name]);
    let Some(key) = entry.key(part) else { return file.source.word(entry.span.start) };
    // What ends too early is noticed behind its last line.
    let line = line.min(entry.get(part).and_then(Node::text).map_or(1, |text| text.lines().count().max(1)));
    let behind = file.source.text[key.span.end..].lines().next().unwrap_or_default();
    let is_block = behind.trim_start_matches(':').trim_start().starts_with(['|', '>']);
    let line = file.source.line_column(key.span.start).0 + if is_block { line } else { 0 };
    let range = file.source.line(line);
    let text = &file.source.text[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}
