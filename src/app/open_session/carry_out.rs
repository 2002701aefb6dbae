//! What the analyst does to the session, and what comes of it.

use super::OpenSession;
use super::next::{Current, Done, Next};
use crate::app::{Message, SessionCommand};
use crate::session::{Action, Answer, Mark, Reply, TagNames};

impl OpenSession {
    /// Carries out what is done to the session.
    pub(in crate::app) fn carry_out(&mut self, command: SessionCommand, current: Current) -> Done {
        let (at, confidence) = (current.instance, current.confidence);
        let message = match command {
            SessionCommand::Answer(answer) => {
                return self.give(at.into_iter().collect(), Reply::new(answer, confidence));
            }
            SessionCommand::Current(reply) => return self.give(at.into_iter().collect(), reply),
            SessionCommand::Give(instances, reply) => return self.give(instances, reply),
            SessionCommand::Withdraw(instances) => {
                let first = instances.first().copied();
                let is_act = self.act(Action::Withdraw { instances });
                return Done {
                    next: first.filter(|_| is_act).map_or(Next::Stay, Next::GoTo),
                    message: None,
                };
            }
            SessionCommand::TagCurrent(tag) => {
                let instances: Vec<usize> = at.into_iter().collect();
                let reply = at.and_then(|instance| self.summary.replies.get(&instance));
                match reply.filter(|reply| reply.answer == Answer::Anomaly) {
                    Some(reply) => {
                        let tag = (reply.tag != Some(tag)).then_some(tag);
                        self.act(Action::Tag { instances, tag });
                        None
                    }
                    None => return self.give(instances, Reply::tagged(tag, confidence)),
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
                return self.travelled(undone.as_ref());
            }
            SessionCommand::Redo => {
                let redone = self.session.redo().cloned();
                return self.travelled(redone.as_ref());
            }
            SessionCommand::Retrain => {
                let possible = self.act(Action::Retrain);
                (!possible).then(|| {
                    Message::note(
                        "There is nothing to train on yet: answer anomaly or nominal first.",
                    )
                })
            }
        };
        Done {
            next: Next::Stay,
            message,
        }
    }

    /// Answers instances together.
    fn give(&mut self, mut instances: Vec<usize>, reply: Reply) -> Done {
        let n = self.dataset.n_instances();
        instances.retain(|&instance| instance < n);
        let answered = instances.clone();
        if !self.act(Action::Answer { instances, reply }) {
            return Done::default();
        }
        let all = "All instances have an answer: there is nothing left to ask.";
        Done {
            next: Next::Answered(answered),
            message: (self.candidates().is_empty()).then(|| Message::note(all)),
        }
    }

    /// After an undo or a redo: to the instance that it was about. A training of the place that was
    /// left is of no use any more.
    fn travelled(&mut self, action: Option<&Action>) -> Done {
        self.refresh();
        let instance = action.and_then(|action| action.instances().first());
        Done {
            next: instance.map_or(Next::Stay, |&instance| Next::GoTo(instance)),
            message: None,
        }
    }
}
