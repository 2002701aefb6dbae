//! Trains on one table and scores rows that it has never seen, in memory and from file to file.
//!
//! `cargo run --release --example score_new_rows`

// An example talks to whoever runs it.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::sync::Arc;

use glad::dataset::{ReadOptions, toys};
use glad::detector::{Fitted, Settings};
use glad::evaluation::{Oracle, replay};
use glad::export::{Cells, ScoreJob};
use glad::numeric::Unwatched;
use ndarray::array;

fn main() -> Result<(), Box<dyn Error>> {
    let toy = &toys()[0];
    let dataset = Arc::new(toy.open());
    let fitted = Arc::new(Fitted::fit(&dataset, &Settings::default(), &mut Unwatched)?);
    let oracle = Oracle::new(&dataset)?;
    let replay = replay(&fitted, oracle, 20, 1, &mut Unwatched, &mut |_| ())?;
    // What is left of the model without its table: enough to score any rows.
    let trained = replay.model.trained();

    // Rows in memory, with the table's columns in raw units: one amid the crowd, one far off.
    let middle = dataset.features().mean_axis(ndarray::Axis(0));
    let middle = middle.ok_or("the table has no rows")?;
    let rows = array![[middle[0], middle[1]], [middle[0] + 40.0, middle[1] - 40.0]];
    let scored = trained.score(rows.view());
    for (row, score) in rows.rows().into_iter().zip(&scored.scores) {
        let verdict = match *score >= trained.q_tau() {
            true => "as high as the top τ of the table",
            false => "unsuspicious",
        };
        println!("{row}: {score:.2}, {verdict}");
    }

    // A file, which may be longer than memory, to a file with the scores.
    let folder = std::env::temp_dir().join("glad-example");
    std::fs::create_dir_all(&folder)?;
    let (table, output) = (folder.join(toy.file_name), folder.join("scores.csv"));
    glad::dataset::write_toys(&folder)?;
    let job = ScoreJob {
        trained: &trained,
        table: &table,
        options: &ReadOptions::default(),
        encoder: None,
        output: &output,
        cells: Cells::Defused,
        rows: None,
    };
    let report = job.run(&mut Unwatched)?;
    println!("{} rows in {}", report.scores.len(), output.display());
    for row in report.top.iter().take(3) {
        println!(
            "  rank {}: row {}, score {:.2}",
            row.rank, row.id, row.score
        );
    }
    Ok(())
}
