//! The card of the candidate, the relevance maps, the change and the discovery panel, driven by
//! label and key.

use eframe::egui::{Key, Theme};
use egui_kittest::kittest::Queryable;
use glad::app::{App, Ask, Command, OpenCommand, SessionCommand, View, ViewCommand};
use glad::detector::Settings;
use glad::session::Answer;
use glad::ui::Shell;
use glad::worker::InlineEngine;

use crate::common::toy;
use crate::window::{Window, click, press, selected, window_of};

fn of_ensemble(ensemble: &str, table: &str) -> Window {
    let settings = Settings {
        ensemble: ensemble.parse().expect("an ensemble"),
        ..Settings::default()
    };
    let mut app = App::new(Box::new(InlineEngine::default()), settings);
    app.apply(Command::Open(OpenCommand::Toy(toy(table))));
    window_of(app, Theme::Dark)
}

fn workspace(window: &Window) -> View<'_> {
    window.state().app().workspace().expect("a table")
}

/// Answers with the table's own labels.
fn answer_truly(window: &mut Window, count: usize) {
    for _ in 0..count {
        let at = selected(window);
        let truth = workspace(window).dataset().truth().expect("the truth");
        let answer = truth.label(at).map_or(Answer::Skip, Answer::from);
        window
            .state_mut()
            .apply(Command::Session(SessionCommand::Answer(answer)));
        window.run_steps(3);
    }
}

#[test]
fn the_card_says_why_and_a_neighbour_is_looked_at() {
    let mut window = of_ensemble("iforest:30+hbos", "clusters");
    let why = workspace(&window).why().expect("an explanation").0.clone();
    assert_eq!(why.instance, selected(&window));
    let first = workspace(&window).member_names()[why.contributions[0].member].clone();
    window.get_by_label_contains(&format!("{first}: score s"));
    window.get_by_label_contains("Histogram of x over the table");
    let trees = "the 3 trees of isolation forest that contribute most";
    window.get_by_label(trees).click_accesskit();
    // The header opens in a fifth of a second.
    window.run_steps(20);
    window.get_by_label_contains("the other 27 trees together");
    window.get_by_label("Nothing else is labelled yet.");
    window.get_by_label_contains("No member is trusted above its prior");
    answer_truly(&mut window, 6);
    let (why, is_present) = workspace(&window).why().expect("an explanation");
    assert!(is_present, "the card follows the candidate");
    let near = why.neighbours[0].instance;
    let id = workspace(&window).dataset().id(near);
    // It may lie below what is visible, where a pointer does not reach.
    let link = format!(": row {id}");
    window.get_by_label_contains(&link).click_accesskit();
    window.run_steps(3);
    assert_eq!(selected(&window), near);
    let why = workspace(&window).why().expect("an explanation").0.clone();
    assert!(why.neighbours.iter().all(|one| one.instance != near));
}

#[test]
fn relevance_maps_switch_and_enlarge() {
    let mut window = of_ensemble("paper", "clusters");
    click(&mut window, "Relevance maps");
    window.get_by_label_contains("relevance of projection 4 (");
    window.get_by_label_contains("baseline over the map");
    click(&mut window, "member score");
    window.get_by_label_contains("member score of projection 1 (");
    click(&mut window, "contribution");
    window
        .get_by_label_contains("contribution of projection 2 (")
        .click();
    window.run_steps(3);
    assert!(
        window
            .query_by_label_contains("of projection 1 (x")
            .is_none()
    );
    click(&mut window, "Back to all members");
    window.get_by_label_contains("contribution of projection 1 (");
    window
        .state_mut()
        .apply(Command::View(ViewCommand::SetLayers(2)));
    window.run_steps(3);
    window.get_by_label_contains("all 4 like projection");
}

#[test]
fn the_change_of_a_training_is_listed_and_undone() {
    let mut window = of_ensemble("iforest:30", "clusters");
    click(&mut window, "Before and after");
    window.get_by_label_contains("Nothing has been trained yet");
    answer_truly(&mut window, 2);
    window.get_by_label("training 2, after 1 answer");
    let change = workspace(&window).change().expect("a change").clone();
    assert_eq!(change.before.weights().performance.judged.len(), 1);
    let first = change.moves[0];
    let id = workspace(&window).dataset().id(first.instance);
    let way = format!("row {id}: ");
    window.get_by_label_contains(&way).click_accesskit();
    window.run_steps(3);
    assert_eq!(selected(&window), first.instance);
    window
        .state_mut()
        .apply(Command::Session(SessionCommand::Undo));
    window.run_steps(3);
    window.get_by_label("training 1, after 1 answer");
    let change = workspace(&window).change().expect("a change").clone();
    assert!(change.before.weights().performance.judged.is_empty());
    window
        .state_mut()
        .apply(Command::Session(SessionCommand::Undo));
    window.run_steps(3);
    window.get_by_label_contains("Nothing has been trained yet");
}

#[test]
fn discovery_tells_what_is_left_and_replays_with_the_oracle() {
    let mut window = of_ensemble("iforest:30", "clusters");
    window.get_by_label_contains("What is left is estimated after your first labels");
    answer_truly(&mut window, 3);
    window.get_by_label_contains("left in the top τ of");
    let found = workspace(&window).curve().last().copied().unwrap_or(0);
    if found == 3 {
        window.get_by_label_contains("the last answer was an anomaly");
    }
    press(&mut window, Key::N);
    press(&mut window, Key::U);
    assert_eq!(workspace(&window).since_last_anomaly(), 2);
    window.get_by_label_contains("2 answers since the last anomaly");
    let before = workspace(&window)
        .oracle()
        .map_or(0, |oracle| oracle.curve().len());
    window.run_steps(3);
    let after = workspace(&window).oracle().expect("a replay").curve().len();
    assert!(after > before, "{before} {after}");
    click(&mut window, "Replay with the oracle");
    assert!(!workspace(&window).wants(Ask::Oracle));
    let stopped = workspace(&window).oracle().expect("a replay").curve().len();
    window.run_steps(3);
    assert_eq!(
        workspace(&window).oracle().expect("a replay").curve().len(),
        stopped
    );
}

#[test]
fn the_oracle_finds_in_idle_times_what_a_replay_finds() {
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    app.apply(Command::Open(OpenCommand::Toy(toy("clusters"))));
    app.receive();
    for _ in 0..12 {
        app.apply(Command::View(ViewCommand::Ask(Ask::Oracle)));
        app.receive();
    }
    let workspace = app.workspace().expect("a table");
    let oracle = glad::evaluation::Oracle::new(workspace.dataset()).expect("the truth");
    let replay = glad::evaluation::replay(
        workspace.model().fitted(),
        oracle,
        12,
        1,
        &mut glad::numeric::Unwatched,
        &mut |_| (),
    );
    let found = replay.expect("a replay").found;
    assert_eq!(workspace.oracle().expect("a replay").curve(), found);
}

#[test]
fn shells_are_made_without_a_pane_that_asks_for_nothing() {
    // What no panel shows is never computed.
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    app.apply(Command::Open(OpenCommand::Toy(toy("clusters"))));
    app.receive();
    let shell = Shell::new(app);
    let workspace = shell.app().workspace().expect("a table");
    assert!(workspace.why().is_none() && workspace.relevance_map().is_none());
    assert!(workspace.wants(Ask::Why) && workspace.oracle().is_none());
}
