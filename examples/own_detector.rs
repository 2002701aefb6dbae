//! A detector of one's own: what it has to say of a point, and how well it ranks by itself beside
//! the ensemble that the program fits.
//!
//! `cargo run --release --example own_detector`
//!
//! To make it a member of ensembles, see *A detector* in CONTRIBUTING.md.

// An example talks to whoever runs it.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::sync::Arc;

use glad::dataset::{Standardiser, toys};
use glad::detector::{Fitted, Settings};
use glad::ensemble::{CellScore, Detector};
use glad::evaluation::average_precision;
use glad::numeric::Unwatched;

/// The distance from the middle of the table, in standard deviations, cut into rings.
struct Distance;

/// Rings of one standard deviation each; the last has no end.
const RINGS: usize = 8;

impl Detector for Distance {
    fn parts(&self) -> usize {
        1
    }

    fn cells(&self, _part: usize) -> usize {
        RINGS
    }

    fn cell_score(&self, _part: usize, x: &[f32]) -> CellScore {
        let score = x.iter().map(|value| value * value).sum::<f32>().sqrt();
        CellScore {
            // What the analyst says of an instance speaks for the others of its ring.
            cell: (score as usize).min(RINGS - 1),
            score,
        }
    }

    fn cell_scores(&self, _part: usize) -> Option<Vec<f32>> {
        // Within a ring the score still differs.
        None
    }

    fn feature_shares(&self, x: &[f32]) -> Vec<f32> {
        x.iter().map(|value| value * value).collect()
    }

    fn validate(&self, _d: usize) -> Result<(), String> {
        Ok(())
    }

    fn describe(&self, _features: &[String], x: &[f32]) -> String {
        let distance = self.cell_score(0, x).score;
        format!("the distance from the middle of the table, here {distance:.1} standard deviations")
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    for toy in toys() {
        let dataset = Arc::new(toy.open());
        let truth = dataset.truth().ok_or("the table has no truth")?;
        let labels: Vec<_> = (0..dataset.n_instances())
            .map(|instance| truth.label(instance))
            .collect();
        // Detectors see standardised features.
        let x = Standardiser::fit(dataset.features()).apply(dataset.features());
        let own: Vec<f32> = x
            .rows()
            .into_iter()
            .map(|row| Distance.cell_score(0, &row.to_vec()).score)
            .collect();
        let fitted = Fitted::fit(&dataset, &Settings::default(), &mut Unwatched)?;
        let precision = |scores: &[f32]| average_precision(scores, &labels).unwrap_or(f64::NAN);
        println!(
            "{}: average precision {:.2} by the distance alone, {:.2} by the ensemble",
            toy.name,
            precision(&own),
            precision(&fitted.baseline_scores())
        );
        let first = x.row(0).to_vec();
        println!(
            "  row 1: {}",
            Distance.describe(dataset.feature_names(), &first)
        );
    }
    Ok(())
}
