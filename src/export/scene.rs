//! The plane on which the maps of a session lie, and what is on it.

use std::collections::BTreeMap;

use super::Course;
use super::words::short;
use crate::chart::{HeatChart, Scale};
use crate::detector::{Plane, Relief, Surface, Viewpoint, choose_layers, relief, surface};
use crate::numeric::{contour_lines, nice_levels, quantile, sorted};
use crate::session::Answer;
use crate::session::charts::{SeenPlane, axis_names, chart_lines};

/// Cells of a map along each side, and its pixels.
const CELLS: usize = 72;
const SIDE: f64 = 400.0;
/// Members that have a map of their own; of more, each kind is summed in a further one.
pub(super) const LAYERS: usize = 6;
/// Contour lines of the score.
const LEVELS: usize = 7;
/// Letters of a column's name on an axis.
const NAME: usize = 44;

/// The maps of a session.
pub(super) struct Scene {
    /// The scores of the baseline and of GLAD, and the members.
    pub relief: Relief,
    /// What the last batch changed: the score after less that before.
    pub difference: Option<Surface>,
    /// How the plane lies, as a sentence.
    pub plane: String,
    axes: [String; 2],
    places: Vec<[f32; 2]>,
    answers: BTreeMap<usize, Answer>,
    current: Option<usize>,
}

impl Scene {
    pub fn of(course: &Course) -> Self {
        let model = course.model();
        let dataset = course.dataset();
        let is_plane = dataset.n_features() == 2;
        let viewpoint = match is_plane {
            true => Viewpoint::Features(0, 1),
            false => Viewpoint::Principal,
        };
        let plane = Plane::new(model, viewpoint);
        let places = plane.places(model);
        let current = course.candidates().first().copied();
        let anchor = current.unwrap_or(0);
        let layers = choose_layers(model, LAYERS);
        let relief = relief(model, &plane, &places, anchor, CELLS, layers);
        let difference = course.before.as_ref().map(|before| {
            let old = surface(before, &plane, &places, anchor, CELLS);
            let pairs = relief.score.iter().zip(old.values);
            Surface {
                grid: relief.grid,
                values: pairs.map(|(new, old)| new - old).collect(),
            }
        });
        let told = match is_plane {
            true => "The map shows the two features of the table.".to_owned(),
            false => format!(
                "The table has {} features: the map is the plane of the two directions of largest variance (of the standardised features) through the current candidate, {}. Marks are set down onto this plane; off it, at an instance itself, the score may differ from the colour below its mark.",
                dataset.n_features(),
                short(&course.name_of(anchor), NAME),
            ),
        };
        Self {
            relief,
            difference,
            plane: told,
            axes: axis_names(dataset, viewpoint).map(|name| short(&name, 66)),
            places,
            answers: course.session().answers(),
            current,
        }
    }

    /// A map of values, with lines at levels.
    pub fn chart(
        &self,
        title: &str,
        value: &str,
        values: &[f32],
        scale: Scale,
        levels: &[f32],
    ) -> HeatChart {
        let plane = SeenPlane {
            axes: self.axes.clone(),
            grid: &self.relief.grid,
            places: &self.places,
            answers: &self.answers,
            current: self.current,
        };
        HeatChart {
            lines: self.lines(values, levels),
            levels: levels.iter().copied().map(f64::from).collect(),
            side: SIDE,
            ..plane.chart(title.to_owned(), values, value, scale)
        }
    }

    /// Lines of equal value.
    pub fn lines(&self, values: &[f32], levels: &[f32]) -> Vec<Vec<[f64; 2]>> {
        let all = levels.iter();
        let lines = all.flat_map(|&level| contour_lines(&self.relief.grid, values, level));
        chart_lines(&lines.collect::<Vec<_>>())
    }

    /// The ends of the common scale of the baseline's and GLAD's scores: all but the highest
    /// hundredth, which a far corner would take for itself.
    pub fn scale(&self) -> [f32; 2] {
        let all = sorted(self.both());
        [quantile(&all, 0.0), quantile(&all, 0.99)].map(finite)
    }

    /// The levels of lines on both.
    pub fn levels(&self) -> Vec<f32> {
        nice_levels(&self.both().collect::<Vec<f32>>(), LEVELS)
    }

    fn both(&self) -> impl Iterator<Item = f32> + '_ {
        let all = self.relief.baseline.iter().chain(&self.relief.score);
        all.copied()
    }
}

/// The largest difference without sign, but for the last hundredth; above 0.
pub(super) fn largest(difference: &Surface) -> f32 {
    let sizes = sorted(difference.values.iter().map(|value| value.abs()));
    finite(quantile(&sizes, 0.99)).max(f32::MIN_POSITIVE)
}

fn finite(value: f32) -> f32 {
    if value.is_finite() { value } else { 0.0 }
}
