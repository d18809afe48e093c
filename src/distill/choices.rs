//! What a project is made of: Python, image, kind, and what becomes a question.

use indexmap::IndexMap;

use super::{
    Leeway,
    data::Data,
    kinds, questions,
    report::Report,
    settings::minor,
    slices,
    tiers::{self, Step},
    wishes::Sight,
};
use crate::{
    error::{Result, in_a_row},
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
    /// The sizes of the project, the smallest first.
    pub(super) tiers: Vec<Step>,
    /// The line that wants the smallest size in one file.
    pub(super) one_file: Option<usize>,
    /// The example of each kind.
    pub(super) slices: IndexMap<String, String>,
    /// The line that an example is chosen by.
    pub(super) slice_lines: IndexMap<String, usize>,
    /// The questions.
    pub(super) questions: IndexMap<String, Question>,
    /// The line of each question.
    pub(super) lines: IndexMap<String, usize>,
    /// The component that makes the image.
    pub(super) image: Option<String>,
    /// Whether nothing but the tools is taken, since what the document asks for does not fit together.
    pub(super) plain: bool,
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

    /// Whether there is a database to choose.
    pub(super) fn keeps_data(&self) -> bool {
        self.offered("database").iter().any(|it| *it != questions::NONE)
    }

    /// The values of a question; none when it is not asked.
    pub(super) fn offered(&self, question: &str) -> Vec<&str> {
        let choices = self.questions.get(question).map(|it| it.choices.keys().map(String::as_str));
        choices.into_iter().flatten().collect()
    }

    /// The example of a kind.
    pub(super) fn slice(&self, kind: &str) -> &str {
        self.slices.get(kind).map_or("", String::as_str)
    }
}

/// Decides what the facts decide, and asks the rest.
pub(super) fn make(sight: &Sight<'_>, leeway: &Leeway<'_>, report: &mut Report) -> Result<Choices> {
    let mut choices = Choices { plain: leeway.plain.is_some(), ..Choices::default() };
    if let Some(why) = leeway.plain {
        report.leave("capabilities, and the example of the document", &[], why);
    }
    let one_kind = leeway.one_kind.or_else(|| {
        (!sight.facts.tiers.is_empty())
            .then_some("the sizes that the document describes are those of one kind")
    });
    let reason = kinds::choose(sight, one_kind, &mut choices, report);
    tiers::ask(sight, &mut choices, report);
    slices::choose(sight, &mut choices, report);
    // The example may have left one kind only.
    kinds::tell(sight.facts, &reason, &choices, report);
    spoken(sight, &mut choices, report);
    if choices.runs() {
        choices.image = image(sight, &choices, report);
    }
    choices.python = python(sight, choices.image.as_deref(), report)?;
    for name in sight.data.questions.keys() {
        questions::ask(name, sight, &mut choices, report);
    }
    questions::example(sight.facts, &mut choices);
    Ok(choices)
}

/// Takes a tool for what the document speaks of without naming one.
fn spoken(sight: &Sight<'_>, choices: &mut Choices, report: &mut Report) {
    let serves = choices.has("api") || choices.has("worker");
    let mut taken: Vec<(&str, usize)> = vec![];
    for (name, spoken) in &sight.data.spoken {
        let Some(field) = Field::from_name(name).filter(|field| sight.facts.of(*field).is_empty()) else {
            continue;
        };
        let image = field == Field::Runtime;
        let known = image || components(sight.data, sight.library, field, &spoken.value).is_some();
        if !known || image && (!choices.runs() || pictured(sight)) || !sight.wishes_all(&spoken.asked) {
            continue;
        }
        let line = sight.paper.line_of(&spoken.words);
        let Some(line) = line.or_else(|| sight.paper.line_of(&spoken.service).filter(|_| serves)) else {
            continue;
        };
        taken.push((spoken.called.as_str(), line));
        choices.spoken.insert(field, (spoken.value.clone(), line));
    }
    if !taken.is_empty() {
        let names: Vec<&str> = taken.iter().map(|it| it.0).collect();
        let lines: Vec<usize> = taken.iter().map(|it| it.1).collect();
        let what = format!("{}, unless something else is said", in_a_row(&names, "and"));
        report.ask(what, &lines, "the document speaks of such a thing and names no tool");
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
    sight: &Sight<'_>,
    image: Option<&str>,
    report: &mut Report,
) -> Result<(Vec<String>, Option<usize>)> {
    let (facts, data) = (sight.facts, sight.data);
    let versions = sight.library.versions()?;
    let images = &versions.value.images;
    let key = image.and_then(|image| data.image_keys.get(image));
    let ready = |it: &&String| key.is_none_or(|key| images.contains_key(&format!("{key}{it}")));
    let offered: Vec<String> = data.pythons.iter().filter(ready).cloned().collect();
    let Some(fact) = facts.of(Field::Python).first() else {
        report.assume(format!("Python {}", first_of(&offered)));
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
    // The nearest: the oldest that is here for one that is older than all.
    let older = offered.iter().all(|it| minor(it) > minor(&text));
    let nearest = if older { offered.last() } else { offered.first() };
    let nearest: Vec<String> = nearest.cloned().into_iter().collect();
    let why = if image.is_some() && data.pythons.iter().any(|it| minor(it) == minor(&text)) {
        "the images that are here carry no other".to_owned()
    } else {
        format!("the components are proven on {known}")
    };
    report.correct(
        format!("Python {} becomes {}", text.trim_start_matches("=="), nearest.concat()),
        &fact.lines,
        why,
    );
    Ok((nearest, first(fact)))
}

fn first_of(list: &[String]) -> &str {
    list.first().map_or("", String::as_str)
}

/// Whether facts or the tree ask for an image.
fn pictured(sight: &Sight<'_>) -> bool {
    let asked = [Field::Runtime, Field::Builder, Field::MultiStage, Field::NonRoot];
    let in_tree =
        sight.facts.tree.iter().flat_map(|it| &it.entries).any(|it| it.path.ends_with("Dockerfile"));
    in_tree || asked.iter().any(|field| !sight.facts.of(*field).is_empty())
}

/// The component of the image, if the document wants one.
fn image(sight: &Sight<'_>, choices: &Choices, report: &mut Report) -> Option<String> {
    let (facts, data) = (sight.facts, sight.data);
    if !pictured(sight) && !choices.spoken.contains_key(&Field::Runtime) {
        return None;
    }
    let runtime = facts.of(Field::Runtime).first().map(|it| it.value.to_string()).unwrap_or_default();
    let known = sight.library.components();
    let (_, list) = data.images.iter().find(|(word, _)| runtime.contains(word.as_str()))?;
    let manager = facts.of(Field::PackageManager).iter().map(|it| it.value.to_string());
    let manager =
        manager.into_iter().find(|it| components(data, sight.library, Field::PackageManager, it).is_some());
    let works = |it: &&String| {
        let wanted = data.image_managers.get(it.as_str());
        known.contains(&it.as_str())
            && wanted.is_none_or(|wanted| manager.as_ref().is_none_or(|it| it == wanted))
    };
    let component = match list.iter().find(works) {
        Some(component) => component,
        None => data.images.values().flatten().find(works)?,
    };
    if let Some(fact) = facts.of(Field::Runtime).first() {
        let inside =
            data.image_python.iter().find(|(part, _)| runtime.contains(part.as_str())).map(|it| it.1);
        let stated = facts.of(Field::Python).first().map(|it| it.value.to_string()).unwrap_or_default();
        if let Some(inside) = inside.filter(|it| minor(it) < minor(&stated)) {
            let stated = stated.trim_start_matches("==");
            let what = format!("the image `{runtime}` carries Python {inside}, not {stated}");
            report.correct(what, &fact.lines, "the image of the same make with the right Python is taken");
        } else if list.first() != Some(component) {
            let why = format!("no component makes such an image here; `{component}` makes one");
            report.leave(format!("the image `{runtime}`"), &fact.lines, why);
        }
    }
    Some(component.clone())
}
