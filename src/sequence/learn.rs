//! What is learnt from a set of sequences without labels.

use std::sync::{Arc, OnceLock};

use ndarray::{Array2, Array3, ArrayView2, Axis, s};

use super::align::{monotone_path, squared_distances};
use super::curves::{ChannelScale, resample, stride, windows};
use super::members::{MemberScores, Moments, euclid, moment_scores, residuals, rocket, warping};
use super::phase::{PhaseReport, alignment, phase_report};
use super::{SequenceSet, UsualCourse};
use crate::network::{CycleLoss, CycleSettings, EMBEDDING, MomentEncoder, train_encoder};
use crate::numeric::{Cancelled, Unwatched, Watch, beside, both, principal_components, stream};

/// The name of the phase, as [`Watch`] is told it.
pub const COMPARING: &str = "comparing sequences";

/// Steps of the training of an encoder.
const STEPS: usize = 500;

/// Sequences of a step.
const BATCH: usize = 6;

/// Moments drawn of each.
const MOMENTS: usize = 20;

/// Curves of equal length have this many moments at most.
const LONGEST_CURVE: usize = 150;

/// Aligned phases at which the relevance network sees the embedding.
const PHASES: usize = 4;

/// Features at most that are made of the embedding.
const FEATURES: usize = 32;

/// What is learnt from a set: what its encoders make of each sequence, and what detectors say.
#[derive(Clone, Debug)]
pub struct Learnt {
    set: Arc<SequenceSet>,
    /// The embedding of each moment `[t, C]` by the encoder of cycle-back regression.
    embedded: Vec<Array2<f32>>,
    moments: Vec<Moments>,
    typical: usize,
    largest_deviation: f32,
    usual: OnceLock<UsualCourse>,
    features: Array2<f32>,
    members: Vec<MemberScores>,
}

impl Learnt {
    /// Trains the encoders on a set, and scores its sequences.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn of(set: SequenceSet, seed: u64, watch: &mut dyn Watch) -> Result<Self, Cancelled> {
        let scale = ChannelScale::fit(&set);
        let usual = set.usual_length();
        let stride = stride(usual);
        let curves: Vec<Array2<f32>> = set
            .sequences()
            .iter()
            .map(|sequence| scale.apply(sequence.values.view()))
            .collect();
        let seen: Vec<Array2<f32>> = curves
            .iter()
            .map(|curve| windows(curve.view(), stride))
            .collect();
        let settings = |loss| CycleSettings {
            loss,
            steps: STEPS,
            batch: BATCH,
            moments: MOMENTS,
        };
        // One of the two is watched, for a watch is one thread's; both take the same time.
        let (regression, classification) = beside(
            || {
                train_encoder(
                    &seen,
                    &settings(CycleLoss::Regression),
                    &mut stream(seed, "encoder", 0),
                    watch,
                )
            },
            || {
                train_encoder(
                    &seen,
                    &settings(CycleLoss::Classification),
                    &mut stream(seed, "encoder", 1),
                    &mut Unwatched,
                )
            },
        );
        let (regression, _) = regression?;
        let (classification, _) = classification?;
        let embed = |encoder: &MomentEncoder| -> Vec<Array2<f32>> {
            seen.iter()
                .map(|windows| encoder.embed(windows.view()))
                .collect()
        };
        let (embedded, other) = both(|| embed(&regression), || embed(&classification));
        let mut members = Vec::new();
        watch.step(COMPARING, 0, 5)?;
        let (scores, moments) = moment_scores(&embedded, "cbr");
        members.extend(scores);
        watch.step(COMPARING, 1, 5)?;
        members.extend(moment_scores(&other, "cbc").0);
        watch.step(COMPARING, 2, 5)?;
        let short = usual.clamp(2, LONGEST_CURVE);
        let shrunk: Vec<Array2<f32>> = curves
            .iter()
            .map(|curve| match usual > LONGEST_CURVE {
                true => resample(
                    curve.view(),
                    (curve.nrows() * LONGEST_CURVE).div_ceil(usual).max(2),
                ),
                false => curve.clone(),
            })
            .collect();
        members.extend(warping(&shrunk));
        watch.step(COMPARING, 3, 5)?;
        let equal = flat(
            &curves
                .iter()
                .map(|curve| resample(curve.view(), short))
                .collect::<Vec<_>>(),
        );
        members.extend(euclid(&equal));
        members.push(residuals(&equal));
        watch.step(COMPARING, 4, 5)?;
        members.extend(rocket(&shrunk, short, seed));
        let features = features(&embedded);
        Ok(Self {
            set: Arc::new(set),
            embedded,
            typical: typical(&moments),
            largest_deviation: largest(&moments),
            usual: OnceLock::new(),
            moments,
            features,
            members,
        })
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
    pub fn course(&self, sequence: usize) -> Vec<f32> {
        let (own, typical) = (self.embedded(sequence), self.embedded(self.typical));
        let path = monotone_path(squared_distances(own, typical).view());
        let mut sums = vec![(0.0_f32, 0.0_f32); own.nrows()];
        for (moment, place) in path {
            sums[moment].0 += place as f32;
            sums[moment].1 += 1.0;
        }
        let end = (typical.nrows() - 1).max(1) as f32;
        sums.iter()
            .map(|(sum, count)| sum / count.max(1.0) / end)
            .collect()
    }

    /// The largest deviation of any moment.
    pub fn largest_deviation(&self) -> f32 {
        self.largest_deviation
    }

    /// The usual course, in the units of the channels; made when it is first asked for.
    pub fn usual(&self) -> &UsualCourse {
        self.usual.get_or_init(|| {
            UsualCourse::of(self.set.len(), self.set.channels().len(), |at| {
                (self.set.sequences()[at].values.view(), self.course(at))
            })
        })
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

    /// What the relevance network sees of each sequence `[n, d]`.
    pub fn features(&self) -> ArrayView2<'_, f32> {
        self.features.view()
    }

    /// What the detectors of sequences say.
    pub fn members(&self) -> &[MemberScores] {
        &self.members
    }
}

/// The sequence of least mean distance, both ways, to the references; ties by place.
fn typical(moments: &[Moments]) -> usize {
    let distance = |at: &usize| moments[*at].distance();
    let all = 0..moments.len();
    all.min_by(|a, b| distance(a).total_cmp(&distance(b)))
        .unwrap_or(0)
}

/// Curves of equal length in rows `[n, moments · channels]`.
fn flat(curves: &[Array2<f32>]) -> Array2<f32> {
    let width = curves.first().map_or(0, Array2::len);
    let mut rows = Array2::zeros((curves.len(), width));
    for (mut row, curve) in rows.rows_mut().into_iter().zip(curves) {
        row.iter_mut().zip(curve).for_each(|(to, from)| *to = *from);
    }
    rows
}

/// The time average of the embedding and the embedding at four phases of the usual course, to at
/// most 32 main directions.
fn features(embedded: &[Array2<f32>]) -> Array2<f32> {
    let mut wide = Array3::<f32>::zeros((embedded.len(), PHASES + 1, EMBEDDING));
    for (at, moments) in embedded.iter().enumerate() {
        if let Some(mean) = moments.mean_axis(Axis(0)) {
            wide.slice_mut(s![at, 0, ..]).assign(&mean);
        }
        for phase in 0..PHASES {
            let place = (moments.nrows() * (2 * phase + 1)) / (2 * PHASES);
            wide.slice_mut(s![at, phase + 1, ..])
                .assign(&moments.row(place.min(moments.nrows() - 1)));
        }
    }
    let wide = wide
        .into_shape_with_order((embedded.len(), (PHASES + 1) * EMBEDDING))
        .unwrap_or_default();
    let components = principal_components(wide.view(), FEATURES.min(embedded.len() - 1));
    let mut found = Array2::zeros((embedded.len(), components.count()));
    for (mut to, row) in found.rows_mut().into_iter().zip(wide.rows()) {
        let along = components.coordinates(row);
        to.iter_mut()
            .zip(along)
            .for_each(|(to, along)| *to = along as f32);
    }
    found
}

/// The largest deviation of any moment of a set.
fn largest(moments: &[Moments]) -> f32 {
    let all = moments.iter().flat_map(|moments| &moments.deviations);
    all.copied().fold(0.0, f32::max)
}
