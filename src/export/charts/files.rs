//! Charts as files.

use std::path::Path;

use super::SessionChart;
use crate::chart::{Format, file_name};
use crate::disk::{fs, is_file};
use crate::export::{Draft, ExportError, SessionRecord};
use crate::figures::{Light, Way, instance_png};
use crate::numeric::map_each;
use crate::session::Answer;

/// Writes each chart as SVG, PNG and CSV into a folder (made where it is not there), and
/// `00-contents.txt`, which says what each shows; returns the number of files.
///
/// # Errors
/// [`ExportError::Unwritable`] where a file cannot be written, [`ExportError::Chart`] where a picture
/// cannot be drawn.
pub fn write_charts(folder: &Path, charts: &[SessionChart]) -> Result<usize, ExportError> {
    if is_file(folder) {
        return Err(ExportError::NoFolder(folder.to_owned()));
    }
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

/// Anomalies whose images are written at most.
const MOST: usize = 100;

/// Writes the images of the anomalies that were found, and of the candidate, into a folder, each as
/// it is, as the generator makes it, their residual, and this over the image; returns the number of
/// files, 0 where the instances are no images.
///
/// # Errors
/// As [`write_charts`].
pub fn write_pictures(folder: &Path, record: &SessionRecord) -> Result<usize, ExportError> {
    let Some(gallery) = record.dataset().gallery() else {
        return Ok(0);
    };
    fs::create_dir_all(folder).map_err(|error| ExportError::unwritable(folder, &error))?;
    let answers = record.session().answers();
    let found = answers
        .iter()
        .filter(|(_, answer)| **answer == Answer::Anomaly)
        .map(|(&instance, _)| ("anomaly", instance))
        .take(MOST);
    let next = record.candidates().first().copied();
    let shown: Vec<(&str, usize)> = found.chain(next.map(|next| ("candidate", next))).collect();
    let mut files = 0;
    for (place, (what, instance)) in shown.into_iter().enumerate() {
        let id = file_name(&record.dataset().id(instance));
        for &way in Way::of(gallery) {
            let word = way.name_of(gallery);
            let name = format!("{what}-{:03}-{id}-{word}.png", place + 1);
            let bytes = instance_png(gallery, instance, way, Light::default());
            Draft::write(&folder.join(name), &bytes)?;
            files += 1;
        }
    }
    Ok(files)
}
