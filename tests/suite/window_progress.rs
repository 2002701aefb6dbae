//! Progress in the window: the stopping rule, sessions on the welcome screen, presets in files.

use std::fs;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use glad::app::{App, Command, SaveCommand};
use glad::detector::Settings;
use glad::ui::Shell;
use glad::worker::InlineEngine;

use crate::window::{Window, click, press, press_with, window_in};

#[test]
fn a_rule_is_set_by_its_box_and_its_being_met_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window_in(folder.path());
    press_with(&mut window, Modifiers::COMMAND, Key::U);
    // The number beside the box is called the same.
    let boxes = window.get_all_by(|node| {
        let is_box = node.role() == Role::CheckBox;
        is_box && node.label().as_deref() == Some("queries are spent")
    });
    boxes.for_each(|node| node.click());
    window.run_steps(3);
    let open = window.state().app().workspace().expect("a table");
    assert_eq!(open.session().stopping().budget, Some(100));
    let mut rule = open.session().stopping();
    rule.budget = Some(1);
    let set = glad::app::SessionCommand::SetStopping(rule);
    window.state_mut().apply(Command::Session(set));
    window.run_steps(30);
    press(&mut window, Key::N);
    let told = window.get_all_by_label("Your stopping rule is met: 1 query spent.");
    assert_eq!(told.count(), 2, "as a message, and in its pane");
}

fn type_path(window: &mut Window, path: &str) {
    let field = window.get_by_role_and_label(Role::TextInput, "File");
    field.focus();
    window.run_steps(2);
    let field = window.get_by_role_and_label(Role::TextInput, "File");
    field.type_text(path);
    window.run_steps(2);
}

#[test]
fn settings_go_to_a_file_and_come_back_unapplied() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window_in(folder.path());
    press_with(&mut window, Modifiers::COMMAND, Key::Comma);
    click(&mut window, "Presets");
    click(&mut window, "Save to a file…");
    let path = folder.path().join("mine");
    type_path(&mut window, &path.display().to_string());
    click(&mut window, "Save preset");
    let file = path.with_extension("ron");
    let text = fs::read_to_string(&file).expect("the preset");
    assert!(text.contains("tau: 0.03"), "{text}");
    fs::write(&file, text.replace("tau: 0.03", "tau: 0.05")).expect("room");
    // It is offered by its name; loading it applies nothing.
    click(&mut window, "Presets");
    click(&mut window, "mine");
    let tau = |window: &Window| {
        let open = window.state().app().workspace().expect("a table");
        open.model().fitted().settings().tau
    };
    assert_eq!(tau(&window), 0.03);
    click(&mut window, "Apply and refit");
    assert_eq!(tau(&window), 0.05);
    // What is no preset is told in the dialog.
    click(&mut window, "Presets");
    click(&mut window, "Load from a file…");
    fs::write(&file, "tea").expect("room");
    click(&mut window, "Load preset");
    let told = window.query_by_label_contains("do not read as RON");
    assert!(told.is_some());
    press(&mut window, Key::Escape);
    assert_eq!(tau(&window), 0.05);
}

#[test]
fn a_session_is_offered_on_the_welcome_screen_with_how_far_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let memory = folder.path().join("memory.ron");
    let window_of = |memory: std::path::PathBuf| {
        let app = App::new(Box::new(InlineEngine::default()), Settings::default()).keep_by(
            Box::new(glad::worker::InlineStorage::default()),
            None,
            "a test".to_owned(),
        );
        Harness::builder()
            .with_size(eframe::egui::Vec2::new(1280.0, 800.0))
            .build_ui_state(
                |ui, shell: &mut Shell| shell.frame(ui),
                Shell::new(app).remembering(&Default::default(), Some(memory)),
            )
    };
    let mut window: Window = window_of(memory.clone());
    let table = folder.path().join("t.csv");
    fs::copy(crate::common::toy_path("clusters"), &table).expect("room");
    let open = glad::app::OpenCommand::File(table, Default::default());
    window.state_mut().apply(Command::Open(open));
    window.run_steps(30);
    press(&mut window, Key::N);
    let file = folder.path().join("run.glad");
    let save = SaveCommand::SaveAs(file.clone(), false);
    window.state_mut().apply(Command::Save(save));
    window.run_steps(5);
    assert!(file.exists(), "saved");
    drop(window);
    let mut window = window_of(memory);
    window.run_steps(3);
    let label = "run.glad: table t, 1 answer, 0 anomalies";
    let button = window.get_by_label_contains(label);
    button.click();
    window.run_steps(5);
    let open = window.state().app().workspace().expect("the session");
    assert_eq!(open.answers().len(), 1);
}
