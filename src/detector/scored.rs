//! What a detector says of rows that need not be those of its table.

use ndarray::Array2;

use super::Mixture;

/// What the two sources say of some points, each `[k, m]`.
pub(super) struct Said {
    /// The member scores.
    pub(super) scores: Array2<f32>,
    /// Score times relevance by cell, summed over a member's parts.
    pub(super) by_cells: Array2<f32>,
    /// Score times relevance by network; zeros where it has no weight.
    pub(super) by_network: Array2<f32>,
}

impl Said {
    /// The members' scores and products.
    pub(super) fn parts(self, mixture: Mixture) -> Parts {
        Parts {
            products: Array2::from_shape_fn(self.scores.dim(), |at| {
                mixture.cells * self.by_cells[at] + mixture.network * self.by_network[at]
            }),
            scores: self.scores,
        }
    }

    /// All that is told of rows.
    pub(super) fn scored(self, mixture: Mixture) -> Scored {
        let scores = self.totals(mixture);
        let parts = self.parts(mixture);
        Scored {
            scores,
            relevance: Array2::from_shape_fn(parts.scores.dim(), |(row, member)| {
                parts.relevance(row, member)
            }),
            member_scores: parts.scores,
        }
    }

    /// The anomaly scores, added up in the order in which the sources of a model are: source by
    /// source.
    fn totals(&self, mixture: Mixture) -> Vec<f32> {
        let rows = self.by_cells.rows().into_iter();
        rows.zip(self.by_network.rows())
            .map(|(by_cells, by_network)| {
                let cells = by_cells.iter().fold(0.0, |sum: f32, product| sum + product);
                let network = by_network.iter().sum::<f32>();
                mixture.cells * cells + mixture.network * network
            })
            .collect()
    }
}

/// What a detector says of some rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scored {
    /// The anomaly score of each row `[k]`.
    pub scores: Vec<f32>,
    /// The member scores `[k, m]`, `>= 0`.
    pub member_scores: Array2<f32>,
    /// The relevance of each member `[k, m]`; 0 where its score is 0.
    pub relevance: Array2<f32>,
}

impl Scored {
    /// The rows of all blocks, in their order, of `m` members.
    pub(super) fn concat(blocks: Vec<Self>, m: usize) -> Self {
        let k = blocks.iter().map(|block| block.scores.len()).sum();
        let table = |of: fn(&Self) -> &Array2<f32>| {
            let values = blocks.iter().flat_map(|block| of(block).iter().copied());
            // Each block has `m` values a row.
            Array2::from_shape_vec((k, m), values.collect()).unwrap_or_default()
        };
        Self {
            member_scores: table(|block| &block.member_scores),
            relevance: table(|block| &block.relevance),
            scores: blocks.into_iter().flat_map(|block| block.scores).collect(),
        }
    }

    /// The member with the largest relevance at a row; of several alike the one that scores the
    /// row highest.
    pub fn most_relevant(&self, row: usize) -> usize {
        most_relevant(self.relevance.ncols(), |member| {
            let at = [row, member];
            [self.relevance[at], self.member_scores[at]]
        })
    }
}

/// Relevance that differs by less is alike: before any answer that of all projections is.
const ALIKE: f32 = 1e-4;

/// The member with the largest relevance; of those alike the one with the largest score, and of
/// those the first. `said` gives relevance and score of each.
pub(super) fn most_relevant(members: usize, said: impl Fn(usize) -> [f32; 2]) -> usize {
    let most = (0..members).map(|member| said(member)[0]);
    let most = most.fold(f32::MIN, f32::max);
    let alike = (0..members).filter(|&member| said(member)[0] >= most - ALIKE);
    let best = alike.reduce(|best, member| match said(member)[1] > said(best)[1] {
        true => member,
        false => best,
    });
    best.unwrap_or(0)
}

/// The members' parts in the scores of some points, each `[k, m]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// The member scores `s_m`, `>= 0`.
    pub scores: Array2<f32>,
    /// The products `s_m · p_m`; a row's sum is the anomaly score.
    pub products: Array2<f32>,
}

impl Parts {
    /// The relevance `p_m` of a member at a point, in (0, 1): what its score is multiplied with.
    pub fn relevance(&self, point: usize, member: usize) -> f32 {
        let score = self.scores[[point, member]];
        match score > 0.0 {
            true => self.products[[point, member]] / score,
            false => 0.0,
        }
    }

    /// The member with the largest relevance at a point; of several alike the one that scores it
    /// highest.
    pub fn most_relevant(&self, point: usize) -> usize {
        most_relevant(self.scores.ncols(), |member| {
            [self.relevance(point, member), self.scores[[point, member]]]
        })
    }

    /// The anomaly score of each point.
    pub fn totals(&self) -> Vec<f32> {
        self.products
            .rows()
            .into_iter()
            .map(|row| row.sum())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_members_alike_the_one_that_scores_highest_is_named() {
        let named = |said: &[[f32; 2]]| most_relevant(said.len(), |member| said[member]);
        assert_eq!(
            named(&[[0.2, 9.0], [0.5, 1.0], [0.500_01, 0.5], [0.5, 1.0]]),
            1
        );
        assert_eq!(named(&[[0.5, 1.0], [0.6, 0.1], [0.5, 2.0]]), 1);
        assert_eq!(named(&[[0.0, 0.0], [0.0, 0.0]]), 0);
    }
}
