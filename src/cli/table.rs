//! The text of a replay.

use std::io::{self, Write};

use super::record::{Record, median};
use crate::dataset::Dataset;
use crate::numeric::{mean, sample_deviation};

/// Prints the discovery curve beside its baseline, mean over the seeds, and the times.
pub(super) fn print_table(
    dataset: &Dataset,
    records: &[Record],
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(first) = records.first() else {
        return Ok(());
    };
    let anomalies = dataset.truth().map_or(0, |truth| truth.anomalies());
    writeln!(
        out,
        "{}: {} instances, {} features, {anomalies} anomalies",
        first.dataset, first.n, first.d
    )?;
    let members: Vec<f64> = records.iter().map(|record| record.members as f64).collect();
    let seeds = records.len();
    let (from, to) = (first.seed, records[seeds - 1].seed);
    let seeds = if seeds == 1 {
        format!("seed {from}")
    } else {
        format!("{seeds} seeds, {from} to {to}")
    };
    writeln!(
        out,
        "method {}, {} members, {seeds}\n",
        first.method,
        mean(&members)
    )?;
    writeln!(
        out,
        "anomalies found after so many queries (mean ± standard deviation over seeds)"
    )?;
    writeln!(
        out,
        "{:>7}  {:>14}  {:>14}",
        "queries", first.method, "baseline"
    )?;
    let queries = records
        .iter()
        .map(|record| record.found.len())
        .max()
        .unwrap_or(0);
    for query in (1..=queries).filter(|query| *query == queries || is_milestone(*query)) {
        let column = |curve: fn(&Record) -> &[u32]| {
            let values: Vec<f64> = records
                .iter()
                .filter_map(|record| curve(record).get(query - 1))
                .map(|&found| f64::from(found))
                .collect();
            format!("{:.1} ± {:.1}", mean(&values), sample_deviation(&values))
        };
        writeln!(
            out,
            "{query:>7}  {:>14}  {:>14}",
            column(|record| &record.found),
            column(|record| &record.baseline)
        )?;
    }
    let time = |part: fn(&Record) -> f64| median(records.iter().map(part).collect()) * 1000.0;
    writeln!(
        out,
        "\nmilliseconds (median over seeds): fit {:.1}, priming {:.1}, one update {:.2}",
        time(|record| record.seconds.fit),
        time(|record| record.seconds.prime),
        time(|record| record.seconds.update_median),
    )
}

/// The first queries one by one hardly differ: 1, 5, 10, then every ten.
fn is_milestone(query: usize) -> bool {
    query == 1 || query == 5 || query.is_multiple_of(10)
}
