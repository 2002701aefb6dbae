//! How a tree stands in a file: column by column, a third of the size of node by node.

use serde::{Deserialize, Serialize};

use super::Tree;
use super::tree::Node;

/// The weights of a straight cut.
const STRAIGHT: [f32; 2] = [1.0, 0.0];

/// A [`Tree`] in a file; entry `i` of each list is of node `i`.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Tree", deny_unknown_fields)]
pub(in crate::ensemble) struct TreeText {
    root: i32,
    features: Vec<[u16; 2]>,
    /// Empty where all cuts are straight.
    weights: Vec<[f32; 2]>,
    thresholds: Vec<f32>,
    children: Vec<[i32; 2]>,
    isolation: Vec<[f32; 2]>,
    leaves: Vec<f32>,
}

impl From<Tree> for TreeText {
    fn from(tree: Tree) -> Self {
        let nodes = || tree.nodes.iter();
        Self {
            root: tree.root,
            features: nodes().map(|node| node.features).collect(),
            weights: match nodes().all(|node| node.weights == STRAIGHT) {
                true => Vec::new(),
                false => nodes().map(|node| node.weights).collect(),
            },
            thresholds: nodes().map(|node| node.threshold).collect(),
            children: nodes().map(|node| node.children).collect(),
            isolation: nodes().map(|node| node.isolation).collect(),
            leaves: tree.leaves,
        }
    }
}

impl TryFrom<TreeText> for Tree {
    type Error = String;

    fn try_from(text: TreeText) -> Result<Self, String> {
        let nodes = text.thresholds.len();
        let straight = text.weights.is_empty();
        let lengths = [
            text.features.len(),
            if straight { nodes } else { text.weights.len() },
            text.children.len(),
            text.isolation.len(),
        ];
        if lengths.iter().any(|&length| length != nodes) {
            return Err(format!(
                "a tree has lists of {lengths:?} entries for {nodes} nodes"
            ));
        }
        let nodes = (0..nodes).map(|at| Node {
            features: text.features[at],
            weights: if straight { STRAIGHT } else { text.weights[at] },
            threshold: text.thresholds[at],
            children: text.children[at],
            isolation: text.isolation[at],
        });
        let tree = Self {
            nodes: nodes.collect(),
            root: text.root,
            leaves: text.leaves,
        };
        match tree.is_sound() {
            true => Ok(tree),
            false => Err("a tree has a node or leaf that no walk from its root can use".to_owned()),
        }
    }
}

impl Tree {
    /// The largest feature that a cut looks at; 0 where there is no cut.
    pub(in crate::ensemble) fn largest_feature(&self) -> usize {
        let features = self.nodes.iter().flat_map(|node| node.features);
        usize::from(features.max().unwrap_or(0))
    }

    /// Whether every walk from the root ends in a leaf: children come after their parent.
    fn is_sound(&self) -> bool {
        let leads_on = |child: i32, after: i64| match child {
            0.. => i64::from(child) > after && (child as usize) < self.nodes.len(),
            _ => (-1 - child) as usize <= self.leaves.len().wrapping_sub(1),
        };
        let inner = self.nodes.iter().enumerate().all(|(place, node)| {
            let numbers = node.weights.iter().chain(&node.isolation);
            (node.children.iter()).all(|&child| leads_on(child, place as i64))
                && numbers
                    .chain([&node.threshold])
                    .all(|value| value.is_finite())
        });
        inner
            && !self.leaves.is_empty()
            && leads_on(self.root, -1)
            && self.leaves.iter().all(|score| score.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Cut;
    use crate::numeric::stream;
    use ndarray::Array2;

    fn grown() -> Tree {
        let x = Array2::from_shape_fn((40, 3), |(row, column)| {
            ((row * 37 + column * 11) % 23) as f32
        });
        Tree::grow(x.view(), 32, 24, Cut::Oblique, &mut stream(1, "tree", 0))
    }

    #[test]
    fn trees_come_back_equal() {
        let tree = grown();
        let text = ron::to_string(&tree).unwrap();
        assert_eq!(ron::from_str::<Tree>(&text).unwrap(), tree);
    }

    #[test]
    fn trees_in_which_a_walk_would_get_lost_are_refused() {
        let refused = |change: fn(&mut TreeText)| {
            let mut text = TreeText::from(grown());
            change(&mut text);
            Tree::try_from(text).is_err()
        };
        assert!(!refused(|_| ()));
        assert!(refused(|text| text.children[3][0] = 3));
        assert!(refused(|text| text.children[3][1] = 1));
        assert!(refused(|text| text.children[0][1] = i32::MIN));
        assert!(refused(|text| text.children[0][1] = i32::MAX));
        assert!(refused(|text| text.root = -1000));
        assert!(refused(|text| text.leaves.clear()));
        assert!(refused(|text| text.thresholds[2] = f32::NAN));
        assert!(refused(|text| text.weights.truncate(2)));
    }
}
