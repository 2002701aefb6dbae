//! The schema of a table.

use super::Dataset;
use crate::dataset::columns::feature;
use crate::dataset::columns::schema::width;
use crate::dataset::{Fill, Role, Schema};
use crate::numeric::map_each;

impl Schema {
    /// The schema of a table.
    pub fn of(dataset: &Dataset) -> Self {
        let columns = dataset.columns().to_vec();
        let firsts: Vec<usize> = columns
            .iter()
            .scan(0, |next, column| {
                let first = *next;
                *next += width(&column.role);
                Some(first)
            })
            .collect();
        let features = dataset.features();
        let fill = |index: usize| {
            let first = firsts[index];
            match &columns[index].role {
                Role::Feature | Role::Score { .. } | Role::OfTime { .. } => {
                    let median = feature::median(features.column(first).to_vec());
                    Fill::Number(median.unwrap_or_default())
                }
                Role::OneHot { values } => {
                    let holds = |index: usize| {
                        let cells = features.column(first + index).into_iter();
                        cells.filter(|cell| **cell == 1.0).count()
                    };
                    let counts: Vec<usize> = (0..values.len()).map(holds).collect();
                    let most = counts.iter().max();
                    let usual = counts.iter().position(|count| Some(count) == most);
                    // At most MAX_CATEGORIES.
                    Fill::Category(usual.unwrap_or(0) as u8)
                }
                Role::Label | Role::Id | Role::Time | Role::LeftOut { .. } => Fill::Nothing,
            }
        };
        let unit = |index: usize| match &columns[index].role {
            Role::Feature => dataset.unit(firsts[index]),
            _ => None,
        };
        Self {
            fills: map_each(columns.len(), fill),
            units: (0..columns.len()).map(unit).collect(),
            columns,
            feature_names: dataset.feature_names().to_vec(),
        }
    }
}
