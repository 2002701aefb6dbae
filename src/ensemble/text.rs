//! How an ensemble stands in a file: its detectors and the scale of each part; the rest follows.

use serde::{Deserialize, Serialize, Serializer};

use super::{Ensemble, Member, ScoreScale, fit};

/// Most cells of a part.
const MOST_CELLS: usize = 1 << 16;

/// What is written of an ensemble.
#[derive(Serialize)]
#[serde(rename = "Ensemble")]
struct Written<'a> {
    members: &'a [Member],
    scales: Vec<ScoreScale>,
}

impl Serialize for Ensemble {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            members: &self.members,
            scales: self.parts.iter().map(|part| part.scale).collect(),
        };
        written.serialize(to)
    }
}

/// An [`Ensemble`] as it is read.
#[derive(Deserialize)]
#[serde(rename = "Ensemble", deny_unknown_fields)]
pub(super) struct EnsembleText {
    members: Vec<Member>,
    scales: Vec<ScoreScale>,
}

impl TryFrom<EnsembleText> for Ensemble {
    type Error = String;

    fn try_from(EnsembleText { members, scales }: EnsembleText) -> Result<Self, String> {
        let mut parts = fit::parts(&members);
        if parts.len() != scales.len() {
            return Err(format!(
                "an ensemble of {} parts has {} scales",
                parts.len(),
                scales.len()
            ));
        }
        if let Some(part) = (parts.iter()).find(|part| !(1..=MOST_CELLS).contains(&part.cells)) {
            return Err(format!(
                "a part of a detector has {} cells, but must have from 1 to {MOST_CELLS}",
                part.cells
            ));
        }
        let cells = parts.iter().map(|part| part.cells as u64).sum::<u64>();
        if members.is_empty() || cells > u64::from(u32::MAX) {
            return Err(format!(
                "an ensemble has {} members with {cells} cells",
                members.len()
            ));
        }
        for (part, scale) in parts.iter_mut().zip(scales) {
            let numbers = [scale.shift, scale.factor, scale.floor];
            let fits = numbers.iter().all(|number| number.is_finite());
            if !fits || scale.factor < 0.0 || scale.floor < 0.0 {
                return Err(format!(
                    "the scores of a part are scaled by {numbers:?}, but shift, factor and floor must be finite, and the latter two not negative"
                ));
            }
            part.scale = scale;
        }
        let values = parts.iter().flat_map(|part| fit::scaled(&members, part));
        Ok(Self {
            values: values.collect(),
            members,
            parts,
        })
    }
}

impl Ensemble {
    /// Says why it cannot look at instances of `d` features, if it cannot.
    ///
    /// An ensemble from a file is not used before it has been asked.
    ///
    /// # Errors
    /// The first detector's sentence that does not fit.
    pub fn validate(&self, d: usize) -> Result<(), String> {
        let mut detectors = self.members.iter().map(Member::detector);
        detectors.try_for_each(|detector| detector.validate(d))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::EnsembleSettings;
    use crate::numeric::Unwatched;
    use ndarray::Array2;

    fn fitted() -> Ensemble {
        let x = Array2::from_shape_fn((60, 3), |(row, column)| {
            ((row * 37 + column * 11) % 23) as f32 / 10.0 - 1.0
        });
        let settings: EnsembleSettings = "loda:3+hbos+iforest:4+eif:3".parse().unwrap();
        let (ensemble, _) = Ensemble::fit(x.view(), &settings, 1, &mut Unwatched).unwrap();
        ensemble
    }

    #[test]
    fn ensembles_come_back_equal() {
        let ensemble = fitted();
        let text = ron::to_string(&ensemble).unwrap();
        let back: Ensemble = ron::from_str(&text).unwrap();
        assert_eq!(back, ensemble);
        assert_eq!(back.validate(3), Ok(()));
        assert!(back.validate(2).is_err());
    }

    #[test]
    fn parts_and_scales_must_fit() {
        let told = |change: fn(&mut EnsembleText)| {
            let text = ron::to_string(&fitted()).unwrap();
            let mut text: EnsembleText = ron::from_str(&text).unwrap();
            change(&mut text);
            Ensemble::try_from(text).expect_err("a refusal")
        };
        assert!(told(|text| text.scales.truncate(2)).contains("13 parts has 2 scales"));
        assert!(told(|text| text.scales[1].shift = f32::NAN).contains("finite"));
        assert!(told(|text| text.scales[1].factor = -1.0).contains("not negative"));
        let empty = |text: &mut EnsembleText| {
            text.members.clear();
            text.scales.clear();
        };
        assert!(told(empty).contains("0 members"));
    }
}
