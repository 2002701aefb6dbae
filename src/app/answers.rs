//! The answers so far, for lists.

use std::collections::BTreeMap;

use super::Workspace;
use crate::numeric::number;
use crate::session::{Contradiction, Given, Pick, Reason, contradictions};

/// What lists show of the answers; derived when the session or the belief changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Answers {
    /// The answers in force, the newest first.
    pub(super) given: Vec<Given>,
    /// The notes in force.
    pub(super) notes: BTreeMap<usize, String>,
    /// The labels that the belief contradicts, the most first.
    pub(super) contradictions: Vec<Contradiction>,
}

impl Answers {
    pub(super) fn of(workspace: &Workspace) -> Self {
        let session = &workspace.session;
        let notes = session.notes().into_iter();
        Self {
            given: session.given(),
            notes: notes.map(|(at, text)| (at, text.to_owned())).collect(),
            contradictions: contradictions(&workspace.model, session.answers_in_order()),
        }
    }
}

impl Workspace {
    /// The answers in force, the newest first.
    pub fn given(&self) -> &[Given] {
        &self.derived.given
    }

    /// The note on an instance; empty where there is none.
    pub fn note(&self, instance: usize) -> &str {
        self.derived.notes.get(&instance).map_or("", String::as_str)
    }

    /// The labels that the belief contradicts, the most first: the queue of what to check again.
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
