//! What a project is made of: Python, image, kind, and what becomes a question.

use indexmap::IndexMap;

use super::{Paper, data::Data, kinds, questions, report::Report, settings::minor};
use crate::{
    error::Result,
    facts::{Fact, Facts, Field, Polarity, Strength},
    preset::{Library, Question},
};

/// What was chosen.
#[derive(Debug, Clone, Default)]
pub(super) struct Choices {
    /// The versions of Python on offer, the default first, and the line that asks for them.
    pub(super) python: (Vec<String>, Option<usize>),
    /// The kinds of project on offer, the default first, each with the line that asks for it.
    pub(super) kinds: IndexMap<String, Option<usize>>,
    /// The questions.
    pub(super) questions: IndexMap<String, Question>,
    /// The line of each question.
    pub(super) lines: IndexMap<String, usize>,
    /// The component that makes the image.
    pub(super) image: Option<String>,
    /// Values taken for fields of which the document only speaks, each with the line.
    pub(super) spoken: IndexMap<Field, (String, usize)>,
}

impl Choices {
    /// Whether a kind is on offer.
    pub(super) fn has(&self, kind: &str) -> bool {
        self.kinds.contains_key(kind)
    }

    /// Whether there is something to run: anything but a library.
    pub(super) fn runs(&self) -> bool {
        self.kinds.keys().any(|kind| kind != "library")
    }

    /// The values of a question; none when it is not asked.
    pub(super) fn offered(&self, question: &str) -> Vec<&str> {
        let choices = self.questions.get(question).map(|it| it.choices.keys().map(String::as_str));
        choices.into_iter().flatten().collect()
    }
}

/// Decides what the facts decide, and asks the rest.
pub(super) fn make(
    paper: &Paper<'_>,
    facts: &Facts,
    data: &Data,
    library: &Library,
    one_kind: Option<&str>,
    report: &mut Report,
) -> Result<Choices> {
    let mut choices = Choices::default();
    kinds::choose(paper, facts, data, library, one_kind, &mut choices, report);
    if choices.runs() {
        choices.image = image(facts, data, library, report);
    }
    choices.python = python(facts, data, library, choices.image.as_deref(), report)?;
    spoken(paper, facts, data, library, &mut choices, report);
    for name in data.questions.keys() {
        questions::ask(name, paper, facts, data, library, &mut choices, report);
    }
    questions::example(facts, &mut choices);
    Ok(choices)
}

/// Takes a tool for what the document speaks of without naming one.
fn spoken(
    paper: &Paper<'_>,
    facts: &Facts,
    data: &Data,
    library: &Library,
    choices: &mut Choices,
    report: &mut Report,
) {
    for (name, spoken) in &data.spoken {
        let Some(field) = Field::from_name(name).filter(|field| facts.of(*field).is_empty()) else {
            continue;
        };
        if components(data, library, field, &spoken.value).is_none() {
            continue;
        }
        let Some(line) = spoken.words.iter().filter_map(|word| paper.line_with(word)).min() else { continue };
        let what = format!("{}; it is taken unless something else is said", data.label(field, &spoken.value));
        report.ask(what, &[line], "the document speaks of it and names no tool");
        choices.spoken.insert(field, (spoken.value.clone(), line));
    }
}

/// The values asked for: what stands, without what is only seen in passing.
pub(super) fn wanted(facts: &Facts, field: Field) -> Vec<&Fact> {
    let asked = |it: &&Fact| it.polarity == Polarity::Use && it.strength > Strength::Context;
    facts.of(field).iter().filter(asked).collect()
}

/// The first line of a fact.
pub(super) fn first(fact: &Fact) -> Option<usize> {
    fact.lines.first().copied()
}

/// The components for a value, when all of them are there.
pub(super) fn components<'a>(
    data: &'a Data,
    library: &Library,
    field: Field,
    value: &str,
) -> Option<&'a [String]> {
    let known = library.components();
    let list = data.components.get(field.name())?.get(value)?;
    list.iter().all(|it| known.contains(&it.as_str())).then_some(list.as_slice())
}

fn python(
    facts: &Facts,
    data: &Data,
    library: &Library,
    image: Option<&str>,
    report: &mut Report,
) -> Result<(Vec<String>, Option<usize>)> {
    let images = library.versions()?.value.images;
    let key = image.and_then(|image| data.image_keys.get(image));
    let ready = |it: &&String| key.is_none_or(|key| images.contains_key(&format!("{key}{it}")));
    let offered: Vec<String> = data.pythons.iter().filter(ready).cloned().collect();
    let Some(fact) = facts.of(Field::Python).first() else {
        report.ask("the version of Python", &[], "the document names none");
        return Ok((offered, None));
    };
    let text = fact.value.to_string();
    let fits = |it: &&String| match text.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.') {
        ">=" | "^" | "~=" | ">" => minor(it) >= minor(&text),
        _ => minor(it) == minor(&text),
    };
    let fitting: Vec<String> = offered.iter().filter(fits).cloned().collect();
    if !fitting.is_empty() {
        // The version that is named comes first, also where later ones fit.
        let (mut named, later): (Vec<String>, Vec<String>) =
            fitting.into_iter().partition(|it| minor(it) == minor(&text));
        named.extend(later);
        return Ok((named, first(fact)));
    }
    let known = offered.join(" and ");
    let newest: Vec<String> = offered.into_iter().take(1).collect();
    let why = if image.is_some() && data.pythons.iter().any(|it| minor(it) == minor(&text)) {
        "the images that are here carry no other".to_owned()
    } else {
        format!("the components are proven on {known}")
    };
    report.correct(
        format!("Python {} becomes {}", text.trim_start_matches("=="), newest.join(", ")),
        &fact.lines,
        why,
    );
    Ok((newest, first(fact)))
}

/// The component of the image, if the document wants one.
fn image(facts: &Facts, data: &Data, library: &Library, report: &mut Report) -> Option<String> {
    let asked = [Field::Runtime, Field::Builder, Field::MultiStage, Field::NonRoot];
    let in_tree = facts.tree.iter().flat_map(|it| &it.entries).any(|it| it.path.ends_with("Dockerfile"));
    let facts_of: Vec<&Fact> = asked.iter().flat_map(|field| facts.of(*field)).collect();
    if facts_of.is_empty() && !in_tree {
        return None;
    }
    let runtime = facts.of(Field::Runtime).first().map(|it| it.value.to_string()).unwrap_or_default();
    let known = library.components();
    let (_, list) = data.images.iter().find(|(word, _)| runtime.contains(word.as_str()))?;
    let component = list.iter().find(|it| known.contains(&it.as_str()))?;
    if let Some(fact) = facts.of(Field::Runtime).first() {
        let inside =
            data.image_python.iter().find(|(part, _)| runtime.contains(part.as_str())).map(|it| it.1);
        let stated = facts.of(Field::Python).first().map(|it| it.value.to_string()).unwrap_or_default();
        if let Some(inside) = inside.filter(|it| minor(it) < minor(&stated)) {
            let what = format!("the image `{runtime}` carries Python {inside}, not {stated}");
            report.correct(what, &fact.lines, "the image of the same make with the right Python is taken");
        } else if list.first() != Some(component) {
            let why = format!("no component makes such an image; `{component}` does");
            report.leave(format!("the image `{runtime}`"), &fact.lines, why);
        }
    }
    Some(component.clone())
}
