//! The tags that instances have.

use std::collections::BTreeMap;

use super::{Answer, Reply, Tag};

/// The tags that instances have at a place of the history.
#[derive(Default)]
pub(super) struct Tagged(BTreeMap<usize, Tag>);

impl Tagged {
    pub(crate) fn set(&mut self, instance: usize, tag: Option<Tag>) {
        match tag {
            Some(tag) => self.0.insert(instance, tag),
            None => self.0.remove(&instance),
        };
    }

    /// Takes an answer in and returns it as it stands: an anomaly that is confirmed without a tag
    /// keeps the one that it had, and what is no anomaly any more loses it.
    pub(super) fn answered(&mut self, instance: usize, reply: Reply) -> Reply {
        let tag = match reply.answer {
            Answer::Anomaly => reply.tag.or(self.0.get(&instance).copied()),
            _ => None,
        };
        self.set(instance, tag);
        Reply { tag, ..reply }
    }
}

/// How many anomalies have each tag, by place; and how many have none.
pub(super) fn counts_of<'a>(replies: impl Iterator<Item = &'a Reply>) -> ([usize; 9], usize) {
    let (mut counts, mut without) = ([0; 9], 0);
    for reply in replies {
        match reply.tag {
            Some(tag) => counts[tag.index()] += 1,
            None => without += usize::from(reply.answer == Answer::Anomaly),
        }
    }
    (counts, without)
}
