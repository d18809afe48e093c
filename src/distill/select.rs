//! The components of a preset, each with the line that asks for it.

use super::{
    Paper,
    choices::{self, Choices, first, wanted},
    data::Data,
};
use crate::{
    facts::{Facts, Field},
    preset::{Library, Selection, Test, When},
};

/// Everything that selecting needs.
pub(super) struct Selecting<'a> {
    pub(super) paper: &'a Paper<'a>,
    pub(super) facts: &'a Facts,
    pub(super) data: &'a Data,
    pub(super) library: &'a Library,
    pub(super) choices: &'a Choices,
    /// Whether the layout keeps the layers apart, and the line that says so.
    pub(super) layers: Option<usize>,
}

/// The name that stands for the component of the image.
const IMAGE: &str = "image";

/// Fields whose values select components for every kind of project.
const TOOLS: [Field; 7] = [
    Field::Logging,
    Field::PackageManager,
    Field::Linter,
    Field::Formatter,
    Field::TypeChecker,
    Field::TestFramework,
    Field::Ci,
];

impl Selecting<'_> {
    /// The selections.
    pub(super) fn all(&self) -> Vec<Selection> {
        let mut cited: Vec<Selection> = vec![];
        let mut silent: Vec<String> = vec![];
        let mut seen: Vec<String> = vec![];
        let mut names = self.data.base.clone();
        names.extend(self.tools());
        for name in names {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name.clone());
            match self.cite(&name) {
                Some(cite) => cited.push(selection(&[&name], When::default(), Some(cite))),
                None => silent.push(name),
            }
        }
        cited.extend(self.answered());
        if !silent.is_empty() {
            let names: Vec<&str> = silent.iter().map(String::as_str).collect();
            cited.push(selection(&names, When::default(), None));
        }
        cited
    }

    /// The tools, for every kind.
    fn tools(&self) -> Vec<String> {
        let mut names = vec![];
        for field in TOOLS {
            let found: Vec<String> = self
                .facts
                .of(field)
                .iter()
                .find_map(|fact| choices::components(self.data, self.library, field, &fact.value.to_string()))
                .map(<[String]>::to_vec)
                .or_else(|| {
                    let (value, _) = self.choices.spoken.get(&field)?;
                    choices::components(self.data, self.library, field, value).map(<[String]>::to_vec)
                })
                .unwrap_or_default();
            let fallback = || {
                let value = self.data.defaults.get(field.name())?;
                choices::components(self.data, self.library, field, value).map(<[String]>::to_vec)
            };
            let taken = if found.is_empty() { fallback().unwrap_or_default() } else { found };
            names.extend(taken);
        }
        for fact in wanted(self.facts, Field::Package) {
            let value = fact.value.to_string();
            names.extend(
                choices::components(self.data, self.library, Field::Package, &value)
                    .unwrap_or_default()
                    .to_vec(),
            );
        }
        let known = self.library.components();
        let in_tree = self
            .made()
            .filter_map(|(path, _)| self.data.files.get(path))
            .filter(|it| self.data.by_file.contains(it) && known.contains(&it.as_str()));
        names.extend(in_tree.cloned());
        if self.layers.is_some() {
            names.push("import-linter".to_owned());
        }
        names
    }

    /// What the kinds and the answers bring, under their conditions.
    fn answered(&self) -> Vec<Selection> {
        let mut out: Vec<Selection> = vec![];
        for entry in &self.data.selections {
            let Some(when) = self.narrowed(&entry.when) else { continue };
            let names: Vec<&str> = entry.names.iter().filter_map(|name| self.present(name)).collect();
            let Some(lead) = entry.names.first().filter(|_| !names.is_empty()) else { continue };
            let cite = if lead == IMAGE {
                self.image_cite()
            } else {
                self.cite(names[0]).or_else(|| self.kind_cite(&when))
            };
            out.push(selection(&names, when, cite));
        }
        out
    }

    /// A condition with only what is on offer; `None` when it can never hold.
    fn narrowed(&self, when: &When) -> Option<When> {
        let mut out = When::default();
        for (key, test) in &when.0 {
            let offered = self.choices.offered(key);
            let accepted: Vec<String> =
                offered.iter().filter(|it| test.accepts(it)).map(|it| (*it).to_owned()).collect();
            let test = match (test, accepted.as_slice()) {
                (_, []) => return None,
                (_, [only]) => Test::Is(only.clone()),
                (Test::AnyOf(_), _) => Test::AnyOf(accepted),
                (test, _) => test.clone(),
            };
            out.0.insert(key.clone(), test);
        }
        Some(out)
    }

    /// A component as it is called here, unless it needs an image and there is none.
    fn present<'b>(&'b self, name: &'b str) -> Option<&'b str> {
        match &self.choices.image {
            Some(image) if name == IMAGE => Some(image),
            None if name == IMAGE || self.data.with_image.iter().any(|it| it == name) => None,
            _ => Some(name),
        }
    }

    /// The line that asks for the one kind of a condition that nothing else is part of.
    fn kind_cite(&self, when: &When) -> Option<String> {
        let ("kind", Test::Is(kind)) =
            when.0.first().filter(|_| when.0.len() == 1).map(|(key, test)| (key.as_str(), test))?
        else {
            return None;
        };
        let line = self.choices.kinds.get(kind).copied().flatten()?;
        Some(self.paper.cite(line))
    }

    fn image_cite(&self) -> Option<String> {
        let fields = [Field::Runtime, Field::Builder, Field::MultiStage, Field::NonRoot];
        let fact = fields.iter().find_map(|field| self.facts.of(*field).first());
        fact.and_then(first).map(|line| self.paper.cite(line)).or_else(|| self.cite("image"))
    }

    /// The line that asks for a component: a fact that selects it, else a file of the tree that it makes.
    fn cite(&self, component: &str) -> Option<String> {
        let line = match component {
            "python-version" => self.choices.python.1,
            "import-linter" => self.layers,
            "health" => self.facts.of(Field::HealthEndpoint).first().and_then(first),
            _ => None,
        };
        let by_fact = || {
            self.data.components.iter().find_map(|(name, values)| {
                let field = Field::from_name(name)?;
                let mut selecting = values.iter().filter(|(_, list)| list.iter().any(|it| it == component));
                selecting.find_map(|(value, _)| {
                    let fact = self.facts.of(field).iter().find(|it| it.value.to_string() == *value)?;
                    first(fact)
                })
            })
        };
        let by_file = || {
            self.made()
                .find(|(path, _)| self.data.files.get(*path).is_some_and(|it| it == component))
                .map(|it| it.1)
        };
        let by_word = || {
            self.choices.spoken.iter().find_map(|(field, (value, line))| {
                let list = choices::components(self.data, self.library, *field, value)?;
                list.iter().any(|it| it == component).then_some(*line)
            })
        };
        line.or_else(by_fact)
            .or_else(by_word)
            .or_else(by_file)
            .filter(|line| *line > 0)
            .map(|line| self.paper.cite(line))
    }

    /// Files that the document draws or creates, with their lines.
    fn made(&self) -> impl Iterator<Item = (&str, usize)> {
        let drawn = self.facts.tree.iter().flat_map(|tree| &tree.entries);
        drawn.chain(&self.facts.created).filter(|it| !it.folder).map(|it| (it.path.as_str(), it.line))
    }
}

fn selection(names: &[&str], when: When, cite: Option<String>) -> Selection {
    Selection { names: names.iter().map(|it| (*it).to_owned()).collect(), when, cite }
}
