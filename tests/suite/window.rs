//! The window, driven by label and key through AccessKit; nothing is rendered.

use std::fs;
use std::path::Path;

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use glad::app::{App, Command, OpenCommand, ReadOptions};
use glad::detector::{Preset, Settings};
use glad::session::Answer;
use glad::ui::Shell;
use glad::worker::InlineEngine;

use crate::common::{toy, toy_path};

pub type Window = Harness<'static, Shell>;

/// Keys of the window, by the names that egui gives them.
use eframe::egui::{Key, Modifiers, Theme, Vec2};

fn window(theme: Theme, command: Option<Command>) -> Window {
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    if let Some(command) = command {
        app.apply(command);
    }
    window_of(app, theme)
}

pub fn window_of(app: App, theme: Theme) -> Window {
    let mut window = Harness::builder()
        .with_size(Vec2::new(1280.0, 800.0))
        .with_theme(theme)
        .build_ui_state(|ui, shell: &mut Shell| shell.frame(ui), Shell::new(app));
    window.run_steps(3);
    window
}

fn clusters() -> Window {
    window(
        Theme::Light,
        Some(Command::Open(OpenCommand::Toy(toy("clusters")))),
    )
}

/// A window with the paper's projections on a copy of a toy table, `t.csv`, in a folder of its own.
pub fn window_in(folder: &Path) -> Window {
    let table = folder.join("t.csv");
    fs::copy(toy_path("clusters"), &table).expect("room");
    let settings = Settings {
        ensemble: "paper".parse().expect("an ensemble"),
        ..Settings::default()
    };
    let mut app = App::new(Box::new(InlineEngine::default()), settings);
    app.apply(Command::Open(OpenCommand::File(table, Default::default())));
    let mut window = window_of(app, Theme::Light);
    window.run_steps(3);
    window
}

pub fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run_steps(3);
}

pub fn press_with(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

pub fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(3);
}

pub fn selected(window: &Window) -> usize {
    let workspace = window.state().app().workspace().expect("a table");
    workspace.selected().expect("a candidate")
}

fn answers(window: &Window) -> Vec<(usize, Answer)> {
    let workspace = window.state().app().workspace().expect("a table");
    workspace
        .answers()
        .iter()
        .map(|(&instance, &answer)| (instance, answer))
        .collect()
}

fn revision(window: &Window) -> u64 {
    window
        .state()
        .app()
        .workspace()
        .expect("a table")
        .session()
        .revision()
}

#[test]
fn a_session_by_keys_alone_in_light_and_dark() {
    for theme in [Theme::Light, Theme::Dark] {
        let mut window = window(
            theme,
            Some(Command::Open(OpenCommand::Toy(toy("clusters")))),
        );
        let first = selected(&window);
        press(&mut window, Key::A);
        assert_eq!(answers(&window), [(first, Answer::Anomaly)]);
        assert_eq!(revision(&window), 1);
        window.get_by_label_contains("1 training");
        let second = selected(&window);
        assert_ne!(second, first, "the next candidate is shown");
        for (key, answer) in [
            (Key::N, Answer::Nominal),
            (Key::U, Answer::Unsure),
            (Key::S, Answer::Skip),
        ] {
            let at = selected(&window);
            press(&mut window, key);
            assert!(answers(&window).contains(&(at, answer)));
        }
        assert_eq!(answers(&window).len(), 4);
        press_with(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(answers(&window).len(), 3);
        press_with(&mut window, Modifiers::COMMAND, Key::Y);
        assert_eq!(answers(&window).len(), 4);
        for _ in 0..4 {
            press_with(&mut window, Modifiers::COMMAND, Key::Z);
        }
        assert!(answers(&window).is_empty());
        assert_eq!((selected(&window), revision(&window)), (first, 0));
    }
}

#[test]
fn answers_by_button_and_the_curve_follows() {
    let mut window = clusters();
    click(&mut window, "Anomaly (A)");
    click(&mut window, "Nominal (N)");
    window.get_by_label_contains("1 anomaly, 1 nominal");
    window.get_by_label_contains("1 anomaly found with 2 queries");
    click(&mut window, "Undo");
    window.get_by_label_contains("1 anomaly, 0 nominal");
}

#[test]
fn a_row_of_the_list_is_looked_at_by_click_and_by_arrow() {
    let mut window = clusters();
    let listed = window
        .state()
        .app()
        .workspace()
        .expect("a table")
        .listed()
        .to_vec();
    window.get_by_label_contains("rank 3, id").click();
    window.run_steps(3);
    assert_eq!(selected(&window), listed[2]);
    press(&mut window, Key::ArrowDown);
    assert_eq!(selected(&window), listed[3]);
    press(&mut window, Key::K);
    press(&mut window, Key::ArrowUp);
    assert_eq!(selected(&window), listed[1]);
}

#[test]
fn a_batch_trains_when_it_is_complete_or_when_asked() {
    let mut window = clusters();
    window.state_mut().apply(Command::SetBatch(3));
    window.run_steps(3);
    press(&mut window, Key::A);
    press(&mut window, Key::N);
    assert_eq!(revision(&window), 0);
    window.get_by_label_contains("trains after 1 more");
    press(&mut window, Key::N);
    assert_eq!(revision(&window), 1);
    press(&mut window, Key::A);
    press(&mut window, Key::R);
    assert_eq!(revision(&window), 2);
}

#[test]
fn a_table_is_opened_by_dialog_and_letters_in_a_field_are_no_answers() {
    let mut window = clusters();
    press_with(&mut window, Modifiers::COMMAND, Key::O);
    window.get_by_label("File").focus();
    window.run_steps(2);
    window
        .get_by_label("File")
        .type_text(&toy_path("subspaces").display().to_string());
    window.run_steps(2);
    press(&mut window, Key::A);
    assert!(answers(&window).is_empty(), "the dialog takes the keys");
    click(&mut window, "Read");
    window.get_all_by_label("f10").next().expect("the column");
    click(&mut window, "Open table");
    let workspace = window.state().app().workspace().expect("a table");
    assert_eq!(
        (workspace.dataset().name(), workspace.dataset().n_features()),
        ("subspaces", 10)
    );
}

#[test]
fn a_label_column_is_chosen_in_the_dialog() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("odd.csv");
    let mut text = String::from("what,x,y\n");
    for row in 0..40 {
        text += &format!("{},{},{}\n", u8::from(row % 9 == 0), row, (row * 7) % 11);
    }
    fs::write(&path, text).expect("a file");
    let mut window = window(
        Theme::Dark,
        Some(Command::Open(OpenCommand::Show(Some(path)))),
    );
    click(&mut window, "Truth");
    window
        .get_all_by_label("what")
        .next()
        .expect("the choice")
        .click();
    window.run_steps(3);
    click(&mut window, "Open table");
    let workspace = window.state().app().workspace().expect("a table");
    assert_eq!(
        workspace.dataset().truth().map(|truth| truth.column()),
        Some("what")
    );
}

#[test]
fn a_bad_table_is_told_in_one_sentence_and_the_open_one_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    for (content, expected) in [
        ("", "is empty"),
        ("label,x,y\n", "no rows"),
        ("label,x,y\nnominal,1,2\n", "1 row where"),
        ("x\n1\n2\n3\n", "one column only"),
        ("label,x,y\nnominal,1,2\nanomaly,3\nnominal,4,5\n", "Line 3"),
        (
            "label,x,y\nnominal,1,2\nanomaly,nan,3\nnominal,4,5\n",
            "the value is missing",
        ),
        ("label,x,y\na,1,2\nb,3,3\nc,4,5\n", "taken for the labels"),
        (
            "label,x,y\nnominal,1,2\nanomaly,1,2\nnominal,1,2\n",
            "constant",
        ),
    ] {
        let path = folder.path().join("bad.csv");
        fs::write(&path, content).expect("a file");
        let mut window = clusters();
        window.state_mut().apply(Command::Open(OpenCommand::File(
            path,
            ReadOptions::default(),
        )));
        window.run_steps(3);
        window.get_by_label_contains(expected);
        let workspace = window.state().app().workspace().expect("the old table");
        assert_eq!(workspace.dataset().name(), "clusters");
        // What is missing can be filled: the dialog asks.
        let asks = window.state().app().opening().is_some();
        click(&mut window, if asks { "Close" } else { "Dismiss" });
        assert!(window.query_by_label_contains(expected).is_none());
    }
}

#[test]
fn when_everything_is_answered_the_window_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("tiny.csv");
    fs::write(&path, "x,y\n1,2\n3,1\n2,5\n").expect("a file");
    let open = Command::Open(OpenCommand::File(path, ReadOptions::default()));
    let mut window = window(Theme::Light, Some(open));
    for key in [Key::A, Key::N, Key::N] {
        press(&mut window, key);
    }
    assert_eq!(answers(&window).len(), 3);
    assert!(
        window
            .get_all_by_label_contains("nothing left to ask")
            .count()
            > 0
    );
    press(&mut window, Key::N);
    assert_eq!(answers(&window).len(), 3);
}

#[test]
fn the_sheet_lists_every_key() {
    let mut window = clusters();
    press(&mut window, Key::F1);
    for key in [
        "Ctrl+Z",
        "Ctrl+O",
        "Ctrl+Shift+Z or Ctrl+Y",
        "Down or J",
        "R",
    ] {
        window.get_by_label(key);
    }
    window.get_by_label("Close");
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Ctrl+O").is_none());
}

#[test]
fn every_button_has_a_name() {
    let window = clusters();
    let nameless = window
        .get_all_by(|node| matches!(node.role(), eframe::egui::accesskit::Role::Button))
        .filter(|node| {
            node.accesskit_node()
                .label()
                .is_none_or(|label| label.trim().is_empty())
        })
        .count();
    assert_eq!(nameless, 0);
}

#[test]
fn a_pane_is_closed_opened_and_put_back() {
    let mut window = clusters();
    let before = window.state().layout();
    click(&mut window, "Close Discovery");
    assert!(
        window
            .query_by_label_contains("anomalies found with")
            .is_none()
    );
    press_with(&mut window, Modifiers::COMMAND, Key::Num3);
    window.get_by_label_contains("anomalies found with");
    click(&mut window, "View");
    let tick = eframe::egui::accesskit::Role::CheckBox;
    window.get_by_role_and_label(tick, "Map").click();
    window.run_steps(3);
    press(&mut window, Key::Escape);
    assert_ne!(window.state().layout(), before);
    press_with(&mut window, Modifiers::COMMAND, Key::Num0);
    assert_eq!(window.state().layout(), before);
    assert!(!window.state_mut().arrange("tea"));
    assert_eq!(window.state().layout(), before);
}

#[test]
fn a_preset_is_one_press_away_in_the_dialog_and_in_the_settings() {
    let show = OpenCommand::Show(Some(toy_path("subspaces")));
    let mut window = window(Theme::Dark, Some(Command::Open(show)));
    click(&mut window, "forests only");
    window.get_by_label_contains("Two forests of isolation trees");
    click(&mut window, "Open table");
    let settings = |window: &Window| {
        let workspace = window.state().app().workspace().expect("a table");
        workspace.model().fitted().settings().clone()
    };
    assert_eq!(Preset::of(&settings(&window)), Some(Preset::Forests));
    click(&mut window, "Settings");
    click(&mut window, "published GLAD");
    window.get_by_label("Not applied yet.");
    assert_eq!(Preset::of(&settings(&window)), Some(Preset::Forests));
    click(&mut window, "Apply and refit");
    assert_eq!(Preset::of(&settings(&window)), Some(Preset::Published));
}
