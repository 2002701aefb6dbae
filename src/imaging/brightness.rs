//! Which numbers of an array are black and white.

use serde::{Deserialize, Serialize};

/// The numbers that stand for black and for white.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Brightness {
    /// Black.
    pub low: f64,
    /// White.
    pub high: f64,
    /// Whether the numbers are bytes.
    pub bytes: bool,
}

/// Ranges that numbers usually have.
const USUAL: [(f64, f64); 3] = [(0.0, 1.0), (-1.0, 1.0), (0.0, 255.0)];

/// The range of whole numbers of 16 bits.
const SIXTEEN: (f64, f64) = (0.0, 65_535.0);

impl Brightness {
    /// The same of whole numbers of 16 bits without a sign, whose range is that of a PNG.
    pub(super) fn of_sixteen([least, most]: [f64; 2]) -> Self {
        let usual = Self::of([least, most], false);
        match USUAL.contains(&(usual.low, usual.high)) {
            true => usual,
            false => Self {
                low: SIXTEEN.0,
                high: SIXTEEN.1,
                bytes: false,
            },
        }
    }

    /// By the least and the largest number: that of bytes, from 0 to 1, from −1 to 1, or what there
    /// is.
    pub(super) fn of([least, most]: [f64; 2], bytes: bool) -> Self {
        let usual = match bytes {
            true if most > 1.0 => Some((0.0, 255.0)),
            true => Some((0.0, 1.0)),
            false => {
                let fits = |(from, to): &(f64, f64)| least >= *from && most <= *to;
                USUAL.into_iter().find(fits)
            }
        };
        let (low, high) = usual.unwrap_or((least, most));
        Self { low, high, bytes }
    }

    /// That of numbers from `least` to `most` beside others that were learnt from: the same where
    /// they are of one kind, for what is dark in one file must not be bright in the next.
    ///
    /// # Errors
    /// A phrase where they are of another scale.
    pub(super) fn like(
        self,
        learnt: Option<Self>,
        [least, most]: [f64; 2],
    ) -> Result<Self, String> {
        let is_known =
            |of: Self| USUAL.contains(&(of.low, of.high)) || (of.low, of.high) == SIXTEEN;
        let Some(learnt) = learnt.filter(|learnt| learnt.bytes == self.bytes) else {
            // Bytes and pictures have a scale of their own, of which other numbers say nothing.
            return match self.bytes || is_known(self) {
                true => Ok(self),
                false => Err(format!(
                    "its numbers go from {least} to {most}, where the images that were learnt from had a scale of bytes: bring them to 0 (black) to 255 (white), or to 0 to 1"
                )),
            };
        };
        let is_usual = is_known(learnt);
        match is_usual && (least < learnt.low || most > learnt.high) {
            true => Err(format!(
                "its numbers go from {least} to {most}, where those of the images that were learnt from went from {} (black) to {} (white): bring them to that scale",
                learnt.low, learnt.high
            )),
            false => Ok(learnt),
        }
    }

    /// A number from 0, black, to 1, white.
    pub(super) fn share(self, value: f64) -> f32 {
        let share = (value - self.low) / (self.high - self.low).max(f64::MIN_POSITIVE);
        share.clamp(0.0, 1.0) as f32
    }

    /// Whether it could be that of an array.
    pub(super) fn is_sound(self) -> bool {
        self.low.is_finite() && self.high.is_finite() && self.low <= self.high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dark_images_stay_dark_beside_those_that_were_learnt_from() {
        let learnt = Brightness::of([0.0, 254.0], false);
        assert_eq!((learnt.low, learnt.high), (0.0, 255.0));
        let dark = [0.0, 0.9];
        let alone = Brightness::of(dark, false);
        assert_eq!(alone.share(0.9), 0.9);
        let beside = alone.like(Some(learnt), dark).expect("the scale");
        assert!(beside.share(0.9) < 0.004);
        // Bytes are bytes, whatever the scale of other numbers.
        let bytes = Brightness::of([0.0, 200.0], true);
        assert_eq!(bytes.like(Some(alone), [0.0, 200.0]), Ok(bytes));
        assert_eq!(bytes.like(None, [0.0, 200.0]), Ok(bytes));
        // What has no scale of its own is refused beside bytes and pictures.
        for ends in [[-4.9, -4.0], [0.0, 1e6]] {
            let odd = Brightness::of(ends, false);
            for learnt in [None, Some(bytes)] {
                let told = odd.like(learnt, ends).expect_err("a refusal");
                assert!(told.contains("a scale of bytes"), "{told}");
            }
        }
        let sixteen = Brightness::of_sixteen([300.0, 4000.0]);
        assert_eq!((sixteen.low, sixteen.high), (0.0, 65_535.0));
        assert_eq!(sixteen.like(Some(bytes), [300.0, 4000.0]), Ok(sixteen));
        assert!(sixteen.like(Some(sixteen), [0.0, 1e6]).is_err());
        assert_eq!(Brightness::of_sixteen([0.0, 200.0]).high, 255.0);
        // Another scale is told.
        let bright = Brightness::of([0.0, 255.0], false);
        let told = bright.like(Some(alone), [0.0, 255.0]);
        assert!(told.is_err_and(|told| told.contains("from 0 to 255")));
        // A scale of its own is kept, and what lies beyond it is as black or white as can be.
        let own = Brightness::of([300.0, 1700.0], false);
        let ends = [200.0, 1800.0];
        let beyond = Brightness::of(ends, false).like(Some(own), ends);
        let beyond = beyond.expect("the scale");
        let shares = [200.0, 1000.0, 1800.0].map(|value| beyond.share(value));
        assert_eq!(shares, [0.0, 0.5, 1.0]);
    }
}
