//! Every write, sync and rename of the files that must not be lost: sessions, journals, exports.
//!
//! 1. Nothing above this layer writes such a file in another way, so that tests can let any one of
//!    these calls fail (`fault`) and look at what is left.
//! 2. A file that is written as a whole ([`replace()`]) is at every moment the old one or the new one.

mod file;
mod replace;

#[cfg(test)]
pub(crate) mod fault;

pub use file::{File, copy, hard_link, remove, rename, sync_folder};
pub use replace::{replace, with_ending};
