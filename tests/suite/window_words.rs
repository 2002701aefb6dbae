//! What the window tells, and for how long: messages, settings that are none, the sheet of keys.

use std::path::Path;

use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use glad::app::{Command, Message};

use crate::window::{Window, click, press, press_with, window_in};

fn window() -> Window {
    let folder = tempfile::tempdir().expect("a folder");
    window_in(folder.path())
}

fn says(window: &Window, part: &str) -> bool {
    window.query_all_by_label_contains(part).next().is_some()
}

/// Lets time pass without anything happening.
fn wait(window: &mut Window, seconds: f32) {
    let frames = (seconds / window.input().predicted_dt).ceil() as usize;
    window.run_steps(frames);
}

#[test]
fn what_was_done_goes_by_itself_and_what_went_wrong_stays() {
    let mut window = window();
    let path = Path::new("/nowhere/report.html").to_owned();
    let made = Message::made("The report is in “report.html”.", path);
    for message in [made, Message::error("It went wrong.")] {
        window.state_mut().apply(Command::Say(message));
    }
    window.run_steps(3);
    click(&mut window, "Open");
    assert!(says(&window, "is not there any more"), "the file is gone");
    // While the pointer rests on a message it stays.
    window.input_mut().events.push(Event::PointerGone);
    wait(&mut window, 6.0);
    assert!(says(&window, "The report is in"), "it can be read first");
    wait(&mut window, 8.0);
    assert!(!says(&window, "The report is in"));
    assert!(says(&window, "It went wrong.") && says(&window, "not there any more"));
    assert_eq!(window.state().app().messages().len(), 2);
}

#[test]
fn a_setting_outside_its_range_is_told_in_its_place_and_never_changed() {
    let mut window = window();
    click(&mut window, "Settings");
    assert!(
        window.query_by_label("softness").is_none(),
        "what matters less is folded away"
    );
    let fields: Vec<_> = window.get_all_by_label("τ (tau)").collect();
    fields.last().expect("the field").click();
    drop(fields);
    window.run_steps(3);
    press_with(&mut window, Modifiers::COMMAND, Key::A);
    window
        .input_mut()
        .events
        .push(Event::Text("0.7".to_owned()));
    window.run_steps(2);
    press(&mut window, Key::Enter);
    assert!(
        says(&window, "0.7 is none: above 0 to 0.5"),
        "told beside the field"
    );
    assert!(says(&window, "τ (tau) is outside its range"));
    let apply = window.get_by_label("Apply and refit");
    assert!(apply.accesskit_node().is_disabled());
    click(&mut window, "Revert");
    assert!(!says(&window, "0.7 is none"));
    window.get_by_label("These settings are in force.");
    click(&mut window, "All other settings");
    window.run_steps(30);
    assert!(says(&window, "softness") && says(&window, "patience"));
    window
        .get_by_label("patience by anomalies")
        .click_accesskit();
    window.run_steps(3);
    assert!(says(&window, "Not applied yet."));
}

#[test]
fn the_sheet_of_keys_is_in_groups() {
    let mut window = window();
    press(&mut window, Key::F1);
    for group in ["Answers and training", "Files", "Panes"] {
        window.get_by_label(group);
    }
}
