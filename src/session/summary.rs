//! What a session amounts to, folded once over its history.

use std::collections::{BTreeMap, BTreeSet};

use super::given::given_in_order;
use super::tagged::counts_of;
use super::{Answer, DiscoveryCurve, Given, Reply, Session, TagNames, baseline_curve, curve_of};
use crate::dataset::{Dataset, Label};

/// What was said in a session up to its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// The answers in the order in which they were given, replaced ones included; those that were
    /// taken back are left out.
    pub in_order: Vec<Given>,
    /// The answers in force, the newest first.
    pub given: Vec<Given>,
    /// The answers in force, by instance.
    pub answers: BTreeMap<usize, Answer>,
    /// The same with how sure the analyst is of them, and their tags.
    pub replies: BTreeMap<usize, Reply>,
    /// The labels in force, in the order in which their instances were first answered.
    pub labels: Vec<Label>,
    /// The notes in force, by instance.
    pub notes: BTreeMap<usize, String>,
    /// What the tags are called.
    pub tag_names: TagNames,
    /// How many anomalies have each tag, by [`Tag::place`](super::Tag::index); and how many have
    /// none.
    pub tag_counts: ([usize; 9], usize),
    /// Anomalies found, one entry a query.
    pub curve: DiscoveryCurve,
}

impl Session {
    /// Folds what was said up to the present position.
    pub fn summary(&self) -> Summary {
        let in_order = given_in_order(self.steps());
        let mut met = BTreeSet::new();
        let newest = in_order.iter().rev().copied();
        let given: Vec<Given> = newest.filter(|given| met.insert(given.instance)).collect();
        let replies: BTreeMap<usize, Reply> = given
            .iter()
            .map(|given| (given.instance, given.reply))
            .collect();
        met.clear();
        let first = in_order.iter().filter(|given| met.insert(given.instance));
        let labels = first.filter_map(|given| replies[&given.instance].answer.label());
        let notes = self.notes().into_iter();
        Summary {
            labels: labels.collect(),
            curve: curve_of(answers_of(&in_order)),
            answers: (replies.iter())
                .map(|(instance, reply)| (*instance, reply.answer))
                .collect(),
            notes: notes.map(|(at, text)| (at, text.to_owned())).collect(),
            tag_names: self.tag_names(),
            tag_counts: counts_of(replies.values()),
            in_order,
            given,
            replies,
        }
    }
}

/// Instances with their answers.
fn answers_of(given: &[Given]) -> impl Iterator<Item = (usize, Answer)> + '_ {
    given
        .iter()
        .map(|given| (given.instance, given.reply.answer))
}

impl Summary {
    /// The answers in order, replaced ones included.
    pub fn answers_in_order(&self) -> impl Iterator<Item = (usize, Answer)> + '_ {
        answers_of(&self.in_order)
    }

    /// The baseline's discovery curve over as many queries as were answered: by the table's truth
    /// where it has one, else by the answers. `order` is the baseline's ranking.
    pub fn baseline(&self, dataset: &Dataset, order: &[usize]) -> DiscoveryCurve {
        let truth = dataset.truth();
        baseline_curve(order, self.curve.len(), |instance| match truth {
            Some(truth) => truth.label(instance),
            None => self.answers.get(&instance).and_then(|said| said.label()),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::toys;
    use crate::detector::{Fitted, Settings};
    use crate::numeric::Unwatched;
    use crate::session::{Action, Confidence, Tag, labels_in_order};

    /// One fold says the same as a fold for each.
    #[test]
    fn a_summary_says_what_the_session_says() {
        let dataset = Arc::new(toys()[0].open());
        let fitted = Fitted::fit(&dataset, &Settings::default(), &mut Unwatched).expect("a fit");
        let mut session = Session::new(Arc::clone(fitted.primed()), 3);
        let tag = Tag::ALL[2];
        for (instance, answer) in [(4, Answer::Anomaly), (7, Answer::Nominal)] {
            session.answer(instance, answer);
        }
        let tagged = Reply::tagged(tag, Confidence::Fairly);
        for action in [
            Action::answer(9, tagged),
            Action::answer(4, Answer::Nominal),
            Action::answer(2, Answer::Unsure),
            Action::Withdraw { instances: vec![7] },
            Action::Note {
                instance: 9,
                text: "odd".to_owned(),
            },
            Action::NameTag {
                tag,
                name: "leak".to_owned(),
            },
        ] {
            assert!(session.act(action, Some(5)));
        }
        for _ in 0..session.history().len() {
            let all = session.summary();
            assert_eq!(all.given, session.given());
            assert_eq!(all.answers, session.answers());
            assert_eq!(all.replies, session.replies());
            assert_eq!(all.tag_counts, session.tag_counts());
            assert_eq!(all.tag_names, session.tag_names());
            assert_eq!(all.labels, labels_in_order(session.answers_in_order()));
            assert_eq!(all.curve, curve_of(session.answers_in_order()));
            let notes: Vec<(usize, &str)> = session.notes().into_iter().collect();
            let folded = all.notes.iter().map(|(at, text)| (*at, text.as_str()));
            assert_eq!(folded.collect::<Vec<_>>(), notes);
            session.undo();
        }
    }
}
