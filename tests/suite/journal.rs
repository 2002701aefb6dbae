//! The journal, the lock and the desk: what was confirmed is there afterwards.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use glad::session::{Action, Answer, Event, Outcome, Session};
use glad::store::{
    Claimed, Found, Head, JOURNAL_FORMAT, SavedData, SavedSession, SessionFiles, SessionFilesError,
    backup_of, journal_of, read_journal, read_journal_text, read_session, with_checksums,
};

use crate::common::clusters;

fn head() -> Head {
    let fitted = clusters();
    Head {
        format: JOURNAL_FORMAT,
        program: "test".to_owned(),
        at: Some(1),
        process: 1,
        data: SavedData::of(fitted.dataset(), false),
        settings: fitted.settings().clone(),
        batch: 1,
        base: None,
    }
}

fn begin(path: &Path) -> SessionFiles {
    let claimed = Claimed::take(path, "a test").expect("free");
    claimed.fresh(&head()).expect("room")
}

fn session() -> Session {
    let mut session = Session::new(Arc::clone(clusters().primed()), 1);
    session.keep_log();
    session
}

/// Some acts, each told to the desk at once.
fn work(session: &mut Session, files: &mut SessionFiles, instances: &[usize]) {
    for &instance in instances {
        session.answer(instance, Answer::Nominal);
        let plan = session.due().expect("a training");
        files.append(&session.take_log()).expect("room");
        let trained = Outcome::Trained(Arc::clone(clusters().primed()));
        session.settle(&plan, trained);
        files.append(&session.take_log()).expect("room");
    }
}

fn found(path: &Path) -> Found {
    read_journal(&journal_of(path))
        .expect("it reads")
        .expect("something")
}

fn answered(found: &Found, mark: Option<u64>) -> Vec<usize> {
    let events = found.after(mark).expect("of this session");
    let acts = events.iter().filter_map(|(event, _)| match event {
        Event::Act(action, _) => action.instances().first().copied(),
        _ => None,
    });
    acts.collect()
}

#[test]
fn a_session_comes_back_from_its_journal() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.glad");
    let (mut session, mut files) = (session(), begin(&path));
    work(&mut session, &mut files, &[5, 7, 9]);
    let text = "a note\nwith \"lines\" and a lone \r, and ⚙";
    session.act(
        Action::Note {
            instance: 9,
            text: text.to_owned(),
        },
        Some(77),
    );
    session.undo();
    session.redo();
    session.set_batch(4);
    session.answer(11, Answer::Skip);
    session.undo();
    files.append(&session.take_log()).expect("room");
    std::mem::forget(files); // as a crash does
    let found = found(&path);
    assert!(!found.torn && found.lost == 0);
    assert_eq!(Found::answers(&found.events), 4);
    assert_eq!(Found::last_time(&found.events), Some(77));
    let mut again = Session::new(Arc::clone(clusters().primed()), 1);
    assert_eq!(Found::repeat(&found.events, &mut again), found.events.len());
    let of = |session: &Session| SavedSession::of(session, clusters(), false);
    let (mut again, mut before) = (of(&again), of(&session));
    (again.weights, before.weights) = (None, None);
    assert_eq!(again, before);
}

#[test]
fn a_torn_line_is_left_out_and_the_next_sitting_writes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.glad");
    let (mut session, mut files) = (session(), begin(&path));
    work(&mut session, &mut files, &[5, 7]);
    drop(files);
    let journal = journal_of(&path);
    let mut file = OpenOptions::new()
        .append(true)
        .open(&journal)
        .expect("the journal");
    file.write_all(b"0123456789abcdef 01234567 Act(Answer(inst")
        .expect("room");
    let claimed = Claimed::take(&path, "a test").expect("free");
    let torn = claimed.found.clone().expect("two answers");
    assert!(torn.torn && torn.lost == 0);
    let mut files = claimed.go_on(None).expect("room");
    work(&mut session, &mut files, &[9]);
    drop(files);
    assert_eq!(answered(&found(&path), None), [5, 7, 9]);
}

/// The bytes of a journal with answers to 5, 7, 9 and 11 and the trainings after them.
fn written(format: u32) -> (Vec<u8>, Found) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.glad");
    let claimed = Claimed::take(&path, "a test").expect("free");
    let of_format = Head { format, ..head() };
    let (mut session, mut files) = (session(), claimed.fresh(&of_format).expect("room"));
    for instance in [5, 7, 9, 11] {
        session.act(
            Action::answer(instance, Answer::Nominal),
            Some(1_764_050_400_000),
        );
        let plan = session.due().expect("a training");
        session.settle(&plan, Outcome::Trained(Arc::clone(clusters().primed())));
        files.append(&session.take_log()).expect("room");
    }
    drop(files);
    let bytes = fs::read(journal_of(&path)).expect("the journal");
    (bytes, found(&path))
}

fn acts(found: &Found) -> Vec<&Event> {
    let events = found.events.iter().map(|(event, _)| event);
    events.filter(|event| event.is_of_the_analyst()).collect()
}

/// Cut off anywhere, it gives the first events that were whole.
#[test]
fn a_journal_that_is_cut_off_gives_a_beginning() {
    for format in [1, JOURNAL_FORMAT] {
        let (bytes, whole) = written(format);
        for end in 0..bytes.len() {
            if let Ok(Some(read)) = read_journal_text(&bytes[..end], "x") {
                // Only the end of the last line may be missing without loss.
                let full = end + 1 == bytes.len();
                let events = &read.events;
                assert!(whole.events.starts_with(events), "cut at {end}");
                assert_eq!(events.len() == whole.events.len(), full, "cut at {end}");
            }
        }
    }
}

/// A changed bit is never taken for another event, in the newest line as little as in any other;
/// what it harms is told, and what is whole without it is taken in.
#[test]
fn a_flipped_bit_changes_nothing_silently_and_takes_no_other_line_along() {
    for format in [1, JOURNAL_FORMAT] {
        let (bytes, whole) = written(format);
        let all = acts(&whole);
        let head = bytes.iter().position(|&byte| byte == b'\n').expect("lines") + 1;
        for bit in 0..bytes.len() * 8 {
            let mut damaged = bytes.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            let Ok(Some(read)) = read_journal_text(&damaged, "x") else {
                assert!(bit / 8 < head, "bit {bit}: only the head is needed whole");
                continue;
            };
            let acts = acts(&read);
            let mut rest = all.iter();
            let in_order = acts.iter().all(|act| rest.any(|other| other == act));
            assert!(in_order, "bit {bit}: {acts:?}");
            let told = read.lost > 0 || read.torn;
            assert!(told || acts.len() == all.len(), "bit {bit}");
            if format == JOURNAL_FORMAT {
                // The end of a line joins two.
                assert!(acts.len() + 2 >= all.len(), "bit {bit}: {acts:?}");
            }
        }
    }
}

/// A damaged journal is gone on with as a new one, and kept; so is one without its last line end.
#[test]
fn a_damaged_journal_is_gone_on_with_and_kept() {
    let (bytes, _) = written(JOURNAL_FORMAT);
    let text = String::from_utf8(bytes.clone()).expect("a text");
    let second = text.find("[7]").expect("an answer") + 1;
    for (at, expected) in [
        (second, vec![5, 9, 11]),
        (bytes.len() - 1, vec![5, 7, 9, 11]),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.glad");
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        fs::write(journal_of(&path), &damaged).expect("room");
        let claimed = Claimed::take(&path, "a test").expect("free");
        let mut files = claimed.go_on(None).expect("room");
        let event = Event::Act(Action::answer(13, Answer::Anomaly), None);
        files.append(&[event]).expect("room");
        drop(files);
        let again = found(&path);
        assert_eq!((again.lost, again.torn), (0, false));
        assert_eq!(
            answered(&again, None),
            [expected.as_slice(), &[13]].concat()
        );
        if at == second {
            let kept = fs::read(folder.path().join("a.glad.journal~damaged"));
            let kept = kept.expect("the one before");
            assert_eq!(kept, damaged);
        }
    }
}

#[test]
fn saving_begins_a_new_journal_and_keeps_the_file_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.glad");
    let (mut session, mut files) = (session(), begin(&path));
    let saved = |session: &Session| SavedSession::of(session, clusters(), false);
    work(&mut session, &mut files, &[5]);
    files.save(saved(&session), head()).expect("room");
    work(&mut session, &mut files, &[7, 9]);
    let mark = read_session(&path).expect("a session").journal;
    assert_eq!(answered(&found(&path), mark), [7, 9], "what came since");
    files.save(saved(&session), head()).expect("room");
    let before = read_session(&backup_of(&path)).expect("the one before");
    assert_eq!((before.steps.len(), before.journal), (1, mark));
    let last = read_session(&path).expect("a session");
    assert_eq!(last.steps.len(), 3);
    assert!(answered(&found(&path), last.journal).is_empty());
    files.close();
    let mut left: Vec<String> = fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().display().to_string())
        .collect();
    left.sort();
    assert_eq!(left, ["a.glad", "a.glad~"]);
}

/// The program can end between the new file and the new journal.
#[test]
fn a_journal_that_the_file_holds_in_part_gives_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.glad");
    let (mut session, mut files) = (session(), begin(&path));
    work(&mut session, &mut files, &[5, 7]);
    let early = found(&path);
    let mark = early.events.last().map(|(_, sum)| *sum);
    work(&mut session, &mut files, &[9]);
    drop(files);
    let found = found(&path);
    assert_eq!(answered(&found, mark), [9]);
    assert!(found.after(Some(12345)).is_none(), "of another file");
}

#[test]
fn one_window_at_a_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.glad");
    let files = begin(&path);
    let second = Claimed::take(&path, "a second window").expect_err("held");
    assert_eq!(second, SessionFilesError::Held("a test".to_owned()));
    files.close();
    Claimed::take(&path, "a second window").expect("free again");
    assert!(!journal_of(&path).exists(), "nothing was done");
}

#[test]
fn saving_elsewhere_moves_the_desk() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, other) = (folder.path().join("a.glad"), folder.path().join("b.glad"));
    let (mut session, mut files) = (session(), begin(&path));
    work(&mut session, &mut files, &[5]);
    let saved = SavedSession::of(&session, clusters(), false);
    let nowhere = folder.path().join("gone/b.glad");
    let refused = files.save_as(&nowhere, "a test", saved.clone(), head());
    assert!(
        refused
            .expect_err("no folder")
            .to_string()
            .contains("the folder is gone")
    );
    files
        .save_as(&other, "a test", saved, head())
        .expect("room");
    assert_eq!(files.path(), other);
    work(&mut session, &mut files, &[7]);
    drop(files);
    let mark = read_session(&other).expect("a session").journal;
    assert_eq!(answered(&found(&other), mark), [7]);
    assert!(!journal_of(&path).exists());
    Claimed::take(&path, "a third").expect("the old place is free");
}

/// Somebody removes the journal while it is written: it comes back with all that was in it.
#[cfg(unix)]
#[test]
fn a_journal_that_was_removed_is_written_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.glad");
    let (mut session, mut files) = (session(), begin(&path));
    work(&mut session, &mut files, &[5, 7]);
    fs::remove_file(journal_of(&path)).expect("the journal");
    work(&mut session, &mut files, &[9]);
    assert_eq!(answered(&found(&path), None), [5, 7, 9]);
    // With its folder gone there is no place for it; the events wait for one.
    fs::remove_dir_all(folder.path()).expect("the folder");
    session.answer(11, Answer::Anomaly);
    let told = files.append(&session.take_log()).expect_err("no folder");
    assert!(told.to_string().contains("the folder is gone"), "{told}");
    fs::create_dir(folder.path()).expect("a folder");
    session.answer(13, Answer::Anomaly);
    files.append(&session.take_log()).expect("room again");
    assert_eq!(answered(&found(&path), None), [5, 7, 9, 11, 13]);
}

#[test]
fn a_full_disk_is_told() {
    let full = Path::new("/dev/full");
    if full.exists() {
        let error = fs::write(full, b"x").expect_err("it is always full");
        let path = Path::new("a.glad");
        let told = glad::store::unwritable(path, &error).to_string();
        assert!(
            told.contains("the disk is full") && told.contains("another place"),
            "{told}"
        );
    }
}

/// The lines of a stranger, with checksums that fit: an event that cannot be is told as damage.
#[test]
fn events_that_cannot_be_are_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.glad");
    let (mut session, mut files) = (session(), begin(&path));
    work(&mut session, &mut files, &[5]);
    drop(files);
    let text = fs::read_to_string(journal_of(&path)).expect("the journal");
    let same = read_journal_text(with_checksums(&text).as_bytes(), "x").expect("it reads");
    assert_eq!(same, Some(found(&path)));
    for bad in ["instances:[5]", "Nominal"] {
        let changed = with_checksums(&text.replace(bad, "instances:[999]"));
        let read = read_journal_text(changed.as_bytes(), "x")
            .expect("it reads")
            .expect("a head");
        assert!(read.events.is_empty() && read.lost > 0, "{bad}");
    }
    let deep = with_checksums(&format!("{text}0 {}\n", "(".repeat(1 << 18)));
    let read = read_journal_text(deep.as_bytes(), "x")
        .expect("it reads")
        .expect("a head");
    assert_eq!(
        (read.events.len(), read.lost),
        (found(&path).events.len(), 1)
    );
}
