//! The anomaly score over a plane.

use std::sync::Arc;

use super::levels;
use crate::detector::{Model, Plane, Surface, Viewpoint, score_and_baseline};
use crate::numeric::{PointLevels, Polyline, contour_lines, nice_levels};

/// Cells along each side.
const CELLS: usize = 100;

/// What a map shows: places, the score over the plane and that of the baseline, their contour lines.
#[derive(Clone, Debug)]
pub struct ScoreMap {
    /// From where it is seen.
    pub viewpoint: Viewpoint,
    /// The instance through which the slice goes.
    pub anchor: usize,
    /// The model that it shows.
    pub model: Arc<Model>,
    /// The plane.
    pub plane: Plane,
    /// The coordinates of every instance.
    pub locations: Arc<Vec<[f32; 2]>>,
    /// The same in the order in which a picture shows them.
    pub point_levels: Arc<PointLevels>,
    /// How many instances lie in each cell of the surface.
    pub density: Arc<Vec<u32>>,
    /// The anomaly score over the plane.
    pub surface: Surface,
    /// The score of the baseline at the same points.
    pub baseline: Vec<f32>,
    /// The values at which both have lines.
    pub levels: Vec<f32>,
    /// Lines of equal score.
    pub lines: Vec<Polyline>,
    /// Those of the baseline.
    pub baseline_lines: Vec<Polyline>,
    /// The line at `q_tau`: above it lies the top τ.
    pub top: Vec<Polyline>,
    /// The ends of the colour scale of both.
    pub range: [f32; 2],
    /// Whether parts of the surface lie above the scale.
    pub is_cut: bool,
    /// The highest score that the baseline gives to an instance; of a table of two features only.
    baseline_best: Option<f32>,
}

impl ScoreMap {
    /// Computes the map of a model from a viewpoint, on the slice through `anchor`; plane and places
    /// are those of `known`, an earlier map of the table from the same viewpoint, where there is one.
    pub fn of(
        model: Arc<Model>,
        viewpoint: Viewpoint,
        anchor: usize,
        known: Option<&Self>,
    ) -> Self {
        let (plane, locations, point_levels, known_density, baseline_best) = match known {
            Some(map) => (
                map.plane.clone(),
                Arc::clone(&map.locations),
                Arc::clone(&map.point_levels),
                Some(Arc::clone(&map.density)),
                map.baseline_best,
            ),
            None => {
                let plane = Plane::new(&model, viewpoint);
                let locations = plane.locations(&model);
                let point_levels = PointLevels::new(&locations);
                let best = baseline_best(&model);
                (
                    plane,
                    Arc::new(locations),
                    Arc::new(point_levels),
                    None,
                    best,
                )
            }
        };
        let [surface, baseline] = score_and_baseline(&model, &plane, &locations, anchor, CELLS);
        let density = known_density
            .unwrap_or_else(|| Arc::new(surface.grid.counts(locations.iter().copied())));
        let both = [surface.values.as_slice(), &baseline.values].concat();
        let levels = nice_levels(&both, levels::SCORE);
        let range = range(&model, &both, anchor, baseline_best);
        let highest = surface.values.iter().copied().fold(range[0], f32::max);
        Self {
            lines: levels::lines(&surface.grid, &surface.values, &levels),
            baseline_lines: levels::lines(&surface.grid, &baseline.values, &levels),
            top: contour_lines(&surface.grid, &surface.values, model.q_tau()),
            is_cut: highest > range[1],
            baseline: baseline.values,
            levels,
            range,
            viewpoint,
            anchor,
            model,
            plane,
            locations,
            point_levels,
            density,
            surface,
            baseline_best,
        }
    }

    /// The map of an earlier model from the same place, in the colours of this one: so that the two
    /// can be shown in turn, and what differs is what changed.
    pub fn of_before(&self, before: Arc<Model>) -> Self {
        let earlier = Self::of(before, self.viewpoint, self.anchor, Some(self));
        let highest = earlier.surface.values.iter().copied();
        Self {
            is_cut: highest.fold(self.range[0], f32::max) > self.range[1],
            range: self.range,
            ..earlier
        }
    }

    /// The viewpoint of a table when nobody has chosen one: both features of two, else the directions
    /// of largest variance.
    pub fn usual_viewpoint(n_features: usize) -> Viewpoint {
        match n_features {
            2 => Viewpoint::Features(0, 1),
            _ => Viewpoint::Principal,
        }
    }
}

fn baseline_best(model: &Model) -> Option<f32> {
    let fitted = model.fitted();
    let is_flat = fitted.dataset().n_features() == 2;
    is_flat.then(|| fitted.baseline_scores().into_iter().fold(0.0, f32::max))
}

/// The ends of the colour scale of the score and of its baseline: from the lowest of both to the
/// highest score that either gives to an instance. Beyond all instances scores go on growing; there
/// the colour stays at its end, so that an empty corner does not take the contrast from where the
/// data are.
///
/// On a slice of more dimensions the scores of instances off it say nothing of its values: there the
/// scale ends at all values but the highest hundredth, or at the score of the instance through which
/// the slice goes, if that is higher.
fn range(model: &Model, both: &[f32], anchor: usize, baseline_best: Option<f32>) -> [f32; 2] {
    let [low, high] = levels::ends(both.iter().copied());
    let scores = model.scores();
    let high = match (baseline_best, model.top(1).first()) {
        (Some(best), Some(&top)) => best.max(scores[top]),
        _ => high.max(scores[anchor]),
    };
    [low, high.max(low)]
}
