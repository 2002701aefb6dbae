//! A forest of isolating trees.

use ndarray::ArrayView2;
use serde::{Deserialize, Serialize};

use super::{Count, FOREST_FLOOR, FOREST_PRIOR, Kind, KindEntry, SUBSAMPLE};
use crate::ensemble::describe::heaviest;
use crate::ensemble::trees::{Cut, DEEPEST, Descent, Tree};
use crate::ensemble::{CellScore, Detector, PartView};
use crate::numeric::{map_each, stream};

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const OBLIQUE: KindEntry = KindEntry {
    name: "eif",
    count: Some(Count {
        what: "trees",
        usual: 50,
        most: 1000,
    }),
    title: "oblique forest",
    scores: "the same with slanting cuts across two features (trees)",
    kind: |count| Kind::ObliqueForest {
        trees: count,
        subsample: SUBSAMPLE,
    },
    prior: FOREST_PRIOR,
    floor: FOREST_FLOOR,
};

/// How it is written, what it looks at and how it enters an ensemble.
pub(super) const STRAIGHT: KindEntry = KindEntry {
    name: "iforest",
    count: Some(Count {
        what: "trees",
        usual: 100,
        most: 1000,
    }),
    title: "isolation forest",
    scores: "isolation forest: how few random cuts across one feature set an instance apart (trees)",
    kind: |count| Kind::IsolationForest {
        trees: count,
        subsample: SUBSAMPLE,
    },
    prior: FOREST_PRIOR,
    floor: FOREST_FLOOR,
};

/// Trees that isolate, each on a sample of its own; every tree is a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forest {
    cut: Cut,
    trees: Vec<Tree>,
}

impl Forest {
    /// Grows `trees` on `subsample` instances each of `x` `[n, d]`, standardised and in standard
    /// layout.
    pub(in crate::ensemble) fn fit(
        x: ArrayView2<'_, f32>,
        trees: usize,
        subsample: usize,
        cut: Cut,
        seed: u64,
    ) -> Self {
        Self::grow(x, trees, subsample, DEEPEST, cut, seed)
    }

    /// Grows trees of at most `deepest` levels below the root, as other programs do.
    ///
    /// # Shapes
    /// `x` `[n, d]`, standardised and in standard layout; `subsample` of its rows for each tree.
    pub fn grow(
        x: ArrayView2<'_, f32>,
        trees: usize,
        subsample: usize,
        deepest: usize,
        cut: Cut,
        seed: u64,
    ) -> Self {
        let purpose = match cut {
            Cut::Straight => "isolation tree",
            Cut::Oblique => "oblique tree",
        };
        let grow = |index| {
            let mut random = stream(seed, purpose, index as u64);
            Tree::grow(x, subsample, deepest, cut, &mut random)
        };
        Self {
            cut,
            trees: map_each(trees, grow),
        }
    }

    /// How its trees cut.
    pub fn cut(&self) -> Cut {
        self.cut
    }

    /// The trees.
    pub fn trees(&self) -> &[Tree] {
        &self.trees
    }
}

impl Detector for Forest {
    fn parts(&self) -> usize {
        self.trees.len()
    }

    fn cells(&self, part: usize) -> usize {
        self.trees[part].len()
    }

    fn cell_score(&self, part: usize, x: &[f32]) -> CellScore {
        self.trees[part].cell_score(x)
    }

    fn find_cells(&self, part: usize, x: &[f32], cells: &mut [u32]) {
        let d = x.len() / cells.len().max(1);
        Descent::new(&self.trees[part], self.cut).cells(x, d.max(1), cells);
    }

    fn is_even(&self) -> bool {
        true
    }

    fn cell_scores(&self, part: usize) -> Option<Vec<f32>> {
        Some(self.trees[part].leaves.clone())
    }

    fn feature_shares(&self, x: &[f32]) -> Vec<f32> {
        let mut credits = vec![0.0; x.len()];
        for tree in &self.trees {
            tree.credit(x, &mut credits);
        }
        credits
    }

    fn part_view(&self, part: usize, x: &[f32]) -> PartView {
        PartView::Cuts(self.trees[part].cuts(x))
    }

    fn validate(&self, d: usize) -> Result<(), String> {
        match self.trees.iter().map(Tree::largest_feature).max() {
            None => Err("a forest has no trees".to_owned()),
            Some(most) if most >= d => Err(format!(
                "a tree looks at feature {most} of {d}, counted from 0"
            )),
            Some(_) => Ok(()),
        }
    }

    fn describe(&self, features: &[String], x: &[f32]) -> String {
        let how = match self.cut {
            Cut::Straight => "cuts across one feature at a time",
            Cut::Oblique => "slanting cuts across two features at a time",
        };
        let most = heaviest(&self.feature_shares(x), features, 3);
        format!(
            "how few random {how} set the instance apart from all others, in {} trees; here mostly cuts in {most}",
            self.trees.len()
        )
    }
}
