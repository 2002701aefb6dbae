//! Scores that the instances brought along.

use super::Dataset;
use crate::dataset::{Column, Role};
use crate::imaging::image_weights;
use crate::sequence::sequence_weight;

/// A score that the instances brought along.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brought<'a> {
    /// The feature that it is.
    pub feature: usize,
    /// What it is called.
    pub name: &'a str,
    /// What it measures; follows "it scores".
    pub meaning: &'a str,
    /// How much it counts beside the others, as a multiple of its spread.
    pub weight: f32,
}

impl Dataset {
    /// The scores that the instances brought along.
    pub fn given_scores(&self) -> Vec<Brought<'_>> {
        let weights = weights(&self.columns);
        let mut feature = 0;
        let mut given = Vec::new();
        for (column, weight) in self.columns.iter().zip(weights) {
            if let Role::Score { meaning } = &column.role {
                given.push(Brought {
                    feature,
                    name: &column.name,
                    meaning,
                    weight,
                });
            }
            feature += column.features().len();
        }
        given
    }
}

/// How much each column counts where it is a score beside others: as its detector says for
/// images and for the shapes of sequences, as much as any other for all else.
fn weights(columns: &[Column]) -> Vec<f32> {
    let has = |name: &str| {
        let mut columns = columns.iter();
        columns.any(|column| matches!(column.role, Role::Score { .. }) && column.name == name)
    };
    let weight = image_weights(has);
    let weights = columns.iter();
    weights
        .map(|column| weight(&column.name) * sequence_weight(&column.name))
        .collect()
}
