//! Thousands of damaged documents, the same on every run: none may bring the reader down.

use super::common::LANTERN;
use scaffold::persona::{Vocabulary, read};

/// A small generator of numbers, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides.max(1)).unwrap_or(1)).unwrap_or(0)
    }
}

const PIECES: [&str; 28] = [
    "```",
    "````markdown\n",
    "~~~",
    "---\n",
    "|",
    "|---|\n",
    "- [ ] ",
    "# ",
    "├── ",
    "│   ",
    "**",
    "`",
    "[a](b",
    "](",
    "<!--",
    "-->",
    "<example>",
    "FROM ",
    "{{",
    "}}",
    "{a,b}",
    "[tool.ruff]\n",
    "select = [",
    "uv add ",
    "never ",
    "は禁止",
    "\u{feff}",
    "Ã©",
];

/// 1,500 rounds that are the same on every run. `SCAFFOLD_FUZZ_SECONDS=600` goes on with further ones for that long.
#[test]
fn no_mutation_panics() {
    let vocabulary = Vocabulary::built_in();
    let mut dice = Dice(0x5eed_1a4b_9c3d_2e1f);
    let seconds = std::env::var("SCAFFOLD_FUZZ_SECONDS").ok().and_then(|it| it.parse().ok()).unwrap_or(0);
    let began = std::time::Instant::now();
    for round in 0.. {
        if round >= 1500 && began.elapsed().as_secs() >= seconds {
            println!("{round} rounds");
            break;
        }
        let mut bytes = LANTERN.as_bytes().to_vec();
        for _ in 0..=dice.roll(6) {
            let at = dice.roll(bytes.len());
            match dice.roll(6) {
                0 => bytes.truncate(at),
                1 => drop(bytes.splice(at..at, PIECES[dice.roll(PIECES.len())].bytes())),
                2 => {
                    let end = (at + dice.roll(200)).min(bytes.len());
                    bytes.drain(at..end);
                }
                3 => {
                    if let Some(byte) = bytes.get_mut(at) {
                        *byte = u8::try_from(dice.roll(256)).unwrap_or(0);
                    }
                }
                4 => {
                    let end = (at + dice.roll(300)).min(bytes.len());
                    let copy: Vec<u8> = bytes[at..end].to_vec();
                    let to = dice.roll(bytes.len());
                    drop(bytes.splice(to..to, copy));
                }
                _ => bytes.reverse(),
            }
        }
        let lines = String::from_utf8_lossy(&bytes).lines().count()
            + String::from_utf8_lossy(&bytes).matches('\r').count()
            + 2;
        let facts = read(&bytes, &vocabulary).expect("small enough");
        let named = facts.facts.iter().flat_map(|fact| &fact.lines);
        assert!(named.clone().all(|line| *line >= 1), "round {round}");
        assert!(named.max().is_none_or(|line| *line <= lines || bytes.contains(&0)), "round {round}");
        drop(scaffold::facts::json(&facts));
    }
}
