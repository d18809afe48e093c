//! Templates: the only place that knows the template engine.

mod functions;
mod inspect;

pub use functions::shell;
pub use inspect::{FUNCTIONS, Inspection, growing, inspect};

use std::{
    io::{self, Write},
    sync::{Arc, OnceLock},
};

use minijinja::{
    AutoEscape, Environment, ErrorKind, UndefinedBehavior, Value, context, syntax::SyntaxConfig, value::Serde,
};

use crate::{error::Mistake, source::Source, work};

/// Steps that one template may take.
const FUEL: u64 = 1_000_000;
/// The largest template, in bytes.
const MAX_SOURCE: usize = 256 << 10;
/// The largest rendered file and the largest value that a filter makes, in bytes.
const MAX_OUTPUT: usize = 8 << 20;

/// What templates may ask about the project that is being made.
pub trait Project: Send + Sync {
    /// The path, from the root of the project, of the file `name` of `role`.
    ///
    /// # Errors
    /// The reason for which there is no such path.
    fn path(&self, role: &str, name: &str) -> Result<String, String>;
    /// The dotted name of the module `name` of `role`.
    ///
    /// # Errors
    /// The reason for which there is no such module.
    fn module(&self, role: &str, name: &str) -> Result<String, String>;
    /// Whether a component takes part.
    fn has(&self, component: &str) -> bool;
    /// What components contribute to a slot, in order.
    ///
    /// # Errors
    /// No component that takes part owns such a slot.
    fn slot(&self, name: &str) -> Result<Vec<String>, String>;
    /// A template that others include or import, by its path below `templates/partials`.
    fn partial(&self, name: &str) -> Option<Source>;
}

/// The delimiters of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delimiters {
    /// `{{ }}`, `{% %}`, `{# #}`.
    Braces,
    /// `[[ ]]`, `[% %]`, `[# #]`, for targets that use braces themselves: templates that end in `.sq.j2`.
    Square,
}

impl Delimiters {
    /// The delimiters of the template at `path`.
    pub fn of(path: &str) -> Self {
        if path.ends_with(".sq.j2") { Self::Square } else { Self::Braces }
    }
}

/// A rendered template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The text.
    pub text: String,
    /// The slots that it printed.
    pub slots: Vec<String>,
}

/// Renders templates for one project.
pub struct Engine {
    /// One for each of [`Delimiters`], made when it is needed.
    environments: [OnceLock<Environment<'static>>; 2],
    context: Value,
    project: Arc<dyn Project>,
    /// A prefix of commands that is a path, so that no blank stands behind it.
    prefix: Option<String>,
}

impl Engine {
    /// An engine whose templates see `context` and may ask `project`.
    pub fn new(context: &serde_json::Value, project: &Arc<dyn Project>) -> Self {
        let prefix = context["manager"]["run"].as_str().filter(|it| it.ends_with('/'));
        Self {
            prefix: prefix.map(str::to_owned),
            environments: [const { OnceLock::new() }; 2],
            context: Value::from(Serde(context)),
            project: Arc::clone(project),
        }
    }

    fn environment(&self, delimiters: Delimiters) -> &Environment<'static> {
        self.environments[delimiters as usize].get_or_init(|| {
            let mut environment = environment(delimiters);
            functions::add(&mut environment, &self.project);
            let partials = Arc::clone(&self.project);
            environment.set_loader(move |name| functions::partial(name, partials.partial(name)));
            environment
        })
    }

    /// Renders `source`.
    ///
    /// # Errors
    /// The place of the first mistake.
    pub fn render(&self, source: &Source, delimiters: Delimiters) -> Result<Rendered, Mistake> {
        self.render_for(None, source, delimiters)
    }

    /// Renders `source` for one item of a list, which it sees as `item`.
    ///
    /// # Errors
    /// The place of the first mistake.
    pub fn render_for(
        &self,
        item: Option<&str>,
        source: &Source,
        delimiters: Delimiters,
    ) -> Result<Rendered, Mistake> {
        if source.text.len() > MAX_SOURCE {
            let title = format!("the template is larger than {MAX_SOURCE} bytes");
            return Err(Mistake::new("template-limit", title, source, 0..0));
        }
        let context = match item {
            Some(item) => context! { item, ..self.context.clone() },
            None => self.context.clone(),
        };
        work::on(source, || {
            let mut output = Capped { bytes: Vec::with_capacity(source.text.len()) };
            let captured = self
                .environment(delimiters)
                .template_from_named_str(&source.name, &source.text)
                .and_then(|template| template.render_captured_to(context, &mut output))
                .map_err(|error| self.mistake(source, &error))?;
            let slots = functions::printed(captured.state());
            let text = String::from_utf8(output.bytes)
                .map_err(|_| Mistake::new("template-error", "the result is not UTF-8", source, 0..0))?;
            let text = match &self.prefix {
                Some(prefix) => text.replace(&format!("{prefix} "), prefix),
                None => text,
            };
            Ok(Rendered { text, slots })
        })
    }

    /// A mistake where it is: in `source`, or in a partial.
    fn mistake(&self, source: &Source, error: &minijinja::Error) -> Mistake {
        let mut inner = error;
        while let Some(next) = std::error::Error::source(inner).and_then(|it| it.downcast_ref()) {
            inner = next;
        }
        let partial = inner.name().filter(|name| *name != &*source.name);
        match partial.and_then(|name| self.project.partial(name)) {
            Some(partial) => mistake(&partial, inner),
            None => mistake(source, error),
        }
    }
}

/// Takes what is rendered, up to the limit.
struct Capped {
    bytes: Vec<u8>,
}

impl Write for Capped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > MAX_OUTPUT {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn environment(delimiters: Delimiters) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // The default quotes by the extension of the file: a preset means what it says.
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    // Ranges in errors.
    environment.set_debug(true);
    environment.set_fuel(Some(FUEL));
    environment.remove_global("debug");
    environment.remove_filter("format");
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    if delimiters == Delimiters::Square {
        syntax.block_delimiters("[%", "%]").variable_delimiters("[[", "]]").comment_delimiters("[#", "#]");
    }
    if let Ok(syntax) = syntax.build() {
        environment.set_syntax(syntax);
    }
    environment
}

fn mistake(source: &Source, error: &minijinja::Error) -> Mistake {
    let line = || error.line().map(|line| source.line(line));
    let span = error.range().or_else(line).unwrap_or(0..0);
    let title = match error.kind() {
        ErrorKind::OutOfFuel => format!("the template takes more than {FUEL} steps"),
        ErrorKind::WriteFailure => format!("the template renders to more than {MAX_OUTPUT} bytes"),
        kind => error.detail().map_or_else(|| kind.to_string(), ToString::to_string),
    };
    let rule = match error.kind() {
        ErrorKind::UndefinedError => "template-undefined",
        ErrorKind::SyntaxError => "template-syntax",
        ErrorKind::OutOfFuel | ErrorKind::WriteFailure => "template-limit",
        _ if functions::is_over_limit(error) => "template-limit",
        _ => "template-error",
    };
    let mistake = Mistake::new(rule, title, source, span);
    match error.kind() {
        ErrorKind::UndefinedError => {
            mistake.help("ask for it in the preset, or give it in a component's `context`")
        }
        _ => mistake,
    }
}
