//! Decides what becomes of each column, and builds the table.

use ndarray::Array2;

use super::assemble;
use super::feature::{Candidate, Settled};
use super::names::{self, Part};
use super::read::Records;
use super::{
    Column, ColumnChoice, Dataset, DatasetError, MIN_INSTANCES, Missing, ReadOptions, Role, notice,
    resolve, table,
};

/// Builds the table of what was read.
pub(super) fn dataset(
    mut records: Records,
    name: &str,
    header: bool,
    options: &ReadOptions,
) -> Result<Dataset, DatasetError> {
    if records.rows < MIN_INSTANCES {
        return Err(DatasetError::TooFewInstances(records.rows));
    }
    let mut notices = notice::of_names(&records.repeated, header);
    if !header
        && options.label == ColumnChoice::Recognise
        && let Some(place) = resolve::by_words(&records)
    {
        records.parts[place] = Part::Label;
        notices.push(notice::of_words(&records.names[place]));
    }
    resolve::parts(&mut records)?;
    let settled = columns(&records, options.missing)?;
    notices.extend(notice::of_values(&records, &settled));
    build(records, name, settled, notices)
}

/// Settles every column; of several in error, reports the one in error on the earliest line.
fn columns(records: &Records, missing: Missing) -> Result<Vec<Settled>, DatasetError> {
    let mut settled = Vec::with_capacity(records.names.len());
    let mut first: Option<(u64, DatasetError)> = None;
    for place in 0..records.names.len() {
        match column(records, place, missing) {
            Ok(column) => settled.push(column),
            Err(error) if first.as_ref().is_none_or(|first| error.0 < first.0) => {
                first = Some(error);
            }
            Err(_) => {}
        }
    }
    match first {
        Some((_, error)) => Err(error),
        None => Ok(settled),
    }
}

fn column(
    records: &Records,
    place: usize,
    missing: Missing,
) -> Result<Settled, (u64, DatasetError)> {
    match records.parts[place] {
        Part::Label => Ok(Settled::plain(Role::Label)),
        Part::Id => Ok(Settled::plain(Role::Id)),
        Part::OtherId => Ok(Settled::left_out("its name says that it is an id")),
        Part::UnwantedLabel => Ok(Settled::left_out(
            "it holds labels, but is not the chosen label column",
        )),
        Part::Ordinary | Part::PerhapsLabel => Candidate {
            name: &records.names[place],
            met: &records.columns[place],
            numbers: &|| records.column(place),
            missing,
        }
        .settle(),
    }
}

fn build(
    records: Records,
    name: &str,
    settled: Vec<Settled>,
    notices: Vec<String>,
) -> Result<Dataset, DatasetError> {
    let truth = resolve::truth(&records);
    let mut columns = Vec::with_capacity(settled.len());
    let mut makes = Vec::with_capacity(settled.len());
    for (name, settled) in records.names.into_iter().zip(settled) {
        columns.push(Column {
            name,
            role: settled.role,
        });
        makes.push(settled.make);
    }
    // Names can still meet: a column `a=1` beside a column `a` with the category 1.
    let (feature_names, _) = names::unique(columns.iter().flat_map(Column::features).collect());
    table::check_size(records.rows, &feature_names, &columns)?;
    let shape = (records.rows, feature_names.len());
    let values = assemble::features(records.numbers, records.rows, &makes);
    let found = values.len();
    let features = Array2::from_shape_vec(shape, values)
        .map_err(|_| DatasetError::Sizes("values", found, shape.0 * shape.1))?;
    Ok(Dataset {
        name: name.into(),
        feature_names,
        features,
        ids: records.ids,
        truth,
        columns,
        notices,
        origin: None,
        fingerprint: Default::default(),
        gallery: None,
        sequences: None,
    })
}
