//! Rebuilds when a preset or template is added or removed: `include_dir!` alone notices only edits. And sets how the
//! program is linked.

#![expect(clippy::disallowed_methods, reason = "only the environment and the linker know what is built for")]

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// The libraries of the system that Rust asks the linker for.
const LIBRARIES: [&str; 3] = ["c", "gcc_s", "m"];
/// What they are made of, to be linked with.
const ARCHIVES: [&str; 4] = ["libc.a", "libgcc.a", "libgcc_eh.a", "libm.a"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=presets");
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") != "linux" || target("ENV") != "gnu" {
        return Ok(());
    }
    // At a fixed address, so that nothing has to be relocated: 40 000 places of the lint rules' tables alone, which
    // takes a third of the start.
    link_arg("-no-pie");
    // With the libraries of the system inside, so that none has to be found and mapped, which takes a quarter of what is
    // left; and it runs whatever version of them there is.
    let is_static = target("FEATURE").split(',').any(|it| it == "crt-static");
    if !is_static && let Some(archives) = archives() {
        let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("static");
        shadow(&folder, &archives)?;
        for archive in &archives {
            // It may be another after an upgrade of the compiler, at another place.
            println!("cargo::rerun-if-changed={}", archive.display());
        }
        link_arg(&format!("-L{}", folder.display()));
        link_arg("-static");
    }
    Ok(())
}

fn link_arg(argument: &str) {
    println!("cargo::rustc-link-arg-bins={argument}");
}

/// Where the linker finds each of [`ARCHIVES`]; nothing when one is missing, as on systems where they are a package of
/// their own.
fn archives() -> Option<Vec<PathBuf>> {
    let linker = env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let find = |archive: &&str| {
        let found = Command::new(&linker).arg(format!("-print-file-name={archive}")).output().ok()?;
        let path = PathBuf::from(String::from_utf8(found.stdout).ok()?.trim_end());
        // What is not found is printed as it was asked for.
        (found.status.success() && path.is_absolute() && path.is_file()).then_some(path)
    };
    ARCHIVES.iter().map(find).collect()
}

/// Makes a `folder` for the linker to search first, where each of [`LIBRARIES`] means all `archives`.
///
/// `crt-static`, which is made for this, is refused by `cargo build` for a program that has procedural macros, unless
/// it is told the name of the machine it runs on. And `-static` alone does not do: Rust asks for shared libraries by
/// name.
fn shadow(folder: &Path, archives: &[PathBuf]) -> io::Result<()> {
    let quoted: Vec<String> = archives.iter().map(|it| format!("\"{}\"", it.display())).collect();
    fs::create_dir_all(folder)?;
    for library in LIBRARIES {
        fs::write(folder.join(format!("lib{library}.a")), format!("GROUP ( {} )\n", quoted.join(" ")))?;
    }
    Ok(())
}
