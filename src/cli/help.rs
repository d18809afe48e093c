//! `scaffold completions` and `scaffold man`: the command line, described for shells and for `man`.

use std::{path::Path, process::ExitCode};

use super::{args, report};
use crate::{
    disk,
    error::{Error, Result},
};

/// Prints the completions for `shell`.
pub(super) fn completions(shell: clap_complete::Shell) -> ExitCode {
    let mut script = vec![];
    clap_complete::generate(shell, &mut args::described(), "scaffold", &mut script);
    report::result(&String::from_utf8_lossy(&script));
    ExitCode::SUCCESS
}

/// Prints the manual page of the program, or writes the pages of all commands to `folder`.
pub(super) fn man(folder: Option<&Path>) -> Result<ExitCode> {
    let mut command = args::described();
    command.build();
    let Some(folder) = folder else {
        let (_, page) = page(command)?;
        report::result(&page);
        return Ok(ExitCode::SUCCESS);
    };
    let mut commands = vec![command];
    while let Some(command) = commands.pop() {
        commands.extend(command.get_subcommands().cloned());
        let (name, page) = page(command)?;
        let path = folder.join(name);
        disk::overwrite(&path, page.as_bytes())?;
        report::result(&format!("{}\n", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The file name of a command's page, and the page.
fn page(command: args::Described) -> Result<(String, String)> {
    let man = clap_mangen::Man::new(command).manual("scaffold");
    let name = man.get_filename();
    let mut page = vec![];
    man.render(&mut page).map_err(|error| Error::system("describe", &name, &error))?;
    Ok((name, String::from_utf8_lossy(&page).into_owned()))
}
