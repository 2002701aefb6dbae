//! What became of each column of the file.

use serde::{Deserialize, Serialize};

use super::time_part::TimePart;
use crate::dataset::written::Form;

/// A column of the file, by name, with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The name in the header (made unique), or `column 3` without a header.
    pub name: String,
    /// What the column is to the table.
    pub role: Role,
}

/// How the times of a column are written: which comes first of day and month, and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeForm(pub(in crate::dataset) Form);

/// What a column of the file is to the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// One feature of the same name.
    Feature,
    /// One feature of 0 and 1 per value, named `column=value`.
    OneHot {
        /// The values, sorted: the order of the features.
        values: Vec<String>,
    },
    /// What a detector of the instances' own says of them, as one feature: it is a member of every
    /// ensemble. Sequences bring such scores along; no column of a table is one.
    Score {
        /// What it measures; follows "it scores".
        meaning: String,
    },
    /// What of the times of another column is a feature, as that was wished for.
    OfTime {
        /// The column of the times.
        column: String,
        /// What of them.
        part: TimePart,
        /// How they are written.
        form: TimeForm,
    },
    /// The truth.
    Label,
    /// How the analyst calls an instance.
    Id,
    /// When an instance was; shown, and no feature.
    Time,
    /// Not used.
    LeftOut {
        /// Why, as it follows "left out, because".
        reason: String,
    },
}

impl Role {
    /// The column of a table that the values of a column of this name and role come from.
    pub(in crate::dataset) fn source<'c>(&'c self, name: &'c str) -> &'c str {
        match self {
            Self::OfTime { column, .. } => column,
            _ => name,
        }
    }

    /// Whether any feature is made of such a column.
    pub(in crate::dataset) fn makes_features(&self) -> bool {
        matches!(
            self,
            Self::Feature | Self::Score { .. } | Self::OfTime { .. } | Self::OneHot { .. }
        )
    }

    /// Left out for holding one value only.
    pub(in crate::dataset) fn constant() -> Self {
        Self::LeftOut {
            reason: "it is constant".into(),
        }
    }
}

impl Column {
    /// Names of the features made of this column, in order; empty for one that makes none.
    pub(in crate::dataset) fn features(&self) -> Vec<String> {
        match &self.role {
            Role::Feature | Role::Score { .. } | Role::OfTime { .. } => vec![self.name.clone()],
            Role::OneHot { values } => values
                .iter()
                .map(|value| format!("{}={value}", self.name))
                .collect(),
            Role::Label | Role::Id | Role::Time | Role::LeftOut { .. } => Vec::new(),
        }
    }
}
