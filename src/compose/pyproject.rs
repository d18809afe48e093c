//! Puts `pyproject.toml` together from fragments, dependencies and the preset's own tables.

use toml_edit::{Array, DocumentMut, Item, Table, Value};

use super::merge::{self, Clash, Precedence};
use crate::{
    error::{Class, Error, Mistake, Result},
    source::Source,
};

/// The conventional order of the tables at the top, and of those under `tool`.
const ORDER: &[&str] = &["project", "build-system", "dependency-groups", "tool"];
const TOOLS: &[&str] =
    &["uv", "poetry", "ruff", "black", "isort", "mypy", "importlinter", "pytest", "coverage"];

/// What a `pyproject.toml` is made of.
#[derive(Debug, Default)]
pub struct Ingredients {
    /// Fragments of components, in their order.
    pub fragments: Vec<Source>,
    /// Requirements to run, sorted.
    pub runtime: Vec<String>,
    /// Requirements to develop, sorted.
    pub dev: Vec<String>,
    /// The preset's own tables, which outrank the fragments.
    pub preset: Option<Source>,
    /// Dotted names of tables to which no fragment may contribute.
    pub exact: Vec<String>,
}

/// Composes the file.
///
/// # Errors
/// A part that is no TOML, two fragments that state one value differently, a contribution to an exact table.
pub fn compose(ingredients: &Ingredients) -> Result<String> {
    let mut document = DocumentMut::new();
    for fragment in &ingredients.fragments {
        let parsed = parse(fragment)?;
        refuse_exact(fragment, &parsed, &ingredients.exact)?;
        let mut clashes = vec![];
        merge::tables(document.as_table_mut(), parsed.as_table(), "", Precedence::Equal, &mut clashes);
        if let Some(clash) = clashes.first() {
            return Err(clash_between(fragment, clash, &ingredients.fragments));
        }
    }
    dependencies(&mut document, ingredients)?;
    if let Some(preset) = &ingredients.preset {
        let parsed = parse(preset)?;
        merge::tables(document.as_table_mut(), parsed.as_table(), "", Precedence::New, &mut vec![]);
    }
    arrange(&mut document);
    Ok(format!("{}\n", document.to_string().trim()))
}

/// Reads a fragment.
///
/// # Errors
/// The place at which it is no TOML.
pub fn parse(source: &Source) -> Result<DocumentMut> {
    source.text.parse::<DocumentMut>().map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        Mistake::new("toml-syntax", format!("not valid TOML: {}", error.message().trim()), source, span)
            .into()
    })
}

fn refuse_exact(fragment: &Source, parsed: &DocumentMut, exact: &[String]) -> Result<()> {
    for table in exact {
        let mut item = Some(parsed.as_item());
        for step in table.split('.') {
            item = item.and_then(|it| it.get(step));
        }
        if item.is_some() {
            let title = format!("the preset states `{table}` exactly: a component may not add to it");
            let at = fragment.text.find(&format!("[{table}")).unwrap_or(0);
            return Err(Mistake::new("exact-table", title, fragment, fragment.word(at)).into());
        }
    }
    Ok(())
}

fn clash_between(fragment: &Source, clash: &Clash, all: &[Source]) -> Error {
    let key = clash.path.rsplit('.').next().unwrap_or(&clash.path);
    let other = all.iter().find(|it| it.name != fragment.name && it.text.contains(key));
    let other = other.map_or("another component", |it| &*it.name);
    let title = format!("`{}` is {} here and {} in `{other}`", clash.path, clash.new, clash.old);
    let at = fragment.text.find(key).unwrap_or(0);
    Error::from(Mistake::new("toml-clash", title, fragment, fragment.word(at)))
        .help("state it in the preset, which outranks both")
}

fn dependencies(document: &mut DocumentMut, ingredients: &Ingredients) -> Result<()> {
    let project = table(document.as_table_mut(), "project")?;
    project.insert("dependencies", Item::Value(Value::Array(list(&ingredients.runtime))));
    if !ingredients.dev.is_empty() {
        let groups = table(document.as_table_mut(), "dependency-groups")?;
        groups.insert("dev", Item::Value(Value::Array(list(&ingredients.dev))));
    }
    Ok(())
}

fn table<'a>(parent: &'a mut Table, name: &str) -> Result<&'a mut Table> {
    let item = parent.entry(name).or_insert_with(|| Item::Table(Table::new()));
    item.as_table_mut()
        .ok_or_else(|| Error::new(Class::Rejected, format!("`{name}` in pyproject.toml has to be a table")))
}

fn list(requirements: &[String]) -> Array {
    let mut array: Array = requirements.iter().collect();
    for value in array.iter_mut() {
        value.decor_mut().set_prefix("\n    ");
    }
    if !requirements.is_empty() {
        array.set_trailing("\n");
        array.set_trailing_comma(true);
    }
    array
}

/// Gives every table its place: the conventional order first, sub-tables behind their parents.
fn arrange(document: &mut DocumentMut) {
    let rank = |order: &[&str], name: &str| order.iter().position(|it| *it == name).unwrap_or(order.len());
    document.as_table_mut().sort_values_by(|a, _, b, _| rank(ORDER, a.get()).cmp(&rank(ORDER, b.get())));
    if let Some(tool) = document.get_mut("tool").and_then(Item::as_table_mut) {
        tool.set_implicit(true);
        tool.sort_values_by(|a, _, b, _| {
            (rank(TOOLS, a.get()), a.get()).cmp(&(rank(TOOLS, b.get()), b.get()))
        });
    }
    let mut position = 0;
    for (_, item) in document.as_table_mut().iter_mut() {
        place(item, &mut position);
    }
}

fn place(item: &mut Item, position: &mut isize) {
    if let Some(table) = item.as_table_mut() {
        if table.iter().all(|(_, child)| child.is_table()) && !table.is_empty() {
            table.set_implicit(true);
        }
        put(table, position);
        for (_, child) in table.iter_mut() {
            place(child, position);
        }
    } else if let Some(tables) = item.as_array_of_tables_mut() {
        for table in tables.iter_mut() {
            put(table, position);
        }
    }
}

/// The next position for a table, with one blank line and its own comments before it.
fn put(table: &mut Table, position: &mut isize) {
    table.set_position(Some(*position));
    *position += 1;
    let comments = table.decor().prefix().and_then(|it| it.as_str()).unwrap_or_default().trim().to_owned();
    let prefix = if comments.is_empty() { "\n".to_owned() } else { format!("\n{comments}\n") };
    table.decor_mut().set_prefix(prefix);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(texts: &[(&str, &str)]) -> Vec<Source> {
        texts.iter().map(|(name, text)| Source::new(*name, *text)).collect()
    }

    #[test]
    fn tables_join_in_the_conventional_order() {
        let ingredients = Ingredients {
            fragments: sources(&[
                ("a", "[tool.mypy]\nstrict = true\nplugins = [\"x\"]\n[project]\nname = \"shop\"\n"),
                ("b", "[tool.mypy]\nplugins = [\"x\", \"y\"]\n[build-system]\nrequires = []\n"),
            ]),
            runtime: vec!["fastapi>=1".into()],
            dev: vec![],
            preset: Some(Source::new(
                "p",
                "[tool.ruff]\nfix = true\n[tool.ruff.lint]\nselect = [\n    \"F\", # why\n]\n",
            )),
            exact: vec!["tool.ruff".into()],
        };
        let expected = "[project]\nname = \"shop\"\ndependencies = [\n    \"fastapi>=1\",\n]\n\n[build-system]\n\
                        requires = []\n\n[tool.ruff]\nfix = true\n\n[tool.ruff.lint]\nselect = [\n    \"F\", # why\n]\n\n\
                        [tool.mypy]\nstrict = true\nplugins = [\"x\", \"y\"]\n";
        assert_eq!(compose(&ingredients).unwrap(), expected);
    }

    #[test]
    fn clashes_and_contributions_to_exact_tables_are_refused() {
        let clash = Ingredients {
            fragments: sources(&[("a", "[tool.x]\nn = 1\n"), ("b", "[tool.x]\nn = 2\n")]),
            ..Ingredients::default()
        };
        assert_eq!(compose(&clash).unwrap_err().places()[0].rule, "toml-clash");
        let exact = Ingredients {
            fragments: sources(&[("a", "[tool.ruff.lint]\nselect = []\n")]),
            exact: vec!["tool.ruff".into()],
            ..Ingredients::default()
        };
        assert_eq!(compose(&exact).unwrap_err().places()[0].rule, "exact-table");
        let broken = Ingredients { fragments: sources(&[("a", "[x\n")]), ..Ingredients::default() };
        assert_eq!(compose(&broken).unwrap_err().places()[0].rule, "toml-syntax");
    }
}
