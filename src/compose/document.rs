//! A TOML file as values with places, for looking only.

use serde_json::{Map, Value};
use toml_edit::{Document as Parsed, Item, Key, Value as Toml};

use crate::{error::Mistake, source::Source};

/// A TOML file.
#[derive(Debug, Clone)]
pub struct Document {
    parsed: Parsed<String>,
}

impl Document {
    /// Reads a file.
    ///
    /// # Errors
    /// The place at which it is no TOML.
    pub fn parse(source: &Source) -> Result<Self, Mistake> {
        let parsed = Parsed::parse(source.text.to_string()).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            Mistake::new("toml-syntax", format!("not valid TOML: {}", error.message().trim()), source, span)
        })?;
        Ok(Self { parsed })
    }

    /// The value at a dotted key, such as `tool.ruff."line-length"`.
    pub fn get(&self, dotted: &str) -> Option<Value> {
        self.item(dotted).and_then(value)
    }

    /// Where the value at a dotted key begins, or the nearest table above it.
    pub fn offset(&self, dotted: &str) -> Option<usize> {
        let keys = Key::parse(dotted).ok()?;
        let mut item = self.parsed.as_item();
        let mut found = None;
        for key in keys {
            let Some((name, child)) = item.as_table_like().and_then(|it| it.get_key_value(key.get())) else {
                break;
            };
            found = name.span().or_else(|| child.span()).map(|span| span.start).or(found);
            item = child;
        }
        found
    }

    fn item(&self, dotted: &str) -> Option<&Item> {
        let keys = Key::parse(dotted).ok()?;
        keys.iter().try_fold(self.parsed.as_item(), |item, key| item.as_table_like()?.get(key.get()))
    }
}

/// Whether `dotted` can be a key.
pub fn is_key(dotted: &str) -> bool {
    Key::parse(dotted).is_ok()
}

fn value(item: &Item) -> Option<Value> {
    match item {
        Item::None => None,
        Item::Value(it) => Some(plain(it)),
        Item::Table(table) => Some(map(table.iter())),
        Item::ArrayOfTables(tables) => Some(tables.iter().map(|table| map(table.iter())).collect()),
    }
}

fn map<'a>(pairs: impl Iterator<Item = (&'a str, &'a Item)>) -> Value {
    let pairs = pairs.filter_map(|(name, item)| Some((name.to_owned(), value(item)?)));
    Value::Object(pairs.collect::<Map<_, _>>())
}

fn plain(it: &Toml) -> Value {
    match it {
        Toml::String(text) => Value::from(text.value().as_str()),
        Toml::Integer(number) => Value::from(*number.value()),
        Toml::Float(number) => Value::from(*number.value()),
        Toml::Boolean(truth) => Value::from(*truth.value()),
        Toml::Datetime(moment) => Value::from(moment.value().to_string()),
        Toml::Array(items) => items.iter().map(plain).collect(),
        Toml::InlineTable(table) => {
            Value::Object(table.iter().map(|(name, it)| (name.to_owned(), plain(it))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_places() {
        let text = "[tool.ruff]\nfix = true\n[tool.ruff.lint.per-file-ignores]\n\"a/*\" = [\"S1\"]\n";
        let document = Document::parse(&Source::new("p", text)).unwrap();
        assert_eq!(document.get("tool.ruff.fix"), Some(Value::Bool(true)));
        let quoted = "tool.ruff.lint.per-file-ignores.\"a/*\"";
        assert_eq!(document.get(quoted), Some(serde_json::json!(["S1"])));
        assert_eq!(document.offset(quoted), text.find("\"a/*\""));
        assert_eq!(document.offset("tool.ruff.fix"), text.find("fix"));
        assert_eq!(document.get("tool.black"), None);
    }
}
