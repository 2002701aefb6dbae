//! The answers so far, for lists.

use std::collections::BTreeMap;

use super::Workspace;
use crate::session::{Action, Contradiction, Pick, Reason, Reply, contradictions};

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
            given: given(workspace),
            notes: notes.map(|(at, text)| (at, text.to_owned())).collect(),
            contradictions: contradictions(&workspace.model, session.answers_in_order()),
        }
    }
}

fn given(workspace: &Workspace) -> Vec<Given> {
    let in_force = workspace.session.replies();
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    let steps = workspace.session.steps();
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
            1 => "the 2nd best".to_owned(),
            2 => "the 3rd best".to_owned(),
            place => format!("number {}", place + 1),
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
