//! What every kind of detector can do.

use serde::{Deserialize, Serialize};

use super::{
    Boundary, Clouds, Clusters, Fence, Forest, Given, LocalDensity, NearestNeighbours, Place,
    Projection, Reconstruction, Rule, Sight, Subspace,
};

/// An unsupervised detector, frozen once fitted.
///
/// It is made of one or more parts (the trees of a forest); a part cuts the space into cells and
/// scores a point, and the detector's score is the sum over its parts.
pub trait Detector: Sync {
    /// The number of parts, at least 1.
    fn parts(&self) -> usize;

    /// The number of cells of a part, at least 1 and at most 65 536.
    fn cells(&self, part: usize) -> usize;

    /// The cell and the raw score of one standardised point `[d]`; finite, and higher is more
    /// anomalous.
    fn place(&self, part: usize, x: &[f32]) -> Place;

    /// Finds the cells of many standardised points `[k, d]`, row by row, into `cells` `[k]`.
    fn find_cells(&self, part: usize, x: &[f32], cells: &mut [u32]) {
        let d = x.len() / cells.len().max(1);
        for (cell, x) in cells.iter_mut().zip(x.chunks_exact(d.max(1))) {
            // A part has at most 65 536 cells.
            *cell = self.place(part, x).cell as u32;
        }
    }

    /// Whether any point of a cell has the cell's raw score, also one that the detector was not
    /// fitted to.
    fn is_even(&self) -> bool {
        false
    }

    /// The raw score in each cell of a part, where it is the same for all points of a cell that
    /// the detector was fitted to.
    fn cell_scores(&self, part: usize) -> Option<Vec<f32>>;

    /// How strongly each feature enters the score of a point, `>= 0`; `[d]`.
    fn feature_shares(&self, x: &[f32]) -> Vec<f32>;

    /// The direction in standardised space along which the detector looks, where it has one; `[d]`.
    fn direction(&self) -> Option<&[f32]> {
        None
    }

    /// What a part sees of a point `[d]`, for a picture of it.
    fn sight(&self, _part: usize, _x: &[f32]) -> Sight {
        Sight::Score
    }

    /// Says why it cannot look at points of `d` features, if it cannot: what comes from a file is
    /// not used before.
    fn complaint(&self, d: usize) -> Option<String>;

    /// What it measures at a point, in the words of an analyst who sees `features` as column
    /// names; follows "it scores".
    fn describe(&self, features: &[String], x: &[f32]) -> String;
}

/// A detector of any kind; a session file names the kind by the variant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Member {
    /// A random projection with a histogram.
    Loda(Projection),
    /// A feature with a histogram.
    Hbos(Projection),
    /// A forest with straight cuts.
    IsolationForest(Forest),
    /// A forest with slanting cuts.
    ObliqueForest(Forest),
    /// The distance to near neighbours.
    NearestNeighbours(NearestNeighbours),
    /// Density beside that of the neighbours.
    LocalDensity(LocalDensity),
    /// A mixture of normal distributions.
    Clouds(Clouds),
    /// The distance to a large cluster.
    Clusters(Clusters),
    /// A boundary around the crowd.
    Boundary(Boundary),
    /// The distance from the main directions.
    Subspace(Subspace),
    /// What an autoencoder cannot bring back.
    Reconstruction(Reconstruction),
    /// Values beyond fences.
    Rule(Rule),
    /// A score that came with the instances.
    Given(Given),
}

impl Member {
    /// The detector behind the kind.
    pub fn detector(&self) -> &dyn Detector {
        match self {
            Self::Loda(projection) | Self::Hbos(projection) => projection,
            Self::IsolationForest(forest) | Self::ObliqueForest(forest) => forest,
            Self::NearestNeighbours(neighbours) => neighbours,
            Self::LocalDensity(density) => density,
            Self::Clouds(mixture) => mixture,
            Self::Clusters(clusters) => clusters,
            Self::Boundary(boundary) => boundary,
            Self::Subspace(subspace) => subspace,
            Self::Reconstruction(reconstruction) => reconstruction,
            Self::Rule(rule) => rule,
            Self::Given(given) => given,
        }
    }

    /// Its name on screen, as member `number` (from 1) of its kind.
    pub fn name(&self, number: usize, features: &[String]) -> String {
        match self {
            Self::Loda(projection) => match projection.features_named(features) {
                Some(along) => format!("projection {number} ({along})"),
                None => format!("projection {number}"),
            },
            Self::Hbos(projection) => {
                let along = |weight: &f32| *weight != 0.0;
                let feature = projection.direction().iter().position(along);
                let name = feature.and_then(|feature| features.get(feature));
                name.map_or_else(
                    || format!("feature {number}"),
                    |name| format!("values of {name}"),
                )
            }
            Self::IsolationForest(_) => "isolation forest".to_owned(),
            Self::ObliqueForest(_) => "oblique forest".to_owned(),
            Self::NearestNeighbours(_) => "nearest neighbours".to_owned(),
            Self::LocalDensity(_) => "local density".to_owned(),
            Self::Clouds(_) => "mixture of clouds".to_owned(),
            Self::Clusters(_) => "large clusters".to_owned(),
            Self::Boundary(_) => "boundary of the crowd".to_owned(),
            Self::Subspace(_) => "main directions".to_owned(),
            Self::Reconstruction(_) => "autoencoder".to_owned(),
            Self::Given(given) => given.score().name.clone(),
            Self::Rule(rule) => match rule.fence() {
                Fence::Sigma => "three-sigma rule".to_owned(),
                Fence::Quartile => "quartile rule".to_owned(),
            },
        }
    }

    /// The prior relevance `b` that suits its kind.
    ///
    /// A forest is a crowd of weak detectors, few of which are right at any one place: what an
    /// answer singles out must be able to rise far above the others.
    pub fn prior(&self) -> f32 {
        match self {
            Self::IsolationForest(_) | Self::ObliqueForest(_) => 0.2,
            _ => 0.5,
        }
    }

    /// How much it counts beside others of its kind.
    pub(super) fn weight(&self) -> f32 {
        match self {
            Self::Given(given) => given.score().weight,
            _ => 1.0,
        }
    }

    /// What every cell scores at least, in standard deviations of its part's score.
    ///
    /// Relevance is a factor: without a floor, no answer could lift an instance that no part finds
    /// unusual. All stand higher by `lift`.
    pub(super) fn floor(&self, lift: f32) -> f32 {
        let own = match self {
            Self::IsolationForest(_) | Self::ObliqueForest(_) => 2.0,
            _ => 0.5,
        };
        own + lift
    }
}
