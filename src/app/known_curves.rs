//! Curves of sequences that the worker has made, and those that are on their way.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::figures::{PairAlignment, SequenceCurves};

/// Points of all curves that are kept at most.
const KEPT: usize = 8_000_000;

/// An instance, and whether its curves are over the usual course.
pub(super) type Key = (usize, bool);

/// The curves that the worker has made, and those that it is to make.
#[derive(Debug, Default)]
pub(super) struct KnownCurves {
    curves: BTreeMap<Key, Arc<SequenceCurves>>,
    points: usize,
    /// Those that the worker has in hand.
    asked: Vec<Key>,
    /// Those that it is to make next.
    wanted: Vec<Key>,
    has_failed: bool,
    /// How two sequences lie to each other.
    pub(super) pair: Option<Arc<PairAlignment>>,
    /// Of which two that was asked for.
    pub(super) asked_pair: Option<(usize, usize)>,
}

impl KnownCurves {
    pub(super) fn get(&self, key: Key) -> Option<&Arc<SequenceCurves>> {
        self.curves.get(&key)
    }

    /// Whether it is neither there nor on its way.
    pub(super) fn lacks(&self, key: Key) -> bool {
        !self.has_failed
            && !self.curves.contains_key(&key)
            && !self.asked.contains(&key)
            && !self.wanted.contains(&key)
    }

    pub(super) fn want(&mut self, key: Key) {
        self.wanted.push(key);
    }

    /// Takes in what the worker has made.
    pub(super) fn take(&mut self, made: Vec<(Key, Arc<SequenceCurves>)>) {
        if self.points > KEPT {
            self.curves.clear();
            self.points = 0;
        }
        for (key, curves) in made {
            self.points += (curves.channels.len() + 1) * curves.deviations.points().len();
            self.curves.insert(key, curves);
        }
        self.asked.clear();
    }

    /// What the worker is to make next, unless it is still at the last.
    pub(super) fn next(&mut self) -> Option<Vec<Key>> {
        let is_free = self.asked.is_empty() && !self.wanted.is_empty();
        is_free.then(|| {
            self.asked = std::mem::take(&mut self.wanted);
            self.asked.clone()
        })
    }

    pub(super) fn aligned(&mut self, aligned: Arc<PairAlignment>) {
        self.pair = Some(aligned);
    }

    /// A fault of the program met curves: it would meet them again.
    pub(super) fn give_up(&mut self) {
        self.has_failed = true;
    }
}
