//! Trees that isolate instances by random cuts, how many points go down one at once, and how one
//! stands in a file.

mod descent;
mod text;
mod tree;

pub(in crate::ensemble) use descent::Descent;
pub(in crate::ensemble) use tree::DEEPEST;
pub use tree::{Cut, Node, Tree, mean_depth};
