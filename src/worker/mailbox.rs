//! What one thread puts and another waits for.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};

use crate::numeric::lock;

/// Things in their order, until it is closed. Whoever puts never waits, not even for a lock that is
/// taken by a sleeper: that much the thread of a page must not do.
#[derive(Debug)]
pub(super) struct Mailbox<T> {
    /// What waits, and whether nothing more comes.
    inside: Mutex<(VecDeque<T>, bool)>,
    changed: Condvar,
}

impl<T> Default for Mailbox<T> {
    fn default() -> Self {
        Self {
            inside: Mutex::default(),
            changed: Condvar::new(),
        }
    }
}

impl<T> Mailbox<T> {
    pub(super) fn put(&self, thing: T) {
        lock(&self.inside).0.push_back(thing);
        self.changed.notify_one();
    }

    pub(super) fn close(&self) {
        lock(&self.inside).1 = true;
        self.changed.notify_one();
    }

    /// The next thing; waits for it. `None` when nothing is left and nothing more comes.
    pub(super) fn take(&self) -> Option<T> {
        let mut inside = lock(&self.inside);
        loop {
            if let Some(thing) = inside.0.pop_front() {
                return Some(thing);
            }
            if inside.1 {
                return None;
            }
            let woken = self.changed.wait(inside);
            inside = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_was_put_is_taken_in_its_order_also_after_the_end() {
        let mailbox = Mailbox::default();
        let taken = std::thread::scope(|scope| {
            let taker = scope.spawn(|| std::iter::from_fn(|| mailbox.take()).collect::<Vec<_>>());
            (0..100).for_each(|thing| mailbox.put(thing));
            mailbox.close();
            taker.join()
        });
        assert_eq!(taken.expect("no panic"), (0..100).collect::<Vec<_>>());
    }
}
