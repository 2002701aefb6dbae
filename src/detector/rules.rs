//! A set of instances in words: a small decision tree.

use ndarray::ArrayView2;

use super::{Condition, Region};
use crate::numeric::map_each;

/// Conditions that lead to a leaf at most.
const DEPTH: usize = 3;

/// What a cut must take of the impurity of the whole at least, to be worth its words.
const LEAST_GAIN: f64 = 0.01;

/// A decision tree that tells the instances inside a set from those outside, by axis-aligned cuts
/// in raw units.
///
/// 1. A cut is the one that lowers the Gini impurity `Σ 2 · in · out / (in + out)` of the two
///    sides most; of equal ones that of the first feature, at the lowest value.
/// 2. There are at most three cuts on the way to a leaf, and none that gains less than a hundredth
///    of the impurity of the whole.
/// 3. A threshold is the shortest decimal number between the two neighbouring values that it
///    parts: it reads well and is exact.
///
/// Fitting takes time in proportion to `n ln n · d`; a sample does for large tables.
///
/// # Source
/// Breiman, Friedman, Olshen and Stone 1984, *Classification and Regression Trees*.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleTree {
    root: Node,
    fitted: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Leaf {
        covered: usize,
        inside: usize,
    },
    Cut {
        feature: usize,
        threshold: f32,
        /// Up to the threshold, above it.
        sides: Box<[Node; 2]>,
    },
}

/// A cut with what is left of the impurity behind it.
#[derive(Clone, Copy, Debug)]
struct Split {
    feature: usize,
    threshold: f32,
    impurity: f64,
}

impl RuleTree {
    /// Fits a tree.
    ///
    /// # Shapes
    /// `features` `[n, d]` in raw units, finite; `inside` `[n]`.
    ///
    /// ```
    /// use glad::detector::RuleTree;
    ///
    /// let features = ndarray::array![[1.0, 9.0], [2.0, 3.0], [3.0, 7.0], [4.0, 1.0]];
    /// let tree = RuleTree::fit(features.view(), &[false, false, true, true]);
    /// let region = tree.region_of(&[4.0, 1.0]);
    /// let names = ["x".to_owned(), "y".to_owned()];
    /// assert_eq!(region.words(&names), "x > 2.5");
    /// assert_eq!((region.covered, region.inside), (2, 2));
    /// ```
    pub fn fit(features: ArrayView2<'_, f32>, inside: &[bool]) -> Self {
        let rows: Vec<usize> = (0..features.nrows().min(inside.len())).collect();
        let whole = impurity(rows.len(), count(&rows, inside));
        let growth = Growth {
            features,
            inside,
            least: LEAST_GAIN * whole,
        };
        Self {
            fitted: rows.len(),
            root: growth.grow(&rows, DEPTH),
        }
    }

    /// The leaf of a row `[d]` in raw units.
    pub fn region_of(&self, row: &[f32]) -> Region {
        let mut conditions = Vec::new();
        let mut node = &self.root;
        while let Node::Cut {
            feature,
            threshold,
            sides,
        } = node
        {
            let above = row.get(*feature).is_some_and(|value| value > threshold);
            Condition::narrow(&mut conditions, *feature, *threshold, above);
            node = &sides[usize::from(above)];
        }
        self.region(conditions, node)
    }

    /// The leaves most of whose instances are inside, the largest first.
    pub fn regions(&self) -> Vec<Region> {
        let mut found = Vec::new();
        self.collect(&self.root, Vec::new(), &mut found);
        found.sort_by_key(|region| std::cmp::Reverse(region.inside));
        found
    }

    fn collect(&self, node: &Node, conditions: Vec<Condition>, found: &mut Vec<Region>) {
        match node {
            Node::Leaf { covered, inside } => {
                if 2 * inside > *covered {
                    found.push(self.region(conditions, node));
                }
            }
            Node::Cut {
                feature,
                threshold,
                sides,
            } => {
                for (side, above) in sides.iter().zip([false, true]) {
                    let mut narrowed = conditions.clone();
                    Condition::narrow(&mut narrowed, *feature, *threshold, above);
                    self.collect(side, narrowed, found);
                }
            }
        }
    }

    fn region(&self, conditions: Vec<Condition>, leaf: &Node) -> Region {
        let (covered, inside) = match leaf {
            Node::Leaf { covered, inside } => (*covered, *inside),
            Node::Cut { .. } => (0, 0),
        };
        Region {
            conditions,
            covered,
            inside,
            fitted: self.fitted,
        }
    }
}

/// Twice `in · out / (in + out)`: the Gini impurity times the number of instances.
fn impurity(covered: usize, inside: usize) -> f64 {
    let (all, inside) = (covered as f64, inside as f64);
    if covered == 0 {
        0.0
    } else {
        2.0 * inside * (all - inside) / all
    }
}

fn count(rows: &[usize], inside: &[bool]) -> usize {
    rows.iter().filter(|&&row| inside[row]).count()
}

struct Growth<'a> {
    features: ArrayView2<'a, f32>,
    inside: &'a [bool],
    least: f64,
}

impl Growth<'_> {
    fn grow(&self, rows: &[usize], depth: usize) -> Node {
        let (covered, inside) = (rows.len(), count(rows, self.inside));
        let here = impurity(covered, inside);
        let best = match depth > 0 && here > 0.0 {
            true => self.best(rows),
            false => None,
        };
        match best.filter(|split| here - split.impurity >= self.least) {
            None => Node::Leaf { covered, inside },
            Some(Split {
                feature, threshold, ..
            }) => {
                let is_below = |row: &usize| self.features[[*row, feature]] <= threshold;
                let (below, above): (Vec<usize>, Vec<usize>) =
                    rows.iter().partition(|row| is_below(row));
                Node::Cut {
                    feature,
                    threshold,
                    sides: Box::new([self.grow(&below, depth - 1), self.grow(&above, depth - 1)]),
                }
            }
        }
    }

    fn best(&self, rows: &[usize]) -> Option<Split> {
        let splits = map_each(self.features.ncols(), |feature| self.best_of(rows, feature));
        let better = |best: Option<Split>, split: Split| match best {
            Some(best) if best.impurity <= split.impurity => Some(best),
            _ => Some(split),
        };
        splits.into_iter().flatten().fold(None, better)
    }

    fn best_of(&self, rows: &[usize], feature: usize) -> Option<Split> {
        let mut sorted: Vec<(f32, bool)> = rows
            .iter()
            .map(|&row| (self.features[[row, feature]], self.inside[row]))
            .collect();
        sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let (all, all_inside) = (rows.len(), count(rows, self.inside));
        let mut inside = 0;
        let mut best: Option<(f64, usize)> = None;
        for at in 1..all {
            inside += usize::from(sorted[at - 1].1);
            if sorted[at - 1].0 < sorted[at].0 {
                let left = impurity(at, inside) + impurity(all - at, all_inside - inside);
                if best.is_none_or(|(least, _)| left < least) {
                    best = Some((left, at));
                }
            }
        }
        best.map(|(impurity, at)| Split {
            feature,
            threshold: between(sorted[at - 1].0, sorted[at].0),
            impurity,
        })
    }
}

/// The decimal number with the fewest digits between two values, near their middle; where `f32` has
/// none between them, the lower one.
fn between(low: f32, high: f32) -> f32 {
    let (from, to) = (f64::from(low), f64::from(high));
    let middle = from + (to - from) / 2.0;
    let first = -(to - from).log10().floor() as i32 - 1;
    (first..first + 3)
        .map(|digits| {
            let unit = 10_f64.powi(digits);
            ((middle * unit).round() / unit) as f32
        })
        .find(|candidate| low < *candidate && *candidate < high)
        .unwrap_or(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    fn names() -> [String; 2] {
        ["x", "y"].map(String::from)
    }

    /// Instances at all whole places of a square of ten.
    fn square() -> Array2<f32> {
        Array2::from_shape_fn((100, 2), |(row, column)| match column {
            0 => (row % 10) as f32,
            _ => (row / 10) as f32,
        })
    }

    #[test]
    fn a_box_is_told_by_its_sides() {
        let features = square();
        let inside: Vec<bool> = features
            .rows()
            .into_iter()
            .map(|row| row[0] > 5.0 && (3.0..=4.0).contains(&row[1]))
            .collect();
        let tree = RuleTree::fit(features.view(), &inside);
        let region = tree.region_of(&[7.0, 4.0]);
        // x in 6..9 and y in 3..4: eight places, all of them inside.
        assert_eq!((region.covered, region.inside, region.fitted), (8, 8, 100));
        assert_eq!(region.purity(), 1.0);
        let words = region.words(&names());
        assert!(
            words.contains("2.5 < y ≤ 4.5") && words.contains("x > 5.5"),
            "{words}"
        );
        assert_eq!(tree.regions(), [region]);
        let outside = tree.region_of(&[0.0, 0.0]);
        assert_eq!(outside.inside, 0);
    }

    #[test]
    fn a_cut_that_tells_little_is_not_made() {
        let features = square();
        let checked: Vec<bool> = (0..100).map(|row| (row % 10 + row / 10) % 2 == 0).collect();
        let tree = RuleTree::fit(features.view(), &checked);
        let region = tree.region_of(&[1.0, 1.0]);
        assert_eq!(region.words(&names()), "everywhere");
        assert_eq!((region.covered, region.inside), (100, 50));
    }

    #[test]
    fn sets_of_all_and_of_none_have_one_leaf() {
        for inside in [true, false] {
            let tree = RuleTree::fit(square().view(), &[inside; 100]);
            let region = tree.region_of(&[1.0, 1.0]);
            assert_eq!(region.words(&names()), "everywhere");
            assert_eq!(region.inside, if inside { 100 } else { 0 });
            assert_eq!(tree.regions().len(), usize::from(inside));
        }
    }

    #[test]
    fn of_equal_cuts_the_first_feature_is_taken() {
        let features = ndarray::array![[0.0, 0.0], [1.0, 1.0]];
        let tree = RuleTree::fit(features.view(), &[false, true]);
        assert_eq!(tree.region_of(&[1.0, 1.0]).words(&names()), "x > 0.5");
    }

    #[test]
    fn thresholds_are_short_and_between_their_neighbours() {
        assert_eq!(between(2.1583, 2.1641), 2.16);
        assert_eq!(between(0.0, 1.0), 0.5);
        assert_eq!(between(3.0, 1000.0), 500.0);
        assert_eq!(between(-1.0, 1.0), 0.0);
        let near = (1.0_f32, 1.0_f32.next_up());
        assert_eq!(between(near.0, near.1), 1.0);
        for (low, high) in [(1e-7_f32, 3e-7), (123_456.0, 123_461.0), (-0.031, -0.03)] {
            let threshold = between(low, high);
            assert!(low <= threshold && threshold < high, "{threshold}");
        }
    }
}
