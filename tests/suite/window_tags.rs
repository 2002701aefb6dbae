//! Types of anomaly in the window: by key, by button, by name.

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use glad::app::{Command, SessionCommand, Tag, View, ViewCommand};
use glad::session::Answer;

use crate::window::{Window, click, press, press_with, selected, window_in};

fn workspace(window: &Window) -> View<'_> {
    window.state().app().workspace().expect("a table")
}

fn tag_of(window: &Window, instance: usize) -> Option<u8> {
    let reply = workspace(window).reply(instance)?;
    reply.tag.map(Tag::number)
}

#[test]
fn a_digit_answers_anomaly_with_its_tag_and_one_undo_takes_both_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window_in(folder.path());
    let first = selected(&window);
    press(&mut window, Key::Num3);
    assert_eq!(workspace(&window).answers()[&first], Answer::Anomaly);
    assert_eq!(tag_of(&window, first), Some(3));
    let second = selected(&window);
    assert_ne!(second, first, "the next candidate");
    press_with(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(workspace(&window).answers().is_empty());
    assert_eq!(selected(&window), first);
    // On an anomaly it changes the tag, or takes it away; no other answer is given.
    press(&mut window, Key::A);
    window
        .state_mut()
        .apply(Command::View(ViewCommand::Select(first)));
    window.run_steps(30);
    press(&mut window, Key::Num9);
    assert_eq!(
        (tag_of(&window, first), selected(&window)),
        (Some(9), first)
    );
    press(&mut window, Key::Num9);
    assert_eq!(tag_of(&window, first), None);
    assert_eq!(workspace(&window).answers()[&first], Answer::Anomaly);
    assert_eq!(
        workspace(&window).session().revision(),
        1,
        "nothing to train"
    );
}

#[test]
fn a_tag_is_named_counted_and_given_by_its_button() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window_in(folder.path());
    press(&mut window, Key::Num2);
    press_with(&mut window, Modifiers::COMMAND, Key::G);
    let field = window.get_by_role_and_label(Role::TextInput, "Name of tag 2");
    field.focus();
    window.run_steps(2);
    let field = window.get_by_role_and_label(Role::TextInput, "Name of tag 2");
    field.type_text("leak 2");
    window.run_steps(2);
    assert!(workspace(&window).tag_names().iter().next().is_none());
    press(&mut window, Key::Enter);
    let two = Tag::try_from(2).expect("a tag");
    assert_eq!(workspace(&window).tag_names().of(two), "leak 2");
    assert_eq!(
        workspace(&window).answers().len(),
        1,
        "what is typed is no key"
    );
    assert_eq!(workspace(&window).tag_count(Some(two)), 1);
    let at = selected(&window);
    window.run_steps(30);
    click(&mut window, "Tag 2: leak 2");
    assert_eq!(tag_of(&window, at), Some(2));
    assert_eq!(workspace(&window).tag_count(Some(two)), 2);
    let says = window.query_by_label_contains("leak 2 (2)");
    assert!(says.is_some(), "the legend of the map counts them");
    // The name is undone like anything else.
    for _ in 0..2 {
        press_with(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(workspace(&window).tag_names().of(two), "tag 2");
}

#[test]
fn the_list_of_answers_says_and_changes_tags() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window_in(folder.path());
    let first = selected(&window);
    press(&mut window, Key::Num4);
    click(&mut window, "Answers");
    window
        .state_mut()
        .apply(Command::View(ViewCommand::Select(first)));
    window.run_steps(3);
    let id = workspace(&window).dataset().id(first);
    let words = format!("id {id}: anomaly: tag 4");
    let row = window.query_by_label_contains(&words);
    assert!(row.is_some(), "the row says its tag");
    click(&mut window, "no tag");
    assert_eq!(tag_of(&window, first), None);
    assert_eq!(workspace(&window).answers()[&first], Answer::Anomaly);
}

#[test]
fn the_list_is_filtered_by_a_tag_and_says_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window_in(folder.path());
    let first = selected(&window);
    press(&mut window, Key::Num4);
    let mut query = glad::app::ListQuery {
        text: "tag = \"tag 4\"".to_owned(),
        ..Default::default()
    };
    window
        .state_mut()
        .apply(Command::View(ViewCommand::List(query.clone())));
    window
        .state_mut()
        .apply(Command::View(ViewCommand::Ask(glad::app::Ask::List)));
    window.run_steps(3);
    let two = Tag::try_from(4).expect("a tag");
    // The panel has a query of its own, so that the application is asked.
    let app = window.state_mut();
    app.apply(Command::Session(SessionCommand::NameTag(
        two,
        "leak".to_owned(),
    )));
    query.text = "tag = leak".to_owned();
    app.apply(Command::View(ViewCommand::List(query)));
    app.apply(Command::View(ViewCommand::Ask(glad::app::Ask::List)));
    assert!(workspace(&window).filter_mistake().is_none());
    assert_eq!(workspace(&window).answers().len(), 1);
    let values = workspace(&window).row_values();
    assert_eq!(values.text(glad::app::Field::Tag, first), "leak");
}

#[test]
fn the_map_blinks_between_before_and_after_on_one_scale() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window_in(folder.path());
    press(&mut window, Key::B);
    let says = |window: &Window| window.query_by_label("before the last training").is_some();
    assert!(!says(&window), "nothing has been trained yet");
    window.run_steps(30);
    press(&mut window, Key::A);
    window.run_steps(5);
    let open = workspace(&window);
    assert_eq!(open.session().revision(), 1);
    press(&mut window, Key::B);
    assert!(says(&window));
    let open = workspace(&window);
    let (before, map) = (
        open.map_before().expect("before"),
        open.map().expect("a map"),
    );
    assert_eq!(before.range, map.range, "one scale");
    assert_ne!(before.surface.values, map.surface.values);
    assert_eq!(before.surface.grid, map.surface.grid);
    press(&mut window, Key::B);
    assert!(!says(&window));
}
