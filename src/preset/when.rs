//! Conditions as data, so that they can be checked without running anything.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The key of a condition that tests for a component instead of an answer.
pub const COMPONENT: &str = "component";

/// A condition over the answers: every entry has to hold.
///
/// The key is the name of a question, or `component` to test whether a component takes part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct When(pub IndexMap<String, Test>);

/// What one entry of a condition demands of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Test {
    /// The value is this one.
    Is(String),
    /// The value is one of these.
    AnyOf(Vec<String>),
    /// The value is none of these.
    Not(Not),
}

/// A negated test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Not {
    /// The value, or the values, that must not be there.
    pub not: OneOrMany,
}

/// One value or a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One value.
    One(String),
    /// Several values.
    Many(Vec<String>),
}

impl When {
    /// Whether the condition holds. `answer` gives the value of a question, `present` tells whether a component
    /// takes part.
    pub fn holds<'a>(
        &self,
        answer: &dyn Fn(&str) -> Option<&'a str>,
        present: &dyn Fn(&str) -> bool,
    ) -> bool {
        self.0.iter().all(|(key, test)| {
            if key == COMPONENT {
                test.components_hold(present)
            } else {
                answer(key).is_some_and(|value| test.accepts(value))
            }
        })
    }

    /// The questions and values that the condition mentions.
    pub fn mentions(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.0.iter().map(|(key, test)| (key.as_str(), test.values()))
    }
}

impl Test {
    /// Whether `value` passes.
    ///
    /// An answer of several choices has commas between them: one of the values has to be among them, or none.
    pub fn accepts(&self, value: &str) -> bool {
        let values = self.values();
        let has = values.contains(&value) || value.split(',').any(|part| values.contains(&part));
        match self {
            Self::Not(_) => !has,
            _ => has,
        }
    }

    /// The values named.
    pub fn values(&self) -> Vec<&str> {
        match self {
            Self::Is(one) | Self::Not(Not { not: OneOrMany::One(one) }) => vec![one],
            Self::AnyOf(many) | Self::Not(Not { not: OneOrMany::Many(many) }) => {
                many.iter().map(String::as_str).collect()
            }
        }
    }

    /// The test in words: `not none`, `postgresql or sqlite`.
    pub fn spelled(&self) -> String {
        let values = self.values().join(" or ");
        match self {
            Self::Not(_) => format!("not {values}"),
            _ => values,
        }
    }

    fn components_hold(&self, present: &dyn Fn(&str) -> bool) -> bool {
        let any = self.values().into_iter().any(present);
        match self {
            Self::Not(_) => !any,
            _ => any,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(yaml: &str) -> bool {
        let when: When = serde_yaml::from_str(yaml).unwrap();
        let answer = |key: &str| (key == "database").then_some("sqlite");
        when.holds(&answer, &|component| component == "redis")
    }

    #[test]
    fn every_entry_has_to_hold() {
        assert!(holds("{}"));
        assert!(holds("{database: sqlite, component: redis}"));
        assert!(holds("{database: [postgresql, sqlite]}"));
        assert!(holds("{database: {not: none}, component: {not: [celery, arq]}}"));
        assert!(!holds("{database: sqlite, component: celery}"));
        assert!(!holds("{database: {not: [sqlite]}}"));
        assert!(!holds("{unknown: x}"));
    }
}
