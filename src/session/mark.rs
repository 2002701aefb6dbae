//! Events that the analyst marked at a moment of a sequence.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Action, Session, Step};

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

impl Session {
    /// The events in force, by name: each was marked once, and is carried over to all sequences.
    pub fn marks(&self) -> BTreeMap<String, Mark> {
        let mut marks = BTreeMap::new();
        for Step { action, .. } in self.steps() {
            match action {
                Action::Mark {
                    name,
                    mark: Some(mark),
                } => {
                    marks.insert(name.clone(), *mark);
                }
                Action::Mark { name, mark: None } => {
                    marks.remove(name);
                }
                Action::Carry { marks: carried, .. } => marks.extend(carried.iter().cloned()),
                Action::Answer { .. }
                | Action::Withdraw { .. }
                | Action::Note { .. }
                | Action::Tag { .. }
                | Action::NameTag { .. }
                | Action::Retrain => {}
            }
        }
        marks
    }

    /// Whether an event can be marked so, or taken away.
    pub(super) fn takes_mark(&self, name: &str, mark: Option<Mark>) -> bool {
        let marks = self.marks();
        let fits = marks.len() < Mark::MOST || marks.contains_key(name);
        Mark::validate_name(name).is_ok() && fits && marks.get(name).copied() != mark
    }
}
