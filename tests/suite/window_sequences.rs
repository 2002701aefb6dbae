//! Sequences in the window, driven by label and key.

use std::fs;
use std::path::Path;

use eframe::egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable;
use glad::app::{
    App, Artifact, Command, Mark, OpenCommand, ReadOptions, SessionCommand, ViewCommand,
    WriteCommand,
};
use glad::detector::Settings;
use glad::figures::PairAlignment;
use glad::session::Answer;
use glad::worker::InlineEngine;

use crate::sequences::arcs;
use crate::window::{Window, click, press, press_with, selected, window_of};

const ALIGNED: &str = "channel 1 of this sequence over the usual course, by usual course; drag to pan, Ctrl and wheel to zoom, double-click for all of it";
const BY_TIME: &str = "channel 1 of this sequence over the usual course, by moment; drag to pan, Ctrl and wheel to zoom, double-click for all of it";

#[test]
fn a_sequence_is_shown_over_the_usual_course_and_answered_by_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("arcs.ts");
    fs::write(&path, arcs(24, false)).expect("written");
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    app.apply(Command::Open(OpenCommand::File(
        path,
        ReadOptions::default(),
    )));
    let mut window = window_of(app, Theme::Dark);
    window.run_steps(3);
    let first = selected(&window);
    assert!(window.query_by_label(ALIGNED).is_some() && window.query_by_label(BY_TIME).is_none());
    // By key and by button to its own time and back.
    press(&mut window, Key::C);
    assert!(window.query_by_label(BY_TIME).is_some() && window.query_by_label(ALIGNED).is_none());
    click(&mut window, "By its own time (C)");
    assert!(window.query_by_label(ALIGNED).is_some());
    let workspace = window.state().app().workspace().expect("sequences");
    let curves = workspace.curves(first, true).expect("curves");
    assert_eq!(curves.channels.len(), 2);
    assert!(
        curves.channels[0]
            .usual
            .iter()
            .all(|[_, low, middle, high]| low <= middle && middle <= high)
    );
    let most = curves
        .deviations
        .points()
        .iter()
        .map(|point| point[1])
        .fold(0.0, f64::max);
    assert!(
        most <= f64::from(curves.most) + 1e-6,
        "{most} of {}",
        curves.most
    );
    assert!(
        workspace.curves(first, false).expect("curves").channels[0]
            .usual
            .is_empty()
    );
    window
        .state_mut()
        .apply(Command::Session(SessionCommand::Answer(Answer::Anomaly)));
    window.run_steps(3);
    assert_ne!(selected(&window), first);
    let workspace = window.state().app().workspace().expect("sequences");
    assert_eq!(workspace.answers().get(&first), Some(&Answer::Anomaly));
}

/// A window on a small set of sequences in a folder.
fn arcs_in(folder: &Path) -> Window {
    let path = folder.join("arcs.ts");
    fs::write(&path, arcs(24, false)).expect("written");
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    let open = OpenCommand::File(path, ReadOptions::default());
    app.apply(Command::Open(open));
    let mut window = window_of(app, Theme::Dark);
    window.run_steps(3);
    window
}

#[test]
fn an_event_is_marked_once_and_stands_in_all_sequences_undone_saved_and_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let mut window = arcs_in(folder.path());
    let first = selected(&window);
    click(&mut window, "Mark event (Y)");
    let events = |window: &Window, instance| {
        let workspace = window.state().app().workspace().expect("sequences");
        workspace.events(instance)
    };
    let marked = events(&window, first);
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0].name, "event 1");
    let workspace = window.state().app().workspace().expect("sequences");
    let length = workspace.moments(first).expect("moments");
    assert_eq!(
        marked[0].mark,
        Mark {
            instance: first,
            moment: length / 2
        }
    );
    // In another one it is as far along the usual course.
    let other = (0..24).find(|at| *at != first).expect("another");
    window
        .state_mut()
        .apply(Command::View(ViewCommand::Select(other)));
    window.run_steps(2);
    let carried = &events(&window, other)[0];
    let learnt = window.state().app().workspace().expect("sequences");
    let learnt = learnt.dataset().sequences().expect("sequences");
    let course = learnt.course(other);
    let off = |at: usize| (course[at] - carried.phase).abs();
    assert!((0..course.len()).all(|at| off(carried.moment) <= off(at)));
    assert!(
        window
            .query_by_label_contains("carried over from sequence")
            .is_some()
    );
    // Undo takes it back, redo marks it again; the session file and the table keep it.
    window
        .state_mut()
        .apply(Command::Session(SessionCommand::Undo));
    window.run_steps(2);
    assert!(events(&window, other).is_empty());
    window
        .state_mut()
        .apply(Command::Session(SessionCommand::Redo));
    window.run_steps(2);
    let save = WriteCommand::Save(Artifact::Events, path("events.csv"));
    window.state_mut().apply(Command::Write(save));
    window.run_steps(2);
    let table = fs::read_to_string(path("events.csv")).expect("a table");
    assert_eq!(table.lines().count(), 1 + 24);
    assert_eq!(table.matches(",marked").count(), 1);
    click(&mut window, "Take event 1 away");
    assert!(events(&window, other).is_empty());
    // By key, in the one that is looked at.
    press(&mut window, Key::Y);
    window.run_steps(2);
    let marked = events(&window, other);
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0].mark.instance, selected(&window));
}

#[test]
fn cards_show_small_curves_and_two_sequences_are_aligned_beside_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = arcs_in(folder.path());
    press_with(&mut window, Modifiers::COMMAND, Key::Num7);
    window.run_steps(2);
    let round = window
        .state()
        .app()
        .workspace()
        .expect("sequences")
        .round()
        .to_vec();
    let id = |window: &Window, at: usize| {
        let workspace = window.state().app().workspace().expect("sequences");
        workspace.dataset().id(at)
    };
    let words = format!(
        "curves of sequence {} over the usual course",
        id(&window, round[0].instance)
    );
    assert!(window.query_by_label(&words).is_some(), "{words}");
    press_with(&mut window, Modifiers::COMMAND, Key::M);
    window.run_steps(3);
    let workspace = window.state().app().workspace().expect("sequences");
    let other = workspace.beside_candidate().expect("a sequence beside it");
    let current = selected(&window);
    let words = format!(
        "Distances of the moments of sequence {} to those of sequence {}",
        id(&window, current),
        id(&window, other)
    );
    assert!(window.query_by_label_contains(&words).is_some(), "{words}");
    let aligned = workspace.aligned().expect("sequences");
    assert_eq!(aligned.pair, (current, other));
    assert!((-1.0..=1.0).contains(&aligned.tau));
    let alignment = &aligned.alignment;
    assert_eq!(alignment.path.first(), Some(&(0, 0)));
    let end = (alignment.rows.len() - 1, alignment.columns.len() - 1);
    assert_eq!(alignment.path.last(), Some(&end));
    assert!(alignment.path.is_sorted());
    // A sequence lies on itself along the diagonal.
    let learnt = workspace.dataset().sequences().expect("sequences");
    let own = PairAlignment::of(learnt, (current, current));
    let mut path = own.alignment.path.iter();
    assert!(path.all(|(row, column)| row == column) && own.tau == 1.0);
}

#[test]
fn the_welcome_screen_offers_sequences_and_the_dialog_asks_for_the_nominal_class() {
    let app = App::new(Box::new(InlineEngine::default()), Settings::default());
    let mut window = window_of(app, Theme::Light);
    assert!(window.query_by_label("Strokes").is_some());
    assert!(
        window
            .query_by_label("Beats: its anomalies among nominal sequences")
            .is_some()
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ab.ts");
    fs::write(
        &path,
        arcs(8, false)
            .replace("nominal", "a")
            .replace("anomaly", "b"),
    )
    .expect("written");
    window
        .state_mut()
        .apply(Command::Open(OpenCommand::Show(None)));
    window.state_mut().apply(Command::Open(OpenCommand::Preview(
        path,
        ReadOptions::default(),
    )));
    window.run_steps(3);
    assert!(
        window.query_by_label("Between fields").is_none(),
        "sequences have no delimiter"
    );
    let opening = window.state().app().opening().expect("a dialog");
    let preview = opening
        .preview
        .as_ref()
        .expect("a preview")
        .as_ref()
        .expect("sequences");
    assert_eq!(
        preview.classes.as_deref(),
        Some(&["a", "b"].map(String::from)[..])
    );
    assert_eq!(
        preview.label, None,
        "which of the two is nominal is not guessed"
    );
    assert_eq!(preview.rows.len(), 8);
}
