//! Discovery curves as a table.

use super::Report;

/// The mean curves of all methods and peers as CSV, one row a query: dataset, method, query, mean,
/// sd, runs; [`Peers::read`](super::Peers::read) reads it back.
///
/// # Errors
/// What the CSV writer reports.
pub fn curves_csv(report: &Report) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["dataset", "method", "query", "mean", "sd", "runs"])?;
    for section in &report.sections {
        for line in &section.lines {
            for (index, spread) in line.curve.iter().enumerate() {
                writer.write_record([
                    section.dataset.as_str(),
                    line.label.as_str(),
                    &(index + 1).to_string(),
                    &rounded(spread.mean),
                    &rounded(spread.deviation.unwrap_or(0.0)),
                    &line.runs.to_string(),
                ])?;
            }
        }
    }
    writer
        .into_inner()
        .map_err(|error| error.into_error().into())
}

/// Four decimals, without the zeros at their end.
fn rounded(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        assert_eq!(
            [0.0, 12.5, 100.0, 1.0 / 3.0].map(rounded),
            ["0", "12.5", "100", "0.3333"]
        );
    }
}
