//! The state of the application and its commands.

use std::path::PathBuf;
use std::sync::Arc;

use super::saving::Saving;
use super::{Command, Message, Opening, Presets, Workspace, Writing};
use crate::detector::{Model, Settings};
use crate::figures::ScoreMap;
use crate::store::Seam;
use crate::worker::{Engine, Job, Lane, MapRequest, Progress, Request};

/// Seconds after which an analyst who waits for a training gets the next candidate of the old
/// ranking.
const PATIENCE: f64 = 0.08;

/// The application.
pub struct App {
    pub(super) engine: Box<dyn Engine>,
    pub(super) settings: Settings,
    pub(super) batch: usize,
    pub(super) now: Option<u64>,
    pub(super) workspace: Option<Workspace>,
    pub(super) opening: Option<Opening>,
    pub(super) messages: Vec<Message>,
    pub(super) saving: Saving,
    pub(super) writing: Writing,
    pub(super) presets: Presets,
    /// The session whose table was not found, and what was said of it.
    pub(super) missing: Option<(PathBuf, String)>,
    /// Where the open session went on with another table in this run.
    pub(super) seam: Option<Box<Seam>>,
    /// A layout of the window that came with a session.
    pub(super) layout: Option<String>,
    /// What is under way that replaces the table, as a phrase.
    pub(super) busy: Option<&'static str>,
    /// The number of the table with its fit that is open; 0 before any.
    pub(super) document: u64,
    /// The number of the one that was asked for last; it is on its way while the application is
    /// [`App::busy`]. No number is given twice.
    pub(super) asked_for: u64,
}

impl App {
    /// An application without a table; its work goes to `engine`.
    pub fn new(engine: Box<dyn Engine>, settings: Settings) -> Self {
        Self {
            engine,
            settings,
            batch: 1,
            now: None,
            workspace: None,
            opening: None,
            messages: Vec::new(),
            saving: Saving::default(),
            writing: Writing::default(),
            presets: Presets::default(),
            missing: None,
            seam: None,
            layout: None,
            busy: None,
            document: 0,
            asked_for: 0,
        }
    }

    /// The open table, if any.
    pub fn workspace(&self) -> Option<&Workspace> {
        self.workspace.as_ref()
    }

    /// The open dialog, if it is shown.
    pub fn opening(&self) -> Option<&Opening> {
        self.opening.as_ref()
    }

    /// What the analyst should know, oldest first.
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// What replaces the table at the moment, as a phrase.
    pub fn busy(&self) -> Option<&'static str> {
        self.busy
    }

    /// How far the work is that the screen waits for.
    pub fn progress(&self) -> Option<Progress> {
        self.engine.progress(Lane::Model)
    }

    /// How far the work is that ends in a file.
    pub fn writing_progress(&self) -> Option<Progress> {
        self.engine.progress(Lane::Files)
    }

    /// The number of answers between trainings.
    pub fn batch(&self) -> usize {
        self.batch
    }

    /// Sets the time that acts are recorded with, in milliseconds since 1970 (UTC).
    pub fn set_clock(&mut self, now: u64) {
        self.now = Some(now);
    }

    /// Tells the analyst something.
    pub fn say(&mut self, message: Message) {
        if !self.messages.contains(&message) {
            self.messages.push(message);
        }
    }

    /// Carries out what the analyst asks for.
    pub fn apply(&mut self, command: Command) {
        match command {
            Command::Session(_) | Command::Refit(_) | Command::SetBatch(_) if self.refuses() => {}
            Command::Open(command) => self.open(command),
            Command::Save(command) => self.keep(command),
            Command::Write(command) => self.write(command),
            Command::Preset(command) => self.preset(command),
            Command::Refit(settings) => self.refit(*settings),
            Command::SetBatch(batch) => {
                self.batch = batch.max(1);
                if let Some(workspace) = &mut self.workspace {
                    workspace.session.set_batch(self.batch);
                    workspace.refresh();
                }
            }
            Command::Play(command) => self.play(command),
            Command::Session(command) => self.in_workspace(|open| open.carry_out(command)),
            Command::View(command) => self.in_workspace(|open| open.look(command)),
            Command::CancelTraining => self.engine.cancel_running(),
            Command::CancelJob(kind) => self.engine.cancel(kind),
            Command::Say(message) => self.say(message),
            Command::Dismiss(index) => {
                if index < self.messages.len() {
                    self.messages.remove(index);
                }
            }
        }
        self.request();
        self.flush();
    }

    /// Does something in the workspace, if there is one, and tells what could not be done.
    fn in_workspace(&mut self, act: impl FnOnce(&mut Workspace) -> Option<Message>) {
        if let Some(workspace) = &mut self.workspace {
            workspace.now = self.now;
            self.messages.extend(act(workspace));
        }
    }

    /// Lets time pass: after a while of waiting for a training the analyst gets on.
    ///
    /// An answer belongs to the candidate that was seen, so while the next one is not known there
    /// is none to answer; but on a large table the wait must not be felt either. Returns the
    /// seconds after which to call again, if there is something to wait for.
    pub fn tick(&mut self, now: f64) -> Option<f64> {
        let waiting = self.tick_candidate(now);
        let playing = self.tick_player(now);
        [waiting, playing].into_iter().flatten().reduce(f64::min)
    }

    fn tick_candidate(&mut self, now: f64) -> Option<f64> {
        let workspace = self.workspace.as_mut()?;
        let waits = workspace.selected().is_none() && workspace.training.is_some();
        if !waits || workspace.awaits_best {
            workspace.waiting_since = None;
            return None;
        }
        let since = *workspace.waiting_since.get_or_insert(now);
        let left = PATIENCE - (now - since);
        if left > 0.0 {
            return Some(left);
        }
        workspace.select_best();
        self.request();
        None
    }

    /// Asks the engine for what the state needs: the training that is due, the model of the
    /// present place, the map of what is looked at.
    pub(super) fn request(&mut self) {
        self.tell_stops();
        let Some(workspace) = &mut self.workspace else {
            return;
        };
        if workspace.training.is_none()
            && let Some(request) = workspace.model_request()
        {
            self.engine.submit(Job::new(self.document, request));
        }
        for request in workspace.wanted.drain(..) {
            self.engine.submit(Job::new(self.document, request));
        }
        if let Some(request) = workspace.map_request() {
            let request = Request::Map(request);
            self.engine.submit(Job::new(self.document, request));
        }
    }
}

impl Workspace {
    /// The work that brings the model at the present position: a training that is due, from the
    /// weights before it, or a ranking by weights that are at hand.
    fn model_request(&mut self) -> Option<Request> {
        let Some(plan) = self.session.due() else {
            let weights = Arc::clone(self.session.weights()?);
            let mut known = std::iter::once(&self.model).chain(&self.building);
            let current = known.any(|model| self.session.is_current(model));
            return (!current).then(|| Request::Rank(Arc::clone(&self.model), weights));
        };
        let before = self.session.weights_before(&plan);
        let models = std::iter::once(&self.model).chain(&self.building);
        let from = models
            .into_iter()
            .find(|model| Arc::ptr_eq(model.weights(), before));
        Some(match from.cloned() {
            Some(model) => {
                self.training = Some(plan.clone());
                Request::Train(model, plan)
            }
            None => Request::Rank(Arc::clone(&self.model), Arc::clone(before)),
        })
    }

    /// Takes in a model: it is shown if it is the one at the present position, and else it is a step
    /// on the way there.
    pub(super) fn take(&mut self, model: Arc<Model>) {
        if self.session.is_current(&model) && self.is_settled() {
            self.building = None;
            self.show(model);
            if self.selected().is_none() && self.session.due().is_none() {
                self.select_best();
            }
        } else {
            self.building = Some(model);
        }
    }

    /// The map that is wanted and not there yet.
    fn map_request(&self) -> Option<MapRequest> {
        // While the next candidate is awaited the old map stays.
        let anchor = self.selected()?;
        let flat = self.dataset.n_features() == 2;
        let fits = |map: &ScoreMap| {
            map.viewpoint == self.viewpoint
                && Arc::ptr_eq(map.model.weights(), self.model.weights())
                && (flat || map.anchor == anchor)
        };
        if self.map.as_deref().is_some_and(fits) {
            return None;
        }
        let known = self
            .map
            .as_ref()
            .filter(|map| map.viewpoint == self.viewpoint)
            .cloned();
        Some(MapRequest {
            model: Arc::clone(&self.model),
            viewpoint: self.viewpoint,
            anchor,
            known,
        })
    }
}
