//! The machine: every write, sync and rename of the files that must not be lost (sessions, journals,
//! exports), and its clock.
//!
//! 1. Nothing above this layer writes such a file in another way, so that tests can let any one of
//!    these calls fail (`fault`) and look at what is left.
//! 2. A file that is written as a whole ([`replace()`]) is at every moment the old one or the new one.

//! 3. In a page all files are in memory, and what is written reaches the browser's storage by a log
//!    (`page`); [`fs`] is that or the system's, for whoever reads.

mod aside;
mod file;
#[cfg(any(test, target_arch = "wasm32"))]
pub mod page;
mod replace;
mod system;

#[cfg(test)]
pub(crate) mod fault;

#[cfg(target_arch = "wasm32")]
pub use page as fs;
#[cfg(not(target_arch = "wasm32"))]
pub use std::fs;

pub use aside::{free_name, kept, name_again, put_aside};
pub use file::{File, copy, hard_link, remove, rename, sync_folder};
pub use replace::{replace, with_ending};
pub use system::{exists, is_dir, is_file, now, process_id};
