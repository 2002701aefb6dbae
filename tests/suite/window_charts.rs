//! Charts of the window, written to files by label and key.

use std::fs;
use std::path::Path;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use glad::app::{Artifact, Command, Figure, Value, WriteCommand};

use crate::window::{Window, click, press, press_with, window_in};

/// A window on a copy of a toy table in a folder of its own, after an answer.
fn window(folder: &Path) -> Window {
    let mut window = window_in(folder);
    press(&mut window, Key::A);
    window
}

fn read(path: &Path) -> String {
    String::from_utf8_lossy(&fs::read(path).expect("a file")).into_owned()
}

#[test]
fn a_chart_is_saved_by_button_and_its_data_by_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(folder.path());
    click(&mut window, "Save chart: Map");
    press(&mut window, Key::N);
    let open = window.state().app().workspace().expect("a table");
    assert_eq!(open.answers().len(), 1, "the dialog takes the keys");
    click(&mut window, "Save chart");
    let svg = folder.path().join("t-anomaly-score-over-the-map-1.svg");
    assert!(read(&svg).starts_with("<svg"));
    window.get_by_label_contains("The chart is in");
    assert!(
        window.query_by_label("Save chart").is_none(),
        "the dialog is gone"
    );

    click(&mut window, "Save chart: Discovery");
    click(&mut window, "PNG");
    click(&mut window, "Save chart");
    let png = fs::read(folder.path().join("t-discovery-curve-1.png")).expect("a file");
    assert!(png.starts_with(b"\x89PNG"));

    press_with(&mut window, Modifiers::COMMAND, Key::E);
    click(&mut window, "CSV");
    click(&mut window, "Save chart");
    let csv = read(&folder.path().join("t-discovery-curve-1.csv"));
    assert!(csv.starts_with("series,queries spent,anomalies found,spread\n"));
    assert!(csv.contains("this session,1,1,"));

    // In the colours that it has on the screen.
    press(&mut window, Key::V);
    click(&mut window, "Save chart: Map");
    click(&mut window, "Save chart");
    let csv = read(&folder.path().join("t-rows-over-the-map-1.csv"));
    assert!(csv.starts_with("x,y,\"rows in a cell") || csv.starts_with("x,y,rows in a cell"));
}

#[test]
fn what_stands_in_the_way_of_a_chart_is_told_in_the_dialog() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(folder.path());
    let save = |window: &mut Window, path: &str| {
        let path = folder.path().join(path);
        let command = WriteCommand::Save(Artifact::Chart(Figure::Discovery), path);
        window.state_mut().apply(Command::Write(command));
        window.run_steps(3);
    };
    press_with(&mut window, Modifiers::COMMAND, Key::E);
    save(&mut window, "t.csv");
    window.get_by_label_contains("the file of the table itself");
    save(&mut window, "curve.pdf");
    window.get_by_label_contains("end in .svg, .png or .csv");
    save(&mut window, "gone/curve.svg");
    window.get_by_label_contains("the folder is gone");
    fs::write(folder.path().join("curve.svg"), "mine").expect("room");
    save(&mut window, "curve.svg");
    window.get_by_label_contains("already: press the button again");
    assert_eq!(read(&folder.path().join("curve.svg")), "mine");
    save(&mut window, "curve.svg");
    assert!(read(&folder.path().join("curve.svg")).starts_with("<svg"));
    assert!(!folder.path().join("curve.svg~").exists(), "it was asked");
}

#[test]
fn every_chart_of_the_window_has_a_picture_and_data() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(folder.path());
    for pane in ["Relevance maps", "Before and after"] {
        click(&mut window, pane);
    }
    let figures = window.state().app().workspace().expect("a table").figures();
    for expected in [
        Figure::default(),
        Figure::Members(Value::Product),
        Figure::Member(3, Value::Relevance),
        Figure::Baseline,
        Figure::Change,
        Figure::Updates,
        Figure::Contributions,
        Figure::MemberView(0),
        Figure::Feature(1),
    ] {
        assert!(figures.contains(&expected), "{expected:?}");
    }
    for (place, figure) in figures.into_iter().enumerate() {
        for ending in ["svg", "csv"] {
            let path = folder.path().join(format!("{place}.{ending}"));
            let save = WriteCommand::Save(Artifact::Chart(figure), path.clone());
            window.state_mut().apply(Command::Write(save));
            window.run_steps(1);
            let text = read(&path);
            let lines = text.lines().count();
            assert!(
                text.len() > 40 && !text.contains("NaN"),
                "{figure:?}: {text}"
            );
            assert!(ending == "svg" || lines > 2, "{figure:?}: {text}");
        }
    }
    let sheet = WriteCommand::Save(
        Artifact::Chart(Figure::Members(Value::Relevance)),
        folder.path().join("s.png"),
    );
    window.state_mut().apply(Command::Write(sheet));
    window.run_steps(1);
    let sheet = fs::read(folder.path().join("s.png")).expect("a file");
    let picture = resvg::tiny_skia::Pixmap::decode_png(&sheet).expect("a PNG");
    assert_eq!(
        (picture.width(), picture.height()),
        (2 * 3 * 490, 2 * (2 * (388 + 24) + 34))
    );
}
