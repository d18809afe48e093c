//! The vocabulary file as plain structs: it mirrors the YAML one to one; the file explains its keys.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

/// The file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    pub tools: BTreeMap<String, ToolData>,
    #[serde(default)]
    pub architectures: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub labels: Vec<LabelData>,
    #[serde(default)]
    pub groups: BTreeMap<String, HashSet<String>>,
    pub cues: CueData,
    pub sections: SectionData,
    pub columns: ColumnData,
    #[serde(default)]
    pub bad_marks: Vec<String>,
    pub languages: LanguageData,
    #[serde(default)]
    pub files: HashMap<String, String>,
    #[serde(default)]
    pub features: BTreeMap<String, FeatureData>,
    #[serde(default)]
    pub tiers: Vec<TierData>,
}

/// A capability or a habit.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeatureData {
    pub say: Vec<String>,
    pub word: Usage,
}

/// Words for one size of a project.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TierData {
    pub sure: Vec<String>,
    pub plain: Vec<String>,
}

/// Marks of languages with their weight.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageData {
    pub python: HashMap<String, u32>,
    pub other: HashMap<String, u32>,
}

/// One tool.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ToolData {
    pub say: Vec<String>,
    pub package: Option<String>,
    pub is: Vec<String>,
    pub word: Usage,
    pub drives: Option<String>,
    pub server: bool,
    pub example: bool,
}

/// Words of a label and the fields it speaks of.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelData {
    pub words: Vec<String>,
    pub fields: Vec<String>,
}

/// Cue words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CueData {
    pub never: Vec<String>,
    pub replaced: Vec<String>,
    pub fallback: Vec<String>,
    pub trailing_never: Vec<String>,
    pub trailing_replaced: Vec<String>,
    pub refusals: Vec<String>,
    pub fillers: HashSet<String>,
    pub joiners: HashSet<String>,
    pub options: HashSet<String>,
}

/// Headings that change what a section says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SectionData {
    pub ignore: Vec<String>,
    pub alternative: Vec<String>,
    pub never: Vec<String>,
}

/// Headings of columns.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ColumnData {
    pub replaced: Vec<String>,
    pub ignore: Vec<String>,
}

/// What the name of a tool means beside the tool, and so how much it takes to be read as one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Usage {
    /// Nothing.
    #[default]
    Own,
    /// A plain word: the place has to be one for tools.
    Common,
    /// A plain word that heads lists too: it has to be written as code.
    Code,
    /// A word of programs too: another tool has to stand beside it.
    Generic,
}
