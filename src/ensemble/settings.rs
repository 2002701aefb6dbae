//! What ensemble to fit, and how it is written: `loda+hbos+iforest:30`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Fence, GivenScore};

/// The four directions of the paper's toy figure, in the plane of its two features.
pub const PAPER_DIRECTIONS: [[f32; 2]; 4] = [[7.5, 4.0], [4.0, 6.0], [-2.0, 2.0], [-1.0, 8.0]];

/// Most members or trees of one kind.
const MOST: usize = 1000;

/// Instances that a tree sees: few enough that anomalies are not hidden in a crowd.
const SUBSAMPLE: usize = 192;

/// Settings of an ensemble: detectors of several kinds side by side.
///
/// The default is LODA's projections, a member each, with a forest of straight cuts and a smaller
/// one of slanting cuts beside them. The forests find most anomalies over all tables that were
/// tried, and carry most of the weight; the projections are few enough to look at each, and cost
/// little at the weight that they have (docs/EVALUATION.md).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EnsembleSettings {
    /// The kinds, in the order of their members.
    pub kinds: Vec<KindSettings>,
}

/// A kind of detector and its weight beside the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindSettings {
    /// The kind.
    pub kind: Kind,
    /// The standard deviation, over the table, of the sum of its members' scores; above 0.
    pub weight: f32,
}

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
    NearestNeighbours {
        /// Which: the first, the second, ….
        neighbours: usize,
    },
    /// The local outlier factor.
    LocalDensity {
        /// The neighbours that an instance is held against.
        neighbours: usize,
    },
    /// A mixture of normal distributions.
    Clouds {
        /// Their number.
        clouds: usize,
    },
    /// The distance to the nearest large cluster.
    Clusters {
        /// The number of clusters, large and small.
        clusters: usize,
    },
    /// A one-class support vector machine on random features.
    Boundary,
    /// The distance from the directions of largest variance.
    Subspace,
    /// The reconstruction error of an autoencoder.
    Reconstruction,
    /// Values beyond fences.
    Rule(Fence),
    /// The scores that came with the instances; those of the table at hand where none are listed.
    Given(Vec<GivenScore>),
}

/// Where LODA's projections come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Projections {
    /// Drawn at random until another one changes the mean score little.
    Drawn {
        /// The fewest to keep, at least 1.
        min: usize,
        /// The most to draw.
        max: usize,
    },
    /// Given directions, one vector `[d]` each, in the standardised space; any length but zero.
    Fixed(Vec<Vec<f32>>),
    /// The four of the paper, in the plane of the two raw features.
    Paper,
}

impl Default for Projections {
    fn default() -> Self {
        Self::Drawn { min: 2, max: 15 }
    }
}

impl Default for EnsembleSettings {
    fn default() -> Self {
        Self {
            kinds: vec![
                KindSettings {
                    kind: Kind::Loda(Projections::default()),
                    weight: 0.02,
                },
                KindSettings {
                    kind: Kind::IsolationForest {
                        trees: 150,
                        subsample: SUBSAMPLE,
                    },
                    weight: 1.0,
                },
                KindSettings {
                    kind: Kind::ObliqueForest {
                        trees: 75,
                        subsample: SUBSAMPLE,
                    },
                    weight: 0.6,
                },
            ],
        }
    }
}

impl From<Kind> for EnsembleSettings {
    fn from(kind: Kind) -> Self {
        Self {
            kinds: vec![KindSettings { kind, weight: 1.0 }],
        }
    }
}

impl EnsembleSettings {
    /// Says what is out of range, if anything is.
    pub fn complaint(&self) -> Option<String> {
        if self.kinds.is_empty() {
            return Some("an ensemble needs at least one kind of detector".to_owned());
        }
        self.kinds.iter().find_map(|kind| {
            let weight = kind.weight;
            if !(weight > 0.0 && weight.is_finite()) {
                return Some(format!(
                    "the weight of {} is {weight}, but must be above 0",
                    kind.kind
                ));
            }
            kind.kind.complaint()
        })
    }
}

impl Kind {
    /// The name in an ensemble's text.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Loda(Projections::Paper) => "paper",
            Self::Loda(_) => "loda",
            Self::Hbos => "hbos",
            Self::IsolationForest { .. } => "iforest",
            Self::ObliqueForest { .. } => "eif",
            Self::NearestNeighbours { .. } => "knn",
            Self::LocalDensity { .. } => "lof",
            Self::Clouds { .. } => "gmm",
            Self::Clusters { .. } => "cblof",
            Self::Boundary => "ocsvm",
            Self::Subspace => "pca",
            Self::Reconstruction => "autoencoder",
            Self::Rule(Fence::Sigma) => "sigma",
            Self::Rule(Fence::Quartile) => "iqr",
            Self::Given(_) => "given",
        }
    }

    fn complaint(&self) -> Option<String> {
        let outside = |what: &str, found: usize, most: usize| {
            (!(1..=most).contains(&found)).then(|| {
                format!(
                    "the number of {what} of {} is {found}, but must be from 1 to {most}",
                    self.name()
                )
            })
        };
        match self {
            Self::Loda(Projections::Drawn { min, max }) => {
                outside("projections", *max, MOST).or_else(|| outside("projections", *min, *max))
            }
            Self::Loda(Projections::Fixed(directions)) => {
                outside("projections", directions.len(), MOST)
            }
            Self::IsolationForest { trees, subsample }
            | Self::ObliqueForest { trees, subsample } => outside("trees", *trees, MOST)
                .or_else(|| outside("instances a tree", *subsample, 256)),
            Self::NearestNeighbours { neighbours } | Self::LocalDensity { neighbours } => {
                outside("neighbours", *neighbours, 100)
            }
            Self::Clouds { clouds } => outside("clouds", *clouds, 50),
            Self::Clusters { clusters } => outside("clusters", *clusters, 200),
            Self::Loda(Projections::Paper)
            | Self::Hbos
            | Self::Boundary
            | Self::Subspace
            | Self::Reconstruction
            | Self::Rule(_)
            | Self::Given(_) => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name();
        match self {
            Self::Loda(Projections::Drawn { max, .. }) => write!(to, "{name}:{max}"),
            Self::IsolationForest { trees, .. } | Self::ObliqueForest { trees, .. } => {
                write!(to, "{name}:{trees}")
            }
            Self::NearestNeighbours { neighbours: count }
            | Self::LocalDensity { neighbours: count }
            | Self::Clouds { clouds: count }
            | Self::Clusters { clusters: count } => write!(to, "{name}:{count}"),
            _ => to.write_str(name),
        }
    }
}

impl fmt::Display for EnsembleSettings {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, KindSettings { kind, weight }) in self.kinds.iter().enumerate() {
            let plus = if place > 0 { "+" } else { "" };
            write!(to, "{plus}{kind}")?;
            if *weight != 1.0 {
                write!(to, "*{weight}")?;
            }
        }
        Ok(())
    }
}

/// A text that names no ensemble.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "“{part}” names no kind of detector: {reason}; write for example loda+hbos+iforest:30, where a number after a colon counts and one after an asterisk weighs, of loda, paper, hbos, iforest, eif, knn, lof, gmm, cblof, ocsvm, pca, autoencoder, sigma, iqr and given"
)]
pub struct SpecError {
    part: String,
    reason: String,
}

impl FromStr for EnsembleSettings {
    type Err = SpecError;

    /// Reads `kind[:count][*weight]`, joined by `+`.
    fn from_str(text: &str) -> Result<Self, SpecError> {
        let kinds = text.split('+').map(|part| {
            kind(part.trim()).map_err(|reason| SpecError {
                part: part.trim().chars().take(40).collect(),
                reason,
            })
        });
        Ok(Self {
            kinds: kinds.collect::<Result<_, _>>()?,
        })
    }
}

fn kind(part: &str) -> Result<KindSettings, String> {
    let (part, weight) = match part.split_once('*') {
        None => (part, 1.0),
        Some((part, weight)) => {
            let weight = weight.trim().parse::<f32>();
            (
                part,
                weight.map_err(|_| "the weight is no number".to_owned())?,
            )
        }
    };
    let (name, count) = match part.split_once(':') {
        None => (part, None),
        Some((name, count)) => {
            let count = count.trim().parse::<usize>();
            (
                name,
                Some(count.map_err(|_| "the count is no whole number".to_owned())?),
            )
        }
    };
    let no_count = |kind: Kind| match count {
        None => Ok(kind),
        Some(_) => Err("it takes no count".to_owned()),
    };
    let subsample = SUBSAMPLE;
    let kind = match name.trim().to_ascii_lowercase().as_str() {
        "loda" => {
            let max = count.unwrap_or(15);
            Kind::Loda(Projections::Drawn {
                min: max.min(2),
                max,
            })
        }
        "paper" => no_count(Kind::Loda(Projections::Paper))?,
        "hbos" => no_count(Kind::Hbos)?,
        "iforest" => Kind::IsolationForest {
            trees: count.unwrap_or(100),
            subsample,
        },
        "eif" => Kind::ObliqueForest {
            trees: count.unwrap_or(50),
            subsample,
        },
        "knn" => Kind::NearestNeighbours {
            neighbours: count.unwrap_or(5),
        },
        "lof" => Kind::LocalDensity {
            neighbours: count.unwrap_or(20),
        },
        "gmm" => Kind::Clouds {
            clouds: count.unwrap_or(4),
        },
        "cblof" => Kind::Clusters {
            clusters: count.unwrap_or(8),
        },
        "ocsvm" => no_count(Kind::Boundary)?,
        "pca" => no_count(Kind::Subspace)?,
        "autoencoder" => no_count(Kind::Reconstruction)?,
        "sigma" => no_count(Kind::Rule(Fence::Sigma))?,
        "iqr" => no_count(Kind::Rule(Fence::Quartile))?,
        "given" => no_count(Kind::Given(Vec::new()))?,
        _ => return Err("there is none of this name".to_owned()),
    };
    let settings = KindSettings { kind, weight };
    let alone = EnsembleSettings {
        kinds: vec![settings.clone()],
    };
    match alone.complaint() {
        Some(complaint) => Err(complaint),
        None => Ok(settings),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_name_ensembles_and_are_written_back() {
        for text in [
            "loda:15",
            "paper",
            "loda:4+hbos+iforest:30",
            "iforest:100+eif:50*0.5",
            "knn:5+lof:20+gmm:4+cblof:8+ocsvm+pca+autoencoder+sigma+iqr*0.1",
        ] {
            let read: EnsembleSettings = text.parse().expect("an ensemble");
            assert_eq!(read.to_string(), text);
            assert_eq!(read.complaint(), None);
        }
        assert_eq!(
            EnsembleSettings::default().to_string(),
            "loda:15*0.02+iforest:150+eif:75*0.6"
        );
    }

    #[test]
    fn other_texts_are_refused_with_the_part_that_is_wrong() {
        for (text, told) in [
            ("loda+nope", "“nope”"),
            ("", "“”"),
            ("iforest:0", "from 1 to 1000"),
            ("iforest:many", "no whole number"),
            ("hbos:3", "takes no count"),
            ("knn:0", "neighbours of knn is 0"),
            ("pca:2", "takes no count"),
            ("loda*0", "above 0"),
            ("loda*x", "no number"),
        ] {
            let error = text
                .parse::<EnsembleSettings>()
                .expect_err("a refusal")
                .to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
