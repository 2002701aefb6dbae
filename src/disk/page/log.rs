//! The log of changes: what it says and how it is written.
//!
//! A record is its length, a checksum and what it says, so that the end of a log that was torn is
//! known for one.

use std::path::{Path, PathBuf};

use crate::numeric::fnv1a;

/// What happened to the files that are kept. Files have numbers, since names change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// A file got a name; whatever had it before has it no longer.
    Named(PathBuf, u64),
    /// A name is gone.
    Unnamed(PathBuf),
    /// Bytes were written into a file, from a place on.
    Written(u64, u64, Vec<u8>),
    /// A file has a length.
    Cut(u64, u64),
}

/// Bytes of a record before what it says.
const HEAD: usize = 12;

fn checksum(said: &[u8]) -> u64 {
    fnv1a(said.iter().copied())
}

impl Change {
    /// Adds the record to a log.
    pub(super) fn write(&self, log: &mut Vec<u8>) {
        let path = |path: &Path| path.to_string_lossy().into_owned().into_bytes();
        let (kind, numbers, rest): (u8, &[u64], Vec<u8>) = match self {
            Self::Named(name, file) => (0, &[*file], path(name)),
            Self::Unnamed(name) => (1, &[], path(name)),
            Self::Written(file, at, bytes) => (2, &[*file, *at], bytes.clone()),
            Self::Cut(file, length) => (3, &[*file, *length], Vec::new()),
        };
        let numbers = numbers.iter().flat_map(|number| number.to_le_bytes());
        let said: Vec<u8> = [kind].into_iter().chain(numbers).chain(rest).collect();
        let length = u32::try_from(said.len()).unwrap_or(u32::MAX);
        log.extend(length.to_le_bytes());
        log.extend(checksum(&said).to_le_bytes());
        log.extend(said);
    }

    /// Reads a record, and how long it is; `None` where there is no whole one.
    pub(super) fn read(log: &[u8]) -> Option<(Self, usize)> {
        let (length, rest) = log.split_first_chunk()?;
        let (sum, rest) = rest.split_first_chunk()?;
        let length = u32::from_le_bytes(*length) as usize;
        let said = rest.get(..length)?;
        if checksum(said) != u64::from_le_bytes(*sum) {
            return None;
        }
        let (kind, said) = said.split_first()?;
        let number = |said: &mut &[u8]| {
            let (number, rest) = said.split_first_chunk()?;
            *said = rest;
            Some(u64::from_le_bytes(*number))
        };
        let path = |said: &[u8]| Some(PathBuf::from(std::str::from_utf8(said).ok()?));
        let mut said = said;
        let change = match kind {
            0 => {
                let file = number(&mut said)?;
                Self::Named(path(said)?, file)
            }
            1 => Self::Unnamed(path(said)?),
            2 => Self::Written(number(&mut said)?, number(&mut said)?, said.to_vec()),
            3 => Self::Cut(number(&mut said)?, number(&mut said)?),
            _ => return None,
        };
        Some((change, HEAD + length))
    }
}
