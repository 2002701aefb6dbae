//! How boldly a table of cells follows the answers.

use super::Settings;
use crate::network::CellSettings;

/// A table of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Temper {
    Bold,
    Cautious,
}

impl Temper {
    /// In the order in which [`SourcePerformance`](super::SourcePerformance) has its tables.
    pub(super) const BOTH: [Self; 2] = [Self::Bold, Self::Cautious];

    /// How an update trains it.
    pub(super) fn settings(self, settings: &Settings) -> CellSettings {
        let mut own = settings.cells.clone();
        if self == Self::Cautious {
            own.lambda = settings.balance.cautious;
        }
        own
    }
}
