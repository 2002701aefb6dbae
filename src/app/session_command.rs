//! What the analyst does to the session, and what comes of it.

use super::{Message, Workspace};
use crate::session::{Action, Answer, Confidence, Mark, Reply, StoppingRule, Tag, TagNames};

/// Something that the analyst does to the session: nothing of it is possible while the session is
/// another window's, or is played back.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionCommand {
    /// Answer the current candidate, as surely as was chosen for it.
    Answer(Answer),
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
    /// Whether training falls due by itself.
    SetAutomatic(bool),
    /// When the analyst wants to stop.
    SetStopping(StoppingRule),
    /// Take the last step back.
    Undo,
    /// Do the last undone step again.
    Redo,
    /// Train now.
    Retrain,
}

impl Workspace {
    /// Carries out what is done to the session; returns what could not be done.
    pub(super) fn carry_out(&mut self, command: SessionCommand) -> Option<Message> {
        match command {
            SessionCommand::Answer(answer) => {
                let instance = self.selected()?;
                self.give(vec![instance], Reply::new(answer, self.confidence))
            }
            SessionCommand::Current(reply) => {
                let instance = self.selected()?;
                self.give(vec![instance], reply)
            }
            SessionCommand::Give(instances, reply) => self.give(instances, reply),
            SessionCommand::Withdraw(instances) => {
                let first = instances.first().copied();
                if self.act(Action::Withdraw { instances }) {
                    self.select(first.or(self.selected()));
                }
                None
            }
            SessionCommand::TagCurrent(tag) => {
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
            SessionCommand::Tag(instances, tag) => {
                self.act(Action::Tag { instances, tag });
                None
            }
            SessionCommand::NameTag(tag, name) => {
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
            SessionCommand::Mark(name, mark) => {
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
            SessionCommand::Note(instance, text) => {
                let text = text.trim().to_owned();
                let before = self.session.notes().get(&instance).copied().unwrap_or("");
                if before != text {
                    self.act(Action::Note { instance, text });
                }
                None
            }
            SessionCommand::SetAutomatic(automatic) => {
                self.session.set_automatic(automatic);
                self.refresh();
                None
            }
            SessionCommand::SetStopping(rule) => match rule.validate() {
                Err(why) => Some(Message::error(format!(
                    "The stopping rule was not changed: {why}."
                ))),
                Ok(()) => {
                    self.session.set_stopping(rule);
                    self.refresh();
                    None
                }
            },
            SessionCommand::Undo => {
                let undone = self.session.undo().cloned();
                self.travelled(undone.as_ref());
                None
            }
            SessionCommand::Redo => {
                let redone = self.session.redo().cloned();
                self.travelled(redone.as_ref());
                None
            }
            SessionCommand::Retrain => {
                let possible = self.act(Action::Retrain);
                (!possible).then(|| {
                    Message::note(
                        "There is nothing to train on yet: answer anomaly or nominal first.",
                    )
                })
            }
        }
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

    /// After an undo or a redo: looks at the instance that it was about. A training of the place
    /// that was left is of no use any more.
    fn travelled(&mut self, action: Option<&Action>) {
        self.refresh();
        if let Some(&instance) = action.and_then(|action| action.instances().first()) {
            self.select(Some(instance));
        }
    }
}
