//! What the last training changed.

use std::sync::Arc;

use crate::detector::{Model, Move, Plane, Surface, Viewpoint, Weights, moves, surface};
use crate::numeric::{Polyline, contour_lines, quantile, sorted};

/// Cells of a difference map along each side.
const CELLS: usize = 80;

/// Which change to compute.
#[derive(Clone, Debug)]
pub struct ChangeRequest {
    /// The belief.
    pub model: Arc<Model>,
    /// The belief before, where it is at hand; else it is ranked anew by these weights.
    pub before: Result<Arc<Model>, Arc<Weights>>,
    /// From where.
    pub viewpoint: Viewpoint,
    /// The plane that this is.
    pub plane: Plane,
    /// The instance through which the slice goes.
    pub anchor: usize,
    /// The places of the instances.
    pub places: Arc<Vec<[f32; 2]>>,
}

/// The change from one belief to another.
#[derive(Clone, Debug)]
pub struct Change {
    /// The belief after.
    pub model: Arc<Model>,
    /// The belief before.
    pub before: Arc<Model>,
    /// From where it is seen.
    pub viewpoint: Viewpoint,
    /// The instance through which the slice goes.
    pub anchor: usize,
    /// The anomaly score after less that before, over the plane.
    pub difference: Surface,
    /// The end of the scale: the largest difference without sign, but for the last hundredth, which
    /// a far corner of the map would take for itself.
    pub largest: f32,
    /// Lines at a quarter, a half and three quarters of it, above zero and below.
    pub lines: Vec<Polyline>,
    /// The instances whose rank moved most.
    pub moves: Vec<Move>,
    /// The coordinates of every instance.
    pub places: Arc<Vec<[f32; 2]>>,
}

impl ChangeRequest {
    pub(super) fn run(self) -> Change {
        let Self {
            model,
            before,
            viewpoint,
            plane,
            anchor,
            places,
        } = self;
        let before =
            before.unwrap_or_else(|weights| Arc::new(Model::with_weights(model.fitted(), weights)));
        let mut difference = surface(&model, &plane, &places, anchor, CELLS);
        let old = surface(&before, &plane, &places, anchor, CELLS);
        for (new, old) in difference.values.iter_mut().zip(old.values) {
            *new -= old;
        }
        let sizes = sorted(difference.values.iter().map(|value| value.abs()));
        let end = quantile(&sizes, 0.99);
        let largest = if end.is_finite() { end } else { 0.0 };
        let quarters = [-3, -2, -1, 1, 2, 3].map(|quarter| quarter as f32 / 4.0 * largest);
        let lines = quarters
            .into_iter()
            .flat_map(|level| contour_lines(&difference.grid, &difference.values, level));
        Change {
            lines: lines.collect(),
            moves: moves(&before, &model),
            model,
            before,
            viewpoint,
            anchor,
            difference,
            largest,
            places,
        }
    }
}
