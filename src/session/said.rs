//! What was said up to the place in the history: answers with their times, tags, events, and whether
//! to go on.

use std::collections::{BTreeMap, BTreeSet};

use super::discovery::labels_in_order;
use super::given::given_in_order;
use super::tagged::counts_of;
use super::{
    Action, Answer, Given, Mark, Remaining, Session, Step, Stop, StoppingRule, Tag, TagNames,
};
use crate::dataset::Label;

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

    /// The tags in force, by instance; those of anomalies alone.
    pub fn tags(&self) -> BTreeMap<usize, Tag> {
        let replies = self.replies().into_iter();
        replies
            .filter_map(|(instance, reply)| Some((instance, reply.tag?)))
            .collect()
    }

    /// What the tags are called.
    pub fn tag_names(&self) -> TagNames {
        let mut names = TagNames::default();
        for Step { action, .. } in self.steps() {
            match action {
                Action::NameTag { tag, name } => names.set(*tag, name),
                Action::Carry { names: carried, .. } => {
                    carried.iter().for_each(|(tag, name)| names.set(*tag, name));
                }
                Action::Answer { .. }
                | Action::Withdraw { .. }
                | Action::Note { .. }
                | Action::Tag { .. }
                | Action::Mark { .. }
                | Action::Retrain => {}
            }
        }
        names
    }

    /// How many anomalies have each tag, by [`Tag::index`]; and how many have none.
    pub fn tag_counts(&self) -> ([usize; 9], usize) {
        counts_of(self.replies().values())
    }

    /// Whether an act about tags changes anything.
    pub(super) fn changes_tags(&self, instances: &[usize], tag: Option<Tag>) -> bool {
        let replies = self.replies();
        let mut given = instances.iter().filter_map(|at| replies.get(at));
        given.any(|reply| reply.answer == Answer::Anomaly && reply.tag != tag)
    }

    /// The events in force, by name: each was marked once, and is carried over to all sequences.
    pub fn marks(&self) -> BTreeMap<String, Mark> {
        let mut marks = BTreeMap::new();
        for Step { action, .. } in self.steps() {
            match action {
                Action::Mark {
                    name,
                    mark: Some(mark),
                } => {
                    marks.insert(name.clone(), *mark);
                }
                Action::Mark { name, mark: None } => {
                    marks.remove(name);
                }
                Action::Carry { marks: carried, .. } => marks.extend(carried.iter().cloned()),
                Action::Answer { .. }
                | Action::Withdraw { .. }
                | Action::Note { .. }
                | Action::Tag { .. }
                | Action::NameTag { .. }
                | Action::Retrain => {}
            }
        }
        marks
    }

    /// Whether an event can be marked so, or taken away.
    pub(super) fn takes_mark(&self, name: &str, mark: Option<Mark>) -> bool {
        let marks = self.marks();
        let fits = marks.len() < Mark::MOST || marks.contains_key(name);
        Mark::validate_name(name).is_ok() && fits && marks.get(name).copied() != mark
    }

    /// When the analyst wants to stop.
    pub fn stopping(&self) -> StoppingRule {
        self.stopping
    }

    /// The number of labels that were nominal since the last one that was not.
    pub fn nominals_in_a_row(&self) -> usize {
        let labels = labels_in_order(self.answers_in_order());
        let nominal = labels.iter().rev();
        nominal
            .take_while(|label| **label == Label::Nominal)
            .count()
    }

    /// The parts of the stopping rule that are met; `left` is the estimate at this place.
    pub fn stops(&self, left: &Remaining) -> Vec<Stop> {
        let rule = self.stopping;
        let mut met = Vec::new();
        let row = self.nominals_in_a_row();
        met.extend((rule.nominals.filter(|most| row >= *most)).map(|_| Stop::Nominals(row)));
        // Before any label the estimate is a guess.
        let known = left.answers > 0;
        let below = rule
            .expected
            .filter(|least| known && left.expected < *least);
        met.extend(below.map(|_| Stop::Expected(left.expected)));
        let spent = self.answers().len();
        met.extend((rule.budget.filter(|most| spent >= *most)).map(|_| Stop::Budget(spent)));
        met
    }
}
