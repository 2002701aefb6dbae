//! Sequences: opened, aligned, ranked, answered.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use glad::dataset::{Dataset, Label, ReadOptions, open_sequence_toy, read_path};
use glad::detector::{Model, Settings};
use glad::evaluation::auroc;
use glad::numeric::Unwatched;
use glad::sequence::{SequenceOptions, sequence_toys};
use glad::store::sequences_of;

use crate::cli_session::{glad, told};
use crate::common::fit;

/// The bundled strokes, learnt once for all tests.
pub fn strokes() -> &'static Arc<Dataset> {
    static STROKES: LazyLock<Arc<Dataset>> = LazyLock::new(|| {
        let dataset = open_sequence_toy(&sequence_toys()[0], &mut Unwatched);
        Arc::new(dataset.expect("sequences"))
    });
    &STROKES
}

/// A small set as a `.ts` file: arcs made faster and slower, one in eight of them backwards; in
/// `shuffled` time the moments of each stand in an order of its own.
pub fn arcs(count: usize, shuffled: bool) -> String {
    let mut text = "@problemName arcs\n@classLabel true nominal anomaly\n@data\n".to_owned();
    for k in 0..count {
        let length = 18 + (k * 5) % 9;
        let odd = k % 8 == 5;
        let bend = 0.8 + 0.06 * (k % 8) as f64;
        let mut order: Vec<usize> = (0..length).collect();
        if shuffled {
            let mut state = k as u64 + 1;
            for last in (1..length).rev() {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                order.swap(last, (state >> 33) as usize % (last + 1));
            }
        }
        let channel = |of: fn(f64) -> f64| {
            let values = order.iter().map(|&moment| {
                let time = moment as f64 / (length - 1) as f64;
                let phase = if odd { 1.0 - time } else { time.powf(bend) };
                let jitter = ((k * 31 + moment * 17) % 13) as f64 / 500.0;
                format!("{:.4}", of(phase * 2.8) + jitter)
            });
            values.collect::<Vec<_>>().join(",")
        };
        let class = if odd { "anomaly" } else { "nominal" };
        let _ = writeln!(text, "{}:{}:{class}", channel(f64::sin), channel(f64::cos));
    }
    text
}

fn open(path: &Path) -> Dataset {
    read_path(path, &ReadOptions::default()).expect("sequences")
}

fn auroc_of(dataset: &Dataset, scores: &[f32]) -> f64 {
    auroc(scores, dataset.truth().expect("truth").labels()).expect("both kinds")
}

#[test]
fn the_bundled_strokes_are_aligned_and_their_phases_known() {
    let learnt = strokes().sequences().expect("sequences");
    assert!(learnt.alignment() > 0.95, "tau {}", learnt.alignment());
    let report = learnt.phase_report().expect("phases");
    assert!(report.progression > 0.95, "{report:?}");
    assert!(report.accuracy > 0.95, "{report:?}");
    assert!(report.few_shot > 0.9, "{report:?}");
    let course = learnt.course(learnt.typical());
    assert_eq!((course[0], course[course.len() - 1]), (0.0, 1.0));
    assert!(course.is_sorted());
}

#[test]
fn what_detectors_of_sequences_say_is_the_score_of_members() {
    let dataset = strokes();
    assert_eq!(dataset.n_instances(), 122);
    let given = dataset.given_scores();
    let fitted = fit(dataset, &Settings::default());
    let members = fitted.frozen().member_names();
    for brought in &given {
        let (feature, name) = (brought.feature, brought.name);
        let at = members
            .iter()
            .position(|member| *member == name)
            .expect("a member");
        let scores = fitted.member_scores().column(at).to_vec();
        let own = dataset.features().column(feature).to_vec();
        let apart = |a: usize, b: usize| (scores[a] - scores[b]) * (own[a] - own[b]);
        assert!(
            (1..122).all(|row| apart(row, 0) >= 0.0),
            "{name} is in another order"
        );
    }
    let model = Model::primed(&fitted);
    assert!(auroc_of(dataset, model.scores()) > 0.97);
    // Of the twelve odd ones, most stand at the top.
    let truth = dataset.truth().expect("truth");
    let found = model
        .top(12)
        .into_iter()
        .filter(|&at| truth.label(at) == Some(Label::Anomaly));
    assert!(found.count() >= 9);
}

#[test]
fn shuffled_time_leaves_no_order_to_find() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("arcs.ts");
    let tau = |shuffled| {
        fs::write(&path, arcs(24, shuffled)).expect("written");
        open(&path).sequences().expect("sequences").alignment()
    };
    let (in_order, shuffled) = (tau(false), tau(true));
    // One in eight runs backwards, and is in order with no other but its like: 0.54 at best.
    assert!(in_order > 0.4, "{in_order}");
    assert!(
        shuffled.abs() < 0.2,
        "an encoder that knows the time: {shuffled}"
    );
}

#[test]
fn the_same_sequences_give_the_same_bits_on_one_thread_and_on_several() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("arcs.ts");
    fs::write(&path, arcs(16, false)).expect("written");
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        pool.install(|| open(&path))
    };
    let (one, several) = (on(1), on(3));
    assert_eq!(one.fingerprint(), several.fingerprint());
    assert_eq!(
        one.sequences().expect("a").deviations(3),
        several.sequences().expect("b").deviations(3)
    );
}

#[test]
fn sequences_are_ranked_replayed_and_their_session_reproduces_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (data, scores, session) = (path("arcs.ts"), path("scores.csv"), path("s.glad"));
    fs::write(&data, arcs(24, false)).expect("written");
    let (status, text) = told(&glad(&["rank", &data, "--out", &scores]));
    assert_eq!(status, Some(0), "{text}");
    assert!(
        text.contains("24 instances") && text.contains("AUROC"),
        "{text}"
    );
    let (status, text) = told(&glad(&[
        "replay", &data, "--budget", "5", "--save", &session,
    ]));
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = told(&glad(&["replay", &session]));
    assert_eq!(status, Some(0), "{text}");
    // The session brings its sequences along, and without them it is whole in all that they led to.
    fs::remove_file(&data).expect("removed");
    let (status, text) = told(&glad(&["replay", &session]));
    assert_eq!(status, Some(0), "{text}");
    fs::remove_file(sequences_of(Path::new(&session))).expect("removed");
    let (status, text) = told(&glad(&["replay", &session]));
    assert_eq!(status, Some(0), "{text}");
}

#[test]
fn moments_are_aligned_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (data, aligned) = (path("long.csv"), path("aligned.csv"));
    let mut text = "run,t,where,kind,x,y\n".to_owned();
    for run in 0..12 {
        for moment in 0..20 {
            let phase = (f64::from(moment) / 19.0).powf(0.8 + 0.04 * f64::from(run)) * 2.8;
            let named = if phase < 1.4 { "early" } else { "late" };
            let _ = writeln!(
                text,
                // Times are dates here: they are read as seconds.
                "r{run},2024-03-01 10:{moment:02}:00,{named},usual,{:.3},{:.3}",
                phase.sin(),
                phase.cos()
            );
        }
    }
    fs::write(&data, &text).expect("written");
    let words = [
        "align",
        &data,
        "--sequences",
        "long",
        "--id",
        "run",
        "--time",
        "t",
        "--phase",
        "where",
        "--label",
        "kind",
        "--from",
        "r3",
        "--out",
        &aligned,
    ];
    let (status, told_text) = told(&glad(&words));
    assert_eq!(status, Some(0), "{told_text}");
    assert!(
        told_text.contains("aligned 12 sequences") && told_text.contains("progression R2"),
        "{told_text}"
    );
    let lines = fs::read_to_string(&aligned).expect("a table");
    assert!(
        lines.starts_with("sequence,moment,phase,deviation,carried_over\n"),
        "{lines}"
    );
    let rows: Vec<Vec<&str>> = lines
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect())
        .collect();
    assert_eq!(rows.len(), 240);
    let wheres = text
        .lines()
        .skip(1)
        .map(|line| line.split(',').nth(2).expect("a phase"));
    let right = rows
        .iter()
        .zip(wheres)
        .filter(|(row, named)| row[4] == *named)
        .count();
    assert!(right > 204, "{right} of 240 phases were carried over");
}

#[test]
fn what_is_no_set_of_sequences_is_refused_with_the_place_and_the_remedy() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        path
    };
    let refused = |path: &Path, options: SequenceOptions| {
        let options = ReadOptions {
            sequences: Some(Box::new(options)),
            ..ReadOptions::default()
        };
        read_path(path, &options)
            .expect_err("a refusal")
            .to_string()
    };
    let broken = path(
        "broken.ts",
        "@classLabel true a b\n@data\n1,2,3,4:a\n1,2,x,4:b\n",
    );
    assert!(
        refused(&broken, SequenceOptions::default())
            .starts_with("line 4 of broken, channel 1: “x”")
    );
    let gap = path(
        "gap.ts",
        "@classLabel true a b\n@data\n1,2,3,4:a\n1,?,3,4:b\n2,1,3,4:b\n",
    );
    assert!(
        refused(&gap, SequenceOptions::default())
            .contains("channel 1, moment 2: the value is missing")
    );
    let classes = path(
        "classes.ts",
        "@classLabel true a b\n@data\n1,2,3,4:a\n1,2,3,5:b\n2,1,3,4:b\n",
    );
    let nominal = SequenceOptions {
        nominal: Some("c".into()),
        ..SequenceOptions::default()
    };
    assert!(refused(&classes, nominal).contains("choose among “a”, “b”"));
    let table = path("table.csv", "x,y\n1,2\n2,3\n3,1\n");
    let out = folder.path().join("aligned.csv").display().to_string();
    let (status, text) = told(&glad(&[
        "align",
        &table.display().to_string(),
        "--out",
        &out,
    ]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("is a table of rows"), "{text}");
}
