//! The data behind a chart.

/// Writes rows as CSV, quoted where needed; texts that a spreadsheet would take for a formula are
/// defused by an apostrophe.
pub(super) fn csv(rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Memory takes whatever is written, and all rows of a chart have one length.
        if writer
            .write_record(row.iter().map(|cell| defused(cell)))
            .is_err()
        {
            break;
        }
    }
    writer
        .into_inner()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

fn defused(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    match is_formula && cell.parse::<f64>().is_err() {
        true => format!("'{cell}"),
        false => cell.to_owned(),
    }
}

/// A label, or what stands for it.
pub(super) fn or(label: &str, other: &str) -> String {
    if label.is_empty() { other } else { label }.to_owned()
}
