//! The table of instances.

pub(super) mod continued;
pub(super) mod embed;
pub(super) mod encoder;
pub(super) mod fingerprint;
pub(super) mod given;
pub(super) mod made;
pub(super) mod origin;
pub(super) mod preview;
pub(super) mod read;
mod schema;
pub(super) mod summary;
pub(super) mod time_axis;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use ndarray::{Array2, ArrayView2, Axis};

use super::columns::notice;
use super::columns::spread::Spread;
use super::columns::times::Times;
use super::rows::ids::Ids;
use super::{
    Column, DatasetError, Fingerprint, Label, MAX_CELLS, MAX_COLUMNS, MIN_FEATURES, MIN_INSTANCES,
    Origin, Role, Truth, frame, names,
};
use crate::imaging::Gallery;
use crate::sequence::Learnt;

/// A table of instances, which never changes.
///
/// 1. Every feature value is finite, and every feature varies.
/// 2. There are at least 3 instances and 2 features; at most 20 000 features and 4e8 values.
/// 3. Instances keep the order of the file, and features that of its columns.
#[derive(Clone, Debug)]
pub struct Dataset {
    pub(super) name: String,
    pub(super) feature_names: Vec<String>,
    pub(super) features: Array2<f32>,
    pub(super) ids: Option<Ids>,
    pub(super) truth: Option<Truth>,
    pub(super) columns: Vec<Column>,
    pub(super) times: Vec<Times>,
    /// The unit of each feature that has one which its name does not say.
    pub(super) units: BTreeMap<usize, String>,
    pub(super) notices: Vec<String>,
    pub(super) origin: Option<Origin>,
    pub(super) fingerprint: OnceLock<Fingerprint>,
    pub(super) gallery: Option<Arc<Gallery>>,
    pub(super) sequences: Option<Arc<Learnt>>,
}

impl Dataset {
    /// Makes a table of values at hand, by the same rules as one of a file.
    ///
    /// # Shapes
    ///
    /// `features` is `[n_instances, n_features]`; `feature_names` and `truth` fit it. Constant
    /// features are dropped with a notice, so the table may have fewer.
    ///
    /// # Errors
    ///
    /// The parts do not fit together, a value is not finite, or there are too few or too many
    /// instances or features that vary.
    pub fn from_parts(
        name: impl Into<String>,
        feature_names: Vec<String>,
        features: Array2<f32>,
        truth: Option<Vec<Option<Label>>>,
    ) -> Result<Self, DatasetError> {
        let (rows, width) = features.dim();
        if feature_names.len() != width {
            return Err(DatasetError::Sizes(
                "feature names",
                feature_names.len(),
                width,
            ));
        }
        if let Some(truth) = truth.as_ref().filter(|truth| truth.len() != rows) {
            return Err(DatasetError::Sizes("labels", truth.len(), rows));
        }
        let (names, repeated) = names::unique(feature_names);
        let columns = columns_of(names, &features)?;
        let mut notices = notice::of_names(&repeated, true);
        let roles = columns
            .iter()
            .map(|column| (column.name.as_str(), &column.role));
        notices.extend(notice::left_out(roles));
        let feature_names: Vec<String> = columns.iter().flat_map(Column::features).collect();
        check_size(rows, &feature_names, &columns)?;
        let varying: Vec<usize> = (0..width)
            .filter(|&index| columns[index].role == Role::Feature)
            .collect();
        let features = features.select(Axis(1), &varying);
        Ok(Self {
            truth: truth.map(|labels| Truth::new("label".into(), labels)),
            notices,
            ..Self::bare(
                name,
                feature_names,
                features.as_standard_layout().into_owned(),
                columns,
            )
        })
    }

    /// A table of nothing but features.
    pub(super) fn bare(
        name: impl Into<String>,
        feature_names: Vec<String>,
        features: Array2<f32>,
        columns: Vec<Column>,
    ) -> Self {
        Self {
            name: name.into(),
            feature_names,
            features,
            columns,
            ids: None,
            truth: None,
            times: Vec::new(),
            units: BTreeMap::new(),
            notices: Vec::new(),
            origin: None,
            fingerprint: OnceLock::new(),
            gallery: None,
            sequences: None,
        }
    }

    /// What the table is called: the stem of its file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The raw values, `[n_instances, n_features]`, in row-major standard layout.
    pub fn features(&self) -> ArrayView2<'_, f32> {
        self.features.view()
    }

    /// The names of the features; no two are the same.
    pub fn feature_names(&self) -> &[String] {
        &self.feature_names
    }

    /// The name of a feature with its unit, for axes and cards.
    pub fn feature_label(&self, feature: usize) -> Cow<'_, str> {
        let name = self.feature_names.get(feature).map_or("", String::as_str);
        match self.units.get(&feature) {
            Some(unit) => Cow::Owned(format!("{name} [{unit}]")),
            None => Cow::Borrowed(name),
        }
    }

    /// The unit of a feature, as its cells or its name tell it.
    pub(super) fn unit(&self, feature: usize) -> Option<String> {
        let named = || frame::unit_in(self.feature_names.get(feature)?);
        self.units.get(&feature).cloned().or_else(named)
    }

    /// How many instances there are.
    pub fn n_instances(&self) -> usize {
        self.features.nrows()
    }

    /// How many features there are.
    pub fn n_features(&self) -> usize {
        self.features.ncols()
    }

    /// What the analyst calls an instance: its id, or its 1-based row number where it has none.
    pub fn id(&self, instance: usize) -> String {
        let id = self.ids.as_ref().and_then(|ids| ids.get(instance));
        id.map_or_else(|| (instance + 1).to_string(), String::from)
    }

    /// The instance of an id: the one that has it exactly, else the first after `after`, and then
    /// from the start, whose id begins so.
    pub fn find(&self, id: &str, after: Option<usize>) -> Option<usize> {
        let n = self.n_instances();
        let Some(ids) = &self.ids else {
            let row: usize = id.replace(',', "").parse().ok()?;
            return row.checked_sub(1).filter(|&instance| instance < n);
        };
        let exact = (0..n).find(|&instance| ids.get(instance) == Some(id));
        let next = after.map_or(0, |after| after + 1);
        let mut all = (next..n).chain(0..next.min(n));
        exact.or_else(|| all.find(|&at| ids.get(at).is_some_and(|other| other.starts_with(id))))
    }

    /// The column that the ids came from.
    pub fn id_column(&self) -> Option<&str> {
        self.ids.as_ref().map(Ids::column)
    }

    /// What an id is called: by its column, or a row where there is none.
    pub fn id_name(&self) -> &str {
        self.id_column().unwrap_or("row")
    }

    /// When an instance was: the name of each column of times, and its time as text; empty where it
    /// has none.
    pub fn times(&self, instance: usize) -> Vec<(&str, String)> {
        let each = self.times.iter();
        each.map(|times| (times.name.as_str(), times.text(instance)))
            .collect()
    }

    /// The labels that came with the table.
    pub fn truth(&self) -> Option<&Truth> {
        self.truth.as_ref()
    }

    /// The columns of the source, in its order, with what became of them.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Where the table was read from, if it was.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// What tells this table from others; computed when it is first asked for.
    pub fn fingerprint(&self) -> &Fingerprint {
        self.fingerprint.get_or_init(|| Fingerprint::of(self))
    }

    /// The sequences that the instances are, where they are sequences, with what was learnt of them.
    pub fn sequences(&self) -> Option<&Arc<Learnt>> {
        self.sequences.as_ref()
    }

    /// The same table from elsewhere.
    pub fn with_origin(mut self, origin: Option<Origin>) -> Self {
        self.origin = origin;
        self
    }

    /// The same table whose instances are these sequences.
    pub fn with_sequences(mut self, learnt: Learnt) -> Self {
        self.sequences = Some(Arc::new(learnt));
        self
    }

    /// Sentences for the analyst about what was decided in reading.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }
}

/// The units of features, given those of the columns; one that the name of its column says is none.
pub(super) fn units(columns: &[Column], units: &[Option<String>]) -> BTreeMap<usize, String> {
    let mut found = BTreeMap::new();
    let mut feature = 0;
    for (column, unit) in columns.iter().zip(units) {
        if let (Role::Feature | Role::OfTime { .. }, Some(unit)) = (&column.role, unit)
            && frame::unit_in(&column.name).as_ref() != Some(unit)
        {
            found.insert(feature, unit.clone());
        }
        feature += column.features().len();
    }
    found
}

fn columns_of(names: Vec<String>, features: &Array2<f32>) -> Result<Vec<Column>, DatasetError> {
    let mut columns = Vec::with_capacity(names.len());
    for (name, values) in names.into_iter().zip(features.columns()) {
        let mut spread = Spread::default();
        for (row, &value) in values.iter().enumerate() {
            if !value.is_finite() {
                return Err(DatasetError::NotFinite(row + 1, name));
            }
            spread.add(f64::from(value));
        }
        let role = match spread.is_constant() {
            true => Role::constant(),
            false => Role::Feature,
        };
        columns.push(Column { name, role });
    }
    Ok(columns)
}

/// Checks that a table is neither too small nor too large.
pub(super) fn check_size(
    rows: usize,
    features: &[String],
    columns: &[Column],
) -> Result<(), DatasetError> {
    if rows < MIN_INSTANCES {
        return Err(DatasetError::TooFewInstances(rows));
    }
    if features.len() < MIN_FEATURES {
        let fates = notice::fates(columns);
        return Err(DatasetError::TooFewFeatures(features.to_vec(), fates));
    }
    if features.len() > MAX_COLUMNS {
        return Err(DatasetError::TooManyColumns(features.len()));
    }
    if rows.saturating_mul(features.len()) > MAX_CELLS {
        return Err(DatasetError::TooManyCells(features.len()));
    }
    Ok(())
}
