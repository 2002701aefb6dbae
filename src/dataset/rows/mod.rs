//! The rows of a file: which lines are some, what their cells hold, what they are called; and those of
//! another table, one batch after another.

mod among;
pub(super) mod batch;
mod below;
pub(super) mod by_schema;
pub(super) mod cell;
pub(super) mod furniture;
pub(super) mod ids;
pub(super) mod lines_of;
mod met;
pub(super) mod original;
pub(super) mod records;
pub(super) mod truth;
