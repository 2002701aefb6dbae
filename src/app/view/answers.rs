//! What was said of instances, and what is asked next.

use std::collections::BTreeMap;

use super::View;
use crate::numeric::number;
use crate::session::{
    Confidence, Contradiction, Given, Pace, Pick, Reason, Reply, Stop, Tag, TagNames,
};

impl<'a> View<'a> {
    /// The answers in force, the newest first.
    pub fn given(self) -> &'a [Given] {
        &self.open.summary.given
    }

    /// The note on an instance; empty where there is none.
    pub fn note(self, instance: usize) -> &'a str {
        let notes = &self.open.summary.notes;
        notes.get(&instance).map_or("", String::as_str)
    }

    /// What was said of an instance, if it has an answer.
    pub fn reply(self, instance: usize) -> Option<Reply> {
        self.open.summary.replies.get(&instance).copied()
    }

    /// What was said in the answers in force, by instance.
    pub fn replies(self) -> &'a BTreeMap<usize, Reply> {
        &self.open.summary.replies
    }

    /// What the tags are called.
    pub fn tag_names(self) -> &'a TagNames {
        &self.open.summary.tag_names
    }

    /// How many anomalies have a tag, or none.
    pub fn tag_count(self, tag: Option<Tag>) -> usize {
        let (counts, without) = self.open.summary.tag_counts;
        tag.map_or(without, |tag| counts[tag.index()])
    }

    /// The tags that the analyst named or gave.
    pub fn known_tags(self) -> impl Iterator<Item = Tag> + 'a {
        let is_known = move |tag: &Tag| {
            self.tag_names().given(*tag).is_some() || self.tag_count(Some(*tag)) > 0
        };
        Tag::ALL.into_iter().filter(is_known)
    }

    /// An answer in words, with its tag; only a label that is not sure says how sure.
    pub fn said(self, reply: Reply) -> String {
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
    pub fn contradictions(self) -> &'a [Contradiction] {
        &self.open.derived.contradictions
    }

    /// The instances of this round, answered ones included.
    pub fn round(self) -> &'a [Pick] {
        &self.state.round.picks
    }

    /// Why an instance is in this round, as a sentence.
    pub fn reason(self, pick: &Pick) -> String {
        let names = self.member_names();
        let nth = |rank: usize| match rank {
            0 => "the best".to_owned(),
            rank => format!("the {} best", number::ordinal(rank + 1)),
        };
        match pick.reason {
            Reason::Place(rank) => format!("{} of the candidates", nth(rank)),
            Reason::Distance(distance) => format!(
                "farthest from those before it: {distance:.2} standard deviations from the nearest"
            ),
            Reason::Member(member, rank) => {
                format!(
                    "{} of those to which {} is the most relevant",
                    nth(rank),
                    names[member]
                )
            }
        }
    }

    /// The instances of the round that have no answer yet.
    pub(in crate::app) fn open_picks(self) -> impl Iterator<Item = usize> + 'a {
        let picked = self.round().iter().map(|pick| pick.instance);
        picked.filter(move |instance| !self.answers().contains_key(instance))
    }

    /// How fast the analyst answers at present; `None` before it is known.
    pub fn pace(self) -> Option<Pace> {
        self.open.derived.pace
    }

    /// Minutes that the candidates without an answer take at this pace.
    pub fn minutes_left(self) -> Option<f64> {
        let pace = self.pace()?;
        Some(self.remaining().candidates as f64 / pace.per_minute)
    }

    /// The parts of the analyst's stopping rule that are met.
    pub fn stops(self) -> &'a [Stop] {
        &self.open.derived.stops
    }

    /// A part of the stopping rule that is met, in words.
    pub fn stop_in_words(stop: &Stop) -> String {
        match stop {
            Stop::Nominals(row) => {
                format!("{} in a row", number::many(*row, "nominal", "nominals"))
            }
            Stop::Expected(left) => format!("about {left:.1} anomalies are left"),
            Stop::Budget(spent) => {
                format!("{} spent", number::many(*spent, "query", "queries"))
            }
        }
    }
}
