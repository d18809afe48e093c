//! What can go wrong: one error type, whose class decides the exit code.

use std::{fmt, ops::Range};

use crate::source::Source;

/// The kind of failure. The numbers are the documented exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Findings, conflicts or failed gates.
    Findings = 1,
    /// Wrong usage or answers.
    Usage = 2,
    /// A preset, layout, component or persona was rejected.
    Rejected = 3,
    /// Refused because of the state of the target.
    Refused = 4,
    /// The user has to consent first.
    Consent = 5,
    /// Over a limit.
    Limit = 6,
    /// The system failed: disk, permission, git.
    System = 7,
    /// Stopped by SIGHUP.
    HungUp = 129,
    /// Stopped by SIGINT.
    Interrupted = 130,
    /// Stopped by SIGTERM.
    Terminated = 143,
}

/// A mistake at a place in a file that a person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// A stable identifier, such as `unknown-role`.
    pub rule: &'static str,
    /// One clause, lower case, no full stop.
    pub title: String,
    /// The file.
    pub source: Source,
    /// The bytes concerned.
    pub span: Range<usize>,
    /// A few words under the caret.
    pub label: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The text to put in place of the span, when there is an obvious one.
    pub replacement: Option<String>,
}

impl Mistake {
    /// A mistake at `span` of `source`; the span is clamped to the text.
    pub fn new(rule: &'static str, title: impl Into<String>, source: &Source, span: Range<usize>) -> Self {
        Self {
            rule,
            title: title.into(),
            source: source.clone(),
            span: source.clamp(span),
            label: String::new(),
            help: None,
            replacement: None,
        }
    }

    /// Adds a few words under the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests the nearest of `known` in place of `word`, or lists what is known.
    #[must_use]
    pub fn suggest<'a>(mut self, word: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        if let Some(best) = nearest(word, known.iter().copied()) {
            self.help = Some(format!("did you mean `{best}`?"));
            self.replacement = Some(best.to_owned());
        } else if !known.is_empty() {
            self.help = Some(format!("known are {}", listed(&known)));
        }
        self
    }

    /// The 1-based line and column where the mistake begins.
    pub fn place(&self) -> (usize, usize) {
        self.source.line_column(self.span.start)
    }
}

/// A failure of an operation. Boxed, since it is large and rare.
#[derive(Debug, Clone)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    class: Class,
    message: String,
    mistakes: Vec<Mistake>,
    causes: Vec<String>,
    help: Vec<String>,
}

/// The result of an operation.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A failure with its message: one clause, lower case, no full stop.
    pub fn new(class: Class, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            class,
            message: message.into(),
            mistakes: vec![],
            causes: vec![],
            help: vec![],
        }))
    }

    /// Wrong usage or answers.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Class::Usage, message)
    }

    /// The system refused to `verb` the thing called `what`.
    pub fn system(verb: &str, what: impl fmt::Display, source: &std::io::Error) -> Self {
        Self::new(Class::System, format!("could not {verb} `{what}`")).because(source.to_string())
    }

    /// Files with mistakes; `mistakes` is not empty. What would be rejected for a limit is [`Class::Limit`].
    pub fn mistakes(class: Class, mut mistakes: Vec<Mistake>) -> Self {
        let over = mistakes.iter().any(|mistake| mistake.rule.ends_with("-limit"));
        let class = if class == Class::Rejected && over { Class::Limit } else { class };
        mistakes.sort_by(|a, b| (&a.source.name, a.span.start).cmp(&(&b.source.name, b.span.start)));
        let message = match mistakes.as_slice() {
            [one] => one.title.clone(),
            many => format!("{} mistakes", many.len()),
        };
        let mut error = Self::new(class, message);
        error.0.mistakes = mistakes;
        error
    }

    /// Adds a cause, shown as `caused by: …`.
    #[must_use]
    pub fn because(mut self, cause: impl Into<String>) -> Self {
        self.0.causes.push(cause.into());
        self
    }

    /// Adds a next step, shown as `help: …`.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help.push(help.into());
        self
    }

    /// The class, which decides the exit code.
    pub fn class(&self) -> Class {
        self.0.class
    }

    /// The message.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The mistakes with their places, sorted by file and position.
    pub fn places(&self) -> &[Mistake] {
        &self.0.mistakes
    }

    /// The causes, outermost first.
    pub fn causes(&self) -> &[String] {
        &self.0.causes
    }

    /// The next steps.
    pub fn next_steps(&self) -> &[String] {
        &self.0.help
    }
}

impl From<Mistake> for Error {
    fn from(mistake: Mistake) -> Self {
        Self::mistakes(Class::Rejected, vec![mistake])
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())?;
        self.causes().iter().try_for_each(|cause| write!(f, ": {cause}"))
    }
}

impl std::error::Error for Error {}

/// The known word nearest to `word`, near enough to be a slip of the hand.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|candidate| (strsim::osa_distance(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= (word.len().min(candidate.len()) / 3).max(1))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The words in backticks, joined by commas and a last `and`.
pub fn listed<T: AsRef<str>>(words: &[T]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{}`", word.as_ref())).collect();
    if quoted.is_empty() { "none".to_owned() } else { in_a_row(&quoted, "and") }
}

/// The words joined by commas, with `joint` before the last one.
pub fn in_a_row<T: AsRef<str>>(words: &[T], joint: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [rest @ .., last] if !rest.is_empty() => format!("{} {joint} {last}", rest.join(", ")),
        words => words.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("postgres", ["postgresql", "sqlite"]), Some("postgresql"));
        assert_eq!(nearest("titel", ["cites", "title"]), Some("title"));
        assert_eq!(nearest("about", ["layout"]), None);
        assert_eq!(nearest("oracle", ["postgresql", "sqlite"]), None);
    }

    #[test]
    fn lists_read_as_english() {
        assert_eq!(listed(&["a"]), "`a`");
        assert_eq!(listed(&["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
