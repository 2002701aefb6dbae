//! How training goes.

/// The loss of each step of an update, by source; empty for a source that there is not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Losses {
    /// Of the table of cells.
    pub cells: Vec<f32>,
    /// Of the network.
    pub network: Vec<f32>,
}
