//! Labels a bundled table by its own truth, and says how many anomalies were found sooner for it.
//!
//! `cargo run --release --example label_by_oracle`

// An example talks to whoever runs it.
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::sync::Arc;

use glad::dataset::toys;
use glad::detector::{Fitted, Settings};
use glad::evaluation::{Oracle, replay};
use glad::numeric::Unwatched;
use glad::session::baseline_curve;

/// Questions to be asked, one after the other.
const BUDGET: usize = 30;

fn main() -> Result<(), Box<dyn Error>> {
    for toy in toys() {
        let dataset = Arc::new(toy.open());
        let fitted = Arc::new(Fitted::fit(&dataset, &Settings::default(), &mut Unwatched)?);
        let oracle = Oracle::new(&dataset)?;
        let replay = replay(&fitted, oracle, BUDGET, 1, &mut Unwatched, &mut |_| ())?;
        // The same ensemble without feedback, asked for as many rows.
        let truth = dataset.truth();
        let label = |instance| truth.and_then(|truth| truth.label(instance));
        let baseline = baseline_curve(&fitted.baseline_order(BUDGET), BUDGET, label);
        println!(
            "{}: {} anomalies in {BUDGET} questions, {} without feedback",
            toy.name,
            replay.found.last().copied().unwrap_or(0),
            baseline.last().copied().unwrap_or(0)
        );
    }
    Ok(())
}
