//! Answers to other instances than the current candidate, and all that goes with answers.

use std::sync::Arc;

use super::{Message, Workspace};
use crate::session::{
    Action, Answer, Confidence, Mark, Reply, StoppingRule, Strategy, Tag, TagNames, pick,
};
use crate::worker::{Drawn, FeatureRange, LassoRequest};

/// A wish about answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Answering {
    /// Answer the current candidate, as surely as this.
    Current(Reply),
    /// Give instances the same answer, as one act.
    Give(Vec<usize>, Reply),
    /// Take the answers to instances back, as one act.
    Withdraw(Vec<usize>),
    /// Answer that the current candidate is an anomaly with this tag. Where that is said already the
    /// tag is taken away; an anomaly with another tag or none gets this one, without another answer.
    TagCurrent(Tag),
    /// Give anomalies a tag, or none, as one act.
    Tag(Vec<usize>, Option<Tag>),
    /// Name a tag; an empty name takes the one that it has away.
    NameTag(Tag, String),
    /// Mark an event at a moment of a sequence, or take it away.
    Mark(String, Option<Mark>),
    /// Write a note on an instance; an empty one removes it.
    Note(usize, String),
    /// How sure the next answer is.
    SetConfidence(Confidence),
    /// How the instances of a round are picked.
    SetStrategy(Strategy),
    /// Whether training falls due by itself.
    SetAutomatic(bool),
    /// When the analyst wants to stop.
    SetStopping(StoppingRule),
    /// Look at the instance that has this id, or whose id begins so.
    Find(String),
    /// Select the instances within a line on the map, in its coordinates.
    Lasso(Vec<[f32; 2]>),
    /// Select those within a line around rows that are laid out.
    LassoEmbedded(Vec<[f32; 2]>),
    /// Select those whose features lie in all of these ranges.
    Brush(Vec<FeatureRange>),
    /// Select nothing.
    ClearLasso,
}

impl Workspace {
    /// Carries out a wish about answers; returns what could not be done.
    pub(super) fn answering(&mut self, wish: Answering) -> Option<Message> {
        match wish {
            Answering::Current(reply) => {
                let instance = self.selected()?;
                self.give(vec![instance], reply)
            }
            Answering::Give(instances, reply) => self.give(instances, reply),
            Answering::Withdraw(instances) => {
                let first = instances.first().copied();
                if self.act(Action::Withdraw { instances }) {
                    self.select(first.or(self.selected()));
                }
                None
            }
            Answering::TagCurrent(tag) => {
                let instance = self.selected()?;
                match self.reply(instance) {
                    Some(reply) if reply.answer == Answer::Anomaly => {
                        let tag = (reply.tag != Some(tag)).then_some(tag);
                        let instances = vec![instance];
                        self.act(Action::Tag { instances, tag });
                        None
                    }
                    _ => self.give(vec![instance], Reply::tagged(tag, self.confidence)),
                }
            }
            Answering::Tag(instances, tag) => {
                self.act(Action::Tag { instances, tag });
                None
            }
            Answering::NameTag(tag, name) => {
                let mut name = name.trim().to_owned();
                let longest = (0..=TagNames::LONGEST).rev();
                let fits = longest.into_iter().find(|&end| name.is_char_boundary(end));
                name.truncate(fits.unwrap_or(0));
                let allowed = self.session.tag_names().validate(tag, &name);
                self.act(Action::NameTag { tag, name });
                allowed.err().map(|why| {
                    Message::error(format!("Tag {} keeps its name: {why}.", tag.number()))
                })
            }
            Answering::Mark(name, mark) => {
                let name = name.trim().to_owned();
                let is_known = self.session.marks().get(&name).copied() == mark;
                let is_done = is_known || self.act(Action::Mark { name, mark });
                (!is_done).then(|| {
                    Message::error(format!(
                        "The event was not marked: it needs a name of at most {} bytes, and a session has at most {} events.",
                        Mark::LONGEST,
                        Mark::MOST
                    ))
                })
            }
            Answering::Note(instance, text) => {
                let text = text.trim().to_owned();
                let before = self.session.notes().get(&instance).copied().unwrap_or("");
                if before != text {
                    self.act(Action::Note { instance, text });
                }
                None
            }
            Answering::SetConfidence(confidence) => {
                self.confidence = confidence;
                None
            }
            Answering::SetStrategy(strategy) => {
                self.strategy = strategy;
                self.renew_round(true);
                if !self.is_training() {
                    self.select_best();
                }
                None
            }
            Answering::SetAutomatic(automatic) => {
                self.session.set_automatic(automatic);
                self.refresh();
                None
            }
            Answering::SetStopping(rule) => match rule.validate() {
                Err(why) => Some(Message::error(format!(
                    "The stopping rule was not changed: {why}."
                ))),
                Ok(()) => {
                    self.session.set_stopping(rule);
                    self.refresh();
                    None
                }
            },
            Answering::Find(text) => self.find(&text),
            Answering::Lasso(line) => {
                let map = self.map.as_ref();
                let drawn = map.map(|map| Drawn::Map(map.viewpoint, Arc::clone(&map.places), line));
                self.draw_around(drawn);
                None
            }
            Answering::LassoEmbedded(line) => {
                let drawn = self.embedding();
                let drawn = drawn.map(|rows| Drawn::Embedding(Arc::clone(rows), line));
                self.draw_around(drawn);
                None
            }
            Answering::Brush(ranges) => {
                match ranges.is_empty() {
                    true => self.lasso = None,
                    false => self.draw_around(Some(Drawn::Ranges(ranges))),
                }
                None
            }
            Answering::ClearLasso => {
                self.lasso = None;
                None
            }
        }
    }

    fn draw_around(&mut self, drawn: Option<Drawn>) {
        self.drawn = drawn.map(|drawn| LassoRequest {
            model: Arc::clone(&self.model),
            drawn,
        });
    }

    /// Answers instances together and goes on to the next candidate, if the current one was among
    /// them.
    pub(super) fn give(&mut self, mut instances: Vec<usize>, reply: Reply) -> Option<Message> {
        let n = self.dataset.n_instances();
        instances.retain(|&instance| instance < n);
        let goes_on = self.selected().is_none_or(|at| instances.contains(&at));
        if !self.act(Action::Answer { instances, reply }) {
            return None;
        }
        self.confidence = Confidence::Sure;
        if goes_on {
            if self.session.due().is_some() {
                // The next candidate is known when the training is done.
                self.select(None);
            } else {
                self.select_best();
            }
        }
        let done = self.candidates().is_empty();
        done.then(|| Message::note("All instances have an answer: there is nothing left to ask."))
    }

    /// Records an act with the time of the clock; false where there is nothing to it.
    pub(super) fn act(&mut self, action: Action) -> bool {
        let is_act = self.session.act(action, self.now);
        if is_act {
            self.refresh();
        }
        is_act
    }

    fn find(&mut self, text: &str) -> Option<Message> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match self.dataset.find(text, self.selected()) {
            Some(instance) => {
                self.waiting_since = None;
                self.select(Some(instance));
                None
            }
            None => {
                let what = self.dataset.id_column().unwrap_or("row");
                Some(Message::note(format!("There is no {what} \"{text}\".")))
            }
        }
    }

    /// Picks the instances of a round anew where model, batch or answers ask for it.
    ///
    /// While a training is under way an answered round stays on the screen: the next one is of the
    /// model to come. `at_once` is for an analyst who does not wait.
    pub(super) fn renew_round(&mut self, at_once: bool) {
        let belief = (self.model.weights(), self.session.batch());
        let same_model = self
            .round_of
            .as_ref()
            .is_some_and(|(weights, batch)| Arc::ptr_eq(weights, belief.0) && *batch == belief.1);
        let is_open = self.open_picks().next().is_some();
        let waits = self.session.due().is_some() && !self.round.is_empty();
        if !at_once && same_model && (is_open || waits) {
            return;
        }
        self.round_of = Some((Arc::clone(belief.0), belief.1));
        // After an undo a batch may be half answered already.
        let count = match self.session.is_automatic() {
            true => self.session.until_due(),
            false => self.session.batch(),
        };
        self.round = pick(&self.model, &self.candidates(), count, self.strategy);
    }

    /// The instances of the round that have no answer yet.
    pub(super) fn open_picks(&self) -> impl Iterator<Item = usize> + '_ {
        let picked = self.round.iter().map(|pick| pick.instance);
        picked.filter(|instance| !self.answers().contains_key(instance))
    }
}
