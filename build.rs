//! Rebuilds when a preset or template is added or removed: `include_dir!` alone notices only edits.

fn main() {
    println!("cargo::rerun-if-changed=templates");
    println!("cargo::rerun-if-changed=presets");
}
