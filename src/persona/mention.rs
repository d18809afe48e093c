//! Tools named in one line of text, each with what the line says about it.

use std::collections::HashSet;

use super::vocabulary::{Cue, Tool, Usage, Vocabulary};
use super::words::{self, Word};
use crate::facts::{Field, Polarity};

/// A tool named in a line.
#[derive(Debug, Clone)]
pub struct Mention<'v> {
    /// The tool.
    pub tool: &'v Tool,
    /// Byte offset in the line.
    pub start: usize,
    /// Byte offset after it.
    pub end: usize,
    /// Whether the line asks for it.
    pub polarity: Polarity,
    /// Whether it stands between backticks.
    pub code: bool,
    /// Tools listed together share a number.
    pub group: usize,
    /// Whether it is one of several options ("or", a slash).
    pub option: bool,
    /// Whether doing without is an option too ("or none").
    pub or_none: bool,
}

/// A line cut up, with the tools it names.
#[derive(Debug)]
pub struct Scan<'a, 'v> {
    /// The words of the line.
    pub words: Vec<Word<'a>>,
    /// The tools.
    pub mentions: Vec<Mention<'v>>,
}

struct State {
    pending: Option<(Polarity, usize)>,
    chain: Option<Polarity>,
    group: usize,
    /// True while only joiners stand between the last tool and here.
    joined: bool,
    /// True while only elements of a list do, known or not.
    listed: bool,
    /// True right behind a comma or a joiner.
    joiner: bool,
    /// Groups whose tools are options.
    options: HashSet<usize>,
    /// Groups that end in "or none".
    or_none: HashSet<usize>,
}

/// How many filler words may stand between a cue and its tool.
const FILLERS: usize = 3;

/// Finds the tools in `line`.
#[must_use]
pub fn scan<'a, 'v>(line: &'a str, vocabulary: &'v Vocabulary) -> Scan<'a, 'v> {
    let words = words::cut(line);
    let mut mentions: Vec<Mention<'v>> = Vec::new();
    let mut state = State {
        pending: None,
        chain: None,
        group: 0,
        joined: false,
        listed: false,
        joiner: false,
        options: HashSet::new(),
        or_none: HashSet::new(),
    };
    let mut keys: Vec<&str> = Vec::with_capacity(8);
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        separator(word.before, &mut state);
        keys.clear();
        keys.extend(phrase(&words[at..]));
        if let Some((tool, count)) = tool_at(line, word, &keys, vocabulary) {
            let end = words[at + count - 1].end();
            let comma = word.before.contains([',', '、', '/', '+']);
            let polarity = polarity(line, word.start, comma, &mut state, vocabulary);
            if !state.joined {
                state.group += 1;
            }
            mentions.push(Mention {
                tool,
                start: word.start,
                end,
                polarity,
                code: word.code,
                group: state.group,
                option: false,
                or_none: false,
            });
            (state.joined, state.listed, state.joiner, state.pending) = (true, true, false, None);
            at += count;
        } else if let Some((cue, count)) =
            vocabulary.cue(&keys).filter(|found| !means_in(line, word, found.1))
        {
            state.pending = Some((meaning(cue), FILLERS));
            (state.chain, state.joined, state.listed) = (None, false, false);
            at += count;
        } else {
            ordinary(word, &mut state, vocabulary);
            at += 1;
        }
    }
    for mention in &mut mentions {
        mention.option = state.options.contains(&mention.group);
        mention.or_none = state.or_none.contains(&mention.group);
    }
    drop_qualified(&words, &mut mentions);
    trailing(line, &mut mentions, vocabulary);
    Scan { words, mentions }
}

/// Portuguese "no" means "in the"; its neighbours give the language away.
fn means_in(line: &str, word: &Word<'_>, count: usize) -> bool {
    count == 1 && word.normal == "no" && line.contains(['ã', 'õ', 'ç', 'á', 'é', 'í', 'ó', 'ú', 'ê'])
}

fn meaning(cue: Cue) -> Polarity {
    match cue {
        Cue::Never => Polarity::Never,
        Cue::Replaced | Cue::Fallback => Polarity::Alternative,
    }
}

/// The words that may belong to one phrase: no comma, bracket or bar between them.
fn phrase<'w>(words: &'w [Word<'_>]) -> impl Iterator<Item = &'w str> {
    let together = |(index, word): &(usize, &Word<'_>)| {
        *index == 0 || word.before.chars().all(|mark| matches!(mark, ' ' | '&' | '/' | '*' | '`' | '[' | ']'))
    };
    words.iter().take(5).enumerate().take_while(together).map(|(_, word)| word.normal.as_ref())
}

/// What a separator ends.
fn separator(before: &str, state: &mut State) {
    let ends = before
        .contains(['(', ')', ';', '—', '–', '→', '。', '；', '!', '?', '|', '（', '）', '，', '<', '>'])
        || before.starts_with(". ")
        || before.starts_with(".*")
        || before.contains("=>")
        || before.contains(" - ");
    if ends {
        (state.pending, state.chain, state.joined, state.listed) = (None, None, false, false);
    } else if before.contains(':') || before.contains('：') {
        (state.chain, state.joined) = (None, false);
    }
    if before.contains('/') && state.joined {
        state.options.insert(state.group);
    }
}

fn ordinary(word: &Word<'_>, state: &mut State, vocabulary: &Vocabulary) {
    let text = word.normal.as_ref();
    let number = text.starts_with(|letter: char| letter.is_ascii_digit()) || is_version(text);
    let joiner = vocabulary.joiners.contains(text);
    let option = vocabulary.options.contains(text);
    if option && state.joined {
        state.options.insert(state.group);
    } else if text == "none" && state.joined && state.options.contains(&state.group) {
        state.or_none.insert(state.group);
    }
    if joiner || option {
        state.joiner = true;
    } else if !number {
        // An unknown word may be an element of the list, but only behind a comma or a joiner.
        state.listed &= state.joiner || word.before.contains([',', '、', '/', '+']);
        (state.joined, state.joiner) = (false, false);
    }
    state.pending = state.pending.and_then(|(polarity, left)| {
        (left > 0 && (vocabulary.fillers.contains(text) || number)).then(|| (polarity, left - 1))
    });
}

fn is_version(text: &str) -> bool {
    text.strip_prefix('v').is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

fn tool_at<'v>(
    line: &str,
    word: &Word<'_>,
    keys: &[&str],
    vocabulary: &'v Vocabulary,
) -> Option<(&'v Tool, usize)> {
    let found = vocabulary.tool(keys).or_else(|| {
        let first = keys.first()?;
        let bare = ["'s", "-based", "-backed", "-powered", "-driven", "-native"]
            .iter()
            .find_map(|end| first.strip_suffix(end))?;
        vocabulary.tool(&[bare])
    });
    let found = found.or_else(|| {
        // `tool.attribute` in code names the tool.
        let (head, tail) = keys.first()?.split_once('.')?;
        let file = matches!(
            tail,
            "ini"
                | "toml"
                | "lock"
                | "py"
                | "md"
                | "cfg"
                | "yml"
                | "yaml"
                | "json"
                | "txt"
                | "sh"
                | "conf"
                | "com"
                | "io"
                | "dev"
                | "org"
                | "dumps"
                | "loads"
        );
        (word.code && !file && !tail.is_empty())
            .then(|| vocabulary.tool(&[head]))
            .flatten()
            .filter(|found| found.0.word < Usage::Code)
    })?;
    // `[e.g., NAME]` is a blank to fill in.
    let blank = word.before.ends_with(", ") && line[..word.start].ends_with("[e.g., ")
        || line[..word.start].ends_with("[e.g. ");
    (!blank && !in_path(line, word) && !word.before.ends_with(['@', '-', '$', '='])).then_some(found)
}

/// Whether a word is part of a path or an address.
fn in_path(line: &str, word: &Word<'_>) -> bool {
    let window = 80;
    let stops = |letter: char| {
        letter.is_whitespace() || matches!(letter, '`' | '(' | ')' | '"' | '\'' | ',' | '|' | '*')
    };
    let left: String =
        line[..word.start].chars().rev().take(window).take_while(|letter| !stops(*letter)).collect();
    let right: String =
        line[word.end()..].chars().take(window).take_while(|letter| !stops(*letter)).collect();
    if !left.contains('/') && !right.contains('/') {
        return false;
    }
    if word.normal.starts_with('.') {
        return false;
    }
    let outer_slash = left.ends_with('/') && left.chars().count() == 1 || right == "/";
    let odd = |text: &str| text.contains("//") || text.contains(['_', '{', '<', '[', '@', '.', '=']);
    outer_slash
        || left.ends_with('/') && left.chars().rev().collect::<String>().starts_with('/')
        || odd(&left)
        || (right.contains('/') && odd(&right))
}

fn polarity(line: &str, start: usize, comma: bool, state: &mut State, vocabulary: &Vocabulary) -> Polarity {
    let mut behind = line[..start].trim_end_matches(['`', '*', ' ', '"', '“']);
    if behind.ends_with(|letter: char| u32::from(letter) >= 0x2e80) {
        behind = behind.trim_end_matches(['用', '使']);
        if let Some((_, cue)) = vocabulary
            .unspaced
            .iter()
            .find(|(phrase, _)| behind.ends_with(phrase.trim_end_matches(['用', '使'])))
        {
            state.chain = Some(meaning(*cue));
            return meaning(*cue);
        }
    }
    let said = state
        .pending
        .map(|(polarity, _)| polarity)
        .or(state.chain.filter(|_| state.joined || (state.listed && (state.joiner || comma))));
    state.chain = said;
    said.unwrap_or(Polarity::Use)
}

/// A cue behind a tool, or closing the bracket behind it, speaks of all tools listed with it.
fn trailing(line: &str, mentions: &mut [Mention<'_>], vocabulary: &Vocabulary) {
    let mut said: Vec<(usize, Polarity)> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.polarity == Polarity::Use) {
        let ahead = line[mention.end..].trim_start_matches(['`', '*', ' ', '"']);
        let after_version = ahead.trim_start_matches(|letter: char| {
            letter.is_ascii_digit() || matches!(letter, '.' | '+' | '*' | ' ' | 'x' | 'v')
        });
        let short = after_version
            .strip_prefix(['(', '-', '–', '—'])
            .map_or("", |rest| rest.split([')', ',', '.', ';']).next().unwrap_or(""));
        let aside = if short.len() < 60 { short.trim() } else { "" };
        let found = vocabulary.trailing.iter().find(|(phrase, _)| {
            let direct = ahead.strip_prefix(phrase.as_str()).is_some_and(|rest| {
                !rest.starts_with(|letter: char| letter.is_ascii_alphanumeric()) && !rest.starts_with(" to ")
            });
            direct || aside.to_lowercase().ends_with(phrase.as_str())
        });
        said.extend(found.map(|(_, cue)| (mention.group, meaning(*cue))));
    }
    let said: std::collections::HashMap<usize, Polarity> = said.into_iter().collect();
    for mention in mentions.iter_mut() {
        mention.polarity = said.get(&mention.group).copied().unwrap_or(mention.polarity);
    }
}

/// "No Pydantic v1" turns down a version, "isort rules" are rules of a linter: neither speaks of the tool.
fn drop_qualified(words: &[Word<'_>], mentions: &mut Vec<Mention<'_>>) {
    mentions.retain(|mention| {
        let next = words.partition_point(|word| word.start < mention.end);
        let Some(word) = words.get(next) else { return true };
        let number =
            is_version(&word.normal) || word.normal.starts_with(|letter: char| letter.is_ascii_digit());
        let versioned = word.before == " " && number && mention.polarity != Polarity::Use;
        let beside = word.before.trim_matches(['`', '*']).trim().is_empty();
        let rules =
            beside && (matches!(word.normal.as_ref(), "rule" | "rules") || word.normal.starts_with("规则"));
        let lints = mention.tool.roles.iter().any(|role| role.field == Field::Linter);
        !(versioned || (rules && !lints))
    });
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, scan};
    use crate::facts::Polarity::{Alternative, Never, Use};

    #[test]
    fn polarity_follows_the_cue() {
        let vocabulary = Vocabulary::built_in();
        let cases: [(&str, &[(&str, crate::facts::Polarity)]); 17] = [
            (
                "Use httpx instead of requests or aiohttp.",
                &[("httpx", Use), ("requests", Alternative), ("aiohttp", Alternative)],
            ),
            (
                "Ruff (replaces flake8+black+isort)",
                &[("ruff", Use), ("flake8", Alternative), ("black", Alternative), ("isort", Alternative)],
            ),
            ("Never use pip; use uv.", &[("pip", Never), ("uv", Use)]),
            ("Never run Celery tasks inline", &[("celery", Use)]),
            ("`polars`, not `pandas`", &[("polars", Use), ("pandas", Never)]),
            ("uv вместо pip", &[("uv", Use), ("pip", Alternative)]),
            ("禁止使用 pip，使用 uv", &[("pip", Never), ("uv", Use)]),
            ("pip ではなく uv を使う", &[("pip", Alternative), ("uv", Use)]),
            ("structlog au lieu de loguru", &[("structlog", Use), ("loguru", Alternative)]),
            ("uv en lugar de poetry", &[("uv", Use), ("poetry", Alternative)]),
            ("`tests/celery/worker.py` and @celery.task", &[]),
            ("Do not use Pydantic v1", &[]),
            ("the isort rules of Ruff", &[("ruff", Use)]),
            ("**Litestar 2** (lean alternative)", &[("litestar", Alternative)]),
            ("uv (pip, poetry forbidden)", &[("uv", Use), ("pip", Never), ("poetry", Never)]),
            ("not marshmallow, cerberus, or attrs", &[("marshmallow", Never), ("attrs", Never)]),
            ("Quart-based services", &[("quart", Use)]),
        ];
        for (line, expected) in cases {
            let scan = scan(line, &vocabulary);
            let found: Vec<_> =
                scan.mentions.iter().map(|mention| (mention.tool.name.as_str(), mention.polarity)).collect();
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn options_are_seen() {
        let vocabulary = Vocabulary::built_in();
        let options =
            |line| scan(line, &vocabulary).mentions.iter().map(|mention| mention.option).collect::<Vec<_>>();
        assert_eq!(options("Celery or arq"), [true, true]);
        assert_eq!(options("mypy/pyright"), [true, true]);
        assert_eq!(options("FastAPI, Flask, or none"), [true, true]);
        assert_eq!(options("pytest + hypothesis"), [false, false]);
    }
}
