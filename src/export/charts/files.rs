//! Charts as files.

use std::fs;
use std::path::Path;

use super::SessionChart;
use crate::chart::Format;
use crate::export::{Draft, ExportError};
use crate::numeric::map_each;

/// Writes each chart as SVG, PNG and CSV into a folder (made where it is not there), and
/// `00-contents.txt`, which says what each shows; returns the number of files.
///
/// # Errors
/// [`ExportError::Unwritable`] where a file cannot be written, [`ExportError::Chart`] where a picture
/// cannot be drawn.
pub fn write_charts(folder: &Path, charts: &[SessionChart]) -> Result<usize, ExportError> {
    let all = Format::ALL.len();
    let drawn = map_each(charts.len() * all, |place| {
        charts[place / all].chart.bytes(Format::ALL[place % all])
    });
    let drawn = drawn.into_iter().collect::<Result<Vec<_>, _>>()?;
    fs::create_dir_all(folder).map_err(|error| ExportError::unwritable(folder, &error))?;
    let write = |name: &str, bytes: &[u8]| Draft::write(&folder.join(name), bytes);
    let mut contents = String::new();
    for (chart, forms) in charts.iter().zip(drawn.chunks(all)) {
        let SessionChart { stem, caption, .. } = chart;
        for (format, bytes) in Format::ALL.iter().zip(forms) {
            write(&format!("{stem}.{}", format.ending()), bytes)?;
        }
        contents.push_str(&format!("{stem}\n    {caption}\n\n"));
    }
    write("00-contents.txt", contents.as_bytes())?;
    Ok(drawn.len() + 1)
}
