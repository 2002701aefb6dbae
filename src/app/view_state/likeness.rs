//! The instances that are like the current candidate, and what is done with them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ViewState;
use crate::app::open_session::OpenSession;
use crate::detector::{Similar, Space};
use crate::worker::Request;

/// Instances that are looked for.
const MOST: usize = 100;

/// What was found, what was asked for, and what the analyst chose of it.
#[derive(Default)]
pub(in crate::app) struct Likeness {
    pub(in crate::app) space: Space,
    pub(in crate::app) found: Option<Arc<Similar>>,
    pub(in crate::app) asked: Option<(usize, Space)>,
    /// The ones that are to be answered alike.
    pub(in crate::app) chosen: BTreeSet<usize>,
    /// The one that the candidate is compared with.
    pub(in crate::app) beside: Option<usize>,
}

impl Likeness {
    pub(in crate::app) fn found(&mut self, similar: Arc<Similar>) {
        self.chosen.clear();
        self.beside = similar.near.first().map(|near| near.instance);
        self.found = Some(similar);
    }

    /// Takes in what the analyst chose.
    pub(in crate::app) fn choose(&mut self, choice: Choice) {
        match choice {
            Choice::Space(space) => self.space = space,
            Choice::Beside(instance) => self.beside = Some(instance),
            Choice::Include(instance, true) => {
                self.chosen.insert(instance);
            }
            Choice::Include(instance, false) => {
                self.chosen.remove(&instance);
            }
            Choice::All(instances) => self.chosen = instances.into_iter().collect(),
        }
    }
}

/// A choice about similar instances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Compare in this space.
    Space(Space),
    /// Compare the candidate with this one, feature by feature.
    Beside(usize),
    /// Answer this one like the others, or not.
    Include(usize, bool),
    /// Answer these alike, and no others.
    All(Vec<usize>),
}

impl ViewState {
    pub(super) fn similar_request(&mut self, open: &OpenSession) -> Option<Request> {
        let (instance, space) = (self.selected?, self.likeness.space);
        self.likeness.asked = Some((instance, space));
        let model = Arc::clone(&open.model);
        Some(Request::Similar(model, instance, space, MOST))
    }
}
