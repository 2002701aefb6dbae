//! Killed at any moment: no confirmed answer is missing afterwards, and no file is unreadable.
//!
//! `GLAD_KILLS=200 cargo test --test suite kill` kills as many sessions; without the variable a few.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use glad::store::{Found, backup_of, journal_of, read_journal, read_session};

use glad::numeric::stream;
use glad::session::Session;
use rand::RngExt;

use crate::common::clusters;

/// The analyst's words of one run.
fn words(round: u64) -> Vec<&'static str> {
    let mut random = stream(round, "kill", 0);
    let all = [
        "a",
        "n",
        "n",
        "u",
        "s",
        "undo",
        "redo",
        "save",
        "note a valve",
        "retrain",
    ];
    (0..400)
        .map(|_| all[random.random_range(0..all.len() as u64) as usize])
        .collect()
}

/// Runs a run and kills it after a while; returns what it confirmed.
fn run(path: &Path, settings: &Path, round: u64) -> Vec<String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_glad"))
        .args(["label", "clusters", "--save"])
        .arg(path)
        .arg("--settings")
        .arg(settings)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let mut input = child.stdin.take().expect("a pipe");
    let output = BufReader::new(child.stdout.take().expect("a pipe"));
    let confirmed = std::thread::spawn(move || {
        // The last line may be torn by the kill: then it was not confirmed.
        let lines = output.split(b'\n').map_while(Result::ok);
        let lines = lines.map(|line| String::from_utf8_lossy(&line).into_owned());
        lines
            .filter(|line| !line.starts_with('?'))
            .collect::<Vec<String>>()
    });
    let script = words(round).join("\n") + "\n";
    let writer = std::thread::spawn(move || {
        // The pipe breaks with the kill.
        drop(input.write_all(script.as_bytes()));
        input
    });
    let wait = stream(round, "kill", 1).random_range(0..260_u64);
    std::thread::sleep(Duration::from_millis(wait));
    child.kill().expect("a kill");
    child.wait().expect("an end");
    drop(writer.join());
    confirmed.join().expect("the lines")
}

/// The session as the next run finds it.
fn found(path: &Path) -> Session {
    let mut session = Session::new(Arc::clone(clusters().primed()), 1);
    let mut mark = None;
    if path.exists() {
        let saved = read_session(path).expect("the file is whole");
        session = saved.history_alone();
        mark = saved.journal;
    }
    if backup_of(path).exists() {
        read_session(&backup_of(path)).expect("the backup is whole");
    }
    if let Some(found) = read_journal(&journal_of(path)).expect("the journal is whole") {
        assert_eq!(found.lost, 0, "no line but the last is torn");
        let events = found.after(mark).expect("the journal is of this file");
        assert_eq!(Found::repeat(events, &mut session), events.len());
    }
    session
}

/// Repeats what was confirmed on a session of its own.
fn expect(confirmed: &[String], session: &mut Session) {
    for line in confirmed {
        match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["kept", "undo"] => drop(session.undo()),
            ["kept", "redo"] => drop(session.redo()),
            ["kept", "row", row, answer] => {
                let answer = glad::session::Answer::ALL
                    .into_iter()
                    .find(|known| known.name() == answer)
                    .expect("an answer");
                let row: usize = row.parse().expect("a number");
                session.answer(row - 1, answer);
            }
            ["kept", "retrain"] => {
                session.act(glad::session::Action::Retrain, None);
            }
            // Notes do not change answers, but they are steps that an undo takes back; the line has
            // no instance, so any will do.
            ["kept", "note", ..] => {
                let text = "a valve".to_owned();
                session.act(glad::session::Action::Note { instance: 0, text }, None);
            }
            _ => {}
        }
    }
}

fn answers(session: &Session) -> Vec<(usize, glad::session::Answer)> {
    session.answers().into_iter().collect()
}

#[test]
fn kill_minus_nine_loses_no_confirmed_answer() {
    let kills = std::env::var("GLAD_KILLS").ok();
    let kills: u64 = kills.and_then(|kills| kills.parse().ok()).unwrap_or(6);
    let folder = tempfile::tempdir().expect("a folder");
    let settings = folder.path().join("settings.ron");
    std::fs::write(
        &settings,
        "(method: Aad, ensemble: (kinds: [(kind: Loda(Paper), weight: 1.0)]))",
    )
    .expect("room");
    let (mut total, mut runs) = (0, 0);
    for round in 0..kills {
        // Three kills of one session, one after the other: recovery is killed too.
        let path = folder.path().join(format!("{}.glad", round / 3));
        let mut session = found(&path);
        let before = answers(&session);
        let confirmed = run(&path, &settings, round);
        expect(&confirmed, &mut session);
        let after = found(&path);
        let kept = confirmed
            .iter()
            .filter(|line| line.starts_with("kept"))
            .count();
        // What was written last may have been killed before it was confirmed: one act more.
        let same = |one: &Session, other: &Session| answers(one) == answers(other);
        let one_back = |session: &Session| {
            let mut back = session.clone();
            back.undo();
            back
        };
        let mut redone = session.clone();
        redone.redo();
        let one_more = same(&one_back(&after), &session)
            || same(&after, &one_back(&session))
            || same(&after, &redone);
        assert!(
            same(&after, &session) || one_more,
            "round {round}: {before:?}\n{confirmed:?}\n{:?}",
            answers(&after)
        );
        total += kept;
        runs += usize::from(kept > 0);
    }
    let told = format!("{kills} kills, {runs} of them after {total} confirmed acts in all");
    std::io::stderr()
        .write_all((told + "; none is missing\n").as_bytes())
        .expect("room");
    assert!(
        kills < 6 || total > 0,
        "the runs were too short to confirm anything"
    );
}
