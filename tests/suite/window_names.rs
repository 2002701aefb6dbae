//! What a screen reader hears and a keyboard reaches: every pane, every dialog.

use eframe::egui::accesskit::{Action, Role};
use eframe::egui::{Key, Modifiers, Pos2, Theme, Vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use glad::app::{App, Command, OpenCommand};
use glad::detector::Settings;
use glad::worker::InlineEngine;

use crate::common::toy;
use crate::window::{Window, click, press, press_with, window_of};

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const PANES: [&str; 18] = [
    "Candidates",
    "Answers",
    "Re-check",
    "Tags",
    "Map",
    "Batch",
    "Similar",
    "Embedding",
    "Parallel coordinates",
    "Scatter matrix",
    "Relevance maps",
    "Before and after",
    "Discovery",
    "Progress",
    "Training",
    "Replay",
    "Candidate",
    "Settings",
];

/// A window on a toy table with the paper's projections.
pub fn window() -> Window {
    let settings = Settings {
        ensemble: "paper".parse().expect("an ensemble"),
        ..Settings::default()
    };
    let mut app = App::new(Box::new(InlineEngine::default()), settings);
    app.apply(Command::Open(OpenCommand::Toy(toy("clusters"))));
    window_of(app, Theme::Dark)
}

/// What can be focused, pressed or filled in and says nothing of what it is.
fn nameless(window: &Window) -> Vec<String> {
    let all = window.get_all_by(|node| {
        let acts = node.data().supports_action(Action::Focus)
            || matches!(
                node.role(),
                Role::Button
                    | Role::CheckBox
                    | Role::RadioButton
                    | Role::ComboBox
                    | Role::TextInput
                    | Role::SpinButton
                    | Role::Slider
                    | Role::Tab
                    | Role::Link
                    | Role::Image
            );
        acts && node.role() != Role::Window
    });
    let unnamed = all.filter(|node| {
        let node = node.accesskit_node();
        node.label().is_none_or(|label| label.trim().is_empty())
    });
    unnamed
        .map(|node| format!("{:?} at {:?}", node.accesskit_node().role(), node.rect()))
        .collect()
}

/// Fails where something has no name.
#[track_caller]
pub fn check(window: &Window, what: &str) {
    let nameless = nameless(window);
    assert!(nameless.is_empty(), "{what}: {nameless:#?}");
}

#[test]
fn everything_in_every_pane_has_a_name() {
    let mut window = window();
    for key in [Key::A, Key::N] {
        press(&mut window, key);
    }
    check(&window, "the window");
    let whole = window.state().layout();
    let closed = whole.replace(",true)", ",false)");
    for pane in PANES {
        let alone = closed.replace(&format!("\"{pane}\",false)"), &format!("\"{pane}\",true)"));
        assert!(
            alone != closed && window.state_mut().arrange(&alone),
            "{pane}"
        );
        window.run_steps(4);
        check(&window, pane);
    }
    assert_eq!(whole.matches("Pane(").count(), PANES.len(), "{whole}");
}

#[test]
fn everything_in_every_dialog_has_a_name() {
    let mut window = window();
    for (modifiers, key, what) in [
        (Modifiers::COMMAND, Key::O, "the dialog that opens a table"),
        (Modifiers::COMMAND, Key::E, "the dialog that saves a chart"),
        (
            Modifiers::COMMAND,
            Key::R,
            "the dialog that writes a report",
        ),
        (CTRL_SHIFT, Key::S, "the dialog that saves a session"),
        (CTRL_SHIFT, Key::X, "the dialog of exports"),
        (CTRL_SHIFT, Key::D, "the dialog that scores a table"),
        (Modifiers::NONE, Key::F1, "the sheet of keys"),
    ] {
        press_with(&mut window, modifiers, key);
        check(&window, what);
        press(&mut window, Key::Escape);
    }
    press(&mut window, Key::G);
    check(&window, "the guide");
    press(&mut window, Key::H);
    check(&window, "the welcome screen");
    press(&mut window, Key::H);
    click(&mut window, "Toy tables");
    check(&window, "the menu of toy tables");
}

/// The places of the buttons visible, with their names.
fn buttons(window: &Window) -> Vec<(String, Pos2)> {
    let all = window.get_all_by(|node| {
        let is_button = matches!(
            node.role(),
            Role::Button | Role::CheckBox | Role::RadioButton | Role::Tab
        );
        is_button && !node.is_disabled()
    });
    let named = all.map(|node| {
        let name = node.accesskit_node().label().unwrap_or_default();
        (name, node.rect().center())
    });
    named.collect()
}

#[test]
fn every_button_of_every_pane_says_to_the_pointer_what_it_does() {
    let mut window = window();
    window.ctx.all_styles_mut(|style| {
        style.interaction.tooltip_delay = 0.0;
        style.interaction.show_tooltips_only_when_still = false;
    });
    for key in [Key::A, Key::N] {
        press(&mut window, key);
    }
    let closed = window.state().layout().replace(",true)", ",false)");
    let within = window.ctx.content_rect().shrink(4.0);
    let (mut met, mut silent): (Vec<String>, Vec<String>) = Default::default();
    for pane in PANES {
        let shown = closed.replace(&format!("\"{pane}\",false)"), &format!("\"{pane}\",true)"));
        assert!(window.state_mut().arrange(&shown), "{pane}");
        window.run_steps(4);
        let texts = |window: &Window| {
            let all = window.query_all_by(|node| node.role() == Role::Label);
            all.count()
        };
        for (name, at) in buttons(&window) {
            // Rows of a list say what they are, and the last ones are half hidden.
            let is_row = name.starts_with("row ");
            if is_row || met.contains(&name) || !within.contains(at) {
                continue;
            }
            window.hover_at(within.left_top());
            window.run_steps(2);
            let before = texts(&window);
            window.hover_at(at);
            window.run_steps(3);
            if texts(&window) <= before {
                silent.push(format!("{pane}: {name}"));
            }
            met.push(name);
        }
    }
    assert!(silent.is_empty(), "without a tooltip: {silent:#?}");
    assert!(met.len() > 40, "{met:?}");
}

/// With Tab alone every button of the pane in front is reached.
#[test]
fn the_keyboard_reaches_every_button() {
    let mut window = window();
    press(&mut window, Key::A);
    window.set_size(Vec2::new(1500.0, 1000.0));
    window.run_steps(3);
    let reach = |window: &Window| -> Vec<String> {
        let all = window.get_all_by(|node| node.data().supports_action(Action::Focus));
        let names = all.filter_map(|node| node.accesskit_node().label());
        names.collect()
    };
    let wanted = reach(&window);
    assert!(wanted.len() > 40, "{wanted:?}");
    let mut met: Vec<String> = Vec::new();
    for _ in 0..3 * wanted.len() {
        window.key_press(Key::Tab);
        window.run_steps(1);
        let focused = window.get_all_by(|node| node.is_focused());
        met.extend(focused.filter_map(|node| node.accesskit_node().label()));
    }
    for name in [
        "Anomaly (A)",
        "Undo",
        "Lasso",
        "Save chart: Map",
        "Save chart: Discovery",
        "Relevance maps",
        "Close Map",
        "Open…",
        "View",
    ] {
        assert!(
            met.iter().any(|one| one == name),
            "{name} is not among {met:?}"
        );
    }
}

#[test]
fn keys_answer_while_a_button_has_the_keyboard() {
    let mut window = window();
    window.get_by_label("Lasso").focus();
    window.run_steps(2);
    press(&mut window, Key::A);
    let open = window.state().app().workspace().expect("a table");
    assert_eq!(open.answers().len(), 1);
    assert!(window.get_by_label("Lasso").is_focused());
}
