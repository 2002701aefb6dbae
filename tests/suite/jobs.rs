//! For whom work is done, and what becomes of it when something else was asked for meanwhile.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use glad::app::{
    App, Artifact, ArtifactKind, Command, Figure, OpenCommand, SaveCommand, SessionCommand, View,
    WriteCommand,
};
use glad::detector::{FitError, Settings};
use glad::numeric::{Cancelled, Unwatched};
use glad::session::{Answer, Confidence, Reply};
use glad::worker::{Engine, Job, Kind, Lane, Progress, Response, Ticket};

use crate::common::toy;

/// Does a job when the test says so.
#[derive(Clone, Default)]
pub(crate) struct Held {
    waiting: Rc<RefCell<Vec<Job>>>,
    done: Rc<RefCell<VecDeque<(Ticket, Response)>>>,
    cancelled: Rc<RefCell<Vec<Kind>>>,
}

impl Engine for Held {
    fn submit(&mut self, job: Job) {
        self.waiting.borrow_mut().push(job);
    }

    fn poll(&mut self) -> Option<(Ticket, Response)> {
        self.done.borrow_mut().pop_front()
    }

    fn progress(&self, _: Lane) -> Option<Progress> {
        None
    }

    fn cancel_running(&mut self) {}

    fn cancel(&mut self, kind: Kind) {
        self.cancelled.borrow_mut().push(kind);
    }
}

impl Held {
    /// Takes the oldest waiting job of a kind.
    pub(crate) fn take(&self, kind: Kind) -> Option<Job> {
        let mut waiting = self.waiting.borrow_mut();
        let place = waiting.iter().position(|job| job.ticket.kind == kind)?;
        Some(waiting.remove(place))
    }

    /// Does the oldest waiting job of a kind and lets the application take it in.
    pub(crate) fn run(&self, kind: Kind, app: &mut App) {
        let job = self.take(kind).expect("a job of this kind");
        let response = job.request.run(&mut Unwatched);
        self.answer(job.ticket, response, app);
    }

    pub(crate) fn answer(&self, ticket: Ticket, response: Response, app: &mut App) {
        self.done.borrow_mut().push_back((ticket, response));
        app.receive();
    }

    pub(crate) fn waits(&self, kind: Kind) -> usize {
        let waiting = self.waiting.borrow();
        waiting.iter().filter(|job| job.ticket.kind == kind).count()
    }
}

fn open() -> (Held, App) {
    let held = Held::default();
    let mut app = App::new(Box::new(held.clone()), Settings::default());
    app.apply(Command::Open(OpenCommand::Toy(toy("clusters"))));
    held.run(Kind::Fit, &mut app);
    assert!(app.workspace().is_some());
    (held, app)
}

fn workspace(app: &App) -> View<'_> {
    app.workspace().expect("a table")
}

fn other_settings() -> Settings {
    Settings {
        seed: 7,
        ..Settings::default()
    }
}

fn says(app: &App, words: &str) -> bool {
    let mut messages = app.messages().iter();
    messages.any(|message| message.text.contains(words))
}

#[test]
fn a_training_of_the_detectors_before_does_not_replace_those_of_the_new_settings() {
    let (held, mut app) = open();
    app.apply(Command::Refit(Box::new(other_settings())));
    app.apply(Command::Session(SessionCommand::Answer(Answer::Anomaly)));
    assert_eq!((held.waits(Kind::Fit), held.waits(Kind::Train)), (1, 1));
    // Both are done by the time that the application looks: the fit first, then the old training,
    // whose plan is that of the new session, too.
    let old = held.take(Kind::Train).expect("the training");
    held.run(Kind::Fit, &mut app);
    assert_eq!(workspace(&app).model().fitted().settings().seed, 7);
    let response = old.request.run(&mut Unwatched);
    held.answer(old.ticket, response, &mut app);
    assert_eq!(workspace(&app).model().fitted().settings().seed, 7);
    assert!(
        workspace(&app).is_training(),
        "the new one is still to come"
    );
    held.run(Kind::Train, &mut app);
    let open = workspace(&app);
    assert_eq!(open.session().revision(), 1);
    assert_eq!(open.model().fitted().settings().seed, 7);
    assert!(open.session().is_current(open.model()));
}

#[test]
fn a_training_goes_on_after_a_fit_that_was_cancelled() {
    let (held, mut app) = open();
    app.apply(Command::Session(SessionCommand::Answer(Answer::Anomaly)));
    app.apply(Command::Refit(Box::new(other_settings())));
    app.apply(Command::Save(SaveCommand::Refit(true)));
    let fit = held.take(Kind::Fit).expect("the fit");
    let dataset = workspace(&app).dataset().clone();
    let cancelled = Response::Fitted(dataset, Err(FitError::Cancelled(Cancelled)));
    held.answer(fit.ticket, cancelled, &mut app);
    assert!(says(&app, "cancelled") && app.busy().is_none());
    held.run(Kind::Train, &mut app);
    assert_eq!(workspace(&app).session().revision(), 1);
    // And so does the next one.
    let next = workspace(&app).selected().expect("a candidate");
    let reply = Reply::new(Answer::Nominal, Confidence::Sure);
    app.apply(Command::Session(SessionCommand::Give(vec![next], reply)));
    held.run(Kind::Train, &mut app);
    assert_eq!(workspace(&app).session().revision(), 2);
}

#[test]
fn of_two_tables_that_were_asked_for_the_last_is_opened() {
    let (held, mut app) = open();
    app.apply(Command::Open(OpenCommand::Toy(toy("between"))));
    app.apply(Command::Open(OpenCommand::Toy(toy("subspaces"))));
    held.run(Kind::Fit, &mut app);
    assert_eq!(workspace(&app).dataset().name(), "clusters");
    assert!(app.busy().is_some());
    held.run(Kind::Fit, &mut app);
    assert_eq!(workspace(&app).dataset().name(), "subspaces");
    assert!(app.busy().is_none());
}

#[test]
fn what_was_computed_of_the_table_before_is_not_shown_of_the_next() {
    let (held, mut app) = open();
    let maps: Vec<Job> = std::iter::from_fn(|| held.take(Kind::Map)).collect();
    assert!(!maps.is_empty());
    app.apply(Command::Open(OpenCommand::Toy(toy("between"))));
    held.run(Kind::Fit, &mut app);
    for map in maps {
        let response = map.request.run(&mut Unwatched);
        held.answer(map.ticket, response, &mut app);
    }
    assert!(workspace(&app).map().is_none());
    // Some of those that still wait are of the table before, too.
    while workspace(&app).map().is_none() {
        held.run(Kind::Map, &mut app);
    }
    let map = workspace(&app).map().expect("a map");
    assert_eq!(map.model.fitted().dataset().name(), "between");
}

#[test]
fn a_fault_ends_the_job_that_met_it_and_no_other() {
    let (held, mut app) = open();
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let chart = WriteCommand::Save(Artifact::Chart(Figure::Discovery), path("c.svg"));
    app.apply(Command::Write(chart));
    let export = WriteCommand::Save(Artifact::Scores, path("s.csv"));
    app.apply(Command::Write(export));
    app.apply(Command::Session(SessionCommand::Answer(Answer::Anomaly)));
    let fault = || Response::Died("a test".to_owned());
    let job = held
        .take(Kind::Write(ArtifactKind::Session))
        .expect("the export");
    held.answer(job.ticket, fault(), &mut app);
    assert!(says(&app, "The export stopped with a fault"));
    assert!(!app.writing().is_running(ArtifactKind::Session));
    assert!(app.writing().is_running(ArtifactKind::Chart));
    held.run(Kind::Train, &mut app);
    assert_eq!(workspace(&app).session().revision(), 1);
    held.run(Kind::Write(ArtifactKind::Chart), &mut app);
    assert!(path("c.svg").exists());
    // A training that meets a fault is given up, and the answers stay.
    app.apply(Command::Session(SessionCommand::Answer(Answer::Nominal)));
    let job = held.take(Kind::Train).expect("the training");
    held.answer(job.ticket, fault(), &mut app);
    assert_eq!(workspace(&app).answers().len(), 2);
    assert!(workspace(&app).selected().is_some());
}

/// What is written ends when it ends: the analyst may have put its dialog away, or asked for another.
#[test]
fn the_end_of_what_is_written_is_told_whatever_it_is_and_whichever_dialog_is_shown() {
    let (held, mut app) = open();
    let folder = tempfile::tempdir().expect("a folder");
    let write = |command: WriteCommand| Command::Write(command);
    for (artifact, name, told) in [
        (
            Artifact::Chart(Figure::Discovery),
            "c.svg",
            "The chart is in",
        ),
        (Artifact::Report, "r.html", "The report is in"),
        (Artifact::Charts, "charts", "The charts are in"),
        (Artifact::Scores, "s.csv", "The scores of 485 instances"),
        (Artifact::Labels, "l.csv", "0 answers are in"),
        (Artifact::Model, "m.onnx", "The trained model, "),
        (Artifact::Selection(vec![0, 1]), "x.csv", "2 selected rows"),
    ] {
        let kind = artifact.kind();
        let path = folder.path().join(name);
        app.apply(write(WriteCommand::Ask(kind)));
        app.apply(write(WriteCommand::Save(artifact.clone(), path.clone())));
        app.apply(write(WriteCommand::Close));
        app.apply(write(WriteCommand::Ask(ArtifactKind::Table)));
        held.run(Kind::Write(kind), &mut app);
        assert!(path.exists() && says(&app, told), "{told}");
        assert_eq!(app.writing().asked(), Some(ArtifactKind::Table));
        // What stands in the way is told, too, and stays as it is.
        let messages = app.messages().len();
        app.apply(write(WriteCommand::Save(artifact, path)));
        held.run(Kind::Write(kind), &mut app);
        assert_eq!(app.messages().len(), messages + 1);
        assert!(app.messages()[messages].text.contains("already: press"));
        assert_eq!(app.writing().trouble(), None, "it is another's dialog");
    }
}

#[test]
fn a_job_is_cancelled_by_its_own_button() {
    let (held, mut app) = open();
    app.apply(Command::CancelJob(Kind::Write(ArtifactKind::Session)));
    assert_eq!(
        *held.cancelled.borrow(),
        [Kind::Write(ArtifactKind::Session)]
    );
}
