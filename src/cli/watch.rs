//! The end of a run that takes too long or too much.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use crate::{
    disk::watch::{Excess, MAX_MEMORY, MAX_TIME},
    error::{Class, Error, Mistake},
    template,
    work::Work,
};

/// Ends the program as soon as the work on one file takes too much. Files are read and rendered before anything is
/// written, so nothing is left half-made. `wait` is that of [`parallel::deep`](crate::parallel::deep).
pub(super) fn watch(wait: &dyn Fn(Duration) -> bool, json: &AtomicBool) {
    if let Some((work, excess)) = crate::disk::watch::watch(wait) {
        super::failed(&error(&work, excess), json.load(Ordering::Relaxed));
        stop();
    }
}

#[expect(
    clippy::exit,
    clippy::disallowed_methods,
    reason = "nothing else ends a thread that is inside of a library"
)]
fn stop() {
    std::process::exit(Class::Limit as i32);
}

fn error(work: &Work, excess: Excess) -> Error {
    let title = match excess {
        Excess::Time => format!("the work on this file takes more than {} seconds", MAX_TIME.as_secs()),
        Excess::Memory => format!("the work on this file takes more than {} MiB of memory", MAX_MEMORY >> 20),
    };
    let growing = template::growing(&work.source).filter(|_| work.source.name.ends_with(".j2"));
    let mistake = Mistake::new("work-limit", title, &work.source, growing.clone().unwrap_or(0..0));
    match growing {
        Some(_) => mistake.label("values are put together here").into(),
        None => mistake.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{source::Source, work};

    #[test]
    fn the_message_names_the_file_and_a_place_where_values_grow() {
        let source = Source::new("a.j2", "{% set x = 1 %}\n{{ x ~ x }}\n");
        let work = work::on(&source, work::open).pop().unwrap();
        let error = error(&work, Excess::Memory);
        assert_eq!((error.class(), error.places()[0].place()), (Class::Limit, (2, 6)));
        assert!(error.message().contains("128 MiB"), "{error}");
    }
}
