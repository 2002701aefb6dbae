//! Which weights and moments can be trained further.

use super::AdamMoments;

/// Largest weight; the next steps of training from it stay far from f32's end.
const LARGEST: f32 = 1e15;
/// Largest running mean of a squared gradient.
const STEEPEST: f32 = 1e30;
/// `(1 − β₁) / √((1 − β₁²/β₂) (1 − β₂))`, 7.27 for β₁ 0.9 and β₂ 0.999, and some for rounding: by
/// Cauchy and Schwarz the running mean of gradients is at most so many times the root of the running
/// mean of their squares.
const MEAN_TO_ROOT: f32 = 7.5;
/// What remains of gradients whose squares are below f32's range.
const FAINT: f32 = 1e-15;

pub(super) fn moments(adam: &AdamMoments, weights: usize) -> Result<(), String> {
    let wanted = if adam.time == 0 { 0 } else { weights };
    for moments in [&adam.mean, &adam.square] {
        if moments.len() != wanted {
            return Err(format!(
                "an optimiser has {} moments after {} steps where {wanted} would fit",
                moments.len(),
                adam.time
            ));
        }
    }
    // What no training leaves behind would carry the next one to f32's end and beyond.
    let fits = |(&mean, &square): (&f32, &f32)| {
        (0.0..=STEEPEST).contains(&square) && mean.abs() <= MEAN_TO_ROOT * square.sqrt() + FAINT
    };
    match adam.mean.iter().zip(&adam.square).find(|pair| !fits(*pair)) {
        None => Ok(()),
        Some((mean, square)) => Err(format!(
            "the moments of an optimiser are {mean} and {square}, which no training gives"
        )),
    }
}

/// Checks that a file of weights and moments could be read again.
pub(super) fn validate(weights: &[f32], adam: &AdamMoments) -> Result<(), String> {
    bounded("weight", weights)?;
    moments(adam, weights.len())
}

pub(super) fn bounded(what: &str, values: &[f32]) -> Result<(), String> {
    match values
        .iter()
        .find(|value| value.is_nan() || value.abs() > LARGEST)
    {
        Some(value) => Err(format!(
            "a {what} is {value}, but must be within ±{LARGEST:e}"
        )),
        None => Ok(()),
    }
}
