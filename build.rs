//! Rebuilds when a preset or template is added or removed: `include_dir!` alone notices only edits. And sets how the
//! program is linked.

use std::env;

#[expect(clippy::disallowed_methods, reason = "only the environment knows what is built for")]
fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=presets");
    // At a fixed address, so that nothing has to be relocated: 40 000 places of the lint rules' tables alone, which
    // takes a third of the start.
    let target = |what: &str| env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
