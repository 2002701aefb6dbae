//! What the rows of a map are coloured by.

use std::borrow::Cow;

use crate::dataset::{ColumnSummary, Dataset};
use crate::detector::Model;

/// A number of each row that its colour shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shade {
    /// The anomaly score.
    Score,
    /// A feature.
    Feature(usize),
    /// What a member says of it.
    Member(usize),
}

/// What colours a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colouring {
    /// The anomaly score at each point of the plane; rows are dots of one colour.
    #[default]
    Surface,
    /// How many rows lie in each cell.
    Density,
    /// What was said of each row.
    Answer,
    /// A number of each row.
    Shade(Shade),
}

/// Rows by which the ends of a scale are found: of more, an even sample and the highest scores.
const SAMPLE: usize = 20_000;
/// How many of the highest scores.
const HIGHEST: usize = 1_000;

impl Shade {
    /// The number of a row; `None` where there is no such row, feature or member.
    pub fn of(self, model: &Model, instance: usize) -> Option<f32> {
        let fitted = model.fitted();
        match self {
            Self::Score => model.scores().get(instance).copied(),
            Self::Feature(feature) => {
                let features = fitted.dataset().features();
                features.get([instance, feature]).copied()
            }
            Self::Member(member) => fitted.member_scores().get([instance, member]).copied(),
        }
    }

    /// The ends of the colour scale: of a feature all values but the lowest and the highest hundredth,
    /// of scores from the lowest to the highest.
    pub fn range(self, model: &Model, columns: &[ColumnSummary]) -> [f32; 2] {
        if let Self::Feature(feature) = self {
            return columns.get(feature).map_or([0.0, 1.0], ColumnSummary::most);
        }
        let n = model.scores().len();
        let even = (0..n).step_by(n.div_ceil(SAMPLE).max(1));
        let rows = even.chain(model.top(HIGHEST.min(n)));
        let values = rows.filter_map(|row| self.of(model, row));
        let values = values.filter(|value| value.is_finite());
        let ends = values.fold([f32::INFINITY, f32::NEG_INFINITY], |[low, high], value| {
            [low.min(value), high.max(value)]
        });
        if ends[0] <= ends[1] { ends } else { [0.0, 1.0] }
    }

    /// What the number is called, by the names of the members.
    pub fn name<'a>(self, dataset: &'a Dataset, names: &[String]) -> Cow<'a, str> {
        match self {
            Self::Score => "anomaly score".into(),
            Self::Feature(feature) => dataset.feature_label(feature),
            Self::Member(member) => {
                let name = names.get(member).map_or("", String::as_str);
                format!("score of {name}").into()
            }
        }
    }
}
