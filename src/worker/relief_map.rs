//! What the relevance maps show.

use std::sync::Arc;

use crate::detector::{Model, Plane, Relief, Viewpoint, choose_layers, relief};
use crate::numeric::{Polyline, contour_lines, nice_levels, quantile, sorted};

/// Cells of a relief along each side.
const CELLS: usize = 64;
/// Contour lines of a layer.
const LEVELS: usize = 5;

/// Which relevance maps to compute.
#[derive(Clone, Debug)]
pub struct ReliefRequest {
    /// By which belief.
    pub model: Arc<Model>,
    /// From where.
    pub viewpoint: Viewpoint,
    /// The plane that this is.
    pub plane: Plane,
    /// The instance through which the slice goes.
    pub anchor: usize,
    /// The places of the instances.
    pub places: Arc<Vec<[f32; 2]>>,
    /// How many members at most have a map of their own.
    pub count: usize,
}

/// The members over the map, with lines of equal value.
#[derive(Clone, Debug)]
pub struct ReliefMap {
    /// The request that it answers.
    pub asked: ReliefRequest,
    /// The values.
    pub relief: Relief,
    /// Of each layer, its lines: score, relevance, product.
    pub lines: Vec<LayerLines>,
    /// Lines of the baseline's score and of the anomaly score, at the same levels.
    pub totals: [Vec<Polyline>; 2],
    /// The ends of the colour scale of all member scores, of all products, and of the two totals.
    pub scales: [[f32; 2]; 3],
}

/// The ends of a colour scale: all values but the highest hundredth, which a far corner of the map
/// would take for itself.
fn scale<'a>(values: impl Iterator<Item = &'a [f32]>) -> [f32; 2] {
    let all = sorted(values.flatten().copied());
    [quantile(&all, 0.0), quantile(&all, 0.99)].map(|end| if end.is_finite() { end } else { 0.0 })
}

/// Lines of equal value of one layer.
#[derive(Clone, Debug)]
pub struct LayerLines {
    /// Of its score.
    pub scores: Vec<Polyline>,
    /// Of its relevance.
    pub relevance: Vec<Polyline>,
    /// Of the product.
    pub products: Vec<Polyline>,
}

impl ReliefRequest {
    pub(super) fn run(self) -> ReliefMap {
        let model = &self.model;
        let layers = choose_layers(model, self.count);
        let relief = relief(model, &self.plane, &self.places, self.anchor, CELLS, layers);
        let lines = |values: &[f32], levels: &[f32]| -> Vec<Polyline> {
            let all = levels.iter();
            all.flat_map(|&level| contour_lines(&relief.grid, values, level))
                .collect()
        };
        let own = |values: &[f32]| lines(values, &nice_levels(values, LEVELS));
        // Relevance is read on one scale, so its lines stand at the same levels everywhere: between
        // the tenths, for at the prior itself (0.5, 0.2) it lies flat and has no line.
        let tenths: Vec<f32> = (0..10).map(|tenth| tenth as f32 / 10.0 + 0.05).collect();
        let of_layers = relief.layers.iter().map(|layer| LayerLines {
            scores: own(&layer.scores),
            relevance: lines(&layer.relevance, &tenths),
            products: own(&layer.products),
        });
        let layers = || relief.layers.iter();
        let scales = [
            scale(layers().map(|layer| layer.scores.as_slice())),
            scale(layers().map(|layer| layer.products.as_slice())),
            scale([relief.baseline.as_slice(), &relief.score].into_iter()),
        ];
        let both = [relief.baseline.as_slice(), &relief.score].concat();
        let levels = nice_levels(&both, LEVELS + 2);
        ReliefMap {
            scales,
            lines: of_layers.collect(),
            totals: [
                lines(&relief.baseline, &levels),
                lines(&relief.score, &levels),
            ],
            relief,
            asked: self,
        }
    }
}
