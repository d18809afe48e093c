//! `scaffold new`: answers, plan, tree, disk.

use std::{collections::BTreeMap, path::Path, time::Duration};

use crate::{
    answers::{self, Answers, Ask, Descriptions, Given, Origin, Question, Taken},
    disk::{
        self, Stop,
        git::{self, History},
        run::{self, Job},
    },
    error::Result,
    gates,
    plan::{self, Plan},
    preset::{Kind, Library, Named, Preset},
    python::names::Names,
    record::{self, Asked, Origins, PersonaSource, PresetSource, Record},
    relpath::RelPath,
    render::{self, Project},
    tree::Tree,
};

/// The longest time that making the lock file may take.
const LOCK_TIME: Duration = Duration::from_mins(2);

/// The commands that make a lock file without being asked for. They are data of the presets, and a preset of somebody
/// else shall not name others.
const LOCKS: [&[&str]; 2] = [&["poetry", "lock"], &["uv", "lock"]];

/// What is to be made.
pub struct Request<'a> {
    /// The preset.
    pub preset: Named<Preset>,
    /// The document that the preset was made from.
    pub persona: Option<PersonaSource>,
    /// The names of the project.
    pub names: Names,
    /// What is decided beforehand.
    pub given: Given,
    /// Somebody who can be asked, or nobody.
    pub ask: Option<&'a mut dyn Ask>,
}

/// A project that is ready to be written.
pub struct Prepared {
    /// Its plan.
    pub plan: Plan,
    /// Its files and gates.
    pub project: Project,
    /// The document that the preset was made from.
    pub persona: Option<PersonaSource>,
}

/// How a project is written.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Fill a fresh clone.
    pub into: bool,
    /// Make a git repository with a first commit.
    pub git: bool,
    /// Make the lock file.
    pub lock: bool,
    /// Keep the record.
    pub record: bool,
    /// Run what a preset from elsewhere could turn to ends of its own.
    pub trusted: bool,
}

/// What became of the steps after the files were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Whether the lock file was made; the reason if not.
    pub lock: Outcome,
    /// Whether the first commit was made; the reason if not.
    pub commit: Outcome,
}

/// Whether a step was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Outcome {
    /// It was not asked for.
    #[default]
    NotWanted,
    /// Done.
    Done,
    /// Not done, for this reason.
    Skipped(String),
}

/// The questions of a run.
///
/// # Errors
/// A layout of the preset cannot be read.
pub fn questions(library: &Library, preset: &Named<Preset>, names: &Names) -> Result<Vec<Question>> {
    let described = preset.value.layout_names().into_iter().map(|name| {
        let description = &library.layout_of(preset, name)?.value.description;
        Ok((name.to_owned(), description.trim().to_owned()))
    });
    let layouts: Descriptions = described.collect::<Result<_>>()?;
    Ok(answers::all(&preset.value, &layouts, &names.title))
}

/// Decides, plans and renders; touches nothing. `None` when the person went back before the first question.
/// `decided` is told the answers before anything else can fail.
///
/// # Errors
/// Wrong answers, or mistakes in the preset.
pub fn prepare(
    request: Request<'_>,
    library: &Library,
    decided: &mut dyn FnMut(&Answers),
) -> Result<Option<Prepared>> {
    let questions = questions(library, &request.preset, &request.names)?;
    match answers::resolve(&questions, &request.given, request.ask)? {
        Taken::Back => Ok(None),
        Taken::All(answers) => {
            decided(&answers);
            let mut prepared = render(request.preset, request.names, answers, library)?;
            prepared.persona = request.persona;
            Ok(Some(prepared))
        }
    }
}

fn render(preset: Named<Preset>, names: Names, answers: Answers, library: &Library) -> Result<Prepared> {
    let plan = plan::build(library, preset, answers, names)?;
    let project = render::project(&plan, library)?;
    Ok(Prepared { plan, project, persona: None })
}

/// Writes a prepared project: the target is absent or complete at every moment.
///
/// # Errors
/// The target is occupied, the run was stopped, or the disk failed; nothing is left behind.
pub fn write(
    prepared: &Prepared,
    library: &Library,
    target: &Path,
    options: Options,
    stop: &Stop,
) -> Result<Written> {
    let recorded = options.record.then(|| recorded(prepared, library));
    let tree = recorded.as_ref().unwrap_or(&prepared.project.tree);
    let mut written = Written::default();
    let mut after = |staged: &Path| -> Result<()> {
        written = finish(prepared, staged, options, stop)?;
        Ok(())
    };
    if options.into {
        disk::into::fill(target, tree, &mut after, stop)?;
    } else {
        disk::create(target, tree, &mut after, stop)?;
    }
    Ok(written)
}

fn recorded(prepared: &Prepared, library: &Library) -> Tree {
    let plan = &prepared.plan;
    let answer = |(name, answer): (&String, &answers::Answer)| {
        let several = plan.preset.value.questions.get(name).is_some_and(|it| it.several);
        let value = if several {
            let parts = answer.value.split(',').filter(|it| !it.is_empty());
            record::Value::List(parts.map(str::to_owned).collect())
        } else {
            record::Value::Text(answer.value.clone())
        };
        (name.clone(), record::Answer { value, origin: answer.origin.to_string() })
    };
    let mut answers: BTreeMap<String, record::Answer> = plan.answers.0.iter().map(answer).collect();
    let name = record::Value::Text(plan.names.project.clone());
    answers.insert("name".to_owned(), record::Answer { value: name, origin: Origin::Flag.to_string() });
    let record = Record {
        scaffold: env!("CARGO_PKG_VERSION").to_owned(),
        preset: source(prepared, library),
        persona: prepared.persona.clone(),
        layout: plan.layout.value.layout.clone(),
        answers,
        gates: prepared.project.gates.clone(),
        origins: origins(prepared, library),
    };
    record::with_record(&prepared.project.tree, &record)
}

/// The preset and where it comes from, in words that name nothing of the user's machine.
fn source(prepared: &Prepared, library: &Library) -> PresetSource {
    let preset = &prepared.plan.preset;
    let origin = library.origin_of(preset);
    let kind = if prepared.persona.is_some() { Kind::Persona } else { origin.kind };
    let is_elsewhere = kind == Kind::Git && !origin.place.starts_with("git+file:");
    PresetSource {
        name: preset.value.preset.clone(),
        source: kind.word().to_owned(),
        url: is_elsewhere.then_some(origin.place),
        reference: origin.reference,
        commit: origin.commit,
    }
}

/// Which component made which file, and what asked for it.
fn origins(prepared: &Prepared, library: &Library) -> Origins {
    let plan = &prepared.plan;
    let asked = |part: &plan::Part| Asked {
        entry: part.entry.map(|index| format!("components[{index}]")),
        place: part.entry.map(|index| library.place(plan.preset.start(&["components", &index.to_string()]))),
        by: part.by.clone().filter(|_| part.entry.is_none()),
        cite: part.cite.clone(),
    };
    let mut files: BTreeMap<String, Vec<String>> =
        prepared.project.tree.keys().map(|path| (path.to_string(), vec![])).collect();
    for planned in &plan.files {
        let from = files.entry(planned.path.to_string()).or_default();
        if !from.contains(&planned.component) {
            from.push(planned.component.clone());
        }
    }
    if let Some(from) = files.get_mut("pyproject.toml") {
        *from = plan.parts.iter().map(|part| part.name.clone()).collect();
    }
    Origins {
        components: plan.parts.iter().map(|part| (part.name.clone(), asked(part))).collect(),
        files,
        tables: plan.preset.value.cites.iter().map(|(table, cite)| (table.clone(), cite.clone())).collect(),
    }
}

/// What happens inside the stage once all files are there: the lock file, then the first commit.
fn finish(prepared: &Prepared, staged: &Path, options: Options, stop: &Stop) -> Result<Written> {
    let lock = match (&prepared.project.lock, options.lock) {
        (Some(command), true) => lock(command, prepared, staged, options.trusted, stop)?,
        (None, _) | (_, false) => Outcome::NotWanted,
    };
    if !options.git {
        return Ok(Written { lock, commit: Outcome::NotWanted });
    }
    // The first commit is a project that installs, unless the user said that there shall be no lock file.
    let complete = !matches!(lock, Outcome::Skipped(_));
    let message = complete.then_some("Start the project");
    let commit = match git::start(staged, message, stop)? {
        History::Committed => Outcome::Done,
        History::Staged => Outcome::Skipped("there is no lock file yet".to_owned()),
        other => Outcome::Skipped(other.help().unwrap_or_default().to_owned()),
    };
    Ok(Written { lock, commit })
}

/// Makes the lock file. For a preset that is not trusted this runs no code but that of the package manager itself.
fn lock(
    command: &[String],
    prepared: &Prepared,
    staged: &Path,
    trusted: bool,
    stop: &Stop,
) -> Result<Outcome> {
    if !trusted && !is_harmless(command, prepared) {
        let why = format!("`{}` could run code of the preset: add `--trust`", command.join(" "));
        return Ok(Outcome::Skipped(why));
    }
    let Some(program) = command.first() else { return Ok(Outcome::NotWanted) };
    let shown = command.join(" ");
    if !LOCKS.iter().any(|known| command == *known) {
        return Ok(Outcome::Skipped(format!("`{shown}` is not a command that runs unasked")));
    }
    if run::find(program, staged).is_none() {
        return Ok(Outcome::Skipped(absent(program)));
    }
    let mut job = Job::new(command, staged);
    job.limit = LOCK_TIME;
    if !trusted {
        // Nothing is built, and no Python is taken from the project or fetched for it.
        let python = prepared.plan.answers.text("python");
        let set = [("UV_NO_BUILD", "1"), ("UV_PYTHON_DOWNLOADS", "never"), ("UV_PYTHON", python)];
        job.env.extend(set.map(|(name, value)| (name.into(), value.into())));
    }
    Ok(match run::run(&job, stop)? {
        Some(done) if done.passed() => Outcome::Done,
        Some(done) => {
            let last =
                done.output.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
            Outcome::Skipped(format!("`{shown}` failed: {last}"))
        }
        None => Outcome::Skipped(absent(program)),
    })
}

fn absent(program: &str) -> String {
    format!("`{program}` is not installed; {}", gates::install_help(program))
}

/// Whether making the lock file runs nothing that a preset brings: only uv can be told to build nothing.
fn is_harmless(command: &[String], prepared: &Prepared) -> bool {
    let python = prepared.plan.answers.text("python");
    let is_version = python.strip_prefix("3.").is_some_and(|minor| {
        !minor.is_empty() && minor.len() < 3 && minor.bytes().all(|byte| byte.is_ascii_digit())
    });
    let has_python = |path: &RelPath| path.as_str().split('/').any(|part| matches!(part, ".venv" | "venv"));
    command == ["uv", "lock"] && is_version && !prepared.project.tree.keys().any(has_python)
}
