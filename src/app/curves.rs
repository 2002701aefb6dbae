//! A sequence beside the usual course of its set, and beside another one; the events in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{App, Workspace};
use crate::figures::{PairAlignment, SequenceCurves};
use crate::session::Mark;
use crate::worker::Request;

/// Points of all curves that are kept at most.
const KEPT: usize = 8_000_000;

/// An instance, and whether its curves are over the usual course.
type Key = (usize, bool);

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
    aligned: Option<Arc<PairAlignment>>,
    asked_pair: Option<(usize, usize)>,
}

impl KnownCurves {
    fn take(&mut self, made: Vec<(Key, Arc<SequenceCurves>)>) {
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
    fn next(&mut self) -> Option<Vec<Key>> {
        let is_free = self.asked.is_empty() && !self.wanted.is_empty();
        is_free.then(|| {
            self.asked = std::mem::take(&mut self.wanted);
            self.asked.clone()
        })
    }

    pub(super) fn aligned(&mut self, aligned: Arc<PairAlignment>) {
        self.aligned = Some(aligned);
    }

    /// A fault of the program met curves: it would meet them again.
    pub(super) fn give_up(&mut self) {
        self.has_failed = true;
    }
}

/// An event as it lies in a sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What it is called.
    pub name: String,
    /// Where it was marked.
    pub mark: Mark,
    /// The moment of the sequence, counted from 0.
    pub moment: usize,
    /// How far along the usual course it is, from 0 to 1.
    pub phase: f32,
}

impl Workspace {
    /// The curves of an instance, over the usual course or by their own time; `None` until they are
    /// made, and where instances are no sequences.
    pub fn curves(&self, instance: usize, aligned: bool) -> Option<&Arc<SequenceCurves>> {
        self.known_curves.curves.get(&(instance, aligned))
    }

    pub(super) fn wants_curves(&self, instance: usize, aligned: bool) -> bool {
        let (known, key) = (&self.known_curves, (instance, aligned));
        let is_sequence = self.moments(instance).is_some();
        is_sequence
            && !known.has_failed
            && !known.curves.contains_key(&key)
            && !known.asked.contains(&key)
            && !known.wanted.contains(&key)
    }

    pub(super) fn ask_curves(&mut self, instance: usize, aligned: bool) -> Option<Request> {
        self.known_curves.wanted.push((instance, aligned));
        self.curves_request()
    }

    fn curves_request(&mut self) -> Option<Request> {
        let learnt = Arc::clone(self.dataset.sequences()?);
        let next = self.known_curves.next()?;
        Some(Request::Curves(learnt, next))
    }

    /// The two sequences that are aligned: the candidate and the one beside it.
    fn pair(&self) -> Option<(usize, usize)> {
        self.dataset().sequences()?;
        Some((self.selected()?, self.beside_candidate()?))
    }

    /// How the moments of the candidate and of the sequence beside it lie to each other; `None`
    /// until that is known.
    pub fn aligned(&self) -> Option<&Arc<PairAlignment>> {
        let known = self.known_curves.aligned.as_ref()?;
        (Some(known.pair) == self.pair()).then_some(known)
    }

    pub(super) fn wants_alignment(&self) -> bool {
        let pair = self.pair();
        pair.is_some() && self.aligned().is_none() && self.known_curves.asked_pair != pair
    }

    pub(super) fn ask_alignment(&mut self) -> Option<Request> {
        let pair = self.pair()?;
        let learnt = Arc::clone(self.dataset.sequences()?);
        self.known_curves.asked_pair = Some(pair);
        Some(Request::Align(learnt, pair))
    }

    /// The number of moments of an instance; `None` where instances are no sequences.
    pub fn moments(&self, instance: usize) -> Option<usize> {
        let sequences = self.dataset().sequences()?.set().sequences();
        sequences.get(instance).map(|sequence| sequence.len())
    }

    /// The events that were marked, as they lie in an instance, in the order of their names.
    pub fn events(&self, instance: usize) -> Vec<Event> {
        let Some(learnt) = self.dataset().sequences() else {
            return Vec::new();
        };
        let marks = self.session().marks().into_iter();
        let events = marks.map(|(name, mark)| {
            let moment = learnt.carried(mark.instance, mark.moment, instance);
            let phase = learnt.course(mark.instance).get(mark.moment).copied();
            Event {
                name,
                mark,
                moment,
                phase: phase.unwrap_or(1.0),
            }
        });
        events.collect()
    }
}

impl App {
    /// Takes in curves, and lets the worker go on with those that were asked for meanwhile.
    pub(super) fn curved(&mut self, made: Vec<(Key, Arc<SequenceCurves>)>) {
        let Some(workspace) = &mut self.workspace else {
            return;
        };
        workspace.known_curves.take(made);
        if let Some(request) = workspace.curves_request() {
            self.submit(request);
        }
    }
}
