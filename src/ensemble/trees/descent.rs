//! Many points down a tree at once.

use super::tree::{Cut, Tree};

/// Points that go down side by side: while one waits for its node, the others move.
const LANES: usize = 8;

/// A tree laid out for descending: leaves are steps that lead to themselves, so that points which
/// have arrived can go on stepping until all have.
pub(in crate::ensemble) struct Descent {
    steps: Vec<Step>,
    root: u32,
    /// The place of the first leaf among the steps.
    leaves: u32,
    cut: Cut,
}

#[derive(Clone, Copy)]
struct Step {
    features: [u16; 2],
    weights: [f32; 2],
    threshold: f32,
    children: [u32; 2],
}

impl Descent {
    pub(in crate::ensemble) fn new(tree: &Tree, cut: Cut) -> Self {
        let leaves = tree.nodes.len() as u32;
        let place = |child: i32| match child {
            0.. => child as u32,
            _ => leaves + (-child - 1) as u32,
        };
        let nodes = tree.nodes.iter().map(|node| Step {
            features: node.features,
            weights: node.weights,
            threshold: node.threshold,
            children: node.children.map(place),
        });
        let leaf = |leaf: usize| Step {
            features: [0; 2],
            weights: [0.0; 2],
            threshold: 0.0,
            children: [leaves + leaf as u32; 2],
        };
        Self {
            root: place(tree.root),
            leaves,
            cut,
            steps: nodes.chain((0..tree.len()).map(leaf)).collect(),
        }
    }

    /// Finds the leaves of standardised points `[k, d]`, `d > 0`, into `cells` `[k]`.
    pub(in crate::ensemble) fn cells(&self, x: &[f32], d: usize, cells: &mut [u32]) {
        match self.cut {
            Cut::Straight => self.descend(x, d, cells, |step, x| {
                // The second weight of a straight cut is 0.
                x[usize::from(step.features[0])] >= step.threshold
            }),
            Cut::Oblique => self.descend(x, d, cells, |step, x| {
                let [a, b] = step.features.map(|feature| x[usize::from(feature)]);
                step.weights[0] * a + step.weights[1] * b >= step.threshold
            }),
        }
    }

    fn descend(
        &self,
        x: &[f32],
        d: usize,
        cells: &mut [u32],
        is_above: impl Fn(&Step, &[f32]) -> bool,
    ) {
        let next = |at: u32, x: &[f32]| {
            let step = &self.steps[at as usize];
            step.children[usize::from(is_above(step, x))]
        };
        let points = x.chunks(LANES * d);
        for (points, cells) in points.zip(cells.chunks_mut(LANES)) {
            let mut at = [self.root; LANES];
            while at[..cells.len()].iter().any(|&at| at < self.leaves) {
                for (at, x) in at.iter_mut().zip(points.chunks_exact(d)) {
                    *at = next(*at, x);
                }
            }
            for (cell, at) in cells.iter_mut().zip(at) {
                *cell = at - self.leaves;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::stream;
    use ndarray::Array2;
    use rand_distr::{Distribution, StandardNormal};

    #[test]
    fn points_side_by_side_end_where_each_ends_alone() {
        let mut random = stream(1, "descent", 0);
        let x = Array2::from_shape_simple_fn((203, 3), || StandardNormal.sample(&mut random));
        for cut in [Cut::Straight, Cut::Oblique] {
            let tree = Tree::grow(x.view(), 100, 24, cut, &mut stream(2, "tree", 0));
            let mut cells = vec![0; x.nrows()];
            let values = x.as_slice().expect("standard layout");
            Descent::new(&tree, cut).cells(values, 3, &mut cells);
            let alone = values
                .chunks_exact(3)
                .map(|x| tree.cell_score(x).cell as u32);
            assert_eq!(cells, alone.collect::<Vec<_>>());
        }
        let alike = Array2::<f32>::ones((9, 3));
        let tree = Tree::grow(
            alike.view(),
            9,
            24,
            Cut::Straight,
            &mut stream(2, "tree", 0),
        );
        let mut cells = vec![7; 9];
        Descent::new(&tree, Cut::Straight).cells(&[1.0; 27], 3, &mut cells);
        assert_eq!(cells, [0; 9]);
    }
}
