//! Globs over paths: `*` and `?` stay within a folder, `**` stands for any number of folders.

/// Whether `path` fits `pattern`.
pub fn fits(pattern: &str, path: &str) -> bool {
    let pattern: Vec<&str> = pattern.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    folders(&pattern, &path)
}

/// Why `pattern` is no sound glob: the end of the sentence "the glob …".
pub fn fault(pattern: &str) -> Option<&'static str> {
    if pattern.is_empty() {
        return Some("is empty");
    }
    if pattern.starts_with('/') || pattern.starts_with("./") {
        return Some("begins with a slash or a dot: globs begin at the root of the project");
    }
    if pattern.split('/').any(|part| part.is_empty() || part == "..") {
        return Some("has an empty part or a `..`");
    }
    let mixed = |part: &str| part.contains("**") && part != "**";
    pattern.split('/').any(mixed).then_some("has a `**` beside other characters")
}

fn folders(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern, path) {
        ([], []) => true,
        (["**", rest @ ..], _) => {
            folders(rest, path) || path.split_first().is_some_and(|(_, below)| folders(pattern, below))
        }
        ([first, rest @ ..], [name, below @ ..]) => {
            word(first.as_bytes(), name.as_bytes()) && folders(rest, below)
        }
        _ => false,
    }
}

/// Linear: on a mismatch only the last star is tried again.
fn word(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut on) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while on < name.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, on));
                at += 1;
            }
            Some(c) if *c == b'?' || *c == name[on] => {
                at += 1;
                on += 1;
            }
            _ => match star {
                Some((before, from)) => {
                    star = Some((before, from + 1));
                    at = before + 1;
                    on = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|c| *c == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stay_in_their_folder_and_two_do_not() {
        for (pattern, path) in [
            ("*.py", "a.py"),
            ("**/*.py", "a.py"),
            ("**/*.py", "a/b/c.py"),
            ("src/**", "src/a/b"),
            ("a/**/b", "a/b"),
            ("t?st_*_*.py", "test_a_b.py"),
            (".env*", ".env.example"),
            ("**", "x"),
        ] {
            assert!(fits(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in
            [("*.py", "a/b.py"), ("src/**/x", "src/y"), ("a", "b"), ("a*b", "acd"), ("a/*", "a")]
        {
            assert!(!fits(pattern, path), "{pattern} {path}");
        }
        assert!(fault("/a").is_some() && fault("a**/b").is_some() && fault("**/a*.py").is_none());
    }
}
