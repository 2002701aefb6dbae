//! A session goes on with another table, in the window.

use std::fs;

use eframe::egui::{Key, Modifiers, Theme};
use egui_kittest::kittest::Queryable;
use glad::app::{App, Command, OpenCommand, SessionCommand};
use glad::detector::Settings;
use glad::session::Answer;
use glad::store::read_session;
use glad::worker::InlineEngine;

use crate::common::toy_path;
use crate::window::{Window, click, press_with, window_of};

fn open_dialog_on(window: &mut Window, path: &str) {
    let show = OpenCommand::Show(Some(path.into()));
    window.state_mut().apply(Command::Open(show));
    window.run_steps(4);
}

fn answer(window: &mut Window, count: usize) {
    for at in 0..count {
        let answer = [Answer::Anomaly, Answer::Nominal][at % 2];
        window
            .state_mut()
            .apply(Command::Session(SessionCommand::Answer(answer)));
        window.run_steps(3);
    }
}

#[test]
fn the_next_table_is_opened_with_the_sessions_model_and_fitted_again_on_both() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(toy_path("clusters")).expect("the toy");
    let (head, rows) = text.split_once('\n').expect("a header");
    let rows: Vec<&str> = rows.lines().collect();
    let table = |name: &str, which: usize| {
        let path = folder.path().join(name);
        let rows: Vec<&str> = rows.iter().skip(which).step_by(2).copied().collect();
        fs::write(&path, format!("{head}\n{}\n", rows.join("\n"))).expect("room");
        path.display().to_string()
    };
    let (monday, tuesday) = (table("monday.csv", 0), table("tuesday.csv", 1));
    let settings = Settings {
        ensemble: "paper".parse().expect("an ensemble"),
        ..Settings::default()
    };
    let app = App::new(Box::new(InlineEngine::default()), settings);
    let mut window = window_of(app, Theme::Light);
    open_dialog_on(&mut window, &monday);
    assert!(window.query_by_label("With this session's model").is_none());
    click(&mut window, "Open table");
    answer(&mut window, 4);
    let before = window.state().app().workspace().expect("a table");
    let (n, weights) = (
        before.dataset().n_instances(),
        before.model().weights().clone(),
    );
    assert_eq!(before.answers().len(), 4);

    open_dialog_on(&mut window, &tuesday);
    assert!(window.query_by_label("With this session's model").is_some());
    press_with(&mut window, Modifiers::COMMAND, Key::Enter);
    let app = window.state().app();
    let after = app.workspace().expect("the new table");
    assert_eq!(after.dataset().n_instances(), rows.len() - n + 4);
    assert_eq!(after.answers().len(), 4);
    assert_eq!(after.model().weights().network, weights.network);
    let said: Vec<&str> = app
        .messages()
        .iter()
        .map(|message| message.text.as_str())
        .collect();
    assert!(
        said.iter()
            .any(|text| text.contains("4 answers go on counting")),
        "{said:?}"
    );
    assert!(said.iter().any(|text| text.contains("drift")), "{said:?}");
    assert!(read_session(&folder.path().join("tuesday.glad")).is_ok());

    answer(&mut window, 2);
    assert!(window.query_by_label("Fit on both").is_some());
    press_with(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
    let both = window.state().app().workspace().expect("both tables");
    assert_eq!(both.dataset().n_instances(), rows.len());
    assert_eq!(both.answers().len(), 6);
    assert!(window.query_by_label("Fit on both").is_none());
    assert!(read_session(&folder.path().join("tuesday.both.glad")).is_ok());
}
