//! Which columns of another table are those of a schema.

use csv::ByteRecord;

use super::schema::Schema;
use crate::dataset::names::{self, Part};
use crate::dataset::{ColumnChoice, DatasetError, ReadOptions, Role};

/// Where the columns of a schema stand in another table.
#[derive(Debug)]
pub(in crate::dataset) struct Matching {
    /// The index of each column of the schema that makes features; of the others `None`.
    pub(in crate::dataset) indices: Vec<Option<usize>>,
    /// The index of the ids.
    pub(in crate::dataset) id: Option<usize>,
    /// The index of the labels.
    pub(in crate::dataset) label: Option<usize>,
    /// The columns that the schema does not know.
    pub(in crate::dataset) extra: Vec<String>,
    /// Columns that are found without regard to case: their name here and in the schema.
    pub(in crate::dataset) renamed: Vec<(String, String)>,
}

impl Matching {
    /// Finds the columns of a schema by name.
    ///
    /// # Errors
    ///
    /// A column that makes features is missing, or a chosen column does not exist.
    pub(in crate::dataset) fn new(
        schema: &Schema,
        names: &[String],
        options: &ReadOptions,
    ) -> Result<Self, DatasetError> {
        // An exact name before one of another case; one column is not taken twice.
        let index = |wanted: &str| {
            let exact = names.iter().position(|name| name == wanted);
            let is_alike = |name: &&String| {
                let known = schema.columns().iter().any(|column| column.name == **name);
                !known && name.to_lowercase() == wanted.to_lowercase()
            };
            exact.or_else(|| names.iter().position(|name| is_alike(&name)))
        };
        let mut renamed = Vec::new();
        let is_feature = Role::makes_features;
        let mut indices = Vec::with_capacity(schema.columns().len());
        let mut missing = Vec::new();
        for column in schema.columns() {
            let source = column.role.source(&column.name);
            let found = index(source).filter(|_| is_feature(&column.role));
            if found.is_none() && is_feature(&column.role) {
                missing.push(source.to_owned());
            }
            if let Some(found) = found.filter(|&found| names[found] != source) {
                renamed.push((names[found].clone(), source.to_owned()));
            }
            indices.push(found);
        }
        if !missing.is_empty() {
            return Err(DatasetError::MissingColumns(missing, names.to_vec()));
        }
        let [id, label] = special(schema, names, options)?;
        let alike = |name: &String| renamed.iter().any(|(here, _)| here == name);
        let known = |name: &String| {
            alike(name) || schema.columns().iter().any(|column| column.name == *name)
        };
        let extra: Vec<String> = names
            .iter()
            .enumerate()
            .filter(|(index, name)| !known(name) && Some(*index) != id && Some(*index) != label)
            .map(|(_, name)| name.clone())
            .collect();
        Ok(Self {
            extra,
            indices,
            id,
            label,
            renamed,
        })
    }
}

/// Whether a record names all columns that make features.
pub(in crate::dataset) fn names_all(record: &ByteRecord, line: u64, schema: &Schema) -> bool {
    if names::check_count(record.len()).is_err() {
        // Refused, whatever they are called.
        return false;
    }
    let Ok((names, _)) = names::columns(record, true, line) else {
        return false;
    };
    Matching::new(schema, &names, &ReadOptions::default()).is_ok()
}

/// Finds the columns of the ids and the labels: the chosen ones, else those of the schema, else
/// what the names say. Neither is needed, so what is in doubt is none.
fn special(
    schema: &Schema,
    names: &[String],
    options: &ReadOptions,
) -> Result<[Option<usize>; 2], DatasetError> {
    let of_schema = |role: &Role| {
        let column = schema
            .columns()
            .iter()
            .find(|column| column.role == *role)?;
        names.iter().position(|name| *name == column.name)
    };
    let makes_feature = |index: &usize| {
        let mut columns = schema.columns().iter();
        columns.any(|column| column.name == names[*index] && column.role.makes_features())
    };
    let by_name = |part: Part| {
        let parts = names::parts(names, &ReadOptions::default()).unwrap_or_default();
        let index = parts.iter().position(|&found| found == part);
        index.filter(|index| !makes_feature(index))
    };
    let choose = |choice: &ColumnChoice, role: Role, part: Part| match choice {
        ColumnChoice::Absent => Ok(None),
        ColumnChoice::Named(_) => names::find(names, choice),
        ColumnChoice::Recognise => Ok(of_schema(&role).or_else(|| by_name(part))),
    };
    let id = choose(&options.id, Role::Id, Part::Id)?;
    let label = choose(&options.label, Role::Label, Part::Label)?;
    match id {
        Some(index) if id == label => Err(DatasetError::LabelIsId(names[index].clone())),
        _ => Ok([id, label]),
    }
}
