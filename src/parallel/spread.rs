//! Spreads threads over the processors in the first milliseconds.
//!
//! Not every Linux does so at once. A new thread may begin on the processor of its parent, and one that wakes up goes
//! on where the one runs that woke it, busy as that is, until some milliseconds later the load is found to be uneven. A
//! small project is made by then.

#[cfg(target_os = "linux")]
pub use linux::{Spread, unbind};
#[cfg(not(target_os = "linux"))]
pub use others::{Spread, unbind};

#[cfg(target_os = "linux")]
mod linux {
    use std::sync::{Mutex, PoisonError};

    use rustix::thread::{CpuSet, Pid, gettid, sched_getaffinity, sched_getcpu, sched_setaffinity};

    /// The threads that are held to some processors, and where else they may run.
    static HELD: Mutex<Vec<(Pid, CpuSet)>> = Mutex::new(vec![]);

    /// How the threads of a pool are spread: one has a processor, the others the rest.
    #[derive(Debug, Clone, Copy)]
    pub struct Spread {
        one: usize,
        all: CpuSet,
    }

    impl Spread {
        /// Gives the processor that this thread runs on to one thread.
        ///
        /// `None` when the system does not say what there is.
        pub fn here() -> Option<Self> {
            Some(Self { one: sched_getcpu(), all: sched_getaffinity(None).ok()? })
        }

        /// Holds this thread, and all that it starts, to the processor for one, until [`unbind`].
        pub fn stay(&self) {
            let mut only = CpuSet::new();
            only.set(self.one);
            self.hold(&only);
        }

        /// Holds this thread to the other processors, if there are any, until [`unbind`].
        pub fn keep_off(&self) {
            let mut others = self.all;
            others.unset(self.one);
            self.hold(&others);
        }

        fn hold(&self, processors: &CpuSet) {
            if sched_setaffinity(None, processors).is_ok() {
                HELD.lock().unwrap_or_else(PoisonError::into_inner).push((gettid(), self.all));
            }
        }
    }

    /// Lets all threads run on any processor again. To be called before a program is started, which inherits where it
    /// may run.
    pub fn unbind() {
        for (thread, all) in std::mem::take(&mut *HELD.lock().unwrap_or_else(PoisonError::into_inner)) {
            let _ = sched_setaffinity(Some(thread), &all);
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod others {
    /// Other systems spread threads by themselves.
    #[derive(Debug, Clone, Copy)]
    pub struct Spread;

    impl Spread {
        pub fn here() -> Option<Self> {
            None
        }

        pub fn stay(&self) {}

        pub fn keep_off(&self) {}
    }

    /// Does nothing: no thread is held.
    pub fn unbind() {}
}
