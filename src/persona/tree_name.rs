//! One line of a tree: where its name starts, the name or names, the comment.

/// A name as drawn, links undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The text, without the closing slash.
    pub text: String,
    /// Whether a slash closed it.
    pub folder: bool,
}

/// What a line names.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The names; several when they are listed with commas; none for dots and globs.
    pub names: Vec<Name>,
    /// Whether the last name is a folder.
    pub folder: bool,
    /// What stands beside it.
    pub comment: String,
    /// Whether the rest of the line is a comment and not running text.
    pub sure: bool,
}

impl Name {
    /// Whether the name could only be a path.
    #[must_use]
    pub fn looks_like_path(&self) -> bool {
        let known = ["Dockerfile", "Makefile", "LICENSE", "README", "Procfile", "Justfile"];
        let dotted = self.text.rsplit_once('.').is_some_and(|(_, extension)| {
            (1..=8).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        });
        self.folder || dotted || known.contains(&self.text.as_str())
    }

    /// The components, with placeholders in one form and the package as `{pkg}`.
    #[must_use]
    pub fn parts(&self, package: Option<&str>) -> Vec<String> {
        let parts = self.text.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
        parts.map(|part| normal(part, package)).collect()
    }
}

/// The column where the body of a line starts, and the body.
#[must_use]
pub fn prefix(line: &str) -> (usize, &str) {
    let mut column = 0;
    let mut dashes = false;
    for (at, letter) in line.char_indices() {
        match letter {
            '\t' => column += 4 - column % 4,
            ' ' | '\u{a0}' | '│' | '├' | '└' | '─' | '┬' | '|' | '+' | '`' | '\\' | '┣' | '┗' | '┃' | '━'
            | '╠' | '╚' | '═' | '║' | '╰' | '╭' => column += 1,
            '-' => {
                dashes = true;
                column += 1;
            }
            // A dash before a name without a space belongs to the drawing only after another mark.
            _ => {
                let start = if dashes && line[..at].trim_start() == "-" { at - 1 } else { at };
                return (column - usize::from(start < at), line[start..].trim_end());
            }
        }
    }
    (column, "")
}

/// Whether a body is only dots: "and so on".
#[must_use]
pub fn is_ellipsis(body: &str) -> bool {
    body.starts_with("...") || body.starts_with('…') || body.contains('*')
}

/// Reads the names and the comment of a body.
#[must_use]
pub fn head(body: &str) -> Head {
    let unlinked = unlink(body);
    let mut rest = unlinked.trim();
    let mut head = Head { sure: true, ..Head::default() };
    loop {
        let (word, after) = word(rest);
        let listed = word.ends_with(',') && !word.starts_with(['(', '#']);
        let bare = word.trim_end_matches([',', ':']).trim_matches(['`', '*', '"']);
        let bare = if word.contains("**") || !word.contains('*') { bare } else { word };
        if bare.is_empty() || !is_name(bare) {
            if head.names.is_empty() {
                return Head { sure: is_ellipsis(word), ..head };
            }
            break;
        }
        let folder = bare.ends_with(['/', '\\']);
        head.folder = folder;
        head.names.push(Name { text: bare.replace('\\', "/").trim_end_matches('/').to_owned(), folder });
        rest = if listed { after.trim_start() } else { after };
        if !listed || head.names.len() > 64 {
            break;
        }
    }
    head.sure &= is_comment(rest);
    head.comment = rest
        .trim_start_matches(|mark: char| {
            mark.is_whitespace() || matches!(mark, '#' | '/' | '-' | '—' | '–' | '<' | '←' | '→' | ':' | '=')
        })
        .trim()
        .into();
    head
}

/// The first word; brackets hold their blanks together.
fn word(text: &str) -> (&str, &str) {
    let mut depth = 0usize;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' | '[' | '<' => depth += 1,
            '}' | ']' | '>' => depth = depth.saturating_sub(1),
            letter if letter.is_whitespace() && (depth == 0 || !text[at..].contains(['}', ']', '>'])) => {
                return (&text[..at], &text[at..]);
            }
            _ => {}
        }
    }
    (text, "")
}

/// A name has no letters that paths do not have, and is no dots or glob.
fn is_name(word: &str) -> bool {
    let fine = |letter: char| {
        letter.is_alphanumeric()
            || matches!(
                letter,
                '.' | '_'
                    | '-'
                    | '/'
                    | '\\'
                    | '{'
                    | '}'
                    | '['
                    | ']'
                    | '<'
                    | '>'
                    | '$'
                    | '@'
                    | '+'
                    | ' '
                    | '%'
            )
    };
    word.len() <= 200
        && word.chars().all(fine)
        && !word.starts_with("...")
        && (word == "." || word == "./" || word.chars().any(char::is_alphanumeric))
}

/// What follows a name: nothing, a comment mark, or a gap of two blanks.
fn is_comment(rest: &str) -> bool {
    let body = rest.trim_start();
    let gap = rest.len() - body.len();
    body.is_empty()
        || gap >= 2
        || rest.starts_with('\t')
        || ["#", "//", "<-", "<=", "←", "(", "- ", "-- ", "— ", "– ", ": ", "[", "→ ", "=> ", "* ", "+ "]
            .iter()
            .any(|mark| body.starts_with(mark))
}

/// Undoes Markdown links: `push_[tasks.py](address)` is `push_tasks.py`.
fn unlink(body: &str) -> String {
    if !body.contains("](") {
        return body.to_owned();
    }
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(middle) = rest.find("](") {
        let Some(open) = rest[..middle].rfind('[') else { break };
        let Some(close) = rest[middle..].find(')') else { break };
        out.push_str(&rest[..open]);
        out.push_str(&rest[open + 1..middle]);
        rest = &rest[middle + close + 1..];
    }
    out.push_str(rest);
    out
}

/// A name as a module: `My-App` gives `my_app`.
#[must_use]
pub fn snake(name: &str) -> String {
    name.trim_matches(['{', '}', '<', '>', '[', ']']).trim().to_lowercase().replace(['-', ' ', '.'], "_")
}

fn normal(part: &str, package: Option<&str>) -> String {
    let (stem, holder) = placeholder(part);
    let name = snake(&stem);
    let same = package
        .is_some_and(|package| !package.is_empty() && (name == package || name == package.replace('_', "")));
    let whole = !part.contains('.') || part.starts_with(['{', '<', '[']) && part.ends_with(['}', '>', ']']);
    if whole && (is_package_word(&name) || same) {
        return "{pkg}".to_owned();
    }
    holder
}

/// The bare words of a component and the component with every placeholder in braces.
fn placeholder(part: &str) -> (String, String) {
    let mut holder = String::with_capacity(part.len());
    for letter in part.chars() {
        match letter {
            '<' | '[' | '{' if !holder.ends_with('{') => holder.push('{'),
            '>' | ']' | '}' if !holder.ends_with('}') => holder.push('}'),
            '<' | '[' | '{' | '>' | ']' | '}' => {}
            other => holder.push(other),
        }
    }
    let stem = holder.replace(['{', '}', '$', '%'], "");
    (stem, holder.replace("{ ", "{").replace(" }", "}"))
}

/// Words that stand for the package to be.
fn is_package_word(name: &str) -> bool {
    let name = name.strip_prefix("cookiecutter_").unwrap_or(name);
    let (owner, rest) = match name.split_once('_') {
        Some((owner @ ("my" | "your" | "the" | "our" | "sample" | "example"), rest)) => (owner, rest),
        _ => ("", name.strip_prefix("my").unwrap_or(name)),
    };
    let noun = matches!(
        rest,
        "package"
            | "project"
            | "package_name"
            | "project_name"
            | "pkg"
            | "project_slug"
            | "package_slug"
            | "packagename"
            | "projectname"
            | "module_name"
    );
    let app = matches!(rest, "app" | "application" | "library" | "lib" | "module" | "app_name" | "service")
        && !owner.is_empty();
    noun || app || name == "pkg_name"
}

#[cfg(test)]
mod tests {
    use super::{Name, head, prefix};

    #[test]
    fn columns_hold_for_every_drawing() {
        assert_eq!(prefix("│   ├── a.py"), (8, "a.py"));
        assert_eq!(prefix("|   |-- a.py"), (8, "a.py"));
        assert_eq!(prefix("|   +-- a.py"), (8, "a.py"));
        assert_eq!(prefix("\t\ta.py"), (8, "a.py"));
        assert_eq!(prefix("        a.py"), (8, "a.py"));
        assert_eq!(prefix("│"), (1, ""));
    }

    #[test]
    fn names_and_comments_part() {
        let parts = |text: &str| head(text).names.iter().map(|name| name.text.clone()).collect::<Vec<_>>();
        assert_eq!(parts("push_[jobs.py](http://jobs.py)  # queue"), ["push_jobs.py"]);
        assert_eq!(parts("a.py, b.py"), ["a.py", "b.py"]);
        assert_eq!(parts("..."), Vec::<String>::new());
        assert_eq!(parts("*.sql"), Vec::<String>::new());
        assert_eq!(head("core/   # the middle").comment, "the middle");
        assert!(!head("YES: take this one").sure);
    }

    #[test]
    fn placeholders_have_one_form() {
        let parts = |text: &str, package| Name { text: text.to_owned(), folder: true }.parts(package);
        assert_eq!(parts("src/{package_name}", None), ["src", "{pkg}"]);
        assert_eq!(parts("<package_name>", None), ["{pkg}"]);
        assert_eq!(parts("{{ project_slug }}", None), ["{pkg}"]);
        assert_eq!(parts("test_[feature]", None), ["test_{feature}"]);
        assert_eq!(parts("app", None), ["app"]);
        assert_eq!(parts("time_bank", Some("time_bank")), ["{pkg}"]);
    }
}
