//! Work on many things at once; the results come in the order of the things.

mod spread;

use std::{
    hint::black_box,
    sync::mpsc::{RecvTimeoutError, channel},
    time::Duration,
};

use rayon::{ThreadPoolBuilder, prelude::*};

pub use spread::unbind;

use spread::Spread;

/// The stack of every thread. Templates and Python nest as deep as their authors like, within the limits on both;
/// what is not used of it costs nothing.
const STACK: usize = 128 << 20;

/// How much each thread may allocate before its heap has to grow.
const ROOM: usize = 16 << 20;

/// Does `work` on a thread with a deep stack, and gives all of [`map`] the same. Not to be called twice.
///
/// Until then this thread does `meanwhile`, which is given how to wait: at most for a time; `true` as soon as the work
/// is over.
///
/// `None` when the work panicked.
pub fn deep<R: Send>(
    work: impl FnOnce() -> R + Send,
    meanwhile: impl FnOnce(&dyn Fn(Duration) -> bool),
) -> Option<R> {
    let (at_work, over) = channel::<()>();
    let begin = || {
        // Gone with the end of the work, be it a panic.
        let _at_work = at_work;
        reserve();
        let spread = Spread::here();
        // One of the pool itself: otherwise that has a thread for every processor beside this one, and they wait for
        // work in its way. Fails only when there is a pool already, which does the work just as well.
        let _ = ThreadPoolBuilder::new()
            .stack_size(STACK)
            .start_handler(move |_| {
                spread.inspect(Spread::keep_off);
                reserve();
            })
            .use_current_thread()
            .build_global();
        spread.inspect(Spread::stay);
        work()
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, begin).ok()?;
        meanwhile(&|time| {
            let is_over = over.recv_timeout(time) == Err(RecvTimeoutError::Disconnected);
            // By now the system has seen what the threads are like.
            unbind();
            is_over
        });
        thread.join().ok()
    })
}

/// Makes room for what the thread will allocate: glibc lets the heap of a thread grow by single pages, each with a
/// call of the system that stops all others. Room that is not used costs nothing.
fn reserve() {
    // The first raises the size from which memory is mapped on its own, the second comes from the heap.
    for _ in 0..2 {
        drop(black_box(Vec::<u8>::with_capacity(ROOM)));
    }
}

/// Does `work` on each of `things`.
pub fn map<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    things.into_par_iter().map(work).collect()
}

/// Has `work` done by a thread that has nothing else to do, or never.
pub fn aside(work: fn()) {
    rayon::spawn(work);
}

/// Does two things side by side.
pub fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, two: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_things() {
        assert_eq!(map((0..500).collect(), |it| it * 2), (0..500).map(|it| it * 2).collect::<Vec<_>>());
    }
}
