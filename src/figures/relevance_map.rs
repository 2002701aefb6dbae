//! What the members say over a plane.

use std::sync::Arc;

use super::levels::AroundPrior;
use super::{ScoreMap, Value, levels};
use crate::detector::{RelevanceGrid, choose_layers, relevance_grid};
use crate::numeric::{Polyline, nice_levels};

/// Cells along each side.
const CELLS: usize = 64;

/// Members that have a map of their own unless somebody wants more; of more members, each kind is
/// summed in a further one.
pub const LAYERS: usize = 6;

/// The members over the plane of a map, with lines of equal value.
#[derive(Clone, Debug)]
pub struct RelevanceMap {
    /// The map of the score over the same plane.
    pub map: Arc<ScoreMap>,
    /// How many members at most have a map of their own.
    pub count: usize,
    /// The values.
    pub relevance_grid: RelevanceGrid,
    /// Of each layer, its lines.
    pub lines: Vec<LayerLines>,
    /// The ends of the colour scale of all member scores, and of all products.
    scales: [[f32; 2]; 2],
    /// The scale of relevance around the prior.
    around: AroundPrior,
}

/// Lines of equal value of one layer.
#[derive(Clone, Debug)]
pub struct LayerLines {
    /// Of its score.
    pub scores: Vec<Polyline>,
    /// Of its relevance, on the scale around the prior.
    pub relevance: Vec<Polyline>,
    /// Of its relevance, on the whole scale.
    pub whole: Vec<Polyline>,
    /// Of the product.
    pub products: Vec<Polyline>,
}

impl RelevanceMap {
    /// Computes the layers of at most `count` members over the plane of a map.
    pub fn of(map: Arc<ScoreMap>, count: usize) -> Self {
        let ScoreMap {
            model,
            plane,
            locations,
            anchor,
            ..
        } = &*map;
        let layers = choose_layers(model, count);
        let relevance_grid = relevance_grid(model, plane, locations, *anchor, CELLS, layers);
        let lines =
            |values: &[f32], levels: &[f32]| levels::lines(&relevance_grid.grid, values, levels);
        let own = |values: &[f32]| lines(values, &nice_levels(values, levels::MEMBER));
        let layers = || relevance_grid.layers.iter();
        let around = levels::around_prior(
            model.fitted().b(),
            layers().flat_map(|layer| layer.relevance.iter().copied()),
        );
        let whole = levels::of_relevance();
        let of_layers = relevance_grid.layers.iter().map(|layer| LayerLines {
            scores: own(&layer.scores),
            relevance: lines(&layer.relevance, &around.levels),
            whole: lines(&layer.relevance, &whole),
            products: own(&layer.products),
        });
        Self {
            lines: of_layers.collect(),
            scales: [
                levels::ends(layers().flat_map(|layer| layer.scores.iter().copied())),
                levels::ends(layers().flat_map(|layer| layer.products.iter().copied())),
            ],
            around,
            relevance_grid,
            count,
            map,
        }
    }

    /// The ends of the colour scale that all members have in common.
    pub fn range(&self, value: Value) -> [f32; 2] {
        match value {
            Value::Relevance => self.around.ends,
            Value::WholeRelevance => [0.0, 1.0],
            Value::Score => self.scales[0],
            Value::Product => self.scales[1],
        }
    }

    /// The value that is white on a scale around it: the prior of relevance, the mean of those of
    /// all members.
    pub fn middle(&self, value: Value) -> Option<f32> {
        (value == Value::Relevance).then_some(self.around.middle)
    }

    /// The values at which lines stand on a scale that all members have in common.
    pub fn levels(&self, value: Value) -> Vec<f32> {
        match value {
            Value::Relevance => self.around.levels.clone(),
            Value::WholeRelevance => levels::of_relevance(),
            Value::Score | Value::Product => Vec::new(),
        }
    }

    /// The values of a layer and their lines.
    pub fn layer(&self, index: usize, value: Value) -> Option<(&[f32], &[Polyline])> {
        let (layer, lines) = (
            self.relevance_grid.layers.get(index)?,
            self.lines.get(index)?,
        );
        Some(match value {
            Value::Relevance => (&layer.relevance, &lines.relevance),
            Value::Score => (&layer.scores, &lines.scores),
            Value::Product => (&layer.products, &lines.products),
            Value::WholeRelevance => (&layer.relevance, &lines.whole),
        })
    }
}
