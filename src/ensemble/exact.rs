//! Sums that do not depend on the order of adding, as single precision goes.
//!
//! A score on the very edge of a band must fall to the same side wherever it is computed: here, or
//! in a model that was exported.

/// The sum in double precision.
pub(super) fn sum(values: impl Iterator<Item = f32>) -> f64 {
    values.map(f64::from).sum()
}

/// The squared Euclidean length in double precision.
pub(super) fn square(values: &[f32]) -> f64 {
    values.iter().map(|&value| f64::from(value).powi(2)).sum()
}

/// The Euclidean length, made in double precision.
pub(super) fn length(values: &[f32]) -> f32 {
    square(values).sqrt() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_values_are_not_lost_beside_large_ones() {
        let values = [1e8_f32, 1.0, -1e8];
        assert_eq!(sum(values.into_iter()), 1.0);
        assert_eq!(length(&[3.0, 4.0]), 5.0);
    }
}
