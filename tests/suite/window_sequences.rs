//! Sequences in the window, driven by label and key.

use std::fs;

use eframe::egui::{Key, Theme};
use egui_kittest::kittest::Queryable;
use glad::app::{App, Command, OpenCommand, ReadOptions};
use glad::detector::Settings;
use glad::session::Answer;
use glad::worker::InlineEngine;

use crate::sequences::arcs;
use crate::window::{click, press, selected, window_of};

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
    window.state_mut().apply(Command::Answer(Answer::Anomaly));
    window.run_steps(3);
    assert_ne!(selected(&window), first);
    let workspace = window.state().app().workspace().expect("sequences");
    assert_eq!(workspace.answers().get(&first), Some(&Answer::Anomaly));
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
