//! Joining TOML tables with their comments: tables join, arrays append without doubles.

use toml_edit::{Array, Item, TableLike, Value};

use crate::toml::detach;

/// What happens when both sides state one value differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Precedence {
    /// It is reported.
    Equal,
    /// The new one replaces the old one.
    New,
}

/// Two different values under one key: its dotted path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Clash {
    pub(super) path: String,
    pub(super) old: String,
    pub(super) new: String,
}

/// Joins `new` into `old`.
pub(super) fn tables(
    old: &mut dyn TableLike,
    new: &dyn TableLike,
    path: &str,
    precedence: Precedence,
    clashes: &mut Vec<Clash>,
) {
    for (name, incoming) in new.iter() {
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let Some(present) = old.get_mut(name) else {
            let mut incoming = incoming.clone();
            detach(&mut incoming);
            if let Some((key, _)) = new.get_key_value(name) {
                old.entry_format(key).or_insert(incoming);
            }
            continue;
        };
        if let (Some(ours), Some(theirs)) = (present.as_table_like_mut(), incoming.as_table_like()) {
            tables(ours, theirs, &path, precedence, clashes);
        } else if let (Some(ours), Some(theirs)) =
            (present.as_array_of_tables_mut(), incoming.as_array_of_tables())
        {
            for table in theirs {
                let text = table.to_string();
                if !ours.iter().any(|it| it.to_string().trim() == text.trim()) {
                    ours.push(table.clone());
                }
            }
        } else if let (Some(ours), Some(theirs)) = (present.as_array_mut(), incoming.as_array()) {
            union(ours, theirs);
        } else if bare(present) != bare(incoming) {
            match precedence {
                Precedence::New => *present = incoming.clone(),
                Precedence::Equal => clashes.push(Clash { path, old: bare(present), new: bare(incoming) }),
            }
        }
    }
}

fn union(ours: &mut Array, theirs: &Array) {
    for value in theirs {
        if !ours.iter().any(|it| bare_value(it) == bare_value(value)) {
            let mut value = value.clone();
            value.decor_mut().clear();
            ours.push(value);
        }
    }
    one_per_line(ours);
}

/// One entry in a line, where an array has more than fits in one.
pub(super) fn one_per_line(array: &mut Array) {
    let width: usize = array.iter().map(|value| bare_value(value).len() + 2).sum();
    if width <= 60
        && array.iter().all(|value| {
            value.decor().prefix().is_none_or(|it| it.as_str() == Some("") || it.as_str() == Some(" "))
        })
    {
        return;
    }
    for value in array.iter_mut() {
        let comment = value.decor().prefix().and_then(|it| it.as_str()).map(str::trim).unwrap_or_default();
        let prefix = if comment.is_empty() { "\n    ".to_owned() } else { format!("\n    {comment}\n    ") };
        value.decor_mut().set_prefix(prefix);
        value.decor_mut().set_suffix("");
    }
    array.set_trailing("\n");
    array.set_trailing_comma(true);
}

fn bare(item: &Item) -> String {
    item.as_value().map_or_else(|| item.to_string(), bare_value)
}

fn bare_value(value: &Value) -> String {
    let mut value = value.clone();
    value.decor_mut().clear();
    value.to_string()
}
