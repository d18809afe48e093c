//! The vocabulary: words of tools and cues, loaded from data.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::vocabulary_data::{CueData, Data, FeatureData, TierData, ToolData};

use crate::facts::Field;

pub use super::vocabulary_data::Usage;

/// The vocabulary that the program carries.
const BUILT_IN: &str = include_str!("vocabulary.yaml");

/// Families of packages that take the name of their host in front.
const FAMILIES: [&str; 6] = ["django", "flask", "pydantic", "pytest", "sphinx", "mkdocs"];

/// The most words that one spelling may have.
const MAX_WORDS: usize = 5;

/// A field that a tool can fill.
#[derive(Debug, Clone)]
pub struct Role {
    /// The field.
    pub field: Field,
    /// The value it gets.
    pub value: String,
    /// A word of this group must be near.
    pub needs: Option<String>,
    /// No word of this group may be near.
    pub forbids: Option<String>,
}

/// A tool.
#[derive(Debug, Clone)]
pub struct Tool {
    /// Its name in the vocabulary.
    pub name: String,
    /// Its package, if it is one.
    pub package: Option<String>,
    /// The fields it can fill.
    pub roles: Vec<Role>,
    /// What else its name means.
    pub word: Usage,
    /// The database that a driver is for.
    pub drives: Option<String>,
    /// Whether a server has the same name.
    pub server: bool,
    /// Whether lessons on package managers like to install it.
    pub example: bool,
}

/// What a cue says of the tool beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// The tool is rejected.
    Never,
    /// The tool is what something else replaces.
    Replaced,
    /// The tool is a second choice.
    Fallback,
}

/// Words of tools and cues, ready for look-up.
#[derive(Debug)]
pub struct Vocabulary {
    tools: Vec<Tool>,
    spellings: HashMap<String, usize>,
    longest: usize,
    /// Cues by their first word: all words, meaning.
    cues: HashMap<String, Vec<(Vec<String>, Cue)>>,
    /// Cues in scripts without blanks, and cues behind a tool.
    pub(super) unspaced: Vec<(String, Cue)>,
    pub(super) trailing: Vec<(String, Cue)>,
    pub(super) architectures: Vec<(String, String)>,
    labels: HashMap<String, Vec<Field>>,
    groups: BTreeMap<String, HashSet<String>>,
    pub(super) fillers: HashSet<String>,
    pub(super) joiners: HashSet<String>,
    pub(super) options: HashSet<String>,
    pub(super) ignored_sections: Vec<String>,
    pub(super) alternative_sections: Vec<String>,
    pub(super) never_sections: Vec<String>,
    pub(super) replaced_columns: Vec<String>,
    pub(super) ignored_columns: Vec<String>,
    pub(super) bad_marks: Vec<String>,
    files: HashMap<String, String>,
    pub(super) python_marks: HashMap<String, u32>,
    pub(super) other_marks: HashMap<String, u32>,
    pub(super) refusals: Vec<String>,
    pub(super) tiers: Vec<TierData>,
    /// Capabilities and habits, as tools that are told by the same cues.
    pub(super) features: Option<Box<Vocabulary>>,
}

impl Vocabulary {
    /// The vocabulary that the program carries.
    ///
    /// # Panics
    /// Never in a program that passed its tests: the data is part of it.
    #[must_use]
    pub fn built_in() -> Self {
        match Self::parse(BUILT_IN) {
            Ok(vocabulary) => vocabulary,
            Err(error) => unreachable!("the built-in vocabulary does not load: {error}"),
        }
    }

    /// Reads a vocabulary written in YAML.
    ///
    /// # Errors
    /// The sentence of the YAML reader, or the name of a field that does not exist.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut data: Data = crate::yaml::plain(text)?;
        let mut words = data.clone();
        words.tools = std::mem::take(&mut data.features).into_iter().map(feature).collect();
        let mut built = Self::build(data)?;
        built.features = Some(Box::new(Self::build(words)?));
        Ok(built)
    }

    fn build(data: Data) -> Result<Self, String> {
        let mut tools = Vec::with_capacity(data.tools.len());
        let mut spellings = HashMap::new();
        for (name, tool) in data.tools {
            for spelling in tool.say.iter().chain([&name]) {
                spellings.insert(normal(spelling), tools.len());
            }
            // Families are written with a blank as often as with a hyphen.
            if let Some((family, _)) = name.split_once('-').filter(|(family, _)| FAMILIES.contains(family)) {
                let rest = &name[family.len()..];
                spellings.entry(format!("{family}{}", rest.replace('-', " "))).or_insert(tools.len());
            }
            tools.push(tool_of(name, tool)?);
        }
        let longest = spellings.keys().map(|key| key.split(' ').count()).max().unwrap_or(1).min(MAX_WORDS);
        let mut labels = HashMap::new();
        for label in data.labels {
            let fields = label.fields.iter().map(|name| field(name)).collect::<Result<Vec<_>, _>>()?;
            for word in label.words {
                labels.insert(word.to_lowercase(), fields.clone());
            }
        }
        let (cues, unspaced) = cues(&data.cues);
        let trail = |words: &[String], cue| words.iter().map(|word| (word.clone(), cue)).collect::<Vec<_>>();
        let mut trailing = trail(&data.cues.trailing_never, Cue::Never);
        trailing.extend(trail(&data.cues.trailing_replaced, Cue::Replaced));
        let mut architectures: Vec<(String, String)> = Vec::new();
        for (name, phrases) in data.architectures {
            architectures.extend(phrases.into_iter().map(|phrase| (phrase.to_lowercase(), name.clone())));
        }
        Ok(Self {
            tools,
            spellings,
            longest,
            cues,
            unspaced,
            trailing,
            architectures,
            labels,
            groups: data.groups,
            fillers: data.cues.fillers,
            joiners: data.cues.joiners,
            options: data.cues.options,
            ignored_sections: padded(&data.sections.ignore),
            alternative_sections: padded(&data.sections.alternative),
            never_sections: padded(&data.sections.never),
            replaced_columns: data.columns.replaced,
            ignored_columns: data.columns.ignore,
            bad_marks: data.bad_marks,
            files: data.files,
            python_marks: data.languages.python,
            other_marks: data.languages.other,
            refusals: data.cues.refusals,
            tiers: data.tiers,
            features: None,
        })
    }

    /// The tool that the first of `words` begin to spell, with the number of words taken.
    #[must_use]
    pub fn tool(&self, words: &[&str]) -> Option<(&Tool, usize)> {
        let mut key = String::new();
        let mut found = None;
        for (count, word) in words.iter().take(self.longest).enumerate() {
            if count > 0 {
                key.push(' ');
            }
            key.push_str(word);
            if let Some(index) = self.spellings.get(&key) {
                found = self.tools.get(*index).map(|tool| (tool, count + 1));
            }
        }
        found
    }

    /// The tool with exactly this spelling.
    #[must_use]
    pub fn named(&self, word: &str) -> Option<&Tool> {
        self.spellings.get(&normal(word)).and_then(|index| self.tools.get(*index))
    }

    /// The tool that a file of this name shows at work.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&Tool> {
        self.files.get(name).and_then(|tool| self.named(tool))
    }

    /// Every spelling of the tools and capabilities that go by `value`: as a name, a package or the value of a field.
    #[must_use]
    pub fn spellings(&self, value: &str) -> Vec<&str> {
        let goes_by = |tool: &Tool| {
            tool.name == value
                || tool.package.as_deref() == Some(value)
                || tool.roles.iter().any(|role| role.value == value)
        };
        let known = self.spellings.iter().filter(|(_, index)| self.tools.get(**index).is_some_and(goes_by));
        let further = self.features.iter().flat_map(|features| features.spellings(value));
        known.map(|(spelling, _)| spelling.as_str()).chain(further).collect()
    }

    /// The cue that the first of `words` spell, with the number of words taken; the longest wins.
    #[must_use]
    pub fn cue(&self, words: &[&str]) -> Option<(Cue, usize)> {
        let candidates = self.cues.get(*words.first()?)?;
        let fits =
            |phrase: &[String]| phrase.len() <= words.len() && phrase.iter().zip(words).all(|(a, b)| a == b);
        candidates
            .iter()
            .filter(|(phrase, _)| fits(phrase))
            .map(|(phrase, cue)| (*cue, phrase.len()))
            .max_by_key(|found| found.1)
    }

    /// The fields that a label speaks of.
    #[must_use]
    pub fn label(&self, text: &str) -> Option<&[Field]> {
        self.labels.get(text).map(Vec::as_slice)
    }

    /// Whether one of `words` belongs to `group`.
    pub fn has_group<'w>(&self, group: &str, mut words: impl Iterator<Item = &'w str>) -> bool {
        self.groups.get(group).is_some_and(|group| words.any(|word| group.contains(word)))
    }

    /// The words of `group`.
    pub fn group(&self, group: &str) -> impl Iterator<Item = &str> {
        self.groups.get(group).into_iter().flatten().map(String::as_str)
    }
}

/// Phrases with a blank on both sides, so that they are found as whole words only.
fn padded(phrases: &[String]) -> Vec<String> {
    let pad = |phrase: &String| {
        if phrase.is_ascii() { format!(" {} ", phrase.trim_end_matches(':')) } else { phrase.clone() }
    };
    phrases.iter().map(pad).collect()
}

fn field(name: &str) -> Result<Field, String> {
    Field::from_name(name).ok_or_else(|| format!("no field is called `{name}`"))
}

fn tool_of(name: String, data: ToolData) -> Result<Tool, String> {
    let roles = data.is.iter().map(|text| role(text, &name)).collect::<Result<_, _>>()?;
    let package = match data.package {
        Some(package) if package == "none" => None,
        Some(package) => Some(package),
        None => Some(name.clone()),
    };
    Ok(Tool {
        name,
        package,
        roles,
        word: data.word,
        drives: data.drives,
        server: data.server,
        example: data.example,
    })
}

/// A capability as a tool without a package.
fn feature((name, data): (String, FeatureData)) -> (String, ToolData) {
    let tool =
        ToolData { say: data.say, word: data.word, package: Some("none".to_owned()), ..ToolData::default() };
    (name, tool)
}

/// Reads `FIELD[=VALUE] [if GROUP] [unless GROUP]`.
fn role(text: &str, name: &str) -> Result<Role, String> {
    let (text, forbids) = split(text, " unless ");
    let (text, needs) = split(text, " if ");
    let (text, value) = split(text, "=");
    Ok(Role { field: field(text)?, value: value.unwrap_or_else(|| name.to_owned()), needs, forbids })
}

fn split<'a>(text: &'a str, mark: &str) -> (&'a str, Option<String>) {
    text.split_once(mark).map_or((text, None), |(head, tail)| (head, Some(tail.to_owned())))
}

type CueIndex = HashMap<String, Vec<(Vec<String>, Cue)>>;

fn cues(data: &CueData) -> (CueIndex, Vec<(String, Cue)>) {
    let mut index = CueIndex::new();
    let mut unspaced = Vec::new();
    let lists = [(&data.never, Cue::Never), (&data.replaced, Cue::Replaced), (&data.fallback, Cue::Fallback)];
    for (phrases, cue) in lists {
        for phrase in phrases {
            if phrase.chars().any(|letter| u32::from(letter) >= 0x2e80) {
                unspaced.push((phrase.clone(), cue));
                continue;
            }
            let words: Vec<String> = phrase.trim_end_matches(':').split(' ').map(normal).collect();
            index.entry(words[0].clone()).or_default().push((words, cue));
        }
    }
    (index, unspaced)
}

/// One form for spellings: lower case, `-` for `_`.
#[must_use]
pub fn normal(word: &str) -> String {
    word.to_lowercase().replace('_', "-").replace('’', "'")
}
