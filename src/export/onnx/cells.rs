//! From places in cells to member scores and their products with relevance.

use super::graph::{Graph, Value};
use super::proto::ElementType;
use crate::ensemble::{Bands, ScoreScale};

/// What the graph says of some members, each `[n, members]`.
pub(super) struct Said {
    /// The member scores.
    pub(super) scores: Value,
    /// Score times relevance by cell, summed over a member's parts.
    pub(super) by_cells: Value,
}

/// Where the instances lie in members of one part each.
pub(super) struct Placed {
    /// The cell, counted through the cells of all these members; `[n, members]` of `i64`.
    pub(super) cells: Value,
    /// The raw score `[n, members]`.
    pub(super) raw: Value,
}

impl Placed {
    /// Scales the scores and weighs them by relevance.
    ///
    /// # Shapes
    /// `scales` `[members]`, `relevance` one for each of the members' cells.
    pub(super) fn said(&self, graph: &mut Graph, scales: &[ScoreScale], relevance: &[f32]) -> Said {
        let shifts = graph.row(scales.iter().map(|scale| scale.shift));
        let factors = graph.row(scales.iter().map(|scale| scale.factor));
        let floors = graph.row(scales.iter().map(|scale| scale.floor));
        let zero = graph.scalar(0.0_f32);
        let shifted = graph.sub(&self.raw, &shifts);
        let scaled = graph.mul(&shifted, &factors);
        let above = graph.max(&scaled, &zero);
        let scores = graph.add(&above, &floors);
        let table = graph.list(relevance.iter().copied());
        let relevance = graph.look_up(&table, &self.cells);
        Said {
            by_cells: graph.mul(&scores, &relevance),
            scores,
        }
    }
}

/// A member whose cells are bands of its raw score `[n, 1]`.
pub(super) fn in_bands(graph: &mut Graph, raw: Value, bands: &Bands) -> Placed {
    // With no edge there is one band, and nothing is above infinity.
    let mut edges = bands.edges().to_vec();
    if edges.is_empty() {
        edges.push(f32::INFINITY);
    }
    let edges = graph.row(edges);
    let above = graph.op("Less", &[&edges, &raw]);
    let above = graph.cast(&above, ElementType::Int64);
    Placed {
        cells: graph.sum(&above),
        raw,
    }
}
