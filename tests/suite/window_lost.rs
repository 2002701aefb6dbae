//! Nothing that an analyst wrote is lost on the way out of a field, and no number without its size.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Shape, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use glad::app::{App, Command, OpenCommand, SaveCommand};
use glad::detector::Settings;
use glad::store::{journal_of, read_journal, read_session};
use glad::ui::Shell;
use glad::worker::{InlineEngine, InlineStorage};

use crate::common::toy_path;

type Window = Harness<'static, Shell>;

fn window(folder: &Path, file: &Path, size: Vec2) -> Window {
    let app = App::new(Box::new(InlineEngine::default()), Settings::default());
    let data = Some(folder.join("data"));
    let mut app = app.keep_by(
        Box::new(InlineStorage::default()),
        data,
        "a test".to_owned(),
    );
    let open = OpenCommand::File(file.to_owned(), Default::default());
    app.apply(Command::Open(open));
    let mut window = Harness::builder().with_size(size).build_ui_state(
        |ui, shell: &mut Shell| shell.frame(ui),
        Shell::new(app).with_clock(|| 1_764_050_400_000),
    );
    window.run_steps(8);
    window
}

fn clusters(folder: &Path) -> Window {
    let table = folder.join("t.csv");
    fs::copy(toy_path("clusters"), &table).expect("room");
    window(folder, &table, Vec2::new(1500.0, 900.0))
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(6);
}

/// Types a note on the current candidate and stays in the field.
fn write(window: &mut Window, text: &str) -> usize {
    press(window, Modifiers::NONE, Key::M);
    window.get_by_label("Note").type_text(text);
    window.run_steps(3);
    assert!(window.get_by_label("Note").accesskit_node().is_focused());
    let open = window.state().app().workspace().expect("a table");
    open.selected().expect("a candidate")
}

#[test]
fn a_note_that_is_being_typed_is_saved_by_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = clusters(folder.path());
    let file = folder.path().join("s.glad");
    let save = SaveCommand::SaveAs(file.clone(), false);
    window.state_mut().apply(Command::Save(save));
    window.run_steps(4);
    let at = write(&mut window, "odd, ask Ada");
    press(&mut window, Modifiers::COMMAND, Key::S);
    let saved = read_session(&file).expect("a session").history_alone();
    assert_eq!(saved.notes().get(&at), Some(&"odd, ask Ada"));
    // The field goes on as if nothing had been.
    assert!(window.get_by_label("Note").accesskit_node().is_focused());
    window.get_by_label("Note").type_text(" again");
    window.run_steps(3);
    // Letters and the text's own undo are the text's; other fields too leave the answers alone.
    press(&mut window, Modifiers::NONE, Key::A);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    let open = window.state().app().workspace().expect("a table");
    assert!(open.answers().is_empty() && open.note(at) == "odd, ask Ada");
}

#[test]
fn a_note_that_is_being_typed_outlives_the_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = clusters(folder.path());
    let at = write(&mut window, "half a sent");
    eframe::App::on_exit(window.state_mut(), None);
    drop(window);
    let journal = journal_of(&folder.path().join("t.csv.glad"));
    let found = read_journal(&journal)
        .expect("it reads")
        .expect("a journal");
    let text = format!("{:?}", found.events);
    let note = format!("Note {{ instance: {at}, text: \"half a sent\" }}");
    assert!(text.contains(&note), "{text}");
}

#[test]
fn a_note_that_is_being_typed_is_not_taken_to_another_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = clusters(folder.path());
    let at = write(&mut window, "of the first table");
    let other = folder.path().join("u.csv");
    fs::copy(toy_path("subspaces"), &other).expect("room");
    // As when a file is dropped on the window.
    let open = OpenCommand::File(other, Default::default());
    window.state_mut().apply(Command::Open(open));
    window.run_steps(8);
    let open = window.state().app().workspace().expect("a table");
    assert_eq!(open.dataset().name(), "u");
    assert!(open.session().notes().is_empty());
    let journal = journal_of(&folder.path().join("t.csv.glad"));
    let found = read_journal(&journal)
        .expect("it reads")
        .expect("a journal");
    let text = format!("{:?}", found.events);
    assert!(text.contains(&format!("instance: {at}")), "{text}");
}

#[test]
fn the_button_of_the_settings_asks_before_undo_stops() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = clusters(folder.path());
    press(&mut window, Modifiers::NONE, Key::A);
    let mut settings = Settings::default();
    settings.seed += 1;
    let seed = |window: &Window| {
        let open = window.state().app().workspace().expect("a table");
        open.model().fitted().settings().seed
    };
    let before = seed(&window);
    let refit = Command::Refit(Box::new(settings));
    window.state_mut().apply(refit.clone());
    window.run_steps(4);
    window.get_by_label("Fit the detectors anew?");
    window.get_by_label_contains("Undo stops there");
    press(&mut window, Modifiers::NONE, Key::N);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(window.query_by_label("Fit the detectors anew?").is_none());
    assert_eq!(seed(&window), before);
    window.state_mut().apply(refit);
    window.run_steps(4);
    press(&mut window, Modifiers::NONE, Key::Enter);
    let open = window.state().app().workspace().expect("a table");
    assert_eq!((seed(&window), open.answers().len()), (before + 1, 1));
}

/// A table of very small and very large numbers, and of names as long as they come.
fn extremes(folder: &Path) -> std::path::PathBuf {
    let mut text =
        "small,large,a_long_name_of_a_sensor_0001_mean_of_the_last_hour,ratio\n".to_owned();
    let mut state = 7_u64;
    for row in 0..160 {
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f64 / (1_u64 << 24) as f64
        };
        let far = if row % 40 == 7 { 3.0 } else { 1.0 };
        let [a, b, c, d] = [next(), next(), next(), next()];
        let line = (
            8.6e-4 * (1.0 + a) * far,
            1.014e12 * (1.0 + b) * far,
            1e-7 * c * far,
            -2e8 * d,
        );
        writeln!(text, "{:e},{:e},{:e},{:e}", line.0, line.1, line.2, line.3).expect("text");
    }
    let path = folder.join("extremes.csv");
    fs::write(&path, text).expect("room");
    path
}

fn texts(shape: &Shape, elided: &mut Vec<String>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, elided)),
        Shape::Text(text) if text.galley.elided => elided.push(text.galley.text().to_owned()),
        _ => {}
    }
}

/// Whether a text holds a number with an exponent.
fn has_exponent(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    letters.windows(3).any(|three| {
        three[0].is_ascii_digit()
            && three[1] == 'e'
            && (three[2] == '-' || three[2].is_ascii_digit())
    })
}

#[test]
fn no_number_is_cut_off_before_its_exponent() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = extremes(folder.path());
    // As narrow as a window gets, and as wide as it is at first; high, so that much is visible.
    for size in [Vec2::new(900.0, 1500.0), Vec2::new(1280.0, 1500.0)] {
        let mut window = window(folder.path(), &table, size);
        let mut seen = 0;
        for key in [Key::A, Key::N, Key::A] {
            press(&mut window, Modifiers::NONE, key);
        }
        for pane in ["Candidate", "Batch", "Answers", "Re-check", "Training"] {
            window.get_by_role_and_label(Role::Tab, pane).click();
            window.run_steps(4);
            let mut cut = Vec::new();
            for shape in &window.output().shapes {
                texts(&shape.shape, &mut cut);
                if let Shape::Text(text) = &shape.shape {
                    seen += usize::from(has_exponent(text.galley.text()));
                }
            }
            cut.retain(|text| has_exponent(text));
            assert_eq!(cut, Vec::<String>::new(), "{pane} at {size}");
        }
        assert!(seen > 3, "numbers with exponents are on the screen: {seen}");
    }
}
