//! What holds for the Dockerfile.

use super::{Fault, Subject, images::unpinned};
use crate::preset::DockerfileCheck;

/// An instruction, with its continued lines joined.
#[derive(Debug, PartialEq, Eq)]
struct Instruction {
    line: usize,
    keyword: String,
    rest: String,
}

/// Checks every Dockerfile of the project.
pub(super) fn check(check: &DockerfileCheck, subject: &Subject<'_>) -> Vec<Fault> {
    let is_dockerfile = |name: &str| name == "Dockerfile" || name.ends_with(".Dockerfile");
    let paths = subject.tree.keys().filter(|path| is_dockerfile(path.file_name()));
    paths
        .filter_map(|path| Some((path, subject.text(path.as_str())?)))
        .flat_map(|(path, text)| one(check, path.as_str(), &instructions(text)))
        .collect()
}

fn one(check: &DockerfileCheck, path: &str, all: &[Instruction]) -> Vec<Fault> {
    let mut faults = vec![];
    let mut add =
        |line: usize, message: String, repair: String| faults.push(Fault::new(path, line, message, repair));
    let stages: Vec<&Instruction> = all.iter().filter(|it| it.keyword == "FROM").collect();
    let last = stages.last().map_or(1, |it| it.line);
    if stages.len() < check.stages {
        let message = format!("the image is built in {} stages, not {}", stages.len(), check.stages);
        add(last, message, "build in one stage, run in another".to_owned());
    }
    if let Some(stage) = stages.last().filter(|it| !image(it).starts_with(&check.runtime)) {
        let message = format!("the last stage starts from `{}`, not from `{}`", image(stage), check.runtime);
        add(stage.line, message, format!("start it from `{}`", check.runtime));
    }
    if check.rootless {
        let user = all.iter().rev().take_while(|it| it.keyword != "FROM").find(|it| it.keyword == "USER");
        match user {
            None => {
                add(last, "the process runs as root".to_owned(), "end with a `USER` instruction".to_owned());
            }
            Some(it) if matches!(it.rest.split(':').next(), Some("root" | "0")) => {
                add(it.line, "the process runs as root".to_owned(), "name another user".to_owned());
            }
            Some(_) => {}
        }
    }
    if check.exec_form {
        let starts = |it: &&Instruction| matches!(it.keyword.as_str(), "ENTRYPOINT" | "CMD");
        for it in all.iter().filter(starts).filter(|it| !it.rest.starts_with('[')) {
            let message = format!("`{}` needs a shell", it.keyword);
            add(it.line, message, "write the command as a JSON array".to_owned());
        }
    }
    if check.pinned {
        for (line, name) in sources(all) {
            if let Some(why) = unpinned(&name) {
                add(line, format!("the image `{name}` {why}"), "name a version".to_owned());
            }
        }
    }
    for text in check.holds.iter().filter(|text| !all.iter().any(|it| it.text().contains(text.as_str()))) {
        add(0, format!("no instruction holds `{text}`"), format!("add `{text}`"));
    }
    for text in &check.forbids {
        for it in all.iter().filter(|it| it.text().contains(text.as_str())) {
            add(it.line, format!("`{text}` must not be here"), format!("remove `{text}`"));
        }
    }
    faults
}

impl Instruction {
    fn text(&self) -> String {
        format!("{} {}", self.keyword, self.rest)
    }
}

/// The image that a stage starts from.
fn image(from: &Instruction) -> &str {
    from.rest.split_whitespace().find(|word| !word.starts_with("--")).unwrap_or_default()
}

/// All images from outside, with their lines.
fn sources(all: &[Instruction]) -> Vec<(usize, String)> {
    let mut stages: Vec<String> = vec![];
    let mut found = vec![];
    for it in all {
        let name = match it.keyword.as_str() {
            "FROM" => image(it).to_owned(),
            "COPY" | "RUN" => {
                match it.rest.split_whitespace().find_map(|word| word.strip_prefix("--from=")) {
                    Some(name) if name.parse::<usize>().is_err() => name.to_owned(),
                    _ => continue,
                }
            }
            _ => continue,
        };
        if name != "scratch" && !stages.iter().any(|stage| stage.eq_ignore_ascii_case(&name)) {
            found.push((it.line, name));
        }
        let words: Vec<&str> = it.rest.split_whitespace().collect();
        if let ("FROM", [.., named, stage]) = (it.keyword.as_str(), words.as_slice())
            && named.eq_ignore_ascii_case("as")
        {
            stages.push((*stage).to_owned());
        }
    }
    found
}

fn instructions(text: &str) -> Vec<Instruction> {
    let mut found: Vec<Instruction> = vec![];
    let mut open = false;
    let mut heredoc: Option<String> = None;
    for (at, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if let Some(end) = &heredoc {
            if trimmed == end {
                heredoc = None;
            } else if let Some(last) = found.last_mut() {
                last.rest = format!("{}\n{trimmed}", last.rest);
            }
            continue;
        }
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let (content, continues) =
            trimmed.strip_suffix('\\').map_or((trimmed, false), |it| (it.trim_end(), true));
        if let (true, Some(last)) = (open, found.last_mut()) {
            last.rest = format!("{} {content}", last.rest);
        } else {
            let (keyword, rest) = content.split_once(char::is_whitespace).unwrap_or((content, ""));
            let rest = rest.trim().to_owned();
            found.push(Instruction { line: at + 1, keyword: keyword.to_ascii_uppercase(), rest });
        }
        open = continues;
        heredoc = marker(content).filter(|_| !continues);
    }
    found
}

/// The word that ends a here-document which begins in this line.
fn marker(line: &str) -> Option<String> {
    let rest = line.split_once("<<")?.1.trim_start_matches('-');
    let word: String =
        rest.trim_matches(['"', '\'']).chars().take_while(char::is_ascii_alphanumeric).collect();
    (!word.is_empty()).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continued_lines_are_one_instruction() {
        let text = "# x\nFROM a:1 AS b\nRUN x \\\n  # why\n  && y\nRUN <<EOF\nz\nEOF\nUSER app\n";
        let found: Vec<(usize, String)> = instructions(text).iter().map(|it| (it.line, it.text())).collect();
        let expected = [(2, "FROM a:1 AS b"), (3, "RUN x && y"), (6, "RUN <<EOF\nz"), (9, "USER app")];
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
    }
}
