//! The anomaly score over a plane through the feature space.

use ndarray::{Array2, ArrayView1};

use super::Model;
use crate::dataset::Dataset;
use crate::numeric::{Axis, Grid, map_blocks, principal_plane};

/// Share of the range of the data that a map shows beyond them.
const MARGIN: f32 = 0.06;

/// Instances whose coordinates are worked out at once.
const BLOCK: usize = 8192;

/// Instances by which the directions of largest variance are found: of more, every second, third,
/// and so on, shows the same plane.
const ROWS: usize = 100_000;
/// And values of theirs.
const VALUES: usize = 20_000_000;

/// What a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Viewpoint {
    /// Two features, across and up, in their own units.
    Features(usize, usize),
    /// The two directions of largest variance, in standard deviations of the features.
    Principal,
    /// A column of times across, in the order of the table's, and a feature up. No detector sees the
    /// times, so the score is the same all along.
    Time(usize, usize),
}

/// The viewpoint itself, or the principal one where a table has not the times of it.
pub fn known_viewpoint(dataset: &Dataset, viewpoint: Viewpoint) -> Viewpoint {
    match viewpoint {
        Viewpoint::Time(column, _) if dataset.time_label(column).is_none() => Viewpoint::Principal,
        viewpoint => viewpoint,
    }
}

/// A plane in the standardised space with coordinates of its own.
///
/// A point with coordinates `(u, v)` is `anchor + u · across + v · up`, where the anchor is an
/// instance with its own coordinates taken out: the plane is a slice through that instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    across: Vec<f32>,
    up: Vec<f32>,
    /// Coordinates are `offset + factor · (projection onto the direction)`.
    offset: [f32; 2],
    factor: [f32; 2],
    /// The column of times that lies across.
    time: Option<usize>,
}

impl Plane {
    /// Lays the plane of a viewpoint into a fitted table.
    ///
    /// Features out of range are taken for the last feature.
    pub fn new(model: &Model, viewpoint: Viewpoint) -> Self {
        let fitted = model.fitted();
        let d = fitted.d();
        let unit = |j: usize| {
            (0..d)
                .map(|i| if i == j { 1.0 } else { 0.0 })
                .collect::<Vec<f32>>()
        };
        let along = |j: usize| {
            let j = j.min(d - 1);
            let (mean, deviation) = (fitted.scaling().means(), fitted.scaling().deviations());
            (unit(j), mean[j] as f32, deviation[j] as f32)
        };
        match known_viewpoint(fitted.dataset(), viewpoint) {
            Viewpoint::Time(column, feature) => {
                let (up, offset, factor) = along(feature);
                Self {
                    across: vec![0.0; d],
                    up,
                    offset: [0.0, offset],
                    factor: [1.0, factor],
                    time: Some(column),
                }
            }
            Viewpoint::Features(across, feature) => {
                let (across, left, wide) = along(across);
                let (up, low, high) = along(feature);
                Self {
                    across,
                    up,
                    offset: [left, low],
                    factor: [wide, high],
                    time: None,
                }
            }
            Viewpoint::Principal => {
                let most = ROWS.min(VALUES / d.max(1)).max(1_000);
                let rows = (0..fitted.n()).step_by(fitted.n().div_ceil(most).max(1));
                let rows: Vec<usize> = rows.collect();
                let [across, up] = principal_plane(fitted.x_of(&rows).view());
                Self {
                    across,
                    up,
                    offset: [0.0; 2],
                    factor: [1.0; 2],
                    time: None,
                }
            }
        }
    }

    /// The coordinates of a standardised instance `[d]`.
    pub fn coordinates(&self, x: ArrayView1<'_, f32>) -> [f32; 2] {
        let dot = |direction: &[f32]| {
            x.iter()
                .zip(direction)
                .map(|(value, entry)| value * entry)
                .sum::<f32>()
        };
        [
            self.offset[0] + self.factor[0] * dot(&self.across),
            self.offset[1] + self.factor[1] * dot(&self.up),
        ]
    }

    /// The coordinates of all instances of a fitted table.
    pub fn locations(&self, model: &Model) -> Vec<[f32; 2]> {
        let fitted = model.fitted();
        let blocks = map_blocks(fitted.n(), BLOCK, |rows| {
            let x = fitted.x(rows);
            let locations = x.rows().into_iter().map(|row| self.coordinates(row));
            locations.collect::<Vec<_>>()
        });
        let mut locations = blocks.concat();
        let times = self
            .time
            .and_then(|column| fitted.dataset().time_axis(column));
        for (location, time) in locations
            .iter_mut()
            .zip(times.iter().flat_map(|axis| &axis.locations))
        {
            location[0] = *time;
        }
        locations
    }

    /// How fast a projection onto a direction `[d]` of standardised space grows across and up, by
    /// unit of the map's coordinates; `None` where it (nearly) stays the same all over the map.
    ///
    /// On a map of two features it is the direction in their own units.
    pub fn gradient(&self, direction: &[f32]) -> Option<[f32; 2]> {
        let dot = |axis: &[f32]| axis.iter().zip(direction).map(|(a, b)| a * b).sum::<f32>();
        let (across, up) = (dot(&self.across), dot(&self.up));
        (across.hypot(up) > 0.05).then_some([across / self.factor[0], up / self.factor[1]])
    }

    /// The standardised points `[k, d]` at coordinates, on the slice through `anchor` `[d]`.
    pub(super) fn points(
        &self,
        anchor: ArrayView1<'_, f32>,
        coordinates: impl Iterator<Item = (f32, f32)>,
    ) -> Array2<f32> {
        let from = self.coordinates(anchor);
        let mut values = Vec::new();
        for (x, y) in coordinates {
            let u = (x - from[0]) / self.factor[0];
            let v = (y - from[1]) / self.factor[1];
            values.extend(
                anchor
                    .iter()
                    .zip(self.across.iter().zip(&self.up))
                    .map(|(at, (a, b))| at + u * a + v * b),
            );
        }
        let d = anchor.len();
        // Each coordinate pair gave `d` values.
        Array2::from_shape_vec((values.len() / d.max(1), d), values).unwrap_or_default()
    }
}

/// Scores on a grid over a plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Surface {
    /// The cells.
    pub grid: Grid,
    /// The anomaly score at the middle of each cell, in the order of [`Grid::centres`].
    pub values: Vec<f32>,
}

/// Computes the anomaly score on a grid of `cells × cells` that covers all `places` (coordinates of
/// the instances), on the slice of `plane` through instance `anchor`.
pub fn surface(
    model: &Model,
    plane: &Plane,
    locations: &[[f32; 2]],
    anchor: usize,
    cells: usize,
) -> Surface {
    let grid = covering(locations, cells);
    let anchor = model.fitted().x_of(&[anchor]);
    let points = plane.points(anchor.row(0), grid.centres());
    Surface {
        grid,
        values: model.parts_at(points.view()).totals(),
    }
}

/// Computes the anomaly score as [`surface`] does, and the baseline's score `Σ s_m · b_m` at the same
/// points.
pub fn score_and_baseline(
    model: &Model,
    plane: &Plane,
    locations: &[[f32; 2]],
    anchor: usize,
    cells: usize,
) -> [Surface; 2] {
    let grid = covering(locations, cells);
    let fitted = model.fitted();
    let points = plane.points(fitted.x_of(&[anchor]).row(0), grid.centres());
    let parts = model.parts_at(points.view());
    let rows = parts.scores.rows().into_iter();
    let baseline = rows.map(|row| row.iter().zip(fitted.b()).map(|(s, b)| s * b).sum());
    [parts.totals(), baseline.collect()].map(|values| Surface { grid, values })
}

pub(super) fn covering(locations: &[[f32; 2]], cells: usize) -> Grid {
    let axis =
        |at: usize| Axis::covering(locations.iter().map(|location| location[at]), MARGIN, cells);
    Grid {
        x: axis(0),
        y: axis(1),
    }
}
