//! The views beside the map in the window: by key, by label, by drawing on them.

use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers, Pos2, Theme, pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use glad::app::{App, Command, Drawn, OpenCommand, View, Viewpoint};
use glad::detector::Settings;
use glad::worker::InlineEngine;

use crate::common::toy;
use crate::window::{Window, click, press, press_with, window_of};

fn window(name: &str) -> Window {
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    app.apply(Command::Open(OpenCommand::Toy(toy(name))));
    let mut window = window_of(app, Theme::Light);
    window.run_steps(6);
    window
}

fn workspace(window: &Window) -> View<'_> {
    window.state().app().workspace().expect("a table")
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run_steps(1);
    window.drag_at(from);
    window.run_steps(1);
    for part in [0.3, 0.7, 1.0] {
        window.hover_at(from + (to - from) * part);
        window.run_steps(1);
    }
    window.drop_at(to);
    window.run_steps(4);
}

/// Types into the field of an open list of choices.
fn seek(window: &mut Window, text: &str) {
    window
        .get_by_role_and_label(Role::TextInput, "Find")
        .type_text(text);
    window.run_steps(3);
}

fn is_on(window: &Window, label: &str) -> bool {
    let node = window.get_by_label(label);
    let node = node.accesskit_node();
    node.toggled() == Some(Toggled::True) || node.is_selected() == Some(true)
}

#[test]
fn a_key_shows_the_features_that_explain_and_the_legend_switches() {
    let mut window = window("subspaces");
    press(&mut window, Key::X);
    window.run_steps(4);
    assert!(matches!(
        workspace(&window).viewpoint(),
        Viewpoint::Features(..)
    ));
    assert!(is_on(&window, "no answer yet"));
    click(&mut window, "no answer yet");
    assert!(!is_on(&window, "no answer yet"));
    click(&mut window, "no answer yet");
    assert!(is_on(&window, "no answer yet"));
    // What colours the map, one after the other.
    window.get_by_label("Colour: score over the plane");
    for shown in ["number of rows", "score of each row", "answer or tag"] {
        press(&mut window, Key::V);
        window.get_by_label(&format!("Colour: {shown}"));
    }
}

#[test]
fn a_feature_is_found_by_a_part_of_its_name() {
    let mut window = window("subspaces");
    click(&mut window, "Colour: score over the plane");
    let names = workspace(&window).dataset().feature_names().to_vec();
    let wanted = names.last().expect("features").clone();
    seek(&mut window, &wanted);
    press(&mut window, Key::Enter);
    window.run_steps(2);
    window.get_by_label(&format!("Colour: {wanted}"));
    // And for the map's axes.
    click(&mut window, "Across: 1st component");
    seek(&mut window, &wanted);
    press(&mut window, Key::Enter);
    window.run_steps(4);
    let across = names.len() - 1;
    assert!(
        matches!(workspace(&window).viewpoint(), Viewpoint::Features(found, _) if found == across)
    );
}

#[test]
fn a_range_along_an_axis_selects_rows_everywhere() {
    let mut window = window("subspaces");
    press_with(&mut window, Modifiers::COMMAND, Key::H);
    window.run_steps(4);
    // It begins with the features that explain the candidate.
    let shown = workspace(&window).explaining();
    let names = workspace(&window).dataset().feature_names().to_vec();
    let (first, name) = (shown[0], names[shown[0]].clone());
    let axis = window
        .get_by_label_contains(&format!("Axis of {name};"))
        .rect();
    let from = pos2(axis.center().x, axis.top() + 0.25 * axis.height());
    let to = pos2(axis.center().x, axis.top() + 0.5 * axis.height());
    drag(&mut window, from, to);
    let open = workspace(&window);
    let lasso = open.lasso().expect("a selection");
    let Drawn::Ranges(ranges) = &lasso.drawn else {
        panic!("ranges: {:?}", lasso.drawn);
    };
    assert_eq!((ranges.len(), ranges[0].feature), (1, first));
    let bins = open.columns()[first].bins();
    let span = bins.high() - bins.low;
    // The middle half of what was drawn is the second quarter from the top.
    let middle = f32::midpoint(ranges[0].low, ranges[0].high);
    assert!(
        ((middle - bins.low) / span - 0.625).abs() < 0.03,
        "{ranges:?}"
    );
    let held = lasso.instances.clone();
    let features = open.dataset().features();
    for row in 0..open.dataset().n_instances() {
        let is_in = (ranges[0].low..=ranges[0].high).contains(&features[[row, first]]);
        assert_eq!(held.binary_search(&row).is_ok(), is_in);
    }
    // The same selection is told on the scatter matrix; a rectangle is a range of either feature.
    press_with(&mut window, Modifiers::COMMAND, Key::I);
    window.run_steps(4);
    let words = format!("{} instances selected", held.len());
    window.get_by_label(&words);
    let label = format!("{} over {};", names[shown[1]], name);
    let cell = window.get_by_label_contains(&label).rect();
    let at = |x: f32, y: f32| cell.min + (cell.size() * vec2(x, y));
    drag(&mut window, at(0.3, 0.2), at(0.6, 0.8));
    let open = workspace(&window);
    let lasso = open.lasso().expect("a selection");
    let Drawn::Ranges(ranges) = &lasso.drawn else {
        panic!("ranges: {:?}", lasso.drawn);
    };
    let drawn: Vec<usize> = ranges.iter().map(|range| range.feature).collect();
    assert_eq!(drawn, shown[..2]);
    let features = open.dataset().features();
    let meets = |row: &usize| {
        let mut all = ranges.iter();
        all.all(|range| (range.low..=range.high).contains(&features[[*row, range.feature]]))
    };
    let n = open.dataset().n_instances();
    let expected: Vec<usize> = (0..n).filter(meets).collect();
    assert!(!expected.is_empty() && expected.len() < n);
    assert_eq!(lasso.instances, expected);
    // Esc lets it go, and the ranges with it.
    press(&mut window, Key::Escape);
    window.run_steps(3);
    assert!(workspace(&window).lasso().is_none());
    press_with(&mut window, Modifiers::COMMAND, Key::H);
    window.run_steps(3);
    window.get_by_label_contains(&format!("Axis of {name}; draw along it"));
}

#[test]
fn rows_are_laid_out_where_the_pane_is_seen_and_not_before() {
    let mut window = window("clusters");
    assert!(workspace(&window).embedding().is_none());
    press_with(&mut window, Modifiers::COMMAND, Key::K);
    window.run_steps(6);
    assert!(workspace(&window).embedding().is_some());
    window.get_by_label_contains("Rows laid out so that alike ones lie together;");
    let n = workspace(&window).dataset().n_instances();
    window.get_by_label(&format!("All {n} rows."));
    click(&mut window, "member scores");
    let space = workspace(&window).embedding().expect("places").space;
    assert_eq!(space.name(), "member scores");
}
