//! What is still to be stored, and who waits for it.

use std::io;
use std::sync::{Condvar, Mutex, PoisonError};

use super::log::Change;
use crate::numeric::lock;

/// Hands records to whoever stores them; each of its locks is held for a few instructions.
pub(super) struct Store {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// Records that nobody has taken yet.
    waiting: Vec<u8>,
    /// Bytes of records: all that there were, that were taken, and that are stored.
    told: u64,
    taken: u64,
    stored: u64,
    /// Why records cannot be stored.
    trouble: Option<String>,
}

impl Store {
    pub(super) const fn new() -> Self {
        Self {
            state: Mutex::new(State {
                waiting: Vec::new(),
                told: 0,
                taken: 0,
                stored: 0,
                trouble: None,
            }),
            changed: Condvar::new(),
        }
    }

    /// Takes a record.
    pub(super) fn tell(&self, change: &Change) {
        let mut state = lock(&self.state);
        let before = state.waiting.len();
        change.write(&mut state.waiting);
        state.told += (state.waiting.len() - before) as u64;
        drop(state);
        self.changed.notify_all();
    }

    /// The records since the last call; waits for some.
    pub(super) fn changes(&self) -> Vec<u8> {
        let mut state = lock(&self.state);
        while state.waiting.is_empty() {
            let woken = self.changed.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
        }
        state.taken = state.told;
        std::mem::take(&mut state.waiting)
    }

    /// What became of them.
    pub(super) fn stored(&self, outcome: Result<(), String>) {
        let mut state = lock(&self.state);
        match outcome {
            Ok(()) => state.stored = state.taken,
            Err(trouble) => state.trouble = Some(trouble),
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Waits until all records so far are stored.
    pub(super) fn sync(&self) -> io::Result<()> {
        let mut state = lock(&self.state);
        let mark = state.told;
        loop {
            if let Some(trouble) = &state.trouble {
                // What is missing in the log is missing for good: later records would go on from it.
                return Err(io::Error::other(trouble.clone()));
            }
            if state.stored >= mark {
                return Ok(());
            }
            let woken = self.changed.wait(state);
            state = woken.unwrap_or_else(PoisonError::into_inner);
        }
    }
}
