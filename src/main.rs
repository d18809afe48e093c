//! The `scaffold` program: hands the arguments to the library and exits with its code.

use std::process::ExitCode;

fn main() -> ExitCode {
    scaffold::cli::run(std::env::args_os().collect::<Vec<_>>())
}
