//! Decides what becomes of each column, and builds the table.

use ndarray::Array2;

use super::feature::{Candidate, Settled};
use super::{assemble, notice, resolve, time_features};
use crate::dataset::names::{self, Part};
use crate::dataset::rows::records::Records;
use crate::dataset::{
    Column, ColumnChoice, Dataset, DatasetError, MIN_INSTANCES, Meaning, Missing, ReadOptions,
    Role, Rules, meaning, table,
};

/// Builds the table of what was read.
pub(in crate::dataset) fn dataset(
    mut records: Records,
    name: &str,
    options: &ReadOptions,
) -> Result<Dataset, DatasetError> {
    if let Some(question) = decide(&mut records, options)?.into_iter().next() {
        return Err(question);
    }
    let settled = columns(&records, options.missing)?;
    let mut notices = notice::of_reading(&records);
    notices.extend(notice::of_values(&records, &settled));
    build(records, name, settled, notices, options)
}

/// Decides what each column is, by its name and its values; returns what has to be asked.
///
/// # Errors
///
/// There are too few rows.
pub(in crate::dataset) fn decide(
    records: &mut Records,
    options: &ReadOptions,
) -> Result<Vec<DatasetError>, DatasetError> {
    let is_inferred = options.rules == Rules::Meaning;
    if is_inferred {
        meaning::understand(records, options);
    }
    if records.rows < MIN_INSTANCES {
        return Err(DatasetError::TooFewInstances(records.rows));
    }
    let names_tell = records.frame.header && !is_inferred;
    if !names_tell
        && options.label == ColumnChoice::Recognise
        && !records.parts.contains(&Part::Label)
        && let Some(index) = resolve::by_words(records, resolve::Words::by(options.rules))
    {
        records.parts[index] = Part::Label;
        let note = notice::of_words(records, index);
        records.notes.push(note);
    }
    let questions = resolve::parts(records, options);
    if is_inferred {
        meaning::judge(records, options);
    }
    Ok(questions)
}

/// Settles every column; of several in error, reports the one in error on the earliest line.
fn columns(records: &Records, missing: Missing) -> Result<Vec<Settled>, DatasetError> {
    let mut settled = Vec::with_capacity(records.names.len());
    let mut first: Option<(u64, DatasetError)> = None;
    for index in 0..records.names.len() {
        match column(records, index, missing) {
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

pub(in crate::dataset) fn column(
    records: &Records,
    index: usize,
    missing: Missing,
) -> Result<Settled, (u64, DatasetError)> {
    match records.parts[index] {
        Part::Label => Ok(Settled::plain(Role::Label)),
        Part::Id => Ok(Settled::plain(Role::Id)),
        Part::OtherId => Ok(Settled::left_out("its name says that it is an id")),
        Part::UnwantedLabel => Ok(Settled::left_out(
            "it holds labels, but is not the chosen label column",
        )),
        Part::LeftOut(why) => Ok(Settled::left_out(why)),
        Part::Time(_) => Ok(Settled::plain(Role::Time)),
        Part::Ordinary | Part::Code | Part::Chosen(_) | Part::PerhapsLabel | Part::PerhapsTruth => {
            Candidate {
                name: &records.names[index],
                met: &records.columns[index],
                is_code: matches!(
                    records.parts[index],
                    Part::Code | Part::Chosen(Meaning::Category)
                ),
                finding: &records.findings[index],
                numbers: &|| records.column(index),
                missing,
            }
            .settle()
        }
    }
}

fn build(
    records: Records,
    name: &str,
    settled: Vec<Settled>,
    mut notices: Vec<String>,
    options: &ReadOptions,
) -> Result<Dataset, DatasetError> {
    let truth = resolve::truth(&records, options);
    let made = time_features::make(&records, options, &mut notices)?;
    let mut columns = Vec::with_capacity(settled.len());
    let mut makes = Vec::with_capacity(settled.len());
    for (name, settled) in records.names.into_iter().zip(settled) {
        columns.push(Column {
            name,
            role: settled.role,
        });
        makes.push(settled.make);
    }
    let mut units = records.frame.units;
    for made in &made {
        columns.push(made.column.clone());
        units.push(made.unit.map(str::to_owned));
    }
    // Names can still meet: a column `a=1` beside a column `a` with the category 1.
    let (feature_names, _) = names::unique(columns.iter().flat_map(Column::features).collect());
    table::check_size(records.rows, &feature_names, &columns)?;
    let shape = (records.rows, feature_names.len());
    let values = assemble::features(records.numbers, records.rows, &makes);
    let values = time_features::add(values, records.rows, &made);
    let found = values.len();
    let features = Array2::from_shape_vec(shape, values)
        .map_err(|_| DatasetError::Sizes("values", found, shape.0 * shape.1))?;
    Ok(Dataset {
        units: table::units(&columns, &units),
        ids: records.ids,
        truth,
        times: records.times,
        notices,
        ..Dataset::bare(name, feature_names, features, columns)
    })
}
