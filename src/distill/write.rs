//! A preset as YAML that a person would have written, with the lines it comes from.

use std::fmt::Write;

use indexmap::IndexMap;
use serde_json::Value;

use crate::{
    preset::{Choice, Layout, Offer, Preset, Question, Rule, Selection, Test, When},
    record::yaml::{list, scalar},
};

/// The line that each entry without a place for a citation comes from, by its path: `python`, `layout.roles.app`.
pub(super) type Lines = IndexMap<String, usize>;

/// The text of the file.
pub(super) fn preset(preset: &Preset, lines: &Lines, head: &str) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = emit(preset, lines, head, &mut out);
    out
}

fn emit(preset: &Preset, lines: &Lines, head: &str, out: &mut String) -> std::fmt::Result {
    for line in head.lines() {
        writeln!(out, "# {line}")?;
    }
    writeln!(out, "preset: {}", scalar(&preset.preset))?;
    writeln!(out, "title: {}{}", scalar(&preset.title), comment(lines, "title"))?;
    writeln!(out, "description: {}{}", scalar(&preset.description), comment(lines, "description"))?;
    if let Some(persona) = &preset.persona {
        writeln!(out, "persona: {}", scalar(persona))?;
    }
    writeln!(out, "\npython: {}{}", list(&preset.python), comment(lines, "python"))?;
    let offers: Vec<String> = preset.layouts.iter().map(offer).collect();
    writeln!(out, "layouts: [{}]{}", offers.join(", "), comment(lines, "layouts"))?;
    if let Some(layout) = &preset.layout {
        emit_layout(layout, lines, out)?;
    }
    writeln!(out, "\nquestions:{}", if preset.questions.is_empty() { " {}" } else { "" })?;
    for (name, question) in &preset.questions {
        emit_question(name, question, out)?;
    }
    writeln!(out, "\ncomponents:")?;
    for selection in &preset.components {
        emit_selection(selection, out)?;
    }
    let dependencies = &preset.dependencies;
    if !dependencies.dev.is_empty() {
        let names: Vec<&str> = dependencies.dev.iter().map(crate::preset::Requires::name).collect();
        writeln!(out, "\ndependencies:\n  dev: {}{}", list(&names), comment(lines, "dependencies.dev"))?;
    }
    emit_rest(preset, lines, out)
}

/// Settings, rules and style.
fn emit_rest(preset: &Preset, lines: &Lines, out: &mut String) -> std::fmt::Result {
    if let Some(prefix) = &preset.env_prefix {
        writeln!(out, "\nenv_prefix: {}{}", scalar(prefix), comment(lines, "env_prefix"))?;
    }
    if !preset.pyproject.trim().is_empty() {
        writeln!(out, "\npyproject: |")?;
        block(&preset.pyproject, out)?;
    }
    if !preset.cites.is_empty() {
        writeln!(out, "\ncites:")?;
        for (table, cite) in &preset.cites {
            writeln!(out, "  {}: {}", scalar(table), scalar(cite))?;
        }
    }
    if !preset.rules.is_empty() {
        writeln!(out, "\nrules:")?;
    }
    for rule in &preset.rules {
        writeln!(out, "  - id: {}", scalar(&rule.id))?;
        if let Some(cite) = &rule.cite {
            writeln!(out, "    cite: {}", scalar(cite))?;
        }
        if !rule.when.0.is_empty() {
            writeln!(out, "    when: {}", condition(&rule.when))?;
        }
        emit_checks(rule, out)?;
    }
    let style = &preset.style;
    if !style.others.is_empty() || style.docstring_examples || style.docstring_types {
        writeln!(out, "\nstyle:")?;
        let flags =
            [("docstring_examples", style.docstring_examples), ("docstring_types", style.docstring_types)];
        for (name, _) in flags.iter().filter(|it| it.1) {
            writeln!(out, "  {name}: true{}", comment(lines, &format!("style.{name}")))?;
        }
        for (name, value) in &preset.style.others {
            writeln!(
                out,
                "  {}: {}{}",
                scalar(name),
                scalar(value),
                comment(lines, &format!("style.{name}"))
            )?;
        }
    }
    Ok(())
}

/// What a rule states beside its name and its line.
fn emit_checks(rule: &Rule, out: &mut String) -> std::fmt::Result {
    let Ok(Value::Object(fields)) = serde_json::to_value(rule) else { return Ok(()) };
    let rest = fields.iter().filter(|(name, _)| !["id", "cite", "when"].contains(&name.as_str()));
    for (name, value) in rest {
        writeln!(out, "    {}: {}", scalar(name), flow(value))?;
    }
    Ok(())
}

/// A value on one line, without what says nothing.
fn flow(value: &Value) -> String {
    let says = |it: &Value| match it {
        Value::Null | Value::Bool(false) => false,
        Value::Number(number) => number.as_i64() != Some(0),
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        Value::Bool(true) => true,
    };
    match value {
        Value::String(text) => scalar(text),
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, it)| says(it));
            let parts: Vec<String> =
                fields.map(|(name, it)| format!("{}: {}", scalar(name), flow(it))).collect();
            format!("{{{}}}", parts.join(", "))
        }
        other => other.to_string(),
    }
}

fn comment(lines: &Lines, path: &str) -> String {
    lines.get(path).filter(|line| **line > 0).map_or_else(String::new, |line| format!("  # line {line}"))
}

fn emit_layout(layout: &Layout, lines: &Lines, out: &mut String) -> std::fmt::Result {
    writeln!(out, "\nlayout:{}", comment(lines, "layout"))?;
    writeln!(out, "  layout: {}", scalar(&layout.layout))?;
    writeln!(out, "  description: {}", scalar(&layout.description))?;
    writeln!(out, "  package: {}", scalar(&layout.package))?;
    writeln!(out, "  roles:{}", if layout.roles.is_empty() { " {}" } else { "" })?;
    for (role, pattern) in &layout.roles {
        let from = comment(lines, &format!("layout.roles.{role}"));
        writeln!(out, "    {}: {}{from}", scalar(role), scalar(pattern))?;
    }
    if layout.layers.is_empty() {
        writeln!(out, "  layers: []")?;
    } else {
        writeln!(out, "  layers:")?;
        for group in &layout.layers {
            writeln!(out, "    - {}", list(group))?;
        }
        writeln!(out, "  shared: {}", list(&layout.shared))?;
        writeln!(out, "  wiring: {}", list(&layout.wiring))?;
    }
    writeln!(out, "  markers:")?;
    for (folder, doc) in &layout.markers {
        writeln!(out, "    {}: {}", scalar(folder), scalar(doc))?;
    }
    Ok(())
}

fn emit_question(name: &str, question: &Question, out: &mut String) -> std::fmt::Result {
    writeln!(out, "  {}:", scalar(name))?;
    writeln!(out, "    ask: {}", scalar(&question.ask))?;
    writeln!(out, "    choices:")?;
    for (value, choice) in &question.choices {
        emit_choice(value, choice, out)?;
    }
    if question.several {
        writeln!(out, "    several: true")?;
    }
    writeln!(out, "    default: {}", scalar(&question.default))?;
    if !question.when.0.is_empty() {
        writeln!(out, "    when: {}", condition(&question.when))?;
    }
    match &question.cite {
        Some(cite) => writeln!(out, "    cite: {}", scalar(cite)),
        None => Ok(()),
    }
}

fn emit_choice(value: &str, choice: &Choice, out: &mut String) -> std::fmt::Result {
    let (value, label) = (scalar(value), scalar(&choice.label));
    if choice.when.0.is_empty() {
        return writeln!(out, "      {value}: {{label: {label}}}");
    }
    writeln!(out, "      {value}:\n        label: {label}\n        when: {}", condition(&choice.when))?;
    match &choice.unless {
        Some(unless) => writeln!(out, "        unless: {}", scalar(unless)),
        None => Ok(()),
    }
}

fn emit_selection(selection: &Selection, out: &mut String) -> std::fmt::Result {
    writeln!(out, "  - use: {}", list(&selection.names))?;
    if !selection.when.0.is_empty() {
        writeln!(out, "    when: {}", condition(&selection.when))?;
    }
    match &selection.cite {
        Some(cite) => writeln!(out, "    cite: {}", scalar(cite)),
        None => Ok(()),
    }
}

fn offer(offer: &Offer) -> String {
    let Offer::Conditional(it) = offer else { return scalar(offer.name()) };
    let unless = it.unless.as_ref().map_or_else(String::new, |why| format!(", unless: {}", scalar(why)));
    format!("{{layout: {}, when: {}{unless}}}", scalar(&it.layout), condition(&it.when))
}

fn condition(when: &When) -> String {
    let parts: Vec<String> =
        when.0.iter().map(|(key, test)| format!("{}: {}", scalar(key), tested(test))).collect();
    format!("{{{}}}", parts.join(", "))
}

fn tested(test: &Test) -> String {
    let values = test.values();
    let one = match values.as_slice() {
        [only] => scalar(only),
        many => list(many),
    };
    match test {
        Test::Not(_) => format!("{{not: {one}}}"),
        _ => one,
    }
}

/// A literal block of YAML: every line indented.
fn block(text: &str, out: &mut String) -> std::fmt::Result {
    for line in text.trim_end().lines() {
        if line.trim().is_empty() {
            writeln!(out)?;
        } else {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}
