//! What a training changed.

use std::sync::Arc;

use super::{ScoreMap, levels};
use crate::detector::{Model, Move, Surface, moves, surface};
use crate::numeric::Polyline;

/// The change from one model to another, over the plane of a map.
#[derive(Clone, Debug)]
pub struct Change {
    /// The map of the model after.
    pub map: Arc<ScoreMap>,
    /// The model before.
    pub before: Arc<Model>,
    /// The anomaly score after less that before, over the plane.
    pub difference: Surface,
    /// The end of the scale: the largest difference without sign, but for the last hundredth, which
    /// a far corner of the map would take for itself.
    pub largest: f32,
    /// Lines at a quarter, a half and three quarters of it, above zero and below.
    pub lines: Vec<Polyline>,
    /// The instances whose rank moved most.
    pub moves: Vec<Move>,
}

impl Change {
    /// Compares the model of a map with an earlier one of the same table.
    pub fn of(map: Arc<ScoreMap>, before: Arc<Model>) -> Self {
        let grid = map.surface.grid;
        let old = surface(
            &before,
            &map.plane,
            &map.locations,
            map.anchor,
            grid.x.cells(),
        );
        let pairs = map.surface.values.iter().zip(&old.values);
        let values: Vec<f32> = pairs.map(|(new, old)| new - old).collect();
        let largest = levels::largest(&values);
        Self {
            lines: levels::lines(&grid, &values, &levels::of_difference(largest)),
            moves: moves(&before, &map.model),
            difference: Surface { grid, values },
            largest,
            before,
            map,
        }
    }
}
