//! The data behind a chart.

use std::borrow::Cow;

/// Writes rows as CSV, quoted where needed; texts that a spreadsheet would take for a formula are
/// defused by an apostrophe.
pub(super) fn csv(rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Memory takes whatever is written, and all rows of a chart have one length.
        if writer
            .write_record(row.iter().map(|cell| defused(cell).into_owned()))
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

/// Puts an apostrophe before a text that begins with `= + - @`, a tab or a carriage return.
///
/// Spreadsheets run such a cell as a formula, which can send the table elsewhere; with the
/// apostrophe they show it as text. A number is not changed: `-1.5` is no formula.
///
/// ```
/// use glad::export::defused;
///
/// assert_eq!(defused("=1+1"), "'=1+1");
/// assert_eq!(defused("-1.5"), "-1.5");
/// assert_eq!(defused("-cmd"), "'-cmd");
/// ```
pub fn defused(text: &str) -> Cow<'_, str> {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    // Rust reads "inf" and "nan" as numbers, too; they are as harmless to a spreadsheet.
    match risky && text.parse::<f64>().is_err() {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// A label, or what stands for it.
pub(super) fn or(label: &str, other: &str) -> String {
    if label.is_empty() { other } else { label }.to_owned()
}
