//! Curves of sequences that the worker has made, and those that are on their way.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ViewState;
use crate::app::open_session::OpenSession;
use crate::figures::{PairAlignment, SequenceCurves};
use crate::worker::Request;

/// Points of all curves that are kept at most.
const KEPT: usize = 8_000_000;

/// An instance, and whether its curves are over the usual course.
pub(in crate::app) type Key = (usize, bool);

/// The curves that the worker has made, and those that it is to make.
#[derive(Debug, Default)]
pub(in crate::app) struct KnownCurves {
    curves: BTreeMap<Key, Arc<SequenceCurves>>,
    points: usize,
    /// Those that the worker has in hand.
    asked: Vec<Key>,
    /// Those that it is to make next.
    wanted: Vec<Key>,
    /// A fault of the program met curves: it would meet them again.
    pub(in crate::app) has_failed: bool,
    /// How two sequences lie to each other.
    pub(in crate::app) pair: Option<Arc<PairAlignment>>,
    /// Of which two that was asked for.
    pub(in crate::app) asked_pair: Option<(usize, usize)>,
}

impl KnownCurves {
    pub(in crate::app) fn get(&self, key: Key) -> Option<&Arc<SequenceCurves>> {
        self.curves.get(&key)
    }

    /// Whether it is neither there nor on its way.
    pub(in crate::app) fn lacks(&self, key: Key) -> bool {
        !self.has_failed
            && !self.curves.contains_key(&key)
            && !self.asked.contains(&key)
            && !self.wanted.contains(&key)
    }

    pub(in crate::app) fn want(&mut self, key: Key) {
        self.wanted.push(key);
    }

    /// Takes in what the worker has made.
    pub(in crate::app) fn take(&mut self, made: Vec<(Key, Arc<SequenceCurves>)>) {
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
    pub(in crate::app) fn next(&mut self) -> Option<Vec<Key>> {
        let is_free = self.asked.is_empty() && !self.wanted.is_empty();
        is_free.then(|| {
            self.asked = std::mem::take(&mut self.wanted);
            self.asked.clone()
        })
    }
}

impl ViewState {
    pub(super) fn ask_curves(&mut self, open: &OpenSession, key: Key) -> Option<Request> {
        self.known_curves.want(key);
        self.curves_request(open)
    }

    /// The curves that are to be made next, unless some are being made.
    pub(in crate::app) fn curves_request(&mut self, open: &OpenSession) -> Option<Request> {
        let learnt = Arc::clone(open.dataset.sequences()?);
        let next = self.known_curves.next()?;
        Some(Request::Curves(learnt, next))
    }

    pub(super) fn ask_alignment(&mut self, open: &OpenSession) -> Option<Request> {
        let pair = self.of(open).pair()?;
        let learnt = Arc::clone(open.dataset.sequences()?);
        self.known_curves.asked_pair = Some(pair);
        Some(Request::Align(learnt, pair))
    }
}
