//! What the program is at right now, so that a watcher can name what takes too long or too much.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use crate::source::Source;

/// One piece of work.
#[derive(Debug, Clone)]
pub struct Work {
    /// Tells it from every other piece.
    pub id: u64,
    /// The file it is about.
    pub source: Source,
    /// When it began.
    pub began: Instant,
}

struct Desk {
    last: u64,
    open: Vec<Work>,
}

static DESK: Mutex<Desk> = Mutex::new(Desk { last: 0, open: vec![] });

/// Does `work`, which is about `source`.
pub fn on<R>(source: &Source, work: impl FnOnce() -> R) -> R {
    /// Clears the desk, also when the work panics.
    struct Done(u64);
    impl Drop for Done {
        fn drop(&mut self) {
            desk().open.retain(|it| it.id != self.0);
        }
    }
    let id = {
        let mut desk = desk();
        desk.last += 1;
        let id = desk.last;
        desk.open.push(Work { id, source: source.clone(), began: Instant::now() });
        id
    };
    let _done = Done(id);
    work()
}

/// The work that is under way, oldest first; every thread has at most a few.
pub fn open() -> Vec<Work> {
    desk().open.clone()
}

fn desk() -> MutexGuard<'static, Desk> {
    // The list is whole at every moment, also if a thread died with the lock in hand.
    DESK.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_open_until_it_is_done() {
        let source = Source::new("work_is_open", "");
        let mine = || open().iter().filter(|it| it.source == source).count();
        assert_eq!(on(&source, || on(&source, mine)), 2);
        assert_eq!(mine(), 0);
        let failed = std::panic::catch_unwind(|| on(&source, || panic!("on purpose")));
        assert!(failed.is_err());
        assert_eq!(mine(), 0);
    }
}
