//! The events of a session in all its sequences, as a table.

use std::path::Path;

use super::csv_table::CsvTable;
use super::{Cells, ExportError};
use crate::dataset::Dataset;
use crate::session::Session;

/// Writes where each event lies in each sequence as CSV; returns how many events there are.
///
/// Columns: `event`, `id` of the sequence, `moment` (counted from 1), `phase` (how far along the
/// usual course of the set it is, from 0 to 1), `given` (marked where the analyst said it,
/// carried where it follows from that).
///
/// # Errors
/// [`ExportError::NoSequences`]; [`ExportError::Ending`] for any other than `.csv`, and [`ExportError::Unwritable`].
pub fn write_events(
    dataset: &Dataset,
    session: &Session,
    output: &Path,
    cells: Cells,
) -> Result<usize, ExportError> {
    let learnt = dataset.sequences().ok_or(ExportError::NoSequences)?;
    let marks = session.marks();
    let mut table = CsvTable::begin(output)?;
    let mut write =
        |row: [&str; 5]| table.row(row.iter().map(|cell| cells.text(cell).into_owned()));
    write(["event", "id", "moment", "phase", "given"])?;
    for (name, mark) in &marks {
        for instance in 0..learnt.set().len() {
            let moment = learnt.carried(mark.instance, mark.moment, instance);
            let phase = learnt.course(instance).get(moment).copied();
            write([
                name,
                &dataset.id(instance),
                &(moment + 1).to_string(),
                &phase.map_or_else(String::new, |phase| format!("{phase:?}")),
                match instance == mark.instance {
                    true => "marked",
                    false => "carried",
                },
            ])?;
        }
    }
    table.finish()?;
    Ok(marks.len())
}
