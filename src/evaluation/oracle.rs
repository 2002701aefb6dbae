//! Answers from ground truth.

use thiserror::Error;

use crate::dataset::{Dataset, Truth};
use crate::session::Answer;

/// Answers from a table's label column.
#[derive(Clone, Copy, Debug)]
pub struct Oracle<'a> {
    truth: &'a Truth,
}

/// Why a table cannot be replayed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OracleError {
    /// There is no label column.
    #[error(
        "{table} has no label column, or classes, to answer from; name the column with --label NAME (values such as anomaly and nominal, or 1 and 0), or, of images and sequences, their nominal classes with --nominal CLASS"
    )]
    NoTruth {
        /// The table.
        table: String,
    },
    /// There is nothing to find, or nothing else.
    #[error(
        "all labels in column \"{column}\" of {table} say {only}; a replay needs at least one anomaly and one nominal instance"
    )]
    OneClass {
        /// The table.
        table: String,
        /// The label column.
        column: String,
        /// The one label that it has, or "unknown".
        only: &'static str,
    },
}

impl<'a> Oracle<'a> {
    /// An oracle for a table.
    ///
    /// # Errors
    /// [`OracleError`] when the table has no ground truth or only one kind of label.
    pub fn new(dataset: &'a Dataset) -> Result<Self, OracleError> {
        let table = || dataset.name().to_owned();
        let truth = dataset
            .truth()
            .ok_or_else(|| OracleError::NoTruth { table: table() })?;
        let only = match (truth.anomalies(), truth.nominals()) {
            (0, 0) => "unknown",
            (0, _) => "nominal",
            (_, 0) => "anomaly",
            _ => return Ok(Self { truth }),
        };
        Err(OracleError::OneClass {
            table: table(),
            column: truth.column().to_owned(),
            only,
        })
    }

    /// Answers one query; unsure where the truth is unknown.
    pub fn answer(&self, instance: usize) -> Answer {
        self.truth
            .label(instance)
            .map_or(Answer::Unsure, Answer::from)
    }
}
