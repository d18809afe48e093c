//! Files that are made once for every item of a list.

use super::Part;
use crate::{answers::Answers, error::Mistake};

/// What stands for the item in the name of a file.
const ITEM: &str = "{item}";

/// The files that the one called `name` makes: the item of the list, if there is one, and the name.
pub(super) fn names(
    name: &str,
    part: &Part,
    answers: &Answers,
) -> Result<Vec<(Option<String>, String)>, Mistake> {
    let manifest = &part.manifest;
    let Some(list) = manifest.value.files.get(name).and_then(|it| it.each.as_deref()) else {
        return Ok(vec![(None, name.to_owned())]);
    };
    let mistake = |title: String| manifest.mistake("file-each", title, &["files", name, "each"]);
    if !name.contains(ITEM) {
        return Err(mistake(format!("the name `{name}` has no place for `{ITEM}`: all files would be one")));
    }
    let items = items(list, part, answers)
        .ok_or_else(|| mistake(format!("`{list}` is neither a question nor a list of texts in `context`")))?;
    let named = |item: String| {
        if !is_plain(&item) {
            return Err(mistake(format!("the item `{item}` of `{list}` is no name for a file"))
                .help("use letters, digits, `_`, `-` and `.`"));
        }
        let name = name.replace(ITEM, &item);
        Ok((Some(item), name))
    };
    items.into_iter().map(named).collect()
}

fn items(list: &str, part: &Part, answers: &Answers) -> Option<Vec<String>> {
    if let Some(answer) = answers.get(list) {
        let items = answer.split(',').map(str::trim).filter(|item| !item.is_empty());
        return Some(items.map(str::to_owned).collect());
    }
    let values = part.manifest.value.context.get(list)?.as_array()?;
    values.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}

/// Whether `item` is one component of a path and means nothing else to a layout or a shell.
fn is_plain(item: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    item.chars().all(fits) && item.chars().any(char::is_alphanumeric)
}
