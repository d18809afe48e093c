//! The preset of `scaffold new`: by flag, of a document, or chosen on the terminal.

use std::path::Path;

use super::{args, distill, input, needs, only, open, preset_lines, prompt, report};
use crate::{
    catalog::Shelf,
    disk::Stop,
    error::{Class, Error, Result},
    ops,
    preset::{Library, Named, Preset},
    record::PersonaSource,
};

/// The preset of a run.
pub(super) struct Chosen {
    /// The library as the preset sees it.
    pub(super) library: Library,
    pub(super) preset: Named<Preset>,
    /// The document that the preset was made from.
    pub(super) persona: Option<PersonaSource>,
    /// The flag and value that choose it again.
    pub(super) repeat: [String; 2],
}

/// Finds the preset that the flags or the terminal choose.
///
/// # Errors
/// There is none, it has mistakes, or the person stopped.
pub(super) fn choose(
    args: &args::New,
    shelf: &Shelf,
    terminal: Option<&prompt::Terminal>,
    stop: &Stop,
) -> Result<Chosen> {
    if let Some(path) = &args.persona {
        return from_persona(path, args, &shelf.base());
    }
    let Some(spec) = &args.preset else {
        let all = shelf.all()?;
        let name = ask_preset(&all.library, &all.names, terminal)?;
        return chosen(&all.library, &name, name.clone());
    };
    let opened = open(shelf, spec, stop)?;
    let (name, again) = match (&opened.name, terminal) {
        (Some(name), _) => (name.clone(), spec.clone()),
        (None, None) => (only(&opened, spec)?, spec.clone()),
        (None, terminal) => {
            let name = ask_preset(&opened.library, &opened.names, terminal)?;
            (name.clone(), format!("{spec}#{name}"))
        }
    };
    chosen(&opened.library, &name, again)
}

fn chosen(library: &Library, name: &str, again: String) -> Result<Chosen> {
    let preset = library.preset(name)?;
    let repeat = ["--preset".to_owned(), again];
    Ok(Chosen { library: library.seen_by(&preset), preset, persona: None, repeat })
}

fn from_persona(path: &Path, args: &args::New, library: &Library) -> Result<Chosen> {
    let (name, bytes) = input::bytes(path, distill::MAX_DOCUMENT)?;
    let made = ops::distill::preset(&name, &bytes, library)?;
    if !args.json {
        report::note(&format!("{}\n", distill::text(&made.distilled.report, &made.persona.name)));
    }
    let (library, preset) = ops::distill::loaded(&made.distilled, library)?;
    let repeat = ["--persona".to_owned(), path.display().to_string()];
    Ok(Chosen { library, preset, persona: Some(made.persona), repeat })
}

fn ask_preset(library: &Library, names: &[String], terminal: Option<&prompt::Terminal>) -> Result<String> {
    let Some(terminal) = terminal else {
        let known = names.join("`, `");
        return Err(needs("the preset", &format!("add `--preset NAME`; there is `{known}`")));
    };
    report::note("Enter takes the marked answer, Esc (or `<` in a text) goes back, Ctrl-C stops.\n\n");
    let presets = preset_lines(library, names)?;
    let items: Vec<String> = presets.iter().map(|(name, title)| format!("{name}: {title}")).collect();
    let chosen = terminal.choose("Which preset?", &items, 0)?;
    let chosen = chosen.ok_or_else(|| Error::new(Class::Interrupted, "stopped; nothing was written"))?;
    Ok(presets[chosen].0.clone())
}
