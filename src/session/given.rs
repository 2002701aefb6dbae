//! The answers in force, with their times.

use std::collections::BTreeMap;

use super::{Action, Reply, Session};

/// An answer in force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Given {
    /// The instance.
    pub instance: usize,
    /// What was said of it.
    pub reply: Reply,
    /// When, in milliseconds since 1970 (UTC), where it is known.
    pub at: Option<u64>,
}

impl Session {
    /// The answers in force, the newest first.
    pub fn given(&self) -> Vec<Given> {
        let in_force = self.replies();
        let mut last: BTreeMap<usize, usize> = BTreeMap::new();
        let steps = self.steps();
        for (place, step) in steps.iter().enumerate() {
            match &step.action {
                Action::Answer { instances, .. } => {
                    last.extend(instances.iter().map(|&instance| (instance, place)));
                }
                Action::Carry { replies, .. } => {
                    last.extend(replies.iter().map(|(instance, _)| (*instance, place)));
                }
                Action::Withdraw { .. } | Action::Note { .. } | Action::Retrain => {}
            }
        }
        let mut places: Vec<(usize, usize)> = (last.into_iter())
            .filter(|(instance, _)| in_force.contains_key(instance))
            .map(|(instance, place)| (place, instance))
            .collect();
        places.sort_unstable_by(|a, b| b.cmp(a));
        let row = |(place, instance): (usize, usize)| Given {
            instance,
            reply: in_force[&instance],
            at: steps[place].at,
        };
        places.into_iter().map(row).collect()
    }
}
