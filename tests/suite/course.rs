//! Sessions for the tests of reports and charts.

use std::sync::{Arc, LazyLock};

use glad::dataset::{Dataset, ReadOptions, read_from};
use glad::detector::{Fitted, Model, Settings};
use glad::export::SessionRecord;
use glad::numeric::Unwatched;
use glad::session::{Action, Answer, Confidence, Outcome, Reply, Session};
use glad::store::{Document, SavedSession};

use crate::common::{clusters, fit};

/// When the first answer was given, and the time between answers: a minute.
const BEGAN: u64 = 1_795_584_600_000;

/// Acts on the best candidates as `of` says, and trains when it falls due.
pub fn held(fitted: &Arc<Fitted>, batch: usize, acts: &[Answer], note: &str) -> SavedSession {
    let mut session = Session::new(Arc::clone(fitted.primed()), batch);
    let mut model = Model::primed(fitted);
    for (minute, &answer) in (0_u64..).zip(acts) {
        let at = Some(BEGAN + 60_000 * minute);
        let instance = session.candidates(&model)[0];
        if answer != Answer::Nominal {
            let text = format!("{note} {minute}");
            session.act(Action::Note { instance, text }, at);
        }
        let confidence = match minute % 3 {
            2 => Confidence::Fairly,
            _ => Confidence::Sure,
        };
        let reply = Reply::new(answer, confidence);
        session.act(
            Action::Answer {
                instances: vec![instance],
                reply,
            },
            at,
        );
        while let Some(plan) = session.due() {
            model = plan
                .run(&model, &mut Unwatched)
                .expect("no end before its time");
            session.settle(&plan, Outcome::Trained(Arc::clone(model.weights())));
        }
    }
    SavedSession::of(&session, fitted, false)
}

/// Built again, as an export does.
pub fn course(saved: &SavedSession, fitted: &Arc<Fitted>) -> SessionRecord {
    let document = Document::of(saved, fitted, "it").expect("a session");
    SessionRecord::of(&document, &mut Unwatched).expect("a course")
}

/// Six answers of all kinds on the toy table `clusters`.
pub fn toy_course() -> &'static SessionRecord {
    static COURSE: LazyLock<SessionRecord> = LazyLock::new(|| {
        use Answer::{Anomaly, Nominal, Skip, Unsure};
        let acts = [Anomaly, Nominal, Anomaly, Unsure, Anomaly, Skip];
        course(&held(clusters(), 2, &acts, "seen"), clusters())
    });
    &COURSE
}

/// What a stranger's table may call things.
pub const HOSTILE: &str =
    "</td><script>alert('x')</script>\" onload=\"x()\" &amp; http://evil.example/a.js";

fn hostile_table() -> Dataset {
    let quoted = HOSTILE.replace('"', "\"\"");
    let mut text = format!("\"id {quoted}\",\"{quoted}\",\"=cmd {quoted}\",plain\n");
    for row in 0..40 {
        let (a, b, c) = (row % 7, (row * row) % 11, row % 5);
        text.push_str(&format!("\"{row} {quoted}\",{a},{b},{c}\n"));
    }
    text.push_str(&format!("\"last {quoted}\",90,-80,70\n"));
    let options = ReadOptions {
        id: glad::dataset::ColumnChoice::Named(format!("id {HOSTILE}")),
        ..ReadOptions::default()
    };
    read_from(text.as_bytes(), HOSTILE, &options).expect("a table")
}

/// A session on a table whose every text is hostile, with hostile notes.
pub fn hostile_course() -> &'static SessionRecord {
    static COURSE: LazyLock<SessionRecord> = LazyLock::new(|| {
        use Answer::{Anomaly, Nominal, Unsure};
        let settings = Settings {
            ensemble: "hbos+iforest:5".parse().expect("an ensemble"),
            ..Settings::default()
        };
        let fitted = fit(&Arc::new(hostile_table()), &settings);
        let note = format!("{HOSTILE}\u{7}\u{202e}\n");
        course(
            &held(&fitted, 1, &[Anomaly, Nominal, Unsure], &note),
            &fitted,
        )
    });
    &COURSE
}
