//! Bytes to text to records: encodings, line by line, fields and what a quotation mark means.

pub(in crate::dataset) mod decode;
pub(in crate::dataset) mod grammar;
mod guess;
pub(in crate::dataset) mod parsed;
pub(in crate::dataset) mod record;
pub(in crate::dataset) mod wrapped;

pub(in crate::dataset) use self::grammar::{Grammar, is_typed};
pub(in crate::dataset) use self::parsed::Parsed;
