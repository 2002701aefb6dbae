//! What was said of instances, with the times.

use std::collections::BTreeSet;

use super::tag::Tagged;
use super::{Action, Answer, Reply, Session, Step};

/// What was said of an instance.
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
        let mut met = BTreeSet::new();
        let newest = given_in_order(self.steps()).into_iter().rev();
        newest.filter(|given| met.insert(given.instance)).collect()
    }

    /// When the analyst did something, as far as it is known: answers that were carried over have
    /// times of their own.
    pub fn times(&self) -> impl Iterator<Item = u64> + '_ {
        let carried = self.steps().iter().filter_map(|step| match &step.action {
            Action::Carry { times, .. } => Some(times),
            _ => None,
        });
        let carried = carried.flatten().copied().flatten();
        let acts = self.steps().iter().filter_map(|step| step.at);
        acts.chain(carried)
    }
}

/// What was said of each instance, in order, replaced answers included and without what was taken
/// back.
pub(super) fn given_in_order(steps: &[Step]) -> Vec<Given> {
    let mut all: Vec<Given> = Vec::new();
    let mut tagged = Tagged::default();
    for Step { action, at, .. } in steps {
        match action {
            Action::Answer { instances, reply } => {
                all.extend(instances.iter().map(|&instance| Given {
                    instance,
                    reply: tagged.answered(instance, *reply),
                    at: *at,
                }));
            }
            Action::Carry { replies, times, .. } => {
                let own = times.iter().copied();
                let own = own.chain(std::iter::repeat(*at));
                let carried = replies.iter().zip(own);
                all.extend(carried.map(|(&(instance, reply), at)| Given {
                    instance,
                    reply: tagged.answered(instance, reply),
                    at,
                }));
            }
            Action::Withdraw { instances } => {
                let back: BTreeSet<usize> = instances.iter().copied().collect();
                all.retain(|given| !back.contains(&given.instance));
                back.iter().for_each(|&instance| tagged.set(instance, None));
            }
            Action::Tag { instances, tag } => {
                let meant: BTreeSet<usize> = instances.iter().copied().collect();
                for given in &mut all {
                    if given.reply.answer == Answer::Anomaly && meant.contains(&given.instance) {
                        given.reply.tag = *tag;
                        tagged.set(given.instance, *tag);
                    }
                }
            }
            Action::Note { .. }
            | Action::NameTag { .. }
            | Action::Mark { .. }
            | Action::Retrain => {}
        }
    }
    all
}
