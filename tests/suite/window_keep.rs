//! Saving, recovering and playing back in the window, by label and key.

use std::fs;
use std::path::Path;

use eframe::egui::{Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use glad::app::{App, Command, OpenCommand, SaveState};
use glad::detector::Settings;
use glad::store::{is_session, read_session};
use glad::ui::Shell;
use glad::worker::{InlineEngine, InlineStorage};

use crate::common::toy_path;
use crate::window_names::check;

type Window = Harness<'static, Shell>;

fn window(folder: &Path, file: &Path) -> Window {
    let app = App::new(Box::new(InlineEngine::default()), Settings::default());
    let storage = Box::new(InlineStorage::default());
    let data = Some(folder.join("data"));
    let mut app = app.keep_by(storage, data, "a test".to_owned());
    let open = OpenCommand::File(file.to_owned(), Default::default());
    app.apply(Command::Open(open));
    let mut window = Harness::builder()
        .with_size(Vec2::new(1500.0, 900.0))
        .build_ui_state(
            |ui, shell: &mut Shell| shell.frame(ui),
            Shell::new(app).with_clock(|| 1_764_050_400_000),
        );
    window.run_steps(8);
    window
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(6);
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(6);
}

fn answers(window: &Window) -> usize {
    let open = window.state().app().workspace();
    open.expect("a table").answers().len()
}

#[test]
fn a_session_is_saved_by_key_and_dialog_and_played_back_by_button() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("t.csv");
    fs::copy(toy_path("clusters"), &table).expect("room");
    let mut window = window(folder.path(), &table);
    window.get_by_label("in journal");
    for key in [Key::A, Key::N, Key::N] {
        press(&mut window, Modifiers::NONE, key);
    }
    assert_eq!(answers(&window), 3);
    press(&mut window, Modifiers::COMMAND, Key::S);
    press(&mut window, Modifiers::NONE, Key::A);
    assert_eq!(answers(&window), 3, "the dialog takes the keys");
    click(&mut window, "Save session");
    let file = folder.path().join("t.glad");
    assert!(is_session(&file));
    assert_eq!(
        window.state().app().save_state(),
        &SaveState::File(file.clone())
    );
    window.get_by_label("saved");
    press(&mut window, Modifiers::NONE, Key::U);
    window.get_by_label("1 unsaved");
    press(&mut window, Modifiers::COMMAND, Key::S);
    window.get_by_label("saved");
    let saved = read_session(&file).expect("a session");
    assert!(
        saved.steps.len() == 4 && saved.layout.is_some(),
        "with the layout of the window"
    );

    press(&mut window, Modifiers::COMMAND, Key::P);
    click(&mut window, "First step");
    assert_eq!(answers(&window), 0);
    check(&window, "a session that is played back");
    window.get_by_label_contains("step 0 of 4, training 0");
    click(&mut window, "Step on");
    window.get_by_label_contains("step 1 of 4, training 1: anomaly: row");
    press(&mut window, Modifiers::NONE, Key::N);
    assert_eq!(answers(&window), 1, "nothing can be done to it meanwhile");
    click(&mut window, "Back to work");
    assert_eq!(answers(&window), 4);
}

/// A window on a copy of a toy table, after an anomaly and a nominal.
fn answered(folder: &Path, table: &Path) -> Window {
    fs::copy(toy_path("clusters"), table).expect("room");
    let mut first = window(folder, table);
    for key in [Key::A, Key::N] {
        press(&mut first, Modifiers::NONE, key);
    }
    first
}

#[test]
fn answers_of_an_earlier_sitting_are_offered() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("t.csv");
    drop(answered(folder.path(), &table));
    let mut second = window(folder.path(), &table);
    check(&second, "the dialog that offers earlier answers");
    let at = glad::numeric::local(1_764_050_400_000);
    second.get_by_label_contains(&format!("Recover 2 answers from {at}?"));
    press(&mut second, Modifiers::NONE, Key::A);
    assert_eq!(answers(&second), 0, "first the question");
    click(&mut second, "Recover");
    assert_eq!(answers(&second), 2);
    press(&mut second, Modifiers::NONE, Key::A);
    assert_eq!(answers(&second), 3);
}

#[test]
fn what_changed_in_an_earlier_sitting_is_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("t.csv");
    let mut first = answered(folder.path(), &table);
    press(&mut first, Modifiers::COMMAND, Key::S);
    click(&mut first, "Save session");
    drop(first);
    let mut second = window(folder.path(), &folder.path().join("t.glad"));
    assert_eq!(answers(&second), 2);
    press(&mut second, Modifiers::COMMAND, Key::Num9);
    let told = "That was in an earlier run";
    second.get_by_label_contains(told);
    press(&mut second, Modifiers::COMMAND, Key::Z);
    press(&mut second, Modifiers::COMMAND, Key::Y);
    assert!(second.query_by_label_contains(told).is_none());
    second.get_by_label_contains("Difference of the anomaly score");
}

#[test]
fn a_second_window_says_that_it_only_looks() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("t.csv");
    fs::copy(toy_path("clusters"), &table).expect("room");
    let mut first = window(folder.path(), &table);
    press(&mut first, Modifiers::COMMAND, Key::S);
    // Enter stands for the button of a dialog.
    press(&mut first, Modifiers::NONE, Key::Enter);
    let file = folder.path().join("t.glad");
    assert!(is_session(&file));
    let mut second = window(folder.path(), &file);
    second.get_by_label("read-only");
    check(&second, "a window that only looks");
    assert!(
        second
            .get_by_label("Anomaly (A)")
            .accesskit_node()
            .is_disabled()
    );
    press(&mut second, Modifiers::NONE, Key::A);
    assert_eq!(answers(&second), 0);
    assert!(
        !first
            .get_by_label("Anomaly (A)")
            .accesskit_node()
            .is_disabled()
    );
}

#[test]
fn the_table_of_a_session_is_asked_for_until_it_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let (table, moved) = (folder.path().join("t.csv"), folder.path().join("moved.csv"));
    fs::copy(toy_path("clusters"), &table).expect("room");
    let mut first = window(folder.path(), &table);
    press(&mut first, Modifiers::NONE, Key::A);
    press(&mut first, Modifiers::COMMAND, Key::S);
    press(&mut first, Modifiers::NONE, Key::Enter);
    drop(first);
    fs::rename(&table, &moved).expect("room");
    let mut second = window(folder.path(), &folder.path().join("t.glad"));
    second.get_by_label("Where is the table?");
    check(&second, "the dialog that asks for a table");
    let wrong = folder.path().join("moved.csw").display().to_string();
    let field = |window: &Window| window.get_by_label("Table").value().unwrap_or_default();
    second.get_by_label("Table").type_text(&wrong);
    second.run_steps(2);
    press(&mut second, Modifiers::NONE, Key::Enter);
    assert_eq!(field(&second), wrong, "it may have to be corrected");
    second.get_by_label("Table").focus();
    second.run_steps(1);
    press(&mut second, Modifiers::NONE, Key::Backspace);
    second.get_by_label("Table").type_text("v");
    second.run_steps(2);
    press(&mut second, Modifiers::NONE, Key::Enter);
    assert_eq!(answers(&second), 1);
}

/// What was left aside is kept, each time, and offered again.
#[test]
fn answers_that_were_left_aside_are_offered_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("t.csv");
    drop(answered(folder.path(), &table));
    let mut second = window(folder.path(), &table);
    click(&mut second, "Begin anew");
    press(&mut second, Modifiers::NONE, Key::A);
    assert_eq!(answers(&second), 1);
    drop(second);
    let mut third = window(folder.path(), &table);
    third.get_by_label_contains("Recover 1 answer from");
    click(&mut third, "Begin anew");
    drop(third);
    for name in ["t.csv.glad.journal~", "t.csv.glad.journal~2"] {
        assert!(folder.path().join(name).exists(), "{name}");
    }
    let mut fourth = window(folder.path(), &table);
    check(
        &fourth,
        "the dialog that offers answers that were left aside",
    );
    click(&mut fourth, "Recover");
    assert!(answers(&fourth) > 0);
    press(&mut fourth, Modifiers::NONE, Key::N);
    let now = answers(&fourth);
    drop(fourth);
    let mut fifth = window(folder.path(), &table);
    click(&mut fifth, "Recover");
    assert_eq!(answers(&fifth), now);
}
