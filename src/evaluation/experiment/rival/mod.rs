//! Other people's learners over an isolation forest, run in the same experiment.
//!
//! All three score an instance by a sum over the leaves that it falls into, ask for the highest
//! score, and change what leaves are worth by the answer. They differ in how:
//!
//! | name | what a leaf is worth | what an answer does |
//! |---|---|---|
//! | `aad_forest` | a weight over its depth | the least change of weights that puts labels on their side of q_tau ([`Pull`]) |
//! | `omd` | the weights on its path, added up | a step of 1 on the path ([`Paths`]) |
//! | `alif` | its depth | a depth by the share of anomalies among the leaf's labels ([`Counts`]) |
//!
//! They are written from the papers and share our trees, so that a difference between them and us
//! is one of learning; the trees of each are as many and as deep as its authors'.

mod counts;
mod grove;
mod paths;
mod pull;

use ndarray::ArrayView2;

use self::counts::Counts;
use self::grove::Grove;
use self::paths::Paths;
use self::pull::Pull;
use crate::dataset::{Dataset, Label, Standardiser};
use crate::detector::Settings;
use crate::evaluation::{Oracle, ReplayEvent};
use crate::numeric::{Cancelled, Ranking, Watch};
use crate::session::{Answer, DiscoveryCurve, curve_of};

/// A learner of other people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rival {
    /// AAD over the leaves of an isolation forest (Das et al. 2017, 2019).
    AadForest,
    /// Online mirror descent (Siddiqui et al. 2018).
    Omd,
    /// Active isolation forest (Marcelli et al. 2022).
    Alif,
}

/// Trees of a forest, and the instances that each of them sees.
const TREES: usize = 100;
const SUBSAMPLE: usize = 256;
/// Levels of a tree where its authors stop at `log2` of the instances that it sees.
const SHALLOW: usize = 8;
/// Levels of a tree that goes on until all instances are alone.
const DEEP: usize = 24;

/// How a learner changes what leaves are worth.
trait Learner {
    /// Takes in an answer; `labels` are all so far, this one last, `scores` those of all instances.
    fn learn(&mut self, grove: &Grove, labels: &[(usize, Label)], scores: &[f32]);

    /// What each leaf of all trees is worth; more is more anomalous.
    fn worth(&self, grove: &Grove) -> Vec<f64>;
}

/// What a rival leaves behind.
pub(super) struct Played {
    /// Anomalies found, one entry a query.
    pub(super) found: DiscoveryCurve,
    /// The final score of every instance.
    pub(super) scores: Vec<f32>,
}

impl Rival {
    /// Replays a table: `queries` questions, each the open instance with the highest score, and a
    /// change after every `batch` of them.
    pub(super) fn play(
        self,
        dataset: &Dataset,
        [queries, batch]: [usize; 2],
        settings: &Settings,
        oracle: Oracle<'_>,
        watch: &mut dyn Watch,
        tell: &mut dyn FnMut(ReplayEvent),
    ) -> Result<Played, Cancelled> {
        let x = Standardiser::fit(dataset.features()).apply(dataset.features());
        let grove = self.grove(x.view(), settings.seed);
        let mut learner: Box<dyn Learner> = match self {
            Self::AadForest => Box::new(Pull::new(&grove, settings.tau)),
            Self::Omd => Box::new(Paths::new(&grove)),
            Self::Alif => Box::new(Counts::new(&grove)),
        };
        let mut scores = grove.scores(&learner.worth(&grove));
        let mut answers: Vec<(usize, Answer)> = Vec::new();
        let mut labels: Vec<(usize, Label)> = Vec::new();
        while answers.len() < queries {
            watch.step("answering", answers.len(), queries)?;
            let round = batch.min(queries - answers.len());
            for instance in best_open(&scores, &answers, round) {
                let answer = oracle.answer(instance);
                answers.push((instance, answer));
                tell(ReplayEvent::Answered(answers.len()));
                if let Some(label) = answer.label() {
                    labels.push((instance, label));
                    learner.learn(&grove, &labels, &scores);
                }
            }
            scores = grove.scores(&learner.worth(&grove));
        }
        Ok(Played {
            found: curve_of(answers.into_iter()),
            scores,
        })
    }

    fn grove(self, x: ArrayView2<'_, f32>, seed: u64) -> Grove {
        let deepest = match self {
            Self::AadForest | Self::Alif => SHALLOW,
            Self::Omd => DEEP,
        };
        Grove::grow(x, TREES, SUBSAMPLE, deepest, seed)
    }
}

/// The `count` instances with the highest scores that were not asked yet.
fn best_open(scores: &[f32], answers: &[(usize, Answer)], count: usize) -> Vec<usize> {
    let ranking = Ranking::new(scores, (answers.len() + count).min(scores.len()));
    let top = ranking.top().iter().map(|&instance| instance as usize);
    let open = top.filter(|instance| answers.iter().all(|(asked, _)| asked != instance));
    open.take(count).collect()
}
