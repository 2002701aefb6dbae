//! The list of rows in the window: filtered, sorted, with columns of one's own.

use eframe::egui::accesskit::Role;
use eframe::egui::{Context, Key, Modifiers, Theme, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, Queryable};
use glad::app::{App, Command, OpenCommand, View, ViewCommand};
use glad::detector::Settings;
use glad::session::Answer;
use glad::ui::Shell;
use glad::worker::InlineEngine;

use crate::common::toy;
use crate::window::{Window, click, press, press_with, selected, window_of};

fn window(name: &str) -> Window {
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    app.apply(Command::Open(OpenCommand::Toy(toy(name))));
    window_of(app, Theme::Light)
}

fn open(window: &Window) -> View<'_> {
    window.state().app().workspace().expect("a table")
}

/// Lets the rows that were asked for come.
fn come(window: &mut Window) {
    window.run_steps(6);
}

/// Presses a key, and waits for the rows.
fn press_and_wait(window: &mut Window, key: Key) {
    press(window, key);
    come(window);
}

/// Sorts by a title, and waits for the rows.
fn sort_by(window: &mut Window, title: &str) {
    click(window, &format!("Sort by {title}"));
    come(window);
}

/// Writes a condition by key.
fn filter(window: &mut Window, text: &str) {
    press_with(window, Modifiers::COMMAND, Key::F);
    let field = window.get_by_label("Filter");
    assert!(field.is_focused(), "the key leads to the field");
    field.type_text(text);
    window.run_steps(5);
    press(window, Key::Escape);
}

#[test]
fn a_condition_shows_the_rows_that_meet_it_and_clear_shows_all() {
    let mut window = window("subspaces");
    let all = open(&window).rows().to_vec();
    filter(&mut window, "f1 > 0");
    let features = open(&window).dataset().features().to_owned();
    let expected: Vec<usize> = all
        .iter()
        .copied()
        .filter(|&row| features[[row, 0]] > 0.0)
        .collect();
    assert!(!expected.is_empty() && expected.len() < all.len());
    assert_eq!(open(&window).rows(), expected);
    let words = format!(
        "{} of {} candidates, by the filter",
        expected.len(),
        all.len()
    );
    window.get_by_label_contains(&words);
    press_and_wait(&mut window, Key::W);
    let n = features.nrows();
    let whole = (0..n).filter(|&row| features[[row, 0]] > 0.0).count();
    assert_eq!(open(&window).rows().len(), whole);
    click(&mut window, "Clear");
    come(&mut window);
    assert_eq!(open(&window).rows().len(), n);
    press_and_wait(&mut window, Key::W);
    assert_eq!(open(&window).rows(), all);
}

#[test]
fn a_mistake_is_told_where_it_is_and_the_rows_before_stay() {
    let mut window = window("subspaces");
    filter(&mut window, "f1 > 0");
    let before = open(&window).rows().to_vec();
    filter(&mut window, " and f99 = 2");
    window.get_by_label_contains("At letter 12: There is no column f99");
    assert_eq!(open(&window).rows(), before);
    click(&mut window, "Clear");
    assert!(window.query_by_label_contains("At letter").is_none());
}

#[test]
fn arrows_go_along_the_rows_that_are_shown() {
    let mut window = window("subspaces");
    filter(&mut window, "f1 > 0");
    let rows = open(&window).rows().to_vec();
    window
        .state_mut()
        .apply(Command::View(ViewCommand::Select(rows[0])));
    window.run_steps(2);
    press(&mut window, Key::ArrowDown);
    assert_eq!(selected(&window), rows[1]);
    press(&mut window, Key::K);
    assert_eq!(selected(&window), rows[0]);
}

#[test]
fn open_only_leaves_out_what_has_an_answer() {
    let mut window = window("clusters");
    let first = selected(&window);
    press_and_wait(&mut window, Key::O);
    assert!(open(&window).rows().contains(&first));
    press_and_wait(&mut window, Key::A);
    assert_eq!(open(&window).answers().get(&first), Some(&Answer::Anomaly));
    assert!(
        open(&window).listed().contains(&first),
        "an anomaly stays at the top"
    );
    assert!(!open(&window).rows().contains(&first));
    press_and_wait(&mut window, Key::O);
    assert_eq!(open(&window).rows(), open(&window).listed());
}

#[test]
fn a_title_sorts_up_down_and_back() {
    let mut window = window("clusters");
    let listed = open(&window).listed().to_vec();
    let mut by_row = listed.clone();
    by_row.sort_unstable();
    sort_by(&mut window, "row");
    assert_eq!(open(&window).rows(), by_row);
    sort_by(&mut window, "row");
    by_row.reverse();
    assert_eq!(open(&window).rows(), by_row);
    sort_by(&mut window, "row");
    assert_eq!(open(&window).rows(), listed);
    // The next column after the rank is the id, by key too; and round.
    press_with(&mut window, Modifiers::COMMAND, Key::J);
    come(&mut window);
    let ctrl_shift = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    press_with(&mut window, ctrl_shift, Key::J);
    come(&mut window);
    assert_eq!(open(&window).rows(), by_row);
}

#[test]
fn columns_are_chosen_by_key_and_said_of_each_row() {
    let mut window = window("subspaces");
    press_with(&mut window, Modifiers::COMMAND, Key::L);
    window.run_steps(2);
    window.get_by_label("Find column").focus();
    window.run_steps(2);
    window.get_by_label("Find column").type_text("f10");
    window.run_steps(3);
    let boxes = window.get_all(By::new().role(Role::CheckBox).label("f10"));
    boxes.last().expect("a box of the column").click();
    come(&mut window);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    let first = open(&window).rows()[0];
    let rows = open(&window).row_values();
    let field = open(&window).fields().of_key("f10").expect("a column");
    let words = format!("f10 {}, ", rows.text(field, first));
    assert!(
        window.get_all_by_label_contains(&words).count() > 0,
        "{words}"
    );
    window.get_by_label("Sort by f10");
}

#[test]
fn columns_and_order_come_back_in_the_next_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("window.ron");
    let start = || {
        let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
        app.apply(Command::Open(OpenCommand::Toy(toy("clusters"))));
        let shell = Shell::new(app).remembering(&Context::default(), Some(path.clone()));
        let mut window = Harness::builder()
            .with_size(Vec2::new(1280.0, 800.0))
            .build_ui_state(|ui, shell: &mut Shell| shell.frame(ui), shell);
        window.run_steps(3);
        window
    };
    let mut first = start();
    press_and_wait(&mut first, Key::O);
    sort_by(&mut first, "score");
    let rows = open(&first).rows().to_vec();
    // What is kept is written with the next change that is: here that of the theme.
    press(&mut first, Key::T);
    drop(first);
    let mut second = start();
    come(&mut second);
    let query = open(&second).list_query();
    assert!(query.open_only);
    assert_eq!(query.by, "@score");
    assert_eq!(open(&second).rows(), rows);
}

#[test]
fn only_the_rows_in_sight_are_made() {
    let mut window = window("clusters");
    press_and_wait(&mut window, Key::W);
    let n = open(&window).rows().len();
    let shown = window.get_all_by_label_contains("rank ").count();
    assert!(shown > 5 && shown < n / 4, "{shown} of {n}");
    // The last one is reached: the list follows what is looked at.
    let last = *open(&window).rows().last().expect("a row");
    window
        .state_mut()
        .apply(Command::View(ViewCommand::Select(last)));
    window.run_steps(6);
    let words = format!("rank {n}, ");
    assert!(window.get_all_by_label_contains(&words).count() > 0);
}
