//! Pace, and the analyst's own rule for when to stop.

use std::sync::Arc;

use glad::app::{App, Command, OpenCommand, SessionCommand};
use glad::detector::Settings;
use glad::session::{Action, Answer, Event, Remaining, Session, Stop, StoppingRule, remaining};
use glad::store::{SavedSession, read_session_text, with_header};
use glad::worker::InlineEngine;

use crate::common::{clusters, toy};

fn session() -> Session {
    Session::new(Arc::clone(clusters().primed()), 100)
}

fn timed(acts: &[(u64, usize)]) -> Session {
    let mut session = session();
    let mut next = 0;
    for &(seconds, count) in acts {
        let act = Action::Answer {
            instances: (next..next + count).collect(),
            reply: Answer::Nominal.into(),
        };
        session.act(act, Some(1_000 * seconds));
        next += count;
    }
    session
}

#[test]
fn pauses_do_not_count_for_the_pace() {
    assert_eq!(timed(&[(5, 1)]).pace(), None);
    let pace = timed(&[(0, 1), (10, 1), (20, 1)]).pace().expect("a pace");
    assert_eq!((pace.per_minute, pace.answers), (6.0, 2));
    // An hour away, then four instances together 20 seconds later.
    let acts = [(0, 1), (10, 1), (3610, 1), (3630, 4)];
    let pace = timed(&acts).pace().expect("a pace");
    assert_eq!((pace.per_minute, pace.answers), (10.0, 5));
    // Answers at no known time say nothing.
    let mut untimed = session();
    untimed.answer(1, Answer::Nominal);
    untimed.answer(2, Answer::Nominal);
    assert_eq!(untimed.pace(), None);
}

fn left(session: &Session) -> Remaining {
    let labels = glad::session::labels_in_order(session.answers_in_order());
    remaining(&labels, 10)
}

#[test]
fn each_part_of_the_rule_is_met_by_itself_and_undo_takes_it_back() {
    let mut session = session();
    let stops = |session: &Session| session.stops(&left(session));
    session.set_stopping(StoppingRule {
        nominals: Some(3),
        expected: Some(0.5),
        budget: Some(6),
    });
    assert!(
        stops(&session).is_empty(),
        "before any label nothing is known"
    );
    session.answer(1, Answer::Anomaly);
    session.answer(2, Answer::Nominal);
    session.answer(3, Answer::Unsure);
    session.answer(4, Answer::Nominal);
    assert!(stops(&session).is_empty());
    session.answer(5, Answer::Nominal);
    assert_eq!(stops(&session), [Stop::Nominals(3)], "unsure is no label");
    session.answer(6, Answer::Anomaly);
    assert_eq!(stops(&session), [Stop::Budget(6)]);
    session.undo();
    assert_eq!(stops(&session), [Stop::Nominals(3)]);
    for instance in 10..70 {
        session.answer(instance, Answer::Nominal);
    }
    let met = stops(&session);
    let expects = |stop: &Stop| matches!(stop, Stop::Expected(left) if *left < 0.5);
    assert!(met.len() == 3 && met.iter().any(expects), "{met:?}");
}

#[test]
fn the_rule_is_kept_in_file_and_journal() {
    let rule = StoppingRule {
        nominals: Some(20),
        expected: Some(1.5),
        budget: None,
    };
    let mut session = session();
    session.keep_log();
    session.set_stopping(rule);
    session.set_stopping(rule);
    let log = session.take_log();
    assert_eq!(log, [Event::Stopping(rule)], "told once");
    let line = ron::to_string(&log[0]).expect("a line");
    let mut again = self::session();
    assert!(again.repeat(&ron::from_str(&line).expect("an event")));
    assert_eq!(again.stopping(), rule);
    let odd = StoppingRule {
        nominals: Some(0),
        ..rule
    };
    assert!(!again.repeat(&Event::Stopping(odd)));
    let saved = SavedSession::of(&session, clusters(), false);
    let text = saved.to_text().expect("a text");
    let read = read_session_text(text.as_bytes(), "x").expect("a session");
    assert_eq!(read.history_alone().stopping(), rule);
    let body = text.splitn(3, '\n').last().expect("a body");
    let damaged = with_header(&body.replacen("expected: Some(1.5)", "expected: Some(-1.0)", 1));
    let told = read_session_text(damaged.as_bytes(), "x").map(|_| ());
    let told = told.expect_err("a refusal").to_string();
    assert!(told.contains("a number above 0"), "{told}");
    let plain = SavedSession::of(&self::session(), clusters(), false);
    let plain = plain.to_text().expect("a text");
    assert!(
        !plain.contains("stopping"),
        "files without one are as before"
    );
}

#[test]
fn the_analyst_is_told_once_each_time_that_it_is_met() {
    let mut app = App::new(Box::new(InlineEngine::default()), Settings::default());
    app.apply(Command::Open(OpenCommand::Toy(toy("clusters"))));
    app.receive();
    app.apply(Command::SetBatch(100));
    let rule = StoppingRule {
        nominals: Some(2),
        ..StoppingRule::default()
    };
    app.apply(Command::Session(SessionCommand::SetStopping(rule)));
    let told = |app: &App| {
        let messages = app.messages().iter();
        messages
            .filter(|message| message.text.contains("stopping rule is met"))
            .count()
    };
    let answer = |app: &mut App, answer| {
        app.apply(Command::Session(SessionCommand::Answer(answer)));
        app.receive();
    };
    answer(&mut app, Answer::Nominal);
    assert_eq!(told(&app), 0);
    answer(&mut app, Answer::Nominal);
    assert_eq!(told(&app), 1);
    let text = &app.messages().last().expect("a message").text;
    assert_eq!(text, "Your stopping rule is met: 2 nominals in a row.");
    let last = app.messages().len() - 1;
    app.apply(Command::Dismiss(last));
    answer(&mut app, Answer::Nominal);
    assert_eq!(told(&app), 0, "it was told");
    answer(&mut app, Answer::Anomaly);
    answer(&mut app, Answer::Nominal);
    answer(&mut app, Answer::Nominal);
    assert_eq!(told(&app), 1, "met again");
    let odd = StoppingRule {
        budget: Some(0),
        ..rule
    };
    app.apply(Command::Session(SessionCommand::SetStopping(odd)));
    let workspace = app.workspace().expect("a table");
    assert_eq!(workspace.session().stopping(), rule, "not changed");
}
