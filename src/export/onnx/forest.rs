//! Trees: all instances go down all trees of a forest at once, level by level.
//!
//! The graph keeps, for each instance and tree, the node at which the instance is. A level looks up
//! what the nodes ask, answers it, and moves on; a leaf leads to itself. Trees are ordered by depth,
//! and those which have ended are left out of what follows.

use super::cells::Said;
use super::graph::{Graph, Value};
use super::point::Point;
use super::proto::ElementType;
use crate::ensemble::{Cut, Forest, Tree};

/// The nodes of all trees, each with the two children of an inner node beside each other.
#[derive(Default)]
struct Steps {
    features: [Vec<i32>; 2],
    weights: [Vec<f32>; 2],
    thresholds: Vec<f32>,
    /// The first child; of a leaf, itself.
    next: Vec<i32>,
    /// Of a leaf, its scaled score, and that times its relevance.
    values: Vec<f32>,
    products: Vec<f32>,
    /// The root of each tree.
    roots: Vec<usize>,
    depths: Vec<usize>,
}

impl Steps {
    /// Lays out the trees of a forest, the deepest first.
    ///
    /// # Shapes
    /// `values` and `relevance` have one entry for each leaf, tree after tree.
    fn new(forest: &Forest, values: &[f32], relevance: &[f32]) -> Self {
        let trees = forest.trees();
        let mut first = 0;
        let mut order: Vec<(usize, &Tree, usize)> = Vec::new();
        for tree in trees {
            order.push((depth(tree), tree, first));
            first += tree.len();
        }
        order.sort_by_key(|(depth, _, first)| (usize::MAX - depth, *first));
        let mut steps = Self::default();
        for (depth, tree, first) in order {
            let leaves = first..first + tree.len();
            steps.add(tree, &values[leaves.clone()], &relevance[leaves]);
            // A tree that is a leaf takes one step on the spot.
            steps.depths.push(depth.max(1));
        }
        steps
    }

    fn add(&mut self, tree: &Tree, values: &[f32], relevance: &[f32]) {
        let base = self.next.len();
        self.roots.push(base);
        let mut queue = vec![tree.root()];
        let mut at = 0;
        while let Some(&child) = queue.get(at) {
            let inner = usize::try_from(child).ok().map(|node| &tree.nodes()[node]);
            // Nothing is beyond infinity, so that a leaf is never left.
            let (features, weights, threshold) = match inner {
                Some(node) => (node.features, node.weights, node.threshold),
                None => ([0; 2], [0.0; 2], f32::INFINITY),
            };
            let next = match inner {
                Some(node) => {
                    queue.extend(node.children);
                    queue.len() - 2
                }
                None => at,
            };
            for side in 0..2 {
                self.features[side].push(i32::from(features[side]));
                self.weights[side].push(weights[side]);
            }
            self.thresholds.push(threshold);
            // A forest has at most a million nodes.
            self.next.push((base + next) as i32);
            let leaf = inner.is_none().then(|| (-child - 1) as usize);
            let value = leaf.map_or(0.0, |leaf| values[leaf]);
            self.values.push(value);
            self.products
                .push(leaf.map_or(0.0, |leaf| value * relevance[leaf]));
            at += 1;
        }
    }

    /// How many trees are deeper than `level`.
    fn deeper(&self, level: usize) -> usize {
        self.depths.partition_point(|depth| *depth > level)
    }
}

/// The levels below the root.
fn depth(tree: &Tree) -> usize {
    let mut deepest = 0;
    let mut open = vec![(tree.root(), 0)];
    while let Some((at, depth)) = open.pop() {
        deepest = deepest.max(depth);
        if let Some(node) = usize::try_from(at).ok().map(|node| &tree.nodes()[node]) {
            open.extend(node.children.map(|child| (child, depth + 1)));
        }
    }
    deepest
}

/// What all nodes ask, `[nodes]` each.
struct Tables {
    features: Vec<Value>,
    weights: Vec<Value>,
    thresholds: Value,
    next: Value,
}

impl Tables {
    /// `sides` is the number of features that a node looks at.
    fn new(graph: &mut Graph, steps: &Steps, sides: usize) -> Self {
        let features = steps.features[..sides].iter();
        // The weight of a straight cut is 1.
        let weighed = if sides > 1 { sides } else { 0 };
        let weights = steps.weights[..weighed].iter();
        Self {
            features: features
                .map(|features| graph.list(features.iter().copied()))
                .collect(),
            weights: weights
                .map(|weights| graph.list(weights.iter().copied()))
                .collect(),
            thresholds: graph.list(steps.thresholds.iter().copied()),
            next: graph.list(steps.next.iter().copied()),
        }
    }

    /// What the nodes `at` which instances are ask, of one table.
    fn ask(graph: &mut Graph, table: &Value, at: &At) -> Value {
        match at {
            At::Roots(roots) => graph.look_up(table, roots),
            At::Flat(nodes) => graph.look_up_flat(table, nodes),
        }
    }

    /// The nodes that instances get to from those `at` which they are, where `seen` are the values
    /// of the features that these look at.
    fn advance(&self, graph: &mut Graph, at: &At, seen: &[Value]) -> Value {
        let along = match seen {
            [only] => only.clone(),
            _ => {
                let products: Vec<Value> = seen
                    .iter()
                    .zip(&self.weights)
                    .map(|(seen, weights)| {
                        let weights = Self::ask(graph, weights, at);
                        graph.mul(&weights, seen)
                    })
                    .collect();
                graph.total(products)
            }
        };
        let thresholds = Self::ask(graph, &self.thresholds, at);
        let above = graph.op("GreaterOrEqual", &[&along, &thresholds]);
        let above = graph.cast(&above, ElementType::Int32);
        let next = Self::ask(graph, &self.next, at);
        graph.add(&next, &above)
    }
}

/// Where the instances are.
enum At {
    /// All at the roots `[1, trees]`.
    Roots(Value),
    /// Instance after instance the node in each tree that goes on.
    Flat(Value),
}

/// Lowers a forest.
///
/// # Shapes
/// `values` (scaled scores) and `relevance` have one entry for each leaf, tree after tree.
pub(super) fn lower(
    graph: &mut Graph,
    point: &Point,
    forest: &Forest,
    values: &[f32],
    relevance: &[f32],
) -> Said {
    let steps = Steps::new(forest, values, relevance);
    let leaves = leaves(graph, &point.x, forest.cut(), &steps);
    let mut sum = |table: &[f32]| {
        let table = graph.list(table.iter().copied());
        let found = graph.look_up_flat(&table, &leaves);
        let found = graph.in_rows(&found, steps.roots.len());
        graph.sum(&found)
    };
    Said {
        scores: sum(&steps.values),
        by_cells: sum(&steps.products),
    }
}

/// The leaves in which the instances end, instance after instance one in each tree.
fn leaves(graph: &mut Graph, x: &Value, cut: Cut, steps: &Steps) -> Value {
    let sides = match cut {
        Cut::Straight => 1,
        Cut::Oblique => 2,
    };
    let tables = Tables::new(graph, steps, sides);
    let mut at = At::Roots(graph.row(steps.roots.iter().map(|root| *root as i32)));
    let mut ended = Vec::new();
    for level in 0..steps.depths.first().copied().unwrap_or(0) {
        let (going, left) = (steps.deeper(level), steps.deeper(level + 1));
        let seen: Vec<Value> = (0..sides)
            .map(|side| match &at {
                At::Roots(_) => {
                    let features = &steps.features[side];
                    let features = graph.list(steps.roots.iter().map(|root| features[*root]));
                    graph.gather(x, &features, 1)
                }
                At::Flat(nodes) => {
                    let features = graph.look_up_flat(&tables.features[side], nodes);
                    let features = graph.in_rows(&features, going);
                    let seen = graph.gather_by_row(x, &features);
                    graph.flat(&seen)
                }
            })
            .collect();
        let mut next = tables.advance(graph, &at, &seen);
        if left < going {
            let rows = graph.in_rows(&next, going);
            ended.push(graph.columns(&rows, left..going));
            if left == 0 {
                break;
            }
            next = graph.columns(&rows, 0..left);
        }
        at = At::Flat(graph.flat(&next));
    }
    let all = graph.beside(&ended);
    graph.flat(&all)
}
