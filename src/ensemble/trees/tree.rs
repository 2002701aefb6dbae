//! A random tree that isolates.

use ndarray::ArrayView2;
use rand::seq::index::sample;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use crate::ensemble::{CellScore, CutSeen};

/// Levels below the root at most: what is not alone by then is as good as a crowd.
pub(in crate::ensemble) const DEEPEST: usize = 24;

/// Directions tried for a cut before points count as all alike, in multiples of the features.
const TRIES: usize = 4;

/// How a tree cuts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cut {
    /// Across one feature, as the isolation forest does.
    Straight,
    /// Across a random direction in the plane of two features, as the extended isolation forest
    /// does: anomalies between clusters along a diagonal are not hidden behind its shadows.
    Oblique,
}

/// A node: points with `Σ weight · feature < threshold` go below, the others above.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The two features; of a straight cut the first alone counts.
    pub features: [u16; 2],
    /// Their weights; of a straight cut 1 and 0.
    pub weights: [f32; 2],
    /// What the sum is held against.
    pub threshold: f32,
    /// The nodes below and above; a negative one is the leaf `-child - 1`.
    pub children: [i32; 2],
    /// `ln` of the parent's share that each child holds: how much the cut isolates.
    pub isolation: [f32; 2],
}

/// A tree of random cuts; its cells are its leaves.
///
/// A point that few cuts set apart from all others is anomalous: its leaf scores
/// `4^(−h / c(ψ))`, where `h` is the leaf's depth plus the mean depth `c` of a tree that would
/// sort out the points which still share it, and `ψ` the number of points that the tree saw.
///
/// # Source
/// Liu, Ting and Zhou 2008, *Isolation Forest*, ICDM; Hariri, Carrasco Kind and Brunner 2021,
/// *Extended Isolation Forest*, TKDE 33. They average `h` over trees before the exponential, whose
/// base is 2; per tree and with base 4, leaves near the root stand out more, and analysts found
/// more anomalies (docs/EVALUATION.md).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "super::text::TreeText", into = "super::text::TreeText")]
pub struct Tree {
    pub(in crate::ensemble) nodes: Vec<Node>,
    pub(in crate::ensemble) root: i32,
    pub(in crate::ensemble) leaves: Vec<f32>,
}

impl Tree {
    /// Grows a tree of at most `deepest` levels below the root on `subsample` of the standardised
    /// instances `x` `[n, d]`, in standard layout.
    pub(in crate::ensemble) fn grow(
        x: ArrayView2<'_, f32>,
        subsample: usize,
        deepest: usize,
        cut: Cut,
        random: &mut impl Rng,
    ) -> Self {
        let (n, d) = x.dim();
        let mut rows = sample(random, n, subsample.min(n)).into_vec();
        let mut growth = Growth {
            values: x.as_slice().unwrap_or_default(),
            d,
            cut,
            deepest,
            unit: mean_depth(rows.len()).max(1.0),
            tree: Self {
                nodes: Vec::new(),
                root: 0,
                leaves: Vec::new(),
            },
        };
        growth.tree.root = growth.grow(&mut rows, 0, random);
        growth.tree
    }

    /// The number of leaves.
    pub fn len(&self) -> usize {
        self.leaves.len()
    }

    /// Whether there is no leaf; never.
    pub fn is_empty(&self) -> bool {
        self.leaves.is_empty()
    }

    /// The depth of each leaf in a tree that saw `points`: levels below the root, and the mean depth
    /// of a tree that would sort out the points which share the leaf.
    pub fn depths(&self, points: usize) -> Vec<f32> {
        let unit = mean_depth(points).max(1.0);
        let leaves = self.leaves.iter();
        leaves.map(|score| -score.log2() * unit / 2.0).collect()
    }

    /// The inner nodes.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node at which every point begins; a negative one is the leaf `-root - 1`.
    pub fn root(&self) -> i32 {
        self.root
    }

    /// The leaf of a standardised point `[d]`.
    pub(in crate::ensemble) fn cell_score(&self, x: &[f32]) -> CellScore {
        let mut at = self.root;
        while at >= 0 {
            let node = &self.nodes[at as usize];
            at = node.children[usize::from(node.is_above(x))];
        }
        let cell = (-at - 1) as usize;
        CellScore {
            cell,
            score: self.leaves[cell],
        }
    }

    /// The cuts on the way of a standardised point `[d]` to its leaf.
    pub(in crate::ensemble) fn cuts(&self, x: &[f32]) -> Vec<CutSeen> {
        let mut cuts = Vec::new();
        let mut at = self.root;
        while at >= 0 {
            let node = &self.nodes[at as usize];
            let above = node.is_above(x);
            let side = usize::from(above);
            cuts.push(CutSeen {
                features: node.features.map(usize::from),
                weights: node.weights,
                threshold: node.threshold,
                above,
                isolates: -node.isolation[side],
            });
            at = node.children[side];
        }
        cuts
    }

    /// Adds to each feature how much the cuts across it isolate a point, in nats.
    pub(in crate::ensemble) fn credit(&self, x: &[f32], credits: &mut [f32]) {
        for cut in self.cuts(x) {
            let total = cut.weights[0].abs() + cut.weights[1].abs();
            for (feature, weight) in cut.features.into_iter().zip(cut.weights) {
                credits[feature] += cut.isolates * weight.abs() / total;
            }
        }
    }
}

impl Node {
    fn is_above(&self, x: &[f32]) -> bool {
        let [a, b] = self.features.map(|feature| x[usize::from(feature)]);
        self.weights[0] * a + self.weights[1] * b >= self.threshold
    }
}

/// The mean depth of a random binary search tree of `n` points: `2 (H(n − 1) − (n − 1) / n)`.
pub fn mean_depth(n: usize) -> f32 {
    match n {
        0 | 1 => 0.0,
        _ => {
            let harmonic: f64 = (1..n).map(|k| 1.0 / k as f64).sum();
            (2.0 * (harmonic - (n - 1) as f64 / n as f64)) as f32
        }
    }
}

/// A tree in growth.
struct Growth<'a> {
    values: &'a [f32],
    d: usize,
    cut: Cut,
    deepest: usize,
    unit: f32,
    tree: Tree,
}

impl Growth<'_> {
    fn grow(&mut self, rows: &mut [usize], depth: usize, random: &mut impl Rng) -> i32 {
        let node = match rows.len() > 1 && depth < self.deepest {
            true => self.cut(rows, random),
            false => None,
        };
        let Some((mut node, below)) = node else {
            let depth = depth as f32 + mean_depth(rows.len());
            self.tree.leaves.push((-2.0 * depth / self.unit).exp2());
            return -(self.tree.leaves.len() as i32);
        };
        let place = self.tree.nodes.len();
        let all = rows.len() as f32;
        node.isolation = [below, rows.len() - below].map(|count| (count as f32 / all).ln());
        self.tree.nodes.push(node);
        let (left, right) = rows.split_at_mut(below);
        let children = [
            self.grow(left, depth + 1, random),
            self.grow(right, depth + 1, random),
        ];
        self.tree.nodes[place].children = children;
        place as i32
    }

    /// Draws a cut with points on both sides and puts those below it first; `None` where all
    /// points seem alike.
    fn cut(&self, rows: &mut [usize], random: &mut impl Rng) -> Option<(Node, usize)> {
        for _ in 0..TRIES * self.d {
            let mut node = self.draw(random);
            let along = |row: usize| {
                let x = &self.values[row * self.d..];
                let [a, b] = node.features.map(|feature| x[usize::from(feature)]);
                node.weights[0] * a + node.weights[1] * b
            };
            let (low, high) = rows
                .iter()
                .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), &row| {
                    (low.min(along(row)), high.max(along(row)))
                });
            if high <= low {
                continue;
            }
            let threshold = low + random.random::<f32>() * (high - low);
            let mut below = 0;
            for at in 0..rows.len() {
                if along(rows[at]) < threshold {
                    rows.swap(below, at);
                    below += 1;
                }
            }
            if below > 0 && below < rows.len() {
                node.threshold = threshold;
                return Some((node, below));
            }
        }
        None
    }

    fn draw(&self, random: &mut impl Rng) -> Node {
        let first = random.random_range(0..self.d as u32) as usize;
        let (second, weights) = match self.cut {
            Cut::Oblique if self.d > 1 => {
                let step = random.random_range(1..self.d as u32) as usize;
                let weights = [(); 2].map(|()| StandardNormal.sample(random));
                ((first + step) % self.d, weights)
            }
            _ => (first, [1.0, 0.0]),
        };
        Node {
            // A table has at most 20 000 features.
            features: [first as u16, second as u16],
            weights,
            threshold: 0.0,
            children: [0; 2],
            isolation: [0.0; 2],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::stream;
    use ndarray::{Array2, array};

    #[test]
    fn mean_depths_are_those_of_small_trees() {
        // Two points: one cut. Three: one alone at depth 1 and two at depth 2, mean 5/3.
        assert_eq!(mean_depth(1), 0.0);
        assert_eq!(mean_depth(2), 1.0);
        assert!((mean_depth(3) - 5.0 / 3.0).abs() < 1e-6);
        // H(255) = 6.120 46, where the paper rounds to ln 255 + 0.5772.
        assert!((mean_depth(256) - 10.248_7).abs() < 1e-3);
    }

    #[test]
    fn two_points_are_parted_by_one_cut_which_gets_the_credit() {
        let x = array![[0.0_f32, 1.0], [0.0, 3.0]];
        let tree = Tree::grow(
            x.view(),
            2,
            DEEPEST,
            Cut::Straight,
            &mut stream(1, "tree", 0),
        );
        assert_eq!((tree.len(), tree.nodes.len()), (2, 1));
        assert_eq!(
            tree.nodes[0].features,
            [1, 1],
            "the other feature is constant"
        );
        let (below, above) = (tree.cell_score(&[0.0, 1.0]), tree.cell_score(&[0.0, 3.0]));
        assert_ne!(below.cell, above.cell);
        // Depth 1 over a mean depth of 1: 4^-1.
        assert_eq!((below.score, above.score), (0.25, 0.25));
        assert_eq!(tree.depths(2), [1.0, 1.0]);
        let mut credits = [0.0; 2];
        let [cut] = tree.cuts(&[0.0, 3.0])[..] else {
            panic!("one cut");
        };
        assert!(cut.above && cut.features == [1, 1] && (1.0..=3.0).contains(&cut.threshold));
        tree.credit(&[0.0, 3.0], &mut credits);
        assert!(credits[0] == 0.0 && (credits[1] - std::f32::consts::LN_2).abs() < 1e-6);
    }

    #[test]
    fn points_that_are_all_alike_share_a_leaf() {
        let x = Array2::<f32>::ones((40, 3));
        for cut in [Cut::Straight, Cut::Oblique] {
            let tree = Tree::grow(x.view(), 32, DEEPEST, cut, &mut stream(1, "tree", 0));
            assert_eq!(tree.len(), 1);
            assert_eq!(tree.cell_score(&[1.0; 3]).cell, 0);
        }
    }

    #[test]
    fn a_far_point_scores_above_the_crowd() {
        let mut x = Array2::from_shape_fn((200, 2), |(row, column)| {
            ((row * 37 + column * 101) % 199) as f32 / 199.0
        });
        x.row_mut(7).fill(9.0);
        for cut in [Cut::Straight, Cut::Oblique] {
            let mean = |point: &[f32]| -> f32 {
                (0..30)
                    .map(|index| {
                        let tree =
                            Tree::grow(x.view(), 128, DEEPEST, cut, &mut stream(1, "tree", index));
                        tree.cell_score(point).score
                    })
                    .sum()
            };
            assert!(mean(&[9.0, 9.0]) > 1.5 * mean(&[0.5, 0.5]));
        }
    }
}
