//! The instances that are like the current candidate, and what is done with them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Workspace;
use crate::detector::{Near, Similar, Space};
use crate::numeric::number;
use crate::session::Reply;
use crate::worker::Request;

/// Instances that are looked for.
const MOST: usize = 100;

/// Standard deviations from which on two rows are said to differ in a feature.
pub const DIFFERS: f32 = 1.0;

/// What was found, what was asked for, and what the analyst chose of it.
#[derive(Default)]
pub(super) struct Likeness {
    space: Space,
    found: Option<Arc<Similar>>,
    asked: Option<(usize, Space)>,
    /// The ones that are to be answered alike.
    chosen: BTreeSet<usize>,
    /// The one that the candidate is compared with.
    beside: Option<usize>,
}

impl Likeness {
    pub(super) fn found(&mut self, similar: Arc<Similar>) {
        self.chosen.clear();
        self.beside = similar.near.first().map(|near| near.instance);
        self.found = Some(similar);
    }

    /// Takes in what the analyst chose.
    pub(super) fn choose(&mut self, choice: Choice) {
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

/// A feature, or a member's score, of two instances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Compared<'a> {
    /// What it is called.
    pub name: &'a str,
    /// The value of each.
    pub values: [f32; 2],
    /// How far the second is above the first: in standard deviations of the feature, or in units of
    /// the members' spread.
    pub apart: f32,
}

impl Compared<'_> {
    /// Whether the two differ in it.
    pub fn differs(&self) -> bool {
        self.apart.abs() >= DIFFERS
    }
}

impl Workspace {
    /// The space in which similar instances are looked for.
    pub fn space(&self) -> Space {
        self.likeness.space
    }

    /// The instances that are like the current candidate, the nearest first; `None` while they are
    /// looked for.
    pub fn similar(&self) -> Option<&[Near]> {
        let found = self.likeness.found.as_ref()?;
        let is_present = Some(found.instance) == self.selected()
            && found.space == self.likeness.space
            && Arc::ptr_eq(found.model.fitted(), self.model.fitted());
        is_present.then_some(&found.near)
    }

    /// Those of them that are to be answered alike.
    pub fn chosen_alike(&self) -> impl Iterator<Item = usize> + '_ {
        let near = self.similar().unwrap_or_default().iter();
        let near = near.map(|near| near.instance);
        near.filter(|instance| self.likeness.chosen.contains(instance))
    }

    /// The one that the candidate is compared with.
    pub fn beside_candidate(&self) -> Option<usize> {
        self.similar().and(self.likeness.beside)
    }

    /// The features of two instances, those that differ most first; ties by feature.
    pub fn compare_features(&self, first: usize, second: usize) -> Vec<Compared<'_>> {
        let fitted = self.model.fitted();
        let x = fitted.x_of(&[first, second]);
        let names = fitted.dataset().feature_names();
        let features = fitted.dataset().features();
        let all = names.iter().enumerate().map(|(feature, name)| Compared {
            name,
            values: [features[[first, feature]], features[[second, feature]]],
            apart: x[[1, feature]] - x[[0, feature]],
        });
        by_difference(all.collect())
    }

    /// What the members say of two instances, those that differ most first; ties by member.
    pub fn compare_scores(&self, first: usize, second: usize) -> Vec<Compared<'_>> {
        let scores = self.model.fitted().member_scores();
        let all = self.member_names().iter().enumerate();
        let all = all.map(|(member, name)| {
            let values = [scores[[first, member]], scores[[second, member]]];
            Compared {
                name,
                values,
                apart: values[1] - values[0],
            }
        });
        by_difference(all.collect())
    }

    /// What answering instances alike will do while it is still to be said how.
    pub fn alike_before_answer(&self, instances: &[usize]) -> String {
        let answered = instances.iter().filter(|&&at| self.reply(at).is_some());
        let rows = number::many(instances.len(), "row", "rows");
        match answered.count() {
            0 => format!("{rows} will be answered, none of which has an answer yet."),
            1 => format!("{rows} will be answered, 1 of which has an answer already."),
            some => format!("{rows} will be answered, {some} of which have an answer already."),
        }
    }

    /// What answering instances alike will do, as a sentence.
    pub fn alike_in_words(&self, instances: &[usize], reply: Reply) -> String {
        let said = self.said(reply);
        let mut words = format!(
            "{} will be answered {said}",
            number::many(instances.len(), "row", "rows")
        );
        let given: Vec<Reply> = (instances.iter())
            .filter_map(|&instance| self.reply(instance))
            .collect();
        let others = given.iter().filter(|other| other.answer != reply.answer);
        let others = others.count();
        let same = given.len() - others;
        if others > 0 {
            let has = if others == 1 { "has" } else { "have" };
            words += &format!(", {others} of which {has} another answer now");
        }
        if same > 0 {
            let has = if same == 1 { "has" } else { "have" };
            words += &format!(", {same} {has} it already");
        }
        words + "; one undo takes all of it back."
    }

    pub(super) fn wants_similar(&self) -> bool {
        let wanted = self.selected().map(|at| (at, self.likeness.space));
        wanted.is_some() && self.similar().is_none() && self.likeness.asked != wanted
    }

    pub(super) fn similar_request(&mut self) -> Option<Request> {
        let (instance, space) = (self.selected()?, self.likeness.space);
        self.likeness.asked = Some((instance, space));
        Some(Request::Similar(
            Arc::clone(&self.model),
            instance,
            space,
            MOST,
        ))
    }
}

fn by_difference(mut all: Vec<Compared<'_>>) -> Vec<Compared<'_>> {
    // Stable: ties stay in the order of the table.
    all.sort_by(|a, b| b.apart.abs().total_cmp(&a.apart.abs()));
    all
}
