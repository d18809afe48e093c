//! How long one persona takes: a document of 15 kB, the median of many runs.
//!
//! Set `SCAFFOLD_CORPUS` to time the real documents too.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and reads what it measures"
)]

use std::time::{Duration, Instant};

use scaffold::persona::{Vocabulary, read};

const PART: &str = "## Part\n\n| Concern | Tool | Alternative |\n| --- | --- | --- |\n| Linting | Ruff | flake8 |\n\n- Use `uv add` instead of pip\n- Keep coverage at 85%\n\n```\nglow/\n├── src/\n│   └── glow/\n│       └── lamp.py  # light\n└── pyproject.toml\n```\n\n```toml\n[tool.ruff]\nline-length = 100\nselect = [\"E\", \"F\"]\n```\n\n```python\nfrom fastapi import FastAPI\n\nclass WickError(Exception): ...\n```\n\nRunning text about lamps, wicks and PostgreSQL, which never says much but has to be read all the same.\n\n";

fn median(bytes: &[u8], vocabulary: &Vocabulary) -> Duration {
    let mut times: Vec<Duration> = (0..51)
        .map(|_| {
            let started = Instant::now();
            std::hint::black_box(read(std::hint::black_box(bytes), vocabulary).is_ok());
            started.elapsed()
        })
        .collect();
    times.sort();
    times[times.len() / 2]
}

fn main() {
    let started = Instant::now();
    let vocabulary = Vocabulary::built_in();
    println!("vocabulary            {:>10.3?}", started.elapsed());
    for size in [15_000, 150_000, 1_000_000] {
        let mut text = String::from("# Python persona\n\n");
        while text.len() < size {
            text.push_str(PART);
        }
        println!("synthetic {:>8} bytes {:>10.3?}", text.len(), median(text.as_bytes(), &vocabulary));
    }
    let Some(root) = std::env::var_os("SCAFFOLD_CORPUS") else { return };
    let Ok(entries) = std::fs::read_dir(std::path::Path::new(&root).join("seeds")) else { return };
    for path in entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
    {
        if let Ok(bytes) = std::fs::read(&path) {
            println!(
                "{:<40} {:>6} bytes {:>10.3?}",
                path.file_stem().unwrap_or_default().to_string_lossy(),
                bytes.len(),
                median(&bytes, &vocabulary)
            );
        }
    }
}
