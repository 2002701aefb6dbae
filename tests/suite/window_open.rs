//! The open dialog on tables as people have them: what each column means, and what is changed there.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::Theme;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;
use glad::app::{App, Command, Meaning, OpenCommand, TimePart, Viewpoint, axis_names};
use glad::detector::Settings;
use glad::worker::InlineEngine;

use crate::window::{Window, click, window_of};

fn opened(path: PathBuf) -> Window {
    let settings = Settings {
        ensemble: "loda:4".parse().expect("an ensemble"),
        ..Settings::default()
    };
    let mut app = App::new(Box::new(InlineEngine::default()), settings);
    app.apply(Command::Open(OpenCommand::Show(Some(path))));
    window_of(app, Theme::Light)
}

/// Units, decimal commas, ids, times, a filler, and labels of three words.
fn written(folder: &Path) -> PathBuf {
    let mut table = String::from("Nr_ID;Zeit;Temp;Druck;Label\n;;[°C];[hPa];\n");
    for row in 0..60_i32 {
        let temperature = match row % 12 {
            0 => "-999".to_owned(),
            _ => format!("{},{}", 18 + row % 7, row % 10),
        };
        let label = ["ok", "ok", "ok", "ok", "leak", "drift"][(row % 6) as usize];
        let (day, hour) = (1 + row / 24, row % 24);
        writeln!(
            table,
            "{};{day:02}.03.2024 {hour:02}:00;{temperature};{},5;{label}",
            700 + row,
            990 + row % 13
        )
        .expect("memory");
    }
    let path = folder.join("logger.csv");
    fs::write(&path, table).expect("room");
    path
}

fn choose(window: &mut Window, column: &str, meaning: &str) {
    window.get_by_role_and_label(Role::ComboBox, column).click();
    window.run_steps(3);
    let choices: Vec<_> = window.get_all_by_label(meaning).collect();
    choices.last().expect("the choice").click();
    drop(choices);
    window.run_steps(3);
}

#[test]
fn the_dialog_lists_what_each_column_means_and_lets_it_be_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(written(folder.path()));
    for part in [
        "they are kept as units",
        "decimal commas",
        "--missing -999",
        "--anomaly VALUE",
    ] {
        window.get_all_by_label_contains(part).next().expect(part);
    }
    window.get_all_by_label("°C").next().expect("the unit");
    window
        .get_all_by_label_contains("dates, day first")
        .next()
        .expect("the reason");
    click(&mut window, "Read -999 as missing");
    window
        .get_all_by_label("5 missing")
        .next()
        .expect("the count");
    click(
        &mut window,
        "Fill missing values with the median of their column",
    );
    for value in ["leak", "drift"] {
        window.get_by_role_and_label(Role::CheckBox, value).click();
        window.run_steps(3);
    }
    choose(&mut window, "Nr_ID", "out");
    let options = &window.state().app().opening().expect("the dialog").options;
    assert_eq!(options.columns, [("Nr_ID".to_owned(), Meaning::Out)]);
    assert_eq!((options.fillers.len(), options.anomalies.len()), (1, 2));
    click(&mut window, "Open table");
    let workspace = window.state().app().workspace().expect("a table");
    let dataset = workspace.dataset();
    assert_eq!(dataset.feature_names(), ["Temp", "Druck"]);
    assert_eq!(dataset.truth().expect("labels").anomalies(), 20);
    assert_eq!(dataset.id_column(), None);
    // The card says when the candidate was.
    let shown = workspace.selected().expect("a candidate");
    let time = dataset.times(shown)[0].1.clone();
    window.get_by_label(&format!("Zeit {time}"));
}

#[test]
fn of_many_columns_some_are_found_by_name_and_changed_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("wide.csv");
    let names: Vec<String> = (0..2000).map(|at| format!("channel_{at}")).collect();
    let mut table = names.join(",") + "\n";
    for row in 0..12_usize {
        let cells: Vec<String> = (0..2000)
            .map(|at| ((row * 7 + at * row * 3) % 11).to_string())
            .collect();
        table += &(cells.join(",") + "\n");
    }
    fs::write(&path, table).expect("room");
    let mut window = opened(path);
    window.get_by_label("2000 of 2000");
    window
        .get_by_role_and_label(Role::TextInput, "Columns")
        .focus();
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::TextInput, "Columns")
        .type_text("channel_199");
    window.run_steps(2);
    window.get_by_label("11 of 2000");
    choose(&mut window, "all of these:", "out");
    let options = &window.state().app().opening().expect("the dialog").options;
    assert_eq!(options.columns.len(), 11);
    click(&mut window, "As recognised");
    let options = &window.state().app().opening().expect("the dialog").options;
    assert!(options.columns.is_empty());
}

#[test]
fn times_make_features_by_a_tick_and_lie_across_the_map() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = opened(written(folder.path()));
    for value in ["leak", "drift", "hour"] {
        window.get_by_role_and_label(Role::CheckBox, value).click();
        window.run_steps(3);
    }
    let options = &window.state().app().opening().expect("the dialog").options;
    assert_eq!(options.time_features, [("Zeit".to_owned(), TimePart::Hour)]);
    click(&mut window, "Open table");
    window.run_steps(6);
    let dataset = |window: &Window| {
        let workspace = window.state().app().workspace().expect("a table");
        workspace.dataset().feature_names().to_vec()
    };
    assert_eq!(dataset(&window), ["Temp", "Druck", "Zeit: hour"]);
    click(&mut window, "Across: 1st component");
    window
        .get_all_by_label_contains("Zeit (time)")
        .last()
        .expect("the choice")
        .click();
    window.run_steps(6);
    let workspace = window.state().app().workspace().expect("a table");
    assert_eq!(workspace.viewpoint(), Viewpoint::Time(0, 0));
    let map = workspace.map().expect("the map");
    // Hours since the first row, one a row; no detector sees them, so the score is the same along them.
    assert_eq!(map.locations[5][0], 5.0);
    let cells = map.surface.grid.x.cells();
    let row = &map.surface.values[..cells];
    assert!(row.iter().all(|value| *value == row[0]));
    let [across, up] = axis_names(workspace.dataset(), workspace.viewpoint());
    assert_eq!(across, "Zeit (hours since 2024-03-01)");
    assert_eq!(up, "Temp [°C]");
}
