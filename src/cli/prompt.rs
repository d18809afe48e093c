//! The only asking: questions on a terminal.

use std::io::IsTerminal;

use dialoguer::{
    Confirm, Input, MultiSelect, Select,
    console::Term,
    theme::{ColorfulTheme, Theme},
};
use indexmap::IndexMap;

use super::report;
use crate::{
    answers::{Ask, Form, Prompt, Reply, text_fault},
    error::{Class, Error, Result},
    preset::Choice,
};

/// Typed in a text question, it goes back.
const BACK: &str = "<";

/// Whether somebody can be asked: standard input and standard error are a terminal, and this is no CI.
pub(super) fn can_ask(ci: bool) -> bool {
    !ci && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks on the terminal.
pub(super) struct Terminal {
    theme: ColorfulTheme,
}

impl Terminal {
    /// Questions on standard error.
    pub(super) fn new() -> Self {
        Self { theme: ColorfulTheme::default() }
    }

    /// Asks for a line of text that passes `check`; `None` goes back.
    ///
    /// # Errors
    /// The person stopped.
    pub(super) fn text(
        &self,
        prompt: &str,
        default: &str,
        check: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<String>> {
        let validate = |value: &String| match value.as_str() {
            BACK => Ok(()),
            value => check(value).map_or(Ok(()), Err),
        };
        let answer = Input::<String>::with_theme(&self.theme)
            .with_prompt(prompt)
            .default(default.to_owned())
            .show_default(!default.is_empty())
            .allow_empty(true)
            .validate_with(validate)
            .interact_text();
        Ok(Some(stopped(answer)?).filter(|value| value != BACK))
    }

    /// Asks for one of `items`; `None` goes back.
    ///
    /// # Errors
    /// The person stopped.
    pub(super) fn choose(&self, prompt: &str, items: &[String], default: usize) -> Result<Option<usize>> {
        // A line that wraps would be drawn again and again.
        let width = usize::from(Term::stderr().size().1).saturating_sub(6);
        let shown: Vec<String> = items.iter().map(|item| shortened(item, width.max(20))).collect();
        let select = Select::with_theme(&self.theme).with_prompt(prompt).items(&shown).default(default);
        let chosen = stopped(select.report(false).interact_opt())?;
        if let Some(chosen) = chosen {
            let rest = width.saturating_sub(prompt.chars().count());
            let mut line = String::new();
            // Writing to a string does not fail.
            let _ = self.theme.format_select_prompt_selection(
                &mut line,
                prompt,
                &shortened(&items[chosen], rest.max(20)),
            );
            report::note(&format!("{line}\n"));
        }
        Ok(chosen)
    }

    /// Asks for any number of choices.
    fn several(&self, title: &str, choices: &IndexMap<String, Choice>, prompt: &Prompt<'_>) -> Result<Reply> {
        let open = |value: &str| !prompt.barred.iter().any(|(it, _)| *it == value);
        let offered: Vec<(&String, &Choice)> = choices.iter().filter(|(value, _)| open(value)).collect();
        let labels: Vec<&str> = offered.iter().map(|(_, choice)| choice.label.as_str()).collect();
        let usual: Vec<&str> = prompt.default.split(',').map(str::trim).collect();
        let marks: Vec<bool> = offered.iter().map(|(value, _)| usual.contains(&value.as_str())).collect();
        let chosen = stopped(
            MultiSelect::with_theme(&self.theme)
                .with_prompt(format!("{title} (blank marks, Enter takes)"))
                .items(&labels)
                .defaults(&marks)
                .interact_opt(),
        )?;
        let Some(chosen) = chosen else { return Ok(Reply::Back) };
        let values: Vec<&str> = chosen.into_iter().map(|at| offered[at].0.as_str()).collect();
        Ok(Reply::Value(values.join(",")))
    }

    /// Asks for a line that is not shown.
    fn secret(title: &str) -> Result<Reply> {
        loop {
            report::note(&format!("? {title} (hidden; `<` goes back): "));
            let line = stopped(Term::stderr().read_secure_line().map_err(dialoguer::Error::IO))?;
            if line == BACK {
                return Ok(Reply::Back);
            }
            match text_fault(&line) {
                None => return Ok(Reply::Value(line)),
                Some(fault) => report::note(&format!("  the answer {fault}\n")),
            }
        }
    }

    /// Asks for consent; anything but yes is no.
    ///
    /// # Errors
    /// The person stopped.
    pub(super) fn agree(&self, prompt: &str) -> Result<bool> {
        let answer = Confirm::with_theme(&self.theme).with_prompt(prompt).default(false).interact_opt();
        Ok(stopped(answer)? == Some(true))
    }

    /// Asks yes or no; `None` goes back.
    ///
    /// # Errors
    /// The person stopped.
    pub(super) fn confirm(&self, prompt: &str) -> Result<Option<bool>> {
        stopped(Confirm::with_theme(&self.theme).with_prompt(prompt).default(true).interact_opt())
    }
}

impl Ask for Terminal {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Reply> {
        let title = format!("[{}/{}] {}", prompt.number, prompt.of, prompt.question.ask);
        if let Form::Several(choices) = &prompt.question.form {
            return self.several(&title, choices, prompt);
        }
        if matches!(prompt.question.form, Form::Secret) {
            return Self::secret(&title);
        }
        let Form::Choice(choices) = &prompt.question.form else {
            let check = |value: &str| text_fault(value).map(|fault| format!("the answer {fault}"));
            let answer = self.text(&title, prompt.default, check)?;
            return Ok(answer.map_or(Reply::Back, Reply::Value));
        };
        let values: Vec<&str> = choices.keys().map(String::as_str).collect();
        let barred =
            |value: &str| prompt.barred.iter().find(|(it, _)| *it == value).map(|(_, reason)| reason);
        let items: Vec<String> = choices
            .iter()
            .map(|(value, choice)| match barred(value) {
                Some(reason) if choice.refused.is_some() => {
                    format!("{} (not on offer: {reason})", choice.label)
                }
                Some(reason) => format!("{} (not now: {reason})", choice.label),
                None => choice.label.clone(),
            })
            .collect();
        let mut at = values.iter().position(|it| *it == prompt.default).unwrap_or(0);
        loop {
            let Some(chosen) = self.choose(&title, &items, at)? else { return Ok(Reply::Back) };
            match barred(values[chosen]) {
                None => return Ok(Reply::Value(values[chosen].to_owned())),
                Some(reason) => {
                    report::note(&format!("  `{}` cannot be taken: {reason}\n", values[chosen]));
                    at = chosen;
                }
            }
        }
    }
}

/// The first `width` characters of `text`.
fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let start: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", start.trim_end())
}

/// A person who stops (Ctrl-C) is an error; the cursor comes back.
fn stopped<T>(answer: dialoguer::Result<T>) -> Result<T> {
    answer.map_err(|dialoguer::Error::IO(error)| {
        let _ = Term::stderr().show_cursor();
        match error.kind() {
            std::io::ErrorKind::Interrupted => Error::new(Class::Interrupted, "stopped; nothing was written"),
            _ => Error::system("ask on", "the terminal", &error),
        }
    })
}
