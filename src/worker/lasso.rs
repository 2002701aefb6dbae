//! What an analyst drew around, on the map or elsewhere.

use std::sync::Arc;

use ndarray::Axis;

use crate::dataset::Dataset;
use crate::detector::{Model, Region, RuleTree, Viewpoint};
use crate::figures::Embedding;
use crate::numeric::all_within;

/// What was drawn.
#[derive(Clone, Debug)]
pub enum Drawn {
    /// A line on the map from a viewpoint, in its coordinates; it closes by itself. With the
    /// coordinates of every instance.
    Map(Viewpoint, Arc<Vec<[f32; 2]>>, Vec<[f32; 2]>),
    /// A line around rows that are laid out.
    Embedding(Arc<Embedding>, Vec<[f32; 2]>),
    /// Ranges of features, all of which a row is to meet.
    Ranges(Vec<FeatureRange>),
}

/// From where to where the values of a feature go, both ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeatureRange {
    /// The feature.
    pub feature: usize,
    /// The lowest.
    pub low: f32,
    /// The highest.
    pub high: f32,
}

/// What to look for.
#[derive(Clone, Debug)]
pub struct LassoRequest {
    /// The model that ranks them.
    pub model: Arc<Model>,
    /// What was drawn.
    pub drawn: Drawn,
}

/// Instances that were selected together.
#[derive(Clone, Debug)]
pub struct Lasso {
    /// What was drawn around them.
    pub drawn: Drawn,
    /// The instances, ascending.
    pub instances: Vec<usize>,
    /// The same, the most anomalous first, as they ranked when they were selected.
    pub ranked: Vec<usize>,
    /// What most of them share and others do not, if there is such a rule.
    pub rule: Option<Region>,
}

impl Lasso {
    /// Whether an instance is among them.
    pub fn holds(&self, instance: usize) -> bool {
        self.instances.binary_search(&instance).is_ok()
    }
}

impl Drawn {
    fn instances(&self, dataset: &Dataset) -> Vec<usize> {
        match self {
            Self::Map(_, locations, line) => all_within(line, locations),
            Self::Embedding(embedding, line) => embedding.within(line),
            // No range is no selection.
            Self::Ranges(ranges) if ranges.is_empty() => Vec::new(),
            Self::Ranges(ranges) => {
                let features = dataset.features();
                let meets = |row: &usize| {
                    ranges.iter().all(|range| {
                        let value = features.get([*row, range.feature]);
                        value.is_some_and(|value| (range.low..=range.high).contains(value))
                    })
                };
                (0..dataset.n_instances()).filter(meets).collect()
            }
        }
    }
}

/// Instances that a rule is looked for among: of either side at most half of them, evenly taken.
const SAMPLE: usize = 8_000;

impl LassoRequest {
    pub(super) fn run(self) -> Lasso {
        let dataset = self.model.fitted().dataset();
        let instances = self.drawn.instances(dataset);
        let mut ranked = instances.clone();
        let scores = self.model.scores();
        ranked.sort_unstable_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        Lasso {
            rule: rule(dataset, &instances),
            ranked,
            instances,
            drawn: self.drawn,
        }
    }
}

/// The leaf of a small decision tree, selected against others, that holds the most selected ones.
fn rule(dataset: &Dataset, selected: &[usize]) -> Option<Region> {
    let n = dataset.n_instances();
    let mut is_selected = vec![false; n];
    selected.iter().for_each(|&at| is_selected[at] = true);
    let others: Vec<usize> = (0..n).filter(|&at| !is_selected[at]).collect();
    if selected.is_empty() || others.is_empty() {
        return None;
    }
    let even = |all: &[usize]| -> Vec<usize> {
        let stride = all.len().div_ceil(SAMPLE / 2).max(1);
        all.iter().step_by(stride).copied().collect()
    };
    let mut rows = even(selected);
    let inside = rows.len();
    rows.append(&mut even(&others));
    let features = dataset.features().select(Axis(0), &rows);
    let inside: Vec<bool> = (0..rows.len()).map(|row| row < inside).collect();
    let mut regions = RuleTree::fit(features.view(), &inside).regions();
    regions.retain(|region| !region.conditions.is_empty());
    (!regions.is_empty()).then(|| regions.swap_remove(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::toys;
    use crate::detector::{Fitted, Settings};
    use crate::numeric::Unwatched;

    #[test]
    fn a_lasso_holds_what_lies_within_and_says_what_it_shares() {
        let dataset = Arc::new(toys()[0].open());
        let fitted = Fitted::fit(&dataset, &Settings::default(), &mut Unwatched);
        let model = Arc::new(Model::primed(&Arc::new(fitted.expect("a fit"))));
        let features = dataset.features();
        let locations: Vec<[f32; 2]> = features
            .rows()
            .into_iter()
            .map(|row| [row[0], row[1]])
            .collect();
        // Between two instances, so that none lies on the line.
        let sorted = crate::numeric::sorted(locations.iter().map(|location| location[0]));
        let middle = (sorted[242] + sorted[243]) / 2.0;
        let far = 1e4;
        let lasso = LassoRequest {
            model: Arc::clone(&model),
            drawn: Drawn::Map(
                Viewpoint::Features(0, 1),
                Arc::new(locations.clone()),
                vec![[middle, -far], [far, -far], [far, far], [middle, far]],
            ),
        }
        .run();
        let right: Vec<usize> = (0..locations.len())
            .filter(|&at| locations[at][0] > middle)
            .collect();
        assert_eq!(lasso.instances, right);
        let ranks = lasso.ranked.iter().map(|&instance| model.rank_of(instance));
        assert!(ranks.is_sorted() && lasso.ranked.len() == right.len());
        let rule = lasso.rule.expect("a rule");
        assert_eq!(rule.conditions[0].feature, 0);
        assert_eq!((rule.inside, rule.covered), (right.len(), right.len()));
    }
}
