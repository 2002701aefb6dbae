//! The answers so far, for lists.

use std::collections::BTreeMap;

use super::Workspace;
use crate::numeric::number;
use crate::session::{
    Confidence, Contradiction, Given, Pace, Pick, Reason, Reply, Stop, Tag, TagNames,
    contradictions,
};

/// What lists show of the answers; derived when the session or the model changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    /// How fast the analyst answers.
    pub(super) pace: Option<Pace>,
    /// The parts of the stopping rule that are met.
    pub(super) stops: Vec<Stop>,
    /// The labels that the model contradicts, the most first.
    pub(super) contradictions: Vec<Contradiction>,
}

impl Answers {
    pub(super) fn of(workspace: &Workspace) -> Self {
        let session = &workspace.session;
        Self {
            pace: session.pace(),
            stops: session.stops(workspace.remaining()),
            contradictions: contradictions(&workspace.model, workspace.summary.answers_in_order()),
        }
    }
}

impl Workspace {
    /// The answers in force, the newest first.
    pub fn given(&self) -> &[Given] {
        &self.summary.given
    }

    /// The note on an instance; empty where there is none.
    pub fn note(&self, instance: usize) -> &str {
        let notes = &self.summary.notes;
        notes.get(&instance).map_or("", String::as_str)
    }

    /// What was said of an instance, if it has an answer.
    pub fn reply(&self, instance: usize) -> Option<Reply> {
        self.summary.replies.get(&instance).copied()
    }

    /// What was said in the answers in force, by instance.
    pub fn replies(&self) -> &BTreeMap<usize, Reply> {
        &self.summary.replies
    }

    /// What the tags are called.
    pub fn tag_names(&self) -> &TagNames {
        &self.summary.tag_names
    }

    /// How many anomalies have a tag, or none.
    pub fn tag_count(&self, tag: Option<Tag>) -> usize {
        let (counts, without) = self.summary.tag_counts;
        tag.map_or(without, |tag| counts[tag.index()])
    }

    /// The tags that the analyst named or gave.
    pub fn known_tags(&self) -> impl Iterator<Item = Tag> + '_ {
        let is_known =
            |tag: &Tag| self.tag_names().given(*tag).is_some() || self.tag_count(Some(*tag)) > 0;
        Tag::ALL.into_iter().filter(is_known)
    }

    /// An answer in words, with its tag; only a label that is not sure says how sure.
    pub fn said(&self, reply: Reply) -> String {
        let mut words = reply.answer.name().to_owned();
        if let Some(tag) = reply.tag {
            words += &format!(": {}", self.tag_names().of(tag));
        }
        match (reply.answer.label(), reply.confidence) {
            (Some(_), Confidence::Fairly) => words + ", fairly",
            _ => words,
        }
    }

    /// The labels that the model contradicts, the most first: the queue of what to check again.
    pub fn contradictions(&self) -> &[Contradiction] {
        &self.derived.contradictions
    }

    /// The instances of this round, answered ones included.
    pub fn round(&self) -> &[Pick] {
        &self.round
    }

    /// Why an instance is in this round, as a sentence.
    pub fn reason(&self, pick: &Pick) -> String {
        let names = self.member_names();
        let nth = |place: usize| match place {
            0 => "the best".to_owned(),
            place => format!("the {} best", number::ordinal(place + 1)),
        };
        match pick.reason {
            Reason::Place(place) => format!("{} of the candidates", nth(place)),
            Reason::Distance(distance) => format!(
                "farthest from those before it: {distance:.2} standard deviations from the nearest"
            ),
            Reason::Member(member, place) => {
                format!(
                    "{} of those to which {} is the most relevant",
                    nth(place),
                    names[member]
                )
            }
        }
    }
}
