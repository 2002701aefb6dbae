//! What the columns of a table are: what was met in them, the roles they get, and the features that
//! they make, here and in another table.

pub(super) mod assemble;
pub(super) mod categories;
pub(super) mod column;
pub(super) mod feature;
pub(super) mod finding;
pub(super) mod gather;
pub(super) mod label;
pub(super) mod matching;
pub(super) mod notice;
pub(super) mod resolve;
pub(super) mod schema;
pub(super) mod settle;
pub(super) mod spread;
pub(super) mod standardise;
pub(super) mod time_features;
pub(super) mod time_part;
pub(super) mod times;
