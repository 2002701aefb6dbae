//! A whole session in the window, by label and key: from the table to the chart.

use std::fs;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Pos2, Rect, Theme};
use egui_kittest::kittest::{NodeT, Queryable};
use glad::app::{App, Command, OpenCommand, View};
use glad::detector::Settings;
use glad::session::{Answer, Confidence, Strategy};
use glad::worker::InlineEngine;

use crate::common::toy_path;
use crate::window::{Window, click, press, press_with, selected, window_of};

/// What the label of the map begins with.
const MAP: &str = "The anomaly score over the map";

fn workspace(window: &Window) -> View<'_> {
    window.state().app().workspace().expect("a table")
}

fn type_into(window: &mut Window, label: &str, text: &str) {
    window
        .get_by_role_and_label(Role::TextInput, label)
        .type_text(text);
    window.run_steps(2);
}

/// Draws a line around all of a rectangle.
fn draw_around(window: &mut Window, rect: Rect) {
    let corners = [
        rect.left_top(),
        rect.right_top(),
        rect.right_bottom(),
        rect.left_bottom(),
    ];
    window.hover_at(corners[0]);
    window.run_steps(1);
    window.drag_at(corners[0]);
    window.run_steps(1);
    for corner in corners
        .into_iter()
        .chain([corners[0] + eframe::egui::vec2(0.0, 5.0)])
    {
        window.hover_at(corner);
        window.run_steps(1);
    }
    window.drop_at(corners[0]);
    window.run_steps(4);
}

fn chosen(window: &mut Window, box_label: &str, choice: &str) {
    window
        .get_by_role_and_label(Role::ComboBox, box_label)
        .click();
    window.run_steps(3);
    let choices: Vec<_> = window.get_all_by_label(choice).collect();
    choices.last().expect("the choice").click();
    drop(choices);
    window.run_steps(3);
}

#[test]
fn a_whole_session_in_light_and_dark() {
    for theme in [Theme::Light, Theme::Dark] {
        let folder = tempfile::tempdir().expect("a folder");
        let table = folder.path().join("t.csv");
        fs::copy(toy_path("clusters"), &table).expect("room");
        let settings = Settings {
            ensemble: "paper".parse().expect("an ensemble"),
            ..Settings::default()
        };
        let app = App::new(Box::new(InlineEngine::default()), settings);
        let mut window = window_of(app, theme);

        // Open, by the dialog.
        press_with(&mut window, Modifiers::COMMAND, Key::O);
        window.get_by_label("File").focus();
        window.run_steps(2);
        type_into(&mut window, "File", &table.display().to_string());
        click(&mut window, "Read");
        click(&mut window, "Open table");
        let ranks = workspace(&window).model().top(50);

        // A round of diverse candidates, answered card by card: then it trains.
        window.state_mut().apply(Command::SetBatch(3));
        click(&mut window, "Batch");
        chosen(&mut window, "Pick 3 by", "diverse");
        assert_eq!(workspace(&window).strategy(), Strategy::Diverse);
        let round = workspace(&window).round().to_vec();
        assert_eq!(round.len(), 3);
        for (pick, answer) in round.iter().zip(["anomaly", "nominal", "nominal"]) {
            let id = workspace(&window).dataset().id(pick.instance);
            click(&mut window, &format!("Card {id}: {answer}"));
        }
        assert_eq!(workspace(&window).session().revision(), 1);
        assert_ne!(
            workspace(&window).model().top(50),
            ranks,
            "ranks have changed"
        );

        // Undo is exact, the training included; redo goes on.
        let believed = workspace(&window).model().weights().digest();
        for _ in 0..3 {
            click(&mut window, "Undo");
        }
        assert!(workspace(&window).answers().is_empty());
        assert_eq!(workspace(&window).model().top(50), ranks);
        for _ in 0..3 {
            click(&mut window, "Redo");
        }
        assert_eq!(workspace(&window).model().weights().digest(), believed);

        // Fairly sure, with a note.
        let at = selected(&window);
        press(&mut window, Key::M);
        type_into(&mut window, "Note", "looks odd");
        press(&mut window, Key::Enter);
        assert_eq!(workspace(&window).note(at), "looks odd");
        click(&mut window, "fairly");
        press(&mut window, Key::N);
        let given = workspace(&window).given()[0];
        assert_eq!(
            (given.instance, given.reply.confidence),
            (at, Confidence::Fairly)
        );
        click(&mut window, "sure");

        // Search by id, then the answer to what was found.
        press(&mut window, Key::Slash);
        type_into(&mut window, "Find row", "17");
        press(&mut window, Key::Enter);
        assert_eq!(workspace(&window).dataset().id(selected(&window)), "17");
        let found = selected(&window);
        press(&mut window, Key::U);
        assert_eq!(workspace(&window).answers()[&found], Answer::Unsure);

        // A lasso around everything, answered together, taken back as one.
        press(&mut window, Key::L);
        let map = window.get_by_label_contains(MAP).rect();
        draw_around(&mut window, map.shrink2((70.0, 50.0).into()));
        let held = workspace(&window)
            .lasso()
            .expect("a selection")
            .instances
            .len();
        assert!(held > 100, "{held}");
        let before = workspace(&window).answers().len();
        click(&mut window, "Selected: nominal");
        assert!(workspace(&window).answers().len() >= held);
        press_with(&mut window, Modifiers::COMMAND, Key::Z);
        assert_eq!(workspace(&window).answers().len(), before);
        click(&mut window, "Select none");

        // Settings change nothing before the button is pressed.
        click(&mut window, "Settings");
        chosen(&mut window, "method", "aad");
        window.get_by_label("Not applied yet.");
        assert_eq!(
            workspace(&window).model().fitted().settings(),
            &Settings {
                ensemble: "paper".parse().expect("an ensemble"),
                ..Settings::default()
            }
        );
        click(&mut window, "Apply and refit");
        click(&mut window, "Refit");
        let method = workspace(&window).model().fitted().settings().method;
        assert_eq!(method, glad::detector::Method::Aad);
        assert_eq!(
            workspace(&window).answers().len(),
            before,
            "answers are carried over"
        );

        // The chart.
        click(&mut window, "Save chart: Discovery");
        click(&mut window, "CSV");
        click(&mut window, "Save chart");
        let revision = workspace(&window).session().revision();
        let chart = folder
            .path()
            .join(format!("t-discovery-curve-{revision}.csv"));
        let curve = fs::read_to_string(chart).expect("the data behind the curve");
        let last = format!("this session,{before},1,");
        assert!(curve.contains(&last), "{curve}");
    }
}

#[test]
fn charts_are_looked_at_closer_by_key_and_pointer_and_their_values_read() {
    let settings = Settings {
        ensemble: "paper".parse().expect("an ensemble"),
        ..Settings::default()
    };
    let mut app = App::new(Box::new(InlineEngine::default()), settings);
    let open = OpenCommand::Toy(crate::common::toy("clusters"));
    app.apply(Command::Open(open));
    let mut window = window_of(app, Theme::Light);
    press(&mut window, Key::A);
    click(&mut window, "Before and after");
    let tile = window
        .get_by_label_contains("Difference of the anomaly score over")
        .rect();
    let point = tile.lerp_inside(eframe::egui::vec2(0.3, 0.3));
    let read = |window: &mut Window| {
        window.hover_at(point);
        window.run_steps(4);
        let tip = window.query_by_label_contains("difference ");
        let tip = window
            .query_all_by_label_contains(" at (")
            .next()
            .or(tip)
            .and_then(|node| node.value().or_else(|| node.accesskit_node().label()));
        let tip = tip.expect("the value under the pointer");
        tip.lines().next().expect("a line").to_owned()
    };
    let whole = read(&mut window);
    press(&mut window, Key::Plus);
    let closer = read(&mut window);
    assert_ne!(closer, whole);
    press_with(&mut window, Modifiers::SHIFT, Key::ArrowLeft);
    assert_ne!(read(&mut window), closer);
    press(&mut window, Key::Home);
    assert_eq!(read(&mut window), whole);
    // A drag moves what is visible only when it is less than all.
    press(&mut window, Key::Plus);
    let before = read(&mut window);
    drag_aside(&mut window, point);
    assert_ne!(read(&mut window), before);
    double_click(&mut window, point);
    assert_eq!(read(&mut window), whole, "a double-click shows all");
}

/// What a chart says of its mark.
fn said(window: &Window, chart: &str) -> Option<String> {
    let found = window.get_all_by_label_contains(chart).next();
    found.expect("the chart").value()
}

#[test]
fn the_values_of_every_chart_are_read_by_key() {
    let mut window = crate::window_names::window();
    for key in [Key::A, Key::N, Key::A] {
        press(&mut window, key);
    }
    for (pane, chart) in [
        ("Map", MAP),
        ("Before and after", "Difference of the anomaly score"),
        ("Relevance maps", "relevance of projection 3 ("),
        ("Discovery", "Discovery curve"),
        ("Training", "Losses of priming"),
        ("Training", "Losses of the updates"),
        ("Candidate", "Histogram of the projection"),
        ("Candidate", "x: value"),
    ] {
        window.get_by_role_and_label(Role::Tab, pane).click();
        window.run_steps(3);
        assert_eq!(said(&window, chart), None, "{chart}");
        let found = window.get_all_by_label_contains(chart).next();
        found.expect("the chart").focus();
        // What is hidden comes into sight within a moment.
        window.run_steps(20);
        let middle = said(&window, chart).expect("what is in the middle");
        assert!(middle.chars().any(char::is_numeric), "{chart}: {middle}");
        for _ in 0..6 {
            press_with(&mut window, Modifiers::ALT, Key::ArrowLeft);
        }
        let aside = said(&window, chart).expect("what is at the side");
        assert_ne!(aside, middle, "{chart}");
        // Looking closer and to a side moves what is under the mark.
        for _ in 0..4 {
            press(&mut window, Key::Plus);
        }
        for _ in 0..3 {
            press_with(&mut window, Modifiers::SHIFT, Key::ArrowRight);
        }
        assert_ne!(said(&window, chart), Some(aside), "{chart}");
        press(&mut window, Key::Home);
        assert_eq!(said(&window, chart), Some(middle), "{chart}");
        let at = selected(&window);
        press_with(&mut window, Modifiers::SHIFT, Key::ArrowDown);
        assert_eq!(selected(&window), at, "{chart}");
        press(&mut window, Key::Home);
    }
}

#[test]
fn a_histogram_is_looked_at_closer_by_pointer() {
    let mut window = crate::window_names::window();
    let found = window.get_all_by_label_contains("Histogram of").next();
    let point = found.expect("a strip").rect().center();
    let read = |window: &mut Window| {
        window.hover_at(point);
        window.run_steps(4);
        let tip = window.query_all_by_label_contains(" from ");
        let tips = tip.filter_map(|node| node.value().or_else(|| node.accesskit_node().label()));
        let mut tips = tips.filter(|tip| tip.contains('\n') && tip.contains("instance"));
        tips.next().expect("what the bin holds")
    };
    let whole = read(&mut window);
    window.event(eframe::egui::Event::Zoom(3.0));
    window.run_steps(2);
    drag_aside(&mut window, point);
    assert_ne!(read(&mut window), whole);
    double_click(&mut window, point);
    assert_eq!(read(&mut window), whole);
}

/// Drags from a point to the right.
fn drag_aside(window: &mut Window, point: Pos2) {
    window.drag_at(point);
    window.run_steps(1);
    for step in 1..4 {
        window.hover_at(point + eframe::egui::vec2(12.0 * step as f32, 0.0));
        window.run_steps(1);
    }
    window.drop_at(point + eframe::egui::vec2(36.0, 0.0));
    window.run_steps(2);
}

fn double_click(window: &mut Window, point: Pos2) {
    // Here a frame takes a quarter of a second.
    window
        .ctx
        .options_mut(|options| options.input_options.max_double_click_delay = 5.0);
    for _ in 0..2 {
        window.drag_at(point);
        window.drop_at(point);
        window.run_steps(1);
    }
    window.run_steps(2);
}
