//! The session file: what goes in comes out, and what was damaged is told.

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use glad::dataset::Dataset;
use glad::detector::{Fitted, Method, Model, Settings, Weights};
use glad::ensemble::{EnsembleSettings, Kind, Projections};
use glad::evaluation::{Oracle, replay};
use glad::numeric::Unwatched;
use glad::session::{Action, Answer, Confidence, Outcome, OutcomeDigest, Reply, Session, Tag};
use glad::store::{
    Document, FileError, SavedSession, read_session, read_session_text, save_session, with_header,
};
use proptest::prelude::*;

use crate::common::{clusters, fit, toy};

/// A detector whose file is small: four projections, one weight each.
fn small() -> &'static Arc<Fitted> {
    static FITTED: LazyLock<Arc<Fitted>> = LazyLock::new(|| {
        let settings = Settings {
            method: Method::Aad,
            ensemble: EnsembleSettings::from(Kind::Loda(Projections::Paper)),
            ..Settings::default()
        };
        fit(&Arc::new(toy("clusters").open()), &settings)
    });
    &FITTED
}

/// Ends every training that is due, and returns the model of the place.
fn train(session: &mut Session, fitted: &Arc<Fitted>) -> Model {
    while let Some(plan) = session.due() {
        let before = Arc::clone(session.weights_before(&plan));
        let model = plan
            .run(&Model::with_weights(fitted, before), &mut Unwatched)
            .expect("never cancelled");
        session.settle(&plan, Outcome::Trained(Arc::clone(model.weights())));
    }
    Model::with_weights(
        fitted,
        Arc::clone(session.weights().expect("built by training")),
    )
}

/// A session with acts of every kind, some of them undone.
fn session_on(fitted: &Arc<Fitted>, queries: usize) -> Session {
    let dataset = Arc::clone(fitted.dataset());
    let oracle = Oracle::new(&dataset).expect("truth");
    let replay = replay(fitted, oracle, queries, 1, &mut Unwatched, &mut |_| ());
    let mut session = replay.expect("a replay").session;
    let note = |instance, text: &str| Action::Note {
        instance,
        text: text.to_owned(),
    };
    session.act(
        note(3, "a \"valve\",\n\tnot a fault ⚙ // )"),
        Some(1_732_500_000_123),
    );
    let together = Action::Answer {
        instances: vec![7, 11, 480],
        reply: Reply::new(Answer::Nominal, Confidence::Fairly),
    };
    session.act(together, None);
    let leak = Tag::try_from(2).expect("a tag");
    let name = "a \"leak\"".to_owned();
    session.act(Action::NameTag { tag: leak, name }, Some(4));
    session.act(
        Action::answer(12, Reply::tagged(leak, Confidence::Fairly)),
        None,
    );
    session.act(Action::Retrain, Some(5));
    train(&mut session, fitted);
    session.act(note(9, "undone"), None);
    session.undo();
    session
}

fn text_of(session: &Session, fitted: &Fitted) -> String {
    let saved = SavedSession::of(session, fitted, false);
    saved.to_text().expect("a text")
}

#[test]
fn a_session_reads_back_equal_and_writes_the_same_bytes_again() {
    for fitted in [small(), clusters()] {
        let session = session_on(fitted, 6);
        let saved = SavedSession::of(&session, fitted, false);
        let text = saved.to_text().expect("a text");
        let read = read_session_text(text.as_bytes(), "x").expect("a session");
        assert_eq!(read, saved);
        let resumed = Document::of(&read, fitted, "x").expect("it fits");
        let again = SavedSession::of(&resumed.session, resumed.fitted(), false);
        assert_eq!(again.to_text().expect("a text"), text);
        assert_eq!(resumed.session.notes(), session.notes());
        assert_eq!(resumed.session.replies(), session.replies());
        assert!(resumed.session.can_redo(), "the undone step is there too");
    }
}

fn bits(values: &[f32]) -> Vec<u32> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// Closing in the middle must not change what follows, for ranks and candidates to the bit.
#[test]
fn resumed_equals_uninterrupted() {
    let fitted = clusters();
    let dataset = Arc::clone(fitted.dataset());
    let oracle = Oracle::new(&dataset).expect("truth");
    let go_on = |mut session: Session, fitted: &Arc<Fitted>| {
        let mut asked = Vec::new();
        let mut model = train(&mut session, fitted);
        for _ in 0..5 {
            let next = session.candidates(&model)[0];
            asked.push(next);
            session.answer(next, oracle.answer(next));
            model = train(&mut session, fitted);
        }
        (asked, bits(model.scores()), model.top(485))
    };
    let session = session_on(fitted, 8);
    let text = text_of(&session, fitted);
    let uninterrupted = go_on(session, fitted);
    let saved = read_session_text(text.as_bytes(), "x").expect("a session");
    let data = saved.open_data(Path::new("x.glad"), None).expect("the toy");
    let again = saved.fit(&data, &mut Unwatched).expect("a fit");
    let resumed = Document::of(&saved, &again, "x").expect("it fits");
    assert_eq!(
        go_on(resumed.session.clone(), resumed.fitted()),
        uninterrupted
    );
}

/// Only the present weights are in the file; earlier ones are built again, to the bit.
#[test]
fn undoing_past_the_file_builds_the_weights_of_then() {
    let fitted = clusters();
    let mut session = session_on(fitted, 6);
    let text = text_of(&session, fitted);
    let saved = read_session_text(text.as_bytes(), "x").expect("a session");
    let resumed = Document::of(&saved, fitted, "x").expect("it fits");
    let mut resumed = resumed.session;
    assert!(resumed.due().is_none(), "the present weights are at hand");
    while session.can_undo() {
        session.undo();
        resumed.undo();
        assert_eq!(resumed.revision(), session.revision());
        let expected = session.weights().expect("never saved").digest();
        while let Some(plan) = resumed.due() {
            let known = resumed.known_digest(&plan).expect("it was trained before");
            let before = Arc::clone(resumed.weights_before(&plan));
            let model = plan.run(&Model::with_weights(fitted, before), &mut Unwatched);
            let weights = Arc::clone(model.expect("never cancelled").weights());
            assert_eq!(weights.digest(), known);
            assert!(
                !resumed.settle(&plan, Outcome::Cancelled),
                "that is history"
            );
            assert!(resumed.settle(&plan, Outcome::Trained(weights)));
        }
        assert_eq!(resumed.weights().expect("built").digest(), expected);
    }
}

#[test]
fn playing_back_changes_nothing() {
    let fitted = small();
    let mut session = session_on(fitted, 6);
    session.keep_log();
    let before = session.clone();
    for place in [0, 3, 100, 2] {
        session.play(place);
        assert!(session.due().is_none(), "nothing is trained that was not");
        session.answer(1, Answer::Anomaly);
        assert!(!session.can_undo() && session.undo().is_none() && session.redo().is_none());
        assert_eq!(session.cursor(), place.min(before.history().len()));
    }
    session.go_home();
    assert_eq!(session, before);
}

#[test]
fn the_table_can_travel_in_the_file() {
    let fitted = small();
    let mut saved = SavedSession::of(&session_on(fitted, 3), fitted, true);
    saved.data.origin = None;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.glad");
    save_session(&path, &saved).expect("room");
    let read = read_session(&path).expect("a session");
    let data = read.open_data(&path, None).expect("it is in there");
    assert_eq!(data.fingerprint(), fitted.dataset().fingerprint());
}

#[test]
fn moved_data_are_found_beside_the_session_and_changed_ones_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("old/table.csv");
    let rows = |last: usize| {
        let row = |row: usize| format!("{},{}\n", row, (row * 7) % 11);
        let rows: String = (0..40).map(row).collect();
        format!("x,y\n{rows}{last},3\n")
    };
    fs::create_dir_all(folder.path().join("old")).expect("a folder");
    fs::write(&table, rows(40)).expect("room");
    let read = |path: &Path| -> Arc<Dataset> {
        Arc::new(glad::dataset::read_path(path, &Default::default()).expect("a table"))
    };
    let fitted = fit(&read(&table), small().settings());
    let session = Session::new(Arc::clone(fitted.primed()), 1);
    let session_path = folder.path().join("new/run.glad");
    fs::create_dir_all(folder.path().join("new")).expect("a folder");
    save_session(&session_path, &SavedSession::of(&session, &fitted, false)).expect("room");
    let saved = read_session(&session_path).expect("a session");
    let there = folder.path().join("new/table.csv");
    fs::rename(&table, &there).expect("a move");
    let found = saved
        .open_data(&session_path, None)
        .expect("it moved with the session");
    assert_eq!(found.fingerprint(), &saved.data.fingerprint);
    fs::write(&there, rows(41)).expect("room");
    let changed = fit(&read(&there), small().settings());
    let told = Document::of(&saved, &changed, "run.glad")
        .expect_err("a refusal")
        .to_string();
    assert!(told.contains("has other values"), "{told}");
    fs::remove_file(&there).expect("a file");
    let lost = saved
        .open_data(&session_path, None)
        .expect_err("it is gone");
    assert!(
        lost.to_string().contains("The table of this session, "),
        "{lost}"
    );
    let elsewhere = folder.path().join("other.csv");
    fs::write(&elsewhere, rows(40)).expect("room");
    let found = saved.open_data(&session_path, Some(&elsewhere));
    assert_eq!(
        found.expect("it is there").fingerprint(),
        &saved.data.fingerprint
    );
}

fn told(text: &str) -> String {
    let read = read_session_text(text.as_bytes(), "x.glad");
    read.expect_err("a refusal").to_string()
}

/// The text with another body, and the checksum of that: what a stranger could write.
fn with_checksums(change: impl Fn(&mut SavedSession)) -> String {
    let fitted = small();
    let mut saved = SavedSession::of(&session_on(fitted, 3), fitted, false);
    change(&mut saved);
    saved.to_text().expect("a text")
}

#[test]
fn what_cannot_be_is_refused_with_a_sentence() {
    type Case = (&'static str, fn(&mut SavedSession));
    let cases: [Case; 8] = [
        ("tau is 0.9", |saved| saved.settings.tau = 0.9),
        ("names instance 485", |saved| saved.first.push(485)),
        ("names instance 999", |saved| {
            saved.steps[0].action = Action::answer(999, Answer::Anomaly);
        }),
        ("to no instance", |saved| {
            saved.steps[0].action = Action::Answer {
                instances: Vec::new(),
                reply: Answer::Anomaly.into(),
            };
        }),
        ("99 steps are done", |saved| saved.cursor = 99),
        ("longer than", |saved| {
            saved.steps[0].action = Action::Note {
                instance: 0,
                text: "x".repeat(20_001),
            };
        }),
        ("longer than", |saved| {
            saved.layout = Some("x".repeat(2 << 20))
        }),
        ("longer than", |saved| saved.program = "x".repeat(2 << 20)),
    ];
    for (expected, change) in cases {
        let told = told(&with_checksums(change));
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

#[test]
fn weights_that_do_not_fit_are_refused_before_they_are_used() {
    let fitted = small();
    let cases: [fn(&mut SavedSession); 5] = [
        |saved| {
            let weights = saved.weights.as_mut().expect("weights");
            weights.network.weights.pop();
        },
        |saved| {
            let weights = saved.weights.as_mut().expect("weights");
            weights.network.weights[0] = f32::NAN;
        },
        |saved| {
            let weights = saved.weights.as_mut().expect("weights");
            weights.network.adam.mean.push(0.0);
        },
        |saved| {
            let weights = saved.weights.as_mut().expect("weights");
            weights.network.layout = glad::network::Layout::new(2, &[9], 4);
        },
        |saved| {
            let weights = saved.weights.as_mut().expect("weights");
            weights.performance.judged = vec![9, 4];
        },
    ];
    for change in cases {
        let text = with_checksums(change);
        let refused = read_session_text(text.as_bytes(), "x")
            .and_then(|saved| Document::of(&saved, fitted, "x").map(|_| ()));
        assert!(
            matches!(refused, Err(FileError::Invalid(..))),
            "{refused:?}"
        );
    }
}

/// With a checksum that fits, as a stranger could make it.
#[test]
fn nesting_without_end_and_other_bombs_are_refused() {
    let deep = ["(", "[", "Some("].map(|open| open.repeat(1 << 18));
    for body in deep
        .iter()
        .map(String::as_str)
        .chain(["", "()", "(program: 1)"])
    {
        let read = read_session_text(with_header(body).as_bytes(), "x.glad");
        let told = read.expect_err("a refusal").to_string();
        assert!(told.contains("cannot be read as a session"), "{told}");
    }
    let text = with_checksums(|_| ());
    let (_, body) = text.split_once("\n(").expect("a body");
    let extra = format!(
        "({}",
        body.replacen("  batch: 1", "  batch: 1, surprise: 2", 1)
    );
    assert!(
        read_session_text(with_header(&extra).as_bytes(), "x").is_err(),
        "no such field"
    );
}

/// Moments near f32's end are finite, but the next training would end beyond it.
#[test]
fn no_file_is_written_that_cannot_be_read() {
    let fitted = small();
    let session = session_on(fitted, 3);
    let saved = SavedSession::of(&session, fitted, false);
    let weights = saved.weights.as_ref().expect("weights");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.glad");
    let last = weights.network.adam.mean.len() - 1;
    let numbers = [f32::NAN, f32::INFINITY, 3e38, -3e38, 1e31, -1.0];
    for (round, number) in numbers.into_iter().enumerate() {
        let changes: [fn(&mut Weights, usize, f32); 3] = [
            |weights, at, number| weights.network.adam.mean[at] = number,
            |weights, at, number| weights.network.adam.square[at] = number,
            |weights, at, number| weights.network.weights[at] = number * 1e5,
        ];
        for change in changes {
            let mut odd = saved.clone();
            let mut changed = weights.clone();
            change(&mut changed, round % (last + 1), number);
            odd.weights = Some(changed);
            let text = odd.to_text().expect("a text");
            let is_readable = read_session_text(text.as_bytes(), "x").is_ok();
            save_session(&path, &odd).expect("its answers are saved");
            let read = read_session(&path).expect("whatever is written can be read");
            assert_eq!(read.steps, saved.steps);
            assert_eq!(read.weights.is_some(), is_readable, "{number}");
            // The weights are built again from the answers.
            let resumed = Document::of(&read, fitted, "x").expect("it fits");
            if !is_readable {
                let mut session = resumed.session;
                let model = train(&mut session, fitted);
                assert_eq!(model.weights().digest(), weights.digest());
            }
        }
    }
    // A note that could not be read back is not taken.
    let mut session = session;
    let text = "x".repeat(20_001);
    assert!(!session.act(Action::Note { instance: 1, text }, None));
}

#[test]
fn a_newer_format_is_refused_and_so_is_anything_else() {
    let text = with_checksums(|_| ());
    assert!(told(&text.replacen("format 3", "format 4", 1)).contains("newer GLAD wrote"));
    assert!(told("x,y\n1,2\n").contains("is not a GLAD session"));
    let missing = read_session(Path::new("no/such.glad")).expect_err("a refusal");
    assert!(missing.to_string().contains("There is no session"));
}

/// Every place where a file can end.
#[test]
fn a_session_cut_off_anywhere_is_an_error() {
    let text = with_checksums(|_| ());
    for end in 0..text.len() {
        let read = read_session_text(&text.as_bytes()[..end], "x");
        assert!(read.is_err(), "cut off at {end} of {}", text.len());
    }
}

#[test]
fn ten_thousand_flipped_bits_are_ten_thousand_errors() {
    let text = with_checksums(|_| ()).into_bytes();
    let bits = text.len() * 8;
    for round in 0..10_000_usize {
        // Every bit of a short file is met; steps of a number prime to most lengths.
        let bit = (round * 7919) % bits;
        let mut damaged = text.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(
            read_session_text(&damaged, "x").is_err(),
            "bit {bit} of {bits}"
        );
    }
}

#[derive(Clone, Debug)]
enum Act {
    Answer(Vec<usize>, usize, bool),
    Note(usize, String),
    Retrain,
    Undo,
    Redo,
    Batch(usize),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (prop::collection::vec(0..485_usize, 1..4), 0..4_usize, any::<bool>())
            .prop_map(|(instances, which, sure)| Act::Answer(instances, which, sure)),
        1 => (0..485_usize, ".{0,20}").prop_map(|(instance, text)| Act::Note(instance, text)),
        1 => Just(Act::Retrain),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => (1..4_usize).prop_map(Act::Batch),
    ]
}

fn perform(session: &mut Session, act: Act) {
    match act {
        Act::Answer(instances, which, sure) => {
            let confidence = Confidence::ALL[usize::from(sure)];
            let answer = Answer::ALL[which];
            let reply = Reply::new(answer, confidence);
            session.act(Action::Answer { instances, reply }, Some(which as u64));
        }
        Act::Note(instance, text) => {
            session.act(Action::Note { instance, text }, None);
        }
        Act::Retrain => {
            session.act(Action::Retrain, None);
        }
        Act::Undo => drop(session.undo()),
        Act::Redo => drop(session.redo()),
        Act::Batch(batch) => session.set_batch(batch),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn saving_and_opening_is_the_identity(acts in prop::collection::vec(act(), 0..20)) {
        let fitted = small();
        let mut session = Session::new(Arc::clone(fitted.primed()), 1);
        for act in acts {
            perform(&mut session, act);
            train(&mut session, fitted);
        }
        let text = text_of(&session, fitted);
        let saved = read_session_text(text.as_bytes(), "x").expect("a session");
        let resumed = Document::of(&saved, fitted, "x").expect("it fits").session;
        prop_assert_eq!(text_of(&resumed, fitted), text);
        prop_assert_eq!(resumed.weights(), session.weights());
        prop_assert_eq!(resumed.replies(), session.replies());
        prop_assert_eq!(resumed.revision(), session.revision());
    }

    /// The bytes of a stranger: whatever they are, an answer and no panic.
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut whole = b"// GLAD session, format 3\n// sha256 ".to_vec();
        whole.extend(&bytes);
        prop_assert!(read_session_text(&whole, "x").is_err());
        prop_assert!(read_session_text(&bytes, "x").is_err());
    }
}

#[test]
fn digests_tell_the_outcomes_apart() {
    let fitted = small();
    let saved = SavedSession::of(&session_on(fitted, 6), fitted, false);
    let digests: std::collections::BTreeSet<u64> = saved
        .steps
        .iter()
        .filter_map(|step| match step.outcome {
            Some(OutcomeDigest::Trained(digest)) => Some(digest),
            _ => None,
        })
        .collect();
    assert_eq!(digests.len(), saved.revision());
}

#[test]
fn the_detectors_of_a_file_are_those_that_were_fitted() {
    let fitted = clusters();
    let session = session_on(fitted, 4);
    let mut saved = SavedSession::of(&session, fitted, false);
    saved = read_session_text(saved.to_text().expect("a text").as_bytes(), "x").expect("it reads");
    assert_eq!(saved.fitted.as_ref(), Some(fitted.frozen()));
    let data = saved.open_data(Path::new("x"), None).expect("the toy");
    let again = saved.fit(&data, &mut Unwatched).expect("it fits");
    assert_eq!(again.member_scores(), fitted.member_scores());
    // Put together, not fitted: a detector that the settings would not give is taken as it is.
    assert!(Arc::ptr_eq(
        again.frozen(),
        saved.fitted.as_ref().expect("detectors")
    ));
    // On another table it is not.
    let other = Arc::new(
        glad::dataset::read_from(&b"a,b\n1,2\n3,5\n2,2\n7,1\n"[..], "t", &Default::default())
            .expect("a table"),
    );
    let error = saved.fit(&other, &mut Unwatched).expect_err("a refusal");
    assert!(error.to_string().contains("other features"), "{error}");
    // Without them, as in format 1, they are fitted again, to the same bits.
    saved.fitted = None;
    let again = saved.fit(&data, &mut Unwatched).expect("a fit");
    assert_eq!(again.frozen(), fitted.frozen());
}

#[test]
fn a_file_alone_scores_as_the_session_does() {
    let fitted = clusters();
    let mut session = session_on(fitted, 4);
    let model = train(&mut session, fitted);
    let mut saved = SavedSession::of(&session, fitted, false);
    assert_eq!(saved.trained("x"), Ok(None), "the belief was not put in");
    saved.calibration = session.calibration_of(&model);
    saved = read_session_text(saved.to_text().expect("a text").as_bytes(), "x").expect("it reads");
    assert_eq!(saved.trained("x"), Ok(Some(model.trained())));
    // A model of another place is none.
    session.answer(0, Answer::Anomaly);
    assert_eq!(session.calibration_of(&model), None);
}

#[test]
fn detectors_of_other_settings_are_refused() {
    let text = with_checksums(|session| session.settings.tau = 0.1);
    assert!(told(&text).contains("fitted with other settings"));
}

/// A file of the format that first held detectors, of every kind.
#[test]
fn the_golden_file_of_format_2_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/session-2.glad");
    let saved = read_session(&path).expect("a session of format 2");
    assert_eq!(saved.format, 2);
    let trained = saved.trained("x").expect("it fits").expect("a belief");
    let data = saved.open_data(&path, None).expect("the table beside it");
    let fitted = saved.fit(&data, &mut Unwatched).expect("it fits");
    assert_eq!(fitted.ensemble().len(), 17, "members of 13 kinds");
    let document = Document::of(&saved, &fitted, "session-2.glad").expect("it fits");
    let Document { session, model, .. } = document;
    assert_eq!(model.weights(), trained.weights());
    let scored = trained.score(data.features());
    for (score, again) in scored.scores.iter().zip(model.scores()) {
        assert!((score - again).abs() < 1e-4 * score.abs().max(1.0));
    }
    assert!((model.q_tau() - trained.q_tau()).abs() < 1e-4 * trained.q_tau());
    assert_eq!(session.answers().len(), 4);
    assert_eq!(session.notes()[&56], "odd: \"far out\"");
}

/// A file that the first version of the format left behind: every later program reads it.
#[test]
fn the_golden_file_of_format_1_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/session-1.glad");
    let saved = read_session(&path).expect("a session of format 1");
    let history = saved.history_alone();
    let answers: Vec<_> = history.answers().into_iter().collect();
    let expected = [
        (19, Answer::Nominal),
        (74, Answer::Nominal),
        (252, Answer::Anomaly),
        (324, Answer::Unsure),
    ];
    assert_eq!(answers, expected);
    assert_eq!(history.notes()[&324], "odd: \"far out\"");
    assert_eq!(saved.steps[0].at, Some(1_795_587_552_448));
    assert!(history.can_redo() && saved.revision() == 4);
    assert_eq!(saved.settings.method, Method::Aad);
    let weights = saved.weights.as_ref().expect("weights of revision 4");
    let known = saved.steps[saved.cursor - 1].outcome;
    assert_eq!(
        known,
        Some(OutcomeDigest::Trained(weights.digest())),
        "to the bit"
    );
    let data = saved.open_data(&path, None).expect("the toy");
    let fitted = saved.fit(&data, &mut Unwatched).expect("a fit");
    let resumed = Document::of(&saved, &fitted, "session-1.glad").expect("it fits");
    assert!(resumed.session.weights().is_some() && resumed.session.due().is_none());
}
