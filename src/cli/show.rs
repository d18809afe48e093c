//! `scaffold preset show`: a preset as it is when its bases are put in, and where each entry stands.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::{only, open, preset::shadows, report, tell_shadows};
use crate::{
    catalog::Shelf,
    disk::Stop,
    error::Result,
    preset::{Library, Named, Preset, Question, When},
};

/// Shows the preset that `spec` means.
pub(super) fn run(spec: &str, shelf: &Shelf, as_json: bool) -> Result<()> {
    let opened = open(shelf, spec, &Stop::listen()?)?;
    let loaded = opened.library.preset(&only(&opened, spec)?)?;
    let library = opened.library.seen_by(&loaded);
    if as_json {
        let origin = library.origin_of(&loaded);
        report::json(&json!({
            "preset": loaded.value, "source": origin.to_string(), "origin": origin,
            "places": places(&library, &loaded), "shadows": shadows(&library),
        }));
        return Ok(());
    }
    tell_shadows(&library);
    report::result(&text(&library, &loaded)?);
    Ok(())
}

fn text(library: &Library, loaded: &Named<Preset>) -> Result<String> {
    let preset = &loaded.value;
    let notes = Notes { library, loaded };
    let mut out = format!("{}: {}\n\n{}\n", preset.preset, preset.title, preset.description.trim());
    if let Some(base) = &preset.extends {
        let _ = writeln!(out, "\nextends  {base}");
    }
    let _ = writeln!(out, "\npython   {}\nlayouts", preset.python.join(", "));
    for (at, offer) in preset.layouts.iter().enumerate() {
        let description = &library.layout_of(loaded, offer.name())?.value.description;
        let with = condition(&offer.choice("").when);
        let note = notes.of(&["layouts", &at.to_string()]);
        let _ = writeln!(out, "  {:14} {}{with}{note}", offer.name(), description.trim());
    }
    let _ = writeln!(out, "\nquestions (--set QUESTION=VALUE, the first value marked * is the default)");
    for (name, question) in &preset.questions {
        let _ = writeln!(out, "  {name}: {}{}", question.ask, notes.of(&["questions", name]));
        choices(question, &mut out);
    }
    let _ = writeln!(out, "\ncomponents");
    for (at, selection) in preset.components.iter().enumerate() {
        let with = condition(&selection.when);
        let note = notes.of(&["components", &at.to_string()]);
        let _ = writeln!(out, "  {}{with}{note}", selection.names.join(", "));
    }
    if !preset.after.is_empty() {
        let _ = writeln!(out, "\ncommands after a project is made, if you agree");
    }
    for (at, command) in preset.after.iter().enumerate() {
        let (with, note) = (condition(&command.when), notes.of(&["after", &at.to_string()]));
        let _ = writeln!(out, "  {}: {}{with}{note}", command.title, command.run.join(" "));
    }
    Ok(out)
}

fn choices(question: &Question, out: &mut String) {
    let chosen: Vec<&str> = question.default.split(',').map(str::trim).collect();
    for (value, choice) in &question.choices {
        let mark = if chosen.contains(&value.as_str()) { '*' } else { ' ' };
        let with = condition(&choice.when);
        let refused =
            choice.refused.as_ref().map_or_else(String::new, |why| format!("  (not on offer: {why})"));
        let _ = writeln!(out, "   {mark} {value:14} {}{with}{refused}", choice.label);
    }
    match (question.secret, question.several) {
        (true, _) => out.push_str("     a secret\n"),
        (_, true) => out.push_str("     any number of them, with commas between\n"),
        _ if question.choices.is_empty() => out.push_str("     a line of text\n"),
        _ => {}
    }
}

fn condition(when: &When) -> String {
    let parts = when.0.iter().map(|(name, test)| format!("{name} {}", test.spelled()));
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { String::new() } else { format!("  (with {})", parts.join(", ")) }
}

/// Where entries stand, for a preset that is put together from several files.
struct Notes<'a> {
    library: &'a Library,
    loaded: &'a Named<Preset>,
}

impl Notes<'_> {
    fn of(&self, path: &[&str]) -> String {
        if self.loaded.further.is_empty() {
            return String::new();
        }
        format!("  [{}]", self.library.place(self.loaded.start(path)))
    }
}

/// The place of every entry, by its path such as `questions.database`.
fn places(library: &Library, loaded: &Named<Preset>) -> Value {
    let mut all = Map::new();
    for (key, node) in loaded.root.pairs() {
        let name = key.name.as_str();
        all.insert(name.to_owned(), json!(library.place(loaded.start(&[name]))));
        for (below, _) in node.pairs() {
            let place = library.place(loaded.start(&[name, &below.name]));
            all.insert(format!("{name}.{}", below.name), json!(place));
        }
        for at in 0..node.items().len() {
            let place = library.place(loaded.start(&[name, &at.to_string()]));
            all.insert(format!("{name}[{at}]"), json!(place));
        }
    }
    Value::Object(all)
}
