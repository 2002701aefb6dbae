//! An open session with what is looked at of it.

use std::sync::Arc;

use super::open_session::OpenSession;
use super::player::Player;
use super::view::View;
use super::view_state::ViewState;
use super::{Message, SessionCommand, ViewCommand};
use crate::dataset::Dataset;
use crate::detector::Model;
use crate::numeric::Cancelled;
use crate::session::{Position, Session, TrainingPlan};
use crate::worker::Request;

/// An open session, and what is looked at: each carries out the commands that are its own. What
/// happens to the session comes first, and what is looked at goes after it; never the other way round.
pub(super) struct Workspace {
    pub(super) open: OpenSession,
    pub(super) state: ViewState,
    /// What is played.
    pub(super) player: Player,
}

impl Workspace {
    pub(super) fn new(dataset: Arc<Dataset>, model: Arc<Model>, batch: usize) -> Self {
        let open = OpenSession::new(dataset, model, batch);
        Self {
            state: ViewState::new(&open),
            open,
            player: Player::default(),
        }
    }

    /// What panels paint.
    pub(super) fn view(&self) -> View<'_> {
        self.state.of(&self.open)
    }

    /// Carries out what is done to the session; returns what could not be done.
    pub(super) fn carry_out(&mut self, command: SessionCommand) -> Option<Message> {
        let done = self.open.carry_out(command, self.state.current());
        self.state.go_on(&self.open, done.next);
        done.message
    }

    /// Shows something else; returns what could not be done.
    pub(super) fn look(&mut self, command: ViewCommand) -> Option<Message> {
        self.state.look(&self.open, command)
    }

    /// Selects the best candidate.
    pub(super) fn select_best(&mut self) {
        self.state.select_best(&self.open);
    }

    /// Trains after so many answers.
    pub(super) fn set_batch(&mut self, batch: usize) {
        self.open.session.set_batch(batch);
        self.open.refresh();
        self.state.follow(&self.open);
    }

    /// Takes in what became of the training that ran.
    pub(super) fn trained(
        &mut self,
        plan: &TrainingPlan,
        outcome: Result<Arc<Model>, Cancelled>,
    ) -> Option<Message> {
        let (model, message) = self.open.trained(plan, outcome);
        self.state.follow(&self.open);
        model.into_iter().for_each(|model| self.take(model));
        self.state.select_next(&self.open);
        message
    }

    /// After a fault of the program: the training that met it is not tried again by itself.
    pub(super) fn give_training_up(&mut self) {
        self.open.give_training_up();
        if self.state.selected.is_none() {
            self.select_best();
        }
    }

    /// Takes in a model: it is shown if it is the one at the present position.
    pub(super) fn take(&mut self, model: Arc<Model>) {
        if let Some(earlier) = self.open.take(model) {
            self.state.shows(&self.open, earlier);
            self.state.select_next(&self.open);
        }
    }

    /// Takes in how far the journal has answered; where that is all that was done, the screen
    /// catches up.
    pub(super) fn answered(&mut self, position: Position) {
        if self.open.answered(position) {
            self.state.follow(&self.open);
            if let Some(model) = self.open.building.take() {
                self.take(model);
            }
            self.state.select_next(&self.open);
        }
    }

    /// Goes on with another session on the same detector.
    pub(super) fn take_up(&mut self, session: Session) {
        self.open.take_up(session);
        self.state.awaits_best = true;
        self.state.follow(&self.open);
        self.state.select_when_known(&self.open);
    }

    /// Looks at a place of the history, and at the instance that was answered there next.
    pub(super) fn play(&mut self, cursor: usize) {
        let next = self.open.play(cursor);
        self.state.follow(&self.open);
        match next {
            Some(instance) => self.state.select(&self.open, Some(instance)),
            None => self.select_best(),
        }
    }

    pub(super) fn leave_playing(&mut self) {
        self.player.running = false;
        if self.open.session.is_playing() {
            self.open.session.go_home();
            self.open.refresh();
            self.state.follow(&self.open);
            self.state.select_when_known(&self.open);
        }
    }

    /// The work that the state needs: the training that is due or the model of the present place,
    /// what panels asked for, the map of what is looked at.
    pub(super) fn requests(&mut self) -> Vec<Request> {
        let is_training = self.open.training.is_some();
        let model = (!is_training).then(|| self.open.model_request()).flatten();
        let map = self.state.map_request(&self.open).map(Request::Map);
        let wanted = self.state.wanted.drain(..);
        model.into_iter().chain(wanted).chain(map).collect()
    }
}
