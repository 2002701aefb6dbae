//! The whole row, selected rows and the open dialog in the window, by label and key.

use std::path::Path;

use eframe::egui::{Key, OutputCommand, Theme};
use egui_kittest::kittest::{NodeT, Queryable};
use glad::app::{App, Command, OpenCommand, ViewCommand};
use glad::detector::Settings;
use glad::worker::InlineEngine;

use crate::original::{gaps, table};
use crate::window::{Window, click, press, window_of};

fn window(path: &Path) -> Window {
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    let open = OpenCommand::File(path.to_owned(), Default::default());
    app.apply(Command::Open(open));
    let mut window = window_of(app, Theme::Light);
    window.run_steps(6);
    window
}

#[test]
fn the_whole_row_is_beside_the_candidate_and_links_open_on_a_press() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(&table(folder.path()));
    window
        .state_mut()
        .apply(Command::View(ViewCommand::Select(77)));
    window.run_steps(6);
    window.get_by_label("2024-02-22");
    window.get_by_label_contains("line one of 77");
    window.get_by_label("https://example.org/77");
    // What detectors see is below, in the explanation.
    let values = |window: &Window| window.query_all_by_label("90.25").count();
    let before = values(&window);
    window.get_by_label_contains("photo: the picture p77.png");
    let links = |window: &Window| {
        let commands = &window.output().platform_output.commands;
        let opens = |command: &&OutputCommand| matches!(command, OutputCommand::OpenUrl(_));
        commands.iter().filter(opens).count()
    };
    assert_eq!(links(&window), 0);
    window.get_by_label("Open link").click();
    window.step();
    assert_eq!(links(&window), 1);
    click(&mut window, "columns that detectors see, too");
    assert_eq!(values(&window), before + 1);
    // By key it is folded away, and back.
    press(&mut window, Key::D);
    window.run_steps(20);
    assert!(window.query_by_label("2024-02-22").is_none());
    press(&mut window, Key::D);
    window.run_steps(20);
    window.get_by_label("2024-02-22");
}

#[test]
fn selected_rows_are_listed_and_esc_lets_them_go() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(&table(folder.path()));
    let far = 1e6;
    let line = vec![[-far, -far], [far, -far], [far, far], [-far, far]];
    window
        .state_mut()
        .apply(Command::View(ViewCommand::Lasso(line)));
    window.run_steps(6);
    let open = window.state().app().workspace().expect("a table");
    let first = open.lasso().expect("a selection").ranked[1];
    let id = open.dataset().id(first);
    let label = format!("selected id {id}, score");
    window.get_by_label_contains(&label).click();
    window.run_steps(3);
    let open = window.state().app().workspace().expect("a table");
    assert_eq!(open.selected(), Some(first));
    click(&mut window, "Export selected…");
    window.get_by_label("Export the selected rows");
    click(&mut window, "Export rows");
    assert!(folder.path().join("cases-selected.csv").exists());
    press(&mut window, Key::Escape);
    let open = window.state().app().workspace().expect("a table");
    assert!(open.lasso().is_none());
    // And the tool.
    press(&mut window, Key::L);
    let is_taken = |window: &Window| {
        let button = window.get_by_label("Lasso");
        button.accesskit_node().is_selected() == Some(true)
            || button.accesskit_node().toggled() == Some(eframe::egui::accesskit::Toggled::True)
    };
    assert!(is_taken(&window));
    press(&mut window, Key::Escape);
    assert!(!is_taken(&window));
}

#[test]
fn enter_opens_what_has_been_read_and_missing_values_are_filled_by_the_box() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(&gaps(folder.path()));
    window.get_by_label("Open a table");
    window.get_by_label_contains("Line 9");
    let path = folder.path().join("gaps.csv").display().to_string();
    assert_eq!(window.get_by_label("File").value(), Some(path));
    click(
        &mut window,
        "Fill missing values with the median of their column",
    );
    window.run_steps(4);
    press(&mut window, Key::Enter);
    window.run_steps(4);
    assert!(window.query_by_label("Open a table").is_none());
    let open = window.state().app().workspace().expect("a table");
    assert_eq!(open.dataset().n_instances(), 60);
}
