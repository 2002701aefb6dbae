//! Exports and scoring of new data in the window, by label and key.

use std::fs;
use std::path::Path;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use glad::app::{Artifact, Command, WriteCommand};

use crate::window::{Window, click, press, press_with, window_in};

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// A window after an answer.
fn window(folder: &Path) -> Window {
    let mut window = window_in(folder);
    press(&mut window, Key::A);
    window
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a file")
}

#[test]
fn answers_and_scores_are_exported_by_menu_and_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(folder.path());
    click(&mut window, "Export");
    click(&mut window, "Scores, answers, model…");
    press(&mut window, Key::N);
    let open = window.state().app().workspace().expect("a table");
    assert_eq!(open.answers().len(), 1, "the dialog takes the keys");
    click(&mut window, "Your answers");
    click(&mut window, "Export file");
    let labels = read(&folder.path().join("t-answers.csv"));
    assert_eq!(labels.lines().count(), 2, "{labels}");
    assert!(labels.starts_with("id,row,answer,confidence,note,time,tag\n"));
    window.get_by_label_contains("1 answer is in");
    assert!(
        window.query_by_label("Export file").is_none(),
        "the dialog is gone"
    );

    press_with(&mut window, CTRL_SHIFT, Key::X);
    click(&mut window, "Scores of all instances");
    click(&mut window, "Export file");
    let scores = read(&folder.path().join("t-scores.csv"));
    assert_eq!(scores.lines().count(), 486);
    window.get_by_label_contains("The scores of 485 instances are in");

    press_with(&mut window, CTRL_SHIFT, Key::X);
    click(&mut window, "Parquet");
    click(&mut window, "Export file");
    let parquet = fs::read(folder.path().join("t-scores.parquet")).expect("a file");
    assert!(parquet.starts_with(b"PAR1"));

    press_with(&mut window, CTRL_SHIFT, Key::X);
    click(&mut window, "Trained model");
    click(&mut window, "Export file");
    let model = fs::read(folder.path().join("t-model.onnx")).expect("a file");
    let open = window.state().app().workspace().expect("a table");
    let trained = open.model().trained();
    let again = folder.path().join("again.onnx");
    glad::export::onnx::write_model(&trained, None, &again).expect("room");
    assert_eq!(model, fs::read(again).expect("a file"));
    window.get_by_label_contains("The trained model, ");
}

#[test]
fn a_new_table_is_scored_by_the_session() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let mut window = window(folder.path());
    fs::write(path("new.csv"), "y,id,x,more\n0.5,a,1,q\n99,=b,-99,r\n").expect("room");
    press_with(&mut window, CTRL_SHIFT, Key::D);
    window.get_by_label("Table").focus();
    window.run_steps(1);
    window
        .get_by_label("Table")
        .type_text(&path("new.csv").display().to_string());
    window.run_steps(3);
    press(&mut window, Key::Enter);
    let scores = read(&path("new-scores.csv"));
    let rows: Vec<Vec<&str>> = scores
        .lines()
        .map(|line| line.split(',').collect())
        .collect();
    assert_eq!(rows.len(), 3, "{scores}");
    assert_eq!((rows[1][0], rows[1][2]), ("a", "2"));
    assert_eq!(
        (rows[2][0], rows[2][2]),
        ("'=b", "1"),
        "far out, and no formula"
    );
    window.get_by_label_contains("The scores of 2 rows of");
    window.get_by_label_contains("columns that the session does not know");
    window.get_by_label("The highest scores of it (2)");
    window.get_by_label("=b");
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("=b").is_none(), "the dialog is gone");
    press_with(&mut window, CTRL_SHIFT, Key::D);
    assert!(window.query_by_label("=b").is_none(), "and begins anew");
}

#[test]
fn what_stands_in_the_way_of_an_export_is_told_in_the_dialog() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let mut window = window(folder.path());
    let apply = |window: &mut Window, command: WriteCommand| {
        window.state_mut().apply(Command::Write(command));
        window.run_steps(3);
    };
    let save = |window: &mut Window, name: &str| {
        apply(window, WriteCommand::Save(Artifact::Scores, path(name)));
    };
    press_with(&mut window, CTRL_SHIFT, Key::X);
    save(&mut window, "t.csv");
    window.get_by_label_contains("is read for this: write to another file");
    save(&mut window, "s.xlsx");
    window.get_by_label_contains("give it the ending .csv or .parquet");
    save(&mut window, "gone/s.csv");
    window.get_by_label_contains("the folder is gone");
    fs::write(path("s.csv"), "mine").expect("room");
    save(&mut window, "s.csv");
    window.get_by_label_contains("already: press the button again");
    assert_eq!(read(&path("s.csv")), "mine");
    save(&mut window, "s.csv");
    assert!(read(&path("s.csv")).starts_with("id,score,rank,"));
    fs::write(path("less.csv"), "x\n1\n2\n").expect("room");
    press_with(&mut window, CTRL_SHIFT, Key::D);
    let score = WriteCommand::Save(Artifact::Table(path("less.csv")), path("less-scores.csv"));
    apply(&mut window, score);
    window.get_by_label_contains("lacks 1 of the session's columns, “y”");
    assert!(!path("less-scores.csv").exists());
}

/// What is written may end when another dialog is shown: that one stays, and the end is told.
#[test]
fn an_export_that_ends_under_the_other_dialog_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let mut window = window(folder.path());
    fs::write(path("new.csv"), "x,y\n1,2\n").expect("room");
    let apply = |window: &mut Window, command: WriteCommand| {
        window.state_mut().apply(Command::Write(command));
        window.run_steps(3);
    };
    press_with(&mut window, CTRL_SHIFT, Key::D);
    apply(
        &mut window,
        WriteCommand::Save(Artifact::Labels, path("l.csv")),
    );
    window.get_by_label_contains("1 answer is in");
    window.get_by_label("Score");
    press(&mut window, Key::Escape);
    press_with(&mut window, CTRL_SHIFT, Key::X);
    let score = WriteCommand::Save(Artifact::Table(path("new.csv")), path("new-scores.csv"));
    apply(&mut window, score);
    window.get_by_label_contains("The scores of 1 row of");
    window.get_by_label("Export file");
}
