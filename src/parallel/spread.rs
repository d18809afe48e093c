//! Spreads threads over the processors in the first milliseconds.
//!
//! Not every Linux does so at once. A new thread may begin on the processor of its parent, and one that wakes up goes
//! on where the one runs that woke it, busy as that is, until some milliseconds later the load is found to be uneven. A
//! small project is made by then.

/// The threads that keep off a processor for now.
#[derive(Debug, Clone, Default)]
pub(super) struct Spread {
    #[cfg(target_os = "linux")]
    threads: std::sync::Arc<std::sync::Mutex<Vec<rustix::thread::Pid>>>,
}

#[cfg(target_os = "linux")]
mod linux {
    use std::sync::PoisonError;

    use rustix::thread::{gettid, sched_getaffinity, sched_getcpu, sched_setaffinity};

    use super::Spread;

    impl Spread {
        /// The processor that this thread runs on.
        pub(in super::super) fn here() -> usize {
            sched_getcpu()
        }

        /// Keeps this thread off the processor `here`, if there is another.
        pub(in super::super) fn keep_off(&self, here: usize) {
            let Ok(mut others) = sched_getaffinity(None) else { return };
            others.unset(here);
            if sched_setaffinity(None, &others).is_ok() {
                self.threads.lock().unwrap_or_else(PoisonError::into_inner).push(gettid());
            }
        }

        /// Lets all threads run where this one may, from now on.
        pub(in super::super) fn lift(&self) {
            let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
            for thread in threads {
                if let Ok(all) = sched_getaffinity(None) {
                    let _ = sched_setaffinity(Some(thread), &all);
                }
            }
        }
    }
}

#[cfg(not(target_os = "linux"))]
impl Spread {
    pub(super) fn here() -> usize {
        0
    }

    pub(super) fn keep_off(&self, _: usize) {}

    pub(super) fn lift(&self) {}
}
