//! Events that the analyst marked at a moment of a sequence.

use serde::{Deserialize, Serialize};

/// Where an event was marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    /// The sequence.
    pub instance: usize,
    /// Its moment, counted from 0.
    pub moment: usize,
}

impl Mark {
    /// Longest name of an event, in bytes.
    pub const LONGEST: usize = 60;

    /// Most events of a session.
    pub const MOST: usize = 100;

    /// Checks that an event can be called so.
    ///
    /// # Errors
    /// A sentence that says why not.
    pub fn validate_name(name: &str) -> Result<(), String> {
        let longest = Self::LONGEST;
        if name.trim().is_empty() {
            return Err("an event has no name".to_owned());
        }
        match name.len() > longest {
            true => Err(format!(
                "the name of an event is longer than {longest} bytes"
            )),
            false => Ok(()),
        }
    }
}
