//! Work on many things at once; the results come in the order of the things.

use rayon::prelude::*;

/// Does `work` on each of `things`.
pub fn map<T: Send, R: Send>(things: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    things.into_par_iter().map(work).collect()
}
