//! Keys in bursts: each is recorded for the row on the screen, or refused where it is seen.

use std::time::{Duration, Instant};

use eframe::egui::{Event, Key, Modifiers, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use glad::app::{Answer, App, Command, OpenCommand, ViewCommand};
use glad::detector::Settings;
use glad::ui::Shell;
use glad::worker::{InlineEngine, ThreadEngine};

use crate::common::toy;
use crate::window::{Window, press, selected};

/// A window on a toy table whose frames are so many seconds apart.
fn window(mut app: App, seconds: f32) -> Window {
    app.apply(Command::Open(OpenCommand::Toy(toy("clusters"))));
    let mut window = Harness::builder()
        .with_size(Vec2::new(1280.0, 800.0))
        .with_step_dt(seconds)
        .build_ui_state(|ui, shell: &mut Shell| shell.frame(ui), Shell::new(app));
    let began = Instant::now();
    let is_ready = |window: &Window| {
        let open = window.state().app().workspace();
        open.is_some_and(|open| open.selected().is_some())
    };
    while !is_ready(&window) {
        assert!(began.elapsed() < Duration::from_secs(60), "never ready");
        window.step();
        std::thread::sleep(Duration::from_millis(1));
    }
    window.run_steps((0.3 / seconds) as usize + 2);
    window
}

fn inline() -> App {
    App::new(Box::new(InlineEngine::default()), Settings::default())
}

fn given(window: &Window) -> Vec<(usize, Answer)> {
    let open = window.state().app().workspace().expect("a table");
    let mut given: Vec<(usize, Answer)> = open
        .given()
        .iter()
        .map(|given| (given.instance, given.reply.answer))
        .collect();
    given.reverse();
    given
}

/// How many answers the foot of the window says were not recorded.
fn refused(window: &Window) -> usize {
    let told = window.query_by_label_contains("not recorded");
    told.map_or(0, |node| {
        let node = node.accesskit_node();
        let words = node.value().or(node.label()).unwrap_or_default();
        let number = words.split(' ').next().unwrap_or_default();
        number.parse().expect("a number")
    })
}

/// A key, down and up, that comes with the next frame, after those that came before.
fn event(window: &mut Window, key: Key) {
    event_with(window, Modifiers::NONE, key);
}

fn event_with(window: &mut Window, modifiers: Modifiers, key: Key) {
    for pressed in [true, false] {
        window.input_mut().events.push(Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        });
    }
}

#[test]
fn two_answers_in_one_frame_are_one_for_the_row_on_screen_and_one_refused() {
    for batch in [1, 10] {
        let mut window = window(inline(), 0.25);
        window.state_mut().apply(Command::SetBatch(batch));
        window.run_steps(3);
        let shown = selected(&window);
        event(&mut window, Key::N);
        event(&mut window, Key::A);
        window.step();
        assert_eq!(given(&window), [(shown, Answer::Nominal)], "batch {batch}");
        window.step();
        assert_eq!(refused(&window), 1, "batch {batch}");
        // Once the next one was to be seen, it is answered.
        window.run_steps(2);
        let shown = selected(&window);
        press(&mut window, Key::A);
        assert_eq!(given(&window)[1], (shown, Answer::Anomaly));
    }
}

/// Presses keys at fifty a second and compares, one by one, the row that was shown with the row
/// that was recorded.
fn at_fifty_a_second(app: App, batch: usize) {
    let mut window = window(app, 0.01);
    window.state_mut().apply(Command::SetBatch(batch));
    window.run_steps(30);
    let keys = [
        (Key::A, Answer::Anomaly),
        (Key::N, Answer::Nominal),
        (Key::U, Answer::Unsure),
    ];
    let (mut recorded, mut not_recorded) = (0, 0);
    for turn in 0..100 {
        let open = window.state().app().workspace().expect("a table");
        let shown = open.selected();
        let before = given(&window);
        let (key, answer) = keys[turn % 3];
        event(&mut window, key);
        window.step();
        // The refusal is told from the next frame on; so is what the disk has.
        window.step();
        let after = given(&window);
        match after.len() - before.len() {
            1 => {
                assert_eq!(after.last(), Some(&(shown.expect("a row"), answer)));
                recorded += 1;
            }
            0 => {
                assert!(refused(&window) >= 1, "turn {turn}: the key left no sign");
                not_recorded += 1;
            }
            more => panic!("{more} answers by one key"),
        }
        assert_eq!(after[..before.len()], before);
    }
    assert_eq!(recorded + not_recorded, 100);
    // Two frames a key, and a candidate is to be seen for 0.15 seconds.
    assert!((5..=60).contains(&recorded), "{recorded} recorded");
}

#[test]
fn keys_at_fifty_a_second_go_to_the_row_on_screen_or_are_refused() {
    at_fifty_a_second(inline(), 1);
    at_fifty_a_second(inline(), 10);
}

#[test]
fn keys_while_the_worker_trains_go_to_the_row_on_screen_or_are_refused() {
    let engine = ThreadEngine::start(|| ()).expect("a thread");
    let app = App::new(Box::new(engine), Settings::default());
    at_fifty_a_second(app, 1);
}

#[test]
fn other_keys_act_in_their_order() {
    let mut window = window(inline(), 0.25);
    let first = selected(&window);
    // Down and up again; by the table of keys, "up" never came before "down".
    event(&mut window, Key::ArrowDown);
    event(&mut window, Key::ArrowUp);
    window.run_steps(2);
    assert_eq!(selected(&window), first);
    // An answer after a move is for a row that was not there yet.
    event(&mut window, Key::ArrowDown);
    event(&mut window, Key::A);
    window.run_steps(2);
    assert!(given(&window).is_empty());
    assert_eq!(refused(&window), 1);
    // Undo and an answer in one frame: the answer waits for the row to be seen.
    press(&mut window, Key::A);
    assert_eq!(given(&window).len(), 1);
    event_with(&mut window, Modifiers::COMMAND, Key::Z);
    event(&mut window, Key::N);
    window.run_steps(2);
    assert!(given(&window).is_empty());
}

#[test]
fn no_answer_is_taken_for_a_candidate_behind_another_pane() {
    let mut window = window(inline(), 0.25);
    let layout = window.state().layout();
    assert!(layout.contains("Candidate"), "{layout}");
    window.get_by_label("Close Candidate").click();
    window.run_steps(3);
    event(&mut window, Key::A);
    window.run_steps(2);
    assert!(given(&window).is_empty());
    assert_eq!(refused(&window), 1);
    // The pane is there again, and the next key counts.
    let shown = selected(&window);
    press(&mut window, Key::A);
    assert_eq!(given(&window), [(shown, Answer::Anomaly)]);
}

#[test]
fn with_a_selection_the_current_row_is_not_answered_by_mistake() {
    let mut window = window(inline(), 0.25);
    let all = vec![[-1e3, -1e3], [1e3, -1e3], [1e3, 1e3], [-1e3, 1e3]];
    let lasso = Command::View(ViewCommand::Lasso(all));
    window.state_mut().apply(lasso);
    window.run_steps(3);
    event(&mut window, Key::N);
    window.run_steps(2);
    assert!(given(&window).is_empty());
    window.get_by_label_contains("485 instances are selected");
    // Esc lets the selection go, and the key counts again.
    press(&mut window, Key::Escape);
    let shown = selected(&window);
    press(&mut window, Key::N);
    assert_eq!(given(&window), [(shown, Answer::Nominal)]);
}

#[test]
fn a_key_that_is_held_down_answers_once() {
    let mut window = window(inline(), 0.25);
    let shown = selected(&window);
    for _ in 0..5 {
        // Without a release between them.
        window.key_down(Key::A);
        window.run_steps(3);
    }
    assert_eq!(given(&window), [(shown, Answer::Anomaly)]);
    assert_eq!(refused(&window), 4);
}
