//! What an update changes.

use serde::{Deserialize, Serialize};

use super::SourcePerformance;
use super::temper::Temper;
use crate::network::{CellTable, Layout, NetworkState};
use crate::numeric::fnv1a;

/// All that the answers have changed: with the fitted detector, a model.
///
/// 1. Two equal weights, updated with the same labels, stay equal to the bit.
/// 2. It is plain numbers, so a session file holds it as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// The relevance network.
    pub network: NetworkState,
    /// Relevance by cell: the bold table, or the only one.
    pub cells: CellTable,
    /// The cautious table; empty where there is none.
    #[serde(default)]
    pub cautious: CellTable,
    /// How well each of the two has ranked what was asked.
    #[serde(rename = "evidence")]
    pub performance: SourcePerformance,
}

impl Weights {
    /// One of the tables.
    pub(super) fn table(&self, temper: Temper) -> &CellTable {
        match temper {
            Temper::Bold => &self.cells,
            Temper::Cautious => &self.cautious,
        }
    }

    /// A digest of every bit, optimisers included.
    pub fn digest(&self) -> u64 {
        let (network, cells, performance) = (&self.network, &self.cells, &self.performance);
        let places = [&cells.cells, &performance.judged, &self.cautious.cells];
        let places = places.into_iter().flatten();
        // The counts tell where one list ends and the next begins.
        let counts = [
            network.adam.time,
            cells.adam.time,
            network.weights.len(),
            cells.cells.len(),
        ];
        // Where there is no cautious table, the digest is that of before there could be one.
        let cautious = [self.cautious.adam.time, self.cautious.cells.len()];
        let cautious = cautious.into_iter().filter(|count| *count > 0);
        let words = self
            .numbers()
            .map(|number| number.to_bits())
            .chain(places.copied())
            .chain(counts.map(|count| count as u32))
            .chain(cautious.map(|count| count as u32))
            .chain(Some(performance.found).filter(|found| *found > 0));
        fnv1a(words.flat_map(u32::to_le_bytes))
    }

    /// Every number, optimisers included.
    fn numbers(&self) -> impl Iterator<Item = &f32> {
        let (network, cells, cautious) = (&self.network, &self.cells, &self.cautious);
        let numbers = [
            &network.weights,
            &network.adam.mean,
            &network.adam.square,
            &cells.logits,
            &cells.adam.mean,
            &cells.adam.square,
            &cautious.logits,
            &cautious.adam.mean,
            &cautious.adam.square,
        ];
        let judged = self.performance.losses.iter();
        // Two zeros where there is one table only: they were not there before.
        let tables = self.performance.tables.iter().filter(|loss| **loss != 0.0);
        numbers.into_iter().flatten().chain(judged).chain(tables)
    }

    /// Checks that weights from elsewhere fit a detector that was fitted to `n` instances.
    ///
    /// # Errors
    /// A phrase that says what does not fit.
    pub(super) fn validate(&self, layout: &Layout, n_cells: usize, n: usize) -> Result<(), String> {
        let (network, cells, performance) = (&self.network, &self.cells, &self.performance);
        if network.layout != *layout {
            return Err("the network has other layers than its settings and table ask for".into());
        }
        let sizes = [
            (
                "weights of the network",
                network.weights.len(),
                network.layout.len(),
            ),
            ("logits of cells", cells.logits.len(), cells.cells.len()),
            (
                "logits of the cautious cells",
                self.cautious.logits.len(),
                self.cautious.cells.len(),
            ),
        ];
        let moments = [
            (
                "moments of the network",
                &network.adam,
                network.weights.len(),
            ),
            ("moments of cells", &cells.adam, cells.logits.len()),
            (
                "moments of the cautious cells",
                &self.cautious.adam,
                self.cautious.logits.len(),
            ),
        ];
        let moments = moments.iter().flat_map(|(what, adam, full)| {
            let expected = if adam.time == 0 { 0 } else { *full };
            [adam.mean.len(), adam.square.len()].map(|found| (*what, found, expected))
        });
        let wrong = sizes
            .into_iter()
            .chain(moments)
            .find(|(_, found, expected)| found != expected);
        if let Some((what, found, expected)) = wrong {
            return Err(format!("there are {found} {what} where {expected} fit"));
        }
        if !self.numbers().all(|number| number.is_finite()) {
            return Err("a weight is not finite".into());
        }
        let listed = |values: &[u32], end: usize| {
            let last = values.last().is_none_or(|&last| (last as usize) < end);
            last && values.is_sorted_by(|a, b| a < b)
        };
        let fits = listed(&cells.cells, n_cells)
            && listed(&self.cautious.cells, n_cells)
            && listed(&performance.judged, n);
        match fits {
            true => Ok(()),
            false => Err("the lists of cells or of judged instances are out of order".into()),
        }
    }
}
