//! The trees that all rivals share, and where the instances lie in them.

use ndarray::ArrayView2;

use crate::ensemble::{Cut, Detector, Forest};
use crate::numeric::map_blocks;

/// Instances that are placed or scored at once.
const BLOCK: usize = 1024;

/// A forest with the leaves of all instances, counted through all trees.
pub(super) struct Grove {
    pub(super) trees: usize,
    /// The leaf of each instance in each tree `[n × trees]`.
    pub(super) leaves: Vec<u32>,
    /// The depth of each leaf, with that of a tree that would sort out who shares it.
    pub(super) depths: Vec<f64>,
    /// The mean depth of a tree of as many instances as each tree saw.
    pub(super) usual: f64,
    /// The edges above each leaf, counted through all trees.
    pub(super) paths: Vec<Vec<u32>>,
    /// The number of edges of all trees.
    pub(super) edges: usize,
    /// The most levels of a tree.
    pub(super) deepest: usize,
}

impl Grove {
    /// Grows trees on `x` `[n, d]`, standardised and in standard layout, and places its rows.
    pub(super) fn grow(
        x: ArrayView2<'_, f32>,
        trees: usize,
        subsample: usize,
        deepest: usize,
        seed: u64,
    ) -> Self {
        let forest = Forest::grow(x, trees, subsample, deepest, Cut::Straight, seed);
        let seen = subsample.min(x.nrows());
        let mut grove = Self {
            trees,
            leaves: Vec::new(),
            depths: Vec::new(),
            usual: f64::from(crate::ensemble::mean_depth(seen)).max(1.0),
            paths: Vec::new(),
            edges: 0,
            deepest,
        };
        let mut firsts = Vec::with_capacity(trees);
        for tree in forest.trees() {
            firsts.push(grove.depths.len() as u32);
            let depths = tree.depths(seen).into_iter().map(f64::from);
            // A tree that could not cut has a depth of 0, by which nobody can divide.
            grove.depths.extend(depths.map(|depth| depth.max(1.0)));
            let first = grove.paths.len();
            grove.paths.resize(first + tree.len(), Vec::new());
            let mut open = vec![(tree.root(), Vec::new())];
            while let Some((node, path)) = open.pop() {
                match tree.nodes().get(node as usize) {
                    Some(cut) if node >= 0 => {
                        for child in cut.children {
                            let mut path: Vec<u32> = path.clone();
                            path.push(grove.edges as u32);
                            grove.edges += 1;
                            open.push((child, path));
                        }
                    }
                    _ => grove.paths[first + (-node - 1) as usize] = path,
                }
            }
        }
        let values = x.as_slice().unwrap_or_default();
        let d = x.ncols().max(1);
        let blocks = map_blocks(x.nrows(), BLOCK, |rows| {
            let values = &values[rows.start * d..rows.end * d];
            let mut leaves = vec![0; rows.len() * trees];
            let mut cells = vec![0; rows.len()];
            for (tree, first) in firsts.iter().enumerate() {
                forest.find_cells(tree, values, &mut cells);
                for (row, cell) in cells.iter().enumerate() {
                    leaves[row * trees + tree] = first + cell;
                }
            }
            leaves
        });
        grove.leaves = blocks.concat();
        grove
    }

    /// The leaves of an instance, one a tree.
    pub(super) fn of(&self, instance: usize) -> &[u32] {
        &self.leaves[instance * self.trees..(instance + 1) * self.trees]
    }

    /// The sum of what an instance's leaves are worth, for all instances.
    pub(super) fn scores(&self, worth: &[f64]) -> Vec<f32> {
        let n = self.leaves.len() / self.trees.max(1);
        let blocks = map_blocks(n, BLOCK, |rows| {
            let scores = rows.map(|instance| {
                let worth = self.of(instance).iter().map(|&leaf| worth[leaf as usize]);
                worth.sum::<f64>() as f32
            });
            scores.collect::<Vec<f32>>()
        });
        blocks.concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn a_leaf_lies_as_deep_as_its_path_where_it_is_not_shared() {
        let x = Array2::from_shape_fn((40, 2), |(row, column)| {
            ((row * (7 + 4 * column)) % 40) as f32
        });
        let grove = Grove::grow(x.view(), 5, 40, 24, 3);
        assert_eq!(grove.leaves.len(), 40 * 5);
        assert_eq!(
            grove.paths.iter().map(Vec::len).max(),
            grove
                .depths
                .iter()
                .map(|depth| depth.round() as usize)
                .max()
        );
        for (path, depth) in grove.paths.iter().zip(&grove.depths) {
            assert!((path.len() as f64 - depth).abs() < 1e-4);
        }
        let counted = grove.scores(&vec![1.0; grove.depths.len()]);
        assert_eq!(counted, [5.0; 40], "one leaf in each of five trees");
        let shallow = Grove::grow(x.view(), 5, 40, 2, 3);
        assert!(shallow.paths.iter().all(|path| path.len() <= 2));
    }
}
