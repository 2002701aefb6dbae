//! A sequence beside the usual course of its set, and beside another one; the events in it.

use super::Workspace;
use crate::figures::SequenceCurves;
use crate::sequence::{Alignment, kendall_tau};
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

impl Workspace {
    /// The curves of an instance, over the usual course or by their own time; `None` where
    /// instances are no sequences.
    pub fn curves(&self, instance: usize, aligned: bool) -> Option<SequenceCurves> {
        SequenceCurves::of(self.dataset().sequences()?, instance, aligned)
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

    /// How the moments of two instances lie to each other, and Kendall's τ of the nearest moments of
    /// the first in the second; `None` where instances are no sequences.
    pub fn align(&self, first: usize, second: usize) -> Option<(Alignment, f64)> {
        let learnt = self.dataset().sequences()?;
        let count = learnt.set().len();
        if first.max(second) >= count {
            return None;
        }
        let alignment = learnt.align(first, second);
        let tau = kendall_tau(&alignment.nearest());
        Some((alignment, tau))
    }
}
