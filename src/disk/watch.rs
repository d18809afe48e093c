//! Watches what the work on one file takes: the net under all other limits.
//!
//! Limits on sources, steps and results stop a template at the place where it goes wrong. They do not see what a
//! single expression does inside of the template engine, or what a library does with a strange file.

use std::time::Duration;

use super::status;
use crate::work::{self, Work};

/// The longest time that the work on one file may take.
pub const MAX_TIME: Duration = Duration::from_secs(10);
/// By how much memory may grow during the work on one file, in bytes.
pub const MAX_MEMORY: u64 = 128 << 20;
/// How often the watcher looks while there is work. Memory can fill by some megabytes in that time.
const BUSY: Duration = Duration::from_millis(2);
/// How often it looks otherwise.
const IDLE: Duration = Duration::from_millis(10);

/// What a piece of work took too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Excess {
    /// More than [`MAX_TIME`].
    Time,
    /// More than [`MAX_MEMORY`].
    Memory,
}

/// Watches until the work is done, which `wait` says after it has waited for some time, or until something takes too
/// much. That has to end the program: there is no other way to stop a thread.
pub fn watch(wait: &dyn Fn(Duration) -> bool) -> Option<(Work, Excess)> {
    // Not looked up at first: that would be in the way of the work, and there is next to nothing yet.
    let mut memory = 0;
    // The newest work that was seen, and what was in use before it.
    let mut seen = (0, 0);
    loop {
        let open = work::open();
        if wait(if open.is_empty() { IDLE } else { BUSY }) {
            return None;
        }
        let before = std::mem::replace(&mut memory, self::memory());
        let newest = open.iter().map(|it| it.id).max().unwrap_or(0);
        if newest > seen.0 {
            seen = (newest, before);
        }
        // What has meanwhile been done is no longer to blame.
        let still = work::open();
        let Some(oldest) = still.first() else { continue };
        if oldest.began.elapsed() > MAX_TIME {
            return Some((oldest.clone(), Excess::Time));
        }
        let here = still.iter().any(|it| it.id <= seen.0);
        if here && memory.saturating_sub(seen.1) > MAX_MEMORY {
            return Some((oldest.clone(), Excess::Memory));
        }
    }
}

/// The memory that is the program's own, in bytes; 0 where the system does not say.
fn memory() -> u64 {
    let kilobytes = status::field("RssAnon").and_then(|it| it.strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or(0) << 10
}
