//! A disk that fails at any one call, and from any call on: nothing confirmed is lost, and every
//! file is the old one or the new one.

use std::collections::BTreeMap;
use std::fs::read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use super::{
    Cells, Draft, ScoreJob, SessionRecord, onnx, write_labels, write_report, write_scores,
};
use crate::dataset::{ReadOptions, toys};
use crate::detector::{Fitted, Method, Model, Settings};
use crate::disk::fault::{FAULTS, Fault, failing};
use crate::ensemble::{EnsembleSettings, Kind, Projections};
use crate::numeric::Unwatched;
use crate::session::{Action, Answer, Event, Session};
use crate::store::{
    Claimed, Document, Found, Head, JOURNAL_FORMAT, SavedData, SavedSession, backup_of, journal_of,
    merge, read_journal, read_session, save_session,
};

fn fitted() -> &'static Arc<Fitted> {
    static FITTED: LazyLock<Arc<Fitted>> = LazyLock::new(|| {
        let settings = Settings {
            method: Method::Aad,
            ensemble: EnsembleSettings::from(Kind::Loda(Projections::Paper)),
            ..Settings::default()
        };
        let toy = toys().iter().find(|toy| toy.name == "clusters");
        let dataset = Arc::new(toy.expect("a toy").open());
        Arc::new(Fitted::fit(&dataset, &settings, &mut Unwatched).expect("a fit"))
    });
    &FITTED
}

fn session(answered: &[usize]) -> Session {
    let mut session = Session::new(Arc::clone(fitted().primed()), 100);
    session.keep_log();
    for &instance in answered {
        session.answer(instance, Answer::Nominal);
    }
    session
}

fn saved(session: &Session) -> SavedSession {
    SavedSession::of(session, fitted(), false)
}

fn head() -> Head {
    Head {
        format: JOURNAL_FORMAT,
        program: "test".to_owned(),
        at: Some(1),
        process: 1,
        data: SavedData::of(fitted().dataset(), false),
        settings: fitted().settings().clone(),
        batch: 100,
        base: None,
    }
}

/// Runs a scenario in a folder of its own for each fault at each call, once and lasting, until there
/// are no calls left to fail; returns how often it failed.
fn everywhere(mut scenario: impl FnMut(&Path, &mut dyn FnMut(&mut dyn FnMut())) -> bool) -> usize {
    let mut failures = 0;
    for fault in FAULTS {
        for lasting in [false, true] {
            for nth in 0.. {
                assert!(nth < 1000, "calls without end");
                let folder = tempfile::tempdir().expect("a folder");
                let mut struck = false;
                let mut fail = |work: &mut dyn FnMut()| {
                    ((), struck) = failing(fault, nth, lasting, work);
                };
                let tidy = scenario(folder.path(), &mut fail);
                if !struck {
                    break;
                }
                failures += 1;
                let left = std::fs::read_dir(folder.path()).expect("a folder");
                let names = left.map(|entry| entry.expect("an entry").file_name());
                let names: Vec<String> = names.map(|name| name.display().to_string()).collect();
                let litter = names.iter().any(|name| name.contains(".part"));
                assert!(
                    !tidy || lasting || !litter,
                    "{fault:?} at {nth} leaves {names:?}"
                );
            }
        }
    }
    failures
}

/// The answers that the next run finds in a place.
fn recovered(path: &Path) -> BTreeMap<usize, Answer> {
    let file = path.exists().then(|| read_session(path).expect("readable"));
    let mark = file.as_ref().and_then(|file| file.journal);
    let mut session = match &file {
        Some(file) => file.history_alone(),
        None => Session::new(Arc::clone(fitted().primed()), 100),
    };
    if let Some(found) = read_journal(&journal_of(path)).expect("readable") {
        let events = found.after(mark).expect("the journal of this file");
        assert_eq!(Found::repeat(events, &mut session), events.len());
    }
    session.answers()
}

#[test]
fn a_saved_session_is_the_old_or_the_new_one() {
    let (old, new) = (saved(&session(&[1, 2])), saved(&session(&[1, 2, 3])));
    let (old_text, new_text) = (
        old.to_text().expect("a text"),
        new.to_text().expect("a text"),
    );
    let failures = everywhere(|folder, fail| {
        let path = folder.join("a.glad");
        save_session(&path, &old).expect("room");
        let mut told = Ok(());
        fail(&mut || told = save_session(&path, &new));
        let there = read(&path).expect("one of them");
        assert!(there == old_text.as_bytes() || there == new_text.as_bytes());
        assert!(told.is_err() || there == new_text.as_bytes());
        if backup_of(&path).exists() {
            assert_eq!(
                read(backup_of(&path)).expect("a backup"),
                old_text.as_bytes()
            );
        }
        true
    });
    assert!(failures > 30, "{failures}");
}

#[test]
fn a_merge_never_harms_what_lay_there() {
    let merged = merge(&saved(&session(&[1, 2])), &saved(&session(&[2, 5]))).expect("one table");
    let old = saved(&session(&[9]));
    everywhere(|folder, fail| {
        let path = folder.join("merged.glad");
        save_session(&path, &old).expect("room");
        fail(&mut || drop(save_session(&path, &merged.session)));
        let there = read_session(&path).expect("readable");
        assert!(there.steps == old.steps || there.steps == merged.session.steps);
        true
    });
}

/// A run with two saves, one of them to another place, that ends by a crash.
fn run(folder: &Path) -> (PathBuf, Vec<usize>, usize) {
    let (first, second) = (folder.join("a.glad"), folder.join("b.glad"));
    let mut session = session(&[]);
    let (mut given, mut confirmed) = (Vec::new(), 0);
    let claimed = Claimed::take(&first, "a test").expect("free");
    let Ok(mut files) = claimed.fresh(&head()) else {
        return (first, given, confirmed);
    };
    for instance in 0..7 {
        session.answer(instance, Answer::Anomaly);
        given.push(instance);
        let mut kept = files.append(&session.take_log()).is_ok();
        if instance == 2 {
            kept |= files.save(saved(&session), head()).is_ok();
        }
        if instance == 4 {
            let moved = files.save_as(&second, "a test", saved(&session), head());
            kept |= moved.is_ok();
        }
        if kept {
            confirmed = given.len();
        }
    }
    (files.path().to_owned(), given, confirmed)
}

#[test]
fn every_confirmed_answer_is_there_after_a_sitting_on_a_failing_disk() {
    let failures = everywhere(|folder, fail| {
        let mut outcome = None;
        fail(&mut || outcome = Some(run(folder)));
        let (path, given, confirmed) = outcome.expect("a run");
        let there: Vec<usize> = recovered(&path).into_keys().collect();
        assert!(
            there.len() >= confirmed && given.starts_with(&there),
            "{there:?} of {given:?}, {confirmed} confirmed"
        );
        true
    });
    assert!(failures > 150, "{failures}");
}

/// The answers in all journals of a place, those that were put aside too.
fn everywhere_in(path: &Path) -> Vec<Vec<usize>> {
    let journal = journal_of(path);
    let aside = crate::disk::kept(&journal, "~").into_iter();
    let found = (aside.chain([journal])).filter_map(|name| read_journal(&name).expect("readable"));
    let answered = found.map(|found| {
        let mut session = session(&[]);
        Found::repeat(&found.events, &mut session);
        session.answers().into_keys().collect()
    });
    let mut all: Vec<Vec<usize>> = answered.collect();
    all.retain(|answers| !answers.is_empty());
    all.sort();
    all
}

/// A journal makes room for another, that for a third, and the first is gone on with.
#[test]
fn no_journal_is_harmed_by_those_that_are_put_aside() {
    let given = |answered: &[usize]| session(answered).take_log();
    let failures = everywhere(|folder, fail| {
        let path = folder.join("a.glad");
        let take = || Claimed::take(&path, "a test").expect("free");
        for instance in [1, 2] {
            let mut files = take().fresh(&head()).expect("room");
            files.append(&given(&[instance])).expect("room");
        }
        let mut more = false;
        fail(&mut || {
            if let Ok(mut files) = take().fresh(&head()) {
                drop(files.append(&given(&[3])));
            }
            let mut claimed = take();
            let of_first = |found: &Found| Found::answers(&found.events) == 1;
            claimed.turn_to_aside(|found| {
                of_first(found) && format!("{:?}", found.events).contains("[1]")
            });
            if let Ok(mut files) = claimed.go_on(None) {
                let event = Event::Act(Action::answer(9, Answer::Anomaly), None);
                more = files.append(&[event]).is_ok();
            }
        });
        let there = everywhere_in(&path);
        let holds = |answers: &[usize]| {
            (there.iter()).any(|there| answers.iter().all(|answer| there.contains(answer)))
        };
        assert!(holds(&[1]) && holds(&[2]), "{there:?}");
        assert!(!more || holds(&[9]), "{there:?}");
        true
    });
    assert!(failures > 30, "{failures}");
}

/// What was said by hand is found again after a session was written over, twice.
#[test]
fn a_session_by_hand_is_never_harmed_by_what_is_saved_over_it() {
    let mut by_hand = session(&[]);
    by_hand.act(Action::answer(5, Answer::Anomaly), Some(7));
    let (by_hand, other) = (saved(&by_hand), saved(&session(&[1])));
    let failures = everywhere(|folder, fail| {
        let path = folder.join("a.glad");
        save_session(&path, &by_hand).expect("room");
        fail(&mut || {
            for _ in 0..3 {
                drop(save_session(&path, &other));
            }
        });
        let files = crate::disk::kept(&path, "~").into_iter().chain([path]);
        let mut there = files.filter_map(|file| read_session(&file).ok());
        assert!(there.any(|session| session.steps == by_hand.steps));
        true
    });
    assert!(failures > 50, "{failures}");
}

/// What was confirmed before is never harmed by going on with a journal, whole, torn or damaged.
#[test]
fn recovery_can_fail_and_be_tried_again() {
    let damage: [fn(&mut Vec<u8>); 3] = [
        |_| (),
        |journal| journal.extend(b"0123456789abcdef 01234567 Act("),
        |journal| {
            let answer = b"instances:[1]";
            let at = journal
                .windows(answer.len())
                .position(|here| here == answer);
            journal[at.expect("an answer") + 3] ^= 1;
        },
    ];
    for (case, damage) in damage.into_iter().enumerate() {
        everywhere(|folder, fail| {
            let path = folder.join("a.glad");
            let claimed = Claimed::take(&path, "a test").expect("free");
            let mut files = claimed.fresh(&head()).expect("room");
            let mut session = session(&[]);
            for instance in 0..4 {
                session.answer(instance, Answer::Nominal);
                files.append(&session.take_log()).expect("room");
            }
            drop(files);
            let journal = journal_of(&path);
            let mut bytes = read(&journal).expect("a journal");
            damage(&mut bytes);
            Draft::write(&journal, &bytes).expect("room");
            let expected = recovered(&path);
            assert_eq!(expected.len(), if case == 2 { 3 } else { 4 });
            let mut more = Vec::new();
            fail(&mut || {
                let claimed = Claimed::take(&path, "a test").expect("free");
                if let Ok(mut files) = claimed.go_on(None) {
                    let event = Event::Act(Action::answer(9, Answer::Anomaly), None);
                    if files.append(&[event]).is_ok() {
                        more.push(9);
                    }
                }
            });
            let there = recovered(&path);
            let known = expected.keys().chain(&more);
            assert!(
                known
                    .into_iter()
                    .all(|instance| there.contains_key(instance))
            );
            true
        });
    }
}

#[test]
fn an_export_is_the_old_file_or_the_whole_new_one() {
    let session = session(&[1, 2, 3]);
    let model = Model::primed(fitted());
    let trained = model.trained();
    let document = Document::of(&saved(&session), fitted(), "it").expect("it fits");
    let record = SessionRecord::of(&document, &mut Unwatched).expect("a record");
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("datasets/clusters.csv");
    type Export<'a> = (&'a str, Box<dyn Fn(&Path) -> bool + 'a>);
    let (answers, cells) = (session.answers(), Cells::default());
    let scored = |path: &Path| {
        let job = ScoreJob {
            trained: &trained,
            table: &table,
            options: &ReadOptions::default(),
            encoder: None,
            output: path,
            cells,
            rows: None,
        };
        job.run(&mut Unwatched).is_ok()
    };
    let scores = |path: &Path| write_scores(&model, &answers, path, cells, &mut Unwatched).is_ok();
    let exports: [Export<'_>; 7] = [
        (
            "labels.csv",
            Box::new(|path| write_labels(fitted().dataset(), &session, path, cells).is_ok()),
        ),
        ("scores.csv", Box::new(scores)),
        ("scores.parquet", Box::new(scores)),
        ("stream.csv", Box::new(scored)),
        ("stream.parquet", Box::new(scored)),
        (
            "model.onnx",
            Box::new(|path| onnx::write_model(&trained, None, path).is_ok()),
        ),
        (
            "report.html",
            Box::new(|path| write_report(path, &record).is_ok()),
        ),
    ];
    for (name, export) in exports {
        let folder = tempfile::tempdir().expect("a folder");
        let whole = folder.path().join(name);
        assert!(export(&whole), "{name}");
        let whole = read(&whole).expect("a file");
        let mut failures = 0;
        for (fault, lasting) in [
            (Fault::Full, true),
            (Fault::Short, false),
            (Fault::Denied, false),
        ] {
            for nth in 0.. {
                let path = folder.path().join(name);
                Draft::write(&path, b"old").expect("room");
                let (done, struck) = failing(fault, nth, lasting, || export(&path));
                let there = read(&path).expect("one of them");
                assert!(there == whole || (there == b"old" && !done), "{name} {nth}");
                if !struck {
                    assert!(done, "{name}");
                    break;
                }
                failures += 1;
            }
        }
        assert!(failures >= 9, "{name}: {failures}");
    }
}
