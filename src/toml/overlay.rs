//! One TOML text over another, and a text without one of its keys.

use toml_edit::{DocumentMut, Item, Key, TableLike};

use super::detach;

/// `own` over `base`: tables join, any other value replaces that of the base. `None` when one of them is no TOML.
#[must_use]
pub fn overlay(base: &str, own: &str) -> Option<String> {
    let mut base: DocumentMut = base.parse().ok()?;
    let own: DocumentMut = own.parse().ok()?;
    // Tables are written in the order of their places in the text: new ones follow.
    let mut next = last(base.as_item());
    join(base.as_table_mut(), own.as_table(), &mut next);
    Some(base.to_string())
}

/// `text` without the table or key at `path`. `None` when there is none, or the text is no TOML.
#[must_use]
pub fn remove(text: &str, path: &str) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let keys = Key::parse(path).ok()?;
    let (gone, above) = keys.split_last()?;
    let mut table: &mut dyn TableLike = document.as_table_mut();
    for key in above {
        table = table.get_mut(key.get())?.as_table_like_mut()?;
    }
    table.remove(gone.get())?;
    Some(document.to_string())
}

fn join(base: &mut dyn TableLike, own: &dyn TableLike, next: &mut isize) {
    for (name, incoming) in own.iter() {
        if let Some(present) = base.get_mut(name) {
            match (present.as_table_like_mut(), incoming.as_table_like()) {
                (Some(present), Some(incoming)) => join(present, incoming, next),
                _ => *present = placed(incoming, next),
            }
        } else if let Some((key, _)) = own.get_key_value(name) {
            let incoming = placed(incoming, next);
            base.entry_format(key).or_insert(incoming);
        }
    }
}

/// A copy of an item whose tables stand behind all others.
fn placed(item: &Item, next: &mut isize) -> Item {
    let mut item = item.clone();
    detach(&mut item);
    behind(&mut item, next);
    item
}

fn behind(item: &mut Item, next: &mut isize) {
    if let Some(table) = item.as_table_mut() {
        *next += 1;
        table.set_position(Some(*next));
        table.iter_mut().for_each(|(_, child)| behind(child, next));
    } else if let Some(tables) = item.as_array_of_tables_mut() {
        for table in tables.iter_mut() {
            *next += 1;
            table.set_position(Some(*next));
        }
    }
}

/// The last position of a table.
fn last(item: &Item) -> isize {
    let Some(table) = item.as_table() else { return 0 };
    let own = table.position().unwrap_or(0);
    table.iter().map(|(_, child)| last(child)).max().unwrap_or(0).max(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str =
        "[tool.ruff]\nfix = true # why\n\n[tool.ruff.lint]\nselect = [\"F\", \"E\"]\n\n[tool.x]\na = 1\n";

    #[test]
    fn tables_join_and_values_replace() {
        let own = "[tool.ruff]\nline-length = 100\n[tool.ruff.lint]\nselect = [\"ALL\"]\n[tool.y]\nb = 2\n";
        let both = overlay(BASE, own).unwrap();
        for part in ["fix = true # why\nline-length = 100\n", "select = [\"ALL\"]\n", "[tool.y]\nb = 2\n"] {
            assert!(both.contains(part), "{both}");
        }
        assert!(both.find("[tool.x]") < both.find("[tool.y]"), "{both}");
        assert_eq!(overlay("[x", own), None);
    }

    #[test]
    fn tables_and_keys_go() {
        let left = remove(BASE, "tool.ruff.lint").unwrap();
        assert!(!left.contains("select") && left.contains("fix = true"), "{left}");
        let left = remove(BASE, "tool.ruff.fix").unwrap();
        assert!(!left.contains("fix") && left.contains("select"), "{left}");
        assert_eq!(remove(BASE, "tool.ruff.nothing"), None);
    }
}
