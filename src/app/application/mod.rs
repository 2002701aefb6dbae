//! The application: its state, and what it does of its own. What is done to the session and what is
//! looked at is the business of the two halves of the workspace.

mod jobs;
mod opening;
mod playing;
mod presets;
mod progress;
mod receive;
mod recovering;
mod refit;
mod saving;
mod saving_view;
mod status;
mod writing;

use std::path::PathBuf;

pub use self::progress::KeptSession;
pub use self::status::StatusView;
use super::saving::Saving;
use super::workspace::Workspace;
use super::{Command, Message, Opening, Presets, View, Writing};
use crate::detector::Settings;
use crate::store::Seam;
use crate::worker::{Engine, Job, Lane, Progress};

/// Seconds after which an analyst who waits for a training gets the next candidate of the old
/// ranking.
const PATIENCE: f64 = 0.08;

/// The application.
pub struct App {
    engine: Box<dyn Engine>,
    settings: Settings,
    batch: usize,
    now: Option<u64>,
    workspace: Option<Workspace>,
    opening: Option<Opening>,
    messages: Vec<Message>,
    saving: Saving,
    writing: Writing,
    presets: Presets,
    /// The session whose table was not found, and what was said of it.
    missing: Option<(PathBuf, String)>,
    /// Where the open session went on with another table in this run.
    seam: Option<Box<Seam>>,
    /// A layout of the window that came with a session.
    layout: Option<String>,
    /// What is under way that replaces the table, as a phrase.
    busy: Option<&'static str>,
    /// The number of the table with its fit that is open; 0 before any.
    document: u64,
    /// The number of the one that was asked for last; it is on its way while the application is
    /// [`App::busy`]. No number is given twice.
    asked_for: u64,
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

    /// The open table, if any, as panels show it.
    pub fn workspace(&self) -> Option<View<'_>> {
        self.workspace.as_ref().map(Workspace::view)
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
                let batch = self.batch;
                self.with_open(|open| open.set_batch(batch));
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

    /// Does something to what is open, if something is.
    fn with_open(&mut self, act: impl FnOnce(&mut Workspace)) {
        if let Some(workspace) = &mut self.workspace {
            act(workspace);
        }
    }

    /// Does something in the workspace, if there is one, and tells what could not be done.
    fn in_workspace(&mut self, act: impl FnOnce(&mut Workspace) -> Option<Message>) {
        if let Some(workspace) = &mut self.workspace {
            workspace.open.now = self.now;
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
        let waits = workspace.state.selected.is_none() && workspace.open.training.is_some();
        if !waits || workspace.state.awaits_best {
            workspace.state.waiting_since = None;
            return None;
        }
        let since = *workspace.state.waiting_since.get_or_insert(now);
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
    fn request(&mut self) {
        self.tell_stops();
        let document = self.document;
        let requests = self.workspace.as_mut().map(Workspace::requests);
        for request in requests.into_iter().flatten() {
            self.engine.submit(Job::new(document, request));
        }
    }
}
