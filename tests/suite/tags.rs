//! Types of anomaly: kept with the answers, undone with them, and of no weight in training.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

use glad::export::report_html;
use glad::session::{Action, Answer, Confidence, Event, Reply, Session, Tag, Unvisited};
use glad::store::{FORMAT, SavedSession, merge, read_session_text, with_header};

use crate::cli_session::{glad, told};
use crate::common::clusters;
use crate::course::course;

fn tag(number: u8) -> Tag {
    Tag::try_from(number).expect("a tag")
}

fn session(batch: usize) -> Session {
    Session::new(Arc::clone(clusters().primed()), batch)
}

fn tagged(session: &mut Session, instance: usize, number: u8) -> bool {
    let reply = Reply::tagged(tag(number), Confidence::Sure);
    session.act(Action::answer(instance, reply), None)
}

fn retag(session: &mut Session, instance: usize, tag: Option<Tag>) -> bool {
    let instances = vec![instance];
    session.act(Action::Tag { instances, tag }, None)
}

fn name(session: &mut Session, number: u8, name: &str) -> bool {
    let name = name.to_owned();
    let act = Action::NameTag {
        tag: tag(number),
        name,
    };
    session.act(act, None)
}

#[test]
fn a_tag_stays_with_the_anomaly_and_goes_with_it() {
    let mut session = session(100);
    assert!(tagged(&mut session, 7, 3));
    session.answer(8, Answer::Anomaly);
    session.answer(9, Answer::Nominal);
    assert_eq!(session.tags(), [(7, tag(3))].into());
    // Another tag is no answer; what is no anomaly gets none.
    assert!(retag(&mut session, 8, Some(tag(1))));
    assert!(!retag(&mut session, 8, Some(tag(1))), "it has it already");
    assert!(!retag(&mut session, 9, Some(tag(1))), "it is no anomaly");
    assert!(!retag(&mut session, 10, Some(tag(1))), "it has no answer");
    assert_eq!(session.tags(), [(7, tag(3)), (8, tag(1))].into());
    assert_eq!(session.tag_counts(), ([1, 0, 1, 0, 0, 0, 0, 0, 0], 0));
    assert_eq!(session.answers_in_order().count(), 3);
    // Confirmed without a tag it keeps the one it has; called nominal it loses it for good.
    session.answer(7, Answer::Anomaly);
    assert_eq!(session.replies()[&7].tag, Some(tag(3)));
    session.answer(7, Answer::Nominal);
    session.answer(7, Answer::Anomaly);
    assert_eq!(session.replies()[&7].tag, None);
    let back = Action::Withdraw { instances: vec![8] };
    session.act(back, None);
    assert!(session.tags().is_empty());
    session.answer(8, Answer::Anomaly);
    assert!(session.tags().is_empty(), "an open row has no tag to keep");
    // Only an anomaly can have one.
    let odd = Reply {
        answer: Answer::Unsure,
        ..Reply::tagged(tag(2), Confidence::Sure)
    };
    assert!(!session.act(Action::answer(11, odd), None));
}

#[test]
fn undo_takes_answer_and_tag_back_as_one_act() {
    let mut session = session(100);
    tagged(&mut session, 7, 3);
    retag(&mut session, 7, Some(tag(4)));
    name(&mut session, 4, "leak");
    assert!(!name(&mut session, 4, " leak "), "it is called so already");
    session.undo();
    assert_eq!(session.tag_names().of(tag(4)), "tag 4");
    session.undo();
    assert_eq!(session.tags(), [(7, tag(3))].into());
    session.undo();
    assert!(session.tags().is_empty() && session.answers().is_empty());
    while session.redo().is_some() {}
    assert_eq!(session.tags(), [(7, tag(4))].into());
    assert_eq!(session.tag_names().of(tag(4)), "leak");
}

/// Two sessions that differ in nothing but tags come to the same weights, and train as often.
#[test]
fn training_knows_nothing_of_tags() {
    let of = |with_tags: bool| {
        let mut session = session(2);
        for instance in [3, 40, 90] {
            let reply = match with_tags {
                true => Reply::tagged(tag(2), Confidence::Sure),
                false => Answer::Anomaly.into(),
            };
            session.act(Action::answer(instance, reply), None);
        }
        if with_tags {
            retag(&mut session, 40, Some(tag(5)));
            name(&mut session, 5, "leak");
        }
        session.answer(120, Answer::Nominal);
        let model = Arc::new(glad::detector::Model::primed(clusters()));
        let unwatched = &mut glad::numeric::Unwatched;
        let model = session
            .catch_up(model, unwatched, &mut Unvisited)
            .expect("trainings");
        (model.weights().digest(), session.revision())
    };
    assert_eq!(of(true), of(false));
    assert_eq!(of(true).1, 2);
}

#[test]
fn tags_are_in_file_and_journal() {
    let mut session = session(100);
    session.keep_log();
    tagged(&mut session, 7, 3);
    session.answer(8, Answer::Anomaly);
    retag(&mut session, 8, Some(tag(9)));
    name(&mut session, 9, "a \"leak\"");
    let saved = SavedSession::of(&session, clusters(), false);
    let text = saved.to_text().expect("a text");
    assert!(text.contains("tag: Some(3)"), "it is there");
    let read = read_session_text(text.as_bytes(), "x").expect("a session");
    assert_eq!(read, saved);
    let again = read.history_alone();
    assert_eq!(again.tags(), session.tags());
    assert_eq!(again.tag_names(), session.tag_names());
    // Every event comes back from the line that the journal writes of it.
    let mut repeated = self::session(100);
    for event in session.take_log() {
        let line = ron::to_string(&event).expect("a line");
        let read: Event = ron::from_str(&line).expect("an event");
        assert_eq!(read, event);
        assert!(repeated.repeat(&read));
    }
    assert_eq!(repeated.replies(), session.replies());
    assert_eq!(repeated.tag_names(), session.tag_names());
}

/// A file without tags says nothing of them: it is the same text as before there were any.
#[test]
fn what_cannot_be_is_refused_and_what_is_not_there_is_not_written() {
    let mut session = session(100);
    session.answer(7, Answer::Anomaly);
    let saved = SavedSession::of(&session, clusters(), false);
    let text = saved.to_text().expect("a text");
    assert!(!text.contains("tag: Some"), "there is none");
    assert!(text.contains(&format!("format {FORMAT}")));
    let body = text.splitn(3, '\n').last().expect("a body");
    let told = |from: &str, to: &str| {
        let changed = body.replacen(from, to, 1);
        assert!(changed != body, "{from} is there");
        let error = read_session_text(with_header(&changed).as_bytes(), "x");
        error.expect_err("a refusal").to_string()
    };
    let answer = "answer: Anomaly, confidence: Sure";
    let nominal = "answer: Nominal, confidence: Sure, tag: Some(1)";
    assert!(told(answer, nominal).contains("a tag is on an answer that is not anomaly"));
    let tenth = "answer: Anomaly, confidence: Sure, tag: Some(10)";
    assert!(told(answer, tenth).contains("from 1 to 9"));
}

#[test]
fn carried_over_and_merged_tags_keep_their_names() {
    let (mut first, mut second) = (session(100), session(100));
    name(&mut first, 1, "leak");
    tagged(&mut first, 5, 1);
    tagged(&mut first, 6, 2);
    // The second analyst has the same name at another number, and a name of their own.
    name(&mut second, 2, "Leak");
    name(&mut second, 1, "valve");
    tagged(&mut second, 5, 2);
    tagged(&mut second, 6, 2);
    tagged(&mut second, 7, 1);
    let of = |session: &Session| SavedSession::of(session, clusters(), false);
    let merged = merge(&of(&first), &of(&second)).expect("one table");
    let merged = merged.session.history_alone();
    let names = merged.tag_names();
    let said: Vec<(usize, String)> = (merged.tags().into_iter())
        .map(|(instance, tag)| (instance, names.of(tag)))
        .collect();
    let expected = [(5, "leak"), (6, "tag 2"), (7, "valve")];
    assert_eq!(said, expected.map(|(at, name)| (at, name.to_owned())));
    assert_eq!(merged.notes()[&6], "tagged Leak by the other");
    assert_eq!(merged.notes().len(), 1);
    // To other settings they go with the answers.
    let mut other = session(100);
    other.act(merged.carried().expect("answers"), None);
    assert_eq!(other.tags(), merged.tags());
    assert_eq!(other.tag_names(), names);
}

#[test]
fn tags_are_given_named_exported_and_told_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let run = path("run.glad");
    let mut child = Command::new(env!("CARGO_BIN_EXE_glad"))
        .args(["label", "clusters", "--save", &run])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let words = "tag 2 leak\n2\nanomaly Leak\n7\na\ntag 12 x\nsave\nquit\n";
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(words.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("anomaly leak\n"), "{text}");
    assert!(text.contains("anomaly tag 7\n"), "{text}");
    assert!(
        text.contains("a tag is a number from 1 to 9, not 12"),
        "{text}"
    );
    let (status, text) = told(&glad(&["info", &run]));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("2 leak, 1 tag 7, 1 without"), "{text}");
    let labels = path("l.csv");
    let (status, text) = told(&glad(&["export", &run, "--labels", &labels]));
    assert_eq!(status, Some(0), "{text}");
    let table = fs::read_to_string(&labels).expect("labels");
    let tags: Vec<&str> = table
        .lines()
        .map(|line| line.rsplit(',').next().expect("a cell"))
        .collect();
    assert_eq!(tags, ["tag", "leak", "leak", "tag 7", ""]);
}

#[test]
fn the_report_lists_the_types() {
    let mut session = session(100);
    name(&mut session, 3, "a <leak>");
    tagged(&mut session, 12, 3);
    session.answer(40, Answer::Anomaly);
    let saved = SavedSession::of(&session, clusters(), false);
    let html = report_html(&course(&saved, clusters()));
    assert!(html.contains("Types of anomaly"), "the table");
    assert!(html.contains("a &lt;leak&gt;"), "escaped");
    assert!(html.contains("without a tag"));
}
