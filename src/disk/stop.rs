//! The wish to stop: a flag that signals set and that long work looks at.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
};

use super::status;
use crate::error::{Class, Error, Result};

/// A flag shared by all who have to stop together. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// A flag that no signal sets.
    pub fn never() -> Self {
        Self::default()
    }

    /// A flag that SIGINT, SIGTERM and SIGHUP set, from now until the process ends.
    ///
    /// SIGHUP stays ignored where the caller ignores it, as `nohup` does.
    ///
    /// # Errors
    /// [`Class::System`] when a handler cannot be installed.
    pub fn listen() -> Result<Self> {
        let stop = Self::default();
        for (signal, class) in
            [(SIGINT, Class::Interrupted), (SIGTERM, Class::Terminated), (SIGHUP, Class::HungUp)]
        {
            if signal == SIGHUP && is_ignored(signal) {
                continue;
            }
            flag::register_usize(signal, Arc::clone(&stop.0), class as usize)
                .map_err(|error| Error::system("listen to", "signals", &error))?;
        }
        Ok(stop)
    }

    /// Asks everyone to stop, as the signal of `class` does.
    pub fn request(&self, class: Class) {
        self.0.store(class as usize, Ordering::SeqCst);
    }

    /// The class of the signal that came, if any.
    pub fn requested(&self) -> Option<Class> {
        let value = self.0.load(Ordering::SeqCst);
        [Class::Interrupted, Class::Terminated, Class::HungUp]
            .into_iter()
            .find(|class| *class as usize == value)
    }

    /// Ends the work at hand when a stop was asked for.
    ///
    /// # Errors
    /// [`Class::Interrupted`], [`Class::Terminated`] or [`Class::HungUp`].
    pub fn check(&self) -> Result<()> {
        let signal = match self.requested() {
            None => return Ok(()),
            Some(Class::Terminated) => "SIGTERM",
            Some(Class::HungUp) => "SIGHUP",
            Some(_) => "SIGINT",
        };
        let class = self.requested().unwrap_or(Class::Interrupted);
        Err(Error::new(class, format!("stopped by {signal}")))
    }
}

/// Whether the process was started with `signal` ignored. Where the system does not tell, it was not.
fn is_ignored(signal: i32) -> bool {
    status::field("SigIgn")
        .and_then(|mask| u64::from_str_radix(&mask, 16).ok())
        .is_some_and(|mask| mask & (1 << (signal - 1)) != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_seen_by_clones_with_its_class() {
        let stop = Stop::never();
        let clone = stop.clone();
        assert!(clone.check().is_ok());
        for class in [Class::Interrupted, Class::Terminated, Class::HungUp] {
            stop.request(class);
            assert_eq!(clone.check().unwrap_err().class(), class);
        }
    }
}
