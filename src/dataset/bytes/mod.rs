//! From the bytes of a file to its text: counted, decoded, bounded, in pieces for all cores.

pub(super) mod counted;
pub(super) mod memory;
pub(super) mod pieces;
pub(super) mod text_source;
