//! The examples beside a template, `NAME.py.examples.yaml`: this file mirrors them one to one and is their reference.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The examples of one template, by what they show: `User`, `User.rename`, `parse`, or `module` for the module
/// itself. Every text is a template. An example whose definition some answers leave out is left out with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Examples(pub IndexMap<String, Example>);

/// How to use a definition. A reader of its docstring sees the code together with the imports that it needs: names
/// that the module defines or imports are imported by themselves. The same code is run as a doctest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Code that the test runs before and a reader is spared, such as variables of the environment. What is shown
    /// should run without it wherever it can.
    #[serde(default)]
    pub setup: String,
    /// The code that is shown and run.
    pub code: String,
    /// What the last statement of `code` prints: the value of an expression, as Python writes it. A reader sees it
    /// in a comment below the code.
    #[serde(default)]
    pub expect: String,
}

/// The name of the example that stands in the docstring of the module.
pub const MODULE: &str = "module";
