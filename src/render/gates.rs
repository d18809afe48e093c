//! The gates of a project as commands, with the package manager's prefix.

use serde_json::{Value, json};

use super::context::text_of;
use crate::{
    error::Result,
    gate::{Gate, Need, Probe},
    plan::{self, Plan},
    template::{Engine, shell},
};

/// All gates of `plan`.
pub(super) fn commands(plan: &Plan, engine: &Engine, context: &Value) -> Result<Vec<Gate>> {
    let prefix = context["manager"]["run"].as_str().unwrap_or_default();
    let prefix: Vec<&str> = prefix.split_whitespace().collect();
    plan.gates().into_iter().map(|gate| command(gate, engine, &prefix)).collect()
}

/// Words, variables and needs that render to nothing are left out.
fn command(gate: plan::Gate<'_>, engine: &Engine, prefix: &[&str]) -> Result<Gate> {
    let text = |it: &String| text_of(gate.part, it, engine);
    let spec = gate.spec;
    let words = if spec.serve.is_empty() { &spec.run } else { &spec.serve };
    let prefix: &[&str] = if spec.raw { &[] } else { prefix };
    let mut argv: Vec<String> = prefix.iter().map(ToString::to_string).collect();
    for (at, word) in words.iter().enumerate() {
        let word = text(word)?;
        if word.is_empty() {
            continue;
        }
        match argv.last_mut().filter(|last| at == 0 && last.ends_with('/')) {
            // A prefix that is a path is part of the command.
            Some(last) => last.push_str(&word),
            None => argv.push(word),
        }
    }
    let env = spec.env.iter().map(|(name, value)| Ok((text(name)?, text(value)?)));
    let env: Vec<(String, String)> = env.collect::<Result<_>>()?;
    let needs: Vec<String> = spec.needs.iter().map(text).collect::<Result<_>>()?;
    Ok(Gate {
        id: spec.id.clone(),
        phase: spec.phase.to_string(),
        title: text(&spec.title)?,
        argv,
        env: env.into_iter().filter(|(_, value)| !value.is_empty()).collect(),
        serve: spec.probe.as_ref().map(text).transpose()?.map(|url| Probe { url }),
        needs: needs.into_iter().filter(|need| !need.is_empty()).map(Need).collect(),
    })
}

/// The gates as templates see them.
pub(super) fn context(plan: &Plan, gates: &[Gate]) -> Value {
    gates
        .iter()
        .zip(plan.gates())
        .map(|(gate, planned)| {
            json!({
                "id": gate.id,
                "phase": gate.phase,
                "title": gate.title,
                "run": gate.argv,
                "command": gate.argv.iter().map(|word| shell(word)).collect::<Vec<_>>().join(" "),
                "serve": gate.serve.is_some(),
                "env": gate.env,
                "needs": gate.needs,
                "in_ci": planned.spec.in_ci,
            })
        })
        .collect()
}
