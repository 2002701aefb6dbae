//! The instances that are like the current candidate, and how they differ from it.

use std::sync::Arc;

use super::View;
use crate::detector::{Near, Space};
use crate::numeric::number;
use crate::session::Reply;

/// Standard deviations from which on two rows are said to differ in a feature.
pub const DIFFERS: f32 = 1.0;

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

impl<'a> View<'a> {
    /// The space in which similar instances are looked for.
    pub fn space(self) -> Space {
        self.state.likeness.space
    }

    /// The instances that are like the current candidate, the nearest first; `None` while they are
    /// looked for.
    pub fn similar(self) -> Option<&'a [Near]> {
        let found = self.state.likeness.found.as_ref()?;
        let is_present = Some(found.instance) == self.selected()
            && found.space == self.state.likeness.space
            && Arc::ptr_eq(found.model.fitted(), self.open.model.fitted());
        is_present.then_some(&found.near)
    }

    /// Those of them that are to be answered alike.
    pub fn chosen_alike(self) -> impl Iterator<Item = usize> + 'a {
        let near = self.similar().unwrap_or_default().iter();
        let near = near.map(|near| near.instance);
        near.filter(move |instance| self.state.likeness.chosen.contains(instance))
    }

    /// The one that the candidate is compared with.
    pub fn beside_candidate(self) -> Option<usize> {
        self.similar().and(self.state.likeness.beside)
    }

    /// The features of two instances, those that differ most first; ties by feature.
    pub fn compare_features(self, first: usize, second: usize) -> Vec<Compared<'a>> {
        let fitted = self.open.model.fitted();
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
    pub fn compare_scores(self, first: usize, second: usize) -> Vec<Compared<'a>> {
        let scores = self.open.model.fitted().member_scores();
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
    pub fn alike_before_answer(self, instances: &[usize]) -> String {
        let answered = instances.iter().filter(|&&at| self.reply(at).is_some());
        let rows = number::many(instances.len(), "row", "rows");
        match answered.count() {
            0 => format!("{rows} will be answered, none of which has an answer yet."),
            1 => format!("{rows} will be answered, 1 of which has an answer already."),
            some => format!("{rows} will be answered, {some} of which have an answer already."),
        }
    }

    /// What answering instances alike will do, as a sentence.
    pub fn alike_in_words(self, instances: &[usize], reply: Reply) -> String {
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

    pub(in crate::app) fn wants_similar(self) -> bool {
        let wanted = self.selected().map(|at| (at, self.state.likeness.space));
        wanted.is_some() && self.similar().is_none() && self.state.likeness.asked != wanted
    }
}

fn by_difference(mut all: Vec<Compared<'_>>) -> Vec<Compared<'_>> {
    // Stable: ties stay in the order of the table.
    all.sort_by(|a, b| b.apart.abs().total_cmp(&a.apart.abs()));
    all
}
