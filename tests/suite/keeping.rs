//! Sessions in the window: kept, recovered, opened, read-only, played back; without pixels.

use std::fs;
use std::path::{Path, PathBuf};

use glad::app::{App, Command, OpenCommand, PlayCommand, SaveCommand, SaveState, SessionCommand};
use glad::detector::Settings;
use glad::session::Answer;
use glad::store::{
    FileError, StorageRequest, StorageResponse, is_session, journal_of, read_journal, read_session,
};
use glad::worker::{InlineEngine, InlineStorage, Storage};

use crate::common::{toy, toy_path};

/// A window without pixels whose journals go to `folder` if they cannot lie beside their table.
fn window(folder: &Path) -> App {
    with_scribe(folder, Box::new(InlineStorage::default()))
}

fn with_scribe(folder: &Path, storage: Box<dyn Storage>) -> App {
    let app = App::new(Box::new(InlineEngine::default()), Settings::default());
    let mut app = app.keep_by(storage, Some(folder.join("data")), "a test".to_owned());
    app.set_clock(1_764_050_400_000);
    app
}

fn settle(app: &mut App) {
    for _ in 0..40 {
        app.receive();
    }
}

fn open(app: &mut App, path: &Path) {
    app.apply(Command::Open(OpenCommand::File(
        path.to_owned(),
        Default::default(),
    )));
    settle(app);
}

/// A table of a test's own.
fn table(folder: &Path) -> PathBuf {
    let path = folder.join("t.csv");
    fs::copy(toy_path("clusters"), &path).expect("room");
    path
}

fn label(app: &mut App, queries: usize) {
    for query in 0..queries {
        let answer = if query % 3 == 0 {
            Answer::Anomaly
        } else {
            Answer::Nominal
        };
        app.apply(Command::Session(SessionCommand::Answer(answer)));
        settle(app);
    }
}

/// All that must be the same after a run as before.
fn bits(app: &App) -> (Vec<(usize, Answer)>, Vec<u32>, Option<usize>) {
    let workspace = app.workspace().expect("a table");
    let answers = workspace
        .answers()
        .iter()
        .map(|(&at, &answer)| (at, answer));
    let scores = workspace
        .model()
        .scores()
        .iter()
        .map(|score| score.to_bits());
    (answers.collect(), scores.collect(), workspace.selected())
}

fn told(app: &App, expected: &str) {
    let texts: Vec<&str> = app
        .messages()
        .iter()
        .map(|message| message.text.as_str())
        .collect();
    assert!(
        texts.iter().any(|text| text.contains(expected)),
        "{expected}: {texts:?}"
    );
}

fn save_as(app: &mut App, path: &Path) {
    app.apply(Command::Save(SaveCommand::SaveAs(path.to_owned(), false)));
    settle(app);
}

#[test]
fn an_unsaved_session_is_offered_again_and_goes_on_to_the_bit() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    let mut app = window(folder.path());
    open(&mut app, &path);
    label(&mut app, 5);
    app.apply(Command::Session(SessionCommand::Undo));
    settle(&mut app);
    label(&mut app, 2);
    let before = bits(&app);
    drop(app);
    let mut app = window(folder.path());
    open(&mut app, &path);
    let offer = app.offer().expect("an offer");
    assert!(
        offer.contains("Recover 7 answers from 2025-11-25"),
        "{offer}"
    );
    app.apply(Command::Session(SessionCommand::Answer(Answer::Anomaly)));
    assert!(
        app.workspace().expect("a table").answers().is_empty(),
        "first the question"
    );
    app.apply(Command::Save(SaveCommand::Recover(true)));
    settle(&mut app);
    assert!(app.offer().is_none());
    assert_eq!(bits(&app), before);
    // And it goes on being kept in the same journal.
    label(&mut app, 1);
    let SaveState::Journal(place) = app.save_state().clone() else {
        panic!("{:?}", app.save_state());
    };
    drop(app);
    let found = read_journal(&journal_of(&place))
        .expect("it reads")
        .expect("a journal");
    assert_eq!(glad::store::Found::answers(&found.events), 8);
    // Left aside, it is not lost either.
    let mut app = window(folder.path());
    open(&mut app, &path);
    app.apply(Command::Save(SaveCommand::Recover(false)));
    settle(&mut app);
    assert!(app.workspace().expect("a table").answers().is_empty());
    let aside = folder.path().join("t.csv.glad.journal~");
    assert!(aside.exists() && read_journal(&aside).expect("it reads").is_some());
}

#[test]
fn a_saved_session_opens_as_if_it_had_never_been_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    let mut app = window(folder.path());
    open(&mut app, &path);
    label(&mut app, 4);
    let file = folder.path().join("run.glad");
    save_as(&mut app, &file);
    assert_eq!(
        (app.save_state(), app.unsaved()),
        (&SaveState::File(file.clone()), 0)
    );
    assert!(
        is_session(&file) && app.title().starts_with("run.glad – "),
        "{}",
        app.title()
    );
    let saved = bits(&app);
    label(&mut app, 2);
    assert!(
        app.unsaved() == 2 && app.title().starts_with("run.glad * "),
        "{}",
        app.title()
    );
    let later = bits(&app);
    drop(app);

    let mut app = window(folder.path());
    open(&mut app, &file);
    assert!(app.offer().expect("an offer").contains("Recover 2 answers"));
    assert_eq!(bits(&app), saved, "what was saved");
    app.apply(Command::Save(SaveCommand::Recover(true)));
    settle(&mut app);
    assert_eq!(bits(&app), later, "and what came since");
    app.apply(Command::Save(SaveCommand::Save));
    settle(&mut app);
    assert_eq!(read_session(&file).expect("a session").steps.len(), 6);
    // Earlier revisions are built again.
    for _ in 0..2 {
        app.apply(Command::Session(SessionCommand::Undo));
        settle(&mut app);
    }
    assert_eq!((bits(&app).0, bits(&app).1), (saved.0, saved.1));
    for _ in 0..4 {
        app.apply(Command::Session(SessionCommand::Undo));
        settle(&mut app);
    }
    let workspace = app.workspace().expect("a table");
    assert!(workspace.answers().is_empty() && workspace.session().is_current(workspace.model()));
}

#[test]
fn the_second_window_looks_only_and_can_make_a_copy() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    let file = folder.path().join("run.glad");
    let mut first = window(folder.path());
    open(&mut first, &path);
    label(&mut first, 2);
    save_as(&mut first, &file);
    let mut second = window(folder.path());
    open(&mut second, &file);
    told(&second, "open in another window (a test)");
    assert!(
        matches!(second.save_state(), SaveState::ReadOnly(..))
            && second.title().contains("read-only")
    );
    let before = bits(&second);
    for command in [
        Command::Session(SessionCommand::Answer(Answer::Anomaly)),
        Command::Session(SessionCommand::Undo),
        Command::Session(SessionCommand::Retrain),
    ] {
        second.apply(command);
        settle(&mut second);
    }
    assert_eq!(bits(&second), before);
    told(&second, "This window is read-only");
    let copy = folder.path().join("copy.glad");
    save_as(&mut second, &copy);
    label(&mut second, 1);
    assert_eq!(
        (second.save_state(), second.unsaved()),
        (&SaveState::File(copy), 1)
    );
    // Two windows on a table are two sessions.
    let mut third = window(folder.path());
    open(&mut third, &path);
    let mut fourth = window(folder.path());
    open(&mut fourth, &path);
    assert!(
        matches!((third.save_state(), fourth.save_state()), (SaveState::Journal(a), SaveState::Journal(b)) if a != b)
    );
}

#[test]
fn where_nothing_can_be_written_the_work_goes_on_in_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    // Locks that cannot be made, as in a folder that is read-only.
    for number in [
        "", ".2", ".3", ".4", ".5", ".6", ".7", ".8", ".9", ".10", ".11", ".12", ".13", ".14",
        ".15", ".16", ".17", ".18", ".19", ".20",
    ] {
        fs::create_dir(folder.path().join(format!("t.csv{number}.glad.lock"))).expect("room");
    }
    let mut app = window(folder.path());
    open(&mut app, &path);
    let SaveState::Journal(place) = app.save_state().clone() else {
        panic!("{:?}", app.save_state());
    };
    assert!(
        place.starts_with(folder.path().join("data")),
        "the user's folder: {place:?}"
    );
    drop(app);
    fs::remove_dir_all(folder.path().join("data")).expect("the folder");
    fs::write(folder.path().join("data"), "a file").expect("room");
    let mut app = window(folder.path());
    open(&mut app, &path);
    assert!(
        matches!(app.save_state(), SaveState::Memory(_)),
        "{:?}",
        app.save_state()
    );
    told(&app, "No journal can be kept");
    label(&mut app, 3);
    assert_eq!(bits(&app).0.len(), 3);
    let file = folder.path().join("elsewhere.glad");
    save_as(&mut app, &file);
    assert_eq!(read_session(&file).expect("a session").steps.len(), 3);
}

#[test]
fn a_table_that_moved_is_asked_for_and_another_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    let file = folder.path().join("run.glad");
    let mut app = window(folder.path());
    open(&mut app, &path);
    label(&mut app, 3);
    save_as(&mut app, &file);
    let before = bits(&app);
    drop(app);
    let there = folder.path().join("there");
    fs::create_dir(&there).expect("room");
    fs::rename(&path, there.join("t.csv")).expect("a move");
    let mut app = window(folder.path());
    open(&mut app, &file);
    let (session, sentence) = app.missing_table().expect("a question");
    assert!(
        session == file && sentence.contains("cannot be read"),
        "{sentence}"
    );
    let with = |table: PathBuf| Command::Open(OpenCommand::Session(file.clone(), Some(table)));
    app.apply(with(toy_path("subspaces")));
    settle(&mut app);
    let (_, sentence) = app.missing_table().expect("asked again");
    assert!(
        sentence.contains("not the table of the session"),
        "{sentence}"
    );
    app.apply(with(there.join("t.csv")));
    settle(&mut app);
    assert!(app.missing_table().is_none());
    assert_eq!(bits(&app), before);
    // A file that is none is told, and the open session stays.
    let bad = folder.path().join("bad.glad");
    fs::write(&bad, "// GLAD session, format 1\n").expect("room");
    open(&mut app, &bad);
    told(&app, "is damaged");
    assert_eq!(bits(&app), before);
}

/// A disk that is as slow as the test likes, or full.
#[derive(Default)]
struct Disk {
    held: std::rc::Rc<std::cell::Cell<bool>>,
    full: bool,
    done: Vec<StorageResponse>,
}

impl Storage for Disk {
    fn submit(&mut self, request: StorageRequest) {
        let response = match request {
            StorageRequest::Begin(beginning) => {
                StorageResponse::Claimed(beginning.paths[0].clone(), None)
            }
            StorageRequest::Append(_, at) if self.full => {
                let why = "the disk is full".to_owned();
                StorageResponse::Appended(at, Err(FileError::Unwritable("t.glad".into(), why)))
            }
            StorageRequest::Append(_, at) => StorageResponse::Appended(at, Ok(())),
            _ => return,
        };
        self.done.push(response);
    }

    fn poll(&mut self) -> Option<StorageResponse> {
        (!self.held.get() && !self.done.is_empty()).then(|| self.done.remove(0))
    }
}

#[test]
fn the_screen_says_nothing_that_is_not_on_the_disk() {
    let folder = tempfile::tempdir().expect("a folder");
    let held = std::rc::Rc::new(std::cell::Cell::new(false));
    let disk = Disk {
        held: held.clone(),
        ..Disk::default()
    };
    let mut app = with_scribe(folder.path(), Box::new(disk));
    open(&mut app, &table(folder.path()));
    let first = bits(&app).2.expect("a candidate");
    held.set(true);
    app.apply(Command::Session(SessionCommand::Answer(Answer::Nominal)));
    settle(&mut app);
    app.tick(1e9);
    let open = app.workspace().expect("a table");
    assert!(open.answers().is_empty() && open.curve().is_empty() && open.selected().is_none());
    assert!(open.is_training(), "the panel says that it waits");
    app.apply(Command::Session(SessionCommand::Answer(Answer::Nominal)));
    held.set(false);
    settle(&mut app);
    let open = app.workspace().expect("a table");
    assert_eq!(open.answers().keys().copied().collect::<Vec<_>>(), [first]);
    assert!(open.selected().is_some_and(|next| next != first) && open.curve().len() == 1);
}

#[test]
fn a_full_disk_is_told_and_the_answers_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let disk = Disk {
        full: true,
        ..Disk::default()
    };
    let mut app = with_scribe(folder.path(), Box::new(disk));
    open(&mut app, &table(folder.path()));
    label(&mut app, 2);
    assert_eq!(bits(&app).0.len(), 2);
    told(&app, "the disk is full");
    assert_eq!(app.save_mark().expect("a mark").0, "not on disk!");
}

#[test]
fn playing_back_shows_every_step_and_leaves_all_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = window(folder.path());
    app.apply(Command::Open(OpenCommand::Toy(toy("clusters"))));
    settle(&mut app);
    let mut seen = vec![bits(&app)];
    for _ in 0..4 {
        label(&mut app, 1);
        seen.push(bits(&app));
    }
    let scores = |app: &App| bits(app).1;
    app.apply(Command::Play(PlayCommand::Pace(10.0)));
    app.apply(Command::Play(PlayCommand::Run(true)));
    settle(&mut app);
    assert_eq!(scores(&app), seen[0].1);
    let mut now = 0.0;
    for (step, then) in seen.iter().enumerate().skip(1) {
        for _ in 0..3 {
            now += 0.06;
            app.tick(now);
            settle(&mut app);
            if app.player().expect("a session").cursor == step {
                break;
            }
        }
        let view = app.player().expect("a session");
        assert_eq!((view.cursor, view.revision), (step, step as u64));
        assert_eq!((&bits(&app).0, &scores(&app)), (&then.0, &then.1));
        assert_eq!(app.workspace().expect("a table").curve().len(), step);
    }
    assert!(!app.player().expect("a session").is_running, "the end");
    app.apply(Command::Play(PlayCommand::Go(2)));
    settle(&mut app);
    assert_eq!(scores(&app), seen[2].1);
    app.apply(Command::Session(SessionCommand::Answer(Answer::Anomaly)));
    settle(&mut app);
    told(&app, "being played back");
    app.apply(Command::Play(PlayCommand::Leave));
    settle(&mut app);
    assert_eq!(bits(&app), seen[4]);
}

#[test]
fn the_truth_answers_at_a_chosen_pace() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut app = window(folder.path());
    app.apply(Command::Open(OpenCommand::Toy(toy("clusters"))));
    settle(&mut app);
    app.apply(Command::Play(PlayCommand::Pace(2.0)));
    app.apply(Command::Play(PlayCommand::Oracle(true)));
    let mut now = 0.0;
    while now < 5.05 {
        app.tick(now);
        settle(&mut app);
        now += 0.1;
    }
    let answers = app.workspace().expect("a table").answers().len();
    assert!(
        (8..=10).contains(&answers),
        "two a second for five seconds: {answers}"
    );
    app.apply(Command::Play(PlayCommand::Oracle(false)));
    app.tick(now + 60.0);
    settle(&mut app);
    assert_eq!(app.workspace().expect("a table").answers().len(), answers);
}

/// A journal is written by a thread of its own; closing the window waits for it.
#[test]
fn the_thread_that_writes_has_written_when_the_window_is_closed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    let storage = glad::worker::StorageThread::start(|| ()).expect("a thread");
    let mut app = with_scribe(folder.path(), Box::new(storage));
    open(&mut app, &path);
    let began = std::time::Instant::now();
    while app.workspace().is_none_or(|open| open.answers().len() < 3) {
        app.receive();
        if app
            .workspace()
            .is_some_and(|open| open.selected().is_some())
        {
            app.apply(Command::Session(SessionCommand::Answer(Answer::Nominal)));
        }
        assert!(began.elapsed().as_secs() < 60, "the journal never answered");
        std::thread::yield_now();
    }
    drop(app);
    let found = read_journal(&journal_of(&folder.path().join("t.csv.glad")));
    let found = found.expect("it reads").expect("a journal");
    assert!(glad::store::Found::answers(&found.events) >= 3);
}

/// Other settings make another session, which holds what was said so far.
#[test]
fn a_session_with_other_settings_is_kept_in_the_place_of_the_one_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = table(folder.path());
    let mut app = window(folder.path());
    open(&mut app, &path);
    label(&mut app, 3);
    let settings = Settings {
        seed: 5,
        ..Settings::default()
    };
    app.apply(Command::Refit(Box::new(settings)));
    app.apply(Command::Save(SaveCommand::Refit(true)));
    settle(&mut app);
    assert!(app.offer().is_none(), "nothing is asked of the journal");
    label(&mut app, 1);
    let before_it = folder.path().join("t.csv.glad.journal~");
    assert!(!before_it.exists(), "all that it said is in the new one");
    let before = bits(&app);
    assert_eq!(before.0.len(), 4);
    drop(app);
    let mut app = window(folder.path());
    open(&mut app, &path);
    assert!(app.offer().expect("an offer").contains("Recover 4 answers"));
    app.apply(Command::Save(SaveCommand::Recover(true)));
    settle(&mut app);
    assert_eq!(bits(&app), before, "with the settings of then");
}
