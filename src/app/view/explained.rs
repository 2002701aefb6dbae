//! What an explanation says of each column: categories as one value, not as one feature each.

use super::View;
use crate::dataset::Role;
use crate::detector::Why;

/// A column's value of the explained row, with its share of the explanation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Explained<'a> {
    /// A number: this feature.
    Number {
        /// The feature.
        feature: usize,
        /// Its share.
        share: f32,
    },
    /// A category.
    Category {
        /// The column.
        column: &'a str,
        /// The row's value.
        value: &'a str,
        /// The fraction of rows that have this value.
        rows: f64,
        /// The share of all features that the column makes.
        share: f32,
    },
}

impl Explained<'_> {
    /// The share of the explanation.
    pub fn share(&self) -> f32 {
        match self {
            Self::Number { share, .. } | Self::Category { share, .. } => *share,
        }
    }
}

impl<'a> View<'a> {
    /// The columns by their share of an explanation, the largest first; ties by column.
    pub fn explained_values(self, why: &Why) -> Vec<Explained<'a>> {
        let mut shares = vec![0.0_f32; self.open.dataset.n_features()];
        for share in &why.features {
            shares[share.feature] = share.share;
        }
        let mut found = Vec::new();
        let mut first = 0;
        for column in self.open.dataset.columns() {
            match &column.role {
                Role::OneHot { values } => {
                    let category = self.category(&column.name, values, (first, &shares), why);
                    found.extend(category);
                    first += values.len();
                }
                Role::Feature | Role::Score { .. } | Role::OfTime { .. } => {
                    let share = shares.get(first).copied().unwrap_or(0.0);
                    found.push(Explained::Number {
                        feature: first,
                        share,
                    });
                    first += 1;
                }
                Role::Label | Role::Id | Role::Time | Role::LeftOut { .. } => {}
            }
        }
        if first != shares.len() {
            // Images and sequences: their features are of no column.
            let each = shares.iter().enumerate();
            let each = each.map(|(feature, &share)| Explained::Number { feature, share });
            found = each.collect();
        }
        // Stable: ties stay in the order of the columns.
        found.sort_by(|a, b| b.share().total_cmp(&a.share()));
        found
    }

    fn category(
        self,
        column: &'a str,
        values: &'a [String],
        (first, shares): (usize, &[f32]),
        why: &Why,
    ) -> Option<Explained<'a>> {
        let indices = first..first + values.len();
        let row = self.open.dataset.features();
        let row = row.row(why.instance);
        let held = indices
            .clone()
            .find(|&feature| row.get(feature) == Some(&1.0))?;
        let below_half = self.columns().get(held)?.quantile_of(0.5);
        Some(Explained::Category {
            column,
            value: &values[held - first],
            rows: 1.0 - below_half,
            share: shares.get(indices)?.iter().sum(),
        })
    }
}
