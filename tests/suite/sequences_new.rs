//! New sequences: scored by a session that learnt from others, in a stream; and what turns them
//! into numbers, as ONNX.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use glad::dataset::{Dataset, InstanceEncoder, ReadOptions, preview, read_path};
use glad::detector::{Model, Settings};
use glad::export::onnx::{encoder_model, encoder_to_bytes};
use glad::export::{Cells, ScoreJob};
use glad::numeric::Unwatched;
use glad::sequence::{Sequence, SequenceLayout, SequenceModel, SequenceOptions};
use glad::store::sequences_of;
use ndarray::{Array2, ArrayView2};

use crate::cli_session::{glad, told};
use crate::common::fit;
use crate::onnx::{difference, outputs};
use crate::sequences::{arcs, strokes};

/// The lines of a table of scores without its label.
fn without_label(path: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).expect("a table");
    let lines = text.lines().map(|line| {
        let cells = line.split(',').enumerate();
        let cells = cells.filter(|(at, _)| *at != 3);
        cells.map(|(_, cell)| cell.to_owned()).collect()
    });
    lines.collect()
}

#[test]
fn a_session_scores_its_own_sequences_as_it_did_and_new_ones_by_their_channels() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (data, session) = (path("arcs.ts"), path("s.glad"));
    fs::write(&data, arcs(24, false)).expect("written");
    let replay = ["replay", &data, "--budget", "4", "--save", &session];
    let (status, text) = told(&glad(&replay));
    assert_eq!(status, Some(0), "{text}");
    let (own, again) = (path("own.csv"), path("again.csv"));
    let (status, text) = told(&glad(&["export", &session, "--scores", &own]));
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = told(&glad(&["score", &session, &data, "--out", &again]));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("scored 24 sequences"), "{text}");
    assert_eq!(without_label(&own), without_label(&again));
    // The label is that of the class.
    let labels = fs::read_to_string(&again).expect("a table");
    let anomalies = labels
        .lines()
        .filter(|line| line.split(',').nth(3) == Some("anomaly"));
    assert_eq!(anomalies.count(), 3);

    // One of them alone, however few they are, gets the same score: it is compared with the old.
    let lines: Vec<String> = arcs(24, false).lines().map(str::to_owned).collect();
    let one = path("one.ts");
    fs::write(
        &one,
        format!("{}\n", [&lines[..3], &lines[10..11]].concat().join("\n")),
    )
    .expect("written");
    let (status, text) = told(&glad(&["score", &session, &one, "--out", &again]));
    assert_eq!(status, Some(0), "{text}");
    assert!(text.contains("scored 1 sequence,"), "{text}");
    let score = |lines: &[Vec<String>], row: usize| lines[row][1].clone();
    assert_eq!(
        score(&without_label(&own), 8),
        score(&without_label(&again), 1)
    );

    // Of other channels, of none, of a table.
    let less = path("less.ts");
    fs::write(&less, "@classLabel false\n@data\n1,2,3,4,5\n2,3,4,5,1\n").expect("written");
    let (status, text) = told(&glad(&["score", &session, &less, "--out", &again]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("There is no channel “channel 2”"), "{text}");
    let broken = path("broken.ts");
    fs::write(
        &broken,
        "@classLabel false\n@data\n1,2,3,4:1,2,3,4\n1,2,x,4:1,2,3,4\n",
    )
    .expect("written");
    let (status, text) = told(&glad(&["score", &session, &broken, "--out", &again]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("line 4 of broken, channel 1: “x”"), "{text}");

    // Without what was learnt beside it, a session says what it misses.
    fs::remove_file(sequences_of(Path::new(&session))).expect("removed");
    let (status, text) = told(&glad(&["score", &session, &data, "--out", &again]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains(".sequences beside it"), "{text}");
}

#[test]
fn a_session_of_a_table_refuses_sequences() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (data, session) = (path("arcs.ts"), path("s.glad"));
    fs::write(&data, arcs(12, false)).expect("written");
    let replay = ["replay", "clusters", "--budget", "2", "--save", &session];
    let (status, text) = told(&glad(&replay));
    assert_eq!(status, Some(0), "{text}");
    let (status, text) = told(&glad(&["score", &session, &data, "--out", &path("o.csv")]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("was trained on something else"), "{text}");
    let (status, text) = told(&glad(&["export", &session, "--encoder", &path("e.onnx")]));
    assert_eq!(status, Some(2), "{text}");
    assert!(text.contains("there is no encoder"), "{text}");
}

#[test]
fn a_stream_of_sequences_gives_the_same_bits_in_batches_of_any_size() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::write(path("old.ts"), arcs(24, false)).expect("written");
    let mut new = String::new();
    for line in arcs(70, false)
        .lines()
        .filter(|line| !line.starts_with('@'))
    {
        let _ = writeln!(new, "{line}");
    }
    let head = "@classLabel true nominal anomaly\n@data\n";
    fs::write(path("new.ts"), format!("{head}{new}")).expect("written");
    let old: Arc<Dataset> = read_path(&path("old.ts"), &ReadOptions::default())
        .expect("sequences")
        .into();
    let trained = Model::primed(&fit(&old, &Settings::default())).trained();
    let score = |rows, name: &str| {
        let job = ScoreJob {
            trained: &trained,
            table: &path("new.ts"),
            options: &ReadOptions::default(),
            encoder: old.encoder(),
            output: &path(name),
            cells: Cells::Defused,
            rows,
        };
        let report = job.run(&mut Unwatched).expect("scores");
        assert_eq!(report.scores.len(), 70);
        report.scores
    };
    assert!(matches!(old.encoder(), Some(InstanceEncoder::Sequences(_))));
    let (few, many) = (score(Some(3), "few.csv"), score(None, "many.csv"));
    assert_eq!(few, many);
    let read = |name: &str| fs::read(path(name)).expect("a table");
    assert_eq!(read("few.csv"), read("many.csv"));
    // Those that run backwards stand out also among sequences that it never saw.
    let odd = |k: &usize| k % 8 == 5;
    let least = (24..70)
        .filter(odd)
        .map(|k| few[k])
        .fold(f32::MAX, f32::min);
    let usual: Vec<f32> = (24..70).filter(|k| !odd(k)).map(|k| few[k]).collect();
    let below = usual.iter().filter(|score| **score < least).count();
    assert!(below * 10 > usual.len() * 9, "{below} of {}", usual.len());
}

/// What tract makes of a sequence: its outputs.
fn run(model: &[u8], values: ArrayView2<'_, f32>) -> Vec<Vec<f32>> {
    let (t, channels) = values.dim();
    let all: Vec<f32> = values.iter().copied().collect();
    outputs(model, &[t, channels], &all)
}

/// A sequence that is like one of a set, and none of it.
fn like(model: &SequenceModel, of: &Sequence, length: usize) -> Sequence {
    let step = (of.len() - 1) as f32 / (length - 1) as f32;
    let values = Array2::from_shape_fn((length, model.channels().len()), |(at, channel)| {
        let place = at as f32 * step;
        let low = (place as usize).min(of.len() - 2);
        let share = place - low as f32;
        let [a, b] = [low, low + 1].map(|at| of.values[[at, channel]]);
        a + share * (b - a) + 0.03 * (place * 1.7 + channel as f32).sin()
    });
    Sequence {
        id: "new".to_owned(),
        class: None,
        values,
        phases: None,
    }
}

#[test]
fn the_encoder_as_onnx_says_what_the_program_says() {
    let learnt = strokes().sequences().expect("sequences");
    let model = learnt.model();
    let bytes = encoder_to_bytes(model).expect("a model");
    let following: Vec<usize> = model
        .scores()
        .iter()
        .enumerate()
        .filter(|(_, score)| score.of_moments)
        .map(|(at, _)| at)
        .collect();
    // Shorter than what is compared of a sequence at most, as long, and longer.
    for (at, length) in [(0, 31), (5, 60), (40, 87), (71, 200)] {
        let sequence = like(model, &learnt.set().sequences()[at], length);
        let look = model.look(&sequence);
        let outputs = run(&bytes, sequence.values.view());
        assert_eq!(outputs[0].len(), length * 32);
        assert_eq!(outputs[1].len(), length * 32);
        let off = difference(&outputs[2], look.features.iter());
        assert!(off <= 1e-5, "features differ by {off}");
        let expected: Vec<f32> = following.iter().map(|&score| look.scores[score]).collect();
        let off = difference(&outputs[3], expected.iter());
        assert!(
            off <= 1e-5,
            "scores differ by {off}: {:?} {expected:?}",
            outputs[3]
        );
    }
    // What does not follow is named.
    let metadata = encoder_model(model).metadata_props;
    let said = |key: &str| {
        let entry = metadata.iter().find(|entry| entry.key == key);
        entry.map(|entry| entry.value.clone()).unwrap_or_default()
    };
    assert!(said("score_names").contains("frames (cbc)"));
    assert!(said("left_out").contains("fifth nearest after warping"));
    assert!(said("channels").contains("force"));
}

#[test]
fn videos_are_read_as_folders_of_frames_in_the_order_of_their_numbers() {
    let folder = tempfile::tempdir().expect("a folder");
    for (class, video, count) in [("usual", "a", 11), ("usual", "b", 5), ("odd", "c", 6)] {
        let place = folder.path().join(class).join(video);
        fs::create_dir_all(&place).expect("a folder");
        for frame in 1..=count {
            let light = (20 * frame) as u8;
            let picture = image::GrayImage::from_pixel(30, 30, image::Luma([light]));
            let name = place.join(format!("{frame}.png"));
            picture.save(name).expect("a picture");
        }
    }
    let options = ReadOptions {
        sequences: Some(Box::new(SequenceOptions {
            layout: Some(SequenceLayout::Frames),
            nominal: Some("usual".to_owned()),
            ..SequenceOptions::default()
        })),
        ..ReadOptions::default()
    };
    let found = preview(folder.path(), &options).expect("videos");
    let cells: Vec<&[String]> = found.rows.iter().map(|row| &row[..3]).collect();
    assert_eq!(
        cells,
        [
            ["odd/c", "odd", "6"],
            ["usual/a", "usual", "11"],
            ["usual/b", "usual", "5"]
        ]
    );
    assert_eq!(found.columns.len(), 3 + 16);
    // The first frame is 20 of 255, also where there is a tenth.
    let begins: f32 = found.rows[1][3].parse().expect("a number");
    assert!((begins - (20.0 / 127.5 - 1.0)).abs() < 0.01, "{begins}");
}

#[test]
fn a_long_table_may_be_of_any_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.json");
    let mut text = String::new();
    for run in 0..3 {
        for time in 0..6 {
            let _ = writeln!(
                text,
                r#"{{"run": "r{run}", "t": {time}, "x": {}, "y": {}}}"#,
                time * run + 1,
                time
            );
        }
    }
    fs::write(&path, text).expect("written");
    let options = ReadOptions {
        sequences: Some(Box::new(SequenceOptions {
            layout: Some(SequenceLayout::Long {
                id: "run".to_owned(),
                time: Some("t".to_owned()),
                class: None,
                phase: None,
                channels: vec!["x".to_owned(), "y".to_owned()],
            }),
            ..SequenceOptions::default()
        })),
        ..ReadOptions::default()
    };
    let found = preview(&path, &options).expect("sequences");
    let ids: Vec<&str> = found.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(ids, ["r0", "r1", "r2"]);
    assert!(found.rows.iter().all(|row| row[2] == "6"));
}
