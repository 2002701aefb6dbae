//! Any bytes are rows to score or a sentence, and batches of any length give the same bits:
//! `cargo fuzz run score seeds/score`.
#![no_main]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use glad::dataset::{Incoming, ReadOptions, Rows, read_from};
use glad::detector::{Fitted, Model, Settings, Trained};
use glad::export::{Cells, ScoreJob, ScoreReport};
use glad::numeric::Unwatched;
use libfuzzer_sys::fuzz_target;

/// What scores: a few detectors of a table with numbers, text and gaps.
static TRAINED: LazyLock<Trained> = LazyLock::new(|| {
    let mut text = "id,a,colour,b,label\n".to_owned();
    for row in 0..60 {
        let colour = ["red", "blue", "red", "green"][row % 4];
        let b = match row % 9 {
            5 => String::new(),
            _ => (row * 5 % 7).to_string(),
        };
        let label = if row % 20 == 19 { "anomaly" } else { "nominal" };
        text += &format!(
            "r{row},{},{colour},{b},{label}\n",
            (row * 7 % 11) as f32 / 3.0
        );
    }
    let options = ReadOptions {
        missing: glad::dataset::Missing::Median,
        ..ReadOptions::default()
    };
    let table = read_from(text.as_bytes(), "table", &options).expect("a table");
    let settings = Settings {
        ensemble: "loda:3+iforest:4+eif:3+knn".parse().expect("kinds"),
        ..Settings::default()
    };
    let fitted = Fitted::fit(&Arc::new(table), &settings, &mut Unwatched).expect("a fit");
    Model::primed(&Arc::new(fitted)).trained()
});

/// The scores that are written, of this process alone.
static OUTPUT: LazyLock<PathBuf> =
    LazyLock::new(|| std::env::temp_dir().join(format!("glad-fuzz-{}.csv", std::process::id())));

/// Scores the bytes in batches of so many rows; with the text that was written.
fn score(bytes: &[u8], rows: Option<usize>) -> Option<(ScoreReport, String)> {
    let options = ReadOptions::default();
    let schema = TRAINED.frozen().schema();
    let incoming = Rows::from_reader(bytes, "fuzz", schema, &options).ok()?;
    let job = ScoreJob {
        trained: &TRAINED,
        table: Path::new("fuzz"),
        options: &options,
        encoder: None,
        output: &OUTPUT,
        cells: Cells::Defused,
        rows,
    };
    let report = job
        .run_on(Incoming::Rows(Box::new(incoming)), &mut Unwatched)
        .ok()?;
    Some((
        report,
        fs::read_to_string(&*OUTPUT).expect("what was written"),
    ))
}

fuzz_target!(|bytes: &[u8]| {
    let Some((report, text)) = score(bytes, None) else {
        // One by one it is refused as well.
        assert!(score(bytes, Some(1)).is_none());
        return;
    };
    assert!(
        report
            .scores
            .iter()
            .all(|score| score.is_finite() && *score >= 0.0)
    );
    let (one_by_one, same) = score(bytes, Some(1)).expect("the same rows");
    assert_eq!(one_by_one, report);
    assert_eq!(same, text);
});
