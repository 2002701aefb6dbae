//! A sequence beside the usual course of its set, and beside another one; the events in it.

use std::sync::Arc;

use super::View;
use crate::figures::{PairAlignment, SequenceCurves};
use crate::session::Mark;

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

impl<'a> View<'a> {
    /// The curves of an instance, over the usual course or by their own time; `None` until they are
    /// made, and where instances are no sequences.
    pub fn curves(self, instance: usize, aligned: bool) -> Option<&'a Arc<SequenceCurves>> {
        self.state.known_curves.get((instance, aligned))
    }

    pub(in crate::app) fn wants_curves(self, instance: usize, aligned: bool) -> bool {
        let is_sequence = self.moments(instance).is_some();
        is_sequence && self.state.known_curves.lacks((instance, aligned))
    }

    /// The two sequences that are aligned: the candidate and the one beside it.
    pub(in crate::app) fn pair(self) -> Option<(usize, usize)> {
        self.dataset().sequences()?;
        Some((self.selected()?, self.beside_candidate()?))
    }

    /// How the moments of the candidate and of the sequence beside it lie to each other; `None`
    /// until that is known.
    pub fn aligned(self) -> Option<&'a Arc<PairAlignment>> {
        let known = self.state.known_curves.pair.as_ref()?;
        (Some(known.pair) == self.pair()).then_some(known)
    }

    pub(in crate::app) fn wants_alignment(self) -> bool {
        let pair = self.pair();
        pair.is_some() && self.aligned().is_none() && self.state.known_curves.asked_pair != pair
    }

    /// The number of moments of an instance; `None` where instances are no sequences.
    pub fn moments(self, instance: usize) -> Option<usize> {
        let sequences = self.dataset().sequences()?.set().sequences();
        sequences.get(instance).map(|sequence| sequence.len())
    }

    /// The events that were marked, as they lie in an instance, in the order of their names.
    pub fn events(self, instance: usize) -> Vec<Event> {
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
