//! What ensemble to fit.

use serde::{Deserialize, Serialize};

/// The four directions of the paper's toy figure, in the plane of its two features.
pub const PAPER_DIRECTIONS: [[f32; 2]; 4] = [[7.5, 4.0], [4.0, 6.0], [-2.0, 2.0], [-1.0, 8.0]];

/// Settings of an ensemble.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EnsembleSettings {
    /// The projections of LODA.
    pub projections: Projections,
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
}

impl Default for Projections {
    fn default() -> Self {
        Self::Drawn { min: 2, max: 15 }
    }
}

impl EnsembleSettings {
    /// Whether at least one member and at most 1000 are asked for.
    pub fn has_valid_counts(&self) -> bool {
        match &self.projections {
            Projections::Drawn { min, max } => {
                (1..=1000).contains(min) && (*min..=1000).contains(max)
            }
            Projections::Fixed(directions) => (1..=1000).contains(&directions.len()),
        }
    }
}
