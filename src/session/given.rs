//! What was said of instances, with the times.

use std::collections::BTreeSet;

use super::tagged::Tagged;
use super::{Action, Answer, Reply, Step};

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
