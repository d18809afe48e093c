//! The base tree: the project as it was generated, stored by content.
//!
//! Small objects under their hash, and an index with one line per file: two branches that both add
//! something to a project merge in git without a conflict in what they have in common.

use std::collections::BTreeMap;

use super::{Lookup, damaged, required};
use crate::{
    error::Result,
    hash::sha256,
    relpath::RelPath,
    tree::{File, Tree},
};

/// The name of the index, in the record.
const INDEX: &str = "base/index";

/// The files that store `tree`: names within the record, and contents.
pub fn files(tree: &Tree) -> Vec<(String, File)> {
    let mut objects = BTreeMap::new();
    let mut index: Vec<String> = vec![];
    for (path, file) in tree {
        let hash = sha256(&file.contents);
        index.push(format!("{} {hash} {path}\n", if file.executable { "755" } else { "644" }));
        let stored = File { contents: file.contents.clone(), executable: false };
        objects.insert(object(&hash), stored);
    }
    let index = (INDEX.to_owned(), File::text(index.concat()));
    objects.into_iter().chain([index]).collect()
}

/// Reads the base tree of a project.
///
/// # Errors
/// [`Class::Refused`](crate::error::Class::Refused) when it is missing or damaged; whatever `lookup` returns.
pub fn base(lookup: Lookup<'_>) -> Result<Tree> {
    let index = required(lookup, INDEX)?;
    let index = String::from_utf8(index).map_err(|error| damaged(INDEX, &error.to_string()))?;
    let mut tree = Tree::new();
    for (number, line) in index.lines().enumerate() {
        let wrong = |why: &str| damaged(INDEX, &format!("line {} {why}", number + 1));
        let (executable, hash, path) = entry(line).ok_or_else(|| wrong("is not an entry"))?;
        let path = RelPath::new(path).map_err(|why| wrong(&format!("has a path that {why}")))?;
        let name = object(hash);
        let contents = required(lookup, &name)?;
        if sha256(&contents) != hash {
            return Err(damaged(&name, "it was changed"));
        }
        if tree.insert(path, File { contents, executable }).is_some() {
            return Err(wrong("repeats a path"));
        }
    }
    Ok(tree)
}

fn object(hash: &str) -> String {
    format!("base/objects/{hash}")
}

/// Mode, hash and path of a line of the index.
fn entry(line: &str) -> Option<(bool, &str, &str)> {
    let (mode, rest) = line.split_once(' ')?;
    let (hash, path) = rest.split_once(' ')?;
    let executable = match mode {
        "644" => false,
        "755" => true,
        _ => return None,
    };
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    is_hash.then_some((executable, hash, path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        error::Class,
        record::{project::tests::example, with_record, within},
    };

    fn tree() -> Tree {
        let path = |path: &str| RelPath::new(path).unwrap();
        Tree::from([
            (path("a b/c.py"), File::text("x\n")),
            (path("run.sh"), File { contents: b"x\n".to_vec(), executable: true }),
            (path("logo.png"), File { contents: vec![0, 255, 13, 10], executable: false }),
            (path("empty"), File::text("")),
        ])
    }

    #[test]
    fn the_base_is_the_tree_again() {
        let recorded = with_record(&tree(), &example());
        assert_eq!(base(&within(&recorded)).unwrap(), tree());
        let objects = recorded.keys().filter(|path| path.as_str().contains("/objects/")).count();
        assert_eq!(objects, 3, "equal contents are stored once");
        assert_eq!(with_record(&recorded, &example()), recorded, "a record is no part of the base");
    }

    #[test]
    fn any_damage_is_found() {
        let recorded = with_record(&tree(), &example());
        for path in recorded.keys().filter(|path| path.as_str().starts_with(".scaffold/base/")) {
            let mut damaged = recorded.clone();
            damaged.insert(path.clone(), File::text("x"));
            assert_eq!(base(&within(&damaged)).unwrap_err().class(), Class::Refused, "{path}");
            damaged.remove(path);
            assert_eq!(base(&within(&damaged)).unwrap_err().class(), Class::Refused, "{path}");
        }
    }

    #[test]
    fn an_index_cannot_lead_out_of_the_project() {
        let hash = sha256(b"");
        for line in
            [format!("644 {hash} ../x\n"), format!("644 {hash} a\n644 {hash} a\n"), "644 ab x\n".into()]
        {
            let lookup = |path: &RelPath| {
                let index = path.as_str() == ".scaffold/base/index";
                Ok(Some(if index { line.clone().into_bytes() } else { vec![] }))
            };
            assert_eq!(base(&lookup).unwrap_err().class(), Class::Refused, "{line}");
        }
    }
}
