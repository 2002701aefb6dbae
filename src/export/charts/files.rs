//! Charts as files.

use std::fs;
use std::path::Path;

use super::SessionChart;
use crate::chart::Format;
use crate::export::ReportError;
use crate::numeric::map_each;
use crate::session::file::unwritable;

/// Writes each chart as SVG, PNG and CSV into a folder (made where it is not there), and
/// `00-contents.txt`, which says what each shows; returns the number of files.
///
/// # Errors
/// [`ReportError::File`] where a file cannot be written, [`ReportError::Chart`] where a picture
/// cannot be drawn.
pub fn write_charts(folder: &Path, charts: &[SessionChart]) -> Result<usize, ReportError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error: std::io::Error| unwritable(&path, &error)
    };
    let all = Format::ALL.len();
    let drawn = map_each(charts.len() * all, |place| {
        charts[place / all].chart.bytes(Format::ALL[place % all])
    });
    let drawn = drawn.into_iter().collect::<Result<Vec<_>, _>>()?;
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(failed(&path))
    };
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
