//! A fitted detector of any kind.

use serde::{Deserialize, Serialize};

use super::{
    Autoencoder, Cblof, Forest, GaussianMixture, Given, KindEntry, Knn, Lof, OneClassSvm,
    OutlierRule, Pca, RuleKind,
};
use super::{autoencoder, cblof, forest, given, gmm, hbos, knn, loda, lof, ocsvm, pca, rule};
use crate::ensemble::{Detector, Projection};

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
    #[serde(rename = "NearestNeighbours")]
    Knn(Knn),
    /// Density beside that of the neighbours.
    #[serde(rename = "LocalDensity")]
    Lof(Lof),
    /// A mixture of Gaussians.
    #[serde(rename = "Clouds")]
    GaussianMixture(GaussianMixture),
    /// The distance to the nearest large cluster.
    #[serde(rename = "Clusters")]
    Cblof(Cblof),
    /// A one-class support vector machine.
    #[serde(rename = "Boundary")]
    OneClassSvm(OneClassSvm),
    /// The distance from the principal components.
    #[serde(rename = "Subspace")]
    Pca(Pca),
    /// What an autoencoder cannot bring back.
    #[serde(rename = "Reconstruction")]
    Autoencoder(Autoencoder),
    /// Values outside the bounds of a rule.
    #[serde(rename = "Rule")]
    OutlierRule(OutlierRule),
    /// A score that came with the instances.
    Given(Given),
}

impl Member {
    /// What is the same for all members of its kind.
    fn entry(&self) -> &'static KindEntry {
        match self {
            Self::Loda(_) => &loda::ENTRY,
            Self::Hbos(_) => &hbos::ENTRY,
            Self::IsolationForest(_) => &forest::STRAIGHT,
            Self::ObliqueForest(_) => &forest::OBLIQUE,
            Self::Knn(_) => &knn::ENTRY,
            Self::Lof(_) => &lof::ENTRY,
            Self::GaussianMixture(_) => &gmm::ENTRY,
            Self::Cblof(_) => &cblof::ENTRY,
            Self::OneClassSvm(_) => &ocsvm::ENTRY,
            Self::Pca(_) => &pca::ENTRY,
            Self::Autoencoder(_) => &autoencoder::ENTRY,
            Self::OutlierRule(rule) => match rule.kind() {
                RuleKind::Sigma => &rule::SIGMA,
                RuleKind::Quartile => &rule::QUARTILE,
            },
            Self::Given(_) => &given::ENTRY,
        }
    }

    /// The detector behind the kind.
    pub fn detector(&self) -> &dyn Detector {
        match self {
            Self::Loda(projection) | Self::Hbos(projection) => projection,
            Self::IsolationForest(forest) | Self::ObliqueForest(forest) => forest,
            Self::Knn(neighbours) => neighbours,
            Self::Lof(density) => density,
            Self::GaussianMixture(mixture) => mixture,
            Self::Cblof(clusters) => clusters,
            Self::OneClassSvm(boundary) => boundary,
            Self::Pca(subspace) => subspace,
            Self::Autoencoder(reconstruction) => reconstruction,
            Self::OutlierRule(rule) => rule,
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
            Self::Given(given) => given.score().name.clone(),
            other => other.entry().title.to_owned(),
        }
    }

    /// The prior relevance `b` that suits its kind.
    pub fn prior(&self) -> f32 {
        self.entry().prior
    }

    /// How much it counts beside others of its kind.
    pub(in crate::ensemble) fn weight(&self) -> f32 {
        match self {
            Self::Given(given) => given.score().weight,
            _ => 1.0,
        }
    }

    /// What every cell scores at least, in standard deviations of its part's score.
    ///
    /// Relevance is a factor: without a floor, no answer could lift an instance that no part finds
    /// unusual. All stand higher by `lift`.
    pub(in crate::ensemble) fn floor(&self, lift: f32) -> f32 {
        self.entry().floor + lift
    }
}
