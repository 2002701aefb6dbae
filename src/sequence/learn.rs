//! A set of sequences with what was learnt of it without labels.

use std::sync::Arc;

use ndarray::{Array2, ArrayView2};

use super::align::Alignment;
use super::members::Moments;
use super::model::{Prepared, SequenceModel};
use super::parts::SequenceParts;
use super::phase::{PhaseReport, alignment, phase_report};
use super::raw::interpolated;
use super::{Look, SequenceSet, TypicalCurve};
use crate::numeric::{Cancelled, Watch, map_each};

/// The name of the phase, as [`Watch`] is told it.
pub const COMPARING: &str = "comparing sequences";

/// Sequences between two looks at whether anybody waits.
const STRIDE: usize = 64;

/// A set of sequences with what was learnt of it; it never changes.
#[derive(Clone, Debug)]
pub struct Learnt {
    set: Arc<SequenceSet>,
    model: Arc<SequenceModel>,
    /// The embedding of each moment `[t, C]` by the encoder of cycle-back regression.
    embedded: Vec<Array2<f32>>,
    moments: Vec<Moments>,
    typical: usize,
    largest_deviation: f32,
    /// How far along the usual course each moment of each sequence is.
    courses: Vec<Vec<f32>>,
    usual: TypicalCurve,
}

impl PartialEq for Learnt {
    /// Equal sequences of which the same was learnt: the rest follows.
    fn eq(&self, other: &Self) -> bool {
        self.set == other.set && self.model.parts() == other.model.parts()
    }
}

impl Learnt {
    /// Trains the encoders on a set, and looks at each of its sequences.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn of(set: SequenceSet, watch: &mut dyn Watch) -> Result<(Self, Vec<Look>), Cancelled> {
        let (model, prepared) = SequenceModel::fit(&set, watch)?;
        let (mut moments, mut looks) = (Vec::new(), Vec::new());
        while looks.len() < prepared.len() {
            let done = looks.len();
            watch.step(COMPARING, done, prepared.len())?;
            let found = map_each(STRIDE.min(prepared.len() - done), |at| {
                let (prepared, itself) = (&prepared[done + at], Some(done + at));
                let moments = model.moments(prepared, itself);
                let look = model.look_at(prepared, &moments, itself);
                (moments, look)
            });
            for (of_moments, look) in found {
                moments.push(of_moments);
                looks.push(look);
            }
        }
        Ok((Self::with(set, model, prepared, moments), looks))
    }

    /// Takes up what was learnt from a set earlier.
    ///
    /// # Errors
    /// A phrase where it was not learnt from this set.
    pub fn again(set: SequenceSet, parts: SequenceParts) -> Result<Self, String> {
        let (model, prepared) = SequenceModel::with_prepared(&set, parts)?;
        let moments = map_each(prepared.len(), |at| model.moments(&prepared[at], Some(at)));
        Ok(Self::with(set, model, prepared, moments))
    }

    fn with(
        set: SequenceSet,
        model: SequenceModel,
        prepared: Vec<Prepared>,
        moments: Vec<Moments>,
    ) -> Self {
        let embedded = prepared.into_iter().map(|sequence| {
            let [regression, _] = sequence.embedded;
            regression
        });
        let embedded: Vec<Array2<f32>> = embedded.collect();
        let typical = typical(&moments);
        let to = embedded[typical].view();
        let courses = map_each(embedded.len(), |at| course(embedded[at].view(), to));
        let usual = TypicalCurve::of(set.len(), set.channels().len(), |at| {
            (set.sequences()[at].values.view(), courses[at].as_slice())
        });
        Self {
            set: Arc::new(set),
            model: Arc::new(model),
            largest_deviation: largest(&moments),
            embedded,
            typical,
            courses,
            usual,
            moments,
        }
    }

    /// What turns other sequences into instances.
    pub fn model(&self) -> &Arc<SequenceModel> {
        &self.model
    }

    /// The sequences.
    pub fn set(&self) -> &Arc<SequenceSet> {
        &self.set
    }

    /// The embedding of each moment of a sequence `[t, C]`.
    pub fn embedded(&self, sequence: usize) -> ArrayView2<'_, f32> {
        self.embedded[sequence].view()
    }

    /// How far each moment of a sequence is from the usual course, in the embedding `[t]`.
    pub fn deviations(&self, sequence: usize) -> &[f32] {
        &self.moments[sequence].deviations
    }

    /// The sequence that is most like the others, in the embedding: the usual course.
    pub fn typical(&self) -> usize {
        self.typical
    }

    /// How far along the usual course each moment of a sequence is, from 0 to 1 `[t]`: where a
    /// monotone path aligns it with the typical sequence.
    pub fn course(&self, sequence: usize) -> &[f32] {
        &self.courses[sequence]
    }

    /// The moment of a sequence that is as far along the usual course as a moment of another one:
    /// to which an event there is carried over.
    pub fn carried(&self, from: usize, moment: usize, to: usize) -> usize {
        if from == to {
            return moment.min(self.course(to).len().saturating_sub(1));
        }
        let source = self.course(from);
        let place = source.get(moment).or(source.last()).copied().unwrap_or(0.0);
        let course = self.course(to);
        let after = course.partition_point(|other| *other < place);
        let before = after.saturating_sub(1);
        let off = |at: usize| {
            course
                .get(at)
                .map_or(f32::INFINITY, |other| (other - place).abs())
        };
        match off(before) <= off(after) {
            true => before,
            false => after,
        }
    }

    /// The largest deviation of any moment.
    pub fn largest_deviation(&self) -> f32 {
        self.largest_deviation
    }

    /// The usual course, in the units of the channels.
    pub fn usual(&self) -> &TypicalCurve {
        &self.usual
    }

    /// How the moments of two sequences lie to each other.
    pub fn align(&self, a: usize, b: usize) -> Alignment {
        Alignment::of(self.embedded(a), self.embedded(b))
    }

    /// The mean Kendall's τ of the nearest moments over pairs of sequences.
    pub fn alignment(&self) -> f64 {
        alignment(&self.views())
    }

    /// How well the embedding knows the phases that the file names, where it names some.
    pub fn phase_report(&self) -> Option<PhaseReport> {
        let phases = self
            .set
            .sequences()
            .iter()
            .map(|sequence| sequence.phases.as_deref());
        phase_report(&self.views(), &phases.collect::<Vec<_>>())
    }

    fn views(&self) -> Vec<ArrayView2<'_, f32>> {
        self.embedded.iter().map(|moments| moments.view()).collect()
    }
}

/// How far along another sequence each moment of one is, from 0 to 1.
fn course(own: ArrayView2<'_, f32>, other: ArrayView2<'_, f32>) -> Vec<f32> {
    let alignment = Alignment::of(own, other);
    let end = (other.nrows() - 1).max(1) as f32;
    let places: Vec<f64> = alignment.rows.iter().map(|&row| row as f64).collect();
    let along: Vec<f32> = alignment.course().iter().map(|place| place / end).collect();
    (0..own.nrows())
        .map(|moment| interpolated(&places, &along, moment as f64))
        .collect()
}

/// The sequence of least mean distance, both ways, to the references; ties by place.
fn typical(moments: &[Moments]) -> usize {
    let distance = |at: &usize| moments[*at].distance();
    let all = 0..moments.len();
    all.min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .unwrap_or(0)
}

/// The largest deviation of any moment of a set.
fn largest(moments: &[Moments]) -> f32 {
    let all = moments.iter().flat_map(|moments| &moments.deviations);
    all.copied().fold(0.0, f32::max)
}
