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

/// Fields whose values select components for every kind of project.
const TOOLS: [Field; 6] = [
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
        if self.choices.service {
            cited.extend(self.service());
        }
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
        let in_tree = self.made().filter_map(|(path, _)| self.data.files.get(path)).filter(|it| {
            ["editorconfig", "dependabot", "renovate"].contains(&it.as_str())
                && self.library.components().contains(&it.as_str())
        });
        names.extend(in_tree.cloned());
        if self.layers.is_some() {
            names.push("architecture".to_owned());
        }
        names
    }

    /// What an HTTP API brings, under its conditions.
    fn service(&self) -> Vec<Selection> {
        let api = ("kind", Test::Is("api".to_owned()));
        let mut out = vec![];
        for name in &self.data.service {
            out.push(selection(&[name], when(std::slice::from_ref(&api)), self.cite(name)));
        }
        let database = self.offers("database");
        let no_database = ("database", Test::Is("none".to_owned()));
        out.push(selection(&["users-memory"], when(&[api.clone(), no_database]), None));
        for value in &database {
            let test = [("database", Test::Is(value.clone()))];
            let cite =
                self.line_of(Field::Database, value).or_else(|| self.line_of(Field::Orm, "sqlalchemy"));
            out.push(selection(&["sqlalchemy", "alembic", "users-sql"], when(&test), cite.clone()));
            match value.as_str() {
                "postgresql" => out.push(selection(&["postgresql-server"], when(&test), cite)),
                _ if self.choices.image.is_some() => {
                    out.push(selection(&["sqlite-volume"], when(&test), cite));
                }
                _ => {}
            }
        }
        for value in self.offers("cache") {
            let test = [("cache", Test::Is(value.clone()))];
            let cite = self.line_of(Field::Cache, &value);
            out.push(selection(&["redis", "users-cached", "redis-server"], when(&test), cite));
        }
        if let Some(image) = &self.choices.image {
            out.push(selection(&[image, "dockerignore"], when(&[api]), self.image_cite()));
            for name in [("database", &database), ("cache", &self.offers("cache"))] {
                let servers: Vec<String> = name.1.clone();
                if !servers.is_empty() {
                    let test = [(name.0, Test::AnyOf(servers))];
                    out.push(selection(&["compose"], when(&test), self.cite("compose")));
                }
            }
        }
        out
    }

    /// The values of a question, without `none`.
    fn offers(&self, question: &str) -> Vec<String> {
        let choices = self.choices.questions.get(question).map(|it| it.choices.keys());
        choices.into_iter().flatten().filter(|it| *it != "none").cloned().collect()
    }

    fn image_cite(&self) -> Option<String> {
        let fields = [Field::Runtime, Field::Builder, Field::MultiStage, Field::NonRoot];
        let fact = fields.iter().find_map(|field| self.facts.of(*field).first());
        fact.and_then(first).map(|line| self.paper.cite(line)).or_else(|| self.cite("image"))
    }

    fn line_of(&self, field: Field, value: &str) -> Option<String> {
        let fact = self.facts.of(field).iter().find(|it| it.value.to_string() == value)?;
        first(fact).map(|line| self.paper.cite(line))
    }

    /// The line that asks for a component: a fact that selects it, else a file of the tree that it makes.
    fn cite(&self, component: &str) -> Option<String> {
        let line = match component {
            "python-version" => self.choices.python.1,
            "architecture" => self.layers,
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
        line.or_else(by_fact).or_else(by_file).filter(|line| *line > 0).map(|line| self.paper.cite(line))
    }

    /// Files that the document draws or creates, with their lines.
    fn made(&self) -> impl Iterator<Item = (&str, usize)> {
        let drawn = self.facts.tree.iter().flat_map(|tree| &tree.entries);
        drawn.chain(&self.facts.created).filter(|it| !it.folder).map(|it| (it.path.as_str(), it.line))
    }
}

fn when(tests: &[(&str, Test)]) -> When {
    When(tests.iter().map(|(key, test)| ((*key).to_owned(), test.clone())).collect())
}

fn selection(names: &[&str], when: When, cite: Option<String>) -> Selection {
    Selection { names: names.iter().map(|it| (*it).to_owned()).collect(), when, cite }
}
