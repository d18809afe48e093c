//! The head of a preset: what it is called, where it stands, what it asks, how its code is written.

use indexmap::IndexMap;

use super::{choices::Choices, layout::Drawn, slices, wishes::Sight};
use crate::{
    facts::Field,
    preset::{Dependencies, Preset, Remove, Style},
    relpath::is_invisible,
};

/// The preset without components and settings.
pub(super) fn preset(sight: &Sight<'_>, choices: &Choices, drawn: Option<&Drawn>, described: &str) -> Preset {
    let Sight { paper, facts, .. } = *sight;
    let name = paper.preset();
    let heading = paper.heading().map(|it| one_line(it, 60)).filter(|it| !it.is_empty());
    let title = facts.name.as_ref().map(|it| one_line(&it.text, 60)).or(heading);
    let title = title.unwrap_or_else(|| name.replace('-', " "));
    let description = facts.description.as_ref().map(|it| one_line(&it.text, 240));
    let description =
        description.filter(|it| !it.is_empty()).unwrap_or_else(|| format!("What `{}` demands.", paper.name));
    let layout = drawn.map_or(described, |it| it.layout.layout.as_str()).to_owned();
    let mut style = IndexMap::from([("docstrings".to_owned(), "google".to_owned())]);
    let least =
        facts.of(Field::CoverageMin).first().map_or_else(|| "0".to_owned(), |it| it.value.to_string());
    style.insert("coverage".to_owned(), least);
    style.extend(job(sight).map(|(name, _)| ("ci_job".to_owned(), name)));
    for slice in choices.slices.values().filter_map(|name| sight.data.slice(name)) {
        style.extend(slice.style.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    for (written, _) in slices::written(sight, choices) {
        style.extend(written.set.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    let mut flag = |name: &str| style.shift_remove(name).is_some();
    let (docstring_examples, docstring_types) = (flag("docstring_examples"), flag("docstring_types"));
    Preset {
        preset: name,
        extends: None,
        remove: Remove::default(),
        clear: vec![],
        title,
        description,
        persona: Some(paper.name.to_owned()),
        python: choices.python.0.clone(),
        layouts: choices.offers(sight, layout),
        layout: drawn.filter(|it| it.own).map(|it| it.layout.clone()),
        questions: choices.questions.clone(),
        components: vec![],
        dependencies: Dependencies::default(),
        pyproject: String::new(),
        exact: vec![],
        style: Style { docstring_examples, docstring_types, others: style },
        env_prefix: plain_variables(sight).map(|_| String::new()),
        cites: IndexMap::new(),
        rules: vec![],
        after: vec![],
    }
}

/// The name of the job that tests in CI, and its line: the first one of a workflow, or the one that the text names.
pub(super) fn job(sight: &Sight<'_>) -> Option<(String, usize)> {
    let fine = |name: &str| {
        !name.is_empty()
            && name.len() < 30
            && name.bytes().all(|it| it.is_ascii_lowercase() || b"-_".contains(&it))
    };
    let shown = sight.facts.yaml.iter().find_map(|block| {
        let mut lines =
            block.text.lines().enumerate().skip_while(|(_, line)| line.trim_end() != "jobs:").skip(1);
        let (at, line) = lines.find(|(_, line)| !line.trim().is_empty())?;
        Some((line.trim().strip_suffix(':')?.to_owned(), block.first + at))
    });
    let told = || {
        sight.paper.text.lines().enumerate().find_map(|(at, line)| {
            let (_, rest) = line.split_once("job `").filter(|_| line.contains("CI"))?;
            Some((rest.split('`').next()?.to_owned(), at + 1))
        })
    };
    shown.filter(|it| fine(&it.0)).or_else(told).filter(|it| fine(&it.0))
}

/// The line that calls the address of the database by its plain name, so that variables have no prefix.
pub(super) fn plain_variables(sight: &Sight<'_>) -> Option<usize> {
    const NAME: &str = "DATABASE_URL";
    let stated = sight.facts.variables.iter().find(|it| it.name == NAME).map(|it| it.line);
    stated.or_else(|| sight.paper.line_with(NAME))
}

/// Text of a document on one line, without what misleads.
fn one_line(text: &str, most: usize) -> String {
    let clean: String = text.chars().map(|c| if is_invisible(c) { ' ' } else { c }).collect();
    let flat = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= most {
        return flat;
    }
    let cut: String = flat.chars().take(most).collect();
    let end = cut.rfind(". ").map(|at| at + 1).or_else(|| cut.rfind(' ')).unwrap_or(cut.len());
    cut[..end].trim_end().to_owned()
}
