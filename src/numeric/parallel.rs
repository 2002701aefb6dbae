//! Work on all cores, with the same result as on one.

use std::ops::Range;

use rayon::prelude::*;

/// Cuts `0..n` into blocks of `block` and returns what `work` makes of each, in their order.
///
/// Blocks do not depend on the number of cores, so neither does any sum within one.
///
/// ```
/// let sums = glad::numeric::map_blocks(10, 4, |rows| rows.sum::<usize>());
/// assert_eq!(sums, [0 + 1 + 2 + 3, 4 + 5 + 6 + 7, 8 + 9]);
/// ```
pub fn map_blocks<T: Send>(
    n: usize,
    block: usize,
    work: impl Fn(Range<usize>) -> T + Sync,
) -> Vec<T> {
    let block = block.max(1);
    let rows = |index: usize| index * block..((index + 1) * block).min(n);
    map_each(n.div_ceil(block), |index| work(rows(index)))
}

/// Lets `work` fill `out` in blocks of `block`, each with the index of the block, on all cores.
///
/// What a block holds does not depend on the number of cores.
pub fn fill_blocks<T: Send>(
    out: &mut [T],
    block: usize,
    work: impl Fn(usize, &mut [T]) + Sync + Send,
) {
    let block = block.max(1);
    if out.len() <= block || is_alone() {
        let blocks = out.chunks_mut(block).enumerate();
        blocks.for_each(|(index, block)| work(index, block));
    } else {
        let blocks = out.par_chunks_mut(block).enumerate();
        blocks.for_each(|(index, block)| work(index, block));
    }
}

/// Does two things at once and returns what comes of each.
pub fn both<A: Send, B: Send>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    if cfg!(target_arch = "wasm32") {
        return (first(), second());
    }
    rayon::join(first, second)
}

/// Does two things at once, the first of which stays on this thread.
pub fn beside<A, B: Send>(here: impl FnOnce() -> A, there: impl FnOnce() -> B + Send) -> (A, B) {
    if cfg!(target_arch = "wasm32") {
        return (here(), there());
    }
    let mut found = None;
    let own = rayon::in_place_scope(|scope| {
        scope.spawn(|_| found = Some(there()));
        here()
    });
    match found {
        Some(found) => (own, found),
        // A scope ends when all that it spawned has.
        None => unreachable!("work that was spawned was not done"),
    }
}

/// Whether there is one core to work on. The threads of a page each work alone: those of a pool
/// would have to be made by the page, which a thread that waits for them keeps from doing so.
fn is_alone() -> bool {
    cfg!(target_arch = "wasm32") || rayon::current_num_threads() == 1
}

/// Returns what `work` makes of each of `0..n`, in their order.
///
/// A single piece of work, or any on a single core, stays on the calling thread: handing it to
/// another one and waiting for that costs nothing on an idle machine, but a turn of the scheduler
/// each time on a busy one (an update of 485 instances: 28 ms instead of 4).
pub fn map_each<T: Send>(n: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if n <= 1 || is_alone() {
        (0..n).map(work).collect()
    } else {
        (0..n).into_par_iter().map(&work).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_filled_with_their_index() {
        let mut out = [0; 5];
        fill_blocks(&mut out, 2, |index, block| block.fill(index + 1));
        assert_eq!(out, [1, 1, 2, 2, 3]);
    }

    #[test]
    fn nothing_has_no_blocks_and_the_last_may_be_short() {
        assert!(map_blocks(0, 4, |rows| rows.len()).is_empty());
        assert_eq!(map_blocks(5, 2, |rows| rows.len()), [2, 2, 1]);
        assert_eq!(map_each(3, |index| index * index), [0, 1, 4]);
    }
}
