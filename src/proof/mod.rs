//! One combination of answers under proof: it renders, and what comes out is sound.

mod examples;
mod once;
mod sound;

pub use once::once;

use std::collections::BTreeSet;

use crate::{
    check,
    error::{Error, Mistake},
    plan::{self, Plan},
    preset::{Library, Named, Preset, Rule},
    render::{self, Project, origin},
    space::Case,
    tree::Tree,
};

/// What the proof of one combination showed.
pub struct Proof {
    /// All mistakes.
    pub mistakes: Vec<Mistake>,
    /// The number of files.
    pub files: usize,
    /// The names of the rules that were checked.
    pub rules: BTreeSet<String>,
    /// The templates and files of the catalog that had a part in it.
    pub sources: BTreeSet<String>,
    /// The components that took part.
    pub components: BTreeSet<String>,
    /// The examples that stand in docstrings: the template that they stand beside, and what they show.
    pub examples: BTreeSet<(String, String)>,
    /// The project, if it could be rendered.
    pub project: Option<Project>,
}

/// Proves `case`.
pub fn prove(library: &Library, preset: &Named<Preset>, case: &Case) -> Proof {
    let mut proof = Proof {
        mistakes: vec![],
        files: 0,
        rules: BTreeSet::new(),
        sources: BTreeSet::new(),
        components: BTreeSet::new(),
        examples: BTreeSet::new(),
        project: None,
    };
    let plan = match plan::build(library, preset.clone(), case.answers.clone(), case.names.clone()) {
        Ok(plan) => plan,
        Err(error) => {
            proof.mistakes = placed(preset, &error);
            return proof;
        }
    };
    proof.components = plan.parts.iter().map(|part| part.name.clone()).collect();
    proof.sources = sources(library, &plan);
    match render::project(&plan, library) {
        Err(error) => proof.mistakes = placed(preset, &error),
        Ok(project) => {
            proof.files = project.tree.len();
            proof.mistakes = sound::all(library, &plan, &project.tree);
            proof.mistakes.extend(examples::missing(library, &plan, &project.tree));
            proof.examples.clone_from(&project.examples);
            proof.mistakes.extend(doubled_gates(&plan));
            let rules = rules(&plan);
            proof.rules = rules.iter().map(|rule| rule.id.clone()).collect();
            proof.mistakes.extend(broken(library, &plan, &project.tree, &rules));
            proof.project = Some(project);
        }
    }
    let again = std::mem::take(&mut proof.mistakes);
    proof.mistakes = again.into_iter().map(|mistake| origin::of_rendered(library, &plan, mistake)).collect();
    proof
}

/// Whether rendering `case` once more gives the bytes of `tree`; the path of a file that differs if not.
pub fn differs(library: &Library, preset: &Named<Preset>, case: &Case, tree: &Tree) -> Option<String> {
    let plan = plan::build(library, preset.clone(), case.answers.clone(), case.names.clone()).ok()?;
    let again = render::project(&plan, library).ok()?.tree;
    let one =
        tree.iter().find(|(path, file)| again.get(path) != Some(file)).map(|(path, _)| path.to_string());
    one.or_else(|| again.keys().find(|path| !tree.contains_key(path)).map(ToString::to_string))
}

/// The rules of the preset and of the components that take part, whose conditions hold.
pub fn rules(plan: &Plan) -> Vec<&Rule> {
    let present = |name: &str| plan.part(name).is_some();
    let own = plan.parts.iter().flat_map(|part| &part.manifest.value.rules);
    let all = plan.preset.value.rules.iter().chain(own);
    all.filter(|rule| rule.when.holds(&|name| plan.answer(name), &present)).collect()
}

/// Gates of one name: reports and Makefile targets could not tell them apart.
fn doubled_gates(plan: &Plan) -> Vec<Mistake> {
    let gates = plan.gates();
    let mut mistakes = vec![];
    for (at, gate) in gates.iter().enumerate() {
        let Some(other) = gates[..at].iter().find(|it| it.spec.id == gate.spec.id) else { continue };
        let manifest = &gate.part.manifest;
        let index = manifest.value.gates.iter().rposition(|it| it.id == gate.spec.id).unwrap_or_default();
        let title = format!("another gate is called `{}`: that of `{}`", gate.spec.id, other.part.name);
        mistakes.push(manifest.mistake("gate-doubled", title, &["gates", &index.to_string(), "id"]));
    }
    mistakes
}

fn broken(library: &Library, plan: &Plan, tree: &Tree, rules: &[&Rule]) -> Vec<Mistake> {
    let subject = check::Subject::new(tree, &plan.names.package, &plan.layout.value);
    let findings = check::run(rules.iter().copied(), &subject);
    findings.into_iter().map(|finding| broken_rule(library, plan, tree, &finding)).collect()
}

/// A finding as a mistake: at the line of the file, or at the rule where a file as a whole is concerned.
fn broken_rule(library: &Library, plan: &Plan, tree: &Tree, finding: &check::Finding) -> Mistake {
    let title = format!("`{}`: {}", finding.rule, finding.message);
    let mut mistake = match origin::line(library, plan, tree, &finding.file, finding.line) {
        Some((source, span)) => Mistake::new("rule-broken", title, &source, span),
        None => {
            let manifests = plan.parts.iter().map(|part| (&part.manifest.source, &part.manifest.value.rules));
            let all = std::iter::once((&plan.preset.source, &plan.preset.value.rules)).chain(manifests);
            let mut owners = all.filter(|(_, rules)| rules.iter().any(|rule| rule.id == finding.rule));
            let source = owners.next().map_or(&plan.preset.source, |(source, _)| source);
            let key = format!("id: {}", finding.rule);
            let at = source.text.find(&key).map_or(0, |at| at + "id: ".len());
            Mistake::new("rule-broken", title, source, at..at + finding.rule.len())
        }
    };
    mistake.help.clone_from(&finding.repair);
    if let Some(cite) = &finding.cite {
        mistake.label = format!("the persona demands it in line {cite}");
    }
    mistake
}

/// The mistakes of an error; one at the top of the preset when the error has no place.
fn placed(preset: &Named<Preset>, error: &Error) -> Vec<Mistake> {
    if !error.places().is_empty() {
        return error.places().to_vec();
    }
    let key = if error.message().contains("pyproject") { "pyproject" } else { "preset" };
    let mut mistake = preset.mistake_at_key("render-failed", error.to_string(), &[key]);
    mistake.help = error.next_steps().first().cloned();
    vec![mistake]
}

/// The files of the catalog that have a part in `plan`.
fn sources(library: &Library, plan: &Plan) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = plan.files.iter().map(|file| file.source.clone()).collect();
    for part in &plan.parts {
        let slots = library.entries(&part.name, "slots").into_iter();
        found.extend(slots.filter(|it| origin::is_open(plan, &it.name)).map(|it| it.source));
        found.extend(library.pyproject_fragment(&part.name).map(|it| it.source));
    }
    found
}
