//! The kinds of detectors, a file each, and the one place where they are listed.
//!
//! A new kind is a file here with an entry, a variant of [`Kind`] (what to fit) and of [`Member`]
//! (what was fitted), and its lines in the matches of this file and of `member.rs`.

mod autoencoder;
mod cblof;
mod forest;
mod given;
mod gmm;
mod hbos;
mod knn;
mod loda;
mod lof;
mod member;
mod ocsvm;
mod pca;
mod rule;

use std::fmt;

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

pub use self::autoencoder::Autoencoder;
pub use self::cblof::Cblof;
pub use self::forest::Forest;
pub use self::given::{Given, GivenScore};
pub use self::gmm::{Gaussian, GaussianMixture};
pub use self::knn::Knn;
pub use self::loda::{PAPER_DIRECTIONS, Projections, draw_direction, sparsity};
pub use self::lof::Lof;
pub use self::member::Member;
pub use self::ocsvm::OneClassSvm;
pub use self::pca::Pca;
pub use self::rule::{OutlierRule, RuleKind};

use super::trees::Cut;
use crate::numeric::{Cancelled, Watch};

/// Instances that a tree sees: few enough that anomalies are not hidden among many.
pub(super) const SUBSAMPLE: usize = 192;

/// Most instances that a tree may see.
const MOST_SEEN: usize = 256;

/// The prior relevance of a detector that stands for itself.
const PRIOR: f32 = 0.5;

/// The floor of such a detector's score ([`Member::floor`]).
const FLOOR: f32 = 0.5;

/// The prior relevance of a forest: it is made of many weak detectors, few of which are right at any
/// one point, and what an answer singles out must be able to rise far above the others.
const FOREST_PRIOR: f32 = 0.2;

/// The floor of a forest's score, for the same reason.
const FOREST_FLOOR: f32 = 2.0;

/// What is the same for all detectors of a kind.
#[derive(Debug)]
pub struct KindEntry {
    /// How it is written in the text of an ensemble.
    pub name: &'static str,
    /// What is counted after a colon, if anything.
    count: Option<Count>,
    /// What a member is called on the screen, where that does not depend on the member.
    title: &'static str,
    /// What it scores, in words; what counts is in brackets.
    pub scores: &'static str,
    /// The kind with a count; 0 where nothing is counted.
    kind: fn(usize) -> Kind,
    /// The prior relevance `b`.
    prior: f32,
    /// What every cell scores at least, in standard deviations of its part's score.
    floor: f32,
}

/// What is counted of a kind.
#[derive(Debug)]
struct Count {
    what: &'static str,
    usual: usize,
    most: usize,
}

impl KindEntry {
    /// How it is written, with its usual count: `iforest:100`.
    pub fn usual(&self) -> String {
        match &self.count {
            Some(count) => format!("{}:{}", self.name, count.usual),
            None => self.name.to_owned(),
        }
    }
}

/// Every kind, in the order in which they are offered.
pub const KINDS: [&KindEntry; 15] = [
    &forest::STRAIGHT,
    &forest::OBLIQUE,
    &loda::ENTRY,
    &loda::PAPER,
    &hbos::ENTRY,
    &knn::ENTRY,
    &lof::ENTRY,
    &gmm::ENTRY,
    &cblof::ENTRY,
    &ocsvm::ENTRY,
    &pca::ENTRY,
    &autoencoder::ENTRY,
    &rule::SIGMA,
    &rule::QUARTILE,
    &given::ENTRY,
];

/// A kind of detector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// Histograms on random projections.
    Loda(Projections),
    /// A histogram on each feature.
    Hbos,
    /// Trees with cuts across one feature.
    IsolationForest {
        /// The number of trees.
        trees: usize,
        /// The instances that each tree sees, at most 256.
        subsample: usize,
    },
    /// Trees with slanting cuts across two features.
    ObliqueForest {
        /// The number of trees.
        trees: usize,
        /// The instances that each tree sees, at most 256.
        subsample: usize,
    },
    /// The distance to one of the nearest neighbours.
    #[serde(rename = "NearestNeighbours")]
    Knn {
        /// Which: the first, the second, ….
        neighbours: usize,
    },
    /// The local outlier factor.
    #[serde(rename = "LocalDensity")]
    Lof {
        /// The neighbours that an instance is held against.
        neighbours: usize,
    },
    /// A mixture of Gaussians.
    #[serde(rename = "Clouds")]
    GaussianMixture {
        /// Their number.
        #[serde(rename = "clouds")]
        components: usize,
    },
    /// The distance to the nearest large cluster.
    #[serde(rename = "Clusters")]
    Cblof {
        /// The number of clusters, large and small.
        clusters: usize,
    },
    /// A one-class support vector machine on random features.
    #[serde(rename = "Boundary")]
    OneClassSvm,
    /// The distance from the principal components.
    #[serde(rename = "Subspace")]
    Pca,
    /// The reconstruction error of an autoencoder.
    #[serde(rename = "Reconstruction")]
    Autoencoder,
    /// Values outside the bounds of a rule.
    #[serde(rename = "Rule")]
    OutlierRule(RuleKind),
    /// The scores that came with the instances; those of the table at hand where none are listed.
    Given(Vec<GivenScore>),
}

impl Kind {
    /// Reads a kind from its name, in small letters, and its count.
    pub(super) fn read(name: &str, count: Option<usize>) -> Result<Self, String> {
        let entry = KINDS.iter().find(|entry| entry.name == name);
        let entry = entry.ok_or_else(|| "there is none of this name".to_owned())?;
        match (&entry.count, count) {
            (None, Some(_)) => Err("it takes no count".to_owned()),
            (None, None) => Ok((entry.kind)(0)),
            (Some(counted), count) => Ok((entry.kind)(count.unwrap_or(counted.usual))),
        }
    }

    /// What is the same for all of its kind.
    fn entry(&self) -> &'static KindEntry {
        match self {
            Self::Loda(Projections::Paper) => &loda::PAPER,
            Self::Loda(_) => &loda::ENTRY,
            Self::Hbos => &hbos::ENTRY,
            Self::IsolationForest { .. } => &forest::STRAIGHT,
            Self::ObliqueForest { .. } => &forest::OBLIQUE,
            Self::Knn { .. } => &knn::ENTRY,
            Self::Lof { .. } => &lof::ENTRY,
            Self::GaussianMixture { .. } => &gmm::ENTRY,
            Self::Cblof { .. } => &cblof::ENTRY,
            Self::OneClassSvm => &ocsvm::ENTRY,
            Self::Pca => &pca::ENTRY,
            Self::Autoencoder => &autoencoder::ENTRY,
            Self::OutlierRule(RuleKind::Sigma) => &rule::SIGMA,
            Self::OutlierRule(RuleKind::Quartile) => &rule::QUARTILE,
            Self::Given(_) => &given::ENTRY,
        }
    }

    /// The name in an ensemble's text.
    pub fn name(&self) -> &'static str {
        self.entry().name
    }

    /// How many of what is counted, where the text of an ensemble says so.
    fn counted(&self) -> Option<usize> {
        match self {
            Self::Loda(Projections::Drawn { max: count, .. })
            | Self::IsolationForest { trees: count, .. }
            | Self::ObliqueForest { trees: count, .. }
            | Self::Knn { neighbours: count }
            | Self::Lof { neighbours: count }
            | Self::GaussianMixture { components: count }
            | Self::Cblof { clusters: count } => Some(*count),
            _ => None,
        }
    }

    /// Checks that its numbers are within their ranges.
    ///
    /// # Errors
    /// A sentence that names the number, what it is and what it may be.
    pub(super) fn validate(&self) -> Result<(), String> {
        let check = |what: &str, found: usize, most: usize| match (1..=most).contains(&found) {
            true => Ok(()),
            false => Err(format!(
                "the number of {what} of {} is {found}, but must be from 1 to {most}",
                self.name()
            )),
        };
        let entry = self.entry();
        if let (Some(count), Some(found)) = (&entry.count, self.counted()) {
            check(count.what, found, count.most)?;
        }
        match self {
            Self::Loda(Projections::Drawn { min, max }) => check("projections", *min, *max),
            Self::Loda(Projections::Fixed(directions)) => {
                let most = entry.count.as_ref().map_or(0, |count| count.most);
                check("projections", directions.len(), most)
            }
            Self::IsolationForest { subsample, .. } | Self::ObliqueForest { subsample, .. } => {
                check("instances a tree", *subsample, MOST_SEEN)
            }
            _ => Ok(()),
        }
    }

    /// Fits its members to standardised instances `x` `[n, d]` in standard layout.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub(super) fn fit(
        &self,
        x: ArrayView2<'_, f32>,
        seed: u64,
        watch: &mut dyn Watch,
    ) -> Result<Vec<Member>, Cancelled> {
        Ok(match self {
            Self::Loda(projections) => {
                let fitted = loda::fit(x, projections, seed, watch)?;
                fitted.into_iter().map(Member::Loda).collect()
            }
            Self::Hbos => hbos::fit(x).into_iter().map(Member::Hbos).collect(),
            Self::IsolationForest { trees, subsample } => {
                let forest = Forest::fit(x, *trees, *subsample, Cut::Straight, seed);
                vec![Member::IsolationForest(forest)]
            }
            Self::ObliqueForest { trees, subsample } => {
                let forest = Forest::fit(x, *trees, *subsample, Cut::Oblique, seed);
                vec![Member::ObliqueForest(forest)]
            }
            Self::Knn { neighbours } => vec![Member::Knn(Knn::fit(x, *neighbours, seed))],
            Self::Lof { neighbours } => vec![Member::Lof(Lof::fit(x, *neighbours, seed))],
            Self::GaussianMixture { components } => {
                let mixture = GaussianMixture::fit(x, *components, seed);
                vec![Member::GaussianMixture(mixture)]
            }
            Self::Cblof { clusters } => vec![Member::Cblof(Cblof::fit(x, *clusters, seed))],
            Self::OneClassSvm => vec![Member::OneClassSvm(OneClassSvm::fit(x, seed))],
            Self::Pca => vec![Member::Pca(Pca::fit(x, seed))],
            Self::Autoencoder => vec![Member::Autoencoder(Autoencoder::fit(x, seed, watch)?)],
            Self::OutlierRule(kind) => vec![Member::OutlierRule(OutlierRule::fit(x, *kind))],
            Self::Given(scores) => (scores.iter())
                .map(|score| {
                    let values = x.column(score.feature).to_vec();
                    Member::Given(Given::fit(score.clone(), values))
                })
                .collect(),
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match self.counted() {
            Some(count) => write!(to, "{name}:{count}"),
            None => to.write_str(name),
        }
    }
}
