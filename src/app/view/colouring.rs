//! What rows are coloured by in the views of the table.

use std::borrow::Cow;

use super::View;

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

/// Rows by which the ends of a scale are found: of more, an even sample.
const SAMPLE: usize = 20_000;

impl<'a> View<'a> {
    /// The number of a row; `None` where there is no such feature or member.
    pub fn shade_of(self, shade: Shade, instance: usize) -> Option<f32> {
        let fitted = self.open.model.fitted();
        match shade {
            Shade::Score => self.open.model.scores().get(instance).copied(),
            Shade::Feature(feature) => self
                .open
                .dataset
                .features()
                .get([instance, feature])
                .copied(),
            Shade::Member(member) => fitted.member_scores().get([instance, member]).copied(),
        }
    }

    /// The ends of the colour scale: of a feature all values but the lowest and the highest hundredth,
    /// of scores from the lowest to the highest.
    pub fn shade_range(self, shade: Shade) -> [f32; 2] {
        if let Shade::Feature(feature) = shade {
            let column = self.columns().get(feature);
            return column.map_or([0.0, 1.0], |column| column.most());
        }
        let n = self.open.dataset.n_instances();
        let even = (0..n).step_by(n.div_ceil(SAMPLE).max(1));
        // The highest scores are those of candidates.
        let rows = even.chain(self.listed().iter().copied());
        let values = rows.filter_map(|row| self.shade_of(shade, row));
        let values = values.filter(|value| value.is_finite());
        let ends = values.fold([f32::INFINITY, f32::NEG_INFINITY], |[low, high], value| {
            [low.min(value), high.max(value)]
        });
        if ends[0] <= ends[1] { ends } else { [0.0, 1.0] }
    }

    /// What the number is called.
    pub fn shade_name(self, shade: Shade) -> Cow<'a, str> {
        match shade {
            Shade::Score => "anomaly score".into(),
            Shade::Feature(feature) => self.open.dataset.feature_label(feature),
            Shade::Member(member) => {
                let name = self.member_names().get(member);
                format!("score of {}", name.map_or("", String::as_str)).into()
            }
        }
    }
}
