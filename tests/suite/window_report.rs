//! Reports and charts from the window, by label and key.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use glad::export::{SessionRecord, report_html};
use glad::numeric::Unwatched;
use glad::store::Document;

use crate::window::{Window, click, press, press_with, window_in};

/// A window on a copy of a toy table in a folder of its own, after two answers.
fn window(folder: &Path) -> Window {
    let mut window = window_in(folder);
    press(&mut window, Key::A);
    press(&mut window, Key::N);
    window
}

#[test]
fn the_window_writes_the_report_that_the_command_line_writes() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(folder.path());
    click(&mut window, "Export");
    click(&mut window, "Report…");
    press(&mut window, Key::N);
    let open = window.state().app().workspace().expect("a table");
    assert_eq!(open.answers().len(), 2, "the dialog takes the keys");
    let document = Document::new(open.session().clone(), Arc::clone(open.model()));
    let course = SessionRecord::of(&document, &mut Unwatched).expect("a course");
    let expected = report_html(&course);
    click(&mut window, "Write report");
    let path = folder.path().join("t-report.html");
    assert!(fs::read_to_string(&path).expect("the report") == expected);
    window.get_by_label_contains("The report is in");

    // What is there is replaced only when that is said.
    fs::write(&path, "mine").expect("room");
    press_with(&mut window, Modifiers::COMMAND, Key::R);
    click(&mut window, "Write report");
    window.get_by_label_contains("already: press the button again");
    assert_eq!(fs::read_to_string(&path).expect("the file"), "mine");
    click(&mut window, "Write report");
    assert!(fs::read_to_string(&path).expect("the report") == expected);
}

#[test]
fn the_window_writes_all_charts_into_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(folder.path());
    press_with(
        &mut window,
        Modifiers::COMMAND.plus(Modifiers::SHIFT),
        Key::E,
    );
    click(&mut window, "Write charts");
    window.get_by_label_contains("The charts are in");
    let charts = fs::read_dir(folder.path().join("t-charts")).expect("the folder");
    // Eleven charts with four members: nine, and two maps of members more.
    assert_eq!(charts.count(), 3 * 13 + 1);
}
