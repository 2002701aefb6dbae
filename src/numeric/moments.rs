//! Mean and standard deviation.

/// The mean; 0 of nothing.
///
/// ```
/// assert_eq!(glad::numeric::mean(&[1.0, 2.0, 6.0]), 3.0);
/// ```
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// The standard deviation of a sample, with `n − 1` below; 0 of a single value.
///
/// ```
/// assert_eq!(glad::numeric::sample_deviation(&[1.0, 3.0]), 2.0_f64.sqrt());
/// ```
pub fn sample_deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len().max(2) - 1) as f64).sqrt()
}
