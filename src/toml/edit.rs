//! Tables of several TOML texts in one document, changed with their comments kept.

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

/// Tables taken from texts.
#[derive(Debug, Clone, Default)]
pub struct Tables(DocumentMut);

/// A key that two texts state differently: its dotted path, what stood, what stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The dotted path.
    pub path: String,
    /// The value that gave way.
    pub old: String,
    /// The value that stands.
    pub new: String,
}

/// What becomes of a text inside of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// It stays.
    Keep,
    /// Another stands in its place.
    Replace(String),
    /// It goes; a text that stands alone takes its key with it.
    Drop,
}

impl Tables {
    /// Adds the table at the dotted `path` of `text`; a key stated already gives way to the later text.
    pub fn add(&mut self, text: &str, path: &str) -> Vec<Clash> {
        let mut clashes = vec![];
        let whole = text.parse::<DocumentMut>().unwrap_or_else(|_| piecewise(text));
        let steps: Vec<&str> = path.split('.').collect();
        let mut item = Some(whole.as_item());
        for step in &steps {
            item = item.and_then(|it| it.get(step));
        }
        if let Some(found) = item.and_then(Item::as_table_like)
            && let Some(table) = self.table(&steps)
        {
            join(table, found, path, &mut clashes);
        }
        clashes
    }

    /// Whether there is a value or table at the dotted `path`.
    pub fn has(&self, path: &str) -> bool {
        self.get(path).is_some()
    }

    /// The text or number at `path`, as TOML writes it without quotes.
    pub fn text_at(&self, path: &str) -> Option<String> {
        let value = self.get(path)?.as_value()?;
        Some(value.as_str().map_or_else(|| value.to_string().trim().to_owned(), str::to_owned))
    }

    /// The keys of the table at `path`.
    pub fn keys(&self, path: &str) -> Vec<String> {
        let table = self.get(path).and_then(Item::as_table_like);
        table.map_or_else(Vec::new, |table| table.iter().map(|(name, _)| name.to_owned()).collect())
    }

    /// Sets the value at `path` from a piece of TOML such as `"x"` or `[1]`; tables are made as needed.
    pub fn set(&mut self, path: &str, value: &str) {
        let steps: Vec<&str> = path.split('.').collect();
        if let (Some((last, above)), Ok(value)) = (steps.split_last(), value.parse::<Value>())
            && let Some(table) = self.table(above)
        {
            self::put(table, last, value);
        }
    }

    /// Sets `key`, which may hold dots, in the table at `path`.
    pub fn set_key(&mut self, path: &str, key: &str, value: &str) {
        let steps: Vec<&str> = path.split('.').collect();
        if let (Some(table), Ok(value)) = (self.table(&steps), value.parse::<Value>()) {
            put(table, key, value);
        }
    }

    /// Adds a text to the array at `path`; a single text becomes an array of its words first.
    pub fn push(&mut self, path: &str, text: &str) {
        let present = self.get(path).and_then(Item::as_value);
        let words = present.and_then(Value::as_str).map(|words| words.split_whitespace().collect::<Array>());
        if let Some(words) = words {
            self.set(path, &Value::Array(words).to_string());
        }
        if self.get(path).is_none() {
            self.set(path, "[]");
        }
        if let Some(array) = self.get_mut(path).and_then(Item::as_array_mut) {
            let multiline = array
                .iter()
                .any(|it| it.decor().prefix().and_then(|it| it.as_str()).unwrap_or("").contains('\n'));
            let mut value = Value::from(text);
            if multiline {
                value.decor_mut().set_prefix("\n    ");
            } else if !array.is_empty() {
                value.decor_mut().set_prefix(" ");
            }
            array.push_formatted(value);
        }
    }

    /// Takes the value or table at `path` away.
    pub fn remove(&mut self, path: &str) {
        let Some((above, last)) = path.rsplit_once('.') else { return };
        if let Some(table) = self.get_mut(above).and_then(Item::as_table_like_mut) {
            table.remove(last);
        }
    }

    /// Asks `change` about every text below `path`, in arrays and alone, with its dotted path.
    pub fn edit(&mut self, path: &str, change: &mut dyn FnMut(&str, &str) -> Edit) {
        if let Some(item) = self.get_mut(path) {
            edit(item, path, change);
        }
    }

    /// The document.
    pub fn text(&self) -> String {
        self.0.to_string().trim().to_owned()
    }

    fn get(&self, path: &str) -> Option<&Item> {
        path.split('.').try_fold(self.0.as_item(), |item, step| item.get(step))
    }

    fn get_mut(&mut self, path: &str) -> Option<&mut Item> {
        // Stepping into what is missing would make it.
        self.get(path)?;
        path.split('.').try_fold(self.0.as_item_mut(), |item, step| item.get_mut(step))
    }

    fn table(&mut self, steps: &[&str]) -> Option<&mut dyn TableLike> {
        let mut item = self.0.as_item_mut();
        for step in steps {
            let table = item.as_table_like_mut()?;
            if !table.contains_key(step) {
                let mut fresh = Table::new();
                fresh.set_implicit(true);
                table.insert(step, Item::Table(fresh));
            }
            item = table.get_mut(step)?;
        }
        item.as_table_like_mut()
    }
}

fn put(table: &mut dyn TableLike, key: &str, value: Value) {
    let value = value.decorated(" ", "");
    match table.get_mut(key) {
        Some(item) => *item = Item::Value(value),
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// What of a text parses, key by key.
fn piecewise(text: &str) -> DocumentMut {
    let mut tables = Tables::default();
    for key in super::keys(text) {
        let Some((last, above)) = key.path.split_last() else { continue };
        let steps: Vec<&str> = above.iter().map(String::as_str).collect();
        if let (Some(table), Ok(value)) = (tables.table(&steps), key.raw.parse::<Value>()) {
            put(table, last, value);
        }
    }
    tables.0
}

fn join(old: &mut dyn TableLike, new: &dyn TableLike, path: &str, clashes: &mut Vec<Clash>) {
    for (name, incoming) in new.iter() {
        let path = format!("{path}.{name}");
        let Some(present) = old.get_mut(name) else {
            let mut incoming = incoming.clone();
            detach(&mut incoming);
            match new.get_key_value(name) {
                Some((key, _)) => old.entry_format(key).or_insert(incoming),
                None => old.entry(name).or_insert(incoming),
            };
            continue;
        };
        if let (Some(ours), Some(theirs)) = (present.as_table_like_mut(), incoming.as_table_like()) {
            join(ours, theirs, &path, clashes);
        } else if present.to_string().trim() != incoming.to_string().trim() {
            let shown = |item: &Item| item.to_string().trim().to_owned();
            clashes.push(Clash { path, old: shown(present), new: shown(incoming) });
            *present = incoming.clone();
            detach(present);
        }
    }
}

/// Takes the position in the old document from an item, so that it can find a new one.
pub fn detach(item: &mut Item) {
    if let Some(table) = item.as_table_mut() {
        table.set_position(None);
        for (_, child) in table.iter_mut() {
            detach(child);
        }
    } else if let Some(tables) = item.as_array_of_tables_mut() {
        for table in tables.iter_mut() {
            table.set_position(None);
        }
    }
}

fn edit(item: &mut Item, path: &str, change: &mut dyn FnMut(&str, &str) -> Edit) {
    if let Some(table) = item.as_table_like_mut() {
        let names: Vec<String> = table.iter().map(|(name, _)| name.to_owned()).collect();
        for name in names {
            let path = format!("{path}.{name}");
            let Some(child) = table.get_mut(&name) else { continue };
            if let Some(text) = child.as_str().map(str::to_owned) {
                match change(&path, &text) {
                    Edit::Keep => {}
                    Edit::Replace(new) => replace(child, &new),
                    Edit::Drop => {
                        table.remove(&name);
                    }
                }
            } else {
                edit(child, &path, change);
            }
        }
    } else if let Some(array) = item.as_array_mut() {
        edit_array(array, path, change);
    } else if let Some(tables) = item.as_array_of_tables_mut() {
        for table in tables.iter_mut() {
            let mut inner = Item::Table(table.clone());
            edit(&mut inner, path, change);
            if let Item::Table(changed) = inner {
                *table = changed;
            }
        }
    }
}

fn replace(item: &mut Item, text: &str) {
    if let Some(value) = item.as_value_mut() {
        let decor = value.decor().clone();
        *value = Value::from(text);
        *value.decor_mut() = decor;
    }
}

fn edit_array(array: &mut Array, path: &str, change: &mut dyn FnMut(&str, &str) -> Edit) {
    let mut at = 0;
    while at < array.len() {
        let edit = array.get(at).and_then(Value::as_str).map_or(Edit::Keep, |text| change(path, text));
        match (edit, array.get_mut(at)) {
            (Edit::Replace(new), Some(value)) => {
                let decor = value.decor().clone();
                *value = Value::from(new);
                *value.decor_mut() = decor;
                at += 1;
            }
            (Edit::Drop, _) => {
                array.remove(at);
            }
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_of_several_texts_stand_together() {
        let mut tables = Tables::default();
        assert!(
            tables
                .add("[tool.x]\na = [\n    \"p\", # why\n    \"q\",\n]\n[tool.y]\nb = 1\n", "tool.x")
                .is_empty()
        );
        let clashes = tables.add("[tool.x]\nn = 2\n[tool.x.z]\nk = \"v\"\n", "tool.x");
        assert!(clashes.is_empty() && !tables.has("tool.y"));
        assert_eq!(tables.add("[tool.x]\nn = 3\n", "tool.x")[0].path, "tool.x.n");
        tables
            .edit("tool.x", &mut |_, text| if text == "q" { Edit::Replace("r".into()) } else { Edit::Keep });
        tables.push("tool.x.a", "s");
        tables.set("tool.x.m", "true");
        assert_eq!(
            tables.text(),
            "[tool.x]\na = [\n    \"p\", # why\n    \"r\",\n    \"s\",\n]\nn = 3\nm = true\n[tool.x.z]\nk = \"v\""
        );
    }

    #[test]
    fn what_does_not_parse_is_taken_key_by_key() {
        let mut tables = Tables::default();
        tables.add("[tool.x]\na = 1\nb = ...\nc = 2\n", "tool.x");
        assert_eq!(tables.keys("tool.x"), ["a", "c"]);
    }
}
