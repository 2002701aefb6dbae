//! What an update changes.

use serde::{Deserialize, Serialize};

use super::Evidence;
use crate::network::{CellTable, NetworkState};

/// All that the answers have changed: with the fitted detector, a belief.
///
/// 1. Two equal weights, updated with the same labels, stay equal to the bit.
/// 2. It is plain numbers, so a session file holds it as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weights {
    /// The relevance network.
    pub network: NetworkState,
    /// Relevance by cell.
    pub cells: CellTable,
    /// How well each of the two has ranked what was asked.
    pub evidence: Evidence,
}
