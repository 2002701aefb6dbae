//! What the analyst said, as a table.

use std::collections::BTreeMap;
use std::path::Path;

use super::csv_table::CsvTable;
use super::whole::words;
use super::{Cells, ExportError};
use crate::dataset::Dataset;
use crate::numeric::utc;
use crate::session::{Given, Session};

/// Writes the answers in force as CSV, in the order in which they were given; returns how many.
///
/// Columns: `id`, `row` (counted from 1; of images `image`, of sequences `sequence`), `answer` (anomaly, nominal, unsure or skip),
/// `confidence` (sure or fairly, of labels), `note`, `time` (UTC, empty where it is not known), `tag`
/// (what the analyst calls the type of an anomaly, empty where none was given).
/// Instances with a note and no answer follow at the end.
///
/// # Errors
/// [`ExportError::Ending`] for any other than `.csv`, and [`ExportError::Unwritable`].
pub fn write_labels(
    dataset: &Dataset,
    session: &Session,
    output: &Path,
    cells: Cells,
) -> Result<usize, ExportError> {
    let (mut given, notes) = (session.given(), session.notes());
    let names = session.tag_names();
    given.reverse();
    let answered: BTreeMap<usize, Given> = given.iter().map(|one| (one.instance, *one)).collect();
    let noted = notes.keys().filter(|noted| !answered.contains_key(noted));
    let mut table = CsvTable::begin(output)?;
    let mut write =
        |row: [&str; 7]| table.row(row.iter().map(|cell| cells.text(cell).into_owned()));
    let (one, ..) = words(dataset);
    write(["id", one, "answer", "confidence", "note", "time", "tag"])?;
    for instance in given.iter().map(|one| &one.instance).chain(noted) {
        let given = answered.get(instance);
        let reply = given.map(|given| given.reply);
        let label = reply.filter(|reply| reply.answer.label().is_some());
        let time = given.and_then(|given| given.at);
        write([
            &dataset.id(*instance),
            &(instance + 1).to_string(),
            reply.map_or("", |reply| reply.answer.name()),
            label.map_or("", |reply| reply.confidence.name()),
            notes.get(instance).copied().unwrap_or_default(),
            &time.map_or_else(String::new, utc),
            &(reply.and_then(|reply| reply.tag)).map_or_else(String::new, |tag| names.of(tag)),
        ])?;
    }
    table.finish()?;
    Ok(given.len())
}
