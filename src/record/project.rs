//! `project.yaml`: the preset, the answers and the gates of a project, as people read them.

use std::{
    collections::BTreeMap,
    fmt::{self, Write},
};

use serde::{Deserialize, Serialize};

use super::{
    Lookup, Origins, damaged, required,
    yaml::{list, scalar},
};
use crate::{error::Result, gate::Gate};

/// What a project was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The version of `scaffold` that made it.
    pub scaffold: String,
    /// The preset.
    pub preset: PresetSource,
    /// The persona document that the preset was made from, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persona: Option<PersonaSource>,
    /// The layout.
    pub layout: String,
    /// What was decided, by question.
    pub answers: BTreeMap<String, Answer>,
    /// What proves the project, in order.
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// Where everything comes from; it stands in a file of its own.
    #[serde(skip)]
    pub origins: Origins,
}

/// A persona document: what is known of it, without its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonaSource {
    /// The name of its file.
    pub name: String,
    /// The SHA-256 of its contents.
    pub sha256: String,
}

/// A preset and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresetSource {
    /// Its name.
    pub name: String,
    /// What kind of place it comes from, such as `built-in` or `git`: nothing of the user's machine.
    pub source: String,
    /// The address of its repository, unless that is on the user's machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The tag, branch or commit that was asked for.
    #[serde(default, rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The commit that it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// What was decided.
    pub value: Value,
    /// Where it came from, such as `flag` or `default`.
    pub origin: String,
}

/// The value of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Words.
    Text(String),
    /// Several words.
    List(Vec<String>),
}

impl fmt::Display for Value {
    /// As YAML.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => flag.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) => scalar(text).fmt(f),
            Self::List(items) => list(items).fmt(f),
        }
    }
}

/// Reads the record of a project.
///
/// # Errors
/// [`Class::Refused`] when there is none, or it is not one; whatever `lookup` returns.
pub fn read(lookup: Lookup<'_>) -> Result<Record> {
    const NAME: &str = "project.yaml";
    let contents = required(lookup, NAME)?;
    let text = std::str::from_utf8(&contents).map_err(|error| damaged(NAME, &error.to_string()))?;
    serde_yaml::from_str(text).map_err(|error| damaged(NAME, &error.to_string()))
}

/// The text of the file.
pub fn write(record: &Record) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = emit(record, &mut out);
    out
}

fn emit(record: &Record, out: &mut String) -> fmt::Result {
    writeln!(out, "# What this project was made from. Keep it under version control.")?;
    writeln!(out, "scaffold: {}", scalar(&record.scaffold))?;
    writeln!(out, "preset:")?;
    writeln!(out, "  name: {}", scalar(&record.preset.name))?;
    writeln!(out, "  source: {}", scalar(&record.preset.source))?;
    let origin =
        [("url", &record.preset.url), ("ref", &record.preset.reference), ("commit", &record.preset.commit)];
    for (key, value) in origin {
        if let Some(value) = value {
            writeln!(out, "  {key}: {}", scalar(value))?;
        }
    }
    if let Some(persona) = &record.persona {
        writeln!(out, "persona:")?;
        writeln!(out, "  name: {}", scalar(&persona.name))?;
        writeln!(out, "  sha256: {}", scalar(&persona.sha256))?;
    }
    writeln!(out, "layout: {}", scalar(&record.layout))?;
    writeln!(out, "answers:{}", if record.answers.is_empty() { " {}" } else { "" })?;
    for (name, answer) in &record.answers {
        writeln!(out, "  {}:", scalar(name))?;
        writeln!(out, "    value: {}", answer.value)?;
        writeln!(out, "    origin: {}", scalar(&answer.origin))?;
    }
    writeln!(out, "gates:{}", if record.gates.is_empty() { " []" } else { "" })?;
    record.gates.iter().try_for_each(|gate| emit_gate(gate, out))
}

fn emit_gate(gate: &Gate, out: &mut String) -> fmt::Result {
    writeln!(out, "  - id: {}", scalar(&gate.id))?;
    writeln!(out, "    phase: {}", scalar(&gate.phase))?;
    writeln!(out, "    title: {}", scalar(&gate.title))?;
    writeln!(out, "    argv: {}", list(&gate.argv))?;
    if !gate.env.is_empty() {
        writeln!(out, "    env:")?;
        for (name, value) in &gate.env {
            writeln!(out, "      {}: {}", scalar(name), scalar(value))?;
        }
    }
    if let Some(probe) = &gate.serve {
        writeln!(out, "    serve:\n      url: {}", scalar(&probe.url))?;
    }
    if !gate.needs.is_empty() {
        let names: Vec<&str> = gate.needs.iter().map(|need| need.0.as_str()).collect();
        writeln!(out, "    needs: {}", list(&names))?;
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{
        error::Class,
        gate::{Need, Probe},
        record::{with_record, within},
        tree::Tree,
    };

    pub fn example() -> Record {
        let answer = |value, origin: &str| Answer { value, origin: origin.into() };
        let answers = BTreeMap::from([
            ("database".to_owned(), answer(Value::Text("postgresql".into()), "flag")),
            ("python".to_owned(), answer(Value::Text("3.10".into()), "default")),
            ("docker".to_owned(), answer(Value::Flag(false), "asked")),
            ("coverage".to_owned(), answer(Value::Number(80), "preset")),
            ("on".to_owned(), answer(Value::List(vec!["no".into(), "a: b".into()]), "flag")),
            ("author".to_owned(), answer(Value::Text("Ä \"B\"\n# c".into()), "asked")),
        ]);
        let gate = Gate {
            id: "start".into(),
            phase: "start".into(),
            title: "Start and answer /health".into(),
            argv: vec![
                "uv".into(),
                "run".into(),
                "--locked".into(),
                "python".into(),
                "-m".into(),
                "shop".into(),
            ],
            env: BTreeMap::from([("SHOP_PORT".to_owned(), "{port}".to_owned())]),
            serve: Some(Probe { url: "http://127.0.0.1:{port}/health".into() }),
            needs: vec![Need("SHOP_DATABASE_URL".into())],
        };
        Record {
            scaffold: "0.1.0".into(),
            preset: PresetSource {
                name: "strict".into(),
                source: "git".into(),
                url: Some("git+https://host/a".into()),
                reference: Some("1.0".into()),
                commit: Some("0".repeat(40)),
            },
            persona: Some(PersonaSource { name: "a b.md".into(), sha256: "0".repeat(64) }),
            layout: "layered".into(),
            answers,
            gates: vec![gate],
            origins: Origins::default(),
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for record in [example(), Record { answers: BTreeMap::new(), gates: vec![], ..example() }] {
            let tree = with_record(&Tree::new(), &record);
            assert_eq!(read(&within(&tree)).unwrap(), record);
        }
    }

    #[test]
    fn it_reads_as_a_person_would_write_it() {
        let text = write(&example());
        assert!(text.contains("  database:\n    value: postgresql\n    origin: flag\n"), "{text}");
        assert!(text.contains("    value: \"3.10\"\n"), "{text}");
        assert!(text.contains("    argv: [uv, run, \"--locked\", python, \"-m\", shop]\n"), "{text}");
    }

    #[test]
    fn a_damaged_or_missing_record_is_refused() {
        assert_eq!(read(&|_| Ok(None)).unwrap_err().class(), Class::Refused);
        let error = read(&|_| Ok(Some(b"scaffold: 1\nx: 2\n".to_vec()))).unwrap_err();
        assert_eq!(error.class(), Class::Refused);
    }
}
