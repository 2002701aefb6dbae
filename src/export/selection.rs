//! Some instances with all that is known of them, as a table.

use std::path::Path;

use super::csv_table::CsvTable;
use super::row::number;
use super::stream::ranks;
use super::whole::words;
use super::{Cells, ExportError};
use crate::detector::Model;
use crate::session::Session;

/// Writes instances as CSV, the most anomalous first; returns how many.
///
/// Columns: `id`, `row` (counted from 1; of images `image`, of sequences `sequence`), `rank` (1 for the most anomalous), `score`, `answer` and
/// `note` (empty where there is none), then every feature as detectors see it.
///
/// # Errors
/// [`ExportError::Ending`] for any other than `.csv`, and [`ExportError::Unwritable`].
pub fn write_selection(
    model: &Model,
    session: &Session,
    instances: &[usize],
    output: &Path,
    cells: Cells,
) -> Result<usize, ExportError> {
    let dataset = model.fitted().dataset();
    let (answers, notes) = (session.answers(), session.notes());
    let ranks = ranks(model.scores());
    let mut ranked: Vec<(u32, usize)> = (instances.iter())
        .map(|&instance| (ranks[instance], instance))
        .collect();
    ranked.sort_unstable();
    let mut table = CsvTable::begin(output)?;
    let text = |text: &str| cells.text(text).into_owned();
    let known = ["id", words(dataset).0, "rank", "score", "answer", "note"].map(String::from);
    let names = dataset.feature_names().iter().map(|name| text(name));
    table.row(known.into_iter().chain(names))?;
    let features = dataset.features();
    for &(rank, instance) in &ranked {
        let answer = answers.get(&instance).map_or("", |answer| answer.name());
        let note = notes.get(&instance).copied().unwrap_or_default();
        let known = [
            text(&dataset.id(instance)),
            (instance + 1).to_string(),
            rank.to_string(),
            number(model.scores()[instance]),
            answer.to_owned(),
            text(note),
        ];
        let values = features.row(instance);
        let values = values.iter().map(|value| number(*value));
        table.row(known.into_iter().chain(values))?;
    }
    table.finish()?;
    Ok(ranked.len())
}
